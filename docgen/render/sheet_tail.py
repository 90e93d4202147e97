"""Everything of a sheet besides its rows that names rows: merges, rules, links, views, breaks, anchors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from lxml import etree

from docgen.render.escape import xml
from docgen.render.formula import column_letters, column_number, parse, references
from docgen.render.late import Late, Resolver, element_pieces, mark, mark_element
from docgen.render.layout import Layout, Shape
from docgen.render.sheet_style import m

_AREA_ATTRIBUTES = {
    "dimension": ("ref",),
    "selection": ("activeCell", "sqref"),
    "pane": ("topLeftCell",),
    "sheetView": ("topLeftCell",),
    "autoFilter": ("ref",),
    "sortState": ("ref",),
    "sortCondition": ("ref",),
    "protectedRange": ("sqref",),
    "ignoredError": ("sqref",),
}
_BEFORE_MERGES = (
    "sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate "
    "customSheetViews"
)
_X_SQREF = "{http://schemas.microsoft.com/office/excel/2006/main}sqref"
_X_F = "{http://schemas.microsoft.com/office/excel/2006/main}f"


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge of the template, rows and columns from 1."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int

    def write(self, first: int, last: int) -> str:
        """The merge over other rows, as an area."""
        return f"{column_letters(self.first_column)}{first}:{column_letters(self.last_column)}{last}"


@dataclass(frozen=True, slots=True)
class Downward:
    """Cells merged down: their template row, columns, and the loop (by depth) whose items they belong to."""

    row: int
    first_column: int
    last_column: int
    depth: int
    loop: int

    def is_origin_of(self, merge: Merge) -> bool:
        """Whether a merge of the template is this cell's own width."""
        return (merge.first_row, merge.last_row, merge.first_column) == (
            self.row,
            self.row,
            self.first_column,
        )


def read_merges(root: etree._Element) -> list[Merge]:
    """The merges of a sheet."""
    merges = []
    for element in root.iter(m("mergeCell")):
        one = next(references(parse(element.get("ref", ""))), None)
        if one is not None and one.last:
            low, high = one.rows
            columns = sorted((column_number(one.left), column_number(one.right)))
            merges.append(Merge(low, high, columns[0], columns[1]))
    return merges


def take_tail(root: etree._Element, late: list[Late]) -> None:
    """Replace whatever names rows by late marks; merges are taken by `take_merges`."""
    for name, attributes in _AREA_ATTRIBUTES.items():
        for element in root.iter(m(name)):
            for attribute in attributes:
                _mark_attribute(element, attribute, late)
    for element in root.iter(m("brk")):
        _mark_break(element, late)
    for element in list(root.iter(m("conditionalFormatting"))):
        _take_rules(element, late)
        mark_element(late, element, element_pieces(element, late))
    for name in ("dataValidations", "hyperlinks"):
        for container in list(root.iter(m(name))):
            _take_container(container, late)
    for element in root.iter(_X_SQREF, _X_F):
        _mark_extension(element, late)


def take_merges(
    root: etree._Element, merges: list[Merge], downward: list[Downward], shape: Shape, late: list[Late]
) -> None:
    """Put the merges in their place as one late text."""
    kept = [one for one in merges if not any(cell.is_origin_of(one) for cell in downward)]
    writings = [_writing_of(one, shape) for one in kept]
    prefix = f"{root.prefix}:" if root.prefix else ""

    def resolved(resolver: Resolver) -> str:
        layout = resolver.layouts[resolver.own]
        fixed = (area for write in writings for area in write(layout))
        groups = resolver.writer.groups if resolver.writer else {}
        areas = [*fixed, *(_write(key, rows) for key, rows in groups.items())]
        areas = [area for area in areas if not _is_one_cell(area)]
        inside = "".join(f'<{prefix}mergeCell ref="{area}"/>' for area in areas)
        return f'<{prefix}mergeCells count="{len(areas)}">{inside}</{prefix}mergeCells>' if areas else ""

    element = root.find(m("mergeCells"))
    if element is None:
        element = etree.Element(m("mergeCells"))
        before = {m(word) for word in _BEFORE_MERGES.split()}
        next(child for child in reversed(root) if child.tag in before).addnext(element)
    mark_element(late, element, resolved)


