"""What Word calls damaged and loops over nothing leave: a table without rows, a cell without a paragraph."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.render.pieces import Piece, seams, texts_in

_NO_ROWS = (b"</w:tblGrid></w:tbl>", b"</w:tblPr></w:tbl>")
_NO_PARAGRAPH = (b"</w:tcPr></w:tc>", b"</w:tbl></w:tc>", b"<w:tc></w:tc>")
_GAPS = (*_NO_ROWS, *_NO_PARAGRAPH)
_BEFORE = (b"</w:tblGrid>", b"</w:tblPr>", b"</w:tcPr>", b"</w:tbl>", b"<w:tc>")


def may_have_gaps(pieces: Sequence[Piece]) -> bool:
    """Whether any page can leave a gap in a part: one in its text, or where something may be left out."""
    if any(text.endswith(_BEFORE) for text in seams(pieces)):
        return True
    return any(gap in text for text in texts_in(pieces) for gap in _GAPS)


def closed(part: bytes) -> bytes:
    """The part without tables that lost all rows, and with a paragraph at the end of every cell."""
    for gap in _NO_ROWS:
        while (end := part.find(gap)) >= 0:
            start = part.rindex(b"<w:tbl>", 0, end)  # nothing can be nested in a table without rows
            part = part[:start] + part[end + len(gap) :]
    for gap in _NO_PARAGRAPH:
        if gap in part:
            part = part.replace(gap, gap[: -len(b"</w:tc>")] + b"<w:p/></w:tc>")
    return part
