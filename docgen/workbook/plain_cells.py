"""The filled cells of a sheet written the way spreadsheet programs write nearly all: found by one search."""

from __future__ import annotations

import re

PlainCell = tuple[str, str, str, str, str]  # letters, digits, style, kind, first element: f, v or is
_OPENING = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml version=["']1\.0["'](?: encoding=["']utf-8["'])?"""
    rb"""(?: standalone=["'](?:yes|no)["'])?\s*\?>)?\s*<worksheet[\s>]""",
    re.IGNORECASE,
)
# What a search for cells does not tell, or would be misled by: comments, CDATA, instructions, hidden rows and
# columns, merged areas.
_UNUSUAL = ("<!", "<?", "hidden", "<mergeCell")
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]+)")?(?: t="(b|d|n|s|str|inlineStr)")?><(f|v|is)[ />]'
)


def plain_cells(xml: bytes) -> list[PlainCell] | None:
    """The cells that hold something, of a sheet of nothing but plain cells; None for any other sheet.

    Not plain are errors, merged areas, hidden rows and columns, cells without a name, prefixes. ``xml`` must
    be well-formed, or be found out not to be: then ``<`` begins an element wherever it stands, and counting
    the formulas and values tells whether the search has found them all.
    """
    opening = _OPENING.match(xml)
    if not opening:
        return None
    text = xml[opening.end() :].decode("latin-1")  # all that is looked for is ASCII
    if any(sign in text for sign in _UNUSUAL):
        return None
    data = text[text.find("<sheetData") : text.rfind("</sheetData>")]
    cells: list[PlainCell] = _CELL.findall(data)
    first = [cell[4] for cell in cells]
    formulas, values, strings = (data.count(element) for element in ("<f", "<v", "<is"))
    if formulas:
        values -= data.count("</f><v") + data.count("/><v")  # the result of a formula, which comes first
    whole = (first.count("f"), first.count("v"), first.count("is")) == (formulas, values, strings)
    return cells if whole else None
