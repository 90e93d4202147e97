"""What Word calls damaged and loops over nothing leave: a table without rows, a cell without a paragraph."""

from __future__ import annotations

_NO_ROWS = ("</w:tblGrid></w:tbl>", "</w:tblPr></w:tbl>")
_NO_PARAGRAPH = ("</w:tcPr></w:tc>", "</w:tbl></w:tc>", "<w:tc></w:tc>")


def closed(text: str) -> str:
    """The part without tables that lost all rows, and with a paragraph at the end of every cell."""
    for gap in _NO_ROWS:
        while (end := text.find(gap)) >= 0:
            start = text.rindex("<w:tbl>", 0, end)  # nothing can be nested in a table without rows
            text = text[:start] + text[end + len(gap) :]
    for gap in _NO_PARAGRAPH:
        if gap in text:
            text = text.replace(gap, f"{gap[: -len('</w:tc>')]}<w:p/></w:tc>")
    return text
