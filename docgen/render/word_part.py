"""One part of a Word template (body, header, footer, notes) turned into a `Program`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from lxml import etree

from docgen.render.grammar import Frame, Outline
from docgen.render.tag import CELL_WORDS
from docgen.render.toc import PLACE, TocField, toc_fields
from docgen.render.word_cells import Cell
from docgen.render.word_tree import (
    TC,
    TR,
    Found,
    P,
    R,
    W,
    fill,
    find_tags,
    nearest,
    paragraphs,
    parse,
    shown_text,
    w,
)

_DROPPED = {"p": P, "tr": TR, "tc": TC, "r": R}
_INSTANCE_ATTRIBUTES = ("paraId", "textId", "rsidR", "rsidRPr", "rsidRDefault", "rsidP", "rsidTr", "rsidSect")
_BOOKMARKS = (w("bookmarkStart"), w("bookmarkEnd"))
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class WordPart:
    """The part's tree while its tags are being replaced."""

    def __init__(self, xml: bytes, label: str) -> None:
        self.outline = Outline()
        self.contents: TocField | None = None
        self._root = parse(xml)
        if etree.QName(self._root).namespace != W:
            self.outline.complain(label, "", "这是“严格 Open XML”格式，请另存为普通的 .docx")
        self._dropped: dict[etree._Element, list[int]] = {}
        self._cells: dict[etree._Element, Cell] = {}
        self._loops: list[tuple[etree._Element, etree._Element]] = []
        self._opened: dict[int, etree._Element] = {}
        self._read(label)

    @property
    def has_tags(self) -> bool:
        """Whether anything here depends on the page."""
        return bool(self.outline.codes) or self.contents is not None

    def source(self) -> str:
        """The part as text with marks for tags."""
        return DECLARATION + etree.tostring(self._root, encoding="unicode")

    def _read(self, label: str) -> None:
        if label == "正文":
            self._take_fields()
        serial = count()
        for paragraph, place in list(paragraphs(self._root, label)):
            for found in find_tags(paragraph, place, self.outline, serial):
                self._take(found)
        self.outline.finish()
        for cell in self._cells.values():
            cell.apply(self.outline)
        for first, last in self._loops:
            _forget_identity(first, last)
        for element, codes in self._dropped.items():
            self._check_left_over(element, codes)
            _put_codes(element, codes)

    def _take_fields(self) -> None:
        for field in toc_fields(self._root):
            if self.contents is None:
                self.contents = field
                field.cut(
                    etree.ProcessingInstruction("docgen", str(self.outline.code("正文", "目录", PLACE)))
                )

    def _take(self, found: Found) -> None:
        tag = found.tag
        if tag.word in CELL_WORDS and not tag.level:
            self._take_cell(found)
        elif tag.word == "contents":
            self._take_contents(found)
        elif tag.level:
            self._take_structure(found)
        else:
            shape = tuple(step.tag for step in _up_to(found.text, found.paragraph))
            number = self.outline.feed(tag, found.place, (found.paragraph, shape))
            fill(found, f"\ue0f0{number}\ue0f1")

    def _take_structure(self, found: Found) -> None:
        fill(found, "")
        target = nearest(found.text, _DROPPED[found.tag.level])
        if target is None:
            self.outline.complain(found.place, found.tag.source, "这种标签要写在表格里")
            return
        frames = list(self.outline.frames)
        number = self.outline.feed(found.tag, found.place, target.getparent())
        self._dropped.setdefault(target, []).append(number)
        self._note_loop(frames, target)

    def _note_loop(self, before: list[Frame], target: etree._Element) -> None:
        after = self.outline.frames
        if len(after) > len(before):
            self._opened[after[-1].number] = target
        elif len(after) < len(before) and before[-1].tag.word == "for":
            start = self._opened.get(before[-1].number)
            if start is not None and start.getparent() is target.getparent():
                self._loops.append((start, target))

    def _take_cell(self, found: Found) -> None:
        fill(found, "")
        element = nearest(found.text, TC)
        if element is None:
            self.outline.complain(found.place, found.tag.source, "这种标签要写在表格的格里")
            return
        cell = self._cells.setdefault(element, Cell(element, found.place))
        cell.take(found.tag, self.outline)

    def _take_contents(self, found: Found) -> None:
        fill(found, "")
        levels = found.tag.rest.partition("-")
        low, high = levels[0].strip(), (levels[2] or levels[0]).strip()
        if found.tag.level != "p" or not (
            low in "123456789" and high in "123456789" and 1 <= len(low) <= len(high)
        ):
            self.outline.complain(found.place, found.tag.source, "应独占一段，写成 {%p contents 1-3 %}")
        elif self.contents is not None or not found.place.startswith("正文"):
            self.outline.complain(found.place, found.tag.source, "目录只能有一个，并且要在正文里")
        else:
            self.contents = TocField.at(found.paragraph, int(low), int(high))
            number = self.outline.code(found.place, found.tag.source, PLACE)
            self._dropped.setdefault(found.paragraph, []).append(number)

    def _check_left_over(self, element: etree._Element, codes: list[int]) -> None:
        left = shown_text(element).strip()
        if left and element.tag != R:
            code = self.outline.codes[codes[0]]
            kind = "这一段" if element.tag == P else "这一行" if element.tag == TR else "这一格"
            self.outline.complain(code.place, code.tag, f"{kind}会整个去掉，除标签外不能再有内容")


def _up_to(element: etree._Element, stop: etree._Element) -> Iterator[etree._Element]:
    step: etree._Element | None = element
    while step is not None and step is not stop:
        yield step
        step = step.getparent()


def _forget_identity(first: etree._Element, last: etree._Element) -> None:
    """What is repeated must not repeat ids that have to be unique, nor Word's editing marks."""
    for sibling in list(first.itersiblings()):
        if sibling is last:
            return
        for element in list(sibling.iter()):
            if element.tag in _BOOKMARKS:
                parent = element.getparent()
                if parent is not None:
                    parent.remove(element)
                continue
            for name in [*element.attrib]:
                if str(name).rpartition("}")[2] in _INSTANCE_ATTRIBUTES:
                    del element.attrib[name]


def _put_codes(element: etree._Element, codes: list[int]) -> None:
    """Put the codes where an element stands and take it away; a section break is kept, before the codes."""
    instructions = [etree.ProcessingInstruction("docgen", str(number)) for number in codes]
    parent = element.getparent()
    if parent is None:
        raise ValueError(element.tag)
    if element.tag == P and element.find(f"{w('pPr')}/{w('sectPr')}") is not None:
        for child in [child for child in element if child.tag != w("pPr")]:
            element.remove(child)
        for instruction in reversed(instructions):
            element.addnext(instruction)
        return
    for instruction in instructions:
        element.addprevious(instruction)
    parent.remove(element)
