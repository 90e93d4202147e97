from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from docgen.workbook.dates import parse_date, parse_year

DAY = date(2022, 7, 11)
HABITS: list[str | Decimal] = [
    "2022-07-11", "2022-7-11", "2022/7/11", "2022/07/11", "2022.7.11", "2022．7．11", " 2022/7/11 ",
    "2022年7月11日", "2022年7月11", "2022 年 7 月 11 日", "２０２２年７月１１日", "20220711",
    "2022-07-11 00:00:00", Decimal(20220711), Decimal(44753),
]  # fmt: skip


@pytest.mark.parametrize("value", HABITS)
def test_a_date_is_read_in_the_habits_of_offices(value: str | Decimal) -> None:
    assert parse_date(value) == DAY


@pytest.mark.parametrize(
    "value",
    [
        "",
        "2022年7月",
        "7月11日",
        "22-7-11",
        "2022-13-01",
        "2022-02-30",
        "2022",
        "7/11/2022",
        "1022-07-11",
        "明天",
    ],
)
def test_what_names_no_single_day_is_none(value: str) -> None:
    assert parse_date(value) is None


@pytest.mark.parametrize("value", [Decimal(2022), Decimal("44753.5"), Decimal(0), Decimal(-1)])
def test_a_number_that_is_no_day_is_none(value: Decimal) -> None:
    assert parse_date(value) is None


@pytest.mark.parametrize("text", ["2021", "2021年", "2021年度", " ２０２１ ", "2021 年度"])
def test_a_year_is_read_with_or_without_its_measure(text: str) -> None:
    assert parse_year(text) == 2021


@pytest.mark.parametrize("text", ["", "21", "二〇二一", "2021-2022", "1021", "20210"])
def test_what_is_no_year_is_none(text: str) -> None:
    assert parse_year(text) is None
