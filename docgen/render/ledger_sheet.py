"""One table of a ledger: headings, rows, colours, links, and how it prints. XlsxWriter underneath."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

_A4 = 9
_LINE, _HIGHEST = 14.5, 405  # points: a line of the font below; Excel's highest row is 409
_LATIN = "\u2000"  # characters above are as wide as they are high
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
_NUMBERS = (int, Decimal, Rate, Measured)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: what stands above it and its width in characters."""

    label: str
    width: int = 12


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
        from docgen.render.row_sheet import RowSheet

        self._sheet = book.add_worksheet(name, RowSheet)
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
        self._write([Coloured(text, "title")], 28)

    def note(self, text: str) -> None:
        """A plain line, not in a table; blank for an empty one."""
        self._write([Coloured(text, "note")])

    def headings(self, headings: Sequence[Heading]) -> None:
        """A line of headings."""
        self._write([Coloured(heading.label, "heading") for heading in headings])

    def line(self, values: Sequence[Value]) -> None:
        """A line of a table, as high as its longest text needs."""
        lines = max(
            [
                _lines(value, width)
                for value, width in zip(values, self._widths, strict=False)
                if value and not isinstance(value, _NUMBERS)
            ],
            default=1,
        )
        self._write(values, min(lines * _LINE, _HIGHEST) if lines > 1 else None)

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

    def _write(self, values: Sequence[Value], height: float | None = None) -> None:
        string, row, text = self._sheet.string, self.row, self._looks["text"]
        cells = [  # most are plain text, told apart first
            string(row, column, value, text) if value and type(value) is str else self._cell(column, value)
            for column, value in enumerate(values)
        ]
        self._sheet.add_line(row, cells, height)
        self.row += 1

    def _cell(self, column: int, value: Value) -> str:
        """A cell as its sheet takes it."""
        match value:
            case str() if value:
                return self._string(column, value, "text")
            case Link():
                return self._link(column, value)
            case Coloured():
                return self._string(column, value.text, value.look)
            case Rate() | Measured():
                return self._number(column, value.value, value.look)
            case int() | Decimal():
                return self._number(column, value, "number")
        return self._number(column, None, "text")

    def _string(self, column: int, text: str, look: str) -> str:
        cell: str = self._sheet.string(self.row, column, text, self._looks[look])
        return cell

    def _number(self, column: int, number: Decimal | int | None, look: str) -> str:
        cell: str = self._sheet.number(self.row, column, number, self._looks[look])
        return cell

    def _link(self, column: int, link: Link) -> str:
        is_led = bool(link.file) and self._links < _MOST_LINKS
        if is_led:
            self._links += 1
            self._sheet.link(self.row, column, link.file, link.location)
        return self._string(column, link.text, "link" if is_led else "text")
