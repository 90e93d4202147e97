"""Rows of the sheets of 部门决算公开, 转移支付 and the department report → the models they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from docgen.model import Entered, Indicator, Statement, Undertaking
from docgen.model.department_report import (
    AcquisitionLine,
    BalanceLine,
    DepartmentReport,
    DutyLine,
    Evaluator,
    FunctionLine,
    GuaranteeLine,
    ListedItem,
    NontaxLine,
    PastEvaluation,
    ProblemLine,
    QuarterLine,
    StockLine,
)
from docgen.model.final_accounts import (
    CarryoverLine,
    CategoryLine,
    CostItem,
    CountLine,
    EconomicLine,
    EvaluationLine,
    FinalAccounts,
    IncomeLine,
    LastYearLine,
    ProjectChangeLine,
    RunningCostLine,
    SpendingLine,
    UseLine,
)
from docgen.model.transfer import Transfer, TransferFunding, TransferManagement
from docgen.workbook.folding import key

CLASSES: Mapping[str, type] = {
    "income": IncomeLine,
    "spending": SpendingLine,
    "economic": EconomicLine,
    "carryover": CarryoverLine,
    "sangong_counts": CountLine,
    "sangong_uses": UseLine,
    "running_costs": RunningCostLine,
    "assets": CountLine,
    "asset_uses": UseLine,
    "last_year": LastYearLine,
    "categories": CategoryLine,
    "project_changes": ProjectChangeLine,
    "evaluations": EvaluationLine,
    "cost_items": CostItem,
    "transfers": Transfer,
    "transfer_funding": TransferFunding,
    "transfer_management": TransferManagement,
    "transfer_indicators": Indicator,
    "staff": CountLine,
    "functions": FunctionLine,
    "balance_sheet": BalanceLine,
    "asset_stock": StockLine,
    "acquisitions": AcquisitionLine,
    "nontax": NontaxLine,
    "guarantees": GuaranteeLine,
    "quarters": QuarterLine,
    "duties": DutyLine,
    "goal_indicators": Indicator,
    "problems": ProblemLine,
    "listed_items": ListedItem,
    "past_evaluations": PastEvaluation,
    "evaluators": Evaluator,
}
RATED = ("indicators", "overall", "undertakings", "transfer_indicators", "goal_indicators")


def final_accounts(made: Mapping[str, Sequence[Any]]) -> FinalAccounts:
    """The sheets of the 部门决算公开; a sheet the layout does not use has no rows."""
    return FinalAccounts(**{spec.name: tuple(made.get(spec.name, ())) for spec in fields(FinalAccounts)})


def department_report(made: Mapping[str, Sequence[Any]]) -> DepartmentReport:
    """The sheets of the department report, likewise."""
    return DepartmentReport(
        **{spec.name: tuple(made.get(spec.name, ())) for spec in fields(DepartmentReport)}
    )


def transfers(made: Mapping[str, Sequence[Any]], named: Iterable[Transfer]) -> tuple[Transfer, ...]:
    """Each transfer with the rows of the other sheets that name it."""
    funding = by_owner(made.get("transfer_funding", ()), "transfer")
    management = by_owner(made.get("transfer_management", ()), "transfer")
    indicators = by_owner(made.get("transfer_indicators", ()), "project")
    return tuple(
        replace(
            each,
            funding=tuple(funding.get(each.name.otherwise(""), ())),
            management=tuple(management.get(each.name.otherwise(""), ())),
            indicators=tuple(indicators.get(each.name.otherwise(""), ())),
        )
        for each in named
    )


def by_owner(rows: Iterable[Any], column: str) -> dict[str, list[Any]]:
    """Rows by what their ``column`` names, in order; rows that name nothing are left out."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        owner = getattr(row, column)
        if owner.is_given:
            found.setdefault(owner.value, []).append(row)
    return found


def with_tier(row: Indicator | Undertaking, tiers: Mapping[str, str]) -> Indicator | Undertaking:
    """The row with its 完成档次: where the cell is blank and the 完成值 names a tier, that tier."""
    actual = row.actual.value
    if row.tier.is_given or row.tier.text.strip() or not isinstance(actual, Statement):
        return row
    name = tiers.get(key(actual.text))
    return replace(row, tier=Entered(name, row.actual.place, row.actual.text)) if name else row
