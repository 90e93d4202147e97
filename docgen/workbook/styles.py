"""The cell formats of a new workbook: headings by kind, cells by the type of their column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.packs import Column

if TYPE_CHECKING:  # XlsxWriter takes 30 ms to load and serves only when a workbook is made
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

REQUIRED, OPTIONAL, COMPUTED, MISSING = "#1F4E79", "#9DC3E6", "#D9D9D9", "#FFF2CC"
_NUMBER_FORMATS = {
    "text": "@",
    "choice": "@",
    "code": "@",
    "target": "@",  # as text, so that 1-2 does not turn into a date and 98% stays 98%
    "money": "#,##0.00####",
    "ratio": "0.00%",
    "date": "yyyy-mm-dd",
    "year": "0",
}
_LONG = {"paragraphs", "text", "target", "choice"}


class Styles:
    """Formats of one XlsxWriter workbook, made once each."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._cells: dict[tuple[str, bool, bool], Format] = {}
        self._headings: dict[str, Format] = {}
        gray = {"font_color": "#7F7F7F", "italic": True, "text_wrap": True, "valign": "top"}
        self.example = book.add_format({**gray, "locked": False, "num_format": "@"})
        self.note = book.add_format({"font_color": "#595959", "text_wrap": True, "valign": "vcenter"})
        self.line = book.add_format({"font_color": "#595959", "valign": "vcenter"})
        self.number = book.add_format({"align": "right", "valign": "top"})
        self.missing = book.add_format({"bg_color": MISSING})
        self.title = book.add_format({"bold": True, "font_size": 16, "valign": "vcenter"})
        self.section = book.add_format({"bold": True, "font_size": 12, "font_color": REQUIRED})
        self.plain = book.add_format({"text_wrap": True, "valign": "top"})
        self.link = book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})

    def heading(self, column: Column) -> Format:
        """The heading of a column: dark when it must be filled, light when it may, grey when computed."""
        kind = COMPUTED if column.is_computed else REQUIRED if column.required else OPTIONAL
        if kind not in self._headings:
            ink = "#FFFFFF" if kind == REQUIRED else "#1F1F1F"
            look = {"bold": True, "bg_color": kind, "font_color": ink, "border": 1, "border_color": "#BFBFBF"}
            place = {"text_wrap": True, "valign": "vcenter", "align": "center"}
            self._headings[kind] = self._book.add_format({**look, **place})
        return self._headings[kind]

    def cell(self, column: Column, *, boxed: bool = False) -> Format:
        """The cells of a column: unlocked unless computed, with the number format of its type.

        ``boxed`` draws a frame, where a value stands alone beside its label.
        """
        wanted = (column.type, column.is_computed, boxed)
        if wanted not in self._cells:
            look: dict[str, object] = {"valign": "top", "locked": column.is_computed}
            look["text_wrap"] = column.type in _LONG
            if column.type in _NUMBER_FORMATS:
                look["num_format"] = _NUMBER_FORMATS[column.type]
            if column.is_computed:
                look |= {"bg_color": "#F2F2F2", "font_color": "#595959"}
            if boxed:
                look |= {"border": 1, "border_color": "#BFBFBF", "align": "left", "valign": "vcenter"}
            self._cells[wanted] = self._book.add_format(look)
        return self._cells[wanted]

    def swatch(self, colour: str) -> Format:
        """A coloured cell of the legend."""
        return self._book.add_format({"bg_color": colour, "border": 1, "border_color": "#BFBFBF"})
