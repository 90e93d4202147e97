from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from docgen.figures.arithmetic import difference, quotient
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.final_results import Change
from docgen.packs import Formats
from docgen.present.account_style import AccountStyle
from docgen.present.change_words import change_view

STYLE = AccountStyle(Formats())


def changed(now: str, before: str) -> Any:  # noqa: ANN401 - a tree of words
    this, last = (Figure(Decimal(value) * 10000) if value else UNKNOWN for value in (now, before))
    gap = difference(this, last)
    return change_view(Change(this, last, gap, quotient(gap, last)), STYLE)


def told(now: str, before: str) -> str:
    """The sentence as templates put it together."""
    words = changed(now, before)
    if words["相同"]:
        return "与上年相同"
    if not words["有上年"]:
        return ""
    rate = f"，{words['升降']}{words['率']}" if words["有率"] else ""
    return f"{words['增减']}{words['差']}万元{rate}"


@pytest.mark.parametrize(
    "now,before,sentence",
    [
        ("5061.13", "5496.64", "减少435.51万元，下降7.92%"),
        ("139.47", "73.94", "增加65.53万元，增长88.63%"),
        ("0", "1.22", "减少1.22万元，下降100.00%"),
        ("1.22", "0", "增加1.22万元"),
        ("0", "0", "与上年相同"),
        ("5.56", "5.56", "与上年相同"),
        ("5.5641", "5.5639", "与上年相同"),
        ("5.56", "", ""),
        ("", "5.56", ""),
        ("1000", "999.9999", "与上年相同"),
        ("1000", "999.99", "增加0.01万元，增长0.00%"),
    ],
)
def test_a_change_says_how_much_and_which_way(now: str, before: str, sentence: str) -> None:
    assert told(now, before) == sentence


def test_a_change_nobody_computed_has_every_name_and_claims_nothing() -> None:
    words = change_view(None, STYLE)
    assert set(words) == set(changed("1", "2"))
    assert (words["有上年"], words["有率"], words["相同"]) == (False, False, False)
