"""Transfers (转移支付): funds by source, rates, balances, and the indicators in the order of the form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docgen.figures.arithmetic import Write, difference, entered, quotient, total
from docgen.figures.figure import Figure
from docgen.figures.final_results import TransferFundingResult, TransferResult
from docgen.figures.scoring import met_row
from docgen.figures.totals import indicator_levels
from docgen.model.transfer import Transfer, TransferFunding
from docgen.packs import Layout, Norms

_AMOUNTS = ("annual_budget", "annual_spending", "arrived")


def transfer_result(transfer: Transfer, layout: Layout, norms: Norms, write: Write) -> TransferResult:
    """Everything computed for one transfer; its indicators carry no points, so only whether they are met."""
    lines: dict[str, list[TransferFunding]] = {}
    for line in transfer.funding:
        lines.setdefault(line.source.otherwise(""), []).append(line)
    sources = {source: _source(source, rows, write) for source, rows in lines.items()}
    return TransferResult(
        transfer=transfer,
        total=_total(sources.values(), write),
        sources=sources,
        levels=indicator_levels(transfer.indicators, layout.transfer_levels, lambda row: met_row(row, norms)),
        audit_findings=transfer.audit_findings,
    )


def _source(source: str, lines: Sequence[TransferFunding], write: Write) -> TransferFundingResult:
    columns = {name: total((_amount(line, name, write) for line in lines), write) for name in _AMOUNTS}
    return _with_rates(source, lines[0], columns, write)


def _amount(line: TransferFunding, name: str, write: Write) -> Figure:
    """An amount of a row; 实际到位数 left blank means arrived in full."""
    cell = getattr(line, name)
    if name == "arrived" and not cell.is_given and not cell.text.strip():
        cell = line.annual_budget
    return entered(cell, write)


def _total(sources: Iterable[TransferFundingResult], write: Write) -> TransferFundingResult:
    parts = list(sources)
    columns = {name: total((getattr(part, name) for part in parts), write) for name in _AMOUNTS}
    return _with_rates("", None, columns, write)


def _with_rates(
    source: str, line: TransferFunding | None, columns: dict[str, Figure], write: Write
) -> TransferFundingResult:
    budget, spending = columns["annual_budget"], columns["annual_spending"]
    return TransferFundingResult(
        source=source,
        line=line,
        **columns,
        execution_rate=quotient(spending, budget, write),
        arrival_rate=quotient(columns["arrived"], budget, write),
        balance=difference(budget, spending, write),
    )
