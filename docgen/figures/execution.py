"""A project's funds: totals from the rows of its sources, execution rates, the execution score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from docgen.figures.acceptance import EXECUTION_SCORE, Acceptance
from docgen.figures.arithmetic import Write, difference, entered, percent, quotient, total
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.results import FundingResult
from docgen.model import Entered, FundingLine, Project
from docgen.packs import Norms
from docgen.quantity import ZERO, Points, Yuan, plain, rounded

AMOUNTS = ("initial_budget", "declared", "prepared", "annual_budget", "annual_spending")


def funding_of(source: str, lines: Sequence[FundingLine], write: Write) -> FundingResult:
    """The amounts of one source (several rows of it are added) and its rates."""
    columns = {name: total((_amount(line, name, write) for line in lines), write) for name in AMOUNTS}
    return _with_rates(source, lines[0] if lines else None, columns, write)


def _amount(line: FundingLine, name: str, write: Write) -> Figure:
    """An amount of a row; a form without 年初预算数 means its 预算编制数 by it."""
    cell: Entered[Yuan] = getattr(line, name)
    if name == "initial_budget" and not cell.text.strip() and not cell.is_given:
        cell = line.prepared
    return entered(cell, write)


def _with_rates(
    source: str, line: FundingLine | None, columns: dict[str, Figure], write: Write
) -> FundingResult:
    spending = columns["annual_spending"]
    return FundingResult(
        source=source,
        line=line,
        **columns,
        execution_rate=quotient(spending, columns["annual_budget"], write),
        initial_completion=quotient(spending, columns["initial_budget"], write),
        balance=difference(columns["annual_budget"], spending, write),
    )


def sources_of(project: Project, write: Write) -> dict[str, FundingResult]:
    """The sources a project has rows for, in the order of the sheet."""
    lines: dict[str, list[FundingLine]] = {}
    for line in project.funding:
        lines.setdefault(line.source.otherwise(""), []).append(line)
    return {source: funding_of(source, rows, write) for source, rows in lines.items()}


def funding_total(project: Project, sources: Iterable[FundingResult], write: Write) -> FundingResult:
    """年度资金总额, column by column: Σ of the sources, or what its own row says where they are blank."""
    parts = list(sources)
    columns = {}
    for name in AMOUNTS:
        summed = total((getattr(part, name) for part in parts), write)
        own = _amount(project.total, name, write) if project.total else UNKNOWN
        columns[name] = own if summed == UNKNOWN else summed
    label = project.total.source.otherwise("") if project.total else ""
    return _with_rates(label, project.total, columns, write)


def execution_by_rule(rate: Figure, norms: Norms) -> Figure:
    """The execution score the norms give, in 分: points × rate (linear) or the share of the band."""
    if rate.value is None:
        return UNKNOWN
    points = norms.execution_points
    share = min(max(rate.value, ZERO), Decimal(1))
    if norms.execution_method == "banded":
        reached = [band for band in norms.execution_bands if band.floor <= rate.value]
        share = max(reached, key=lambda band: band.floor).share if reached else ZERO
        how = f"{plain(points)}×{percent(share)}"
    elif rate.value > 1:
        how = f"{rate.how}超过100%，{plain(points)}"
    else:
        how = f"{plain(points)}×{rate.how}"
    return Figure(rounded(points * share, norms.score_places), how, rate.sources)


def execution_claim(project: Project) -> Entered[Points]:
    """The execution score the clerk entered: on the row 年度资金总额, or on the only row there is."""
    if project.total is not None:
        return project.total.score
    return project.funding[0].score if len(project.funding) == 1 else Entered()


def execution_score(project: Project, by_rule: Figure, norms: Norms, accepted: Acceptance) -> Figure:
    """The score that counts: the rule's, or the clerk's where it was accepted or where no rule applies."""
    claim = execution_claim(project)
    if claim.value is None or not ZERO <= claim.value <= norms.execution_points:
        return by_rule
    if by_rule.value is None:
        return Figure(claim.value, "自评打分", (claim.place,))
    if claim.value != by_rule.value and accepted.covers(EXECUTION_SCORE, claim.place):
        return Figure(claim.value, "核实说明", (claim.place,))
    return by_rule
