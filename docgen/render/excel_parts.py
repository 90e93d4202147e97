"""The parts of a workbook besides sheets that name rows: defined names, drawings, tables, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from docgen.render.escape import xml
from docgen.render.formula import parse, references
from docgen.render.late import Late, Resolver, holes, mark
from docgen.render.layout import Layout
from docgen.render.package import Package
from docgen.render.relations import OFFICE, related, relations
from docgen.render.sheet_style import m
from docgen.render.word_part import DECLARATION

_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_VML_ROW = re.compile(r"(<x:Row>)([0-9]+)(</x:Row>)")
_VML_ANCHOR = re.compile(r"(<x:Anchor>)([^<]*)(</x:Anchor>)")


@dataclass(slots=True)
class MovedPart:
    """A part as text with holes, and the sheet whose rows it names."""

    sheet: str
    late: list[Late] = field(default_factory=list)
    source: bytes = b""

    def content(self, layouts: Mapping[str, Layout]) -> bytes:
        """The part for one rendering."""
        return Resolver(layouts, self.sheet).fill(self.source, self.late)


def sheets_of(package: Package, workbook: str) -> list[tuple[str, str]]:
    """The worksheets of a workbook: member and title, in order of the tabs."""
    targets = {one.key: one for one in relations(package, workbook)}
    found = []
    for sheet in etree.fromstring(package.bytes(workbook)).iter(m("sheet")):
        link = targets.get(sheet.get(f"{{{OFFICE}}}id", ""))
        if link is not None and link.kind == "worksheet":
            found.append((link.target, sheet.get("name", "")))
    return found


def moved_parts(
    package: Package, workbook: str, sheets: Mapping[str, str]
) -> Iterator[tuple[str, MovedPart]]:
    """The parts that name rows, by member."""
    yield workbook, _names(package.bytes(workbook))
    for member, title in sheets.items():
        for drawing in related(package, "drawing", member):
            yield drawing, _drawing(package.bytes(drawing), title)
            for chart in related(package, "chart", drawing):
                yield chart, _chart(package.bytes(chart), title)
        for kind, tag in (("table", "table"), ("comments", "comment")):
            for part in related(package, kind, member):
                yield part, _references(package.bytes(part), title, tag)
        for drawing in related(package, "vmlDrawing", member):
            yield drawing, _old_drawing(package.bytes(drawing), title)


def _names(data: bytes) -> MovedPart:
    part, root = MovedPart(""), etree.fromstring(data)
    for element in root.iter(m("definedName")):
        _mark_formula(element, part, element.text or "")
    return _finished(part, root)


def _chart(data: bytes, sheet: str) -> MovedPart:
    part, root = MovedPart(sheet), etree.fromstring(data)
    for element in root.iter(f"{_CHART}f"):
        _mark_formula(element, part, element.text or "")
    return _finished(part, root)


def _mark_formula(element: etree._Element, part: MovedPart, text: str) -> None:
    parsed = parse(text)
    if any(True for _ in references(parsed)):
        element.text = mark(part.late, lambda resolver: xml(resolver.formula(parsed, None, "#REF!")))


def _references(data: bytes, sheet: str, tag: str) -> MovedPart:
    part, root = MovedPart(sheet), etree.fromstring(data)
    for element in root.iter(m(tag), m("autoFilter")):
        _mark_reference(element, part, element.get("ref", ""))
    return _finished(part, root)


def _mark_reference(element: etree._Element, part: MovedPart, text: str) -> None:
    def moved(resolver: Resolver) -> str:
        area = resolver.areas(text) or text
        return area if ":" in text else area.partition(":")[0]

    if text:
        element.set("ref", mark(part.late, moved))


def _drawing(data: bytes, sheet: str) -> MovedPart:
    part, root = MovedPart(sheet), etree.fromstring(data)
    for anchor in root:
        start, end = anchor.find(f"{_XDR}from/{_XDR}row"), anchor.find(f"{_XDR}to/{_XDR}row")
        if start is None:
            continue
        first = int(start.text or "0")
        last = first if end is None else int(end.text or "0")
        stretches = anchor.get("editAs", "twoCell") == "twoCell"
        _mark_anchor(start, part, first, first)
        if end is not None:
            _mark_anchor(end, part, last, last if stretches else first)
    return _finished(part, root)


def _mark_anchor(element: etree._Element, part: MovedPart, row: int, leader: int) -> None:
    """Rows of anchors count from 0; the leader is the row whose move is followed."""
    element.text = mark(part.late, lambda resolver: str(resolver.point(leader + 1) - 1 + row - leader))


def _old_drawing(data: bytes, sheet: str) -> MovedPart:
    """The boxes of comments; the part is near-XML, so it is handled as text."""
    part = MovedPart(sheet)

    def row(found: re.Match[str]) -> str:
        number = int(found[2])
        return found[1] + mark(part.late, lambda resolver: str(resolver.point(number + 1) - 1)) + found[3]

    def anchor(found: re.Match[str]) -> str:
        fields = [int(word) for word in found[2].split(",")]
        shift = mark(part.late, lambda resolver: _moved_box(fields, resolver))
        return found[1] + shift + found[3]

    text = data.decode("utf-8", "replace")
    part.source = holes(_VML_ANCHOR.sub(anchor, _VML_ROW.sub(row, text))).encode()
    return part


def _moved_box(fields: list[int], resolver: Resolver) -> str:
    """Left column and offset, top row and offset, right, bottom: the rows move together."""
    shift = resolver.point(fields[2] + 1) - 1 - fields[2]
    moved = [*fields[:2], fields[2] + shift, *fields[3:6], fields[6] + shift, *fields[7:]]
    return ", ".join(str(number) for number in moved)


def _finished(part: MovedPart, root: etree._Element) -> MovedPart:
    part.source = (DECLARATION + holes(etree.tostring(root, encoding="unicode"))).encode()
    return part
