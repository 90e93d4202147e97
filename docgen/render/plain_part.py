"""A part whose tags stand in plain elements, such as the title among the document properties."""

from __future__ import annotations

from lxml import etree

from docgen.render.grammar import Outline
from docgen.render.tag import STRAY, TAG, Tag
from docgen.render.word_part import DECLARATION
from docgen.render.word_tree import parse


class PlainPart:
    """The part's tree while its tags are being replaced."""

    def __init__(self, xml: bytes, label: str) -> None:
        self.outline = Outline()
        self._root = parse(xml)
        for element in self._root.iter(etree.Element):
            if element.text:
                element.text = mark_tags(self.outline, element.text, label, element)
        self.outline.finish()

    @property
    def has_tags(self) -> bool:
        """Whether anything here depends on the page."""
        return bool(self.outline.codes)

    def source(self) -> str:
        """The part as text with marks for tags."""
        return DECLARATION + etree.tostring(self._root, encoding="unicode")


def mark_tags(outline: Outline, text: str, place: str, holder: object) -> str:
    """The text with a mark in the place of each tag; all of them are inline."""
    pieces, last = [], 0
    for found in TAG.finditer(text):
        tag = Tag.read(found[0])
        if tag.level:
            outline.complain(place, tag.source, "这里只能用段内标签")
        number = outline.feed(tag, place, holder)
        pieces += [text[last : found.start()], f"\ue0f0{number}\ue0f1"]
        last = found.end()
    if stray := STRAY.search(TAG.sub("", text)):
        outline.complain(place, stray[0], "标签没有写完整，两端的括号不成对")
    return "".join([*pieces, text[last:]])
