"""指标值 and 完成值: a quantity that can be scored by rule, or a statement that a person judges."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class Comparison(Enum):
    """The relation a 指标值 demands; ``NONE`` when only a number is written."""

    MORE = ">"
    AT_LEAST = "≥"
    EQUAL = "="
    AT_MOST = "≤"
    LESS = "<"
    NONE = ""

    @property
    def is_upper_limit(self) -> bool:
        """Whether a smaller result is the better one (反向指标)."""
        return self in {Comparison.AT_MOST, Comparison.LESS}


@dataclass(frozen=True, slots=True)
class Quantity:
    """``≥95%`` → at least, 0.95, "%"; ``<10万元`` → less, 100000, "元".

    ``number`` is in the base unit of ``measure`` (percentages as fractions of one, 万元 as 元), so that
    two quantities of one measure can be compared; ``text`` is what the clerk typed, tidied.
    """

    comparison: Comparison
    number: Decimal
    measure: str
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """``符合标准``, ``8月31日前``, ``固话3台，专网8条``: words, not one number."""

    text: str


Target = Quantity | Statement
