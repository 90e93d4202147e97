"""I3: whether a result is plausible: far beyond its target, above 100 %, at odds with the money spent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.checks.case import Case, Row, rate
from docgen.checks.rule import rule
from docgen.checks.targets import words
from docgen.figures.acceptance import folded
from docgen.figures.scoring import PERCENT, comparable, demanded
from docgen.finding import Related, Remark, Severity
from docgen.model import Quantity, Statement
from docgen.quantity import Ratio, Yuan

_OVER = "财预〔2020〕10号：完成值超过指标值较多的，要分析原因"
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年")
_YUAN = "元"


def _is_ceiling(case: Case, row: Row) -> bool:
    target = row.target.value
    return isinstance(target, Quantity) and demanded(target, row.level2, case.norms).is_upper_limit


def _related(row: Row) -> tuple[Related, ...]:
    return (
        Related(row.target.place, f"指标值 {row.target_text}"),
        Related(row.actual.place, f"完成值 {row.actual_text}"),
    )


@rule("I301", severity=Severity.VERIFY, basis=_OVER)
def far_exceeded_target_is_explained(case: Case, *, over_target_limit: Ratio) -> Iterator[Remark]:
    """完成值超过指标值很多的，写明原因。

    错例：指标值 ≥300人，完成值 434人，超出 44.67%，偏差原因空着
    正例：偏差原因写明年中扩大了补贴范围
    怎么改：在偏差原因里写明为什么超出这么多；指标值定得偏低的，下年调整。
    """
    for row in case.rows:
        over = row.result.over.value
        if over is None or over <= over_target_limit or row.has_reason or _is_ceiling(case, row):
            continue
        text = (
            f"{row.title}完成值 {row.actual_text}，比指标值 {row.target_text}"
            f" 超出 {row.result.over.how}={rate(over)}，没有写原因"
        )
        yield Remark(row.reason_place, text, "写明原因", _related(row))


@rule("I302", severity=Severity.VERIFY, basis=_OVER)
def far_below_limit_is_explained(
    case: Case, *, over_target_limit: Ratio, quantity_level2: str
) -> Iterator[Remark]:
    """完成值比上限低很多的，写明原因。

    错例：指标值 ≤20000元，完成值 10000元，低 50%，偏差原因空着
    正例：偏差原因写明合同重新议价
    怎么改：在偏差原因里写明为什么低这么多；上限定得偏高的，下年调整。
    """
    for row in case.project_rows:
        over, target = row.result.over.value, row.target.value
        if over is None or over <= over_target_limit or row.has_reason or not _is_ceiling(case, row):
            continue
        if row.level2 == quantity_level2 or (isinstance(target, Quantity) and target.measure == PERCENT):
            continue
        text = (
            f"{row.title}完成值 {row.actual_text}，比上限 {row.target_text}"
            f" 低 {row.result.over.how}={rate(over)}，没有写原因"
        )
        yield Remark(row.reason_place, text, "写明原因", _related(row))


@rule("I303", severity=Severity.ERROR, basis="满意度最高 100%")
def satisfaction_is_at_most_full(case: Case, *, satisfaction_word: str) -> Iterator[Remark]:
    """满意度不超过 100%。

    错例：满意度 980%
    正例：满意度 98%
    怎么改：改正完成值。
    """
    for row in case.rows:
        actual = row.actual.value
        if satisfaction_word not in row.level3 or not isinstance(actual, Quantity):
            continue
        if actual.measure == PERCENT and actual.number > 1:
            yield Remark(row.actual.place, f"{row.title}完成值 {actual.text}，超过 100%", "不超过 100%")


@rule("I304", severity=Severity.VERIFY, basis="年度自评只考核本年度")
def name_speaks_of_this_year(case: Case) -> Iterator[Remark]:
    """指标名称里的年份是自评年度。

    错例：2021 年度自评，三级指标“2020年新增人数”
    正例：“2021年新增人数”
    怎么改：改正年份；确是考核上年招募等事项的，写核实说明。
    """
    year = case.filing.department.fiscal_year.value
    for row in (row for row in case.rows if "年" in row.level3) if year else ():
        others = [found for found in _YEAR.findall(row.level3) if int(found) != year]
        if others:
            text = f"{row.title}写着 {others[0]} 年，本次自评的是 {year} 年度"
            yield Remark(row.place, text, f"{year}年")


@rule("I305", severity=Severity.VERIFY, basis="部分不大于整体：成本是支出的一部分", needs=("funding",))
def cost_is_within_spending(
    case: Case, *, upper_limit_level2: tuple[str, ...], rounding_tolerance: Yuan
) -> Iterator[Remark]:
    """以元计的成本指标，完成值不超过项目全年执行数；以全部预算为指标值的，等于全年执行数。

    错例：全年执行数 89.974 万元，“项目总成本”完成值 90万元
    正例：“项目总成本”完成值 89.974万元
    怎么改：核对完成值与“项目资金”的全年执行数。
    """
    for row in case.project_rows:
        target, actual = row.target.value, row.actual.value
        if row.level2 not in upper_limit_level2 or not isinstance(actual, Quantity) or row.project is None:
            continue
        spending, budget = row.project.total.annual_spending, row.project.total.annual_budget
        if actual.measure != _YUAN or spending.value is None:
            continue
        whole = isinstance(target, Quantity) and target.measure == _YUAN and target.number == budget.value
        gap = actual.number - spending.value
        if gap > rounding_tolerance or (whole and -gap > rounding_tolerance):
            word = "不等于" if whole else "大于"
            text = f"{row.title}完成值 {actual.text}，{word}项目全年执行数 {case.amount(spending.value)}"
            related = tuple(Related(place, "全年执行数") for place in spending.sources)
            yield Remark(row.actual.place, text, "与全年执行数相符", related)


@rule("I306", severity=Severity.NOTE, basis="名称是“率”的指标用百分比考核")
def rate_is_a_number(case: Case, *, not_rates: str) -> Iterator[Remark]:
    """名称以“率”结尾的指标，指标值是数。

    错例：“工资发放及时率”指标值“及时”
    正例：“工资发放及时率”指标值 ≥98%；或改名“工资发放及时性”
    怎么改：指标值改为百分比，或把名称的“率”改为“性”。
    """
    for row in case.rows:
        target = row.target.value
        if isinstance(target, Statement) and _is_rate(row.level3, not_rates):
            text = f"{row.title}名称是“率”，指标值却是文字“{target.text}”"
            yield Remark(row.target.place, text, "百分比")


def _is_rate(name: str, not_rates: str) -> bool:
    return name.endswith("率") and not name.endswith(words(not_rates))


@rule("I307", severity=Severity.NOTE, basis="同一行的金额用同一单位")
def one_row_uses_one_scale(case: Case) -> Iterator[Remark]:
    """同一指标的指标值和完成值，金额都用元或都用万元。

    错例：指标值 ≤20000元，完成值 1万元
    正例：指标值 ≤20000元，完成值 10000元
    怎么改：改成同一单位（计分时已经换算）。
    """
    for row in case.rows:
        pair = comparable(row.target.value, row.actual.value)
        if pair is None or _YUAN not in pair[0].measure:
            continue
        scales = [next((s for s in ("亿", "万") if f"{s}{_YUAN}" in q.text), "") for q in pair]
        if scales[0] != scales[1] and pair[1].number:
            text = f"{row.title}指标值用{scales[0]}元，完成值用{scales[1]}元，已换算后比较"
            yield Remark(row.actual.place, text, f"都用{scales[0]}元", _related(row)[:1])


@rule("I308", severity=Severity.NOTE, basis="成本指标考核花了多少钱")
def cost_target_speaks_of_cost(
    case: Case, *, upper_limit_level2: tuple[str, ...], timeliness_words: str
) -> Iterator[Remark]:
    """成本指标的指标值写成本，不写时间要求。

    错例：成本指标的指标值“按时发放”
    正例：≤3000元/人
    怎么改：改成补助标准或总成本；时间要求移到时效指标。
    """
    for row in case.project_rows:
        target = row.target.value
        if row.level2 not in upper_limit_level2 or not isinstance(target, Statement):
            continue
        if any(word in folded(target.text) for word in words(timeliness_words)):
            text = f"{row.title}是{row.level2}，指标值“{target.text}”说的是时间"
            yield Remark(row.target.place, text, "补助标准或总成本")


RULES = (
    far_exceeded_target_is_explained,
    far_below_limit_is_explained,
    satisfaction_is_at_most_full,
    name_speaks_of_this_year,
    cost_is_within_spending,
    rate_is_a_number,
    one_row_uses_one_scale,
    cost_target_speaks_of_cost,
)
