"""Every text of a filing that reaches a page, with its cell: what the N rules read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from docgen.model import Entered, Filing, Indicator, Undertaking
from docgen.model.department_report import DepartmentReport
from docgen.model.transfer import Transfer

if TYPE_CHECKING:
    from docgen.checks.case import Case

A_YEAR = re.compile(r"[12][09]\d\d")  # what every pattern of a year begins with
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
        differs = row.result.figure.value != row.points.value and not row.is_extra
        if differs or row.result.over.is_known:
            yield row.deviation_reason
    for line in case.filing.sangong:
        yield line.reason
    for cost in case.filing.final_accounts.running_costs:
        yield cost.reason
    for category in case.filing.final_accounts.categories:
        yield category.reason
    yield from _reasons_of_report(case)


def _reasons_of_report(case: Case) -> Iterator[Entered[str]]:
    report = case.filing.report
    yield from (line.reason for line in report.nontax if line.plan.value != line.last_year.value)
    yield from (line.reason for line in report.guarantees if line.arranged.value != line.spent.value)
    yield from (quarter.line.reason for quarter in case.figures.report.quarters if quarter.is_met is False)
    for goal in case.figures.report.goals:
        yield from (row.indicator.deviation_reason for row in goal.rows if row.is_met is False)


@dataclass(frozen=True)
class Texts:
    """Text cells that are filled, and one page of all they say, a cell after the other.

    Many rules look for something that hardly any cell holds: they search the page, not cell by cell.
    """

    cells: tuple[Entered[str], ...]

    @cached_property
    def page(self) -> str:
        """What the cells say, each beginning a line of its own."""
        return "\n".join(cell.otherwise("") for cell in self.cells)

    @cached_property
    def _starts(self) -> list[int]:
        """Where on the page each cell begins, and where a further one would."""
        return [0, *accumulate(len(cell.otherwise("")) + 1 for cell in self.cells)]

    def matching(self, pattern: re.Pattern[str]) -> Iterator[tuple[Entered[str], re.Match[str]]]:
        """The cells in which ``pattern`` finds something, with the first it finds.

        On the page it must find at least what it finds in the cell alone: it may ask what stands at the
        beginning or end of a line, but not at the beginning or end of the whole text.
        """
        cell = 0
        while cell < len(self.cells) and (on_page := pattern.search(self.page, self._starts[cell])):
            cell = bisect_right(self._starts, on_page.start(), hi=len(self.cells)) - 1
            found = pattern.search(self.cells[cell].otherwise(""))
            if found:
                yield self.cells[cell], found
            cell += 1


def texts(case: Case) -> Sequence[Entered[str]]:
    """Every text cell that is filled, in the order of the sheets."""
    return case.texts.cells


def matching(case: Case, pattern: re.Pattern[str]) -> Iterator[tuple[Entered[str], re.Match[str]]]:
    """The text cells in which ``pattern`` finds something, as ``Texts.matching``."""
    return case.texts.matching(pattern)


def texts_in(filing: Filing) -> Texts:
    """What a case finds once and keeps, for many rules read all of it."""
    return Texts(tuple(cell for cell in _cells(filing) if cell.value and cell.value.strip()))


def _cells(filing: Filing) -> Iterator[Entered[str]]:
    yield filing.department.name
    yield from filing.department.extras.values()
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
    yield from _of_accounts(filing)
    for transfer in filing.transfers:
        yield from _of_transfer(transfer)
    yield from _of_report(filing.report)


def _of_accounts(filing: Filing) -> Iterator[Entered[str]]:
    accounts = filing.final_accounts
    yield from (line.note for line in filing.accounts)
    yield from (line.reason for line in filing.sangong)
    yield from (line.content for line in filing.procurement)
    yield from (line.note for line in (*accounts.sangong_counts, *accounts.assets))
    yield from (line.use for line in (*accounts.sangong_uses, *accounts.asset_uses))
    yield from (line.reason for line in accounts.running_costs)
    yield from (line.reason for line in accounts.last_year)
    for category in accounts.categories:
        yield category.use
        yield category.reason
    yield from (line.name for line in accounts.project_changes)
    yield from (line.name for line in accounts.evaluations)
    yield from (item.name for item in accounts.cost_items)


def _of_report(report: DepartmentReport) -> Iterator[Entered[str]]:
    for line in report.functions:
        yield line.name
    yield from (line.note for line in report.asset_stock)
    yield from (line.use for line in report.acquisitions)
    for charge in report.nontax:
        yield from (charge.item, charge.reason)
    for guarantee in report.guarantees:
        yield from (guarantee.name, guarantee.reason)
    yield from (line.reason for line in report.quarters)
    for duty in report.duties:
        yield from (duty.duty, duty.activity, duty.goal)
    for entry in report.goal_indicators:
        yield from _of_indicator(entry)
    for problem in report.problems:
        yield from (problem.title, problem.content, problem.measure)
    for item in report.listed_items:
        yield from (item.name, item.content)
    yield from (line.name for line in report.past_evaluations)


def _of_transfer(transfer: Transfer) -> Iterator[Entered[str]]:
    yield from (transfer.name, transfer.expected, transfer.achieved, transfer.audit_findings)
    yield from (transfer.central_department, transfer.local_department, transfer.user_unit)
    for line in transfer.funding:
        yield from (line.documents, line.use, line.balance_reason)
    for row in transfer.management:
        yield from (row.status, row.problems)
    for entry in transfer.indicators:
        yield from _of_indicator(entry)


def _of_indicator(entry: Indicator | Undertaking) -> Iterator[Entered[str]]:
    if isinstance(entry, Indicator):
        yield entry.level3
        yield entry.qualitative_note
    yield entry.deviation_reason
    yield entry.comment
