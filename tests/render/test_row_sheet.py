"""Rows, links and strings written as markup: byte for byte what XlsxWriter writes itself."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from itertools import cycle
from pathlib import Path

import openpyxl
import pytest
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from docgen.render.ledger_sheet import LOOKS
from docgen.render.row_book import RowBook
from docgen.render.row_sheet import RowSheet

CREATED = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
LOOKED = ("heading", "text")
Cell = str | int | Decimal | None
Row = tuple[float | None, Sequence[Cell]]
ROWS: Sequence[Row] = [
    (28, ["标题"]),
    (None, ["", " 前后空格 ", "\u3000空", "<&>\"'", "_x0041_", "a_b"]),
    (None, ["重复", "重复", 7, Decimal("0.1"), Decimal(-3), Decimal("123456789.123456789"), None]),
    (409, ["多行\n文字", "a\tb", "a\rb\x85", None, "很" * 40_000]),
    *((None, (number, "重复")) for number in range(40)),
    (15, [Decimal("1E+3")]),
    (28, ["末", "行"]),
]
LINKS: Mapping[Cell, tuple[str, str]] = {  # by the first cell of a row
    3: ("甲（批注）.xlsx", "'表 1'!B2"),
    4: ("乙 & 丙.xlsx", "'\"<表>'!B2"),
    5: ("甲（批注）.xlsx", "'表 2'!A1"),
}


def by_rows(*, constant: bool) -> bytes:
    book = RowBook("题", constant_memory=constant)
    for name in ("表", "又一张"):
        sheet = book.add_rows(name)
        for row, (height, cells) in enumerate(ROWS):
            _add(sheet, row, height, cells)
        _draw(book, sheet)
    return book.finished()


def by_cells(*, constant: bool) -> bytes:
    stream = BytesIO()
    memory = "constant_memory" if constant else "in_memory"
    book = Workbook(stream, {memory: True, "strings_to_formulas": False})
    book.set_properties({"title": "题", "created": CREATED})
    looks = {name: book.add_format(dict(look)) for name, look in LOOKS.items()}
    for name in ("表", "又一张"):
        sheet = book.add_worksheet(name)
        for row, (height, cells) in enumerate(ROWS):
            _write(sheet, row, height, cells, [looks[name] for name in LOOKED])
        _draw(book, sheet)
    book.close()
    return stream.getvalue()


def _draw(book: Workbook, sheet: Worksheet) -> None:
    """A chart, whose relation comes behind those of the links, and whose place depends on rows' heights."""
    if sheet.name == "表" and book.constant_memory:  # of cells in memory, XlsxWriter would copy the numbers
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": ["表", 4, 0, 9, 0]})
        sheet.insert_chart(2, 4, chart)


def _add(sheet: RowSheet, row: int, height: float | None, cells: Sequence[Cell]) -> None:
    written = [
        f"{sheet.start(column)}{row + 1}"
        + (sheet.text(look, cell) if isinstance(cell, str) else sheet.number(look, cell))
        for (column, cell), look in zip(enumerate(cells), cycle(LOOKED), strict=False)
    ]
    sheet.add_line(row, written, height)
    if cells[0] in LINKS:
        sheet.link(row, 1, *LINKS[cells[0]])


def _write(
    sheet: Worksheet, row: int, height: float | None, cells: Sequence[Cell], looks: list[Format]
) -> None:
    if height is not None:
        sheet.set_row(row, height)
    for column, cell in enumerate(cells):
        look = looks[column % 2]
        if cell is None:
            sheet.write_blank(row, column, None, look)
        elif not isinstance(cell, str):
            sheet.write_number(row, column, cell, look)
        elif cells[0] in LINKS:
            sheet.write_url(row, column, "external:{}#{}".format(*LINKS[cells[0]]), look, cell)
        else:
            sheet.write_string(row, column, cell[:32_767], look)


def parts(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(book)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("constant", [False, True])
def test_a_book_of_rows_is_that_of_xlsxwriter(*, constant: bool) -> None:
    assert parts(by_rows(constant=constant)) == parts(by_cells(constant=constant))


@pytest.mark.parametrize("constant", [False, True])
def test_what_looks_like_markup_is_text(*, constant: bool) -> None:
    book = RowBook("题", constant_memory=constant)
    sheet = book.add_rows("表")
    sheet.add_line(0, [f"{sheet.start(0)}1{sheet.text('text', '<r>a<b</r>')}"])
    assert openpyxl.load_workbook(BytesIO(book.finished()))["表"]["A1"].value == "<r>a<b</r>"


def test_a_book_of_constant_memory_leaves_no_file_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    by_rows(constant=True)
    assert list(tmp_path.iterdir()) == []


def test_two_books_of_the_same_rows_are_the_same_bytes() -> None:
    assert by_rows(constant=False) == by_rows(constant=False)
