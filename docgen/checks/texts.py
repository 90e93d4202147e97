"""Every text of a filing that reaches a page, with its cell: what the N rules read."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.checks.case import Case
from docgen.model import Entered, Indicator, Undertaking

PROJECT_TEXTS = (
    "name",
    "expected",
    "achieved",
    "usage",
    "results",
    "next_steps",
    "deviation_reason",
    "adjustment_reason",
)


def reasons(case: Case) -> Iterator[Entered[str]]:
    """Every written reason of something that needs one: a deduction, a deviation, a change."""
    for project in case.figures.projects:
        if project.total.execution_rate.value != 1:
            yield project.project.deviation_reason
        if project.total.initial_budget.value != project.total.annual_budget.value:
            yield project.project.adjustment_reason
    for row in case.rows:
        if row.result.figure.value != row.points.value or row.result.over.is_known:
            yield row.deviation_reason
    for line in case.filing.sangong:
        yield line.reason


def texts(case: Case) -> Iterator[Entered[str]]:
    """Every text cell that is filled, in the order of the sheets."""
    for cell in _cells(case):
        if cell.value and cell.value.strip():
            yield cell


def _cells(case: Case) -> Iterator[Entered[str]]:
    filing = case.filing
    yield filing.department.name
    for unit in filing.units:
        yield unit.name
    for project in filing.projects:
        yield from (getattr(project, name) for name in PROJECT_TEXTS)
        for entry in project.indicators:
            yield from _of_indicator(entry)
    for undertaking in filing.undertakings:
        yield undertaking.name
        yield undertaking.content
        yield from _of_indicator(undertaking)
    for entry in filing.overall:
        yield from _of_indicator(entry)
    for narrative in filing.narratives:
        yield narrative.text


def _of_indicator(entry: Indicator | Undertaking) -> Iterator[Entered[str]]:
    if isinstance(entry, Indicator):
        yield entry.level3
    yield entry.deviation_reason
    yield entry.comment
