"""非税收入 and 三保支出: ``非税`` and ``三保`` in templates."""

from __future__ import annotations

from docgen.checks import Case
from docgen.figures.arithmetic import total
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.report_results import GuaranteeResult, NontaxResult
from docgen.present.change_words import difference_view
from docgen.present.formats import Notation
from docgen.present.shown import View
from docgen.present.texts import clause, in_sentence, said
from docgen.quantity import ZERO


def nontax_view(case: Case, notation: Notation) -> View:
    """Charges as planned and as paid in; ``足额`` and ``无大变动`` only where the figures allow them."""
    report, amount = case.figures.report, notation.department_money
    plan, final = report.nontax_plan, report.nontax_final
    large = [row for row in report.nontax if _is_large(case, row)]
    planned = [row for row in report.nontax if row.plan.is_known or row.last_year.is_known]
    return {
        "有": bool(plan.value or final.value),
        "计划合计": amount(plan),
        "计划": _charges([(row, row.plan) for row in report.nontax], notation),
        "实缴合计": amount(final),
        "实缴": _charges([(row, row.final) for row in report.nontax], notation),
        "足额": plan.value is not None and final.value is not None and final.value >= plan.value,
        "变动大": [_changed(row, notation) for row in large],
        "无大变动": bool(planned) and all(map(_is_compared, planned)) and not large,
    }


def _charges(rows: list[tuple[NontaxResult, Figure]], notation: Notation) -> list[View]:
    return [
        {"名称": _name(row), "金额": notation.department_money(figure)}
        for row, figure in rows
        if figure.value
    ]


def _name(row: NontaxResult) -> str:
    return in_sentence(said(row.line.item))


def _is_large(case: Case, row: NontaxResult) -> bool:
    """Whether a plan moved by the limit or more; one that began from nothing did."""
    if row.change_rate.value is None:
        return bool(row.plan.value) and row.last_year.value == ZERO
    return abs(row.change_rate.value) >= case.norms.nontax_change_limit


def _is_compared(row: NontaxResult) -> bool:
    return row.plan.is_known and row.last_year.is_known


def _changed(row: NontaxResult, notation: Notation) -> View:
    direction = difference_view(row.change_rate, row.change_rate, notation)
    return {
        "名称": _name(row),
        "率": notation.rate_size(row.change_rate),
        "增减": direction["增减"],
        "原因": clause(said(row.line.reason)),
    }


def guarantee_view(case: Case, notation: Notation) -> View:
    """保基本民生, 保工资, 保运转 by their printed names, and whether all were met in full."""
    found, amount = case.figures.report.guarantees, notation.department_money
    results = {printed: _result(case, printed) for printed in case.pack.ledger.guarantees}
    used = [result for result in results.values() if result is not None and result.rows]
    return {
        **{printed: _guarantee(result, notation) for printed, result in results.items()},
        "有": bool(used),
        "全部足额": bool(used) and all(result.is_full for result in used),
        "合计安排": amount(total((result.arranged for result in found.values()), case.number)),
        "合计支出": amount(total((result.spent for result in found.values()), case.number)),
    }


def _result(case: Case, printed: str) -> GuaranteeResult | None:
    found = case.figures.report.guarantees
    return found.get(printed) or found.get(case.pack.ledger.guarantees[printed])


def _guarantee(result: GuaranteeResult | None, notation: Notation) -> View:
    amount = notation.department_money
    arranged, spent, rate = (result.arranged, result.spent, result.rate) if result else (UNKNOWN,) * 3
    rows = result.rows if result else ()
    unspent = dict.fromkeys(clause(said(line.reason)) for line, _, _ in rows)
    return {
        "有": bool(rows),
        "安排": amount(arranged),
        "支出": amount(spent),
        "支出率": notation.ratio(rate),
        "足额": result is not None and result.is_full,
        "各项": [
            {"名称": in_sentence(said(line.name)), "安排": amount(planned), "支出": amount(paid)}
            for line, planned, paid in rows
        ],
        "未支出原因": "；".join(filter(None, unspent)),
    }
