"""Amounts, rates and points: exact Decimals, rounded half-up, in one place.

Money is held in 元 (``Yuan``), rates as fractions of one (``Ratio``, 0.803 is 80.3 %), scores in 分
(``Points``). Nothing here knows a cell, a form or a province.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from enum import Enum
from functools import cache, lru_cache
from typing import NewType

Yuan = NewType("Yuan", Decimal)
Ratio = NewType("Ratio", Decimal)
Points = NewType("Points", Decimal)

ZERO = Decimal(0)
HUNDRED = Decimal(100)
_YUAN_PER_WAN = Decimal(10_000)
_USUAL_DIGITS = 28  # what decimal keeps unless told otherwise


class MoneyUnit(Enum):
    """The unit a workbook's amounts are typed in, declared once on its first sheet."""

    YUAN = "元"
    WAN = "万元"

    @property
    def in_yuan(self) -> Decimal:
        """How many 元 one unit is."""
        return _YUAN_PER_WAN if self is MoneyUnit.WAN else Decimal(1)


def rounded(value: Decimal, places: int) -> Decimal:
    """``value`` to ``places`` decimals, half-up: the only rounding in docgen. Any size of number will do."""
    digits = value.adjusted() + places + 2
    context = Context(prec=digits) if digits > _USUAL_DIGITS else None
    return value.quantize(_step(places), ROUND_HALF_UP, context)


@cache
def _step(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)


def yuan(value: Decimal, unit: MoneyUnit) -> Yuan:
    """An amount typed in ``unit``, in 元."""
    return Yuan(value * unit.in_yuan)


def in_unit(amount: Decimal, unit: MoneyUnit) -> Decimal:
    """An amount in 元 expressed in ``unit``; exact, not rounded."""
    return amount / unit.in_yuan


@lru_cache(maxsize=1024)
def plain(value: Decimal) -> str:
    """The shortest plain writing of a number: ``10``, ``7.14``, never ``1E+1`` nor ``-0``."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
