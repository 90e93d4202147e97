"""Rows written as markup: byte for byte those that XlsxWriter writes itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from docgen.render.row_sheet import RowSheet

CREATED = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
Cell = str | int | Decimal | None
Row = tuple[float | None, Sequence[Cell]]
ROWS: Sequence[Row] = [
    (28, ["标题"]),
    (None, ["", " 前后空格 ", "<&>\"'", "_x0041_"]),
    (None, ["重复", "重复", 7, Decimal("0.1"), Decimal(-3), Decimal("123456789.123456789"), None]),
    (409, ["多行\n文字", "a\tb", None, "很" * 40_000]),
    *((None, (number, "重复")) for number in range(40)),
    (15, [Decimal("1E+3")]),
]


def book(*, by_rows: bool, constant: bool) -> bytes:
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "constant_memory": constant}
    made: Any = xlsxwriter.Workbook(stream, options)
    made.set_properties({"created": CREATED})
    looks = [made.add_format({"bold": True}), made.add_format({"italic": True})]
    sheet = made.add_worksheet("表", RowSheet if by_rows else None)
    for row, (height, cells) in enumerate(ROWS):
        if by_rows:
            _add(sheet, row, height, cells, looks)
        else:
            _write(sheet, row, height, cells, looks)
    made.close()
    return stream.getvalue()


def _add(sheet: RowSheet, row: int, height: float | None, cells: Sequence[Cell], looks: list[Any]) -> None:
    written = [
        sheet.string(row, column, cell, looks[column % 2])
        if isinstance(cell, str)
        else sheet.number(row, column, cell, looks[column % 2])
        for column, cell in enumerate(cells)
    ]
    sheet.add_line(row, written, height)
    if cells[0] == 3:
        sheet.link(row, 1, "甲（批注）.xlsx", "'表 1'!B2")


def _write(sheet: Worksheet, row: int, height: float | None, cells: Sequence[Cell], looks: list[Any]) -> None:
    if height is not None:
        sheet.set_row(row, height)
    for column, cell in enumerate(cells):
        look = looks[column % 2]
        if cell is None:
            sheet.write_blank(row, column, None, look)
        elif not isinstance(cell, str):
            sheet.write_number(row, column, cell, look)
        elif cells[0] == 3:
            sheet.write_url(row, column, "external:甲（批注）.xlsx#'表 1'!B2", look, cell)
        else:
            sheet.write_string(row, column, cell[:32_767], look)


@pytest.mark.parametrize("constant", [False, True])
def test_rows_are_those_of_xlsxwriter(*, constant: bool) -> None:
    assert book(by_rows=True, constant=constant) == book(by_rows=False, constant=constant)


def test_two_books_of_the_same_rows_are_the_same_bytes() -> None:
    assert book(by_rows=True, constant=False) == book(by_rows=True, constant=False)
