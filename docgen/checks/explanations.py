"""The sheet 核实说明 itself: a reason must belong to a finding, and an error cannot be explained away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.checks.case import Case, at
from docgen.checks.rule import Rule, rule
from docgen.figures.acceptance import explained_keys, place_key
from docgen.finding import Finding, Remark, Severity

_BASIS = "工作簿说明：核实类问题写明原因后关闭，错误类须改数"


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
    for row in case.filing.explanations:
        keys = set(explained_keys(row))
        code, where = row.code.otherwise(""), row.where.otherwise("")
        if code and where and not keys & known:
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


def remarks(explained: Rule, case: Case, findings: Sequence[Finding]) -> Iterator[Remark]:
    """What a rule of this module says once the other findings are known."""
    return explained.function(case, findings) if explained.function else iter(())


RULES = (explanation_belongs_to_a_finding, errors_are_put_right)
