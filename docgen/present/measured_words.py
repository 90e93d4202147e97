"""指标值 and 完成值 taken apart for forms that print sign, number and unit each in its own way."""

from __future__ import annotations

import re

from docgen.model import Comparison, Entered, Quantity, Target
from docgen.present.texts import shown_target

_NUMBER = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?")


def sign_of(target: Entered[Target]) -> str:
    """The sign of a 指标值: ``≥``; blank for words and bare numbers."""
    return target.value.comparison.value if isinstance(target.value, Quantity) else ""


def wanted(target: Entered[Target]) -> str:
    """A 指标值 without its sign: ``17000吨``; words as they are."""
    return shown_target(target).removeprefix(sign_of(target)).strip()


def sign_and_unit(target: Entered[Target]) -> str:
    """What an 年初指标值 prints of a quantity: ``≤吨``, ``=%``; blank for words."""
    if not isinstance(target.value, Quantity):
        return ""
    return sign_of(target) + _NUMBER.sub("", wanted(target), count=1).strip()


def actual_of(target: Entered[Target], actual: Entered[Target]) -> str:
    """A 完成值 under the sign of its 指标值: ``≤0吨``; as it is where either is words."""
    shown = shown_target(actual)
    if not (isinstance(target.value, Quantity) and isinstance(actual.value, Quantity)):
        return shown
    bare = actual.value.comparison is Comparison.NONE
    return sign_of(target) + shown if bare else shown


def amount_of(actual: Entered[Target]) -> str:
    """A 完成值 for a sentence: with its unit, without a sign."""
    return shown_target(actual).removeprefix(sign_of(actual)).strip()


def asked(target: Entered[Target]) -> str:
    """A 指标值 for a sentence: an equals sign goes without saying."""
    shown = shown_target(target)
    return wanted(target) if sign_of(target) == Comparison.EQUAL.value else shown


def bare_number(actual: Entered[Target]) -> str:
    """The number of a 完成值 without sign and unit: ``10000``; words as they are."""
    shown = shown_target(actual)
    found = _NUMBER.search(shown) if isinstance(actual.value, Quantity) else None
    return found[0] if found else shown
