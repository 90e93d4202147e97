"""One table of a ledger: headings, rows, colours, links, and how it prints. XlsxWriter underneath."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

_A4 = 9
_LINE, _HIGHEST = 14.5, 405  # points: a line of the font below; Excel's highest row is 409
_LATIN = "\u2000"  # characters above are as wide as they are high
_MOST_LINKS = 60_000  # Excel keeps 65,530 in a sheet
_LONGEST_TEXT = 32_767
_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")
_FONT = {"font_name": "宋体", "font_size": 10, "valign": "top", "text_wrap": True}
_BORDER = {"border": 1, "border_color": "#BFBFBF"}

LOOKS: Mapping[str, Mapping[str, object]] = {
    "title": {"font_name": "黑体", "font_size": 16, "valign": "vcenter"},
    "note": {**_FONT, "text_wrap": False},
    "heading": {**_FONT, **_BORDER, "bold": True, "bg_color": "#D9E2EC", "valign": "vcenter"},
    "text": {**_FONT, **_BORDER},
    "number": {**_FONT, **_BORDER, "align": "right"},
    "rate": {**_FONT, **_BORDER, "align": "right", "num_format": "0.00%"},
    "money": {**_FONT, **_BORDER, "align": "right", "num_format": "#,##0.00####"},
    "score": {**_FONT, **_BORDER, "align": "right", "num_format": "0.00"},
    "link": {**_FONT, **_BORDER, "font_color": "#0563C1", "underline": 1},
    "错误": {**_FONT, **_BORDER, "bg_color": "#F8CBAD", "bold": True},
    "核实": {**_FONT, **_BORDER, "bg_color": "#FFE699"},
    "提示": {**_FONT, **_BORDER, "bg_color": "#DDEBF7"},
    "已说明": {**_FONT, **_BORDER, "bg_color": "#E2EFDA"},
}


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to a place in another workbook of the same folder."""

    text: str
    file: str
    sheet: str
    cell: str

    @property
    def target(self) -> str:
        """The address as XlsxWriter takes it."""
        quoted = self.sheet.replace("'", "''")
        return f"external:{self.file}#'{quoted}'!{self.cell or 'A1'}"


@dataclass(frozen=True, slots=True)
class Coloured:
    """A cell in one of the named looks."""

    text: str
    look: str


@dataclass(frozen=True, slots=True)
class Rate:
    """A fraction shown as per cent."""

    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Measured:
    """A number in one of the named looks: as many decimals as the look shows."""

    value: Decimal | None
    look: str


Value = str | int | Decimal | Link | Coloured | Rate | Measured | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: what stands above it and its width in characters."""

    label: str
    width: int = 12


def _clean(text: str) -> str:
    """``text`` as an .xlsx cell can hold it."""
    if text.isprintable() and len(text) <= _LONGEST_TEXT:
        return text
    return _CONTROL.sub("", text)[:_LONGEST_TEXT]


def _text(value: Value) -> str:
    return value.text if isinstance(value, Link | Coloured) else ""


def _lines(value: Value, width: int) -> int:
    """How many lines a value takes in a column; a Chinese character is as wide as two digits."""
    text = value if isinstance(value, str) else _text(value)
    if 2 * len(text) < width and "\n" not in text:
        return 1
    spans = (sum(1 + (char > _LATIN) for char in line) for line in text.split("\n"))
    return sum(max(-(-span // (width - 1)), 1) for span in spans)


class LedgerSheet:
    """Writes downwards; ``row`` is where the next line goes."""

    def __init__(self, book: Any, looks: Mapping[str, Any], name: str) -> None:  # noqa: ANN401 - untyped
        self._sheet = book.add_worksheet(name)
        self._looks = looks
        self._links = 0
        self._widths: Sequence[int] = ()
        self.row = self._top = 0
        self._sheet.set_landscape()
        self._sheet.set_paper(_A4)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        self._sheet.set_footer("&C第 &P 页，共 &N 页")

    def title(self, text: str) -> None:
        """A large line over the sheet."""
        self._sheet.set_row(self.row, 28)
        self._sheet.write_string(self.row, 0, _clean(text), self._looks["title"])
        self.row += 1

    def note(self, text: str) -> None:
        """A plain line, not in a table; blank for an empty one."""
        self._sheet.write_string(self.row, 0, _clean(text), self._looks["note"])
        self.row += 1

    def headings(self, headings: Sequence[Heading]) -> None:
        """A line of headings."""
        for column, heading in enumerate(headings):
            self._sheet.write_string(self.row, column, heading.label, self._looks["heading"])
        self.row += 1

    def line(self, values: Sequence[Value]) -> None:
        """A line of a table, as high as its longest text needs."""
        lines = max(map(_lines, values, self._widths), default=1)
        if lines > 1:
            self._sheet.set_row(self.row, min(lines * _LINE, _HIGHEST))
        for column, value in enumerate(values):
            self._cell(column, value)
        self.row += 1

    def table(self, headings: Sequence[Heading], lines: Sequence[Sequence[Value]]) -> None:
        """The one table of a sheet: widths, frozen and repeated headings, a filter on every column."""
        self.open_table(headings)
        for line in lines:
            self.line(line)
        self.close_table()

    def open_table(self, headings: Sequence[Heading]) -> None:
        """Begin the one table of a sheet, whose lines come one by one."""
        self.widths([heading.width for heading in headings])
        self._top = self.row
        self.headings(headings)
        self._sheet.freeze_panes(self._top + 1, 0)
        self._sheet.repeat_rows(self._top)

    def close_table(self) -> None:
        """A filter on every column, now that the last line is known."""
        self._sheet.autofilter(self._top, 0, max(self.row - 1, self._top), len(self._widths) - 1)

    def chart(self, chart: Any, row: int, column: int) -> None:  # noqa: ANN401 - untyped library
        """Lay a chart of the book over the cells from ``row`` and ``column`` on."""
        self._sheet.insert_chart(row, column, chart)

    def widths(self, widths: Sequence[int]) -> None:
        """Column widths in characters."""
        self._widths = widths
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)

    def _cell(self, column: int, value: Value) -> None:
        write, looks = self._sheet, self._looks
        if isinstance(value, str) and value:  # most cells, told apart first
            write.write_string(self.row, column, _clean(value), looks["text"])
            return
        match value:
            case Link() if value.file and self._links < _MOST_LINKS:
                self._links += 1
                write.write_url(self.row, column, value.target, looks["link"], _clean(value.text))
            case Link():
                write.write_string(self.row, column, _clean(value.text), looks["text"])
            case Coloured():
                write.write_string(self.row, column, _clean(value.text), looks[value.look])
            case Rate(value=None):
                write.write_blank(self.row, column, None, looks["rate"])
            case Rate():
                write.write_number(self.row, column, value.value, looks["rate"])
            case Measured(value=None):
                write.write_blank(self.row, column, None, looks[value.look])
            case Measured():
                write.write_number(self.row, column, value.value, looks[value.look])
            case int() | Decimal():
                write.write_number(self.row, column, value, looks["number"])
            case _:
                write.write_blank(self.row, column, None, looks["text"])
