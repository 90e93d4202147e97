"""What the look of a cell says about how its text is written: number or text, wrapped or not, how large."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

M = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_GENERAL, _TEXT = 0, 49
_PERCENT = {9, 10}
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_FORMATS = f"{{{M}}}numFmts/{{{M}}}numFmt"
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)(?:\.[0-9]+)?")
_OPTIONAL = re.compile(r"0\.(#+)%")
_FIRST_OWN = 164  # format numbers below belong to Excel
_LOST = 2  # narrow characters
_LONGEST = 15  # characters; Excel keeps 15 digits of a number, anything longer stays as it is shown
_LINE = Decimal("1.45")  # line height ÷ font size, of the tallest font a form may be shown in, rounded up
_MARGIN = 40  # tenths of a point above and below the text
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
    codes = {int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in styles.iterfind(_FORMATS)}
    sizes = list(_sizes(styles))
    formats = styles.find(m("cellXfs"))
    return [_look(one, codes, sizes) for one in (formats if formats is not None else ())]


def exact_percents(styles: etree._Element) -> dict[int, tuple[int, ...]]:
    """For each cell format that leaves decimals open (`0.##%`), formats with exactly 0, 1, 2 … of them.

    Excel would print `100.%`; the page says how many decimals there are. The formats are added to `styles`.
    """
    formats = styles.find(m("cellXfs"))
    known = {one.get("formatCode", ""): one.get("numFmtId", "") for one in styles.iterfind(_FORMATS)}
    open_ones = {known[code]: len(found[1]) for code in known if (found := _OPTIONAL.fullmatch(code))}
    exact: dict[int, tuple[int, ...]] = {}
    for index, one in enumerate(list(formats) if formats is not None else ()):
        most = open_ones.get(one.get("numFmtId", ""))
        if most is not None and formats is not None:
            exact[index] = tuple(_exact(styles, formats, one, places) for places in range(most + 1))
    return exact


def _exact(styles: etree._Element, formats: etree._Element, one: etree._Element, places: int) -> int:
    """The number of a copy of a cell format that prints `places` decimals of a percentage."""
    copied = deepcopy(one)
    copied.set("numFmtId", _format_number(styles, f"0.{'0' * places}%" if places else "0%"))
    copied.set("applyNumberFormat", "1")
    formats.append(copied)
    formats.set("count", str(len(formats)))
    return len(formats) - 1


def _format_number(styles: etree._Element, code: str) -> str:
    codes = styles.find(m("numFmts"))
    if codes is None:
        return "9"
    for one in codes:
        if one.get("formatCode") == code:
            return one.get("numFmtId", "")
    number = str(max([_FIRST_OWN - 1, *(int(one.get("numFmtId", "0")) for one in codes)]) + 1)
    etree.SubElement(codes, m("numFmt"), numFmtId=number, formatCode=code)
    codes.set("count", str(len(codes)))
    return number


def number_of(shown: str, *, is_percent: bool) -> str | None:
    """The number a shown string stands for, as Excel stores it; None when it is text."""
    text = shown
    if text[-1:] == "%" and is_percent:
        text = text[:-1]
    elif is_percent:
        return None
    if not _NUMBER.fullmatch(text) or len(text) > _LONGEST:
        return None
    plain = text.replace(",", "")
    return _hundredth(plain) if is_percent else plain


def _hundredth(number: str) -> str:
    """The number with its point moved two places to the left."""
    return f"{Decimal(number).scaleb(-2).normalize():f}"


def lines_needed(text: str, room: int) -> int:
    """How many lines a text takes where `room` narrow characters fit; a wide character counts two."""
    return sum(_lines(_breadth(line), room) for line in text.split("\n"))


def _lines(breadth: int, room: int) -> int:
    """Lines of one paragraph: broken lines lose a wide character, as no line may begin with 。 or ，."""
    return 1 if breadth <= room else -(-breadth // max(room - _LOST, 1))


def line_height(look: Look) -> int:
    """The height of one line, in tenths of a point."""
    return int(look.size * _LINE * 10)


def height_of(lines: int, one: int) -> int:
    """The height of that many lines, with room above and below, in tenths of a point."""
    return lines * one + _MARGIN


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
