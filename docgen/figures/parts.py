"""A total with its items and their shares: 收支 by stage, 支出功能分类, 资产配置."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from docgen.figures.accounts import STAGES
from docgen.figures.arithmetic import Write, quotient, total
from docgen.figures.books import Books
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.last_year import FUNCTION, recorded_amount
from docgen.figures.report_results import Part, Parts
from docgen.finding import Place
from docgen.model import AccountLine
from docgen.model.department_report import FunctionLine


class Item(NamedTuple):
    """One amount of a total before items of one name are added."""

    name: str
    amount: Figure
    place: Place


def parts_of(items: Iterable[Item], write: Write, whole: Figure = UNKNOWN) -> Parts:
    """The items that are not blank, those of one name added, as shares of ``whole`` (else of their sum)."""
    by_name: dict[str, list[Item]] = {}
    for item in items:
        by_name.setdefault(item.name, []).append(item)
    amounts = {name: total((item.amount for item in rows), write) for name, rows in by_name.items()}
    given = {name: amount for name, amount in amounts.items() if amount != UNKNOWN}
    base = total(given.values(), write) if whole == UNKNOWN else whole
    rows = (
        Part(name, amount, quotient(amount, base, write), by_name[name][0].place)
        for name, amount in given.items()
    )
    return Parts(base, tuple(rows))


def account_parts(books: Books, items: Mapping[str, str], total_name: str) -> dict[str, Parts]:
    """One side of 收支 by stage; ``total_name`` names its total with ``{}`` for the stage."""
    lines = _first_lines(books, items)
    found = {}
    for stage in STAGES:
        cells = (
            Item(line.item.otherwise(""), books.accounts[f"{key}_{stage}"], line.item.place)
            for key, line in lines.items()
        )
        found[stage] = parts_of(cells, books.write, books.accounts[total_name.format(stage)])
    return {stage: parts for stage, parts in found.items() if parts.rows}


def _first_lines(books: Books, items: Mapping[str, str]) -> dict[str, AccountLine]:
    """The first row of each item, by English name, in the order of the sheet."""
    found: dict[str, AccountLine] = {}
    for line in books.filing.accounts if books.filing.is_whole("accounts") else ():
        key = items.get(line.item.otherwise(""))
        if key is not None:
            found.setdefault(key, line)
    return found


def basic_parts(books: Books) -> dict[str, Parts]:
    """人员经费 and 公用经费 as shares of 基本支出, by stage."""
    chosen = {name: key for name, key in books.ledger.structure.items() if key in books.ledger.basic_parts}
    return account_parts(books, chosen, "basic_{}")


def function_parts(books: Books) -> dict[str, Parts]:
    """Spending by 类 of the functional classification, by stage."""
    lines: tuple[FunctionLine, ...] = books.rows("functions")
    found = {stage: parts_of(_of_stage(books, lines, stage), books.write) for stage in STAGES}
    return {stage: parts for stage, parts in found.items() if parts.rows}


def _of_stage(books: Books, lines: Iterable[FunctionLine], stage: str) -> Iterator[Item]:
    """One column of 支出功能分类; what the record has of last year stands once for all rows of a 类."""
    told: set[str] = set()
    for line in lines:
        name = line.name.otherwise("")
        recorded = UNKNOWN
        if stage == "last_year":
            recorded = recorded_amount(f"{FUNCTION}{name}", books.last_year, books.write)
        if recorded == UNKNOWN:
            yield Item(name, books.cell(getattr(line, stage)), line.name.place)
        elif name not in told:
            yield Item(name, recorded, line.name.place)
        told.add(name)


def acquired(books: Books) -> Parts:
    """What was bought of each class of assets."""
    lines = books.rows("acquisitions")
    cells = (Item(line.category.otherwise(""), books.cell(line.final), line.category.place) for line in lines)
    return parts_of(cells, books.write)
