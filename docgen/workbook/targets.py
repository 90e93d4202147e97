"""指标值 and 完成值 as clerks write them → a quantity that can be scored by rule, or a statement."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from docgen.model import Comparison, Quantity, Statement, Target
from docgen.quantity import HUNDRED, plain
from docgen.workbook.folding import cleaned, packed
from docgen.workbook.numbers import NUMBER, decimal

# What people write before the number. Longer words first, so that 不低于 is not read as 低于.
_BEFORE = {
    Comparison.AT_LEAST: (
        "大于或等于",
        "大于等于",
        "高于或等于",
        "高于等于",
        "不得低于",
        "不得少于",
        "不低于",
        "不少于",
        "不小于",
        "至少达到",
        "至少",
        "达到",
        "达",
        "≥",
        ">=",
        "=>",
        "≧",
        "⩾",
    ),
    Comparison.AT_MOST: (
        "小于或等于",
        "小于等于",
        "低于或等于",
        "低于等于",
        "不得超过",
        "不得高于",
        "不超过",
        "不高于",
        "不大于",
        "不多于",
        "控制在",
        "至多",
        "最多",
        "≤",
        "<=",
        "=<",
        "≦",
        "⩽",
    ),
    Comparison.MORE: ("大于", "高于", "超过", "多于", ">"),
    Comparison.LESS: ("小于", "低于", "少于", "不足", "<"),
    Comparison.EQUAL: ("等于", "==", "="),
}
_AFTER = {
    Comparison.AT_LEAST: ("及以上", "(含)以上", "以上(含)", "以上", "起"),
    Comparison.AT_MOST: ("及以下", "(含)以下", "以下(含)", "以下", "及以内", "以内", "之内", "内"),
}
_STARTS = {sign: comparison for comparison, signs in _BEFORE.items() for sign in signs}
_ENDS = {word: comparison for comparison, words in _AFTER.items() for word in words}
_SIGN = re.compile("|".join(map(re.escape, sorted(_STARTS, key=len, reverse=True))))
_CASES = "起"  # right behind a number it counts cases (0起), behind a measure it means "from" (5人起)
_ENDING = re.compile(f"(?:{'|'.join(map(re.escape, _ENDS))})$")
_LATEX: tuple[tuple[str, str], ...] = (
    (r"\geqslant", "≥"),
    (r"\leqslant", "≤"),
    (r"\geq", "≥"),
    (r"\leq", "≤"),
    (r"\ge", "≥"),
    (r"\le", "≤"),
    (r"\gt", ">"),
    (r"\lt", "<"),
    (r"\%", "%"),
    (r"\(", ""),
    (r"\)", ""),
    ("$", ""),
)
_NUMBER = re.compile(NUMBER)
_PERCENT_BEFORE = re.compile(rf"百分之({NUMBER})")
_SCALES = {"亿": Decimal(10**8), "万": Decimal(10**4), "千": Decimal(1000), "百": Decimal(100)}
_WORDS = (
    "人次|人天|人月|人|户次|户|家次|家|个工作日|工作日|个月|个百分点|百分点|个季度|个小时|个|名|位|次|场次|场|期|批次|批|台套|台|套|件|项|处"
    "|座|条|只|头|公顷|亩次|亩|平方公里|平方米|立方米|公里|千米|厘米|毫米|米|㎡|m²|m³|km|m|吨|公斤|千克|kg|克|升|天|日"
    "|学时|课时|小时|分钟|周|月|季度|年|届|元|分贝|分|倍|千瓦时|千瓦|兆瓦|kW|MW|度|间|栋|幢|辆|艘|份|本|册|页|张|幅|篇|门"
    "|节|班|组|支队伍|支|队|镇|乡|村|街道|社区|县|区|所|校|院|孔|眼|口|盏|株|棵|袋|箱|瓶|根|对|副|面|块|片|层|级"
    "|类|种|例|起|宗|笔|卷|点|路|路段|标段|轮|版|款|例次|床|床位|岗位|词条|条次|部门|科室|股室|部|T|GB|TB|M|℃"
)
_MEASURE = re.compile(rf"(?:{_WORDS})(?:\((?:{_WORDS})\))?(?:[/·每](?:{_WORDS}))*")
_TIME_OF_CALENDAR = re.compile(r"(?:19|20)\d\d年|\d{1,2}月|\d{1,2}日")
_PERCENT = {"%": HUNDRED, "‰": HUNDRED * 10, "百分比": HUNDRED}
_LESS_OR_MORE = {Comparison.MORE: Comparison.AT_LEAST, Comparison.LESS: Comparison.AT_MOST}


@lru_cache(maxsize=512)
def parse_target(text: str) -> Target:
    """The quantity written in ``text`` when it is one number with at most a relation and a measure.

    Anything more (two numbers, words, a day of the calendar, 约) stays a statement, which a person judges.
    """
    tidy = _tidy(text)
    sign, comparison = _relation(tidy)
    rest = tidy[len(sign) :]
    match = _NUMBER.match(rest)
    if match is None or _TIME_OF_CALENDAR.match(rest):
        return Statement(cleaned(text).strip())
    ending, measure = _ending(rest[match.end() :])
    both = _agreed(comparison, ending)
    scaled = _scaled(decimal(match[0]), measure)
    if both is None or scaled is None:
        return Statement(cleaned(text).strip())
    return Quantity(both, *scaled, _written(sign, comparison, rest))


@lru_cache(maxsize=512)
def meaning(target: Target) -> str:
    """How a target was understood: ``不低于 95%``, ``47 人（未写比较符号）``, ``文字，由人判断``."""
    if isinstance(target, Statement):
        return "文字，由人判断"
    words = {
        Comparison.AT_LEAST: "不低于 ",
        Comparison.MORE: "大于 ",
        Comparison.AT_MOST: "不超过 ",
        Comparison.LESS: "小于 ",
        Comparison.EQUAL: "等于 ",
        Comparison.NONE: "",
    }
    number = f"{plain(target.number * HUNDRED)}%" if target.measure == "%" else plain(target.number)
    unit = f" {target.measure}" if target.measure not in {"", "%"} else ""
    silent = "（未写比较符号）" if target.comparison is Comparison.NONE else ""
    return f"{words[target.comparison]}{number}{unit}{silent}"


def _tidy(text: str) -> str:
    tidy = packed(cleaned(text))
    tidy = _PERCENT_BEFORE.sub(r"\1%", tidy)
    if "$" in tidy or "\\" in tidy:
        for written, plain_sign in _LATEX:
            tidy = tidy.replace(written, plain_sign)
    return tidy


def _relation(tidy: str) -> tuple[str, Comparison]:
    """The sign or word before the number, and what it means."""
    match = _SIGN.match(tidy)
    return (match[0], _STARTS[match[0]]) if match else ("", Comparison.NONE)


def _ending(rest: str) -> tuple[Comparison, str]:
    match = _ENDING.search(rest)
    if match is None or rest == _CASES:
        return Comparison.NONE, rest
    return _ENDS[match[0]], rest[: match.start()]


def _agreed(before: Comparison, after: Comparison) -> Comparison | None:
    """The one relation two words say together (``控制在…以内``); None when they contradict each other."""
    if after is Comparison.NONE or before is after:
        return before
    if before is Comparison.NONE:
        return after
    return after if _LESS_OR_MORE.get(before) is after else None


def _scaled(number: Decimal, measure: str) -> tuple[Decimal, str] | None:
    """The number in the base unit of its measure; None when the measure is no measure."""
    if measure in _PERCENT:
        return number / _PERCENT[measure], "%"
    scale = Decimal(1)
    while measure and measure[0] in _SCALES and not _MEASURE.fullmatch(measure):
        scale *= _SCALES[measure[0]]
        measure = measure[1:]
    if measure and not _MEASURE.fullmatch(measure):
        return None
    return number * scale, measure


def _written(sign: str, comparison: Comparison, rest: str) -> str:
    """The text as tidied: a typed sign in its printed form, a typed word as it is."""
    return (sign if sign[:1] >= "\u4e00" else comparison.value) + rest
