from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.figures.figure import UNKNOWN, Figure
from docgen.finding import Place
from docgen.model import Entered
from docgen.packs import Formats
from docgen.present import Shown, figures_in
from docgen.present.formats import Notation, chinese, circled, closing, count, number, written_day

WAN = Decimal(10000)


def notation(
    places: int = 2, *, unit: Literal["元", "万元"] = "万元", rates: int = 2, scores: int = -1
) -> Notation:
    formats = Formats(
        money_unit=unit,
        project_money_places=places,
        department_money_places=places,
        rate_places=rates,
        score_places=scores,
    )
    return Notation(formats, 2)


def figure(value: str) -> Figure:
    return Figure(Decimal(value))


@pytest.mark.parametrize(
    "value,places,written",
    [
        ("0.125", 2, "0.13"),
        ("-0.125", 2, "-0.13"),
        ("2.675", 2, "2.68"),
        ("2.5", 0, "3"),
        ("-0", 2, "0.00"),
        ("-0.001", 2, "0.00"),
        ("-0.001", -1, "0"),
        ("100", -1, "100"),
        ("1E+2", -1, "100"),
        ("7.140", -1, "7.14"),
        ("97.285714285714", -1, "97.29"),
    ],
)
def test_numbers_round_half_up_and_never_print_a_negative_zero(value: str, places: int, written: str) -> None:
    assert number(Decimal(value), places, 2) == written


@pytest.mark.parametrize(
    "yuan,places,written",
    [
        ("160600", -1, "16.06"),
        ("200000", -1, "20"),
        ("0", -1, "0"),
        ("1250", 2, "0.13"),
        ("26750", 2, "2.68"),
        ("16874000", 2, "1687.40"),
        ("0.01", -1, "0.000001"),
        ("-58400", 2, "-5.84"),
    ],
)
def test_money_is_turned_into_wan_once_and_then_rounded(yuan: str, places: int, written: str) -> None:
    assert notation(places).money(figure(yuan)) == written
    assert notation(places).department_money(figure(yuan)) == written


def test_a_form_in_yuan_prints_yuan() -> None:
    assert notation(-1, unit="元").money(figure("160600.5")) == "160600.5"


@pytest.mark.parametrize(
    "rate,written",
    [
        ("1", "100%"),
        ("0", "0%"),
        ("0.794", "79.4%"),
        ("0.989", "98.9%"),
        ("0.08037", "8.04%"),
        ("0.96665", "96.67%"),
        ("1.2", "120%"),
    ],
)
def test_percentages_have_at_most_two_decimals_and_no_padding(rate: str, written: str) -> None:
    assert notation().rate(figure(rate)) == written


def test_a_form_may_want_whole_percentages() -> None:
    assert notation(rates=0).rate(figure("0.985")) == "99%"


def test_what_is_unknown_prints_nothing() -> None:
    hand = notation()
    assert [hand.money(UNKNOWN), hand.rate(UNKNOWN), hand.score(UNKNOWN), hand.day(Entered())] == [""] * 4


def test_a_rate_over_a_budget_of_zero_does_not_apply() -> None:
    assert notation().rate_over(UNKNOWN, figure("0")) == "—"
    assert notation().rate_over(UNKNOWN, UNKNOWN) == ""
    assert notation().rate_over(figure("0.5"), figure("1")) == "50%"


def test_scores_show_no_more_decimals_than_the_norm_gives_them() -> None:
    assert notation().score(figure("94.156666")) == "94.16"
    assert notation().score(figure("10.00")) == "10"
    assert notation(scores=2).score(figure("10")) == "10.00"


def test_dates_have_no_leading_zeros() -> None:
    assert notation().day(Entered(date(2022, 7, 1))) == "2022年7月1日"
    assert written_day(date(2022, 12, 31), "{年}-{月}-{日}") == "2022-12-31"


@pytest.mark.parametrize(
    "value,written",
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (2020, "二千零二十"),
        (0, "0"),
        (10000, "10000"),
    ],
)
def test_numbers_are_counted_in_chinese(value: int, written: str) -> None:
    assert chinese(value) == written


def test_every_chinese_number_is_another() -> None:
    assert len({chinese(value) for value in range(1, 10000)}) == 9999


def test_circled_numbers_go_on_in_brackets_where_there_are_no_signs() -> None:
    assert [circled(value) for value in (1, 20, 21, 50, 51)] == ["①", "⑳", "㉑", "㊿", "(51)"]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_money_as_needed_loses_nothing(amount: Decimal) -> None:
    shown = notation(-1).money(Figure(amount))
    assert Decimal(shown) * WAN == amount


def test_shown_is_text_that_knows_its_figure() -> None:
    source = Figure(Decimal("0.803"), "16.06÷20", (Place("甲.xlsx", "项目资金", "E6"),))
    shown = notation().rate(source)
    again = pickle.loads(pickle.dumps(shown))  # noqa: S301 - our own bytes
    assert isinstance(shown, str)
    assert (shown, shown.figure) == ("80.3%", source)
    assert (again, again.figure) == (shown, source)


def test_the_printed_figures_of_a_context_are_found_by_path() -> None:
    hand = notation()
    context = {
        "项目": {"执行率": hand.rate(figure("0.5")), "名称": "甲", "空": hand.rate(UNKNOWN)},
        "行": [{"得分": hand.score(figure("9"))}, {"得分": Shown("—")}],
        "有扣分": True,
    }
    assert [(path, str(shown)) for path, shown in figures_in(context)] == [
        ("项目.执行率", "50%"),
        ("行.1.得分", "9"),
    ]


def test_a_count_is_a_figure_too() -> None:
    assert (count(3), count(3).figure.value) == ("3", Decimal(3))
    assert count(0) == "0"


@pytest.mark.parametrize(
    "shares, printed",
    [
        (("0.505", "0.495"), ["51", "49"]),
        (("0.5", "0.5", "0"), ["50", "50", "0"]),
        (("0.335", "0.335", "0.33"), ["34", "34", "32"]),
        (("0.498", "0.498", "0.004"), ["50", "50", "0"]),
        (("0.335", "0.654", "0.006", "0.005"), ["34", "64", "1", "1"]),
        (("0.255", "0.255", "0.485", "0.005"), ["26", "26", "47", "1"]),
    ],
)
def test_printed_shares_of_a_whole_close_at_the_last_part_that_bears_it(
    shares: tuple[str, ...], printed: list[str]
) -> None:
    assert [str(each) for each in closing([Decimal(share) for share in shares], 0)] == printed
