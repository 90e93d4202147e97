"""An XlsxWriter worksheet that is handed its rows as finished markup.

XlsxWriter keeps every cell as an object and writes it attribute by attribute: in a list of thousands of cells
that is most of the work a department makes. Formats, shared strings, links, widths, panes, filters, page
setup and the package remain its own, and the rows are those that it would have written itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from decimal import Decimal
from functools import cache

from xlsxwriter.format import Format
from xlsxwriter.url import Url
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

_ROWS_OF_SPAN = 16  # rows next to one another that share one span of columns

_LONGEST_TEXT = 32_767
_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")

_letters = cache(xl_col_to_name)


def cleaned(text: str) -> str:
    """``text`` as an .xlsx cell can hold it."""
    if text.isprintable() and len(text) <= _LONGEST_TEXT:
        return text
    return _CONTROL.sub("", text)[:_LONGEST_TEXT]


class RowSheet(Worksheet):  # type: ignore[misc]  # untyped library
    """Rows go downwards; each begins in the first column and has no gap. All numbers count from 0."""

    def __init__(self) -> None:
        super().__init__()
        self.ignore_write_string = True  # a link is only noted: its cell stands in the row
        self._lines: list[tuple[int, int, str]] = []
        self._numbers: dict[Format, str] = {}
        self._ends: dict[str, str] = {}
        self._urls: dict[str, Url] = {}

    def string(self, row: int, column: int, text: str, look: Format) -> str:
        """A cell that holds text; most texts stand in many cells."""
        end = self._ends.get(text)
        if end is None:
            end = self._end(cleaned(text))
            if not self.constant_memory:
                self._ends[text] = end
        else:
            self.str_table.count += 1
        return f'<c r="{_letters(column)}{row + 1}{self._numbers.get(look) or self._look(look)}{end}'

    def _end(self, text: str) -> str:
        """A cell that holds text, from its type on."""
        if not self.constant_memory:
            index = self.str_table._get_shared_string_index(text)  # noqa: SLF001 - there is no other way in
            return f' t="s"><v>{index}</v></c>'
        space = ' xml:space="preserve"' if text != text.strip() else ""
        kept = self._escape_data(self._escape_control_characters(text))
        return f' t="inlineStr"><is><t{space}>{kept}</t></is></c>'

    def link(self, row: int, column: int, file: str, location: str) -> None:
        """Note that a cell leads to a place in another workbook; taking an address apart is done once."""
        known = self._urls.get(file)
        if known is None:
            known = self._urls[file] = Url(f"external:{file}#{location}")
        url = copy(known)
        url._anchor = location  # noqa: SLF001 - as above
        self.write_url(row, column, url)

    def number(self, row: int, column: int, number: Decimal | int | None, look: Format) -> str:
        """A cell that holds a number; blank for None."""
        start = f'<c r="{_letters(column)}{row + 1}{self._numbers.get(look) or self._look(look)}'
        return f"{start}/>" if number is None else f"{start}><v>{number:.16G}</v></c>"

    def add_line(self, row: int, cells: Sequence[str], height: float | None = None) -> None:
        """The next row, of at least one cell; its height in points where it is not the usual one."""
        if height is not None:
            self.set_row(row, height)
        self._check_dimensions(row, 0)
        self._check_dimensions(row, len(cells) - 1)
        if self.constant_memory:
            self._write_line(row, None, "".join(cells))
        else:
            self._lines.append((row, len(cells), "".join(cells)))

    def _look(self, look: Format) -> str:
        """The format of a cell, as its attribute; XlsxWriter numbers formats when they are first used."""
        number = self._numbers[look] = f'" s="{look._get_xf_index()}"'  # noqa: SLF001 - as above
        return number

    def _write_line(self, row: int, spans: str | None, cells: str) -> None:
        self._write_row(row, spans, self.row_info.get(row))
        self.fh.write(f"{cells}</row>")

    def _write_rows(self) -> None:
        widths: dict[int, int] = {}
        for row, width, _ in self._lines:
            group = row // _ROWS_OF_SPAN
            widths[group] = max(width, widths.get(group, 0))
        for row, _, cells in self._lines:
            self._write_line(row, f"1:{widths[row // _ROWS_OF_SPAN]}", cells)

    def _write_single_row(self, current_row_num: int = 0) -> None:
        """Nothing: where memory is constant, a row was written when it was added."""
