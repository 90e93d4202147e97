"""The draft's mark on printed sheets: large grey words in the middle of the page header."""

from __future__ import annotations

import re
from decimal import Decimal

from lxml import etree

from docgen.render.escape import clean
from docgen.render.package import Package
from docgen.render.relations import serialised
from docgen.render.sheet_style import m
from docgen.render.word_tree import parse

_LATER = [
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]
_SMALLEST, _LARGEST = 20, 72
_SECTION = re.compile("&([LCR])")


def stamped_sheets(package: Package, sheets: list[str], words: str) -> Package:
    """The package with the words in the page header of every sheet."""
    changes: dict[str, bytes | None] = {}
    for name in sheets:
        root = parse(package.bytes(name))
        _stamp(root, words)
        changes[name] = serialised(root)
    return package.changed(changes)


def _stamp(root: etree._Element, words: str) -> None:
    element = root.find(m("headerFooter"))
    if element is None:
        element = etree.Element(m("headerFooter"))
        later = {m(word) for word in _LATER}
        position = next((i for i, child in enumerate(root) if child.tag in later), len(root))
        root.insert(position, element)
    kinds = ["oddHeader"]
    kinds += ["evenHeader"] if element.get("differentOddEven") in {"1", "true"} else []
    kinds += ["firstHeader"] if element.get("differentFirst") in {"1", "true"} else []
    for kind in kinds:
        _put(element, kind, f'&"宋体,常规"&{_size(root)}&KD9D9D9{_literal(words)}')


def _size(root: etree._Element) -> int:
    """Font size, in points, that fits between the page's edge and its cells: some programs cut the rest."""
    margins = root.find(m("pageMargins"))
    if margins is None:
        return _SMALLEST
    room = Decimal(margins.get("top", "0.75")) - Decimal(margins.get("header", "0.3"))
    return max(_SMALLEST, min(_LARGEST, int(room * 72 * 3 / 4)))


def _put(element: etree._Element, kind: str, code: str) -> None:
    header = element.find(m(kind))
    if header is None:
        header = etree.Element(m(kind))
        order = [m(f"{page}{end}") for page in ("odd", "even", "first") for end in ("Header", "Footer")]
        later = set(order[order.index(m(kind)) + 1 :])
        position = next((i for i, child in enumerate(element) if child.tag in later), len(element))
        element.insert(position, header)
    sections = _sections(header.text or "")
    middle = sections.get("C", "")
    sections["C"] = f"{middle}\n{code}" if middle else code
    header.text = "".join(f"&{key}{sections[key]}" for key in "LCR" if key in sections)


def _sections(text: str) -> dict[str, str]:
    """Left, middle and right of a header; text before any mark is in the middle."""
    parts = _SECTION.split(text)
    found = {"C": parts[0]} if parts[0] else {}
    return found | dict(zip(parts[1::2], parts[2::2], strict=True))


def _literal(words: str) -> str:
    """The words with the sign of codes doubled; a leading digit must not run into the font size."""
    text = clean(words).replace("&", "&&")
    return f" {text}" if text[:1].isdigit() else text
