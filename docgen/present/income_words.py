"""The department's income and spending at every stage: ``收支`` in templates."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.checks import Case
from docgen.figures.arithmetic import difference, quotient
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.report_results import Part, Parts
from docgen.present.account_style import NOTHING, stated
from docgen.present.change_words import difference_view
from docgen.present.formats import Notation
from docgen.present.shown import View
from docgen.quantity import ZERO

_STAGES = {
    "年初预算": "initial_budget",
    "全年预算": "annual_budget",
    "决算": "final",
    "上年决算": "last_year",
}
_STRUCTURE = {"基本支出": "basic", "项目支出": "project", "人员经费": "personnel", "公用经费": "public"}
_RATES = {
    "收入完成率": "income_completion_rate",
    "预算执行率": "budget_execution_rate",
    "预算调整率": "budget_adjustment_rate",
    "结转结余率": "surplus_rate",
}


def income_view(case: Case, notation: Notation) -> View:
    """Sources, structure and functions at each stage, and the rates that follow from their totals."""
    named = case.figures.accounts.named
    return {
        **{label: _stage(case, stage, notation) for label, stage in _STAGES.items()},
        "较预算": _change(case, "initial_budget", notation),
        "较上年": _change(case, "last_year", notation),
        "支出较预算": difference_view(
            named.get("spending_change", UNKNOWN), named.get("spending_change_rate", UNKNOWN), notation
        ),
        **{label: notation.ratio(named.get(name, UNKNOWN)) for label, name in _RATES.items()},
        **_adjusted(named.get("initial_budget", UNKNOWN), named.get("annual_budget", UNKNOWN)),
        "结转结余": notation.department_money(named.get("surplus", UNKNOWN)),
        "有结余": (named.get("surplus", UNKNOWN).value or ZERO) > ZERO,
    }


def part_views(parts: Iterable[Part], notation: Notation) -> list[View]:
    """Items of a total that are not 0, with their shares."""
    return [
        {
            "名称": part.name,
            "金额": notation.department_money(part.amount),
            "占比": notation.share(part.share),
        }
        for part in parts
        if part.amount.value
    ]


def _change(case: Case, stage: str, notation: Notation) -> View:
    """The final income against an earlier stage."""
    named = case.figures.accounts.named
    base = named.get(stage, UNKNOWN)
    moved = difference(named.get("final", UNKNOWN), base, case.number)
    return difference_view(moved, quotient(moved, base, case.number), notation)


def _adjusted(initial: Figure, annual: Figure) -> View:
    """Neither is claimed while one of the two budgets is unknown."""
    known = initial.is_known and annual.is_known
    return {
        "有调整": known and initial.value != annual.value,
        "未调整": known and initial.value == annual.value,
    }


def _stage(case: Case, stage: str, notation: Notation) -> View:
    report, amount = case.figures.report, notation.department_money
    income = case.figures.accounts.named.get(stage, UNKNOWN)
    functions = report.functions.get(stage, Parts())
    spending = case.figures.accounts.named.get(f"structure_{stage}", UNKNOWN)
    spending = spending if spending.is_known else functions.total
    sources = _sources(case, report.sources.get(stage, Parts()), income)
    return {
        "合计": amount(income),
        "收入合计": amount(income),
        "支出合计": amount(spending),
        "来源": part_views(sources, notation),
        "来源全": [{"名称": part.name, **_part(part, notation)} for part in sources],
        "来源名": {part.name: _part(part, notation) for part in sources},
        "其他来源": part_views(sources[1:], notation),
        "结构": _structure(case, stage, spending, notation),
        "功能": part_views(functions.rows, notation),
        "功能合计": amount(functions.total),
        "结余": amount(difference(income, spending, case.number)),
    }


def _sources(case: Case, parts: Parts, income: Figure) -> list[Part]:
    """Every printed source in the order of the form; a blank one is 0 where others are filled."""
    given = {part.name: part for part in parts.rows}
    blank = NOTHING if income.is_known else UNKNOWN
    share = quotient(blank, income, case.number)
    nowhere = case.sheet_place("accounts")
    return [
        given.get(name) or Part(name, blank, share, nowhere)
        for name in dict.fromkeys([*_printed(case), *given])
    ]


def _printed(case: Case) -> list[str]:
    """The sources that the county's sheet offers, in the order of the pack."""
    sheet = case.pack.layout.sheets.get("accounts")
    offered = sheet.columns["item"].choices if sheet else ()
    return [name for name in case.pack.ledger.sources if name in offered]


def _part(part: Part, notation: Notation) -> View:
    return {
        "金额": notation.department_money(part.amount),
        "占比": notation.share(part.share),
        "有": bool(part.amount.value),
    }


def _structure(case: Case, stage: str, spending: Figure, notation: Notation) -> View:
    """The parts of spending; one that was left out is 0 where others are filled."""
    named = case.figures.accounts.named
    is_told = stage in case.figures.report.structure
    figures = {label: named.get(f"{key}_{stage}", UNKNOWN) for label, key in _STRUCTURE.items()}
    if is_told:
        figures = {label: stated(figure) for label, figure in figures.items()}
    basic = figures["基本支出"]
    return {
        label: {
            "金额": notation.department_money(figure),
            "占比": notation.share(quotient(figure, spending, case.number)),
            "占基本": notation.share(quotient(figure, basic, case.number)),
            "有": bool(figure.value),
        }
        for label, figure in figures.items()
    }
