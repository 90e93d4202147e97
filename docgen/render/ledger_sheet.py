"""One table of a ledger: headings, rows, colours, links, and how it prints. XlsxWriter underneath."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:  # XlsxWriter is loaded when a book is made
    from docgen.render.row_book import RowBook
    from docgen.render.row_sheet import RowSheet

_A4 = 9
_LINE, _HIGHEST = 14.5, 405  # points: a line of the font below; Excel's highest row is 409
_NARROW = re.compile("[\\x00-\\u2000]+")  # characters above are as wide as they are high
_UNLIMITED = 1_000_000  # characters in a column whose width was not given
_MOST_KEPT = 1000  # texts of a column
_MOST_LINKS = 60_000  # Excel keeps 65,530 in a sheet
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
    def location(self) -> str:
        """The place in the workbook as a formula would write it."""
        quoted = self.sheet.replace("'", "''")
        return f"'{quoted}'!{self.cell or 'A1'}"


@dataclass(frozen=True, slots=True)
class Coloured:
    """A cell in one of the named looks."""

    text: str
    look: str


@dataclass(frozen=True, slots=True)
class Rate:
    """A fraction shown as per cent."""

    value: Decimal | None
    look: ClassVar[str] = "rate"


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


class _Column(dict[str | tuple[str, str], tuple[str, int]]):
    """The texts of one column: what follows the number of the row in a cell that holds one, and its lines.

    A text in a look of its own stands under both. Most texts stand in many cells; of a long book only the
    latest are kept.
    """

    def __init__(self, sheet: RowSheet, number: int, width: int) -> None:
        super().__init__()
        self.number, self.start = number, sheet.start(number)
        self._sheet, self._width = sheet, width

    def __missing__(self, key: str | tuple[str, str]) -> tuple[str, int]:
        if len(self) >= _MOST_KEPT:
            self.clear()
        text, look = (key, "text") if isinstance(key, str) else key
        known = self[key] = (self._sheet.text(look, text), _lines(text, self._width))
        return known


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; a Chinese character is as wide as two digits."""
    if 2 * len(text) < width and "\n" not in text:
        return 1
    spans = (len(line) + len(_NARROW.sub("", line)) for line in text.split("\n"))
    return sum(max(-(-span // (width - 1)), 1) for span in spans)


class LedgerSheet:
    """Writes downwards; ``row`` is where the next line goes."""

    def __init__(self, book: RowBook, name: str) -> None:
        self._sheet = book.add_rows(name)
        self._links = 0
        self._columns: list[_Column] = []
        self.row = self._top = 0
        self._sheet.set_landscape()
        self._sheet.set_paper(_A4)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        self._sheet.set_footer("&C第 &P 页，共 &N 页")

    def title(self, text: str) -> None:
        """A large line over the sheet."""
        self._add(self._cells([Coloured(text, "title")])[0], 28)

    def note(self, text: str) -> None:
        """A plain line, not in a table; blank for an empty one."""
        self._add(self._cells([Coloured(text, "note")])[0])

    def headings(self, headings: Sequence[Heading]) -> None:
        """A line of headings."""
        self._add(self._cells([Coloured(heading.label, "heading") for heading in headings])[0])

    def line(self, values: Sequence[Value]) -> None:
        """A line of a table, as high as its longest text needs."""
        cells, lines = self._cells(values)
        self._add(cells, min(lines * _LINE, _HIGHEST) if lines > 1 else None)

    def table(self, headings: Sequence[Heading], lines: Iterable[Sequence[Value]]) -> None:
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
        self._sheet.autofilter(self._top, 0, max(self.row - 1, self._top), len(self._columns) - 1)

    def chart(self, chart: Any, row: int, column: int) -> None:  # noqa: ANN401 - untyped library
        """Lay a chart of the book over the cells from ``row`` and ``column`` on."""
        self._sheet.insert_chart(row, column, chart)

    def widths(self, widths: Sequence[int]) -> None:
        """Column widths in characters."""
        self._columns = [_Column(self._sheet, *column) for column in enumerate(widths)]
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)

    def _add(self, cells: Sequence[str], height: float | None = None) -> None:
        self._sheet.add_line(self.row, cells, height)
        self.row += 1

    def _cells(self, values: Sequence[Value]) -> tuple[list[str], int]:
        """The cells of the next line, and how many lines of text the highest of them takes."""
        for number in range(len(self._columns), len(values)):
            self._columns.append(_Column(self._sheet, number, _UNLIMITED))
        row, cells, lines = str(self.row + 1), [], 1
        for column, value in zip(self._columns, values, strict=False):
            if type(value) is str and value:  # most are plain text, told apart first
                rest, taken = column[value]
            else:
                rest, taken = self._other(column, value)
            if taken > lines:  # noqa: PLR1730 - a call for every cell takes longer
                lines = taken
            cells.append(f"{column.start}{row}{rest}")
        return cells, lines

    def _other(self, column: _Column, value: Value) -> tuple[str, int]:
        """As a column gives it: a cell that is not plain text."""
        match value:
            case str() if value:  # a kind of str
                return column[value]
            case Decimal() | int():
                return self._sheet.number("number", value), 1
            case Link():
                return column[value.text, self._led(column, value)]
            case Coloured():
                return column[value.text, value.look]
            case Rate() | Measured():
                return self._sheet.number(value.look, value.value), 1
        return self._sheet.number("text", None), 1

    def _led(self, column: _Column, link: Link) -> str:
        """The look of a cell with a link, which is noted if it leads somewhere."""
        if not link.file or self._links == _MOST_LINKS:
            return "text"
        self._links += 1
        self._sheet.link(self.row, column.number, link.file, link.location)
        return "link"
