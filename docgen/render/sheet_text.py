"""What the cells of a template workbook say: shared, inline and plain strings, formulas."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from itertools import count

from lxml import etree

from docgen.render.formula import column_letters, column_number, moved, parse, references
from docgen.render.sheet_style import m
from docgen.render.tag import TAG

_PHONETIC = (m("rPh"), m("phoneticPr"))
_DEFAULT_WIDTH = Decimal("8.43")  # narrow characters, when a sheet says nothing
_PADDING = Decimal("0.7")  # of the width of a column, for the space left and right of the text


class SharedStrings:
    """The strings cells share; those with tags become the cells' own."""

    def __init__(self, root: etree._Element | None) -> None:
        self.root = root
        self._items = [] if root is None else root.findall(m("si"))

    def item(self, index: int) -> etree._Element:
        """One shared string, a copy."""
        return deepcopy(self._items[index])

    def said(self, index: int) -> str:
        """The words of one shared string."""
        return spoken(self._items[index])

    def blank_tagged(self) -> bool:
        """Empty the strings that hold tags; whether there were any."""
        tagged = [item for item in self._items if TAG.search(spoken(item))]
        for item in tagged:
            for child in list(item):
                item.remove(child)
            etree.SubElement(item, m("t"))
        return bool(tagged)


def spoken(item: etree._Element) -> str:
    """The words of a string item, without phonetic help."""
    return "".join(
        text.text or ""
        for text in item.iter(m("t"))
        if not any(up.tag in _PHONETIC for up in text.iterancestors())
    )


def content(cell: etree._Element, strings: SharedStrings) -> etree._Element | None:
    """The string item of a cell, detached; None when it holds no text."""
    value, kind = cell.find(m("v")), cell.get("t")
    if kind == "s" and value is not None:
        return strings.item(int(value.text or "0"))
    if kind == "inlineStr":
        return deepcopy(cell.find(m("is")))
    if kind == "str" and value is not None and cell.find(m("f")) is None:
        item = etree.Element(m("is"))
        etree.SubElement(item, m("t")).text = value.text
        return item
    return None


def cell_text(cell: etree._Element, strings: SharedStrings) -> str:
    """What a cell says: its words, its formula, or its number."""
    formula = cell.find(m("f"))
    if formula is not None:
        return f"={formula.text or ''}"
    value, kind = cell.find(m("v")), cell.get("t")
    if kind == "s" and value is not None:
        return strings.said(int(value.text or "0"))
    item = cell.find(m("is")) if kind == "inlineStr" else None
    return spoken(item) if item is not None else (value.text or "" if value is not None else "")


def split_reference(cell: etree._Element) -> tuple[str, int]:
    """Column letters and row of a cell."""
    one = next(references(parse(cell.get("r", "A1"))))
    return one.left, one.first


def number_cells(data: etree._Element) -> None:
    """Give every row and cell the reference that some writers leave out."""
    row_number = 0
    for row in data.iter(m("row")):
        row_number = int(row.get("r", row_number + 1))
        row.set("r", str(row_number))
        column = count(1)
        for cell in row.iter(m("c")):
            if cell.get("r") is None:
                cell.set("r", f"{column_letters(next(column))}{row_number}")
            else:
                column = count(column_number(split_reference(cell)[0]) + 1)


def unshare_formulas(data: etree._Element) -> None:
    """Write every shared formula out in its own cell."""
    masters: dict[str, tuple[etree._Element, str]] = {}
    for cell in data.iter(m("c")):
        formula = cell.find(m("f"))
        if formula is None or formula.get("t") != "shared":
            continue
        key = formula.get("si", "")
        if formula.text:
            masters[key] = cell, formula.text
        elif key in masters:
            formula.text = _as_from(masters[key][1], masters[key][0], cell)
        for attribute in {"t", "si", "ref"} & {*formula.attrib}:
            del formula.attrib[attribute]


def column_widths(root: etree._Element) -> dict[int, Decimal]:
    """Room for text in each column with a width of its own, in narrow characters; 0 for the others."""
    form = root.find(m("sheetFormatPr"))
    default = _DEFAULT_WIDTH if form is None else Decimal(form.get("defaultColWidth", str(_DEFAULT_WIDTH)))
    widths = {0: default - _PADDING}
    for element in root.iter(m("col")):
        low, high = int(element.get("min", "1")), int(element.get("max", "1"))
        width = Decimal(element.get("width", str(default)))
        for column in range(low, min(high, low + 256) + 1):
            widths[column] = width - _PADDING
    return widths


def _as_from(text: str, master: etree._Element, cell: etree._Element) -> str:
    (column, row), (own_column, own_row) = split_reference(master), split_reference(cell)
    return moved(parse(text), own_row - row, column_number(own_column) - column_number(column))
