"""The words of one project: ``项目`` in templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from docgen.checks import Case
from docgen.figures.arithmetic import entered
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.results import IndicatorResult, Level1Result, Level2Result, ProjectResult
from docgen.model import Indicator, Project, Quantity
from docgen.packs import Column, Options
from docgen.present.deductions import execution_lost, is_full, points_lost, project_deductions
from docgen.present.formats import Notation, chinese
from docgen.present.funding_words import cost_list, fund_sources, fund_table, funding_row, has_carried_in
from docgen.present.measured_words import actual_of, amount_of, bare_number, sign_and_unit
from docgen.present.narrative_words import scoped_texts
from docgen.present.particulars import extra_columns, particulars
from docgen.present.shown import View
from docgen.present.texts import (
    clause,
    closed_paragraphs,
    in_sentence,
    paragraphs,
    reasons,
    said,
    sentence,
    shown_target,
)
from docgen.quantity import ZERO

_PRINTED = (
    "指标值",
    "完成值",
    "年初指标值",
    "调整后指标值",
    "实际完成值",
    "完成数",
    "定性情况说明",
    "完成量",
    "偏差原因语",
)
_BLANK: View = {
    **dict.fromkeys(("名称", *_PRINTED, "分值", "得分", "偏差原因", "偏差原因句"), ""),
    **dict.fromkeys(("是定量", "已完成", "部分完成"), False),
}
_LEVEL1_KIND = "指标"  # 产出指标 is told from the others as 产出


def project_view(case: Case, result: ProjectResult, number: int, notation: Notation) -> View:
    """Everything a template may print of one project; ``number`` counts within its unit."""
    project = result.project
    return {
        **_heading(case, result, number),
        **_money(case, result, notation),
        "预期目标": paragraphs(said(project.expected)),
        "实际完成情况": paragraphs(said(project.achieved)),
        "预期目标语": clause(said(project.expected)),
        "实际完成语": clause(said(project.achieved)),
        "预期目标文本": "\n".join(paragraphs(said(project.expected))),
        "实际完成情况文本": "\n".join(paragraphs(said(project.achieved))),
        "指标树": indicator_tree(case, result, notation),
        "一级": {name: _sums(result.level(name), notation) for name in case.pack.layout.project_levels},
        "总分": {"分值": notation.score(result.points), "得分": notation.score(result.total_score)},
        "等级": result.grade,
        "使用情况": closed_paragraphs(said(project.usage)),
        "成效": closed_paragraphs(said(project.results)),
        "后续措施": closed_paragraphs(said(project.next_steps)),
        "指标得分": notation.score(result.indicator_score),
        **_shortfall(case, result, notation),
        **fund_table(result, notation),
        **cost_list(case, said(project.name), notation),
        "资料": particulars(extra_columns(case, "projects", Project), project.extras, notation),
        **scoped_texts(case, said(project.name), "project"),
    }


def _heading(case: Case, result: ProjectResult, number: int) -> View:
    project = result.project
    return {
        "名称": said(project.name),
        "序号": str(number),
        "中文序号": chinese(number),
        "主管部门": said(project.department) or said(case.filing.department.name),
        "实施单位": said(project.unit),
    }


def _money(case: Case, result: ProjectResult, notation: Notation) -> View:
    total = funding_row(result.total, notation)
    total["分值"] = notation.score(Figure(case.norms.execution_points))
    total["得分"] = notation.score(result.execution_score)
    parts = {name: funding_row(result.sources.get(name), notation) for name in fund_sources(case)}
    unspent = result.unspent
    return {
        "资金": {"总额": total, **parts},
        "执行率": total["执行率"],
        "执行率分值": total["分值"],
        "执行率得分": total["得分"],
        "有结转": has_carried_in(case, result),
        "结余": notation.money(unspent),
        "有结余": unspent.value is not None and unspent.value > ZERO,
    }


def _shortfall(case: Case, result: ProjectResult, notation: Notation) -> View:
    deductions, rows = project_deductions(case, result, notation), result.rows
    is_done = is_full(execution_lost(case, result)) and not any(
        (lost is None or lost > ZERO) and not _is_blank(row.indicator)
        for row in rows
        for lost in (points_lost(row),)
    )
    given_reasons = [result.project.deviation_reason, *(row.indicator.deviation_reason for row in rows)]
    return {
        "偏差原因": (why := reasons(map(said, given_reasons))),
        "偏差原因语": clause(why),
        "扣分项": deductions,
        "有扣分": bool(deductions),
        "全部完成": is_done,
    }


def _sums(level: Level1Result | Level2Result | None, notation: Notation) -> View:
    points, score, rate = (level.points, level.score, level.score_rate) if level else (UNKNOWN,) * 3
    return {"分值": notation.score(points), "得分": notation.score(score), "得分率": notation.rate(rate)}


def level1_label(name: str, points: str, pattern: str) -> str:
    """``产出指标`` over ``（50分）``, by the pack's pattern; the name alone where there are no points."""
    return f"{name}\n{pattern.replace('{分值}', points)}" if pattern and points else name


