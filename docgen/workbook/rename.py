"""A workbook made for one pack handed to another that asks for the same sheets."""

from __future__ import annotations

from docgen.workbook.container import Container
from docgen.workbook.splice import text_of, utf8

_TEXTS = "xl/sharedStrings.xml"


def for_pack(content: bytes, before: str, after: str) -> bytes:
    """The workbook ``content`` with the pack ``after`` wherever a cell named the pack ``before``.

    Raises ``WorkbookError`` for a damaged file.
    """
    container = Container(content)
    cell, renamed = (b"<t>" + text_of(pack) + b"</t>" for pack in (before, after))
    return container.rewritten({_TEXTS: utf8(container.read(_TEXTS)).replace(cell, renamed)})
