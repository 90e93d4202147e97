"""The sheet 核实说明 itself: a reason must belong to a finding, and an error cannot be explained away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from docgen.checks.case import Case, at
from docgen.checks.left_out import sheet_left_out_has_no_content
from docgen.checks.rule import Rule, rule
from docgen.figures.acceptance import (
    Key,
    explained_keys,
    figures_in,
    figures_told,
    folded,
    place_key,
    reason_of,
)
from docgen.finding import Finding, Remark, Severity
from docgen.model.filing import Explanation

_BASIS = "工作簿说明：核实类问题写明原因后关闭，错误类须改数"


def by_key(findings: Iterable[Finding]) -> dict[Key, list[Finding]]:
    """The findings by what an explanation must name to mean them."""
    found: dict[Key, list[Finding]] = {}
    for finding in findings:
        found.setdefault(place_key(finding.code, finding.place), []).append(finding)
    return found


def _meant(row: Explanation, known: Mapping[Key, Sequence[Finding]]) -> list[Finding]:
    return [finding for key in explained_keys(row) for finding in known.get(key, ())]


def _figures(findings: Iterable[Finding]) -> list[str]:
    return figures_in(" ".join(f"{found.message} {found.expected}" for found in findings))


def lapsed(row: Explanation, known: Mapping[Key, Sequence[Finding]]) -> list[str]:
    """The figures a row explained that none of the findings it names speaks of any more."""
    meant = _meant(row, known)
    now = set(_figures(meant))
    return [number for number in figures_in(row.figures.otherwise("")) if number not in now] if meant else []


def unsaid(row: Explanation, known: Mapping[Key, Sequence[Finding]]) -> list[str]:
    """The figures of the findings a row names that it does not say it explains."""
    said = {*figures_in(row.figures.otherwise("")), *figures_in(reason_of(row))}
    told = figures_told(" ".join(found.message for found in _meant(row, known)))
    return [number for number in told if number not in said]


def closes(row: Explanation, known: Mapping[Key, Sequence[Finding]]) -> bool:
    """Whether a row gives a reason for what is found now: for these figures and no others."""
    return bool(reason_of(row)) and not lapsed(row, known) and not unsaid(row, known)


@rule("X901", severity=Severity.NOTE, basis=_BASIS)
def explanation_belongs_to_a_finding(case: Case, findings: Sequence[Finding]) -> Iterator[Remark]:
    """没有“错误”时，“核实说明”的每一行要对得上一个现有的问题。

    错例：写着 B204、项目资金!E6，而 E6 没有 B204 这个问题
    正例：照抄校验结果里的规则编号和位置
    怎么改：照抄校验结果里的规则编号和位置；问题已经改好的，删去这一行。
    """
    if any(finding.severity is Severity.ERROR for finding in findings):
        return  # what is left of the 核实 shows only when the errors are put right
    known = {place_key(finding.code, finding.place) for finding in findings}
    absent = {
        folded(found.place.sheet) for found in findings if found.code == sheet_left_out_has_no_content.code
    }
    for row in case.filing.explanations:
        keys = set(explained_keys(row))
        code, where = row.code.otherwise(""), row.where.otherwise("")
        if {sheet for _, sheet, _ in keys} & absent:
            continue  # W113 says that the sheet is not there
        if code and where and reason_of(row) and not keys & known:
            message = f"{code}、{where} 这条说明没有对应的问题，不起作用"
            yield Remark(at(row.where, row.code), message, "现有问题的规则编号和位置")


@rule("X902", severity=Severity.NOTE, basis=_BASIS)
def errors_are_put_right(case: Case, findings: Sequence[Finding]) -> Iterator[Remark]:
    """“错误”类问题要改数，写说明不能关闭。

    错例：分值合计 90（I101 错误），在核实说明里写“实际如此”
    正例：把分值改到合计 100
    怎么改：改正所指的单元格，并删去这行说明。
    """
    wrong = {place_key(f.code, f.place): f for f in findings if f.severity is Severity.ERROR}
    for row in case.filing.explanations:
        for key in explained_keys(row):
            if key in wrong:
                found = wrong[key]
                message = f"{found.code} 在 {found.place} 是“错误”，写了说明也不能关闭，必须改数"
                yield Remark(at(row.code, row.where), message, "改正后删去这行说明")


@rule("X903", severity=Severity.NOTE, basis=_BASIS)
def explanation_is_of_the_present_figures(case: Case, findings: Sequence[Finding]) -> Iterator[Remark]:
    """“所说明的数”与现在问题里的数一致；数变了，说明失效。

    错例：所说明的数写 71.4%，执行数改过以后执行率是 65%
    正例：按 65% 重写说明，所说明的数改为 65%
    怎么改：核对原因还成不成立，重写说明，并把“所说明的数”改成现在的数。
    """
    known = by_key(findings)
    for row in case.filing.explanations:
        gone = lapsed(row, known) if reason_of(row) else []
        if gone:
            meant = _meant(row, known)
            text = (
                f"{row.code.otherwise('')} 的说明是对 {'、'.join(gone)} 写的，"
                f"现在的问题里没有这个数（{meant[0].message}），说明已失效"
            )
            told = figures_told(" ".join(found.message for found in meant))
            yield Remark(at(row.figures, row.code), text, "、".join(told))


@rule("X904", severity=Severity.NOTE, basis=_BASIS)
def explanation_names_its_figures(case: Case, findings: Sequence[Finding]) -> Iterator[Remark]:
    """说明写明是对哪些数写的：问题里的数，都在“所说明的数”或说明里。

    错例：B204 说“执行率 5÷7=71.4%”，“所说明的数”空着，说明里也没有写 71.4%
    正例：所说明的数写 71.4%；以后执行率变了，说明就失效
    怎么改：把“应为”里的数抄到“所说明的数”一栏（校验结果“所说明的数”一列也有）；没有抄的，问题不关闭。
    """
    known = by_key(findings)
    for row in case.filing.explanations:
        lacking = unsaid(row, known) if reason_of(row) and not lapsed(row, known) else []
        if lacking and any(found.severity is Severity.VERIFY for found in _meant(row, known)):
            label = row.figures.place.label
            text = (
                f"{row.code.otherwise('')}、{row.where.otherwise('')} 的说明没有写到 {'、'.join(lacking)}，"
                f"看不出是对哪些数写的，问题没有关闭"
                + ("" if row.figures.place.cell else f"（表头里没有“{label}”，请补上这一列）")
            )
            told = figures_told(" ".join(found.message for found in _meant(row, known)))
            place = row.figures.place if row.figures.place.cell else row.code.place
            yield Remark(place, text, "、".join(told))


def remarks(explained: Rule, case: Case, findings: Sequence[Finding]) -> Iterator[Remark]:
    """What a rule of this module says once the other findings are known."""
    return explained.function(case, findings) if explained.function else iter(())


RULES = (
    explanation_belongs_to_a_finding,
    errors_are_put_right,
    explanation_is_of_the_present_figures,
    explanation_names_its_figures,
)
