"""The rows of the 决算公开 sheets as rules look at them: by code, by item, by kind of cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from docgen.checks.case import Case
from docgen.figures.arithmetic import entered, total
from docgen.figures.figure import UNKNOWN, Figure
from docgen.model import Entered
from docgen.model.final_accounts import EconomicLine, FinalAccounts
from docgen.packs.classification import parents
from docgen.quantity import ZERO, Yuan

CATEGORY = 3  # digits of a 类
KINDS = ("basic", "project", "to_superior", "business", "to_subordinate")
AMOUNT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "income": ("amount",),
    "spending": KINDS,
    "economic": ("amount",),
    "carryover": ("opening", "closing", "surplus_used", "surplus_distributed"),
    "sangong_counts": ("amount",),
    "sangong_uses": ("amount",),
    "running_costs": ("final", "last_year"),
    "last_year": ("amount",),
    "categories": ("initial_budget", "last_year"),
    "project_changes": ("this_year", "last_year"),
    "evaluations": ("budget", "spending"),
    "cost_items": ("amount",),
}
COUNT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "sangong_counts": ("count",),
    "assets": ("count",),
    "asset_uses": ("count",),
}
NAME_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "income": ("code", "source"),
    "spending": ("code", "fund"),
    "economic": ("code",),
    "carryover": ("fund", "code"),
    "sangong_counts": ("item",),
    "sangong_uses": ("item", "use"),
    "running_costs": ("kind",),
    "assets": ("item",),
    "asset_uses": ("item", "use"),
    "last_year": ("item",),
    "categories": ("code",),
    "project_changes": ("name",),
    "evaluations": ("name", "fund"),
    "cost_items": ("project", "name"),
}
_CODED = ("income", "spending", "economic", "carryover")
_GROUPS = {"income": "source", "spending": "fund", "carryover": "fund"}


@dataclass(frozen=True, slots=True)
class Coded:
    """A row with a code: ``group`` is the source or fund within which parents stand for their children."""

    sheet: str
    group: str
    code: Entered[str]
    name: Entered[str]
    amounts: Mapping[str, Entered[Yuan]]

    @property
    def title(self) -> str:
        """The code with its fund, for messages: ``2080101（一般公共预算财政拨款）``."""
        return f"{self.code.otherwise('')}（{self.group}）" if self.group else self.code.otherwise("")


def lines_of(accounts: FinalAccounts, sheet: str) -> tuple[Any, ...]:
    """The rows of a sheet by its key."""
    lines: tuple[Any, ...] = getattr(accounts, sheet)
    return lines


def coded_rows(case: Case) -> Iterator[Coded]:
    """Every row of 收入, 支出, 基本支出经济分类 and 结转结余 that has a code."""
    for sheet in _CODED:
        for line in lines_of(case.filing.final_accounts, sheet):
            if line.code.is_given:
                group = getattr(line, _GROUPS[sheet]).otherwise("") if sheet in _GROUPS else ""
                amounts = {column: getattr(line, column) for column in AMOUNT_COLUMNS[sheet]}
                yield Coded(sheet, group, line.code, line.name, amounts)


def cells(case: Case, columns: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str, Entered[Decimal]]]:
    """The cells of these columns with the keys of their sheet and column."""
    for sheet, names in columns.items():
        for line in lines_of(case.filing.final_accounts, sheet):
            for name in names:
                yield sheet, name, getattr(line, name)


def categories_are_known(case: Case, *sheets: str) -> bool:
    """Whether every code of these sheets is below a 类 of the classification, where there is one."""
    known = case.classification
    return known.is_empty or all(
        row.code.otherwise("")[:CATEGORY] in known.functions
        for row in coded_rows(case)
        if row.sheet in sheets
    )


def parents_agree(case: Case, *sheets: str) -> bool:
    """Whether each parent typed in these sheets is the sum of its children; else A303 speaks of it."""
    return not any(row.sheet in sheets for row, _ in wrong_parents(case))


def stray_economic_lines(case: Case) -> list[EconomicLine]:
    """The rows of 基本支出经济分类 whose 类 is known but neither 人员经费 nor 公用经费."""
    allowed = {category for codes in case.pack.ledger.economic.values() for category in codes}
    names = case.classification.economics
    lines = case.filing.final_accounts.economic
    return [
        line
        for line in lines
        if (category := line.code.otherwise("")[:CATEGORY]) in names and category not in allowed
    ]


def wrong_parents(case: Case) -> Iterator[tuple[Coded, dict[str, Figure]]]:
    """Each row whose code stands above others and whose amounts are not their sums: those sums by column."""
    for parent, children in _families(case):
        gaps = {}
        for column, cell in parent.amounts.items():
            summed = total((entered(child.amounts[column], case.number) for child in children), case.number)
            known = summed == UNKNOWN or summed.value is not None
            if cell.value is not None and known and cell.value != (summed.value or ZERO):
                gaps[column] = summed
        if gaps:
            yield parent, gaps


def _families(case: Case) -> Iterator[tuple[Coded, list[Coded]]]:
    """Each row whose code stands above others of its sheet and fund, with the lowest rows below it."""
    rows = [(row, (row.sheet, row.group, row.code.otherwise(""))) for row in coded_rows(case)]
    above = {(sheet, group, parent) for _, (sheet, group, code) in rows for parent in parents(code)}
    leaves: dict[tuple[str, str, str], list[Coded]] = {}
    for row, (sheet, group, code) in rows:
        if (sheet, group, code) not in above:
            for parent in parents(code):
                leaves.setdefault((sheet, group, parent), []).append(row)
    for row, key in rows:
        if key in leaves:
            yield row, leaves[key]
