"""This year against last: totals of the accounts, 三公, 机关运行经费, and projects."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.figures.arithmetic import Write, difference, entered, quotient
from docgen.figures.books import Books
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.final_results import Change, ProjectChange
from docgen.model import Entered
from docgen.model.final_accounts import ProjectChangeLine
from docgen.quantity import ZERO, Yuan

SANGONG = (
    "sangong",
    "overseas_travel",
    "official_vehicles",
    "vehicle_purchase",
    "vehicle_upkeep",
    "official_reception",
)


def change(now: Figure, before: Figure, write: Write) -> Change:
    """The difference (signed) and, over a base above 0, the rate."""
    moved = difference(now, before, write)
    return Change(now, before, moved, _rate(moved, before, write))


def _rate(moved: Figure, before: Figure, write: Write) -> Figure:
    rate = quotient(moved, before, write)
    if rate.value is None or before.value is None:
        return rate
    return Figure(rate.value, f"({moved.how})÷{write(before.value)}", rate.sources)


def changes_of(books: Books, named: Mapping[str, Figure]) -> dict[str, Change]:
    """Every change the text names, by the English name of its figure."""
    accounts, ledger, write = books.accounts, books.ledger, books.write
    totals = {
        key: change(named.get(key, UNKNOWN), _last_year(books, item), write)
        for item, key in ledger.last_year.items()
    }
    sangong = {
        name: change(accounts[f"{name}_final"], accounts[f"{name}_last_year"], write) for name in SANGONG
    }
    last = books.added(books.lines.running_costs, "last_year")
    return totals | sangong | {"running_costs": change(named["running_costs"], last, write)}


def _last_year(books: Books, item: str) -> Figure:
    return books.added((line for line in books.lines.last_year if line.item.value == item), "amount")


def project_change(line: ProjectChangeLine, write: Write) -> ProjectChange:
    """One project; a year left blank is a year in which it spent nothing."""
    now, before = (_spent(cell, write) for cell in (line.this_year, line.last_year))
    return ProjectChange(line, change(now, before, write))


def _spent(cell: Entered[Yuan], write: Write) -> Figure:
    figure = entered(cell, write)
    return Figure(ZERO, "0", (cell.place,)) if figure == UNKNOWN else figure
