"""I2: 指标值 and 完成值 speak of the same thing, and in the right direction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from docgen.checks.case import Case, Row
from docgen.checks.rule import rule
from docgen.figures.acceptance import folded
from docgen.figures.scoring import PERCENT, comparable, demanded
from docgen.finding import Related, Remark, Severity
from docgen.model import Comparison, Quantity

_SAME_KIND = "定量指标填数、定性指标填文字，两者才能比较"
_DIRECTION = "指标值的比较方向应与指标含义一致"
_WORDS = re.compile("[、，,]")


@lru_cache(maxsize=256)
def words(text: str) -> tuple[str, ...]:
    """A list of words as a pack writes it: ``节约、降低``."""
    return tuple(word for word in _WORDS.split(text) if word)


def _pair(row: Row) -> tuple[Quantity, Quantity] | None:
    return comparable(row.target.value, row.actual.value)


def _related(row: Row) -> tuple[Related, ...]:
    return (Related(row.target.place, f"指标值 {row.target_text}"),)


@rule("I201", severity=Severity.VERIFY, basis=_SAME_KIND)
def target_and_actual_are_of_one_kind(case: Case) -> Iterator[Remark]:
    """指标值和完成值同为数，或同为文字。

    错例：指标值“符合本年度要求”，完成值 90%；指标值 ≥95%，完成值“完成”
    正例：指标值 ≥90%，完成值 92%
    怎么改：指标值是数的，完成值填实际的数；指标值是文字的，完成值也用文字。
    """
    derived = {folded(label) for label in case.pack.derived}
    for row in case.rows:
        target, actual = row.target.value, row.actual.value
        if target is None or actual is None or isinstance(target, Quantity) is isinstance(actual, Quantity):
            continue
        if row.score.is_given and not row.derived.is_known and folded(row.level3) in derived:
            continue  # there was nothing to compute a rate from: the clerk says so, and scores it herself
        wanted = f"{row.title}指标值是“{row.target_text}”，完成值是“{row.actual_text}”"
        if isinstance(target, Quantity):
            text = f"{wanted}：指标值是数，完成值却是文字，无法计分"
            yield Remark(row.actual.place, text, "填实际完成的数", _related(row), Severity.ERROR)
        else:
            text = f"{wanted}：一个是文字，一个是数，无法判定是否完成"
            yield Remark(row.actual.place, text, "同为文字或同为数", _related(row))


@rule("I202", severity=Severity.ERROR, basis="计量单位相同才能比较")
def measures_agree(case: Case) -> Iterator[Remark]:
    """指标值和完成值的计量单位相同。

    错例：指标值 1年，完成值 100%
    正例：指标值 ≥95%，完成值 100%
    怎么改：把两者改成同一单位；完成值不要漏写百分号。
    """
    for row in case.rows:
        target, actual = row.target.value, row.actual.value
        if not isinstance(target, Quantity) or not isinstance(actual, Quantity) or _pair(row):
            continue
        why = "，单位不同" if actual.measure else " 没有写单位"
        text = f"{row.title}指标值 {target.text}，完成值 {actual.text}{why}，无法比较"
        unit = f"以“{target.measure}”为单位" if target.measure else "与指标值同一单位"
        yield Remark(row.actual.place, text, unit, _related(row))


@rule("I203", severity=Severity.ERROR, basis="完成值填实际结果")
def actual_is_a_result(case: Case) -> Iterator[Remark]:
    """完成值是一个结果，不带比较符号。

    错例：指标值 ≥266米，完成值 ≥266米
    正例：指标值 ≥266米，完成值 271米
    怎么改：填实际完成的数，不要照抄指标值。
    """
    for row in case.rows:
        actual = row.actual.value
        if isinstance(actual, Quantity) and actual.comparison is not Comparison.NONE:
            text = f"{row.title}完成值填“{actual.text}”，带着比较符号，不是实际结果"
            yield Remark(row.actual.place, text, "实际完成的数", _related(row))


@rule("I204", severity=Severity.VERIFY, basis=_DIRECTION)
def cost_has_an_upper_limit(
    case: Case, *, upper_limit_level2: tuple[str, ...], saving_words: str
) -> Iterator[Remark]:
    """成本指标以不超过某数为目标。

    错例：成本指标“人均标准”指标值“大于 600 元”，花得越多越达标
    正例：≤700元
    怎么改：改成 ≤；考核节约数、节约率的，在核实说明里写明。
    """
    for row in case.project_rows:
        target = row.target.value
        if row.level2 not in upper_limit_level2 or not isinstance(target, Quantity):
            continue
        if any(word in row.level3 for word in words(saving_words)):
            continue
        if target.comparison in {Comparison.MORE, Comparison.AT_LEAST}:
            text = f"{row.title}是{row.level2}，指标值却是“{target.text}”，花得越多越达标"
            yield Remark(row.target.place, text, "改为 ≤")


@rule("I205", severity=Severity.VERIFY, basis=_DIRECTION)
def satisfaction_has_a_lower_limit(case: Case, *, satisfaction_word: str) -> Iterator[Remark]:
    """满意度以不低于某数为目标。

    错例：满意度指标值 ≤95%
    正例：≥95%
    怎么改：改成 ≥。
    """
    for row in case.rows:
        target = row.target.value
        if satisfaction_word not in row.level3 or not isinstance(target, Quantity):
            continue
        if target.comparison.is_upper_limit:
            text = f"{row.title}指标值是“{target.text}”，满意度越低反而越达标"
            yield Remark(row.target.place, text, "改为 ≥")


@rule("I206", severity=Severity.VERIFY, basis=_DIRECTION)
def output_has_a_lower_limit(case: Case, *, quantity_level2: str) -> Iterator[Remark]:
    """数量指标以不低于某数为目标。

    错例：数量指标“劳务派遣人员数”指标值 ≤10人，完成越少越达标
    正例：≥10人，或在偏差原因里写明为什么以少为好
    怎么改：改成 ≥；确以少为好（如控制人数）的，在偏差原因或核实说明里写明。
    """
    for row in case.project_rows:
        target = row.target.value
        if row.level2 != quantity_level2 or not isinstance(target, Quantity) or target.measure == PERCENT:
            continue
        if target.comparison.is_upper_limit and target.number > 0 and not row.has_reason:
            text = f"{row.title}是{row.level2}，指标值却是“{target.text}”，完成得越少越达标"
            yield Remark(row.target.place, text, "改为 ≥，或写明原因")


@rule("I207", severity=Severity.NOTE, basis=_DIRECTION)
def bare_target_says_its_direction(case: Case) -> Iterator[Remark]:
    """结果与目标不等、或属于成本的指标，指标值写明比较符号。

    错例：指标值“95%”，完成值“100%”；成本指标值“4.54万元”
    正例：≥95%；≤4.54万元
    怎么改：在指标值前写上 ≥ 或 ≤。
    """
    for row in case.rows:
        pair = _pair(row)
        if pair is None or pair[0].comparison is not Comparison.NONE:
            continue
        meant = demanded(pair[0], row.level2, case.norms)
        if pair[0].number != pair[1].number or meant.is_upper_limit:
            sign = "不超过" if meant.is_upper_limit else "不低于"
            text = f"{row.title}指标值“{pair[0].text}”没有比较符号，按“{sign}”理解"
            yield Remark(row.target.place, text, f"{meant.value}{pair[0].text}")


@rule("I208", severity=Severity.VERIFY, basis="“大于”“小于”不含本数")
def strict_target_is_exceeded(case: Case) -> Iterator[Remark]:
    """指标值写“大于”或“小于”的，完成值不等于指标值。

    错例：指标值 >90%，完成值 90%
    正例：指标值 ≥90%，完成值 90%
    怎么改：本意包含本数的，改成 ≥ 或 ≤；否则写明没有完成的原因。
    """
    for row in case.rows:
        pair = _pair(row)
        if pair is None or row.derived.is_known or pair[0].number != pair[1].number:
            continue
        if pair[0].comparison in {Comparison.MORE, Comparison.LESS}:
            text = f"{row.title}指标值“{pair[0].text}”不含本数，完成值正好是 {pair[1].text}，没有达到"
            yield Remark(row.actual.place, text, "改用 ≥ 或 ≤，或写明原因", _related(row))


RULES = (
    target_and_actual_are_of_one_kind,
    measures_agree,
    actual_is_a_result,
    cost_has_an_upper_limit,
    satisfaction_has_a_lower_limit,
    output_has_a_lower_limit,
    bare_target_says_its_direction,
    strict_target_is_exceeded,
)
