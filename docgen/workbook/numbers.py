"""Numbers as clerks write them: ``1,234.50``, ``１２３４．５``, ``16.06万元``, ``80.3%``."""

from __future__ import annotations

import re
from decimal import Decimal

from docgen.quantity import HUNDRED
from docgen.workbook.folding import packed

NUMBER = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[-+]?\.\d+"
_NUMBER = re.compile(NUMBER)
_AMOUNT = re.compile(rf"(?:人民币)?[¥￥]?({NUMBER})(元|千元|百元|万元?|亿元?)?(?:人民币)?")
_IN_YUAN = {"元": 1, "百元": 100, "千元": 1000, "万": 10**4, "万元": 10**4, "亿": 10**8, "亿元": 10**8}
_RATIO = re.compile(rf"({NUMBER})([%‰]|百分比)?|百分之({NUMBER})")
_NOTHING = {"-", "--", "—", "——", "–", "/", "\\"}
_STROKES = "-－—–/／\\"


def is_dash(text: str) -> bool:
    """Whether the text is a stroke that stands for nothing, as forms print it."""
    return text.lstrip()[:1] in _STROKES and packed(text) in _NOTHING


def decimal(digits: str) -> Decimal:
    """A number matched by ``NUMBER``."""
    return Decimal(digits.replace(",", ""))


def number(text: str, *measures: str) -> Decimal | None:
    """A bare number, or one followed by any of ``measures``; None for anything else."""
    match = _NUMBER.match(tidy := packed(text))
    return decimal(match[0]) if match and tidy[match.end() :] in {"", *measures} else None


def amount(text: str) -> tuple[Decimal, int] | None:
    """An amount as number and 元 per written unit (0 when no unit is written); None for anything else."""
    match = _AMOUNT.fullmatch(packed(text))
    if match is None:
        return None
    return decimal(match[1]), _IN_YUAN[match[2]] if match[2] else 0


def ratio(text: str) -> tuple[Decimal, bool] | None:
    """``80.3%`` → 0.803 and True; ``0.803`` → itself and False, as no sign says it is a share."""
    match = _RATIO.fullmatch(packed(text))
    if match is None:
        return None
    if match[3]:
        return decimal(match[3]) / HUNDRED, True
    value = decimal(match[1])
    if match[2] == "‰":
        return value / (HUNDRED * 10), True
    return (value / HUNDRED, True) if match[2] else (value, False)
