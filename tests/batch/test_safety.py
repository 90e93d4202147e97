"""Kills, full disks, drives that vanish, files in the way: done for real, with what lies there afterwards."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from docgen.batch import Listener, Outcome, State
from docgen.errors import StoreError
from docgen.outputs.lock import LockError, locked
from tests.batch.county import (
    assert_whole,
    batch,
    command,
    department,
    digests,
    docgen,
    environment,
    only,
    states,
)

DEPARTMENTS = tuple("甲乙丙丁戊己")
_HELD = """
import os, sys
from pathlib import Path
from docgen.outputs.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
# a small disk of its own: fill it, run, make it larger, run again
_SMALL_DISK = """
set -e
mount -t tmpfs -o size="$1" none "$OUT"
shift
set +e
"$@"; echo "first $?"
mount -o remount,size=64m "$OUT"
"$@"; echo "second $?"
cp -r "$OUT" "$KEEP"
"""


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    for name in DEPARTMENTS:
        department(tmp_path / "入" / f"{name}局.xlsx", f"{name}局")
    return tmp_path / "入"


def running(pid: int) -> set[int]:
    """The processes of the session ``pid`` that still live."""
    listed = subprocess.run(["ps", "-eo", "pid=,sid=,stat="], capture_output=True, text=True, check=True)  # noqa: S607
    rows = (line.split() for line in listed.stdout.splitlines())
    return {int(row[0]) for row in rows if int(row[1]) == pid and not row[2].startswith("Z")}


