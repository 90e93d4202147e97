"""Projects, units and the department: scores summed over levels, money summed over projects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from docgen.figures.acceptance import Acceptance
from docgen.figures.arithmetic import Write, difference, entered, quotient, strict_total, total
from docgen.figures.execution import execution_by_rule, execution_score, funding_total, sources_of
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.levels import Slot, grade_of, grouped, mean, sums
from docgen.figures.results import (
    IndicatorResult,
    Level1Result,
    Level2Result,
    ProjectResult,
    Score,
    Totals,
    UnitResult,
)
from docgen.figures.scoring import Scored, score_row
from docgen.model import Indicator, Project, Unit
from docgen.packs import Layout, Norms


def project_result(
    project: Project, layout: Layout, norms: Norms, accepted: Acceptance, write: Write
) -> ProjectResult:
    """Everything computed for one project."""
    sources = sources_of(project, write)
    funds = funding_total(project, sources.values(), write)
    by_rule = execution_by_rule(funds.execution_rate, norms)
    execution = execution_score(project, by_rule, norms, accepted)
    levels = indicator_levels(
        project.indicators, layout.project_levels, lambda row: score_row(row, norms, accepted)
    )
    execution_points = Figure(norms.execution_points, "")
    points = strict_total([execution_points, *(level.points for level in levels)])
    score = strict_total([execution, *(level.score for level in levels)]) if levels else UNKNOWN
    return ProjectResult(
        project=project,
        total=funds,
        sources=sources,
        execution_score=execution,
        execution_by_rule=by_rule,
        levels=levels,
        points=points,
        total_score=score,
        grade=grade_of(score, norms),
        unspent=difference(funds.annual_budget, funds.annual_spending, write),
        indicator_score=strict_total(level.score for level in levels),
    )


def _names(indicator: Indicator) -> tuple[str, str]:
    return indicator.level1.otherwise(""), indicator.level2.otherwise("")


def scored(indicator: Indicator) -> Scored:
    """What an entered indicator asks and claims."""
    return Scored(
        indicator.level2.otherwise(""),
        indicator.target,
        indicator.actual,
        indicator.points,
        indicator.score,
        indicator.tier,
    )


def indicator_levels(
    indicators: Iterable[Indicator],
    levels: Mapping[str, tuple[str, ...]],
    score: Callable[[Scored], Score],
) -> tuple[Level1Result, ...]:
    """Indicators under the levels of a form, each with its score."""
    tree = grouped(indicators, _names, levels)
    return tuple(_level1(slot.name, tuple(_level2(inner, score) for inner in slot.items)) for slot in tree)


def _level1(name: str, levels: tuple[Level2Result, ...]) -> Level1Result:
    live = [level for level in levels if not _is_blank(level)]
    added = sums((level.points for level in live), (level.score for level in live))
    return Level1Result(name, levels, added.points, added.score, added.score_rate)


def _is_blank(level: Level2Result) -> bool:
    return all(scored(row.indicator).is_blank for row in level.rows)


def _level2(slot: Slot[Indicator], score: Callable[[Scored], Score]) -> Level2Result:
    cells = [scored(indicator) for indicator in slot.items]
    rows = tuple(
        IndicatorResult(indicator, score(row), number)
        for number, (indicator, row) in enumerate(zip(slot.items, cells, strict=True), 1)
    )
    live = [result for result, row in zip(rows, cells, strict=True) if not row.is_blank]
    added = sums((entered(row.indicator.points) for row in live), (row.score.figure for row in live))
    return Level2Result(slot.name, rows, added.points, added.score, added.score_rate)


def totals_of(projects: Sequence[ProjectResult], write: Write) -> Totals:
    """Money added over projects in 元, rates of the sums, the mean of the scores."""
    initial = total((project.total.initial_budget for project in projects), write)
    budget = total((project.total.annual_budget for project in projects), write)
    spending = total((project.total.annual_spending for project in projects), write)
    return Totals(
        initial_budget=initial,
        annual_budget=budget,
        annual_spending=spending,
        execution_rate=quotient(spending, budget, write),
        initial_completion=quotient(spending, initial, write),
        unspent=difference(budget, spending, write),
        average_score=mean(project.total_score for project in projects),
    )


def unit_results(
    units: Iterable[Unit], projects: Iterable[ProjectResult], write: Write
) -> tuple[UnitResult, ...]:
    """The units that have projects, each with its own, both in the order of their sheets."""
    owned: dict[str, list[ProjectResult]] = {}
    for project in projects:
        owned.setdefault(project.project.unit.otherwise(""), []).append(project)
    return tuple(
        UnitResult(unit, tuple(owned[name]), totals_of(owned[name], write))
        for unit in units
        if (name := unit.name.otherwise("")) and name in owned
    )
