"""Runs that are written down, however they end."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from docgen.batch import Wishes
from docgen.batch.diary import diary, remember, remembered
from docgen.errors import DocgenError, StoreError
from docgen.outputs.history import HISTORY, History
from docgen.outputs.lock import LockError, locked
from docgen.outputs.log import FOR_MACHINES, FOR_PEOPLE
from docgen.outputs.snapshot import changes
from docgen.pipeline import run
from tests.batch.county import department


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    department(tmp_path / "报送" / "甲局.xlsx", "甲局")
    department(tmp_path / "报送" / "乙局.xlsx", "乙局", draft=True)
    (tmp_path / "报送" / "坏.xlsx").write_bytes(b"PK\x03\x04 not really")
    return tmp_path / "报送"


def wishes(out: Path) -> Wishes:
    return Wishes(out, jobs=1, measure_pages=False)


def events(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / FOR_MACHINES).read_text("utf-8").splitlines()]


def test_a_batch_is_in_both_logs_and_in_the_history(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "出"
    county, troubles = remembered([inputs], wishes(out), command="docgen run 报送")
    assert (county.status, troubles) == (2, ())
    told = events(out)
    assert [event["event"] for event in told] == ["start", "plan", *["workbook"] * 3, "end"]
    assert {event["run"] for event in told} == {told[0]["run"]}
    states = {event["department"]: event["state"] for event in told if event["event"] == "workbook"}
    assert states == {"甲局": "新生成", "乙局": "草稿", "": "失败"}
    said = (out / FOR_PEOPLE).read_text("utf-8")
    assert "开始：docgen run 报送" in said
    assert "第 1 次运行结束，退出状态 2" in said
    [past] = History(out).runs(5)
    assert (past.command, past.status) == ("docgen run 报送", 2)
    assert {each.state for each in History(out).results(1)} == {"新生成", "草稿", "失败"}


def test_an_unchanged_department_is_a_result_without_a_line(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "出"
    remembered([inputs / "甲局.xlsx"], wishes(out))
    remembered([inputs / "甲局.xlsx"], wishes(out))
    assert [event["event"] for event in events(out)][-3:] == ["start", "plan", "end"]
    [result] = History(out).results(2)
    assert (result.state, result.folder) == ("未变", "甲局/2021")


def test_a_changed_workbook_shows_in_the_figures_of_two_runs(inputs: Path, tmp_path: Path) -> None:
    out, path = tmp_path / "出", inputs / "甲局.xlsx"
    remembered([path], wishes(out))
    book = openpyxl.load_workbook(path)
    book["项目资金"]["E2"] = 9
    book.save(path)
    remembered([path], wishes(out))
    [(folder, before, after)] = History(out).figures(1, 2)
    assert folder == "甲局/2021"
    texts = {(change.before, change.after) for change in changes(before or {}, after or {})}
    assert ("100%", "90%") in texts


def test_a_single_run_is_remembered_too(inputs: Path, tmp_path: Path) -> None:
    out, path = tmp_path / "出", inputs / "甲局.xlsx"
    with diary(out, "docgen run 甲局.xlsx") as told:
        remember(told, path, run(path, out=out, measure_pages=False))
    [result] = History(out).results(1)
    assert (result.department, result.state, result.folder) == ("甲局", "新生成", "甲局/2021")
    assert events(out)[1]["documents"] == result.documents > 0


def test_an_error_of_ours_leaves_its_traceback_for_machines(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), diary(tmp_path, "docgen run x"):
        _ = 1 // 0
    trouble = events(tmp_path)[1]
    assert trouble["event"] == "trouble"
    assert "ZeroDivisionError" in str(trouble["traceback"])
    assert History(tmp_path).run(1).status == 3


@pytest.mark.parametrize(
    "error, status", [(KeyboardInterrupt(), 130), (StoreError("磁盘已满"), 3), (DocgenError("没有文件"), 2)]
)
def test_every_ending_has_its_exit_status(tmp_path: Path, error: BaseException, status: int) -> None:
    with pytest.raises(type(error)), diary(tmp_path, "docgen run x"):
        raise error
    assert History(tmp_path).run(1).status == status


def test_a_folder_in_use_is_remembered_as_such(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "出"
    with locked(out), pytest.raises(LockError):
        remembered([inputs], wishes(out))
    assert "正由另一个 docgen 使用" in History(out).run(1).message


def test_a_run_that_finds_nothing_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    with pytest.raises(DocgenError):
        remembered([tmp_path / "空"], wishes(tmp_path / "出"))
    assert not (tmp_path / "出").exists()


def test_a_spoilt_history_stops_no_run_and_is_said(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "出"
    out.mkdir()
    (out / HISTORY).write_bytes(b"not a database, but long enough to look at" * 9)
    county, troubles = remembered([inputs / "甲局.xlsx"], wishes(out))
    assert county.status == 0
    assert "可将它改名" in troubles[0]
    assert len(troubles) == 1
