from __future__ import annotations

from decimal import Decimal

import pytest

from docgen.workbook import numbers

AMOUNTS = [
    ("16.06", "16.06", 0),
    (" 16.06 ", "16.06", 0),
    ("1,234.50", "1234.50", 0),
    ("１２３４．５", "1234.5", 0),
    ("1，234，567", "1234567", 0),
    ("1 234.5", "1234.5", 0),
    ("-5", "-5", 0),
    ("－5", "-5", 0),
    ("−5", "-5", 0),
    ("+5", "5", 0),
    (".5", "0.5", 0),
    ("0", "0", 0),
    ("16.06万元", "16.06", 10_000),
    ("16.06 万", "16.06", 10_000),
    ("160600元", "160600", 1),
    ("160,600.00 元", "160600", 1),
    ("￥160600元", "160600", 1),
    ("¥160600", "160600", 0),
    ("人民币160600元", "160600", 1),
    ("1.2亿元", "1.2", 100_000_000),
    ("3千元", "3", 1000),
]
NO_AMOUNTS = [
    "", "无", "约20", "20左右", "(1,234)", "（1,234）", "1,2345", "12,34", "1.2.3", "20万余元", "二十", "1E5",
    "20%", "20-30", "20万元/人", "元", "--5", "1,234,56", "16.06万万", "20 (含税)",
]  # fmt: skip
RATIOS = [
    ("80.3%", "0.803", True),
    ("80.3％", "0.803", True),
    ("80.3﹪", "0.803", True),
    (" 80.3 % ", "0.803", True),
    ("１００％", "1", True),
    ("5‰", "0.005", True),
    ("百分之95", "0.95", True),
    ("0.803", "0.803", False),
    ("80.3", "80.3", False),
    ("-3.5%", "-0.035", True),
]


@pytest.mark.parametrize("text,value,per_unit", AMOUNTS)
def test_an_amount_is_read_with_the_unit_written_on_it(text: str, value: str, per_unit: int) -> None:
    assert numbers.amount(text) == (Decimal(value), per_unit)


@pytest.mark.parametrize("text", NO_AMOUNTS)
def test_what_is_not_one_amount_is_none(text: str) -> None:
    assert numbers.amount(text) is None


@pytest.mark.parametrize("text,value,is_share", RATIOS)
def test_a_ratio_is_read_with_its_sign(text: str, value: str, is_share: bool) -> None:  # noqa: FBT001
    assert numbers.ratio(text) == (Decimal(value), is_share)


@pytest.mark.parametrize("text", ["", "八成", "80.3%左右", "%", "80/100", "80.3%%"])
def test_what_is_not_one_ratio_is_none(text: str) -> None:
    assert numbers.ratio(text) is None


@pytest.mark.parametrize("text", ["—", "-", "－", " / ", "——"])
def test_a_stroke_stands_for_nothing(text: str) -> None:
    assert numbers.is_dash(text)


@pytest.mark.parametrize("text", ["", "-5", "无", "/5", "0"])
def test_only_a_lone_stroke_stands_for_nothing(text: str) -> None:
    assert not numbers.is_dash(text)


def test_points_may_carry_their_measure_and_nothing_else() -> None:
    assert numbers.number("9.5分", "分") == Decimal("9.5")
    assert numbers.number("9.5", "分") == Decimal("9.5")
    assert numbers.number("9.5人", "分") is None
