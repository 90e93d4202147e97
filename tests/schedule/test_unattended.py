"""What an installed entry runs: its words in the log, its exit status kept."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from docgen.schedule import attend, last_of


def clock() -> datetime:
    return datetime(2026, 12, 31, 20, 0, 0, tzinfo=UTC)


def test_the_words_and_the_exit_status_are_kept(tmp_path: Path) -> None:
    log = tmp_path / "出" / "定时任务-x.log"
    status = attend(
        "x（每天）", ["run", str(tmp_path / "没有.xlsx"), "--out", str(tmp_path / "出")], log, clock
    )
    assert status == 2
    first, *_, said, end = log.read_text("utf-8").splitlines()
    assert first.startswith("==== 2026-12-31 20:00:00 定时任务 x（每天） 开始：docgen run ")
    assert "没有.xlsx" in said
    assert end == "==== 2026-12-31 20:00:00 结束，退出状态 2"
    last = last_of(log)
    assert last is not None
    assert (last.started, last.ended, last.status) == ("2026-12-31 20:00:00", "2026-12-31 20:00:00", 2)


def test_a_log_is_added_to(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    for _ in range(2):
        assert attend("x", ["--version"], log, clock) == 0
    assert log.read_text("utf-8").count("结束，退出状态 0") == 2


def test_where_the_log_cannot_be_the_words_are_kept_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "出").write_bytes(b"a file in its place")
    assert attend("x", ["--version"], tmp_path / "出" / "定时任务-x.log", clock) == 0
    assert "退出状态 0" in (tmp_path / "docgen-定时任务-x.log").read_text("utf-8")


def test_an_entry_that_never_fired_has_no_last_time(tmp_path: Path) -> None:
    assert last_of(tmp_path / "x.log") is None
