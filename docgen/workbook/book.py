"""A workbook as read: sheets of cells, each with value, text, formula flag and place. No meaning yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from math import isfinite

from docgen.finding import Place
from docgen.quantity import HUNDRED, plain, rounded

EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)  # day 0 of the two calendars of spreadsheets
GUIDE, LISTS = "填写说明", "清单"  # the sheets of a new workbook that hold no data
_DAYS = 2_900_000  # beyond, a date format cannot show it: somebody typed 20220711
_PERCENT_PLACES = 4  # as many as a computed percentage is shown with: 33.3333%
Value = Decimal | str | bool | date | None


@cache
def column_letter(index: int) -> str:
    """``0`` → ``A``, ``27`` → ``AB``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """``A`` → ``0``, ``AB`` → ``27``."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def cell_name(row: int, column: int) -> str:
    """``(5, 4)`` → ``E6``; both count from 0."""
    return f"{column_letter(column)}{row + 1}"


@dataclass(slots=True)
class Cell:
    """One cell, made only to be read. ``cached`` is False for a formula that nobody has computed yet.

    ``percent`` says that the number is formatted as a percentage, ``error`` is ``#REF!`` and its like.
    """

    value: Value
    text: str
    place: Place
    formula: bool = False
    cached: bool = True
    percent: bool = False
    error: str = ""

    @property
    def is_blank(self) -> bool:
        """Nothing to see in the cell."""
        return not self.text.strip() and not self.error and self.cached


@dataclass(frozen=True, slots=True, order=True)
class Merge:
    """A merged area, rows and columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands about cells besides their values. Cells by name (``E6``), rows and columns from 0."""

    formulas: frozenset[str] = frozenset()
    strings: frozenset[str] = frozenset()
    percents: frozenset[str] = frozenset()
    dates: frozenset[str] = frozenset()
    errors: dict[str, str] = field(default_factory=dict)
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    last_row: int = -1


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: ``rows`` of plain values from A1 on, and the marks about them.

    ``epoch`` is the day its dates are counted from. ``recalculates`` is set when no spreadsheet program has
    computed the formulas of this file yet: a cached 0 means nothing then. ``GUIDE`` and ``LISTS`` are left
    without rows.
    """

    workbook: str
    title: str
    rows: Sequence[Sequence[object]] = ()
    marks: Marks = Marks()
    hidden: bool = False
    recalculates: bool = False
    epoch: date = EPOCH

    def place(self, row: int, column: int, label: str = "") -> Place:
        """The place of a cell, with the label printed for it."""
        return Place(self.workbook, self.title, cell_name(row, column), label)

    def raw(self, row: int, column: int) -> object:
        """The value as the file gives it; an empty text outside the used area."""
        line = self.rows[row] if row < len(self.rows) else ()
        return line[column] if column < len(line) else ""

    def cell(self, row: int, column: int, label: str = "") -> Cell:
        """The cell in ``row`` and ``column``, both from 0."""
        raw = self.raw(row, column)
        place = self.place(row, column, label)
        marks, name = self.marks, place.cell
        if name in marks.errors:
            return Cell(None, marks.errors[name], place, name in marks.formulas, error=marks.errors[name])
        if isinstance(raw, str):
            computed = name in marks.formulas
            return Cell(raw or None, raw, place, computed, bool(raw) or not computed or name in marks.strings)
        value = self.day(raw) if name in marks.dates else typed(raw)
        percent = name in marks.percents
        if name not in marks.formulas:
            return Cell(value, shown(value, percent=percent), place, percent=percent)
        cached = not (self.recalculates and raw == 0)
        return Cell(value, shown(value, percent=percent), place, formula=True, cached=cached, percent=percent)

    def day(self, raw: object) -> Value:
        """The day a number in a cell with a date format stands for; the number itself where it is none."""
        value = typed(raw)
        if isinstance(value, Decimal) and 1 <= value < _DAYS:
            return self.epoch + timedelta(days=int(value))
        return value

    @property
    def is_empty(self) -> bool:
        """Whether no cell shows anything."""
        marks = self.marks
        return not (marks.errors or marks.formulas) and all(value == "" for row in self.rows for value in row)

    @property
    def height(self) -> int:
        """The number of rows in use; formulas that nobody computed yet count too."""
        return max(len(self.rows), self.marks.last_row + 1)


@dataclass(frozen=True, slots=True)
class Book:
    """The file: its name, its sheets in order, and what is worth knowing about the file itself."""

    name: str
    sheets: tuple[Grid, ...]
    has_macros: bool = False
    is_open: bool = False

    def sheet(self, title: str) -> Grid | None:
        """The sheet with exactly this title."""
        return next((sheet for sheet in self.sheets if sheet.title == title), None)


def typed(raw: object) -> Value:
    """A value of the file as one of ours. Numbers keep the 15 digits a spreadsheet holds, no binary noise."""
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, int | float):
        return Decimal(f"{raw:.15g}") if isfinite(raw) else str(raw)
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    return str(raw)


def shown(value: Value, *, percent: bool = False) -> str:
    """A value as the clerk sees it: ``16.06``, ``98%``, ``33.3333%``, ``2022年7月11日``."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return f"{plain(rounded(value * HUNDRED, _PERCENT_PLACES))}%" if percent else plain(value)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return value or ""
