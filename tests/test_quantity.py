"""Rounding and units: the only arithmetic that may round."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.quantity import MoneyUnit, in_unit, plain, rounded, yuan


@pytest.mark.parametrize(
    "value, places, expected",
    [
        ("0.125", 2, "0.13"),
        ("2.675", 2, "2.68"),
        ("1.005", 2, "1.01"),
        ("-0.125", 2, "-0.13"),
        ("7.5845", 2, "7.58"),
        ("9.4594", 1, "9.5"),
        ("12.5", 0, "13"),
    ],
)
def test_halves_are_rounded_away_from_zero(value: str, places: int, expected: str) -> None:
    assert str(rounded(Decimal(value), places)) == expected


@pytest.mark.parametrize(
    "value, expected",
    [("10", "10"), ("1E+1", "10"), ("7.140", "7.14"), ("-0.0", "0"), ("0.000", "0"), ("-3.50", "-3.5")],
)
def test_plain_writing_has_neither_padding_nor_exponent(value: str, expected: str) -> None:
    assert plain(Decimal(value)) == expected


@given(st.decimals(-(10**9), 10**9, places=6))
def test_wan_to_yuan_and_back_is_the_identity(amount: Decimal) -> None:
    assert in_unit(yuan(amount, MoneyUnit.WAN), MoneyUnit.WAN) == amount


@given(st.decimals(-(10**9), 10**9, places=2))
def test_yuan_to_wan_and_back_keeps_every_fen(amount: Decimal) -> None:
    assert yuan(in_unit(amount, MoneyUnit.WAN), MoneyUnit.WAN) == amount
