"""The 部门决算公开: tables by code, balances by fund, every total the text names, and last year beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from docgen.figures.arithmetic import entered, total
from docgen.figures.books import Books
from docgen.figures.changes import changes_of, project_change
from docgen.figures.code_tables import Entry, code_table, summed
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.final_results import CodeTable, Evaluated, FinalAccountsResult, FundBalance
from docgen.figures.final_totals import categories_of, evaluation_rate, named_totals
from docgen.model.final_accounts import CostItem

KINDS = ("basic", "project", "to_superior", "business", "to_subordinate")
_MOVEMENT = ("opening", "income", *KINDS, "closing")
_CARRIED = ("opening", "closing")


def final_accounts_result(books: Books) -> FinalAccountsResult:
    """Tables 01–10 and every figure of the 情况说明; what cannot be computed is unknown."""
    income, by_fund, movements = _income(books), _by_fund(books), _movements(books)
    tables = FinalAccountsResult(
        income=income,
        spending=_spending(books),
        by_fund=by_fund,
        movements=movements,
        economic=_economic(books),
        balances=_balances(books, income, movements),
        counts=_counts(books),
    )
    named = named_totals(books, tables)
    return replace(
        tables,
        named=named,
        changes=changes_of(books, named),
        categories=categories_of(books, tables),
        project_changes=tuple(project_change(books, line) for line in books.lines.project_changes),
        evaluations=tuple(Evaluated(line, evaluation_rate(books, line)) for line in books.lines.evaluations),
        cost_needs=_cost_needs(books),
        grade_counts=_grades(books),
        last_year=books.last_year,
    )


def _income(books: Books) -> CodeTable:
    """Table 02: a column for each source, and ``fiscal`` for those that are 财政拨款."""
    ledger = books.ledger
    given = books.entries(books.lines.income, ("amount",), "source", ledger.income)
    entries = [entry._replace(column=entry.group) for entry in given if entry.group]
    fiscal = [entry._replace(column="fiscal") for entry in entries if entry.group in ledger.fiscal]
    sources = tuple(ledger.income.values())
    return code_table([*entries, *fiscal], ("fiscal", *sources), sources, books.function_name, books.write)


def _spending(books: Books) -> CodeTable:
    """Table 03: every fund together, by kind of spending."""
    entries = books.entries(books.lines.spending, KINDS, "fund", books.ledger.funds)
    return code_table(entries, KINDS, KINDS, books.function_name, books.write)


def _by_fund(books: Books) -> dict[str, CodeTable]:
    """Tables 05 and 08: what was spent of each fund."""
    return _tables(books, books.entries(books.lines.spending, KINDS, "fund", books.ledger.funds), KINDS)


def _movements(books: Books) -> dict[str, CodeTable]:
    """Table 07: spending of each fund, with its income and balances where they have a code."""
    ledger, lines = books.ledger, books.lines
    income = books.entries(lines.income, ("amount",), "source", ledger.income)
    entries = [
        *books.entries(lines.spending, KINDS, "fund", ledger.funds),
        *(each._replace(column="income") for each in income),
        *books.entries(lines.carryover, _CARRIED, "fund", ledger.funds),
    ]
    tables = _tables(books, entries, _MOVEMENT)
    return {
        fund: replace(
            table, cells={**table.cells, **{column: _carried(books, fund, column) for column in _CARRIED}}
        )
        for fund, table in tables.items()
    }


def _tables(books: Books, entries: Iterable[Entry], columns: tuple[str, ...]) -> dict[str, CodeTable]:
    """A table for each fund, empty for one without a line."""
    groups: dict[str, list[Entry]] = {fund: [] for fund in books.ledger.funds.values()}
    for entry in entries:
        groups.setdefault(entry.group, []).append(entry)
    return {
        fund: code_table(groups[fund], columns, KINDS, books.function_name, books.write)
        for fund in books.ledger.funds.values()
    }


def _carried(books: Books, fund: str, column: str) -> Figure:
    """What a fund carried over, its lines with and without a code together."""
    funds = books.ledger.funds
    mine = (line for line in books.lines.carryover if funds.get(line.fund.otherwise("")) == fund)
    return books.added(mine, column)


def _economic(books: Books) -> dict[str, Figure]:
    """基本支出 by economic code, the 类 summed."""
    entries = [
        Entry(line.code.value, "amount", amount)
        for line in books.lines.economic
        if line.code.value and (amount := entered(line.amount, books.write)) != UNKNOWN
    ]
    return {code: cells["amount"] for code, cells in summed(entries, books.write).items()}


def _balances(books: Books, income: CodeTable, movements: Mapping[str, CodeTable]) -> dict[str, FundBalance]:
    """Opening, income, spending and closing of each fund; a source that is no fund belongs to ``other``."""
    received: dict[str, list[Figure]] = {}
    for source in books.ledger.income.values():
        fund = source if source in movements else "other"
        received.setdefault(fund, []).append(income.cells.get(source, UNKNOWN))
    return {
        fund: FundBalance(
            opening=table.cells["opening"],
            income=books.total(received.get(fund, ())),
            spending=table.total,
            closing=table.cells["closing"],
        )
        for fund, table in movements.items()
    }


def _counts(books: Books) -> dict[str, Figure]:
    """Counts of 三公实物量 and 车辆与设备 by English name, and the amounts beside them."""
    lines, ledger = books.lines, books.ledger
    found: dict[str, Figure] = {}
    for rows, items in ((lines.sangong_counts, ledger.counts), (lines.assets, ledger.assets)):
        for printed, key in items.items():
            mine = [row for row in rows if row.item.value == printed]
            found[key] = total(entered(row.count) for row in mine)
            found[f"{key}_amount"] = books.added(mine, "amount")
    return found


def _cost_needs(books: Books) -> dict[str, Figure]:
    needs: dict[str, list[CostItem]] = {}
    for item in books.lines.cost_items:
        if item.project.value is not None:
            needs.setdefault(item.project.value, []).append(item)
    return {name: books.added(items, "amount") for name, items in needs.items()}


def _grades(books: Books) -> dict[str, Figure]:
    """How many projects reached each grade, the best grade first; grades nobody reached too."""
    reached = Counter(project.grade for project in books.projects)
    sources = tuple(project.project.name.place for project in books.projects)
    bands = sorted(books.norms.grades, key=lambda band: band.floor, reverse=True)
    return {
        band.name: Figure(Decimal(reached[band.name]), f"{reached[band.name]}个", sources) for band in bands
    }