def level1_flags(name: str, levels: Iterable[str]) -> View:
    """``是产出`` …: for each 一级指标 of the form, whether this is it."""
    return {f"是{known.removesuffix(_LEVEL1_KIND)}": known == name for known in levels}


def indicator_tree(case: Case, result: ProjectResult, notation: Notation) -> list[View]:
    """一级 → 二级 → 三级 as printed, with the rows and levels the pack prints even when unused."""
    options, levels = case.pack.options, case.pack.layout.project_levels
    used = {level.name: level for level in result.levels if level.rows}
    names = list(dict.fromkeys([*levels, *used])) if options.all_level2 else list(used)
    form = _Form(case.pack.options, extra_columns(case, "indicators", Indicator), notation)
    return [_level1(case, name, used.get(name), form) for name in names]


@dataclass(frozen=True, slots=True)
class _Form:
    """How the rows of a form are printed, with the columns that the county added to them."""

    options: Options
    columns: Mapping[str, Column]
    notation: Notation


def _level1(case: Case, name: str, level: Level1Result | None, form: _Form) -> View:
    used = {level2.name: level2 for level2 in (level.level2 if level else ()) if level2.rows}
    every = case.pack.layout.project_levels.get(name, ()) if case.pack.options.all_level2 else ()
    names = list(dict.fromkeys([*every, *used]))
    sums = _sums(level, form.notation)
    pattern = case.pack.options.level1_points_label
    return {
        "名称": name,
        "标签": level1_label(name, str(sums["分值"]), pattern),
        **sums,
        **level1_flags(name, case.pack.layout.project_levels),
        "二级": [_level2(level2, order, used.get(level2), form) for order, level2 in enumerate(names, 1)],
    }


def _level2(name: str, order: int, level: Level2Result | None, form: _Form) -> View:
    rows = [_row(row, form) for row in (level.rows if level else ())]
    blanks = range(len(rows) + 1, max(form.options.placeholder_rows, 1) + 1)
    return {
        "名称": name,
        "序号": str(order),
        **_sums(level, form.notation),
        "有指标": not all(row["是占位"] for row in rows),
        "三级": [*rows, *(_placeholder(number, form) for number in blanks)],
    }


def _row(row: IndicatorResult, form: _Form) -> View:
    indicator, prefix, notation = row.indicator, form.options.indicator_prefix, form.notation
    name, reason = said(indicator.level3), said(indicator.deviation_reason)
    target, actual = shown_target(indicator.target), shown_target(indicator.actual)
    return {
        "序号": str(row.number),
        "标签": prefix.replace("{序号}", str(row.number)) + name,
        "名称": in_sentence(name),
        "指标值": target,
        "完成值": actual,
        "分值": notation.score(entered(indicator.points)),
        "得分": notation.score(row.score.figure),
        **_measured(indicator, target),
        **_outcome(row),
        "偏差原因": reason,
        "偏差原因句": sentence(reason),
        "是占位": _is_blank(indicator),
        "资料": particulars(form.columns, indicator.extras, notation),
    }


def _measured(indicator: Indicator, target: str) -> View:
    """What forms with two targets and bare numbers print of a row."""
    initial = indicator.initial_target if indicator.initial_target.is_given else indicator.target
    return {
        "年初指标值": sign_and_unit(initial),
        "调整后指标值": target,
        "实际完成值": actual_of(indicator.target, indicator.actual),
        "完成数": bare_number(indicator.actual),
        "定性情况说明": said(indicator.qualitative_note),
        "完成量": amount_of(indicator.actual),
        "是定量": isinstance(indicator.actual.value, Quantity),
        "偏差原因语": clause(said(indicator.deviation_reason)),
    }


def _outcome(row: IndicatorResult) -> View:
    """Whether a row reached its target, or part of it."""
    lost, earned = points_lost(row), row.score.figure.value
    met = bool(row.score.is_met) if lost is None else lost <= ZERO
    return {"已完成": met, "部分完成": not met and earned is not None and earned > ZERO}


def _is_blank(indicator: Indicator) -> bool:
    """Whether a row only keeps its place on the form: a name at most."""
    return not (indicator.points.is_given or shown_target(indicator.target) or shown_target(indicator.actual))


def _placeholder(number: int, form: _Form) -> View:
    label = form.options.indicator_prefix.replace("{序号}", str(number))
    extra = particulars(form.columns, {}, form.notation)
    return {"序号": str(number), "标签": label, **_BLANK, "是占位": True, "资料": extra}
