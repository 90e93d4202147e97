"""This year against last: totals of the accounts, 三公, 机关运行经费, and projects."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.figures.arithmetic import Write, difference, entered, quotient
from docgen.figures.books import Books
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.final_results import Change, ProjectChange
from docgen.figures.last_year import PROJECT, Typed, amount_before, recorded_amount, typed_amounts
from docgen.model.final_accounts import ProjectChangeLine
from docgen.quantity import ZERO

SANGONG = (
    "sangong",
    "overseas_travel",
    "official_vehicles",
    "vehicle_purchase",
    "vehicle_upkeep",
    "official_reception",
)
VEHICLES = ("vehicle_purchase", "vehicle_upkeep")


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
    before = _last_year(books)
    now = {key: named.get(key, UNKNOWN) for key in (*books.ledger.last_year.values(), "running_costs")}
    now |= {name: books.accounts[f"{name}_final"] for name in SANGONG}
    return {key: change(figure, before.get(key, UNKNOWN), books.write) for key, figure in now.items()}


def _last_year(books: Books) -> dict[str, Figure]:
    """Last year's totals by key; 三公 and 机关运行经费 as the sums of their items."""
    ledger = books.ledger
    cells: dict[str, list[Typed]] = {}
    for each in typed_amounts(books.filing, ledger):
        cells.setdefault(each.key, []).append(each)
    keys = (*ledger.last_year.values(), *ledger.sangong.values(), *ledger.running_costs.values())
    found = {key: _before(books, key, cells.get(key, [])) for key in keys}
    found["sangong"] = books.total(found[key] for key in ledger.sangong.values())
    found["official_vehicles"] = books.total(found.get(key, UNKNOWN) for key in VEHICLES)
    found["running_costs"] = books.total(found[key] for key in ledger.running_costs.values())
    return found


def _before(books: Books, key: str, cells: list[Typed]) -> Figure:
    figure = recorded_amount(key, books.last_year, books.write)
    return books.total(entered(each.cell, books.write) for each in cells) if figure == UNKNOWN else figure


def project_change(books: Books, line: ProjectChangeLine) -> ProjectChange:
    """One project; a year left blank is a year in which it spent nothing."""
    key = f"{PROJECT}{line.name.otherwise('')}"
    now = entered(line.this_year, books.write)
    before = amount_before(key, line.last_year, books.last_year, books.write)
    if now == UNKNOWN:
        now = Figure(ZERO, "0", (line.this_year.place,))
    if before == UNKNOWN:
        before = Figure(ZERO, "0", (line.last_year.place,))
    return ProjectChange(line, change(now, before, books.write))
