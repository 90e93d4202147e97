"""The workbook a clerk fills in, made from a pack's layout: headings, lists, hints, formulas, protection."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.packs import Column, Pack, norms_at
from docgen.workbook.book import GUIDE, cell_name, column_letter
from docgen.workbook.dropdowns import Dropdowns
from docgen.workbook.guide import write_guide
from docgen.workbook.styles import Styles

if TYPE_CHECKING:  # XlsxWriter takes 30 ms to load and serves only when a workbook is made
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Value = str | Decimal | int | bool | date | None
Rows = Mapping[str, Sequence[Mapping[str, Value]]]
PREPARED_ROWS = 300  # rows that have their formulas; lists, hints and formats reach further
LAST_ROW = 5000
_SPARE_ROWS = 50
_FIELD_WIDTHS = (22, 44, 60)  # label, value, hint
_EXAMPLE = "（示例）"
_CREATED = datetime(2020, 1, 1)  # noqa: DTZ001 - the same bytes whenever it is made; the format has no zone
_LABEL_IN_FORMULA = re.compile(r"\[([^\]]+)\]")
_MAY = ("format_columns", "format_rows", "format_cells", "insert_rows", "delete_rows", "sort", "autofilter")


def blank(path: Path, pack: Pack, year: int) -> None:
    """Write the empty workbook of ``pack`` for the fiscal year: with examples, without content."""
    write_workbook(path, pack, year, {})


def write_workbook(path: Path, pack: Pack, year: int, rows: Rows) -> None:
    """Write a workbook of ``pack`` holding ``rows``: sheet key → one mapping a row, column key → value.

    Amounts are numbers in the money unit that ``rows`` declares on the first sheet, ratios fractions of one,
    everything else as it would be typed. Sheets without rows get their example. The same call gives the
    same bytes.
    """
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(stream, options) as book:
        book.set_properties({"title": pack.title, "created": _CREATED})
        _Writer(book, pack, year, rows).write()
    path.write_bytes(stream.getvalue())


@dataclass(frozen=True, slots=True)
class _Page:
    """A worksheet with the columns of its sheet: content starts at row ``first``, counted from 0."""

    worksheet: Worksheet
    columns: Mapping[str, Column]
    first: int
    styles: Styles

    def headings(self) -> None:
        """The heading row, and the format of each whole column."""
        for index, column in enumerate(self.columns.values()):
            self.worksheet.set_column(index, index, column.width, self.styles.cell(column))
            self.worksheet.write_string(0, index, column.label, self.styles.heading(column))
        self.worksheet.set_row(0, 30)
        self.worksheet.freeze_panes(1, 1)
        self.worksheet.autofilter(0, 0, LAST_ROW - 1, len(self.columns) - 1)
        self.worksheet.repeat_rows(0)

    def example(self) -> None:
        """The grey row above the content, which is not read."""
        for index, column in enumerate(self.columns.values()):
            marked = index > 0 or column.example.startswith(_EXAMPLE)
            self.worksheet.write_string(
                1, index, ("" if marked else _EXAMPLE) + column.example, self.styles.example
            )

    def content(self, rows: Sequence[Mapping[str, Value]]) -> None:
        """The rows given, and formulas in those and the prepared ones."""
        letters = {column.label: column_letter(i) for i, column in enumerate(self.columns.values())}
        for number in range(max(PREPARED_ROWS, len(rows) + _SPARE_ROWS)):
            values = rows[number] if number < len(rows) else {}
            row = self.first + number
            for index, (name, column) in enumerate(self.columns.items()):
                if values.get(name) not in {None, ""}:
                    self.put(row, index, values[name], column)
                elif column.is_computed:
                    formula = _formula(column.formula, letters, row)
                    self.worksheet.write_formula(row, index, formula, self.styles.cell(column), "")

    def put(self, row: int, index: int, value: Value, column: Column, *, boxed: bool = False) -> None:
        """One value, in the format of its column."""
        style = self.styles.cell(column, boxed=boxed)
        if isinstance(value, bool):
            value = "是" if value else "否"
        if value is None or not str(value):
            self.worksheet.write_blank(row, index, None, style)
        elif isinstance(value, str):
            self.worksheet.write_string(row, index, value, style)
        elif isinstance(value, date):
            self.worksheet.write_datetime(row, index, value, style)
        else:
            self.worksheet.write_number(row, index, value, style)

    def colour_gaps(self) -> None:
        """Required cells still blank in a row that holds something are coloured as the clerk types."""
        last = column_letter(len(self.columns) - 1)
        line = f"$A{self.first + 1}:${last}{self.first + 1}"
        computed = sum(column.is_computed for column in self.columns.values())
        for index, column in enumerate(self.columns.values()):
            if column.required:
                rule = f'=AND({cell_name(self.first, index)}="",COUNTA({line})>{computed})'
                look = {"type": "formula", "criteria": rule, "format": self.styles.missing}
                self.worksheet.conditional_format(self.first, index, LAST_ROW - 1, index, look)


@dataclass(frozen=True, slots=True)
class _Writer:
    """One workbook being written."""

    book: Workbook
    pack: Pack
    year: int
    rows: Rows

    def write(self) -> None:
        """All sheets, the guide first, the lists last."""
        layout, styles = self.pack.layout, Styles(self.book)
        tiers = tuple(tier.name for tier in norms_at(self.pack, self.year).tiers)
        guide = self.book.add_worksheet(GUIDE)
        pages = {
            name: _Page(
                self.book.add_worksheet(s.title), s.used_columns, 1 if self.rows.get(name) else 2, styles
            )
            for name, s in layout.used_sheets.items()
        }
        dropdowns = Dropdowns(self.book, layout, tiers, {name: page.first for name, page in pages.items()})
        write_guide(guide, self.pack, self.year, styles)
        for name, page in pages.items():
            fill = self._fields if layout.sheets[name].kind == "fields" else self._table
            fill(page, self.rows.get(name, ()), dropdowns)
            _set_up(page.worksheet)
        dropdowns.write(self.rows)
        guide.activate()

    def _fields(self, page: _Page, rows: Sequence[Mapping[str, Value]], dropdowns: Dropdowns) -> None:
        given = {"pack": self.pack.id, "fiscal_year": self.year, **next(iter(rows), {})}
        for index, width in enumerate(_FIELD_WIDTHS):
            page.worksheet.set_column(index, index, width)
        for row, (name, column) in enumerate(page.columns.items()):
            page.worksheet.set_row(row, 24)
            page.worksheet.write_string(row, 0, column.label, page.styles.heading(column))
            page.put(row, 1, given.get(name), column, boxed=True)
            page.worksheet.write_string(row, 2, _hint(column), page.styles.note)
            dropdowns.validate(page.worksheet, (row, 1, row, 1), column)

    def _table(self, page: _Page, rows: Sequence[Mapping[str, Value]], dropdowns: Dropdowns) -> None:
        page.headings()
        if not rows:
            page.example()
        page.content(rows)
        page.colour_gaps()
        for index, column in enumerate(page.columns.values()):
            if not column.is_computed:
                dropdowns.validate(page.worksheet, (page.first, index, LAST_ROW - 1, index), column)


def _set_up(worksheet: Worksheet) -> None:
    """Protected but for the cells to be filled, without a password; printed on A4 across."""
    worksheet.protect("", dict.fromkeys(_MAY, True))
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)


def _formula(formula: str, letters: Mapping[str, str], row: int) -> str:
    """A formula by printed labels as one of the row: ``[全年预算数]`` becomes ``D3``."""
    return "=" + _LABEL_IN_FORMULA.sub(
        lambda match: f"{letters[match[1]]}{row + 1}", formula.removeprefix("=")
    )


def _hint(column: Column) -> str:
    parts = (
        "必填" if column.required else "可不填",
        column.hint,
        f"例：{column.example}" if column.example else "",
    )
    return "。".join(part.rstrip("。") for part in parts if part)
