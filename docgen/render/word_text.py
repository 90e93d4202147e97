"""What a Word part says, one line per paragraph or table row, tags as typed."""

from __future__ import annotations

from lxml import etree

from docgen.render.word_tree import TBL, TC, TR, P, nearest, own_texts, shown_text


def text_of(root: etree._Element) -> list[str]:
    """The lines of a part; a row is one line, its cells set off by a bar."""
    lines = []
    for element in root.iter(P, TR):
        if nearest(element, TBL) is None and element.tag == P:
            lines.append("".join(text.text or "" for text in own_texts(element)))
        elif element.tag == TR:
            cells = (cell for cell in element.iter(TC) if nearest(cell, TR) is element)
            lines.append(" │ ".join(" ".join(_cell_lines(cell)) for cell in cells))
    return [line for line in lines if line.strip()]


def _cell_lines(cell: etree._Element) -> list[str]:
    return [shown_text(paragraph) for paragraph in cell.iter(P) if shown_text(paragraph)]
