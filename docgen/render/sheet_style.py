"""What the look of a cell says about how its text is to be written: number or text, wrapped or not, how large."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from lxml import etree

M = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_GENERAL, _TEXT = 0, 49
_PERCENT = {9, 10}
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)(?:\.[0-9]+)?")
_SIGNIFICANT = 15  # digits Excel keeps of a number
_LINE = Decimal("1.35")  # line height ÷ font size, of the fonts official forms use, rounded up
_DEFAULT_SIZE = Decimal(11)


@dataclass(frozen=True, slots=True)
class Look:
    """One cell format: text, number or percent; whether text wraps; font size in points."""

    kind: str = "text"
    wraps: bool = False
    size: Decimal = _DEFAULT_SIZE


def m(name: str) -> str:
    """The qualified name of a SpreadsheetML element."""
    return f"{{{M}}}{name}"


def read_looks(styles: etree._Element) -> list[Look]:
    """The cell formats of a workbook, by index."""
    codes = {int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in styles.iter(m("numFmt"))}
    sizes = list(_sizes(styles))
    formats = styles.find(m("cellXfs"))
    return [_look(one, codes, sizes) for one in (formats if formats is not None else ())]


def number_of(shown: str, *, is_percent: bool) -> str | None:
    """The number a shown string stands for, as Excel stores it; None when it is text."""
    text = shown.strip()
    if text.endswith("%"):
        if not is_percent:
            return None
        text, shift = text[:-1], -2
    elif is_percent:
        return None
    else:
        shift = 0
    if not _NUMBER.fullmatch(text) or sum(letter.isdigit() for letter in text) > _SIGNIFICANT:
        return None
    number = Decimal(text.replace(",", "")).scaleb(shift)
    return f"{number.normalize():f}"


def lines_needed(text: str, columns: Decimal) -> int:
    """How many lines a text takes in a cell that many narrow characters wide; a wide character counts two."""
    width = max(columns, Decimal(2))
    return sum(max(1, ceil(Decimal(_breadth(line)) / width)) for line in text.split("\n"))


def height_of(lines: int, look: Look) -> Decimal:
    """The height of that many lines, in points."""
    return (lines * look.size * _LINE + 4).quantize(Decimal("0.1"))


def _breadth(line: str) -> int:
    """Narrow characters: one byte of UTF-8 counts one, three count two."""
    return (len(line.encode("utf-8", "replace")) + len(line) + 1) // 2


def _sizes(styles: etree._Element) -> Iterator[Decimal]:
    fonts = styles.find(m("fonts"))
    for font in fonts if fonts is not None else ():
        size = font.find(m("sz"))
        yield _DEFAULT_SIZE if size is None else Decimal(size.get("val", "11"))


def _look(one: etree._Element, codes: dict[int, str], sizes: list[Decimal]) -> Look:
    alignment = one.find(m("alignment"))
    wraps = alignment is not None and alignment.get("wrapText") in {"1", "true"}
    font = int(one.get("fontId", "0"))
    size = sizes[font] if font < len(sizes) else _DEFAULT_SIZE
    number = int(one.get("numFmtId", "0"))
    return Look(_kind(number, codes.get(number, "")), wraps, size)


def _kind(number: int, code: str) -> str:
    bare = _QUOTED.sub("", code)
    if number in {_GENERAL, _TEXT} or number in _DATES or bare.lower() in {"general", "@"}:
        return "text"
    if number in _PERCENT or "%" in bare:
        return "percent"
    return "text" if re.search("[dmyhs年月日]", bare, re.IGNORECASE) else "number"