def settled(out: Path) -> dict[str, object]:
    """What the last run made, whatever ran before: finals that a later draft leaves in place are not its."""
    found: dict[str, object] = dict(digests(out))
    found.pop("run.json", None)  # the county's record has the digests of the others
    for path in [path for path in found if path.endswith("/run.json")]:
        record = json.loads((out / path).read_text("utf-8"))
        kept = [entry for entry in record["files"] if "made_from" in entry]
        for entry in kept:
            found.pop(f"{path.removesuffix('run.json')}{entry['path']}", None)
        record["files"] = [entry for entry in record["files"] if entry not in kept]
        found[path] = record
    return found


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 20
    while running(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert running(pid) == set()


@pytest.mark.parametrize("seed", range(3))
def test_kills_at_random_moments_harm_nothing_and_the_next_run_finishes(
    inputs: Path, tmp_path: Path, seed: int
) -> None:
    out, random = tmp_path / "出", Random(seed)  # noqa: S311 - not a secret
    for turn in range(6):
        name = DEPARTMENTS[turn]
        department(inputs / f"{name}局.xlsx", f"{name}局", draft=bool(turn % 2))
        child = subprocess.Popen(
            command("run", inputs, "--out", out, "--no-pages", "--jobs", "2"),
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(random.uniform(0.2, 2.2))
        child.kill()
        child.wait()
        wait_until_gone(child.pid)  # an orphan would write into what the next run has locked
        for record in out.rglob("run.json"):
            json.loads(record.read_text("utf-8"))
    done = docgen(["run", inputs, "--out", out, "--no-pages", "--jobs", "2"], tmp_path)
    assert done.returncode == 1, done.stderr
    assert_whole(out)
    batch(inputs, tmp_path / "从头")
    assert settled(out) == settled(tmp_path / "从头")
    assert not list(out.rglob(".docgen-*"))


def test_only_one_run_at_a_time_writes_into_a_folder(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "出"
    with locked(out), pytest.raises(LockError, match=rf"{os.getpid()}.*请等它结束"):
        batch(inputs, out)
    holder = held(out)
    refused = docgen(["run", inputs, "--out", out], tmp_path)
    assert refused.returncode == 3
    assert str(holder.pid) in refused.stderr
    assert not list(out.rglob("run.json"))
    holder.communicate(b"")
    assert batch(inputs, out).notes == ()


def held(out: Path) -> subprocess.Popen[bytes]:
    """Another process that holds the lock of ``out`` until its input ends."""
    holder = subprocess.Popen(
        [sys.executable, "-c", _HELD, str(out)],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    return holder


def test_the_lock_of_a_dead_process_is_taken_over_and_told(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "出"
    holder = held(out)
    holder.kill()
    holder.communicate()
    county = batch(inputs, out)
    assert "上一次运行没有正常结束" in county.notes[0]
    assert set(states(county).values()) == {State.MADE}


def test_a_lock_file_with_anything_in_it_is_no_lock(tmp_path: Path) -> None:
    (tmp_path / ".docgen.lock").write_bytes(b"\xff not json")
    with locked(tmp_path) as lock:
        assert lock.recovered


def test_an_output_folder_that_cannot_be_made_is_one_sentence(inputs: Path, tmp_path: Path) -> None:
    (tmp_path / "出").write_text("", "utf-8")
    with pytest.raises(StoreError, match=r"不能写入 .*。$"):
        batch(inputs, tmp_path / "出")


class _Vanish(Listener):
    """Takes the output folder away once the first department is done, as a network drive goes."""

    def __init__(self, out: Path, *, leaves_mount_point: bool) -> None:
        self.out, self.leaves_mount_point, self.gone = out, leaves_mount_point, False

    def finished(self, outcome: Outcome) -> None:  # noqa: ARG002 - any will do
        if not self.gone:
            self.gone = True
            self.out.rename(self.out.with_name("断开"))
            if self.leaves_mount_point:
                self.out.mkdir()


@pytest.mark.parametrize("leaves_mount_point", [False, True])
def test_a_drive_that_vanishes_is_not_written_to_and_the_next_run_finishes(
    inputs: Path, tmp_path: Path, *, leaves_mount_point: bool
) -> None:
    out = tmp_path / "出"
    county = batch(inputs, out, _Vanish(out, leaves_mount_point=leaves_mount_point), jobs=1)
    found = list(states(county).values())
    assert found.count(State.FAILED) >= len(DEPARTMENTS) - 2
    assert county.status == 3
    assert any("不见了" in outcome.message for outcome in county.outcomes)
    assert county.summary is None
    assert not out.exists() or list(out.iterdir()) == []
    shutil.rmtree(out, ignore_errors=True)
    out.with_name("断开").rename(out)
    assert_whole(out)
    assert set(states(batch(inputs, out)).values()) <= {State.MADE, State.UNCHANGED}
    batch(inputs, tmp_path / "从头")
    assert digests(out) == digests(tmp_path / "从头")


def isolating() -> list[str]:
    """How this machine lets a test have mounts of its own."""
    ways = (
        ["unshare", "--mount"],
        ["unshare", "--map-root-user", "--mount"],
        ["sudo", "-n", "-E", "unshare", "--mount"],
    )
    for way in ways:
        tried = subprocess.run(
            [*way, "sh", "-c", "mount -t tmpfs -o size=1m none /mnt"], capture_output=True, check=False
        )
        if not tried.returncode:
            return way
    raise AssertionError("this system allows no mount: run the tests as root, or with user namespaces")


@pytest.mark.parametrize("size", ["4k", "300k"])
def test_a_full_disk_leaves_what_fits_whole_and_a_larger_one_gets_the_rest(
    inputs: Path, tmp_path: Path, size: str
) -> None:
    out, keep = tmp_path / "出", tmp_path / "留"
    out.mkdir()
    arguments = command("run", inputs, "--out", out, "--no-pages", "--jobs", "2")
    done = subprocess.run(
        [*isolating(), "sh", "-c", _SMALL_DISK, "sh", size, *arguments],
        env=environment(OUT=str(out), KEEP=str(keep)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "first 3" in done.stdout, done.stderr
    assert "second 0" in done.stdout, done.stderr
    assert "磁盘已满" in done.stdout + done.stderr
    batch(inputs, tmp_path / "从头")
    assert digests(keep) == digests(tmp_path / "从头")


def without_root_powers() -> None:
    """Let root be refused like anybody else: files' permissions count again after exec."""
    libc = ctypes.CDLL(None)
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        libc.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP; refused, and not needed, for anyone but root


def test_a_folder_without_permission_costs_its_own_department_only(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "出"
    batch(inputs, out)
    before = digests(out / "甲局")
    for name in ("甲", "乙"):
        department(inputs / f"{name}局.xlsx", f"{name}局", draft=True)
    closed = [out / "甲局" / "2021", *(path for path in (out / "甲局").rglob("*") if path.is_dir())]
    for folder in closed:
        folder.chmod(0o555)
    try:
        done = docgen(["run", inputs, "--out", out, "--no-pages"], tmp_path, without_root_powers)
    finally:
        for folder in closed:
            folder.chmod(0o755)
    assert done.returncode == 3
    assert "没有写入权限" in done.stdout
    assert digests(out / "甲局") == before
    assert json.loads((out / "乙局/2021/run.json").read_text("utf-8"))["status"] == "draft"
    assert only(batch(inputs, out), "甲局.xlsx").state is State.DRAFT


def test_a_file_in_the_place_of_a_folder_and_a_folder_in_the_place_of_a_file(
    inputs: Path, tmp_path: Path
) -> None:
    out = tmp_path / "出"
    batch(inputs, out)
    document = next(path for path in sorted((out / "甲局").rglob("*.docx")))
    document.unlink()
    document.mkdir()
    shutil.rmtree(out / "乙局")
    (out / "乙局").write_text("占位", "utf-8")
    county = batch(inputs, out)
    assert only(county, "甲局.xlsx").state is State.MADE
    assert document.is_dir()
    assert document.with_name(f"{document.stem}（新）.docx").is_file()
    assert only(county, "乙局.xlsx").state is State.FAILED
    assert only(county, "丙局.xlsx").state is State.UNCHANGED


def test_a_document_that_someone_has_open_keeps_its_bytes_for_him(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "出"
    batch(inputs, out)
    document = next(path for path in sorted((out / "甲局").rglob("*表.docx")))
    before = document.read_bytes()
    with document.open("rb") as opened:
        batch(inputs, out, watermark="另一个")
        assert opened.read() == before
    assert document.read_bytes() != before


@pytest.fixture
def saving(inputs: Path) -> Iterator[tuple[Path, Callable[[], None]]]:
    """A workbook that somebody saves again and again, in place, half-written; and what waits for the end."""
    path, stop = inputs / "甲局.xlsx", threading.Event()
    versions = [path.read_bytes(), department(inputs.parent / "另.xlsx", "甲局", draft=True).read_bytes()]

    def save() -> None:
        while not stop.is_set():
            for content in versions:
                with path.open("wb") as file:
                    file.write(content[:9000])
                    file.flush()
                    time.sleep(0.01)
                    file.write(content[9000:])
                time.sleep(0.25)

    saver = threading.Thread(target=save)
    saver.start()
    threading.Timer(2.5, stop.set).start()
    yield path, saver.join
    stop.set()
    saver.join()


def test_a_workbook_saved_while_it_is_read_is_made_from_one_whole_version(
    saving: tuple[Path, Callable[[], None]], inputs: Path, tmp_path: Path
) -> None:
    path, wait_for_the_last_save = saving
    out = tmp_path / "出"
    county = batch(inputs, out)
    assert State.FAILED not in {states(county)[f"{name}局.xlsx"] for name in DEPARTMENTS[1:]}
    assert_whole(out)
    wait_for_the_last_save()
    last = only(batch(inputs, out), path.name)
    assert last.state is not State.FAILED
    batch(inputs, tmp_path / "从头")
    assert settled(out / "甲局") == settled(tmp_path / "从头" / "甲局")


def test_chinese_paths_work_on_a_c_locale(inputs: Path, tmp_path: Path) -> None:
    arguments = ["run", "入", "--out", "成品", "--no-pages", "--explain"]
    done = docgen(arguments, tmp_path, LC_ALL="C", LANG="C", PYTHONIOENCODING="")
    assert done.returncode == 0, done.stderr
    assert "年终汇总.xlsx" in done.stdout
    batch(inputs, tmp_path / "从头")
    assert digests(tmp_path / "成品") == digests(tmp_path / "从头")
