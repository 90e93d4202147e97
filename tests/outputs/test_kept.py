"""What a power cut may find: files are on the disk itself before they take the places of others."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from time import sleep

import pytest

from docgen.errors import StoreError
from docgen.outputs.entry import Product
from docgen.outputs.printed import Printed
from docgen.outputs.record import Story
from docgen.outputs.store import store


def put(folder: Path, files: Mapping[str, str]) -> None:
    story = Story("0.1.0", "county", "p", "局.xlsx", "w", "某局", 2024, (), Printed())
    store(folder, [Product(path, text.encode(), "form") for path, text in files.items()], "final", story)


needs_proc = pytest.mark.skipif(
    not Path("/proc/self/fd").is_dir(), reason="what a handle stands for is looked up in /proc"
)


@needs_proc
def test_every_file_is_on_the_disk_before_the_first_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str]] = []
    fsync, replace = os.fsync, os.replace

    def kept(handle: int) -> None:
        told.append(("kept", Path(f"/proc/self/fd/{handle}").readlink().name))
        fsync(handle)

    def moved(source: str, target: str) -> None:
        told.append(("moved", Path(target).name))
        replace(source, target)

    monkeypatch.setattr(os, "fsync", kept)
    monkeypatch.setattr(os, "replace", moved)
    put(tmp_path / "局", {"甲.docx": "甲", "科/乙.docx": "乙"})
    before = {name for what, name in told[: told.index(("moved", "甲.docx"))] if what == "kept"}
    assert {"new0", "new1", "journal.json", "run.json"} < before
    record = told.index(("moved", "run.json"))
    folders = {name for what, name in told[told.index(("moved", "乙.docx")) : record] if what == "kept"}
    assert folders == {"局", "科"}
    assert told[record + 1 :] == [("kept", "局")]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO], ids=["full", "broken"])
def test_a_disk_that_cannot_keep_the_files_leaves_everything_as_it_was(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {"甲.docx": "旧"})

    def refused(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", refused)
    with pytest.raises(StoreError, match="原有的文件没有改动"):
        put(tmp_path, {"甲.docx": "新"})
    assert (tmp_path / "甲.docx").read_text("utf-8") == "旧"


def test_a_drive_that_offers_no_such_thing_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_offered(_: int) -> None:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

    monkeypatch.setattr(os, "fsync", not_offered)
    put(tmp_path, {"甲.docx": "甲"})
    assert (tmp_path / "甲.docx").read_text("utf-8") == "甲"


def test_a_run_that_changes_nothing_still_keeps_its_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {"甲.docx": "甲"})
    fsync = os.fsync
    told: list[None] = []
    monkeypatch.setattr(os, "fsync", lambda handle: told.append(fsync(handle)))
    put(tmp_path, {"甲.docx": "甲"})
    assert len(told) == 4  # record, journal, the folder they wait in, the folder they go to


@needs_proc
def test_more_files_than_may_be_open_together_are_kept_in_turns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync, most = os.fsync, 0

    def counted(handle: int) -> None:
        nonlocal most
        most = max(most, len(list(Path("/proc/self/fd").iterdir())))
        fsync(handle)

    files = {f"{number}.docx": str(number) for number in range(200)}
    before = len(list(Path("/proc/self/fd").iterdir()))
    monkeypatch.setattr(os, "fsync", counted)
    put(tmp_path, files)
    assert {path.name: path.read_text() for path in tmp_path.glob("*.docx")} == files
    assert before + 60 < most < before + 100
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@needs_proc
@pytest.mark.parametrize("call", ["write", "fsync"])
def test_one_of_many_files_that_fails_leaves_no_handle_and_no_staging_folder(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, usual = 0, getattr(os, call)

    def refused(*given: object) -> object:
        nonlocal done
        done += 1
        if done == 20:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return usual(*given)

    before = len(list(Path("/proc/self/fd").iterdir()))
    monkeypatch.setattr(os, call, refused)
    with pytest.raises(StoreError, match="磁盘"):
        put(tmp_path, {f"{number}.docx": str(number) for number in range(40)})
    assert len(list(Path("/proc/self/fd").iterdir())) == before
    assert list(tmp_path.iterdir()) == []


def test_a_system_that_takes_a_file_in_pieces_gets_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, content: write(handle, content[:3]))
    put(tmp_path, {"甲.docx": "甲乙丙丁"})
    assert (tmp_path / "甲.docx").read_text("utf-8") == "甲乙丙丁"


def test_the_disk_is_set_to_work_on_every_file_before_the_first_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda _: told.append("waited"))
    monkeypatch.setattr(os, "posix_fadvise", lambda *_: told.append("begun"), raising=False)
    put(tmp_path, {"甲.docx": "甲", "乙.docx": "乙"})
    assert told[: told.index("waited")] == ["begun"] * (4 if sys.platform == "linux" else 0)


def test_a_drive_without_hard_links_gets_copies_of_what_must_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_link(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    put(tmp_path, {"甲.docx": "甲"})
    before = (tmp_path / "run.json").read_bytes()
    replace = os.replace

    def fails_last(source: str, target: str) -> None:
        if Path(target).name == "丙.docx":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        replace(source, target)

    monkeypatch.setattr(os, "link", no_link)
    monkeypatch.setattr(os, "replace", fails_last)
    with pytest.raises(StoreError):
        put(tmp_path, {"甲.docx": "新甲", "乙.docx": "乙", "丙.docx": "丙"})
    assert {path.name for path in tmp_path.iterdir()} == {"甲.docx", "run.json"}
    assert (tmp_path / "甲.docx").read_text("utf-8") == "甲"
    assert (tmp_path / "run.json").read_bytes() == before


def test_no_file_is_closed_while_another_thread_still_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited, closed = [], []

    def slow(handle: int) -> None:
        waited.append(handle)
        if len(waited) == 1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        sleep(0.02)
        try:
            os.fstat(handle)
        except OSError:
            closed.append(handle)

    monkeypatch.setattr(os, "fsync", slow)
    with pytest.raises(StoreError):
        put(tmp_path, {f"{number}.docx": "" for number in range(40)})
    assert len(waited) > 20
    assert closed == []


def test_a_process_split_off_waits_with_threads_of_its_own(tmp_path: Path) -> None:
    code = """
import multiprocessing, os, sys, time
os.fsync = lambda _: time.sleep(0.01)  # long enough for every thread to be started
sys.path.insert(0, "tests/outputs")
from test_kept import put
from pathlib import Path
from time import sleep

def child():
    put(Path(sys.argv[1]) / "子", {f"{number}.docx": "" for number in range(20)})

put(Path(sys.argv[1]) / "父", {f"{number}.docx": "" for number in range(20)})
process = multiprocessing.get_context("fork").Process(target=child)
process.start()
process.join(20)
sys.exit(process.exitcode if process.exitcode is not None else process.kill() or 9)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=Path(__file__).parents[2], check=False
    )
    assert done.returncode == 0
    assert len(list(tmp_path.rglob("*.docx"))) == 40
