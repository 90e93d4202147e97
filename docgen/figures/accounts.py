"""The department's money: 收支, 三公经费 and 政府采购 by name, and the rates that follow from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from docgen.figures.account_rates import account_rates
from docgen.figures.arithmetic import Write, entered, total
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.last_year import recorded_amount
from docgen.figures.results import AccountResult, ProjectResult
from docgen.model import AccountLine, Filing, ProcurementLine, SangongLine
from docgen.model.last_year import LastYear
from docgen.packs import Ledger

ACCOUNT_STAGES = ("initial_budget", "annual_budget", "final")  # of the year itself
STAGES = (*ACCOUNT_STAGES, "last_year")
BASIC = "basic"  # 基本支出, whether an item of its own or the sum of ``ledger.basic_parts``
_SANGONG = ("budget", "final", "last_year")
_PROCUREMENT = ("budget", "final", "contracted", "small_business", "micro_business")


def account_result(
    filing: Filing,
    projects: Sequence[ProjectResult],
    ledger: Ledger,
    write: Write,
    last_year: LastYear | None = None,
) -> AccountResult:
    """Every derived figure of the department by its English name; see ``AccountResult``.

    Of a sheet that was not read whole nothing is known. The final accounts that ``last_year`` recorded go
    before those typed in the column of last year.
    """
    named = {
        **_account_items(filing.accounts if filing.is_whole("accounts") else (), ledger, last_year, write),
        **_sangong(filing.sangong if filing.is_whole("sangong") else (), ledger, last_year, write),
        **_procurement(filing.procurement if filing.is_whole("procurement") else (), ledger, write),
    }
    named |= account_rates(named, ledger, STAGES, recorded_amount("surplus", last_year, write), write)
    counted = filing.is_whole("projects.name", "indicators")
    named["self_evaluation_rate"] = self_evaluation_rate(projects) if counted else UNKNOWN
    return AccountResult(named)


def _account_items(
    lines: Sequence[AccountLine], ledger: Ledger, last_year: LastYear | None, write: Write
) -> dict[str, Figure]:
    named: dict[str, Figure] = {}
    for stage in STAGES:
        sources = _stage(lines, ledger.sources, stage, last_year, write)
        structure = _stage(lines, ledger.structure, stage, last_year, write)
        parts = total((structure[key] for key in ledger.basic_parts if key in structure), write)
        basic = structure.get(BASIC, UNKNOWN) if parts == UNKNOWN else parts
        counted = [figure for key, figure in structure.items() if parts == UNKNOWN or key != BASIC]
        named |= {f"{key}_{stage}": figure for key, figure in {**sources, **structure, BASIC: basic}.items()}
        named[stage] = total(sources.values(), write)
        named[f"structure_{stage}"] = total(counted, write)
    return named


def _stage(
    lines: Sequence[AccountLine],
    items: Mapping[str, str],
    stage: str,
    last_year: LastYear | None,
    write: Write,
) -> dict[str, Figure]:
    """The items of one side at one stage, by English name; last year's from its record where it has them."""
    found = {}
    for key, names in _names_by_key(items).items():
        recorded = recorded_amount(f"{key}_final", last_year, write) if stage == "last_year" else UNKNOWN
        found[key] = _cells(lines, names, stage, write) if recorded == UNKNOWN else recorded
    return found


def _names_by_key(items: Mapping[str, str]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for name, key in items.items():
        names.setdefault(key, []).append(name)
    return names


def _cells(
    lines: Sequence[AccountLine | SangongLine], names: Sequence[str], column: str, write: Write
) -> Figure:
    chosen = {*names}
    return total(
        (entered(getattr(line, column), write) for line in lines if line.item.value in chosen), write
    )


def _sangong(
    lines: Sequence[SangongLine], ledger: Ledger, last_year: LastYear | None, write: Write
) -> dict[str, Figure]:
    named = {}
    for column in _SANGONG:
        cells = [entered(getattr(line, column), write) for line in lines]
        for key, names in _names_by_key(ledger.sangong).items():
            figure = _cells(lines, names, column, write)
            if column == "last_year" and figure == UNKNOWN:
                figure = recorded_amount(key, last_year, write)
                cells.append(figure)
            named[f"{key}_{column}"] = figure
        named[f"sangong_{column}"] = total(cells, write)
        vehicles = (named.get(f"{key}_{column}", UNKNOWN) for key in ("vehicle_purchase", "vehicle_upkeep"))
        named[f"official_vehicles_{column}"] = total(vehicles, write)
    return named


def _procurement(lines: Sequence[ProcurementLine], ledger: Ledger, write: Write) -> dict[str, Figure]:
    named = {}
    memo = {name for name, key in ledger.procurement.items() if key in ledger.procurement_memo}
    for column in _PROCUREMENT:
        cells = [(line.category.value, entered(getattr(line, column), write)) for line in lines]
        counted = (figure for category, figure in cells if category not in memo)
        named[f"procurement_{column}"] = total(counted, write)
        for name, key in ledger.procurement.items():
            of_class = (figure for category, figure in cells if category == name)
            named[f"procurement_{key}_{column}"] = total(of_class, write)
    return named


def self_evaluation_rate(projects: Sequence[ProjectResult]) -> Figure:
    """Projects with indicators ÷ projects."""
    done = [project for project in projects if project.levels]
    if not projects:
        return UNKNOWN
    sources = tuple(project.project.name.place for project in projects)
    return Figure(Decimal(len(done)) / len(projects), f"{len(done)}÷{len(projects)}", sources)
