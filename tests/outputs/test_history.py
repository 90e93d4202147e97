"""Past runs in their file: what is kept, what is told, what stops nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from docgen.figures.figure import Figure
from docgen.outputs import history as module
from docgen.outputs.entry import Product
from docgen.outputs.history import HISTORY, History, HistoryError, Result
from docgen.outputs.printed import Printed, printed_figures
from docgen.outputs.record import Story
from docgen.outputs.snapshot import Change, changes, figures_in, snapshot_of
from docgen.outputs.store import store
from docgen.present.page import Page
from docgen.present.shown import Shown

STARTED = "2026-12-31 20:00:00"
Texts = Mapping[str, Mapping[str, str]]


def recorded(folder: Path, texts: Texts) -> None:
    """A run folder whose record tells these printed figures."""
    printed = Printed()
    for document, figures in texts.items():
        printed.documents[document] = {
            name: (text, printed.working(Figure(None, "", ()))) for name, text in figures.items()
        }
    story = Story("0.1.0", "p", "d", "局.xlsx", "w", folder.parent.name, 2024, (), printed)
    store(folder, [Product("表.docx", b"x", "form")], "final", story)


def result(folder: str, *, is_unchanged: bool = False) -> Result:
    state = "未变" if is_unchanged else "新生成"
    return Result("局.xlsx", "甲局", 2024, folder, state, 0, 1, is_unchanged=is_unchanged)


def past(out: Path, *results: Result, status: int = 0) -> int:
    history = History(out)
    number = history.begin(STARTED, "docgen run 报送", "0.1.0")
    history.finish(number, 1500, status, "完", results)
    return number


def told(out: Path, before: int, after: int) -> list[tuple[str, list[Change]]]:
    return [
        (folder, list(changes(old or {}, new or {})))
        for folder, old, new in History(out).figures(before, after)
    ]


def test_runs_are_listed_the_latest_first(tmp_path: Path) -> None:
    past(tmp_path, result(""))
    number = History(tmp_path).begin(STARTED, "docgen run", "0.1.0")
    runs = History(tmp_path).runs(10)
    assert [(run.number, run.status, run.milliseconds, run.states) for run in runs] == [
        (number, None, None, ""),
        (1, 0, 1500, "新生成 1"),
    ]
    assert [run.number for run in History(tmp_path).runs(1)] == [number]


def test_the_results_of_a_run_are_kept_in_order(tmp_path: Path) -> None:
    failed = Result("坏.xlsx", "", None, "", "失败", 2, 0, "打不开")
    number = past(tmp_path, failed, result(""))
    assert History(tmp_path).results(number) == [failed, result("")]
    assert History(tmp_path).run(number).message == "完"


def test_two_runs_differ_by_the_figures_their_documents_print(tmp_path: Path) -> None:
    folder = tmp_path / "甲局" / "2024"
    recorded(folder, {"自评表": {"得分": "95", "执行率": "80.00%"}, "旧表": {"合计": "1"}})
    first = past(tmp_path, result("甲局/2024"))
    recorded(folder, {"自评表": {"得分": "96", "执行率": "80.00%", "合计": "2"}})
    second = past(tmp_path, result("甲局/2024"))
    differences = [
        Change("旧表", "合计", "1", None),
        Change("自评表", "得分", "95", "96"),
        Change("自评表", "合计", None, "2"),
    ]
    assert told(tmp_path, first, second) == [("甲局/2024", differences)]
    assert told(tmp_path, second, second) == []


def test_figures_that_do_not_change_are_kept_once(tmp_path: Path) -> None:
    recorded(tmp_path / "甲局" / "2024", {"自评表": {"得分": "95"}})
    recorded(tmp_path / "乙局" / "2024", {"自评表": {"得分": "90"}})
    past(tmp_path, result("甲局/2024"), result("乙局/2024"))
    past(tmp_path, result("甲局/2024"), result("乙局/2024", is_unchanged=True))
    base = sqlite3.connect(tmp_path / HISTORY)
    assert base.execute("SELECT count(*) FROM figures").fetchone() == (2,)
    assert base.execute("SELECT count(*) FROM result WHERE figures > ''").fetchone() == (4,)
    base.close()


def test_what_is_unchanged_is_known_without_its_record(tmp_path: Path) -> None:
    folder = tmp_path / "甲局" / "2024"
    recorded(folder, {"自评表": {"得分": "95"}})
    first = past(tmp_path, result("甲局/2024"))
    (folder / "run.json").unlink()
    second = past(tmp_path, result("甲局/2024", is_unchanged=True))
    assert told(tmp_path, first, second) == []


def test_old_runs_go_and_their_figures_with_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_RUNS", 2)
    for score in ("95", "96", "97"):
        recorded(tmp_path / "甲局" / "2024", {"自评表": {"得分": score}})
        past(tmp_path, result("甲局/2024"))
    History(tmp_path).begin(STARTED, "docgen run", "0.1.0")
    assert [run.number for run in History(tmp_path).runs(10)] == [4, 3]
    base = sqlite3.connect(tmp_path / HISTORY)
    assert base.execute("SELECT count(*) FROM figures").fetchone() == (1,)
    base.close()


def test_no_history_and_no_such_run_are_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match="还没有运行历史"):
        History(tmp_path).runs(1)
    past(tmp_path)
    with pytest.raises(HistoryError, match="没有编号为 7 的运行"):
        History(tmp_path).run(7)


@pytest.mark.parametrize("content", [b"not a database, but long enough to look at" * 9, b"SQLite format 3\0"])
def test_a_spoilt_file_is_said_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / HISTORY).write_bytes(content)
    with pytest.raises(HistoryError, match="可将它改名"):
        History(tmp_path).begin(STARTED, "docgen run", "0.1.0")


def test_a_file_of_a_later_docgen_is_left_alone(tmp_path: Path) -> None:
    past(tmp_path)
    base = sqlite3.connect(tmp_path / HISTORY)
    base.execute("PRAGMA user_version = 99")
    base.close()
    with pytest.raises(HistoryError, match="更新版本"):
        History(tmp_path).begin(STARTED, "docgen run", "0.1.0")


def test_a_record_without_figures_has_an_empty_snapshot(tmp_path: Path) -> None:
    recorded(tmp_path / "甲局" / "2024", {})
    made = snapshot_of(tmp_path / "甲局" / "2024")
    assert made is not None
    assert figures_in(made.packed) == {}
    assert snapshot_of(tmp_path) is None
    with pytest.raises(ValueError, match="decompress"):
        figures_in(b"nothing packed")


def test_rows_go_by_their_names_so_that_a_row_put_in_between_changes_no_other() -> None:
    def figures(*names: str) -> dict[str, str]:
        rows = [{"名称": name, "得分": Shown("5", Figure(Decimal(5)))} for name in names]
        page = Page("form", "表", "表.docx", Path("t.docx"), {"行": rows})
        told = printed_figures([(page, {"行[].得分"})]).documents["表"]
        return {name: text for name, (text, _) in told.items()}

    assert figures("培训人数", "合格率") == {"行.培训人数.得分": "5", "行.合格率.得分": "5"}
    assert figures("培训人数", "场次", "合格率").keys() - figures("培训人数", "合格率").keys() == {
        "行.场次.得分"
    }
    assert list(figures("补贴", "补贴", "")) == ["行.补贴.得分", "行.补贴（2）.得分", "行.3.得分"]
