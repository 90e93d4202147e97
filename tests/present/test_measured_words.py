from __future__ import annotations

import pytest

from docgen.model import Entered, Target
from docgen.present.measured_words import actual_of, bare_number, sign_and_unit, sign_of, wanted
from docgen.workbook.targets import parse_target


def typed(text: str) -> Entered[Target]:
    return Entered(parse_target(text), text=text)


@pytest.mark.parametrize(
    "target,sign,rest,initial",
    [
        ("≤17000吨", "≤", "17000吨", "≤吨"),
        ("≥95%", "≥", "95%", "≥%"),
        ("≥1,500.5元/人/月", "≥", "1,500.5元/人/月", "≥元/人/月"),
        ("<10万元", "<", "10万元", "<万元"),
        ("及时", "", "及时", ""),
    ],
)
def test_a_target_comes_apart_into_sign_number_and_unit(
    target: str, sign: str, rest: str, initial: str
) -> None:
    assert (sign_of(typed(target)), wanted(typed(target)), sign_and_unit(typed(target))) == (
        sign,
        rest,
        initial,
    )


@pytest.mark.parametrize(
    "target,actual,printed,number",
    [
        ("≤17000吨", "0吨", "≤0吨", "0"),
        ("≥95%", "≥96.5%", "≥96.5%", "96.5"),
        ("=32次", "30次", "=30次", "30"),
        ("及时", "达成预期指标", "达成预期指标", "达成预期指标"),
        ("≥95%", "", "", ""),
    ],
)
def test_a_result_is_printed_under_the_sign_of_its_target(
    target: str, actual: str, printed: str, number: str
) -> None:
    result: Entered[Target] = typed(actual) if actual else Entered()
    assert (actual_of(typed(target), result), bare_number(result)) == (printed, number)
