"""The plain-text view of Excel workbooks."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from tests.xlsxtext import xlsx_text


def text_of(fill: Callable[[Worksheet], object]) -> list[str]:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表"
    fill(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return xlsx_text(stream.getvalue()).splitlines()


def test_merges_show_across_and_down_and_empty_rows_do_not() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "标题"
        sheet.merge_cells("A1:C1")
        sheet["A3"], sheet["B3"], sheet["B4"] = "产出", 1, 2
        sheet.merge_cells("A3:A4")

    assert text_of(fill) == ["══ 表 ══", "  1 │ 标题 ⇠3", "  3 │ 产出 │ 1", "  4 │ ⇡ │ 2"]


@pytest.mark.parametrize(
    "value,code,shown",
    [
        (1234.5, "#,##0.00", "1,234.50"),
        (0.989, "0.00%", "98.90%"),
        (0.125, "0.00", "0.13"),
        (16.06, '0.00"万元"', "16.06万元"),
        (12.5, "0.##", "12.5"),
        (12, "0.##", "12"),
        (47, "General", "47"),
        (date(2021, 3, 1), 'yyyy"年"m"月"d"日"', "2021年3月1日"),
    ],
)
def test_a_number_shows_as_its_format_shows_it(value: float, code: str, shown: str) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = value
        sheet["A1"].number_format = code

    assert text_of(fill)[1] == f"  1 │ {shown}"


def test_a_formula_shows_with_its_cached_value() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet("表").write_formula("A1", "=SUM(B1:C1)", None, 16.06)
    assert xlsx_text(stream.getvalue()).splitlines()[1] == "  1 │ =SUM(B1:C1) ⇒ 16.06"


def test_notes_frozen_panes_and_print_titles_follow_the_rows() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "甲"
        sheet["A1"].comment = Comment("与汇总表不一致", "docgen")
        sheet.freeze_panes = "B2"
        sheet.print_title_rows = "1:1"

    assert text_of(fill)[2:] == ["〔冻结〕B2", "〔批注〕A1：与汇总表不一致", "〔Print_Titles〕'表'!$1:$1"]
