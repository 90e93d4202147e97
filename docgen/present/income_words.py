"""The department's income and spending at every stage: ``收支`` in templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from docgen.checks import Case
from docgen.figures.arithmetic import difference, quotient
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.report_results import Part, Parts
from docgen.present.account_style import NOTHING, stated
from docgen.present.change_words import difference_view
from docgen.present.formats import Notation
from docgen.present.shown import Shown, View
from docgen.quantity import ZERO

_STAGES = {
    "年初预算": "initial_budget",
    "全年预算": "annual_budget",
    "决算": "final",
    "上年决算": "last_year",
}
_STRUCTURE = {"基本支出": "basic", "项目支出": "project", "人员经费": "personnel", "公用经费": "public"}
_PAIRS = (("基本支出", "项目支出"), ("人员经费", "公用经费"))
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
        **_adjusted(case),
        **_left_over(case, notation),
    }


def part_views(parts: Iterable[Part], notation: Notation) -> list[View]:
    """Items of a total that are not 0, with their shares."""
    listed = list(parts)
    return [
        {"名称": part.name, "金额": notation.department_money(part.amount), "占比": share}
        for part, share in zip(listed, _shares(listed, notation), strict=True)
        if part.amount.value
    ]


def _shares(parts: Iterable[Part], notation: Notation) -> list[Shown]:
    return notation.shares([part.share for part in parts])


def _change(case: Case, stage: str, notation: Notation) -> View:
    """The final income against an earlier stage."""
    named = case.figures.accounts.named
    base = named.get(stage, UNKNOWN)
    moved = difference(named.get("final", UNKNOWN), base, case.number)
    return difference_view(moved, quotient(moved, base, case.number), notation)


def _adjusted(case: Case) -> View:
    """Neither is claimed while one of the two budgets is unknown.

    ``未调整`` is denied too where the total stayed and the money of lines or projects moved.
    """
    named = case.figures.accounts.named
    initial, annual = named.get("initial_budget", UNKNOWN), named.get("annual_budget", UNKNOWN)
    known = initial.is_known and annual.is_known
    is_same = known and initial.value == annual.value
    return {"有调整": known and not is_same, "未调整": is_same and not _moved(case)}


def _moved(case: Case) -> bool:
    """Whether a line of 收支 or a project has another budget than at the beginning of the year."""
    lines = ((line.initial_budget.value, line.annual_budget.value) for line in case.filing.accounts)
    projects = (
        (each.total.initial_budget.value, each.total.annual_budget.value) for each in case.figures.projects
    )
    return any(None not in pair and pair[0] != pair[1] for pair in (*lines, *projects))


def _left_over(case: Case, notation: Notation) -> View:
    """What was not spent of the annual budget; nothing is claimed while that is unknown."""
    surplus = case.figures.accounts.named.get("surplus", UNKNOWN)
    value = surplus.value
    return {
        "结转结余": notation.department_money(surplus),
        "有结余": value is not None and value > ZERO,
        "无结余": value is not None and value == ZERO,
        "预算内": value is not None and value >= ZERO,
    }


def _stage(case: Case, stage: str, notation: Notation) -> View:
    report, amount = case.figures.report, notation.department_money
    income = case.figures.accounts.named.get(stage, UNKNOWN)
    functions = report.functions.get(stage, Parts())
    spending = case.figures.accounts.named.get(f"structure_{stage}", UNKNOWN)
    spending = spending if spending.is_known else functions.total
    sources = _sources(case, report.sources.get(stage, Parts()), income)
    shares = _shares(sources, notation)
    by_name = {part.name: _part(part, share, notation) for part, share in zip(sources, shares, strict=True)}
    return {
        "合计": amount(income),
        "收入合计": amount(income),
        "支出合计": amount(spending),
        "来源": part_views(sources, notation),
        "来源全": [{"名称": name, **view} for name, view in by_name.items()],
        "来源名": by_name,
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


def _part(part: Part, share: Shown, notation: Notation) -> View:
    return {
        "金额": notation.department_money(part.amount),
        "占比": share,
        "有": bool(part.amount.value),
    }


def _structure(case: Case, stage: str, spending: Figure, notation: Notation) -> View:
    """The parts of spending; one that was left out is 0 where others are filled."""
    named = case.figures.accounts.named
    is_told = stage in case.figures.report.structure
    figures = {label: named.get(f"{key}_{stage}", UNKNOWN) for label, key in _STRUCTURE.items()}
    if is_told:
        figures = {label: stated(figure) for label, figure in figures.items()}
    shares = _shares_by_pairs(case, figures, spending, notation)
    of_basic = _shares_by_pairs(case, figures, figures["基本支出"], notation)
    return {
        label: {
            "金额": notation.department_money(figure),
            "占比": shares[label],
            "占基本": of_basic[label],
            "有": bool(figure.value),
        }
        for label, figure in figures.items()
    }


def _shares_by_pairs(
    case: Case, figures: Mapping[str, Figure], whole: Figure, notation: Notation
) -> dict[str, Shown]:
    """Shares of ``whole``: those of 基本支出 and 项目支出 close to 100 %, as do 人员经费 and 公用经费."""
    shares: dict[str, Shown] = {}
    for pair in _PAIRS:
        rates = [quotient(figures[label], whole, case.number) for label in pair]
        shares.update(zip(pair, notation.shares(rates), strict=True))
    return shares
