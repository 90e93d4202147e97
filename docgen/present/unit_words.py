"""The words of one unit: ``单位`` in templates."""

from __future__ import annotations

from docgen.checks import Case
from docgen.figures.results import UnitResult
from docgen.present.formats import Notation, count
from docgen.present.shown import View
from docgen.present.summary_words import totals_view
from docgen.present.texts import said
from docgen.quantity import ZERO


def unit_view(case: Case, result: UnitResult, projects: list[View], notation: Notation) -> View:
    """Everything a template may print of one unit; ``projects`` are the views of its projects, in order."""
    unit = result.unit
    deductions = [item for view in projects for item in _listed(view["扣分项"])]
    unspent = result.totals.unspent.value
    return {
        "名称": said(unit.name),
        "简称": said(unit.short_name) or said(unit.name),
        "项目数": count(len(projects)),
        "项目": projects,
        "项目名称表": "；".join(str(view["名称"]) for view in projects),
        "合计": totals_view(result.totals, notation),
        "有结余": unspent is not None and unspent > ZERO,
        "写法": _style(case, said(unit.report_style)),
        "有落款": unit.report_date.is_given,
        "落款日期": notation.day(unit.report_date),
        "平均得分": notation.score(result.totals.average_score),
        "扣分项": deductions,
        "有扣分": bool(deductions),
        "全部优": bool(projects) and all(view["等级"] == best_grade(case) for view in projects),
    }


def _listed(value: object) -> list[View]:
    return value if isinstance(value, list) else []


def _style(case: Case, chosen: str) -> View:
    """Which of the county's habits a report follows: the first unless another was chosen."""
    styles = case.pack.layout.sheets["units"].columns["report_style"].choices
    chosen = chosen if chosen in styles else styles[0] if styles else ""
    return {style: style == chosen for style in styles}


def best_grade(case: Case) -> str:
    """The highest grade of the norms; blank where a form grades nothing."""
    return max(case.norms.grades, key=lambda band: band.floor).name if case.norms.grades else ""
