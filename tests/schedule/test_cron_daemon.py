"""A real cron: an entry is installed, fires, and its documents appear.

Where there is no cron the test skips and says why; with ``DOCGEN_REQUIRE_OFFICE=1`` it fails instead.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from docgen.schedule import cron, last_of
from tests.batch.county import department, docgen
from tests.real_office import REQUIRED

NAME = f"test-{os.getpid()}"
_ROOM = 15  # seconds to the next minute that installing may take
_LONGEST = 200  # seconds until the documents are there: a minute to wait, the rest to make them


def _is_running() -> bool:
    with suppress(OSError, ValueError):
        number = int(Path("/run/crond.pid").read_text())
        return b"cron" in Path(f"/proc/{number}/comm").read_bytes()
    return False


def _missing() -> str:
    if shutil.which("crontab") is None:
        return "not on this machine: cron"
    can_start = shutil.which("cron") is not None and os.geteuid() == 0
    return "" if can_start or _is_running() else "cron is not running, and only root can start it"


needs_cron = pytest.mark.skipif(bool(_missing()) and not REQUIRED, reason=_missing())


@pytest.fixture
def daemon() -> Iterator[None]:
    """The machine's own cron, or one for as long as the test lasts."""
    if _is_running():
        yield
        return
    with subprocess.Popen(["cron", "-f"]) as running:  # noqa: S607 - on PATH, see above
        yield
        running.terminate()


@pytest.fixture
def crontab() -> Iterator[list[str]]:
    """The crontab as it is, with a line of somebody else's; put back afterwards, whatever happens."""
    before = cron._lines()
    others = [*before, "# somebody's own 100\\% line, kept as it is", "0 0 1 1 * true"]
    cron._write(others)
    yield others
    cron._write(before)


def at_the_next_minute() -> str:
    now = datetime.now().astimezone()
    start = now + timedelta(minutes=1 if now.second < 60 - _ROOM else 2)
    return f"{start:%H:%M}"


@needs_cron
@pytest.mark.usefixtures("daemon")
def test_an_entry_fires_and_its_documents_appear(tmp_path: Path, crontab: list[str]) -> None:
    workbook = department(tmp_path / "报送 100%" / "甲局.xlsx", "甲局")
    out = tmp_path / "出 'x'"
    installing: list[str | Path] = ["schedule", "install", "--system", "cron", "--name", NAME, "--out", out]
    done = docgen([*installing, "--at", at_the_next_minute(), workbook.parent], tmp_path)
    assert done.returncode == 0, done.stderr
    assert docgen([*installing, "--at", "20:00", workbook.parent], tmp_path).returncode == 2
    assert cron._lines()[:-1] == crontab
    log = out / f"定时任务-{NAME}.log"
    deadline = time.monotonic() + _LONGEST
    while (last := last_of(log)) is None or last.status is None:
        assert time.monotonic() < deadline, log.read_text("utf-8") if log.exists() else "it never fired"
        time.sleep(0.5)
    assert last.status == 0, log.read_text("utf-8")
    assert (out / "甲局" / "2021" / "run.json").is_file()
    assert (out / "年终汇总.xlsx").is_file()
    assert "结束，退出状态 0" in log.read_text("utf-8")
    listed = docgen(["schedule", "list", "--system", "cron"], tmp_path).stdout
    assert [NAME in line and "0 定稿" in line for line in listed.splitlines()].count(True) == 1
    assert docgen(["schedule", "remove", NAME, "--system", "cron"], tmp_path).returncode == 0
    assert cron._lines() == crontab
    assert docgen(["schedule", "remove", NAME, "--system", "cron"], tmp_path).returncode == 2
