"""What a tag says about the table cell it stands in: vertical and horizontal merges, spans, shading."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from docgen.render.grammar import Outline
from docgen.render.tag import Tag
from docgen.render.word_tree import TC, TC_PR, P, w

_ORDER = (
    *("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap"),
    *("tcMar", "textDirection", "tcFitText", "vAlign", "hideMark"),
)


class Cell:
    """One cell and the tags that change it as a whole."""

    def __init__(self, element: etree._Element, place: str) -> None:
        self._element = element
        self._place = place
        self._tag: Tag | None = None
        self._group = ""
        self._across = False
        self._properties = element.find(TC_PR)
        self._column = sum(_span(cell) for cell in element.itersiblings(preceding=True))

    def take(self, tag: Tag, outline: Outline) -> None:
        """One tag of this cell, in document order, while the loops around it are open."""
        self._tag = tag
        if tag.word == "vm":
            self._group = outline.group(tag, self._place)
        elif tag.word == "hm":
            self._take_across(tag, outline)
        else:
            self._take_value(tag, outline)

    def apply(self, outline: Outline) -> None:
        """Write the merges into the tree."""
        if self._group and self._tag:
            self._merge_down(self._tag, outline)
        if self._across and self._tag:
            self._merge_across(self._tag, outline)

    def _take_across(self, tag: Tag, outline: Outline) -> None:
        frame = outline.frames[-1] if outline.frames else None
        if frame is None or frame.tag.word != "for" or frame.tag.level != "tc":
            outline.complain(self._place, tag.source, "横向合并只能用在 {%tc for %} 循环的格里")
        else:
            self._across = True

    def _take_value(self, tag: Tag, outline: Outline) -> None:
        value = outline.expression(tag, tag.rest, self._place)
        number = outline.code(self._place, tag.source, f"{{{{ _attribute({value}) }}}}" if value else "")
        if tag.word == "colspan":
            self._property("gridSpan").set(w("val"), _mark(number))
            return
        shading = self._property("shd")
        shading.set(w("val"), "clear")
        shading.set(w("color"), "auto")
        shading.set(w("fill"), _mark(number))

    def _merge_down(self, tag: Tag, outline: Outline) -> None:
        name = f"_cell{self._column}"
        self._instruct(
            outline, tag, f"{{% set {name} = {self._group}({self._column}) %}}", before=self._element
        )
        value = outline.code(self._place, tag.source, f"{{{{ {name} }}}}")
        self._property("vMerge").set(w("val"), _mark(value))
        blocks = [child for child in self._element if child.tag != TC_PR]
        self._instruct(outline, tag, f'{{% if {name} == "restart" %}}', before=blocks[0])
        self._instruct(outline, tag, "{% else %}", after=True)
        self._element.append(_blank(blocks))
        self._instruct(outline, tag, "{% endif %}", after=True)

    def _merge_across(self, tag: Tag, outline: Outline) -> None:
        span = self._property("gridSpan")
        number = outline.code(self._place, tag.source, f"{{{{ loop.length * {span.get(w('val'), '1')} }}}}")
        span.set(w("val"), _mark(number))
        width = self._property("tcW")
        if width.get(w("type")) == "dxa":
            number = outline.code(
                self._place, tag.source, f"{{{{ loop.length * {width.get(w('w'), '0')} }}}}"
            )
            width.set(w("w"), _mark(number))
        self._instruct(outline, tag, "{% if loop.first %}", before=self._element)
        self._element.addnext(_instruction(outline.code(self._place, tag.source, "{% endif %}")))

    def _instruct(
        self,
        outline: Outline,
        tag: Tag,
        jinja: str,
        *,
        before: etree._Element | None = None,
        after: bool = False,
    ) -> None:
        instruction = _instruction(outline.code(self._place, tag.source, jinja))
        if before is not None:
            before.addprevious(instruction)
        elif after:
            self._element.append(instruction)

    def _property(self, name: str) -> etree._Element:
        """The child of w:tcPr of that name, made in its proper place where there is none."""
        if self._properties is None:
            self._properties = etree.Element(TC_PR)
            self._element.insert(0, self._properties)
        found = self._properties.find(w(name))
        if found is not None:
            return found
        made = etree.Element(w(name))
        later = {w(word) for word in _ORDER[_ORDER.index(name) + 1 :]}
        position = next(
            (i for i, child in enumerate(self._properties) if child.tag in later), len(self._properties)
        )
        self._properties.insert(position, made)
        return made


def _span(cell: etree._Element) -> int:
    """Grid columns covered by a cell, or left out by w:gridBefore."""
    if cell.tag == w("trPr"):
        skipped = cell.find(w("gridBefore"))
        return 0 if skipped is None else int(skipped.get(w("val"), "0"))
    span = cell.find(f"{TC_PR}/{w('gridSpan')}")
    value = "1" if span is None else span.get(w("val"), "1")
    return int(value) if cell.tag == TC and value.isdecimal() else int(cell.tag == TC)


def _mark(number: int) -> str:
    return f"\ue0f0{number}\ue0f1"


def _instruction(number: int) -> etree._Element:
    return etree.ProcessingInstruction("docgen", str(number))


def _blank(blocks: list[etree._Element]) -> etree._Element:
    """An empty paragraph with the look of the cell's first one."""
    made = etree.Element(P)
    first = next((block for block in blocks if block.tag == P), None)
    properties = None if first is None else first.find(w("pPr"))
    if properties is not None:
        made.append(deepcopy(properties))
    return made
