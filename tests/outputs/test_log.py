"""The two logs of an output folder."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from docgen.outputs import log as module
from docgen.outputs.log import FOR_MACHINES, FOR_PEOPLE, Log

NOON = datetime(2026, 12, 31, 12, 0, 5, tzinfo=UTC)


def logged(folder: Path) -> Log:
    return Log(folder, lambda: NOON)


def test_an_event_is_a_line_for_people_and_a_line_for_machines(tmp_path: Path) -> None:
    logged(tmp_path).write("workbook", "新生成：\n甲局", documents=10, notes=["页码未测"])
    assert (tmp_path / FOR_PEOPLE).read_text("utf-8") == "2026-12-31 12:00:05  新生成： 甲局\n"
    assert json.loads((tmp_path / FOR_MACHINES).read_text("utf-8")) == {
        "time": "2026-12-31T12:00:05.000+00:00",
        "event": "workbook",
        "message": "新生成： 甲局",
        "documents": 10,
        "notes": ["页码未测"],
    }


def test_lines_wait_for_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    log = logged(tmp_path / "出")
    log.write("start", "开始")
    (tmp_path / "出").mkdir()
    log.write("end", "结束")
    said = (tmp_path / "出" / FOR_PEOPLE).read_text("utf-8").splitlines()
    assert [line[21:] for line in said] == ["开始", "结束"]


def test_a_folder_that_vanished_stops_nothing_and_is_not_made_again(tmp_path: Path) -> None:
    logged(tmp_path / "没有").write("start", "开始")
    assert list(tmp_path.iterdir()) == []


def test_a_log_grown_large_makes_room_and_the_one_before_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGEST", 30)
    log = logged(tmp_path)
    for text in ("第一句，足够长的一句话", "第二句"):
        log.write("x", text)
    assert (tmp_path / "运行日志（以前）.txt").read_text("utf-8").endswith("第一句，足够长的一句话\n")
    assert (tmp_path / FOR_PEOPLE).read_text("utf-8").endswith("第二句\n")


def test_characters_that_cannot_be_written_are_replaced(tmp_path: Path) -> None:
    logged(tmp_path).write("x", "坏\udcff名")
    assert "坏?名" in (tmp_path / FOR_PEOPLE).read_text("utf-8")
