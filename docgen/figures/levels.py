"""Rows under their 二级 and 一级 indicators, in the order of the form, with the sums of each level."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from docgen.figures.arithmetic import quotient, strict_total
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.results import ProjectResult
from docgen.packs import Band, Norms
from docgen.quantity import Points

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sums:
    """Σ分值, Σ得分 and 得分率 of some rows or levels."""

    points: Figure
    score: Figure
    score_rate: Figure


def sums(points: Iterable[Figure], scores: Iterable[Figure]) -> Sums:
    """The sums of a level; unknown as soon as one part is."""
    full, earned = strict_total(points), strict_total(scores)
    return Sums(full, earned, quotient(earned, full))


@dataclass(frozen=True, slots=True)
class Slot(Generic[T]):
    """A 二级 (or 一级) name with what belongs to it."""

    name: str
    items: tuple[T, ...]


def grouped(
    items: Iterable[T], names: Callable[[T], tuple[str, str]], levels: Mapping[str, tuple[str, ...]]
) -> tuple[Slot[Slot[T]], ...]:
    """Items under 一级 and 二级: first in the order of the form, then unknown names in the order met."""
    tree: dict[str, dict[str, list[T]]] = {one: {two: [] for two in twos} for one, twos in levels.items()}
    for item in items:
        one, two = names(item)
        tree.setdefault(one, {}).setdefault(two, []).append(item)
    return tuple(
        Slot(one, tuple(Slot(two, tuple(rows)) for two, rows in twos.items() if rows))
        for one, twos in tree.items()
        if any(twos.values())
    )


def grade_of(total_score: Figure, norms: Norms) -> str:
    """The grade of a total score, lower bounds included; empty while the total is unknown."""
    if total_score.value is None:
        return ""
    return highest(total_score.value, norms.grades)


def highest(value: Decimal, bands: Iterable[Band]) -> str:
    """The name of the highest band that ``value`` reaches; empty below all of them."""
    reached = [band for band in bands if band.floor <= value]
    return max(reached, key=lambda band: band.floor).name if reached else ""


def level1_points_of(project: ProjectResult, norms: Norms) -> Mapping[str, Points]:
    """The 分值 that the 一级指标 of a project must add up to.

    A project that uses exactly the 一级指标 of one of ``level1_alternatives`` is held to that.
    """
    used = {level.name for level in project.levels}
    fitting = (each for each in norms.level1_alternatives if each.keys() == used)
    return norms.level1_points if norms.level1_points.keys() == used else next(fitting, norms.level1_points)


def mean(figures: Iterable[Figure]) -> Figure:
    """The mean, unrounded; unknown as soon as one value is."""
    terms = list(figures)
    summed = strict_total(terms)
    if summed.value is None:
        return UNKNOWN
    return Figure(summed.value / len(terms), f"({summed.how})÷{len(terms)}", summed.sources)
