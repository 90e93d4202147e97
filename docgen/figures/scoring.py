"""The score of one indicator: by the comparison its target demands and the method the pack names."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from docgen.figures.acceptance import INDICATOR_SCORE, Acceptance
from docgen.figures.arithmetic import percent
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.results import Score
from docgen.finding import Place
from docgen.model import Comparison, Entered, Quantity, Target
from docgen.packs import Norms
from docgen.quantity import ZERO, Points, plain, rounded

PERCENT = "%"


class Scored(NamedTuple):
    """What one row asks and claims, whether entered as an indicator or made from a goal or task."""

    level2: str
    target: Entered[Target]
    actual: Entered[Target]
    points: Entered[Points]
    score: Entered[Points]
    tier: Entered[str]

    @property
    def is_blank(self) -> bool:
        """Whether the row only keeps a place on the form (生态效益 without target, result and points)."""
        cells = (self.target, self.actual, self.points, self.score)
        return not any(cell.is_given or cell.text.strip() for cell in cells)


def comparable(target: Target | None, actual: Target | None) -> tuple[Quantity, Quantity] | None:
    """Both as quantities of one measure; None where a person has to judge.

    A result typed without its measure is taken in the target's, except for rates and money, where ``98`` may
    mean 98 % or 98 times as much.
    """
    if not isinstance(target, Quantity) or not isinstance(actual, Quantity):
        return None
    bare = not actual.measure and target.measure != PERCENT and "元" not in target.measure
    return (target, actual) if bare or actual.measure == target.measure else None


def demanded(target: Quantity, level2: str, norms: Norms) -> Comparison:
    """The comparison a target means; a bare number means at least, at most for costs, none for zero."""
    if target.comparison is not Comparison.NONE:
        return target.comparison
    if level2 in norms.upper_limit_level2:
        return Comparison.AT_MOST
    return Comparison.EQUAL if target.number == 0 else Comparison.AT_LEAST


def number_text(quantity: Quantity) -> str:
    """The number as it stands in a working: ``92%``, ``71400``."""
    return percent(quantity.number) if quantity.measure == PERCENT else plain(quantity.number)


def is_met(comparison: Comparison, target: Decimal, actual: Decimal) -> bool:
    """Whether the result satisfies the comparison; an equal target is met by more, zero only by none."""
    if comparison is Comparison.EQUAL and target == 0:
        return actual <= 0
    return {
        Comparison.MORE: actual > target,
        Comparison.LESS: actual < target,
        Comparison.AT_MOST: actual <= target,
    }.get(comparison, actual >= target)


def earned_share(comparison: Comparison, target: Decimal, actual: Decimal, norms: Norms) -> Decimal | None:
    """The share of the points an unmet target still earns, at most one; None below a negative target."""
    if target < 0:
        return None
    if actual == target:
        return Decimal(1)
    if target == 0:
        return ZERO
    if not comparison.is_upper_limit:
        return max(actual, ZERO) / target
    if norms.reverse_method == "linear_2x":
        return max(1 - (actual - target) / target, ZERO)
    return target / actual if norms.reverse_method == "ratio_t_over_a" else ZERO


def _working(
    comparison: Comparison, target: Quantity, actual: Quantity, points: Decimal, norms: Norms
) -> str:
    wanted, got, full = number_text(target), number_text(actual), plain(points)
    if (
        actual.number <= 0
        or target.number <= 0
        or (comparison.is_upper_limit and norms.reverse_method == "all_or_nothing")
    ):
        return f"{full}×0"
    if not comparison.is_upper_limit:
        return f"{full}×{got}÷{wanted}"
    if norms.reverse_method == "ratio_t_over_a":
        return f"{full}×{wanted}÷{got}"
    return f"{full}×(1−({got}−{wanted})÷{wanted})"


def _excess(comparison: Comparison, target: Quantity, actual: Quantity, sources: tuple[Place, ...]) -> Figure:
    """By how much a result is better than its target, as a share of the target."""
    wanted, got = number_text(target), number_text(actual)
    gain = actual.number - target.number
    if comparison.is_upper_limit:
        gain, wanted, got = -gain, got, wanted
    if target.number <= 0 or gain <= 0:
        return UNKNOWN
    how = f"({got}−{wanted})÷{number_text(target)}"
    return Figure(gain / target.number, how, sources)


def score_row(row: Scored, norms: Norms, accepted: Acceptance) -> Score:
    """The score of a row: the rule's where there is one, else the person's."""
    pair = comparable(row.target.value, row.actual.value)
    points = row.points.value
    if pair is None or points is None or points < 0:
        return _judged(row, norms)
    target, actual = pair
    comparison = demanded(target, row.level2, norms)
    sources = (row.target.place, row.actual.place, row.points.place)
    met = is_met(comparison, target.number, actual.number)
    over = _excess(comparison, target, actual, sources)
    share = Decimal(1) if met else earned_share(comparison, target.number, actual.number, norms)
    if share is None:
        return _judged(row, norms, met=met)
    if met:
        by_rule = Figure(points, f"{number_text(actual)}达到{target.text}，{plain(points)}", sources)
    else:
        value = min(rounded(points * share, norms.score_places), points)
        by_rule = Figure(value, _working(comparison, target, actual, points, norms), sources)
    claim = row.score.value
    if claim is None or claim == by_rule.value or not ZERO <= claim <= points:
        return Score(by_rule, by_rule, "rule", met, over)
    if not accepted.covers(INDICATOR_SCORE, row.score.place):
        return Score(by_rule, by_rule, "rule", met, over)
    return Score(Figure(claim, "核实说明", (row.score.place,)), by_rule, "accepted", met, over)


def met_row(row: Scored, norms: Norms) -> Score:
    """Whether a row of a form that gives no points meets its target, and by how much it exceeds it."""
    pair = comparable(row.target.value, row.actual.value)
    if pair is None:
        return _judged(row, norms)
    target, actual = pair
    comparison = demanded(target, row.level2, norms)
    met = is_met(comparison, target.number, actual.number)
    over = _excess(comparison, target, actual, (row.target.place, row.actual.place))
    return Score(UNKNOWN, UNKNOWN, "unknown", met, over)


def judged_extra(row: Scored, norms: Norms) -> Score:
    """What a person entered for a bonus or a deduction: never by rule, and within 分值 where there is one."""
    return _judged(row if row.points.is_given else row._replace(points=row.score), norms)


def _judged(row: Scored, norms: Norms, *, met: bool | None = None) -> Score:
    if row.tier.value is not None and norms.tiers:
        met = row.tier.value == norms.tiers[0].name
    claim, points = row.score.value, row.points.value
    if claim is None or points is None:
        return Score(UNKNOWN, UNKNOWN, "unknown", met, UNKNOWN)
    value = max(min(claim, points), ZERO)
    return Score(Figure(value, "自评打分", (row.score.place,)), UNKNOWN, "judged", met, UNKNOWN)
