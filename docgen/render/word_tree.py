"""The tree of one Word part: names, places a person can find, tags joined that were cut into runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from docgen.render.grammar import Outline
from docgen.render.tag import STRAY, TAG, Tag

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def w(name: str) -> str:
    """The qualified name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


P, R, T, TBL, TR, TC, TC_PR = w("p"), w("r"), w("t"), w("tbl"), w("tr"), w("tc"), w("tcPr")
_TEXT_BOX = w("txbxContent")
_BLOCKS = (P, TBL)


@dataclass(frozen=True, slots=True)
class Found:
    """A tag in its paragraph; `text` is the w:t that now holds its mark."""

    tag: Tag
    place: str
    paragraph: etree._Element
    text: etree._Element
    mark: str


def parse(xml: bytes) -> etree._Element:
    """The root of a part, without the white space that only indents it."""
    root: etree._Element = etree.fromstring(xml, _PARSER)
    for element in root.iter():
        if element.tag != T and element.text and element.text.isspace() and len(element):
            element.text = None
        if element.tail and element.tail.isspace():
            element.tail = None
    return root


def nearest(element: etree._Element, name: str) -> etree._Element | None:
    """The closest ancestor (or the element itself) of that name."""
    step: etree._Element | None = element
    while step is not None and step.tag != name:
        step = step.getparent()
    return step


def paragraphs(container: etree._Element, place: str) -> Iterator[tuple[etree._Element, str]]:
    """Every paragraph in document order with its place: 第2段, 表1 第3行 第2格 第1段."""
    tables = lines = 0
    for block in _outermost(container, _BLOCKS):
        if block.tag == TBL:
            tables += 1
            yield from _table_paragraphs(block, f"{place} 表{tables}".strip())
        else:
            lines += 1
            here = f"{place} 第{lines}段".strip()
            yield block, here
            for box in _outermost(block, (_TEXT_BOX,)):
                yield from paragraphs(box, f"{here} 文本框")


def own_texts(paragraph: etree._Element) -> list[etree._Element]:
    """The w:t of a paragraph, without those of text boxes inside it."""
    return [text for text in paragraph.iter(T) if nearest(text, P) is paragraph]


def shown_text(element: etree._Element) -> str:
    """All text in an element, as it stands."""
    return "".join(text.text or "" for text in element.iter(T))


def find_tags(paragraph: etree._Element, place: str, outline: Outline, serial: Iterator[int]) -> list[Found]:
    """The tags of a paragraph, each joined into one w:t and replaced there by a mark of its own."""
    texts = own_texts(paragraph)
    whole = "".join(text.text or "" for text in texts)
    matches = list(TAG.finditer(whole))
    if stray := STRAY.search(TAG.sub("", whole)):
        outline.complain(place, stray[0], "标签没有写完整，两端的括号不成对")
    found = []
    for match in matches:
        tag = Tag.read(match[0])
        found.append((tag, match.span(), f"\ue0f2{next(serial)}\ue0f3"))
    holders = {}
    for tag, (start, end), mark in reversed(found):
        holders[mark] = _replace(texts, start, end, mark)
        _trim(holders[mark], tag.source, mark)
    return [Found(tag, place, paragraph, holders[mark], mark) for tag, _, mark in found]


def fill(found: Found, text: str) -> None:
    """Put something in the place of a tag's mark."""
    found.text.text = (found.text.text or "").replace(found.mark, text)
    found.text.set(_XML_SPACE, "preserve")


def _outermost(container: etree._Element, names: tuple[str, ...]) -> Iterator[etree._Element]:
    """Descendants of these names that do not lie inside another of them."""
    for child in container:
        if child.tag in names:
            yield child
        else:
            yield from _outermost(child, names)


def _table_paragraphs(table: etree._Element, place: str) -> Iterator[tuple[etree._Element, str]]:
    for row_number, row in enumerate(_outermost(table, (TR,)), 1):
        for cell_number, cell in enumerate(_outermost(row, (TC,)), 1):
            yield from paragraphs(cell, f"{place} 第{row_number}行 第{cell_number}格")


def _replace(texts: list[etree._Element], start: int, end: int, mark: str) -> etree._Element:
    """Replace characters [start, end) of the joined texts by a mark in the first text touched."""
    first: etree._Element | None = None
    offset = 0
    for element in texts:
        text = element.text or ""
        begin, stop = max(start - offset, 0), min(end - offset, len(text))
        offset += len(text)
        if begin < stop:
            element.text = text[:begin] + (mark if first is None else "") + text[stop:]
            first = element if first is None else first
    if first is None:
        raise ValueError(mark)
    return first


def _trim(element: etree._Element, source: str, mark: str) -> None:
    """A dash inside a tag's bracket drops the white space on that side."""
    before, _, after = (element.text or "").partition(mark)
    if source[2:].startswith("-"):
        before = before.rstrip()
    if source[:-2].endswith("-"):
        after = after.lstrip()
    element.text = before + mark + after
