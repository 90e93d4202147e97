"""N2: what a text claims agrees with the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from docgen.checks.case import Case, is_written, quoted
from docgen.checks.execution import agree_as_typed
from docgen.checks.rule import rule
from docgen.checks.targets import words
from docgen.checks.texts import matching, texts
from docgen.figures.results import UnitResult
from docgen.finding import Remark, Severity
from docgen.model import Narrative
from docgen.quantity import HUNDRED, plain

_IS = r"(?:均|共|只有|仅|仅为|为|是|达|达到)?[：:\s]*"
_NUMBER = r"(?<![\d.])(\d+(?:\.\d+)?)\s*"
_NOT_OURS = r"(?<!上年)(?<!去年)(?<!上年度)(?<!同期)"
_SCORE_NAME = re.compile("总分|综合得分|自评得分|自评分数|评价得分")
_SCORE = re.compile(rf"{_NOT_OURS}(?:{_SCORE_NAME.pattern}){_IS}{_NUMBER}分")
_RATE_NAME = re.compile("执行率")
_RATE = re.compile(rf"{_NOT_OURS}(?:预算)?执行率{_IS}{_NUMBER}[%％](?!以上|以下|以内|左右|的)")
_LEAST_NAME = 4


@rule(
    "N201",
    severity=Severity.VERIFY,
    basis="报告与自评表的得分一致",
    needs=("funding", "indicators", "overall", "undertakings"),
)
def scores_in_texts_are_computed_ones(case: Case) -> Iterator[Remark]:
    """文字里写的总分是某个自评表的总分。

    错例：“综合得分 94.99 分”，整体自评表总分 95.5
    正例：文字里不写分数，由程序填写
    怎么改：删去文字里的分数，或改成算出的分数。
    """
    totals = [project.total_score for project in case.figures.projects]
    if case.uses("overall"):
        totals.append(case.figures.overall.total_score)
    if not all(figure.is_known for figure in totals):
        return
    known = _scores(case)
    for cell, _ in matching(case, _SCORE_NAME):
        for found in _SCORE.finditer(cell.otherwise("")):
            if Decimal(found[1]) not in known:
                overall = case.figures.overall.total_score.value
                hint = "" if overall is None else f"（整体自评总分 {plain(overall)}）"
                text = f"文字里写“{found[0]}”，没有哪张自评表是这个分数{hint}"
                yield Remark(cell.place, text, "不写分数，或改成一致")


def _scores(case: Case) -> set[Decimal | None]:
    """Every score and every number of points that a form prints."""
    overall = case.figures.overall
    known = {case.norms.total_points, case.norms.execution_points, overall.total_score.value}
    known.add(overall.converted_score.value)
    for project in case.figures.projects:
        known |= {project.total_score.value, project.execution_score.value}
        known |= {value for level in project.levels for value in (level.score.value, level.points.value)}
    known |= {value for level in overall.levels for value in (level.score.value, level.points.value)}
    return known | {value for row in case.rows for value in (row.result.figure.value, row.points.value)}


@rule(
    "N202",
    severity=Severity.VERIFY,
    basis="报告与自评表的执行率一致",
    needs=("accounts", "funding", "projects.name", "units"),
)
def rates_in_texts_are_computed_ones(case: Case) -> Iterator[Remark]:
    """文字里写的执行率是某个项目或部门的执行率。

    错例：“预算执行率 96.66%”，1687.4÷1693.24=99.66%
    正例：文字里不写执行率，由程序填写
    怎么改：删去文字里的执行率，或改成算出的数。
    """
    rates = [project.total.execution_rate.value for project in case.figures.projects]
    rates += [unit.totals.execution_rate.value for unit in case.figures.units]
    rates += [case.figures.totals.execution_rate.value, case.figures.accounts["budget_execution_rate"].value]
    rates += [each.rate.value for each in case.figures.final_accounts.evaluations]
    rates += [each.execution_rate.value for each in case.figures.report.key_evaluations]
    for transfer in case.figures.transfers:
        rates += [row.execution_rate.value for row in (transfer.total, *transfer.sources.values())]
    known = [*{value for value in rates if value is not None}]
    for cell, _ in matching(case, _RATE_NAME):
        for found in _RATE.finditer(cell.otherwise("")):
            claim = Decimal(found[1]) / HUNDRED
            if not any(agree_as_typed(claim, value) for value in known):
                text = f"文字里写“{found[0]}”，没有哪个项目或部门的执行率是这个数"
                yield Remark(cell.place, text, "不写执行率，或改成一致")


@rule(
    "N203",
    severity=Severity.VERIFY,
    basis="扣分、问题、措施相互对应",
    needs=("narratives", "funding", "indicators", "units"),
)
def deductions_are_followed_by_problems(
    case: Case, *, problem_section: str, empty_problems: str
) -> Iterator[Remark]:
    """项目有扣分的单位，报告写明存在的问题。

    错例：执行率 71.4%、两个指标扣分，“问题”写“自评时未发现问题”
    正例：“问题”写明预算执行偏慢及其原因
    怎么改：在“文字”表里写明问题和整改措施。
    """
    section = case.pack.layout.sections.get(problem_section)
    if section is None or not section.enabled or section.per != "unit":
        return
    written = {
        row.scope.otherwise(""): row for row in case.filing.narratives if row.section.value == section.title
    }
    for unit in case.figures.units:
        row = written.get(unit.unit.name.otherwise(""), Narrative())
        short = [p for p in unit.projects if (p.total_score.value or p.points.value) != p.points.value]
        if short and _says_nothing(row, empty_problems):
            yield _no_problems(case, unit, row, section.title, len(short))


def _says_nothing(row: Narrative, empty_problems: str) -> bool:
    text = row.text.otherwise("").strip().rstrip("。；")
    return not is_written(row.text) or any(text.endswith(word) for word in words(empty_problems))


def _no_problems(case: Case, unit: UnitResult, row: Narrative, title: str, count: int) -> Remark:
    name = quoted(unit.unit.name.otherwise(""))
    said = f"写着“{row.text.otherwise('').strip()[:20]}”" if is_written(row.text) else "没有写"
    place = row.text.place if row.text.place.sheet else case.sheet_place("narratives")
    return Remark(place, f"{name}有 {count} 个项目扣了分，“{title}”却{said}", "写明问题和整改措施")


@rule("N204", severity=Severity.VERIFY, basis="项目、单位名称各处一致")
def names_in_texts_are_spelled_right(case: Case) -> Iterator[Remark]:
    """文字里的项目、单位名称没有写颠倒的字。

    错例：“其他惠普发展支出”（项目叫“其他普惠发展支出”）
    正例：“其他普惠发展支出”
    怎么改：改成“项目”“单位”表里的名称。
    """
    slips = _slips(case)
    if not any(slip in case.texts.page for slip in slips):
        return
    lengths: dict[str, set[int]] = {}
    for slip in slips:
        lengths.setdefault(slip[:_LEAST_NAME], set()).add(len(slip))
    for cell in texts(case):
        found = _first_slip(cell.otherwise(""), slips, lengths)
        if found:
            yield Remark(cell.place, f"写着“{found}”，名称是“{slips[found]}”", slips[found])


def _first_slip(text: str, slips: Mapping[str, str], lengths: Mapping[str, set[int]]) -> str:
    """The first misspelt name in ``text``, looked up by its opening and length; empty for none."""
    for start in range(len(text) - _LEAST_NAME + 1):
        for length in lengths.get(text[start : start + _LEAST_NAME], ()):
            if text[start : start + length] in slips:
                return text[start : start + length]
    return ""


def _slips(case: Case) -> dict[str, str]:
    """Names with two neighbouring characters exchanged → the name itself."""
    cells = [*(project.name for project in case.filing.projects), *(unit.name for unit in case.filing.units)]
    names = {cell.otherwise("").strip() for cell in cells}
    names |= {name.partition("（")[0] for name in names}  # 某某局（机关）is 某某局 too
    slips = {}
    for name in names:
        for index in range(len(name) - 1 if len(name) >= _LEAST_NAME else 0):
            slip = name[:index] + name[index + 1] + name[index] + name[index + 2 :]
            if slip not in names:
                slips[slip] = name
    return slips


RULES = (
    scores_in_texts_are_computed_ones,
    rates_in_texts_are_computed_ones,
    deductions_are_followed_by_problems,
    names_in_texts_are_spelled_right,
)
