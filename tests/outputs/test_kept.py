"""What a power cut may find: files are on the disk itself before they take the places of others."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path

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
