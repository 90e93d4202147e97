"""Sums, differences and quotients of figures, each with its working in the clerk's own signs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeVar

from docgen.figures.figure import UNKNOWN, Figure
from docgen.finding import Place
from docgen.model import Entered
from docgen.quantity import HUNDRED, ZERO, MoneyUnit, plain, rounded

Write = Callable[[Decimal], str]
N = TypeVar("N", bound=Decimal)
_LONGEST_SUM = 30
_PERCENT_PLACES = 4


def money(unit: MoneyUnit) -> Write:
    """How amounts in 元 are written in the workbook's own unit: ``16.06``."""
    per_unit = unit.in_yuan
    return lambda amount: plain(amount / per_unit)


def percent(rate: Decimal) -> str:
    """A fraction as a percentage of at most four decimals: ``0.803`` → ``80.3%``, 1÷3 → ``33.3333%``."""
    return f"{plain(rounded(rate * HUNDRED, _PERCENT_PLACES))}%"


def entered(cell: Entered[N], write: Write = plain) -> Figure:
    """The figure of one cell. A blank cell is blank; an unreadable one poisons every sum it belongs to."""
    if cell.value is None:
        return Figure(None, "无法读取", (cell.place,)) if cell.text.strip() else UNKNOWN
    return Figure(cell.value, write(cell.value), (cell.place,))


def total(figures: Iterable[Figure], write: Write = plain) -> Figure:
    """Σ of the figures that are not blank; unknown when one of them is, or when all are blank."""
    return _sum([figure for figure in figures if figure != UNKNOWN], write)


def strict_total(figures: Iterable[Figure], write: Write = plain) -> Figure:
    """Σ of all figures; unknown as soon as one is blank."""
    return _sum(list(figures), write)


def _sum(terms: list[Figure], write: Write) -> Figure:
    if not terms:
        return UNKNOWN
    values = [term.value for term in terms if term.value is not None]
    sources = tuple([place for term in terms for place in term.sources])
    if len(values) < len(terms):
        return Figure(None, "缺项", sources)
    return Figure(sum(values, ZERO), _addition([write(value) for value in values]), sources)


def _addition(terms: list[str]) -> str:
    if len(terms) > _LONGEST_SUM:
        return "+".join([*terms[:3], "…", terms[-1]]) + f"（共{len(terms)}项）"
    return "+".join(terms)


def difference(minuend: Figure, subtrahend: Figure, write: Write = plain) -> Figure:
    """``minuend`` − ``subtrahend``."""
    if minuend.value is None or subtrahend.value is None:
        return UNKNOWN
    how = f"{write(minuend.value)}−{write(subtrahend.value)}"
    return Figure(minuend.value - subtrahend.value, how, together(minuend, subtrahend))


def quotient(dividend: Figure, divisor: Figure, write: Write = plain) -> Figure:
    """``dividend`` ÷ ``divisor``, exact; unknown over zero or less, with the working kept."""
    if dividend.value is None or divisor.value is None:
        return UNKNOWN
    how = f"{write(dividend.value)}÷{write(divisor.value)}"
    sources = together(dividend, divisor)
    if divisor.value <= 0:
        return Figure(None, how, sources)
    return Figure(dividend.value / divisor.value, how, sources)


def together(*figures: Figure) -> tuple[Place, ...]:
    """The source cells of several figures, each once."""
    return tuple(dict.fromkeys([place for figure in figures for place in figure.sources]))
