"""What could not be read is told once, and no rule draws a second finding from its absence."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook

from docgen.finding import Finding
from docgen.packs import load_pack
from docgen.pipeline import examine, run
from tests.test_spoiled_workbooks import SAMPLE, Spoil, put, spoiled

PACK = "xinxiang"
SHEETS = load_pack(PACK).layout.used_sheets
TABLES = {name: sheet for name, sheet in SHEETS.items() if sheet.kind == "table"}
NEEDED = [sheet.title for sheet in SHEETS.values() if sheet.required]


@cache
def known() -> frozenset[tuple[str, str]]:
    return frozenset((finding.code, str(finding.place)) for finding in examine(SAMPLE).findings)


def new_findings(folder: Path, *spoils: Spoil) -> list[Finding]:
    """What is found beyond the findings of the sample, which are all explained."""
    found = examine(spoiled(folder, *spoils), PACK).findings
    return [each for each in found if (each.code, str(each.place)) not in known()]


def new_codes(folder: Path, *spoils: Spoil) -> list[str]:
    return [finding.code for finding in new_findings(folder, *spoils)]


@cache
def headings(title: str) -> frozenset[object]:
    """The columns that the sample has; it leaves out some that may be left out."""
    return frozenset(cell.value for cell in openpyxl.load_workbook(SAMPLE)[title][1])


def removed(title: str) -> Spoil:
    return lambda book: book.remove(book[title])


def emptied(title: str) -> Spoil:
    return lambda book: book[title].delete_rows(2, 500)


def renamed(title: str, label: str) -> Spoil:
    """The heading of a column (or the label of a field) called something else altogether."""

    def spoil(book: Workbook) -> None:
        cells = [book[title].cell(1, column + 1) for column in range(book[title].max_column)]
        cells += [book[title].cell(row + 1, 1) for row in range(book[title].max_row)]
        found = next(cell for cell in cells if cell.value == label)
        assert isinstance(found, Cell)
        found.value = "另外的名称"

    return spoil


def without(title: str, label: str) -> Spoil:
    """A column cleared from its heading down."""

    def spoil(book: Workbook) -> None:
        column = next(cell.column for cell in book[title][1] if cell.value == label)
        for row in range(book[title].max_row):
            book[title].cell(row + 1, column).value = None

    return spoil


@pytest.mark.parametrize("title", NEEDED)
def test_a_sheet_that_is_gone_is_one_finding(title: str, tmp_path: Path) -> None:
    assert new_codes(tmp_path, removed(title)) == ["W101"]


@pytest.mark.parametrize("title", [sheet.title for sheet in TABLES.values()])
def test_headings_that_are_gone_are_one_finding(title: str, tmp_path: Path) -> None:
    assert new_codes(tmp_path, lambda book: book[title].delete_rows(1)) == ["W111"]


@pytest.mark.parametrize("title", ["单位", "项目", "项目资金", "绩效指标"])
def test_a_sheet_without_rows_is_one_finding(title: str, tmp_path: Path) -> None:
    assert new_codes(tmp_path, emptied(title)) == ["W105"]


@pytest.mark.parametrize("name", SHEETS)
def test_a_required_column_called_otherwise_is_one_finding(name: str, tmp_path: Path) -> None:
    for column in SHEETS[name].used_columns.values():
        if column.required:
            spoil = renamed(SHEETS[name].title, column.label)
            assert new_codes(tmp_path, spoil) == ["W102"], column.label


@pytest.mark.parametrize("name", TABLES)
def test_a_column_that_may_be_left_out_is_missed_at_most_once(name: str, tmp_path: Path) -> None:
    for column in TABLES[name].used_columns.values():
        if column.required or column.label not in headings(TABLES[name].title):
            continue
        found = new_findings(tmp_path, renamed(TABLES[name].title, column.label))
        assert len([each for each in found if each.code in {"W103", "W112"}]) == 1, column.label
        assert len([each for each in found if each.is_open]) <= 1, column.label
        gone = new_findings(tmp_path, without(TABLES[name].title, column.label))
        assert len([each for each in gone if each.is_open]) <= 1, column.label


def test_a_column_that_rules_look_for_is_an_error_naming_what_needs_it(tmp_path: Path) -> None:
    found = new_findings(tmp_path, renamed("绩效指标", "偏差原因分析及改进措施"))
    (error,) = [finding for finding in found if finding.is_open]
    assert (error.code, str(error.place)) == ("W102", "绩效指标")
    assert error.message.startswith("没有“偏差原因分析及改进措施”这一列，17 处要用到它，如：")


MISTAKES: dict[str, tuple[Spoil, list[str]]] = {
    "unknown project in 项目资金": (put("项目资金", "A3", "建档立卡务工奖"), ["W201 项目资金!A3"]),
    "unknown project in 绩效指标": (put("绩效指标", "A3", "建档立卡务工奖"), ["W201 绩效指标!A3"]),
    "project left blank in 绩效指标": (put("绩效指标", "A3", None), ["V107 绩效指标!A3"]),
    "project left blank in 项目资金": (put("项目资金", "A3", None), ["V107 项目资金!A3"]),
    "funding source not in the list": (put("项目资金", "B3", "财政的钱"), ["V106 项目资金!B3"]),
    "unknown unit of a project": (put("项目", "B3", "某某中心"), ["W201 项目!B3"]),
    "no unit of a project": (put("项目", "B3", None), ["V107 项目!B3"]),
    "item of 收支 not in the list": (put("收支", "B2", "什么钱"), ["V106 收支!B2"]),
    "item of 三公经费 not in the list": (put("三公经费", "A2", "什么费"), ["V106 三公经费!A2"]),
    "level of an indicator not in the list": (put("绩效指标", "B3", "什么指标"), ["V106 绩效指标!B3"]),
    "level of the department's form": (put("整体指标", "A3", "什么指标"), ["V106 整体指标!A3"]),
    "kind of an undertaking": (put("整体目标与任务", "A3", "什么"), ["V106 整体目标与任务!A3"]),
    "section that does not exist": (put("文字", "B3", "什么"), ["V106 文字!B3"]),
    "unit of a text that does not exist": (put("文字", "A3", "什么"), ["W201 文字!A3"]),
    "points that are no number": (put("绩效指标", "G3", "约十分"), ["V101 绩效指标!G3"]),
    "amount that is no number": (put("收支", "E2", "约"), ["V101 收支!E2"]),
    "negative amount": (put("项目资金", "E3", -16.06), ["B104 项目资金!E3"]),
    "project renamed in 项目": (
        put("项目", "A3", "全新的项目"),
        ["W201 绩效指标!A10", "W201 项目资金!A4"],
    ),
    "unit renamed in 单位": (put("单位", "A3", "全新的单位"), ["W201 文字!A9", "W201 项目!B6"]),
    "project named twice": (
        put("项目", "A3", "建档立卡优秀务工人员奖补"),
        ["W201 绩效指标!A10", "W201 项目资金!A4", "W202 项目!A3"],
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_what_follows_from_a_row_that_was_not_read_is_not_reported(mistake: str, tmp_path: Path) -> None:
    spoil, expected = MISTAKES[mistake]
    assert [f"{each.code} {each.place}" for each in new_findings(tmp_path, spoil)] == expected


def test_an_unknown_name_is_told_once_with_all_its_rows(tmp_path: Path) -> None:
    first, _ = new_findings(tmp_path, put("项目", "A3", "全新的项目"))
    assert [related.place.cell for related in first.related] == [f"A{row}" for row in range(11, 18)]


def test_no_total_is_made_for_a_project_without_indicators(tmp_path: Path) -> None:
    examined = examine(spoiled(tmp_path, removed("绩效指标")), PACK)
    assert {project.total_score.value for project in examined.case.figures.projects} == {None}


def test_drafts_are_made_whichever_sheet_is_gone(tmp_path: Path) -> None:
    spoils: list[Callable[[Workbook], object]] = [removed(title) for title in ("项目", "单位", "单位信息")]
    for number, spoil in enumerate(spoils):
        done = run(spoiled(tmp_path, spoil), pack=PACK, out=tmp_path / str(number), measure_pages=False)
        assert (done.is_final, bool(done.stored.made)) == (False, True)


def test_reasons_written_for_findings_that_errors_hide_are_not_called_idle(tmp_path: Path) -> None:
    assert "X901" not in new_codes(tmp_path, put("收支", "D2", "约"))
    assert new_codes(tmp_path, put("核实说明", "B8", "收支!F99")).count("X901") == 1
