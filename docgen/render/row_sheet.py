"""An XlsxWriter worksheet that is handed its rows and links as finished markup.

XlsxWriter keeps every cell and link as an object and writes it attribute by attribute: in a list of thousands
of cells that is most of the work a department makes. Formats, shared strings, widths, panes, filters, page
setup and the package remain its own, and rows and links are those that it would have written itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from io import StringIO

from xlsxwriter.url import Url
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet
from xlsxwriter.xmlwriter import XMLwriter

_ROWS_OF_SPAN = 16  # rows next to one another that share one span of columns

_LONGEST_TEXT = 32_767
_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")
_ODD = re.compile("[\\x00-\\x08\\x0b-\\x1f&<>_\\ufffe\\uffff]")  # what must, or may, be written otherwise
_SHARED = ' t="s">'  # how the type of a cell with a shared string ends

_letters = cache(xl_col_to_name)


def cleaned(text: str) -> str:
    """``text`` as an .xlsx cell can hold it."""
    if text.isprintable() and len(text) <= _LONGEST_TEXT:
        return text
    return _CONTROL.sub("", text)[:_LONGEST_TEXT]


def text_element(writer: XMLwriter, text: str) -> str:
    """A text as XlsxWriter writes it, if only it did not take ``<r>`` to be its own markup."""
    space = ' xml:space="preserve"' if text != text.strip() else ""
    if _ODD.search(text):
        text = writer._escape_data(writer._escape_control_characters(text))  # noqa: SLF001 - no other way in
    return f"<t{space}>{text}</t>"


def written(writer: XMLwriter, write: Callable[[], None]) -> str:
    """What a writer of XlsxWriter's writes in ``write``, instead of its being written."""
    kept, writer.fh = writer.fh, StringIO()
    write()
    text: str = writer.fh.getvalue()
    writer.fh = kept
    return text


class RowSheet(Worksheet):  # type: ignore[misc]  # untyped library
    """Rows go downwards, each from the first column on and none left out. All numbers count from 0.

    A cell is the start of its column, the number its row bears, a look and an end.
    """

    def __init__(self) -> None:
        super().__init__()
        self._looks: Mapping[str, str] = {}
        self._lines: list[tuple[float | None, int, str]] = []
        self._tags: dict[tuple[float | None, str | None], str] = {}
        self._targets: dict[str, str] = {}
        self._links: list[str] = []

    def use(self, looks: Mapping[str, str]) -> None:
        """Name the looks of the book, as the attribute of a cell."""
        self._looks = looks

    @staticmethod
    def start(column: int) -> str:
        """How the cells of a column begin."""
        return f'<c r="{_letters(column)}'

    def text(self, look: str, text: str) -> str:
        """The look and the end of any number of cells that hold this text."""
        text = cleaned(text)
        if self.constant_memory:
            return f'{self._looks[look]} t="inlineStr"><is>{text_element(self, text)}</is></c>'
        index = self.str_table._get_shared_string_index(text)  # noqa: SLF001 - as above
        self.str_table.count -= 1  # cells are counted when their row is added
        return f"{self._looks[look]}{_SHARED}<v>{index}</v></c>"

    def number(self, look: str, number: Decimal | int | None) -> str:
        """The look and the end of a cell that holds a number; blank for None."""
        return f"{self._looks[look]}/>" if number is None else f"{self._looks[look]}><v>{number:.16G}</v></c>"

    def add_line(self, row: int, cells: Sequence[str], height: float | None = None) -> None:
        """The next row; its height in points where it is not the usual one."""
        if height is not None:
            self.set_row(row, height)
        if row == 0:
            self._check_dimensions(row, 0)
        self._check_dimensions(row, len(cells) - 1)
        line = "".join(cells)
        if self.constant_memory:
            self.fh.write(f'<row r="{row + 1}"{self._tag(row, height, None)}{line}</row>')
        else:
            self.str_table.count += line.count(_SHARED)
            self._lines.append((height, len(cells), line))

    def link(self, row: int, column: int, file: str, location: str) -> None:
        """The cell, the next one to be linked, leads to ``location`` in another workbook."""
        target = self._targets.get(file)
        if target is None:
            target = self._targets[file] = Url(f"external:{file}#{location}")._target()  # noqa: SLF001 - as above
        self.external_hyper_links.append(("/hyperlink", target, "External"))
        cell, place = f"{_letters(column)}{row + 1}", self._escape_attributes(location)
        number = len(self.external_hyper_links)
        self._links.append(f'<hyperlink ref="{cell}" r:id="rId{number}" location="{place}"/>')

    def _tag(self, row: int, height: float | None, spans: str | None) -> str:
        """The tag of a row behind its number; XlsxWriter writes the first of each kind."""
        tag = self._tags.get((height, spans))
        if tag is None:
            whole = written(self, lambda: self._write_row(row, spans, self.row_info.get(row)))
            tag = self._tags[height, spans] = whole.removeprefix(f'<row r="{row + 1}"')
        return tag

    def _write_rows(self) -> None:
        pieces: list[str] = []
        for first in range(0, len(self._lines), _ROWS_OF_SPAN):
            lines = self._lines[first : first + _ROWS_OF_SPAN]
            spans = f"1:{max(count for _, count, _ in lines)}"
            for row, (height, _, cells) in enumerate(lines, first):
                pieces.append(f'<row r="{row + 1}"{self._tag(row, height, spans)}{cells}</row>')
        self.fh.write("".join(pieces))

    def _write_single_row(self, current_row_num: int = 0) -> None:
        """Nothing: where memory is constant, a row was written when it was added."""

    def _write_hyperlinks(self) -> None:
        if self._links:
            self.fh.write(f"<hyperlinks>{''.join(self._links)}</hyperlinks>")
            self.rel_count = len(self._links)  # charts are counted on from here
