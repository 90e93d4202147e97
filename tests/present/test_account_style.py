from __future__ import annotations

from decimal import Decimal

import pytest

from docgen.figures.figure import UNKNOWN, Figure
from docgen.finding import Place
from docgen.packs import Formats
from docgen.present.account_style import NOTHING, AccountStyle

STYLE = AccountStyle(Formats())
UNREADABLE = Figure(None, "无法读取", (Place("甲.xlsx", "收入", "D3"),))


def yuan(value: str) -> Figure:
    return Figure(Decimal(value))


@pytest.mark.parametrize(
    "amount,printed",
    [
        ("50611300", "5061.13"),
        ("16250", "1.63"),
        ("0", ""),
        ("30", "0.00"),
        ("-16250", "-1.63"),
        ("-3", "0.00"),
    ],
)
def test_a_table_writes_two_decimals_and_leaves_a_zero_blank(amount: str, printed: str) -> None:
    assert STYLE.cell(yuan(amount)) == printed


@pytest.mark.parametrize(
    "amount,printed",
    [
        ("50611300", "5,061.13"),
        ("12345678901", "1,234,567.89"),
        ("0", "0"),
        ("16250", "1.63"),
        ("-3", "0.00"),
    ],
)
def test_a_sentence_parts_thousands_and_says_zero(amount: str, printed: str) -> None:
    assert STYLE.amount(yuan(amount)) == printed


def test_what_nobody_entered_is_nought_in_a_sentence_and_says_so() -> None:
    assert (STYLE.amount(UNKNOWN), STYLE.count(UNKNOWN)) == ("0", "0")
    assert STYLE.amount(UNKNOWN).figure is NOTHING
    assert STYLE.cell(UNKNOWN) == ""


def test_what_cannot_be_read_is_never_nought() -> None:
    assert (STYLE.amount(UNREADABLE), STYLE.count(UNREADABLE), STYLE.cell(UNREADABLE)) == ("", "", "")


def test_a_percentage_in_a_sentence_has_all_its_decimals_and_no_sign() -> None:
    assert STYLE.percent(Figure(Decimal("-0.07923"))) == "7.92%"
    assert STYLE.percent(Figure(Decimal(1))) == "100.00%"
    assert STYLE.percent(Figure(Decimal("0.000049"))) == "0.00%"
    assert STYLE.percent(UNKNOWN) == ""


def test_a_difference_is_printed_without_its_sign_and_keeps_it_in_the_record() -> None:
    shown = STYLE.size(yuan("-4355100"))
    assert (shown, shown.figure.value) == ("435.51", Decimal(-4355100))


def test_counts_are_whole_in_tables_and_sentences() -> None:
    eight = Figure(Decimal(8))
    assert (STYLE.count(eight), STYLE.count_cell(eight), STYLE.count_cell(Figure(Decimal(0)))) == (
        "8",
        "8",
        "",
    )


def test_two_amounts_that_print_alike_are_even() -> None:
    assert STYLE.is_even(yuan("49"))
    assert not STYLE.is_even(yuan("50"))
    assert not STYLE.is_even(UNKNOWN)
