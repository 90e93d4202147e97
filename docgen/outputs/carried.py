"""What one year's record hands to the next: units, projects with targets, reasons given; written and read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from docgen.checks import Case
from docgen.figures.acceptance import figures_told
from docgen.figures.figure import Figure
from docgen.figures.results import ProjectResult
from docgen.finding import Finding
from docgen.model import Entered, Unit
from docgen.model.last_year import PastExplanation, PastIndicator, PastProject
from docgen.quantity import Points, Yuan, plain


def carried_over(case: Case, findings: Iterable[Finding]) -> dict[str, Any]:
    """The part ``carried`` of ``run.json``; amounts in 元 and scores as text, absent where unknown."""
    department = case.filing.department
    unit = department.money_unit.value
    return {
        "about": _given({"short_name": department.short_name.value, "money_unit": unit and unit.value}),
        "units": [_unit(each) for each in case.filing.units],
        "projects": [_project(each) for each in case.figures.projects],
        "overall": [
            _given({"level2": level2.name, "level3": row.level3, "target": row.target.text.strip()})
            for level1 in case.figures.overall.levels
            for level2 in level1.level2
            for row in level2.rows
        ],
        "explanations": [_explanation(each) for each in findings if each.explained is not None],
    }


def _given(values: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _unit(unit: Unit) -> dict[str, str]:
    evaluates: Entered[bool] = unit.self_evaluates
    said = {True: "是", False: "否", None: None}[evaluates.value]
    texts = {name: getattr(unit, name).value for name in ("name", "short_name", "kind", "report_style")}
    return _given({**texts, "self_evaluates": said})


def _project(result: ProjectResult) -> dict[str, Any]:
    project = result.project
    indicators = [
        _given({"level2": level2.name, "level3": entry.level3.value, "target": entry.target.text.strip()})
        for level1 in result.levels
        for level2 in level1.level2
        for entry in (row.indicator for row in level2.rows)
    ]
    return {
        **_given({"name": project.name.value, "unit": project.unit.value}),
        **_given(
            {
                "budget": _amount(result.total.annual_budget),
                "spending": _amount(result.total.annual_spending),
                "unspent": _amount(result.unspent),
                "score": _amount(result.total_score),
            }
        ),
        "indicators": indicators,
    }


def _amount(figure: Figure) -> str:
    return "" if figure.value is None else plain(figure.value)


def _explanation(finding: Finding) -> dict[str, str]:
    return {
        "code": finding.code,
        "where": str(finding.place),
        "reason": finding.explained or "",
        "figures": "、".join(figures_told(finding.message)),
    }


def carried_in(told: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of ``LastYear`` out of the part ``carried`` of a record; nothing where it has none.

    Raises ``KeyError``, ``TypeError``, ``ValueError`` or ``ArithmeticError`` for what is no such part.
    """
    return {
        "projects": tuple(_past_project(each) for each in told.get("projects", ())),
        "overall": tuple(_past_indicator(each) for each in told.get("overall", ())),
        "explanations": tuple(PastExplanation(**each) for each in told.get("explanations", ())),
        "units": tuple(dict(each) for each in told.get("units", ())),
        "about": dict(told.get("about", {})),
    }


def _past_project(told: Mapping[str, Any]) -> PastProject:
    amounts = {
        name: Yuan(Decimal(told[name])) if name in told else None
        for name in ("budget", "spending", "unspent")
    }
    indicators = tuple(_past_indicator(each) for each in told.get("indicators", ()))
    return PastProject(
        str(told.get("name", "")),
        str(told.get("unit", "")),
        **amounts,
        indicators=indicators,
        score=Points(Decimal(told["score"])) if "score" in told else None,
    )


def _past_indicator(told: Mapping[str, Any]) -> PastIndicator:
    return PastIndicator(*(str(told.get(name, "")) for name in ("level2", "level3", "target")))
