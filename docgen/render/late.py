"""What a workbook can only say when every row has its number: areas, merges, formulas, anchors.

A part keeps marks in these places; `Resolver.fill` replaces them after all sheets have been written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from docgen.render.escape import xml
from docgen.render.formula import Blocks, Parsed, Reference, parse, write
from docgen.render.layout import Layout, Spot
from docgen.render.sheet_writer import RowWriter

Late = Callable[["Resolver"], "str | None"]
_MARK = re.compile("<\\?docgen-late ([0-9]+)\\?>|\ue0f4([0-9]+)\ue0f5")
_HOLE = re.compile(b"\x01([fhx])([0-9]+)(?:\\.([0-9]+))?\x02")


@dataclass(frozen=True, slots=True)
class Resolver:
    """One rendering of the workbook, seen from one of its parts."""

    layouts: Mapping[str, Layout]
    own: str = ""
    writer: RowWriter | None = None

    def fill(self, part: bytes, late: Sequence[Late]) -> bytes:
        """The part with every mark replaced."""
        parts = _HOLE.split(part)
        if len(parts) == 1:
            return part
        pieces = [parts[0]]
        for kind, number, extra, literal in zip(
            parts[1::4], parts[2::4], parts[3::4], parts[4::4], strict=True
        ):
            pieces += (self._hole(kind, int(number), extra, late).encode(), literal)
        return b"".join(pieces)

    def formula(self, parsed: Parsed, spot: Spot | None, nothing: str = "0") -> str:
        """A formula with its references where the rows have gone."""
        return write(parsed, lambda reference: self._place(reference, spot), nothing)

    def areas(self, text: str) -> str | None:
        """A list of areas, set off by blanks; None when nothing is left of them."""
        parts = (self._area(part) for part in text.split())
        return " ".join(part for part in parts if part) or None

    def spot_of(self, areas: str) -> Spot | None:
        """The first instance of the first cell of a list of areas."""
        layout = self.layouts.get(self.own)
        first = next((one for one in parse(areas) if isinstance(one, Reference)), None)
        return layout.first_spot(first.first) if layout and first else None

    def point(self, row: int) -> int:
        """Where something that floats over a row of this sheet goes."""
        layout = self.layouts.get(self.own)
        return layout.point(row) if layout else row

    def _hole(self, kind: bytes, number: int, extra: bytes | None, late: Sequence[Late]) -> str:
        if kind == b"x":
            return late[number](self) or ""
        if self.writer is None:
            raise ValueError(kind)
        if kind == b"h":
            return self.writer.open_height(number, int(extra or "0"))
        parsed, spot = self.writer.formulas[number]
        return xml(self.formula(parsed, spot))

    def _area(self, text: str) -> str:
        layout = self.layouts.get(self.own)
        parsed = parse(text)
        if layout is None or layout.shape.is_fixed:
            return text
        one = next((piece for piece in parsed if isinstance(piece, Reference)), None)
        if one is None:
            return text
        cells = [
            one.write(first, last) if one.last else _cell_or_column(one, first, last)
            for first, last in layout.area(*one.rows)
        ]
        return " ".join(cells)

    def _place(self, reference: Reference, spot: Spot | None) -> Blocks | None:
        sheet = reference.sheet or self.own
        layout = self.layouts.get(sheet)
        if layout is None or layout.shape.is_fixed:
            return None
        source = spot if sheet == self.own and not reference.means_all else None
        if reference.last:
            return layout.area(*reference.rows, source)
        return [(number, number) for number in layout.numbers(reference.first, source)]


def mark(late: list[Late], one: Late) -> str:
    """A mark for text and attributes of a tree."""
    late.append(one)
    return f"\ue0f4{len(late) - 1}\ue0f5"


def mark_element(late: list[Late], element: etree._Element, one: Late) -> None:
    """Put a mark in the place of an element."""
    late.append(one)
    element.addprevious(etree.ProcessingInstruction("docgen-late", str(len(late) - 1)))
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def holes(text: str) -> str:
    """A serialised tree with its marks as holes to fill."""
    return _MARK.sub(lambda found: f"\x01x{found[1] or found[2]}\x02", text)


def element_pieces(element: etree._Element, late: Sequence[Late]) -> Late:
    """An element with marks in it, as one late text; None when any of its marks comes to nothing."""
    parts = _MARK.split(without_namespaces(element))
    literals, numbers = parts[::3], [int(a or b) for a, b in zip(parts[1::3], parts[2::3], strict=True)]

    def resolved(resolver: Resolver) -> str | None:
        texts = [late[number](resolver) for number in numbers]
        if None in texts:
            return None
        return literals[0] + "".join(f"{t}{rest}" for t, rest in zip(texts, literals[1:], strict=True))

    return resolved


def _cell_or_column(one: Reference, first: int, last: int) -> str:
    """A single cell that has become a column of cells."""
    cell = one.write(first, 0)
    return cell if first == last else f"{cell}:{one.left}{one.fix}{last}"


def without_namespaces(element: etree._Element) -> str:
    """The element as text, without declarations its root makes anyway."""
    text: str = etree.tostring(element, encoding="unicode", with_tail=False)
    for prefix, uri in element.getroottree().getroot().nsmap.items():
        text = text.replace(f' xmlns:{prefix}="{uri}"' if prefix else f' xmlns="{uri}"', "")
    return text
