"""A7: the results of a transfer's indicators can be set against their targets."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.checks.case import Case, quoted
from docgen.checks.rule import rule
from docgen.figures.scoring import PERCENT, comparable
from docgen.finding import Related, Remark, Severity
from docgen.model import Comparison, Indicator, Quantity, Target
from docgen.workbook.folding import key

_FORM = "转移支付绩效目标自评表：全年实际完成值与指标值比较"


@rule("A710", severity=Severity.VERIFY, basis=_FORM)
def transfer_result_can_be_compared(case: Case) -> Iterator[Remark]:
    """转移支付指标的指标值是数的，完成值也是数，单位相同，不带比较符号；是文字的，完成值用文字或百分比。

    错例：指标值 ≥150人，全年实际完成值“已完成”；指标值 ≥95%，完成值 ≥95%
    正例：指标值 ≥150人，全年实际完成值 156人
    怎么改：填实际完成的数，单位与指标值一致。
    """
    for transfer in case.filing.transfers:
        for row in transfer.indicators:
            why = why_not_comparable(row.target.value, row.actual.value)
            if why:
                target, actual = row.target.text.strip(), row.actual.text.strip()
                text = f"{quoted(row.level3.otherwise(''))}指标值 {target}，完成值 {actual}，{why}"
                yield Remark(row.actual.place, text, "实际完成的数", (Related(row.target.place, "指标值"),))


def why_not_comparable(target: Target | None, actual: Target | None) -> str:
    """Why a result cannot be set against its target; empty where it can, or where either is blank."""
    if isinstance(actual, Quantity) and actual.comparison is not Comparison.NONE:
        return "完成值带着比较符号，不是实际结果"
    if target is None or actual is None:
        return ""
    if not isinstance(target, Quantity):  # how far it was done, in per cent, is an answer to words
        counted = isinstance(actual, Quantity) and actual.measure != PERCENT
        return "指标值是文字，完成值却是数" if counted else ""
    if not isinstance(actual, Quantity):
        return "指标值是数，完成值却是文字"
    return "" if comparable(target, actual) else "单位不同，无法比较"


@rule("A711", severity=Severity.VERIFY, basis="同一内容不重复填写")
def transfer_indicator_is_entered_once(case: Case) -> Iterator[Remark]:
    """同一转移支付的同一二级指标下，三级指标不重名。

    错例：“数量指标”下有两行“就业见习补贴人数”
    正例：分别写明“高校毕业生见习人数”“失业青年见习人数”
    怎么改：重复填的删去一行；确是两个指标的，名称里写明区别。
    """
    for transfer in case.filing.transfers:
        first: dict[tuple[str, str], Indicator] = {}
        for row in transfer.indicators:
            name = key(row.level3.otherwise(""))
            earlier = first.setdefault((row.level2.otherwise(""), name), row)
            if name and earlier is not row:
                text = f"{quoted(row.level3.otherwise(''))}填了不止一行"
                related = (Related(earlier.level3.place, "前面的一行"),)
                yield Remark(row.level3.place, text, "只填一行，或写明区别", related)


RULES = (transfer_result_can_be_compared, transfer_indicator_is_entered_once)
