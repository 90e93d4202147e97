"""The promises of the empty workbook: lists, hints, formats, locks, examples; and filled in, it is final."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles.styleable import StyleableObject
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from docgen.packs import Column, Sheet
from docgen.pipeline import Run, run
from docgen.workbook import bind, blank, read
from tests.workbook.clerk import YEAR, pack, tiers
from tests.workbook.test_blank import validations

MINIMAL = Path(__file__).parents[2] / "templates" / pack().id / "sample" / "minimal.xlsx"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "空.xlsx"
    blank(path, pack(), YEAR)
    return path


@pytest.fixture
def opened(empty: Path) -> Workbook:
    return openpyxl.load_workbook(empty)


def of_types(*types: str) -> Callable[[Column], bool]:
    return lambda column: column.type in types


def columns_of(kinds: Callable[[Column], bool]) -> list[tuple[Sheet, Column, int]]:
    """The columns of tables of one kind, with their numbers."""
    return [
        (sheet, column, number)
        for sheet in pack().layout.used_sheets.values()
        if sheet.kind == "table"
        for number, column in enumerate(sheet.used_columns.values(), 1)
        if kinds(column)
    ]


def style_of(sheet: Worksheet, number: int) -> StyleableObject:
    """The format of a column below its headings."""
    dimensions = sheet.column_dimensions.values()
    return next(each for each in dimensions if (each.min or 0) <= number <= (each.max or 0))


def test_every_closed_list_is_a_drop_down(opened: Workbook) -> None:
    chosen = columns_of(of_types("choice", "yes_no"))
    assert {sheet.title for sheet, *_ in chosen} >= {
        "单位",
        "项目",
        "项目资金",
        "绩效指标",
        "整体指标",
        "文字",
    }
    for sheet, column, number in chosen:
        found = validations(opened, sheet.title)[f"{get_column_letter(number)}3"]
        assert (found.type, bool(found.formula1)) == ("list", True), f"{sheet.title} {column.label}"


def test_every_hint_of_the_layout_is_shown_beside_its_cell(opened: Workbook) -> None:
    for sheet, column, number in columns_of(lambda column: bool(column.hint) and not column.is_computed):
        found = validations(opened, sheet.title)[f"{get_column_letter(number)}3"]
        assert found.prompt == column.hint, f"{sheet.title} {column.label}"


def test_numbers_and_dates_have_a_format_of_their_own(opened: Workbook) -> None:
    for kind, part in {"money": "#,##0", "ratio": "%", "date": "yyyy"}.items():
        for sheet, column, number in columns_of(of_types(kind)):
            cell = opened[sheet.title].cell(3, number)
            code = (cell if cell.has_style else style_of(opened[sheet.title], number)).number_format
            assert part in code, f"{sheet.title} {column.label}: {code}"


def test_every_computed_column_is_locked_and_no_other(opened: Workbook) -> None:
    for sheet, column, number in columns_of(lambda _: True):
        cell = opened[sheet.title].cell(3, number)
        style = cell if cell.has_style else style_of(opened[sheet.title], number)
        assert style.protection.locked == column.is_computed, f"{sheet.title} {column.label}"


def test_examples_are_not_read(empty: Path) -> None:
    filing = bind(read(empty), pack().layout, tiers(pack())).filing
    tables = (filing.units, filing.projects, filing.undertakings, filing.overall, filing.accounts)
    assert [*tables, filing.sangong, filing.procurement, filing.narratives, filing.explanations] == [()] * 9


def test_a_clerk_who_fills_in_the_empty_workbook_gets_final_documents(empty: Path, tmp_path: Path) -> None:
    source = openpyxl.load_workbook(MINIMAL)
    book = openpyxl.load_workbook(empty)
    for sheet in pack().layout.used_sheets.values():
        rows = list(source[sheet.title].iter_rows(min_row=1 if sheet.kind == "fields" else 2))
        type_in(book[sheet.title], rows, 1 if sheet.kind == "fields" else 3)
    path = tmp_path / "填报.xlsx"
    book.save(path)
    done, expected = (run(each, out=tmp_path / each.stem, measure_pages=False) for each in (path, MINIMAL))
    assert done.is_final
    assert digests(done) == digests(expected)


def type_in(sheet: Worksheet, rows: list[tuple[Cell | MergedCell, ...]], first: int) -> None:
    """Type values under the headings, formulas left as they are; the example keeps its row."""
    for below, row in enumerate(rows):
        for cell in row:
            if cell.value is not None and cell.data_type != "f":
                sheet.cell(first + below, cell.column, cell.value)


def digests(done: Run) -> dict[str, str]:
    return {entry.path: entry.sha256 for entry in done.stored.made if "/" in entry.path}
