"""The rows of a template sheet: which are structure and vanish, which repeat, how all get their number."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from docgen.render.grammar import Outline
from docgen.render.layout import Shape
from docgen.render.sheet_style import m
from docgen.render.tag import TAG, Tag

_LAST_ROW = 1_048_576
_LONGEST_GAP = 5_000  # rows; more empty rows between two structural rows are a slip of the pen


class Rows:
    """The rows while their tags are being replaced, from top to bottom."""

    def __init__(self, data: etree._Element, said: Callable[[etree._Element], list[str]]) -> None:
        self._said = said
        self._structural = {
            int(row.get("r", "0")) for row in data.iter(m("row")) if _is_structural(said(row))
        }
        first, last = min(self._structural, default=_LAST_ROW + 1), max(self._structural, default=_LAST_ROW)
        self.shape = Shape(first - 1, last + 1, {})
        self._previous = 0

    def is_structural(self, number: int) -> bool:
        """Whether a row holds for, if or end tags of rows and is dropped."""
        return number in self._structural

    def moves(self, number: int) -> bool:
        """Whether a row's number is only known when it is written."""
        return number > self.shape.head_last

    def before(self, row: etree._Element, number: int, outline: Outline) -> None:
        """Account for the rows that the template leaves out before this one."""
        first = max(self._previous, self.shape.head_last) + 1
        last = min(number, self.shape.tail_first) - 1
        self._previous = number
        if first > last:
            return
        if last - first > _LONGEST_GAP:
            outline.complain(f"第{number}行", "", "与上一个循环标签之间的空行太多")
            return
        path = _path(outline)
        self.shape.loops.update(dict.fromkeys(range(first, last + 1), path))
        skip = outline.code("", "", f"{{{{ _skip({first}, {last - first + 1}) }}}}")
        row.addprevious(etree.ProcessingInstruction("docgen", str(skip)))

    def enter(self, number: int, outline: Outline) -> None:
        """Note the loops around an ordinary row."""
        if self.shape.head_last < number < self.shape.tail_first:
            self.shape.loops[number] = _path(outline)

    def take(self, row: etree._Element, place: str, outline: Outline) -> None:
        """Replace a structural row by its tags."""
        for text in self._said(row):
            if TAG.sub("", text).strip():
                outline.complain(place, text, "这一行会整个去掉，除标签外不能再有内容")
            for found in TAG.finditer(text):
                self._feed(row, Tag.read(found[0]), place, outline)
        parent = row.getparent()
        if parent is not None:
            parent.remove(row)

    def _feed(self, row: etree._Element, tag: Tag, place: str, outline: Outline) -> None:
        if tag.level != "tr":
            outline.complain(place, tag.source, "这一行只能有 {%tr … %} 标签")
            return
        number = outline.feed(tag, place, "rows")
        if tag.word == "for":
            outline.codes[number].after += f"{{{{ _enter({len(_path(outline)) - 1}) }}}}"
        row.addprevious(etree.ProcessingInstruction("docgen", str(number)))


def _is_structural(texts: list[str]) -> bool:
    return any(Tag.read(found[0]).level == "tr" for text in texts for found in TAG.finditer(text))


def _path(outline: Outline) -> tuple[int, ...]:
    """The row loops open now, outermost first."""
    return tuple(
        frame.number for frame in outline.frames if frame.tag.word == "for" and frame.tag.level == "tr"
    )
