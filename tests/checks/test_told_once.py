"""One mistake, one finding: where two rules could speak of the same wrong cell, one of them does."""

from __future__ import annotations

import pytest

from tests import disclosed_tables
from tests.filing_tables import Changes, examined

BUDGET_OF_A_SOURCE, SPENDING_OF_A_SOURCE = "项目资金!D3", "项目资金!E3"  # 12 and 12 of 20 and 20


@pytest.mark.parametrize(
    "changes, found",
    [
        pytest.param({SPENDING_OF_A_SOURCE: "14"}, ["B102 项目资金!E3"], id="more spent than budgeted"),
        pytest.param({BUDGET_OF_A_SOURCE: "11"}, ["B102 项目资金!E3"], id="less budgeted than spent"),
        pytest.param({BUDGET_OF_A_SOURCE: "0"}, ["B105 项目资金!D3"], id="no budget for a source"),
        pytest.param({"项目资金!D2": "0"}, ["B105 项目资金!D2"], id="no budget for a project"),
        pytest.param({"项目资金!D5": "0"}, ["B101 项目资金!D5"], id="no budget in the total row"),
    ],
)
def test_an_amount_that_breaks_two_rules_is_told_by_one(changes: Changes, found: list[str]) -> None:
    assert examined(changes).found == found


@pytest.mark.parametrize(
    "changes, found",
    [
        pytest.param(
            {SPENDING_OF_A_SOURCE: "13", "项目资金!E4": "9"},
            ["B101 项目资金!E5", "B102 项目资金!E3", "B102 项目资金!E4"],
            id="two sources overspent",
        ),
        pytest.param(
            {SPENDING_OF_A_SOURCE: "14", "项目资金!E5": "21"},
            ["B101 项目资金!E5", "B102 项目资金!E3"],
            id="the total is wrong by less",
        ),
        pytest.param(
            {SPENDING_OF_A_SOURCE: "14", "项目资金!C5": "21"},
            ["B101 项目资金!C5", "B102 项目资金!E3"],
            id="another column is wrong too",
        ),
    ],
)
def test_two_mistakes_are_two_findings(changes: Changes, found: list[str]) -> None:
    assert examined(changes).found == found


@pytest.mark.parametrize(
    "changes, found",
    [
        pytest.param({"绩效指标!H8": "20", "绩效指标!G8": "12"}, "I101 绩效指标!G8", id="a score by rule"),
        pytest.param(
            {"绩效指标!F9": "81%", "绩效指标!J9": "缺考", "绩效指标!H9": "9", "绩效指标!G9": "11"},
            "I101 绩效指标!G8",
            id="a score in proportion",
        ),
        pytest.param({"绩效指标!G10": "5"}, "I101 绩效指标!G8", id="more than the points"),
        pytest.param({"绩效指标!G10": "14"}, "I101 绩效指标!G8", id="less than the tier"),
        pytest.param({"绩效指标!G10": "14", "绩效指标!I10": ""}, "I101 绩效指标!G8", id="no tier"),
        pytest.param({"整体指标!F5": "20"}, "X201 整体指标!F3", id="the department form"),
    ],
)
def test_a_changed_weight_is_told_by_the_sum_of_the_weights(changes: Changes, found: str) -> None:
    assert examined(changes).found == [found]


@pytest.mark.parametrize(
    "changes, codes",
    [
        ({"绩效指标!G8": "12", "绩效指标!H8": "7"}, {"I101", "S101"}),
        ({"绩效指标!G9": "8", "绩效指标!H8": "7"}, {"I101", "S101"}),
        ({"绩效指标!G10": "14", "绩效指标!H10": "5"}, {"I101", "S105", "S107"}),
        ({"绩效指标!G10": "5", "绩效指标!H10": "11"}, {"I101", "S103"}),
    ],
)
def test_a_score_that_is_wrong_under_any_weight_is_told_too(changes: Changes, codes: set[str]) -> None:
    assert {code.partition(" ")[0] for code in examined(changes).found} == codes


def test_a_column_of_amounts_that_is_not_there_is_told_once() -> None:
    gone: Changes = {"三公经费!B1": "", "三公经费!B2": "", "三公经费!B3": "", "整体指标!E4": ""}
    assert examined(gone).found == ["W102 三公经费"]


def test_a_sheet_that_is_not_there_is_told_once() -> None:
    assert disclosed_tables.examined({"项目": None}).found == ["W101 甲.xlsx"]


def test_the_sum_of_the_weights_names_the_score_that_tells_which_weight_is_wrong() -> None:
    changes: Changes = {"绩效指标!F9": "81%", "绩效指标!H9": "9", "绩效指标!G9": "11"}
    first, missing_reason = examined(changes).findings
    assert [first.code, missing_reason.code] == ["I101", "S107"]
    notes = {str(each.place): each.note for each in first.related}
    assert notes["绩效指标!H9"] == "得分 9 按分值 10 算才对，是不是这一行的分值填错了"