def down_groups(downward: list[Downward], layout: Layout) -> dict[tuple[int, int, int, int], tuple[int, int]]:
    """First and last row of each merge downwards, by columns, loop and item."""
    found: dict[tuple[int, int, int, int], tuple[int, int]] = {}
    for cell in downward:
        for number, serials in layout.instances.get(cell.row, ()):
            item = serials[cell.depth - 1] if cell.depth else 0
            key = cell.first_column, cell.last_column, cell.loop, item
            first, last = found.get(key, (number, number))
            found[key] = min(first, number), max(last, number)
    return found


def _writing_of(merge: Merge, shape: Shape) -> Callable[[Layout], list[str]]:
    """What gives the areas that a merge of the template becomes."""
    row, last = merge.first_row, merge.last_row
    if last <= shape.head_last:
        stays = [merge.write(row, last)]
        return lambda _: stays
    if row >= shape.tail_first:
        return lambda layout: [merge.write(row + layout.shift, last + layout.shift)]
    return lambda layout: [merge.write(*rows) for rows in layout.groups(range(row, last + 1))]


def _write(key: tuple[int, int, int, int], rows: tuple[int, int]) -> str:
    return Merge(0, 0, key[0], key[1]).write(*rows)


def _is_one_cell(area: str) -> bool:
    first, _, last = area.partition(":")
    return first == last


def _mark_attribute(element: etree._Element, attribute: str, late: list[Late]) -> None:
    text = element.get(attribute)
    if text is not None:
        element.set(attribute, mark(late, lambda resolver: resolver.areas(text) or text))


def _mark_break(element: etree._Element, late: list[Late]) -> None:
    row = int(element.get("id", "0"))
    parent = element.getparent()
    if row and parent is not None and parent.tag == m("rowBreaks"):
        element.set("id", mark(late, lambda resolver: str(resolver.point(row + 1) - 1)))


def _take_rules(element: etree._Element, late: list[Late]) -> None:
    """The areas of an element and the formulas inside it, which start from its first cell."""
    areas = element.get("sqref", "")
    for formula in element.iter(m("formula"), m("formula1"), m("formula2")):
        _mark_formula(formula, areas, late)
    element.set("sqref", mark(late, lambda resolver: resolver.areas(areas)))


def _mark_formula(element: etree._Element, areas: str, late: list[Late]) -> None:
    parsed = parse(element.text or "")
    if any(True for _ in references(parsed)):
        element.text = mark(
            late, lambda resolver: xml(resolver.formula(parsed, resolver.spot_of(areas), "#REF!"))
        )


def _take_container(container: etree._Element, late: list[Late]) -> None:
    """A list of elements that vanishes when none of them is left."""
    children = []
    for child in container:
        if child.tag == m("hyperlink"):
            _take_link(child, late)
        else:
            _take_rules(child, late)
        children.append(element_pieces(child, late))
    counted = container.attrib.pop("count", "") != ""
    for child in list(container):
        container.remove(child)
    container.text = mark(late, lambda _: "")
    frame = element_pieces(container, late)

    def resolved(resolver: Resolver) -> str | None:
        texts = [text for child in children if (text := child(resolver))]
        opening, _, closing = (frame(resolver) or "").partition("></")
        count = f' count="{len(texts)}"' if counted else ""
        return f"{opening}{count}>{''.join(texts)}</{closing}" if texts else None

    mark_element(late, container, resolved)


def _take_link(element: etree._Element, late: list[Late]) -> None:
    areas = element.get("ref", "")
    element.set("ref", mark(late, lambda resolver: resolver.areas(areas)))
    location = parse(element.get("location", ""))
    if any(True for _ in references(location)):
        element.set("location", mark(late, lambda resolver: xml(resolver.formula(location, None, "#REF!"))))


def _mark_extension(element: etree._Element, late: list[Late]) -> None:
    """Rules of newer Excel, kept in the extension list."""
    text = element.text or ""
    if element.tag == _X_SQREF:
        element.text = mark(late, lambda resolver: resolver.areas(text) or text)
        return
    parent = element.getparent()
    around = () if parent is None else chain([parent], parent.iterancestors())
    areas = next((found.text or "" for step in around if (found := step.find(_X_SQREF)) is not None), "")
    parsed = parse(text)
    element.text = mark(
        late, lambda resolver: xml(resolver.formula(parsed, resolver.spot_of(areas), "#REF!"))
    )
