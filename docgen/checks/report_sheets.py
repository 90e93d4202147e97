"""The rows of the sheets of the department report as rules look at them: by item, by kind of cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from docgen.checks.case import Case
from docgen.figures.accounts import STAGES
from docgen.figures.arithmetic import entered, total
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.last_year import BALANCE, FUNCTION, NONTAX, Typed
from docgen.finding import Place, Related, Remark
from docgen.model import Entered
from docgen.model.department_report import StockLine
from docgen.quantity import Yuan

AMOUNT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "functions": STAGES,
    "balance_sheet": ("opening", "closing"),
    "asset_stock": ("gross", "net"),
    "acquisitions": ("budget", "final"),
    "nontax": ("plan", "final", "last_year"),
    "guarantees": ("arranged", "spent"),
    "quarters": ("spending",),
    "listed_items": ("amount",),
}
COUNT_COLUMNS: Mapping[str, tuple[str, ...]] = {"staff": ("count",), "asset_stock": ("quantity",)}
NAME_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "staff": ("item",),
    "functions": ("name",),
    "balance_sheet": ("item",),
    "asset_stock": ("item",),
    "acquisitions": ("category",),
    "nontax": ("item",),
    "guarantees": ("kind", "name"),
    "quarters": ("quarter",),
    "goal_indicators": ("project", "level3"),
    "listed_items": ("category", "name"),
    "past_evaluations": ("name",),
}


def rows_of(case: Case, sheet: str) -> tuple[Any, ...]:
    """The rows of a sheet by its key."""
    rows: tuple[Any, ...] = getattr(case.filing.report, sheet)
    return rows


def cells(case: Case, columns: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str, Entered[Decimal]]]:
    """The cells of these columns with the keys of their sheet and column."""
    for sheet, names in columns.items():
        for line in rows_of(case, sheet):
            for name in names:
                yield sheet, name, getattr(line, name)


def typed_amounts_of_report(case: Case) -> Iterator[Typed]:
    """Every cell of the department report that asks for an amount of last year, as its record calls it."""
    ledger, report = case.pack.ledger, case.filing.report
    items = {**ledger.sources, **ledger.structure}
    for line in case.filing.accounts:
        name = line.item.otherwise("")
        yield Typed(f"{items.get(name, '')}_final", name, "accounts", line.last_year)
    for balance in report.balance_sheet:
        name = balance.item.otherwise("")
        yield Typed(f"{BALANCE}{ledger.balance.get(name, '')}", name, "balance_sheet", balance.opening)
    for function in report.functions:
        name = function.name.otherwise("")
        yield Typed(f"{FUNCTION}{name}", name, "functions", function.last_year)
    for charge in report.nontax:
        name = charge.item.otherwise("")
        yield Typed(f"{NONTAX}{name}", name, "nontax", charge.last_year)


def named(case: Case, name: str) -> Figure:
    """A figure of the department by its English name, unknown where there is none."""
    return case.figures.accounts.named.get(name, UNKNOWN)


def column_total(case: Case, sheet: str, column: str) -> Figure:
    """Σ of a column of amounts; blanks do not count, one that could not be read makes it unknown."""
    return total((entered(getattr(line, column), case.number) for line in rows_of(case, sheet)), case.number)


def place_of(case: Case, figure: Figure, sheet: str) -> Place:
    """The first cell of a figure in the workbook; the sheet for one that comes from last year's record."""
    return next((place for place in figure.sources if place.sheet), case.sheet_place(sheet))


def stock(case: Case, key: str) -> StockLine | None:
    """The row of 资产存量 for an item by its English name."""
    names = case.pack.ledger.stock
    lines = case.filing.report.asset_stock
    return next((line for line in lines if names.get(line.item.otherwise("")) == key), None)


def exceeding(case: Case, who: str, part: Entered[Yuan], whole: Entered[Yuan]) -> Iterator[Remark]:
    """A remark where, of two amounts of one row, the part is larger than the whole it belongs to."""
    if part.value is None or whole.value is None or part.value <= whole.value:
        return
    most = case.number(whole.value)
    text = f"{who}{part.place.label} {case.number(part.value)}，超过{whole.place.label} {most}"
    yield Remark(part.place, text, f"不超过 {most}", (Related(whole.place, whole.place.label),))
