"""A column the layout does not know: a note, unless amounts stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from docgen.finding import Finding, Severity
from docgen.workbook.book import Grid, Marks
from docgen.workbook.locate import Located
from docgen.workbook.strange import strange_columns
from tests.workbook.clerk import bound, pack, typed

Cells = Mapping[str, object]


def findings(folder: Path, cells: Cells, sheet: str = "项目资金") -> list[Finding]:
    def spoil(book: Workbook) -> None:
        for cell, value in cells.items():
            typed(sheet, cell, value)(book)

    return list(bound(folder, spoil=spoil).findings)


def test_amounts_in_an_unknown_column_are_an_error_that_says_how_much_is_lost(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, {"H1": "社保基金", "H2": 12.5, "H3": "3万元"})
    assert (found.code, found.severity, str(found.place)) == ("W112", Severity.ERROR, "项目资金!H1")
    assert found.message == "H 列“社保基金”不是这张表的列，没有读取，里面有 2 个数，合计 15.5。"
    assert found.expected == "金额填在“年初预算数”、“全年预算数”、“全年执行数”里"
    assert "移到该填的列" in found.fix


def test_amounts_below_no_heading_at_all_are_an_error_too(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, {"I2": 12.5})
    assert (found.code, str(found.place)) == ("W112", "项目资金!I1")
    assert found.message.startswith("I 列没有列名，没有读取，里面有 1 个数")


def test_words_below_no_heading_are_nobodys_business(tmp_path: Path) -> None:
    assert findings(tmp_path, {"I2": "已核"}) == []


def test_a_column_of_amounts_called_otherwise_is_named(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, {"C1": "预算批复"})
    assert (found.code, str(found.place)) == ("W112", "项目资金!C1")
    assert found.message.endswith("合计 20。是不是“年初预算数”改了名？")


@pytest.mark.parametrize(
    "cells",
    [
        {"H1": "备注", "H2": "含上年结转 5"},
        {"H1": "序号", "H2": 1, "H3": 2},
        {"H1": "次序", "H2": 1, "H3": 2},
        {"H1": "文件年度", "H2": 2021},
        {"H1": "占比", "H2": "80%"},
        {"H1": "其他", "H2": 0},
        {"H1": "空列"},
    ],
    ids=lambda cells: str(cells["H1"]),
)
def test_an_unknown_column_without_amounts_is_a_note(cells: Cells, tmp_path: Path) -> None:
    (found,) = findings(tmp_path, cells)
    assert (found.code, found.severity) == ("W103", Severity.NOTE)


def test_numbers_beside_more_words_are_no_amounts(tmp_path: Path) -> None:
    cells = {"H1": "经办", "H2": "见附件一", "H3": "见附件二", "H4": "待补", "H5": 3}
    assert [found.code for found in findings(tmp_path, cells)] == ["W103"]


def test_formulas_the_clerk_checks_with_may_be_explained() -> None:
    sheet = pack().layout.sheets["funding"]
    rows: list[list[object]] = [["全年预算数", "全年执行数", "差额"], [10, 8, 2], [5, 5, 0]]
    columns = {"annual_budget": 0, "annual_spending": 1}
    for formulas, tier in (({"C2", "C3"}, Severity.VERIFY), ({"C2"}, Severity.ERROR)):
        grid = Grid("甲.xlsx", "项目资金", rows, Marks(formulas=frozenset(formulas)))
        (found,) = strange_columns(Located(sheet, grid, 0, columns, strange=[2]))
        assert (found.code, found.severity, str(found.place)) == ("W112", tier, "项目资金!C1")


def test_a_sheet_without_amounts_may_have_numbers_of_any_kind(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, {"M1": "编制数", "M2": 30}, "项目")
    assert (found.code, str(found.place)) == ("W103", "项目!M1")
