"""The words of a summary table: ``汇总`` in templates."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.checks import Case
from docgen.figures.results import ProjectResult, Totals
from docgen.present.formats import Notation
from docgen.present.shown import View
from docgen.present.texts import reasons, said


def summary_view(case: Case, name: str, rows: Iterable[View], totals: Totals, notation: Notation) -> View:
    """One row for each project in the order given, as ``summary_row`` has them, and their totals."""
    return {
        "单位名称": name,
        "层级": "",
        "日期": notation.day(case.filing.department.report_date),
        "行": _numbered(rows),
        "合计": totals_view(totals, notation),
        "显示合计": case.pack.options.summary_total,
    }


def summary_rows(case: Case) -> list[View]:
    """The row of every project as a summary over the whole department prints it."""
    notation = Notation(case.pack.formats, case.norms.score_places)
    return _numbered(summary_row(case, result, notation) for result in case.figures.projects)


def _numbered(rows: Iterable[View]) -> list[View]:
    return [{"序号": str(number), **row} for number, row in enumerate(rows, 1)]


def totals_view(totals: Totals, notation: Notation) -> View:
    """Sums over projects, each computed in 元 and rounded once."""
    spent = notation.money(totals.annual_spending)
    return {
        "年初预算数": notation.money(totals.initial_budget),
        "全年预算数": notation.money(totals.annual_budget),
        "全年执行数": spent,
        "执行数": spent,
        "执行率": notation.rate_over(totals.execution_rate, totals.annual_budget),
        "完成年初预算": notation.rate(totals.initial_completion),
        "结余": notation.money(totals.unspent),
        "平均得分": notation.score(totals.average_score),
    }


def summary_row(case: Case, result: ProjectResult, notation: Notation) -> View:
    """What every summary prints of a project, before it is numbered."""
    project, total = result.project, result.total
    given = [project.deviation_reason, *(row.indicator.deviation_reason for row in result.rows)]
    rates = {f"{name}得分率": result.level(name) for name in case.pack.layout.project_levels}
    return {
        "项目名称": said(project.name),
        "实施单位": said(project.unit),
        "年初预算数": notation.money(total.initial_budget),
        "全年预算数": notation.money(total.annual_budget),
        "执行数": notation.money(total.annual_spending),
        "执行率": notation.rate_over(total.execution_rate, total.annual_budget),
        **{label: notation.rate(level.score_rate) if level else "" for label, level in rates.items()},
        "自评得分": notation.score(result.total_score),
        "评价等级": result.grade,
        "偏差原因": reasons(map(said, given)),
    }
