"""The sheets that should be in the workbook and are not, and those that nobody asked for."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.finding import Finding, Place
from docgen.packs import Layout, Sheet
from docgen.workbook import complaints
from docgen.workbook.book import GUIDE, LISTS, Book, Grid
from docgen.workbook.folding import key, nearest
from docgen.workbook.locate import Located, headings_in
from docgen.workbook.records import filled_rows


def absent_sheets(
    book: Book, layout: Layout, located: Mapping[str, Located]
) -> tuple[frozenset[str], list[Finding]]:
    """The keys of the sheets that should be there and are not; what is missing, renamed or unknown.

    One that may be left out should be there when a sheet of another title has its headings, or when rows of
    other sheets are chosen from it.
    """
    findings: list[Finding] = []
    lost, renamed = set(), set()
    spare = _spare(book, located)
    for name, sheet in layout.used_sheets.items():
        near = "" if name in located else _renamed(sheet, spare)
        if name in located or not (sheet.required or near or _is_chosen_from(name, located)):
            continue
        lost.add(name)
        renamed.add(near)
        guess = f"“{near}”是不是它改了名？" if near else ""
        message, expected = f"缺少表“{sheet.title}”。{guess}", f"有一张表名为“{sheet.title}”"
        findings.append(complaints.SHEET_MISSING.at(Place(book.name, near), message, expected))
    for grid in spare:
        if grid.title not in renamed:
            message = f"多出的表“{grid.title}”没有读取。"
            findings.append(complaints.SHEET_UNKNOWN.at(Place(book.name, grid.title), message))
    return frozenset(lost), findings


def _spare(book: Book, located: Mapping[str, Located]) -> list[Grid]:
    used = {place.grid.title for place in located.values()}
    known = {GUIDE, LISTS}
    return [
        grid
        for grid in book.sheets
        if grid.title not in used and key(grid.title) not in known and not grid.is_empty
    ]


def _renamed(sheet: Sheet, spare: list[Grid]) -> str:
    """The title of a spare sheet that looks like ``sheet``; by its title only where it must be there."""
    near = nearest(sheet.title, [grid.title for grid in spare]) if sheet.required else ""
    enough = len(sheet.used_columns) / 2
    return near or next((grid.title for grid in spare if headings_in(sheet, grid) > enough), "")


def _is_chosen_from(name: str, located: Mapping[str, Located]) -> bool:
    """Whether rows of another sheet hold names that this one lists."""
    return any(
        column.choices_from.startswith(f"{name}.") and key in place.columns and any(filled_rows(place))
        for place in located.values()
        for key, column in place.sheet.used_columns.items()
    )
