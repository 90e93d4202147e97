"""三公经费 and 政府采购 in the report of a department: ``三公`` and ``采购`` in templates."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.checks import Case
from docgen.figures.arithmetic import Write, difference, entered, quotient, total
from docgen.figures.figure import UNKNOWN, Figure
from docgen.model import ProcurementLine
from docgen.present.account_style import stated
from docgen.present.account_tables import SANGONG_ITEMS
from docgen.present.change_words import difference_view
from docgen.present.formats import Notation
from docgen.present.shown import View
from docgen.present.texts import clause, said

PURCHASES = "政府采购项目"  # the category of 事项清单 that counts projects of 政府采购
_STAGES = {"预算": "budget", "决算": "final", "上年": "last_year"}
_COLUMNS = {"预算": "budget", "合同": "contracted", "实际": "final"}
_AMOUNTS = {
    "预算": "procurement_budget",
    "合同": "procurement_contracted",
    "实际": "procurement_final",
    "中小": "procurement_small_business",
    "小微": "procurement_micro_business",
}
_SHARES = {"中小占比": "small_business_share", "小微占比": "micro_business_share"}


def sangong_stages(case: Case, notation: Notation) -> View:
    """Budget, final and last year of every item, what of the budget was used, and what changed."""
    items = {label: _sangong(case, label) for label in _STAGES}
    budget, final, before = (items[label] for label in _STAGES)
    completion = {
        label: notation.ratio(quotient(final[label], budget[label], case.number)) for label in SANGONG_ITEMS
    }
    return {
        **{label: _amounts(figures, notation) for label, figures in items.items()},
        "有": {label: bool(budget[label].value or final[label].value) for label in SANGONG_ITEMS},
        "完成率": completion,
        "控制率": completion["合计"],
        "较上年": _against(before["合计"], final["合计"], case.number, notation),
        "较预算": _against(budget["合计"], final["合计"], case.number, notation),
        "原因": "；".join(
            dict.fromkeys(filter(None, (clause(said(row.reason)) for row in case.filing.sangong)))
        ),
    }


def _amounts(figures: dict[str, Figure], notation: Notation) -> View:
    return {label: notation.department_money(figure) for label, figure in figures.items()}


def _sangong(case: Case, stage: str) -> dict[str, Figure]:
    """The items at one stage. What was left blank is 0, but last year only where some of it is known."""
    named, column = case.figures.accounts.named, _STAGES[stage]
    figures = {label: named.get(f"{key}_{column}", UNKNOWN) for label, key in SANGONG_ITEMS.items()}
    is_told = stage != "上年" or figures["合计"].is_known
    if not (is_told and case.filing.is_whole("sangong")):
        return figures
    return {label: stated(figure) for label, figure in figures.items()}


def _against(base: Figure, now: Figure, write: Write, notation: Notation) -> View:
    change = difference(now, base, write)
    return difference_view(change, quotient(change, base, write), notation)


def procurement_view(case: Case, notation: Notation) -> View:
    """Budget, contracts and purchases in all and by class, and what small firms got of them."""
    named, listed = case.figures.accounts.named, case.figures.report.listed
    figures = {label: _blank_is_nought(case, named.get(name, UNKNOWN)) for label, name in _AMOUNTS.items()}
    rate = quotient(figures["实际"], figures["预算"], case.number)
    return {
        "有": any(figure.value for figure in figures.values()),
        "项目数": notation.tally(listed[PURCHASES].count) if PURCHASES in listed else "",
        **_amounts(figures, notation),
        "执行率": notation.ratio(rate),
        **{label: notation.share(named.get(name, UNKNOWN)) for label, name in _SHARES.items()},
        **{printed: _class(case, printed, notation) for printed in case.pack.ledger.procurement},
    }


def _blank_is_nought(case: Case, figure: Figure) -> Figure:
    return stated(figure) if case.filing.is_whole("procurement") else figure


def _class(case: Case, printed: str, notation: Notation) -> View:
    lines = [line for line in case.filing.procurement if said(line.category) == printed]
    figures = {
        label: _blank_is_nought(case, _added(lines, column, case.number))
        for label, column in _COLUMNS.items()
    }
    return {
        "有": any(figure.value for figure in figures.values()),
        **_amounts(figures, notation),
        "执行率": notation.ratio(quotient(figures["实际"], figures["预算"], case.number)),
    }


def _added(lines: Iterable[ProcurementLine], column: str, write: Write) -> Figure:
    return total((entered(getattr(line, column), write) for line in lines), write)
