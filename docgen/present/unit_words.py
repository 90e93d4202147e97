"""The words of one unit: ``单位`` and ``文字`` in templates."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.checks import Case
from docgen.figures.results import UnitResult
from docgen.present.formats import Notation, count
from docgen.present.shown import View
from docgen.present.summary_words import totals_view
from docgen.present.texts import closed_paragraphs, said
from docgen.quantity import ZERO

REPORT_STYLES = ("概括", "分项目", "逐指标")
DEPARTMENT_PREFIX = "整体·"


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
        "写法": _style(said(unit.report_style)),
        "有落款": unit.report_date.is_given,
        "落款日期": notation.day(unit.report_date),
        "平均得分": notation.score(result.totals.average_score),
        "扣分项": deductions,
        "有扣分": bool(deductions),
        "全部优": bool(projects) and all(view["等级"] == best_grade(case) for view in projects),
    }


def _listed(value: object) -> list[View]:
    return value if isinstance(value, list) else []


def _style(chosen: str) -> View:
    chosen = chosen if chosen in REPORT_STYLES else REPORT_STYLES[0]
    return {style: style == chosen for style in REPORT_STYLES}


def best_grade(case: Case) -> str:
    """The highest grade of the norms; blank where a form grades nothing."""
    return max(case.norms.grades, key=lambda band: band.floor).name if case.norms.grades else ""


def narrative_view(case: Case, scope: str, per: str) -> View:
    """``文字``: the paragraphs of each section for one scope, the clerk's, else the pack's own, or none."""
    written = _written(case, scope)
    sections = [section for section in case.pack.layout.sections.values() if section.per == per]
    return {
        (name := section.title.removeprefix(DEPARTMENT_PREFIX)): closed_paragraphs(
            written.get(name, "") or section.text if section.enabled else ""
        )
        for section in sections
    }


def _written(case: Case, scope: str) -> dict[str, str]:
    rows = [row for row in case.filing.narratives if said(row.scope) == scope]
    return _joined((said(row.section).removeprefix(DEPARTMENT_PREFIX), said(row.text)) for row in rows)


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    texts: dict[str, list[str]] = {}
    for name, text in pairs:
        texts.setdefault(name, []).append(text)
    return {name: "\n".join(parts) for name, parts in texts.items()}
