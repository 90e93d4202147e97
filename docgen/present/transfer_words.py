"""The words of one 转移支付: ``转移`` in templates."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.checks import Case
from docgen.figures.arithmetic import quotient
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.final_results import TransferFundingResult, TransferResult
from docgen.figures.results import IndicatorResult, Level2Result
from docgen.figures.scoring import comparable, number_text
from docgen.model import Entered, Quantity, Target
from docgen.model.transfer import TransferManagement
from docgen.present.formats import Notation, chinese, circled
from docgen.present.measured_words import actual_of, amount_of, asked, bare_number, sign_of, wanted
from docgen.present.project_words import level1_flags
from docgen.present.shown import Shown, View
from docgen.present.texts import (
    clause,
    closed_paragraphs,
    in_sentence,
    listed,
    paragraphs,
    said,
    sentence,
    shown_target,
)
from docgen.quantity import ZERO

_AMOUNTS = {
    "全年预算数": "annual_budget",
    "全年执行数": "annual_spending",
    "到位数": "arrived",
    "结余": "balance",
}


def transfer_view(case: Case, result: TransferResult, number: int, notation: Notation) -> View:
    """Everything a template may print of one transfer; ``number`` is its place in the workbook."""
    transfer, nothing = result.transfer, case.pack.formats.nothing
    return {
        "名称": said(transfer.name),
        "序号": str(number),
        "中央主管部门": said(transfer.central_department),
        "地方主管部门": said(transfer.local_department) or said(case.filing.department.name),
        "资金使用单位": said(transfer.user_unit),
        "资金行": _funds(case, result, notation),
        "合计": _fund(result.total, notation),
        "结余原因": _balance_reasons(result),
        "管理": [_aspect(row, nothing) for row in transfer.management],
        "总体目标": paragraphs(said(transfer.expected)),
        "总体目标文本": "\n".join(paragraphs(said(transfer.expected))),
        "实际完成": closed_paragraphs(said(transfer.achieved)),
        "实际完成文本": "\n".join(paragraphs(said(transfer.achieved))),
        "指标树": _tree(case, result, notation),
        "审计发现": said(result.audit_findings) or nothing,
    }


def _aspect(row: TransferManagement, nothing: str) -> View:
    problems = said(row.problems)
    return {
        "名称": said(row.aspect),
        "情况": said(row.status),
        "情况句": sentence(said(row.status)),
        "有问题": problems not in {"", nothing},
        "问题": problems or nothing,
        "问题句": sentence(problems),
    }


def _balance_reasons(result: TransferResult) -> str:
    """Why money was left, over all sources, each reason once."""
    given = (clause(said(row.balance_reason)) for row in result.transfer.funding)
    return "；".join(dict.fromkeys(reason for reason in given if reason))


def _funds(case: Case, result: TransferResult, notation: Notation) -> list[View]:
    """A row for every source the form prints, then for those it does not, blank where there is no money."""
    sheet = case.pack.layout.sheets.get("transfer_funding")
    source = sheet.columns.get("source") if sheet else None
    printed = [name for name in source.choices if name != source.total] if source else []
    names = dict.fromkeys([*printed, *result.sources])
    rows = [_fund(result.sources.get(name), notation, name) for name in names]
    used = [row for row in rows if row["有金额"]]
    for order, row in enumerate(used, 1):
        row |= {"序号中文": chinese(order), "是末项": order == len(used)}
    return rows


def _fund(funding: TransferFundingResult | None, notation: Notation, source: str = "") -> View:
    amounts = {label: getattr(funding, name, UNKNOWN) for label, name in _AMOUNTS.items()}
    line = funding.line if funding else None
    balance = amounts["结余"].value
    return {
        "来源": source,
        "序号中文": "",
        "是末项": False,
        **{label: notation.transfer_money(figure) for label, figure in amounts.items()},
        "执行率": _padded(funding.execution_rate if funding else UNKNOWN, notation),
        "到位率": notation.rate(funding.arrival_rate if funding else UNKNOWN),
        "有金额": bool(amounts["全年预算数"].value or amounts["全年执行数"].value),
        "有结余": balance is not None and balance > ZERO,
        "文件": listed(said(line.documents)) if line else "",
        "用途": clause(said(line.use)) if line else "",
        "结余原因": clause(said(line.balance_reason)) if line else "",
    }


def _padded(rate: Figure, notation: Notation) -> Shown:
    bare = notation.bare_rate(rate, padded=True)
    return Shown(f"{bare}%", bare.figure) if bare else bare


def _tree(case: Case, result: TransferResult, notation: Notation) -> list[View]:
    """一级 → 二级 → 三级; a 二级 of the form without indicators keeps one empty row."""
    levels: Mapping[str, tuple[str, ...]] = case.pack.layout.transfer_levels
    used = {level.name: {level2.name: level2 for level2 in level.level2} for level in result.levels}
    tree: list[View] = []
    for order, name in enumerate(dict.fromkeys([*levels, *used]), 1):
        names = dict.fromkeys([*levels.get(name, ()), *used.get(name, {})])
        level2 = [
            _level2(name2, place, used.get(name, {}).get(name2), notation)
            for place, name2 in enumerate(names, 1)
        ]
        tree.append({"名称": name, "序号": str(order), **level1_flags(name, levels), "二级": level2})
    return tree


def _level2(name: str, order: int, level: Level2Result | None, notation: Notation) -> View:
    rows = [_row(row, notation) for row in (level.rows if level else ())]
    return {"名称": name, "序号": str(order), "有指标": bool(rows), "三级": rows or [_EMPTY]}


def _row(row: IndicatorResult, notation: Notation) -> View:
    indicator, reason = row.indicator, said(row.indicator.deviation_reason)
    ratio = reached(indicator.target, indicator.actual)
    return {
        "序号": str(row.number),
        "圈号": circled(row.number),
        "名称": in_sentence(said(indicator.level3)),
        "指标值": shown_target(indicator.target),
        "符号": sign_of(indicator.target),
        "目标数": wanted(indicator.target),
        "完成值": shown_target(indicator.actual),
        "实际完成值": actual_of(indicator.target, indicator.actual),
        "完成数": bare_number(indicator.actual),
        "完成比": notation.roughly(ratio),
        "完成量": amount_of(indicator.actual),
        "指标值语": asked(indicator.target),
        "目标是定量": isinstance(indicator.target.value, Quantity),
        "是定量": isinstance(indicator.actual.value, Quantity),
        "已完成": not reason if row.score.is_met is None else row.score.is_met,
        "完成情况": clause(said(indicator.qualitative_note)),
        "偏差原因": reason,
        "偏差原因句": sentence(reason),
        "偏差原因语": clause(reason),
    }


_EMPTY: View = {
    **dict.fromkeys(
        ("序号", "圈号", "名称", "指标值", "符号", "目标数", "完成值", "实际完成值", "完成数", "完成比"), ""
    ),
    **dict.fromkeys(("目标是定量", "是定量", "已完成"), False),
    **dict.fromkeys(("完成量", "指标值语", "完成情况", "偏差原因", "偏差原因句", "偏差原因语"), ""),
}


def reached(target: Entered[Target], actual: Entered[Target]) -> Figure:
    """Result ÷ target where both are quantities that can be compared."""
    pair = comparable(target.value, actual.value)
    if pair is None:
        return UNKNOWN
    asked_for, got = (
        Figure(quantity.number, number_text(quantity), (entry.place,))
        for quantity, entry in zip(pair, (target, actual), strict=True)
    )
    return quotient(got, asked_for)
