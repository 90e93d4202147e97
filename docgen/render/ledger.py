"""校验结果.xlsx: every finding, how each 指标值 was read, how each score came about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from docgen.checks import Case
from docgen.figures.acceptance import figures_told
from docgen.figures.results import Method, OverallRow, ProjectResult, Score
from docgen.figures.scoring import PERCENT
from docgen.finding import EXPLAINED, Finding, Place, Severity
from docgen.model import Indicator, Quantity, Target
from docgen.quantity import MoneyUnit, in_unit
from docgen.render.ledger_sheet import Coloured, Heading, LedgerSheet, Link, Rate, Value
from docgen.workbook import Reading

_TIERS = (Severity.ERROR.value, Severity.VERIFY.value, EXPLAINED, Severity.NOTE.value)
_METHODS: Mapping[Method, str] = {
    "rule": "按规则计算",
    "judged": "由人评定",
    "accepted": "已写核实说明，采用填报得分",
    "unknown": "算不出",
}

FINDINGS = (
    Heading("类别", 8),
    Heading("编号", 7),
    Heading("表", 11),
    Heading("单元格", 8),
    Heading("栏目", 13),
    Heading("发现的问题", 44),
    Heading("应为", 18),
    Heading("怎么改", 30),
    Heading("依据", 20),
    Heading("核实说明", 18),
    Heading("所说明的数", 14),
)
READINGS = (
    Heading("表", 14),
    Heading("单元格", 9),
    Heading("栏目", 14),
    Heading("填写", 30),
    Heading("读作", 8),
    Heading("含义", 44),
)
SCORES = (
    Heading("项目", 22),
    Heading("一级指标", 12),
    Heading("二级指标", 14),
    Heading("三级指标", 24),
    Heading("分值", 8),
    Heading("指标值", 14),
    Heading("完成值", 14),
    Heading("推算过程", 26),
    Heading("规则得分", 9),
    Heading("填报得分", 9),
    Heading("采用得分", 9),
    Heading("得分由来", 14),
)
PROJECTS = ("项目", "全年预算数", "全年执行数", "执行率", "执行率得分", "自评总分", "等级", "单位")


@dataclass(frozen=True, slots=True)
class Ledger:
    """What 校验结果 tells. ``copy`` is the name of the annotated workbook that the cells link to."""

    case: Case
    findings: Sequence[Finding]
    readings: Sequence[Reading]
    copy: str


def findings_book(ledger: Ledger) -> bytes:
    """The bytes of 校验结果.xlsx; they depend on ``ledger`` alone."""
    from docgen.render.row_book import RowBook  # with it XlsxWriter is loaded

    book = RowBook("校验结果")
    _summary(LedgerSheet(book, "汇总"), ledger)
    LedgerSheet(book, "问题清单").table(FINDINGS, [_finding(f, ledger.copy) for f in ledger.findings])
    LedgerSheet(book, "指标值读法").table(READINGS, [_reading(r, ledger.copy) for r in ledger.readings])
    LedgerSheet(book, "得分推算").table(SCORES, _scores(ledger.case))
    return book.finished()


def tier_of(finding: Finding) -> str:
    """错误, 核实, 提示, or 已说明 for a 核实 that a written reason has closed."""
    return finding.tier


def _finding(finding: Finding, copy: str) -> list[Value]:
    place, tier = finding.place, tier_of(finding)
    shown = finding.severity.value if tier != EXPLAINED else f"{finding.severity.value}（{EXPLAINED}）"
    return [
        Coloured(shown, tier),
        finding.code,
        place.sheet or place.workbook,
        _whereabouts(place, copy),
        place.label,
        finding.message + _see_also(finding),
        finding.expected,
        finding.fix,
        finding.basis,
        finding.explained or "",
        "、".join(figures_told(finding.message)) if finding.severity is Severity.VERIFY else "",
    ]


def _see_also(finding: Finding) -> str:
    """The related places, those of one note and sheet together: ``另见 项目资金!E11、E12（各来源）``."""
    cells: dict[tuple[str, str], list[str]] = {}
    for related in finding.related:
        cells.setdefault((related.note, related.place.sheet), []).append(related.place.cell)
    return "".join(f"\n另见 {sheet}!{'、'.join(found)}（{note}）" for (note, sheet), found in cells.items())


def _whereabouts(place: Place, copy: str) -> Link:
    if not place.sheet:
        return Link("", "", "", "")
    return Link(place.cell or "整表", copy, place.sheet, place.cell)


def _reading(reading: Reading, copy: str) -> list[Value]:
    place = reading.place
    return [place.sheet, _whereabouts(place, copy), place.label, reading.text, reading.kind, reading.meaning]


def _summary(sheet: LedgerSheet, ledger: Ledger) -> None:
    department = ledger.case.filing.department
    sheet.widths((38, 18, 18, 12, 12, 12, 8, 32))
    sheet.title("校验结果")
    year = department.fiscal_year.value
    sheet.note(f"部门：{department.name.otherwise('（未填）')}　年度：{year or '（未填）'}")
    sheet.note(f"工作簿：{ledger.case.filing.workbook}　模板包：{ledger.case.pack.title}")
    sheet.note(_verdict(ledger.findings))
    sheet.note("")
    _counts(sheet, "全部", {"全部": list(ledger.findings)})
    sheet.note("")
    _counts(sheet, "表", _by_sheet(ledger.findings))
    sheet.note("")
    sheet.headings([Heading(label) for label in _project_labels(ledger.case)])
    for project in ledger.case.figures.projects:
        sheet.line(_project(project, ledger.case))


def _verdict(findings: Sequence[Finding]) -> str:
    counts = Counter(tier_of(finding) for finding in findings if finding.is_open)
    if not counts:
        return "结果：没有待处理的错误和核实，文件为定稿。"
    told = "、".join(f"{tier} {counts[tier]} 条" for tier in _TIERS if counts[tier])
    return f"结果：还有{told}待处理，文件只作草稿。"


def _by_sheet(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.place.sheet or "整个工作簿", []).append(finding)
    return groups


def _counts(sheet: LedgerSheet, label: str, groups: Mapping[str, Sequence[Finding]]) -> None:
    sheet.headings([Heading(name) for name in (label, *_TIERS)])
    for name, findings in groups.items():
        counts = Counter(tier_of(finding) for finding in findings)
        sheet.line([name, *(counts[tier] for tier in _TIERS)])


def _project_labels(case: Case) -> Iterator[str]:
    for label in PROJECTS:
        yield f"{label}（{case.pack.formats.money_unit}）" if label.startswith("全年") else label


def _project(result: ProjectResult, case: Case) -> list[Value]:
    unit = MoneyUnit(case.pack.formats.money_unit)
    money = [result.total.annual_budget.value, result.total.annual_spending.value]
    return [
        result.project.name.otherwise(""),
        *(None if amount is None else in_unit(amount, unit) for amount in money),
        Rate(result.total.execution_rate.value),
        result.execution_score.value,
        result.total_score.value,
        result.grade,
        result.project.unit.otherwise(""),
    ]


def _scores(case: Case) -> Iterator[list[Value]]:
    for project in case.figures.projects:
        yield from _project_scores(project, case)
    for level1 in case.figures.overall.levels:
        for level2 in level1.level2:
            for row in level2.rows:
                names = ["部门整体", level1.name, level2.name, row.level3]
                yield [*names, *_overall_score(row)]


def _project_scores(project: ProjectResult, case: Case) -> Iterator[list[Value]]:
    name, by_rule = project.project.name.otherwise(""), project.execution_by_rule
    claim = project.project.total.score if project.project.total else None
    yield [
        name,
        "预算执行率",
        "",
        "",
        case.norms.execution_points,
        "100%",
        Rate(project.total.execution_rate.value),
        by_rule.how,
        by_rule.value,
        claim.value if claim else None,
        project.execution_score.value,
        _METHODS["rule"] if project.execution_score.value == by_rule.value else _METHODS["accepted"],
    ]
    for level1 in project.levels:
        for level2 in level1.level2:
            for row in level2.rows:
                indicator = row.indicator
                names = [name, level1.name, level2.name, indicator.level3.otherwise("")]
                yield [*names, *_score(indicator, row.score)]


def _score(indicator: Indicator, score: Score) -> list[Value]:
    asked = [_said(indicator.target.value), _said(indicator.actual.value)]
    return [indicator.points.value, *asked, *_working(score, indicator.score.value)]


def _overall_score(row: OverallRow) -> list[Value]:
    actual: Value = _said(row.actual.value) or _derived(row)
    return [row.points.value, _said(row.target.value), actual, *_working(row.score, row.origin.score.value)]


def _derived(row: OverallRow) -> Value:
    counted = row.counted.value
    is_number = isinstance(counted, Quantity) and counted.measure != PERCENT
    return _said(counted) if is_number else Rate(row.actual_figure.value)


def _working(score: Score, claim: Value) -> list[Value]:
    how = score.by_rule.how or score.figure.how
    return [how, score.by_rule.value, claim, score.figure.value, _METHODS[score.method]]


def _said(target: Target | None) -> str:
    return "" if target is None else target.text
