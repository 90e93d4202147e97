"""Last year's amounts: from the record of last year's run where it has them, else as typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docgen.figures.arithmetic import Write, entered
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.final_results import FinalAccountsResult
from docgen.figures.report_results import Parts
from docgen.figures.results import Figures
from docgen.finding import Place
from docgen.model import Entered, Filing
from docgen.model.last_year import LastYear
from docgen.packs import Ledger, Pack
from docgen.quantity import Yuan

CATEGORY, CLOSING, PROJECT = "category.", "closing.", "project."
BALANCE, FUNCTION, NONTAX = "balance.", "function.", "nontax."
TOTALS = ("initial_budget", "annual_budget", "final", "surplus")


class Typed(NamedTuple):
    """An amount of last year that a sheet asks for: its key, what it is called, the cell."""

    key: str
    name: str
    sheet: str
    cell: Entered[Yuan]


def typed_amounts(filing: Filing, ledger: Ledger) -> Iterator[Typed]:
    """Every cell that asks for an amount of last year, blank ones too."""
    lines = filing.final_accounts
    for total in lines.last_year:
        yield Typed(
            ledger.last_year.get(said := total.item.otherwise(""), ""), said, "last_year", total.amount
        )
    for item in filing.sangong:
        yield Typed(ledger.sangong.get(said := item.item.otherwise(""), ""), said, "sangong", item.last_year)
    for cost in lines.running_costs:
        key = ledger.running_costs.get(said := cost.kind.otherwise(""), "")
        yield Typed(key, said, "running_costs", cost.last_year)
    for category in lines.categories:
        code = category.code.otherwise("")
        yield Typed(f"{CATEGORY}{code}", code, "categories", category.last_year)
    for project in lines.project_changes:
        name = project.name.otherwise("")
        yield Typed(f"{PROJECT}{name}", name, "project_changes", project.last_year)


def amount_before(key: str, cell: Entered[Yuan], recorded: LastYear | None, write: Write) -> Figure:
    """The amount of last year behind one cell."""
    figure = recorded_amount(key, recorded, write)
    return entered(cell, write) if figure == UNKNOWN else figure


def recorded_amount(key: str, recorded: LastYear | None, write: Write) -> Figure:
    """The amount the record of last year has under ``key``; unknown without one."""
    if recorded is None or key not in recorded.amounts:
        return UNKNOWN
    amount = recorded.amounts[key]
    return Figure(amount, write(amount), (Place(recorded.record),))


def amounts_to_record(figures: Figures, pack: Pack) -> dict[str, Yuan]:
    """What next year's run will compare with: known amounts by the keys of ``LastYear``, in order."""
    result, ledger = figures.final_accounts, pack.ledger
    named = {name: figures.accounts[name] for name in (*account_keys(ledger), *TOTALS)}
    named |= {key: figures.accounts[f"{key}_final"] for key in ledger.sangong.values()}
    if "spending" in pack.layout.used_sheets:
        named |= {key: result.named.get(key, UNKNOWN) for key in ledger.last_year.values()}
        named |= {key: result.named[key] for key in ledger.running_costs.values()}
        named |= {f"{CATEGORY}{item.code}": item.final for item in result.categories}
        named |= {f"{CLOSING}{fund}": balance.closing for fund, balance in result.balances.items()}
    named |= dict(_projects(figures, result))
    named |= dict(_report(figures, ledger))
    return {key: Yuan(figure.value) for key, figure in sorted(named.items()) if figure.value is not None}


def _report(figures: Figures, ledger: Ledger) -> Iterator[tuple[str, Figure]]:
    for key in ledger.balance.values():
        yield f"{BALANCE}{key}", figures.accounts[f"{key}_closing"]
    for part in figures.report.functions.get("final", Parts()).rows:
        yield f"{FUNCTION}{part.name}", part.amount
    for charge in figures.report.nontax:
        yield f"{NONTAX}{charge.line.item.otherwise('')}", charge.final


def account_keys(ledger: Ledger) -> dict[str, str]:
    """The items of 收支: English name of the 决算数 → what the sheet calls the item."""
    return {f"{key}_final": item for item, key in (*ledger.sources.items(), *ledger.structure.items())}


def _projects(figures: Figures, result: FinalAccountsResult) -> Iterator[tuple[str, Figure]]:
    for project in figures.projects:
        yield f"{PROJECT}{project.project.name.otherwise('')}", project.total.annual_spending
    for transfer in figures.transfers:
        yield f"{PROJECT}{transfer.transfer.name.otherwise('')}", transfer.total.annual_spending
    for item in result.project_changes:
        yield f"{PROJECT}{item.line.name.otherwise('')}", item.change.now
