"""The department's money: 收支, 三公经费 and 政府采购 by name, and the rates that follow from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from docgen.figures.arithmetic import Write, difference, entered, quotient, total
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.results import AccountResult, ProjectResult
from docgen.model import AccountLine, Filing, ProcurementLine, SangongLine
from docgen.packs import Ledger

ACCOUNT_STAGES = ("initial_budget", "annual_budget", "final")
_SANGONG = ("budget", "final", "last_year")
_PROCUREMENT = ("budget", "final", "small_business", "micro_business")


def account_result(
    filing: Filing, projects: Sequence[ProjectResult], ledger: Ledger, write: Write
) -> AccountResult:
    """Every derived figure of the department by its English name; see ``AccountResult``.

    Of a sheet that was not read whole nothing is known.
    """
    named = {
        **_account_items(filing.accounts if filing.is_whole("accounts") else (), ledger, write),
        **_sangong(filing.sangong if filing.is_whole("sangong") else (), ledger, write),
        **_procurement(filing.procurement if filing.is_whole("procurement") else (), write),
    }
    named |= _rates(named, write)
    counted = filing.is_whole("projects.name", "indicators")
    named["self_evaluation_rate"] = self_evaluation_rate(projects) if counted else UNKNOWN
    return AccountResult(named)


def _account_items(lines: Sequence[AccountLine], ledger: Ledger, write: Write) -> dict[str, Figure]:
    named: dict[str, Figure] = {}
    for stage in ACCOUNT_STAGES:
        for prefix, items in (("", ledger.sources), ("structure_", ledger.structure)):
            cells = {key: _cells(lines, item, stage, write) for item, key in items.items()}
            named |= {f"{key}_{stage}": figure for key, figure in cells.items()}
            named[f"{prefix}{stage}"] = total(cells.values(), write)
    return named


def _cells(lines: Sequence[AccountLine | SangongLine], item: str, column: str, write: Write) -> Figure:
    return total((entered(getattr(line, column), write) for line in lines if line.item.value == item), write)


def _sangong(lines: Sequence[SangongLine], ledger: Ledger, write: Write) -> dict[str, Figure]:
    named = {}
    for column in _SANGONG:
        for item, key in ledger.sangong.items():
            named[f"{key}_{column}"] = _cells(lines, item, column, write)
        named[f"sangong_{column}"] = total((entered(getattr(line, column), write) for line in lines), write)
        vehicles = (named.get(f"{key}_{column}", UNKNOWN) for key in ("vehicle_purchase", "vehicle_upkeep"))
        named[f"official_vehicles_{column}"] = total(vehicles, write)
    return named


def _procurement(lines: Sequence[ProcurementLine], write: Write) -> dict[str, Figure]:
    return {
        f"procurement_{column}": total((entered(getattr(line, column), write) for line in lines), write)
        for column in _PROCUREMENT
    }


def _rates(named: Mapping[str, Figure], write: Write) -> dict[str, Figure]:
    surplus = difference(named["annual_budget"], named["final"], write)
    return {
        "surplus": surplus,
        "surplus_rate": quotient(surplus, named["annual_budget"], write),
        "budget_execution_rate": quotient(named["final"], named["annual_budget"], write),
        "budget_adjustment_rate": _adjustment_rate(named["initial_budget"], named["annual_budget"], write),
        "sangong_control_rate": quotient(named["sangong_final"], named["sangong_budget"], write),
        "sangong_change": difference(named["sangong_final"], named["sangong_last_year"], write),
        "procurement_execution_rate": quotient(
            named["procurement_final"], named["procurement_budget"], write
        ),
    }


def _adjustment_rate(initial: Figure, annual: Figure, write: Write) -> Figure:
    """|全年预算−年初预算| ÷ 年初预算."""
    change = difference(annual, initial, write)
    if change.value is None or initial.value is None:
        return UNKNOWN
    how = f"|{change.how}|÷{write(initial.value)}"
    if initial.value <= 0:
        return Figure(None, how, change.sources)
    return Figure(abs(change.value) / initial.value, how, change.sources)


def self_evaluation_rate(projects: Sequence[ProjectResult]) -> Figure:
    """Projects with indicators ÷ projects."""
    done = [project for project in projects if project.levels]
    if not projects:
        return UNKNOWN
    sources = tuple(project.project.name.place for project in projects)
    return Figure(Decimal(len(done)) / len(projects), f"{len(done)}÷{len(projects)}", sources)
