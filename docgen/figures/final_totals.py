"""Totals, shares and completion rates of the 部门决算公开 by English name; see ``FinalAccountsResult``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from docgen.figures.arithmetic import entered, quotient, total
from docgen.figures.books import Books
from docgen.figures.changes import SANGONG, change
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.final_results import CategoryResult, FinalAccountsResult
from docgen.figures.last_year import CATEGORY, amount_before
from docgen.finding import Place
from docgen.model import Entered, FundingLine
from docgen.model.final_accounts import CategoryLine, EvaluationLine
from docgen.quantity import ZERO

Named = dict[str, Figure]
GENERAL = "general"  # 一般公共预算财政拨款, the fund of tables 05 and 06
_STAGES = ("opening", "income", "spending", "closing")
_EVALUATED = {
    "evaluated_initial": "initial_budget",
    "evaluated_budget": "annual_budget",
    "evaluated_spending": "annual_spending",
}


def named_totals(books: Books, tables: FinalAccountsResult) -> Named:
    """Every figure by name."""
    named = _lines_of_01(books, tables) | _of_funds(books, tables)
    return {
        **named,
        **_shares(books, tables),
        **_economic(books, tables),
        **_initial_budget(books, named),
        **_completions(books),
        **_running_costs(books),
        **_procurement(books),
        "vehicles": total(tables.counts.get(key, UNKNOWN) for key in books.ledger.vehicles),
        "equipment": tables.counts.get("equipment", UNKNOWN),
        **_self_evaluated(books),
        **_department_evaluated(books),
    }


def _lines_of_01(books: Books, tables: FinalAccountsResult) -> Named:
    """The lines of table 01, and the columns of 02 and 03."""
    carried = books.lines.carryover
    used, distributed = (books.added(carried, name) for name in ("surplus_used", "surplus_distributed"))
    every = _stages(books, tables, tables.balances)
    income, spending = tables.income.total, tables.spending.total
    return {
        **tables.income.cells,
        **tables.spending.cells,
        "income": income,
        "spending": spending,
        "opening": every["opening"],
        "closing": every["closing"],
        "surplus_used": used,
        "surplus_distributed": distributed,
        "income_total": books.total((income, used, every["opening"])),
        "spending_total": books.total((spending, distributed, every["closing"])),
    }


def _stages(books: Books, tables: FinalAccountsResult, funds: Iterable[str]) -> Named:
    balances = [tables.balances[fund] for fund in funds if fund in tables.balances]
    return {stage: books.total(getattr(balance, stage) for balance in balances) for stage in _STAGES}


def _of_funds(books: Books, tables: FinalAccountsResult) -> Named:
    """The lines of table 04, and the spending of each kind of 财政拨款."""
    fiscal = _stages(books, tables, books.ledger.fiscal)
    named = {f"fiscal_{stage}": figure for stage, figure in fiscal.items()}
    named["fiscal_income_total"] = books.total((fiscal["income"], fiscal["opening"]))
    named["fiscal_spending_total"] = books.total((fiscal["spending"], fiscal["closing"]))
    funds = {fund: tables.by_fund[fund] for fund in books.ledger.fiscal if fund in tables.by_fund}
    named |= {f"{fund}_spending": table.total for fund, table in funds.items()}
    for kind in ("basic", "project"):
        named |= {f"{fund}_{kind}": table.cells[kind] for fund, table in funds.items()}
        named[f"fiscal_{kind}"] = books.total(table.cells[kind] for table in funds.values())
    return named


def _shares(books: Books, tables: FinalAccountsResult) -> Named:
    """The share of each column of tables 02 and 03 in the whole; shares are not made to add up."""
    shares = {
        f"{key}_share": quotient(cell, table.total, books.write)
        for table in (tables.spending, tables.income)
        for key, cell in table.cells.items()
    }
    general = tables.by_fund[GENERAL].total if GENERAL in tables.by_fund else UNKNOWN
    # of all spending, as the text says it; the share of its source in income has the name of the source
    return {**shares, "general_share": quotient(general, tables.spending.total, books.write)}


def _economic(books: Books, tables: FinalAccountsResult) -> Named:
    groups = {
        name: books.total(tables.economic.get(code, UNKNOWN) for code in codes)
        for name, codes in books.ledger.economic.items()
    }
    return {**groups, "economic": books.total(groups.values())}


def _initial_budget(books: Books, named: Mapping[str, Figure]) -> Named:
    initial = books.added(books.lines.categories, "initial_budget")
    spent = named.get(f"{GENERAL}_spending", UNKNOWN)
    return {"initial_budget": initial, "initial_completion": quotient(spent, initial, books.write)}


def _completions(books: Books) -> Named:
    """三公 against its budget."""
    found = books.accounts
    return {
        f"{name}_completion": quotient(found[f"{name}_final"], found[f"{name}_budget"], books.write)
        for name in SANGONG
    }


def _running_costs(books: Books) -> Named:
    kinds = {
        key: books.added((line for line in books.lines.running_costs if line.kind.value == item), "final")
        for item, key in books.ledger.running_costs.items()
    }
    return {**kinds, "running_costs": books.total(kinds.values())}


def _procurement(books: Books) -> Named:
    bought = books.filing.procurement
    classes = {
        key: books.added((line for line in bought if line.category.value == item), "final")
        for item, key in books.ledger.procurement.items()
    }
    whole = books.accounts["procurement_final"]
    shares = {name: books.accounts[f"procurement_{name}"] for name in ("small_business", "micro_business")}
    return {
        **classes,
        "procurement": whole,
        **shares,
        **{f"{name}_share": quotient(part, whole, books.write) for name, part in shares.items()},
    }


def _self_evaluated(books: Books) -> Named:
    """The projects that evaluate themselves: how many, their money, and their spending by fund."""
    funds = books.ledger.funds
    by_fund: dict[str, list[FundingLine]] = {fund: [] for fund in funds.values()}
    for project in books.projects:
        for row in project.project.funding:
            by_fund.setdefault(funds.get(row.fund.otherwise(""), GENERAL), []).append(row)
    return {
        "evaluated_projects": _count(project.project.name.place for project in books.projects),
        **{
            name: books.total(getattr(project.total, column) for project in books.projects)
            for name, column in _EVALUATED.items()
        },
        **{f"evaluated_{fund}": books.added(rows, "annual_spending") for fund, rows in by_fund.items()},
    }


def _department_evaluated(books: Books) -> Named:
    """The projects of 部门评价: how many, their money, and their budgets by fund."""
    rows = books.lines.evaluations
    budget, spending = (books.added(rows, column) for column in ("budget", "spending"))
    return {
        "department_evaluated": _count(row.name.place for row in rows),
        "department_evaluated_budget": budget,
        "department_evaluated_spending": spending,
        "department_evaluated_rate": quotient(spending, budget, books.write),
        **{
            f"department_evaluated_{fund}": books.added(
                (row for row in rows if row.fund.value == printed), "budget"
            )
            for printed, fund in books.ledger.funds.items()
        },
    }


def _count(places: Iterable[Place]) -> Figure:
    found = tuple(places)
    return Figure(Decimal(len(found)), f"{len(found)}个", found)


def evaluation_rate(books: Books, line: EvaluationLine) -> Figure:
    """The execution rate of a project of 部门评价."""
    spending, budget = entered(line.spending, books.write), entered(line.budget, books.write)
    return quotient(spending, budget, books.write)


def categories_of(books: Books, tables: FinalAccountsResult) -> tuple[CategoryResult, ...]:
    """Each 类 of 一般公共预算财政拨款 that spent or was budgeted, by code."""
    table = tables.by_fund.get(GENERAL)
    spent = {row.code: row.total for row in table.categories} if table else {}
    budgeted: dict[str, CategoryLine] = {}
    for line in books.lines.categories:
        if line.code.value:
            budgeted.setdefault(line.code.value, line)
    whole = table.total if table else UNKNOWN
    return tuple(
        _category(books, code, (spent.get(code), whole), budgeted.get(code))
        for code in sorted({*spent, *budgeted})
    )


def _category(
    books: Books, code: str, spent: tuple[Figure | None, Figure], line: CategoryLine | None
) -> CategoryResult:
    """``spent`` by this 类 and by all; a 类 that was budgeted and did not spend spent 0."""
    initial = entered(line.initial_budget, books.write) if line else UNKNOWN
    before = amount_before(
        f"{CATEGORY}{code}", line.last_year if line else Entered(), books.last_year, books.write
    )
    final = spent[0] or Figure(ZERO, "0", (line.code.place,) if line else ())
    return CategoryResult(
        code=code,
        name=books.function_name(code),
        initial_budget=initial,
        final=final,
        completion=quotient(final, initial, books.write),
        share=quotient(final, spent[1], books.write),
        change=change(final, before, books.write),
        line=line,
    )
