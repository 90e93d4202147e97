"""The department's goals with their unscored indicators, and the items a report counts and lists."""

from __future__ import annotations

from decimal import Decimal

from docgen.figures.arithmetic import quotient
from docgen.figures.books import Books
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.monitoring import counted
from docgen.figures.report_results import GoalIndicatorResult, GoalResult, ListedGroup
from docgen.figures.scoring import comparable, demanded, met_row, number_text
from docgen.figures.totals import scored
from docgen.model import Indicator, Quantity, Statement, Undertaking, UndertakingKind
from docgen.model.department_report import ListedItem
from docgen.packs import Layout, Norms

_WHOLE = Decimal(1)


def goals_of(books: Books) -> tuple[GoalResult, ...]:
    """The goals of 整体目标与任务 in the order of the sheet, each with the indicators that name it."""
    indicators: tuple[Indicator, ...] = books.filing.report.goal_indicators
    return tuple(
        _goal(books, goal, [each for each in indicators if each.project.value == goal.name.value])
        for goal in books.filing.undertakings
        if goal.kind.value is UndertakingKind.GOAL
    )


def _goal(books: Books, goal: Undertaking, indicators: list[Indicator]) -> GoalResult:
    rows = tuple(goal_indicator(each, books.norms) for each in indicators if each.project.is_given)
    met = [row.is_met for row in rows]
    if False in met:
        return GoalResult(goal, rows, is_met=False)
    known = met and None not in met and books.filing.is_whole("goal_indicators")
    return GoalResult(goal, rows, is_met=True if known else None)


def goal_indicator(indicator: Indicator, norms: Norms) -> GoalIndicatorResult:
    """How far an indicator was reached, where target and actual compare, and whether it was met.

    A statement is met by the same statement, or by the first 完成档次. Another statement tells nothing by
    itself; where the clerk wrote why it was not reached, it was not.
    """
    target, actual = indicator.target.value, indicator.actual.value
    met = met_row(scored(indicator), norms).is_met
    if met is None and isinstance(target, Statement) and isinstance(actual, Statement):
        met = True if target == actual else _unless_excused(indicator)
    pair = comparable(target, actual)
    figure = UNKNOWN if pair is None else _completion(indicator, pair, norms)
    return GoalIndicatorResult(indicator, figure, met)


def _unless_excused(indicator: Indicator) -> bool | None:
    return False if indicator.deviation_reason.otherwise("").strip() else None


def _completion(indicator: Indicator, pair: tuple[Quantity, Quantity], norms: Norms) -> Figure:
    """实际÷目标; below an upper limit 100 %, above it 目标÷实际; so too for a target of zero."""
    target, actual = pair
    sources = (indicator.target.place, indicator.actual.place)
    wanted, got = Figure(target.number, "", sources[:1]), Figure(actual.number, "", sources[1:])
    is_limit = demanded(target, indicator.level2.otherwise(""), norms).is_upper_limit
    if is_limit or target.number <= 0:
        if met_row(scored(indicator), norms).is_met:
            return Figure(_WHOLE, f"{number_text(actual)}达到{target.text}", sources)
        return quotient(wanted, got) if is_limit else UNKNOWN
    return quotient(got, wanted)


def listed_groups(books: Books, layout: Layout) -> dict[str, ListedGroup]:
    """事项清单 by category: every one the pack offers, in its order, even without an item."""
    sheet = layout.used_sheets.get("listed_items")
    if sheet is None:
        return {}
    items: tuple[ListedItem, ...] = books.filing.report.listed_items
    return {name: _listed(books, name, items) for name in sheet.columns["category"].choices}


def _listed(books: Books, category: str, items: tuple[ListedItem, ...]) -> ListedGroup:
    own = tuple(item for item in items if item.category.value == category)
    whole = books.filing.is_whole("listed_items")
    count = counted(len(own), [item.name for item in own]) if whole else UNKNOWN
    amount = books.added(own, "amount") if whole else UNKNOWN
    return ListedGroup(category, count, amount, own)
