"""Findings, projects and rules as the words of 校验报告.html: strings, lists, yes and no."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from docgen.checks import Case
from docgen.checks.catalogue import RULES
from docgen.checks.kinds import declared
from docgen.checks.rule import Rule
from docgen.figures.figure import Figure
from docgen.figures.results import OverallLevel1, ProjectResult
from docgen.finding import Finding, Severity
from docgen.present.formats import Notation
from docgen.present.shown import View
from docgen.quantity import HUNDRED, ZERO, plain, rounded

EXPLAINED = "已说明"
_WHOLE = "整个工作簿"
_LOOKS: Mapping[str, str] = {
    Severity.ERROR.value: "error",
    Severity.VERIFY.value: "verify",
    Severity.NOTE.value: "note",
    EXPLAINED: "explained",
}


def findings_view(case: Case, findings: Sequence[Finding]) -> View:
    """One workbook for the page: verdict, counts, findings by sheet, bars, and the rules that spoke."""
    department, notation = case.filing.department, Notation(case.pack.formats, case.norms.score_places)
    counts = Counter(_tier(finding) for finding in findings)
    year = department.fiscal_year.value
    return {
        "部门": department.name.otherwise("") or "（未填部门名称）",
        "年度": f"{year} 年度" if year else "（未填年度）",
        "工作簿": case.filing.workbook,
        "模板包": case.pack.title,
        "定稿": not any(finding.is_open for finding in findings),
        "件数": [{"等级": tier, "样式": _LOOKS[tier], "条数": str(counts[tier])} for tier in _LOOKS],
        "各表": _sheets(findings),
        "项目": [_project(project, case, notation) for project in case.figures.projects],
        "金额单位": case.pack.formats.money_unit,
        "整体": [_level(level, notation) for level in case.figures.overall.levels],
        "整体得分": notation.score(case.figures.overall.total_score),
        "整体等级": case.figures.overall.grade,
        "执行率下限": _share(case.norms.low_execution_floor),
        "规则": _rules(case, findings),
    }


def _tier(finding: Finding) -> str:
    return EXPLAINED if finding.explained is not None else finding.severity.value


def _sheets(findings: Iterable[Finding]) -> list[View]:
    """Findings by sheet: sheets in the order of their gravest finding, explained ones at their end."""
    groups: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: (f.explained is not None, f.sort_key)):
        groups.setdefault(finding.place.sheet or _WHOLE, []).append(finding)
    return [
        {
            "表": sheet,
            "条数": str(len(found)),
            "待处理": str(sum(finding.is_open for finding in found)),
            "问题": [_finding(finding) for finding in found],
        }
        for sheet, found in groups.items()
    ]


def _finding(finding: Finding) -> View:
    return {
        "等级": finding.severity.value,
        "样式": _LOOKS[_tier(finding)],
        "编号": finding.code,
        "单元格": finding.place.cell,
        "栏目": finding.place.label,
        "说法": finding.message,
        "应为": finding.expected,
        "怎么改": finding.fix,
        "依据": finding.basis,
        "已说明": finding.explained or "",
        "另见": [f"{related.place}（{related.note}）" for related in finding.related],
    }


def _project(project: ProjectResult, case: Case, notation: Notation) -> View:
    funds, rate = project.total, project.total.execution_rate
    floor = case.norms.low_execution_floor
    return {
        "名称": project.project.name.otherwise("（未填名称）"),
        "单位": project.project.unit.otherwise(""),
        "预算数": notation.money(funds.annual_budget),
        "执行数": notation.money(funds.annual_spending),
        "执行率": notation.rate(rate),
        "执行率宽": _share(rate.value),
        "偏低": rate.value is not None and rate.value < floor,
        "总分": notation.score(project.total_score),
        "总分宽": _part(project.total_score, Figure(case.norms.total_points)),
        "等级": project.grade,
    }


def _level(level: OverallLevel1, notation: Notation) -> View:
    return {
        "名称": level.name,
        "得分": notation.score(level.score),
        "分值": notation.score(level.points),
        "宽": _part(level.score, level.points),
    }


def _part(part: Figure, whole: Figure) -> str:
    return _share(part.value / whole.value if part.value is not None and whole.value else None)


def _share(value: Decimal | None) -> str:
    """A fraction as the length of a bar out of 100; empty for what is unknown."""
    if value is None:
        return ""
    return plain(rounded(min(max(value, ZERO), Decimal(1)) * HUNDRED, 2))


def _rules(case: Case, findings: Iterable[Finding]) -> list[View]:
    """The texts of the rules that found something, by code."""
    spoke = {finding.code for finding in findings}
    rules = {rule.code: rule for rule in (*RULES, *declared(case.pack))}
    return [_rule(rules[code]) for code in sorted(spoke & rules.keys())]


def _rule(rule: Rule) -> View:
    return {
        "编号": rule.code,
        "等级": rule.severity.value,
        "样式": _LOOKS[rule.severity.value],
        "规则": rule.summary,
        "错例": rule.wrong,
        "正例": rule.right,
        "怎么改": rule.fix,
        "依据": rule.basis,
    }
