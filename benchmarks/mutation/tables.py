"""The cells of a workbook as plain tables: what a person sees who reads it without docgen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from docgen.packs import Layout
from docgen.workbook.book import EPOCH, Book, Grid, cell_name
from docgen.workbook.dates import parse_date

EXAMPLE = "（示例）"
NOTHING = frozenset({"", "无", "—", "——", "-", "－", "/"})
_TARGET = re.compile(
    r"(?P<sign>[≥≤<>=]|大于|小于|不低于|不超过)?(?P<number>-?\d+(?:\.\d+)?)(?P<unit>[^\d，。、（）\s≥≤<>=]*)"
)
_CALENDAR = re.compile(r"(?:月|日|年|季度|个月).*")
_SIGNS = {"大于": ">", "小于": "<", "不低于": "≥", "不超过": "≤"}
_HUNDRED, _WAN = Decimal(100), Decimal(10_000)


@lru_cache(maxsize=8192)
def _number(text: str) -> Decimal | None:
    if not text:
        return None
    plain = text.replace(",", "")
    try:
        return Decimal(plain.rstrip("%")) / (_HUNDRED if plain.endswith("%") else 1)
    except InvalidOperation:
        return None


@dataclass(frozen=True, slots=True)
class Aim:
    """A 指标值 or 完成值 that is one number: sign, number in the base unit, unit."""

    sign: str
    number: Decimal
    unit: str


@lru_cache(maxsize=8192)
def aim(text: str) -> Aim | None:
    """The one number in ``text`` with its sign and unit; None for words, dates and the like."""
    match = _TARGET.fullmatch(text.strip())
    if match is None or _CALENDAR.fullmatch(match["unit"]):
        return None
    number, unit = Decimal(match["number"]), match["unit"]
    if unit == "%":
        number /= _HUNDRED
    elif unit.startswith("万元"):
        number, unit = number * _WAN, unit.removeprefix("万")
    sign = match["sign"] or ""
    return Aim(_SIGNS.get(sign, sign), number, unit)


def day(text: str) -> date | None:
    """The day in a cell, typed as a date or as Excel keeps it; None for a blank or for words."""
    if text.isdigit():
        return EPOCH + timedelta(days=int(text))
    return parse_date(text) if text else None


@dataclass(frozen=True, eq=False)
class Line:
    """A row of a table: its cells by printed label, as text. Compared by identity, so it can be a key."""

    sheet: str
    number: int
    columns: dict[str, int]
    values: Sequence[str]

    def has(self, label: str) -> bool:
        """Whether the table has this column."""
        return label in self.columns

    def text(self, *labels: str) -> str:
        """The value under the first of ``labels`` that the table has; nothing for none."""
        for label in labels:
            index = self.columns.get(label)
            if index is not None:
                return self.values[index]
        return ""

    def amount(self, *labels: str) -> Decimal | None:
        """The value as a number; None for a blank or for words."""
        return _number(self.text(*labels))

    def money(self, *labels: str) -> Decimal:
        """The value as an amount; 0 for a blank."""
        return self.amount(*labels) or Decimal(0)

    def cell(self, *labels: str) -> str:
        """``项目资金!E6``, for the first of ``labels`` that the table has; the sheet's name for none."""
        for label in labels:
            if label in self.columns:
                return f"{self.sheet}!{cell_name(self.number, self.columns[label])}"
        return self.sheet

    def says(self, *labels: str) -> bool:
        """Whether the cell holds more than the sign that there is nothing to say."""
        return self.text(*labels).rstrip("。") not in NOTHING


@dataclass(frozen=True, slots=True)
class Names:
    """What a county prints instead of the usual: title → usual title, and by title label → usual label."""

    titles: dict[str, str]
    labels: dict[str, dict[str, str]]


def names_of(layout: Layout, usual: Layout) -> Names:
    """The names that ``layout`` prints, beside those of ``usual``."""
    titles, labels = {}, {}
    for key, sheet in layout.used_sheets.items():
        twin = usual.sheets[key]
        titles[sheet.title] = twin.title
        labels[sheet.title] = {
            column.label: twin.columns[name].label if name in twin.columns else column.label
            for name, column in sheet.used_columns.items()
        }
    return Names(titles, labels)


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of a workbook by printed title, and the sheet of fields as one line.

    Tables, columns and fields are found by the names a county prints and by the usual ones alike.
    """

    lines: dict[str, list[Line]]
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)
    grids: dict[str, Grid] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, title: str) -> list[Line]:
        return self.lines.get(title) or self.lines.get(self.printed.get(title, ""), [])

    def title(self, usual: str) -> str:
        """What the county prints over the table."""
        return self.printed.get(usual, usual)

    def field(self, label: str) -> str:
        """The value of a field of 单位信息."""
        return self.fields.get(label, ("", ""))[0]

    def field_cell(self, label: str) -> str:
        """The cell of a field of 单位信息."""
        return self.fields.get(label, ("", "单位信息"))[1]


def tables_of(book: Book, names: Names, known: Tables | None = None) -> Tables:
    """The tables of ``names``; 单位信息 as fields. Sheets that ``known`` has are not read again."""
    lines: dict[str, list[Line]] = {}
    fields: dict[str, tuple[str, str]] = {}
    grids = {grid.title: grid for grid in book.sheets}
    for title in names.titles.keys() & grids.keys():
        grid, labels = grids[title], names.labels[title]
        if title == "单位信息":
            fields = dict(_fields(grid))
            fields |= {usual: fields[own] for own, usual in labels.items() if own in fields}
        elif known is not None and known.grids.get(title) is grid:
            lines[title] = known.lines[title]
        else:
            lines[title] = list(_lines(grid, labels))
    return Tables(lines, fields, grids, {usual: own for own, usual in names.titles.items()})


def _fields(grid: Grid) -> Iterator[tuple[str, tuple[str, str]]]:
    for number, row in enumerate(grid.rows):
        if len(row) > 1 and row[0] != "":
            yield str(row[0]).strip(), (grid.cell(number, 1).text.strip(), f"{grid.title}!B{number + 1}")


def _lines(grid: Grid, labels: Mapping[str, str]) -> Iterator[Line]:
    if not grid.rows:
        return
    heads = {str(value).strip(): index for index, value in enumerate(grid.rows[0]) if value != ""}
    columns = {labels.get(head, head): index for head, index in heads.items()} | heads
    for number in range(1, len(grid.rows)):
        if is_filled(grid, number):
            row = [_text(value) for value in grid.rows[number]]
            yield Line(grid.title, number, columns, [*row, *[""] * (len(grid.rows[0]) - len(row))])


def _text(value: object) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value).strip()


def is_filled(grid: Grid, row: int) -> bool:
    """Whether a person typed anything into a row, the example of an empty workbook left out."""
    line = grid.rows[row]
    if not line or str(line[0]).startswith(EXAMPLE):
        return False
    computed = grid.marks.formulas
    return any(
        value != "" and str(value).strip() and cell_name(row, index) not in computed
        for index, value in enumerate(line)
    )
