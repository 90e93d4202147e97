"""The goals of a department with their indicators, and the items a report lists."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from docgen.figures import UNKNOWN
from docgen.figures.report_results import GoalIndicatorResult
from tests.figures.report_filing import report_figures, report_pack

NOTHING = {f"目标指标!{row}": None for row in (2, 3, 4)}


def of(target: str, actual: str) -> GoalIndicatorResult:
    """The only indicator of the only goal."""
    row = f"就业稳定 | 指标 | {target} | {actual} |"
    return report_figures({**NOTHING, "目标指标+": row}).report.goals[0].rows[0]


@pytest.mark.parametrize(
    "target, actual, value, how, met",
    [
        ("≥1000人", "1050人", "1.05", "1050÷1000", True),
        (">36500人", "36500人", "1", "36500÷36500", False),
        ("=60%", "45%", "0.75", "0.45÷0.6", False),
        ("≤4%", "3.8%", "1", "3.8%达到≤4%", True),
        ("≤4%", "5%", "0.8", "0.04÷0.05", False),
        ("=0户", "0户", "1", "0达到=0户", True),
        ("=0户", "2户", None, "", False),
        ("及时", "及时", None, "", True),
        ("及时", "基本及时", None, "", None),
        ("及时", "达成预期指标", None, "", True),
        ("≥90%", "较好", None, "", None),
    ],
)
def test_how_far_an_indicator_was_reached(
    target: str,
    actual: str,
    value: str | None,
    how: str,
    met: bool | None,  # noqa: FBT001
) -> None:
    row = of(target, actual)
    assert (row.completion.value, row.completion.how) == (Decimal(value) if value else None, how)
    assert row.is_met is met


def test_a_goal_is_reached_when_all_its_indicators_are() -> None:
    (goal,) = report_figures().report.goals
    assert (goal.goal.name.value, len(goal.rows), goal.is_met) == ("就业稳定", 3, True)


def test_one_indicator_missed_is_a_goal_missed() -> None:
    assert report_figures({"目标指标!D2": "900人"}).report.goals[0].is_met is False


def test_a_goal_that_cannot_be_told_is_neither() -> None:
    assert report_figures({"目标指标!D4": "基本及时"}).report.goals[0].is_met is None
    assert report_figures(NOTHING).report.goals[0].is_met is None
    assert report_figures({"目标指标!A4": ""}).report.goals[0].is_met is None


def test_indicators_that_name_no_goal_belong_to_none() -> None:
    unnamed = {"整体目标与任务!B4": "", "目标指标!A2": "", "目标指标!A3": "", "目标指标!A4": ""}
    assert report_figures(unnamed).report.goals[0].rows == ()


def test_listed_items_are_counted_and_added_by_category() -> None:
    group = report_figures().report.listed["重点任务"]
    assert (group.count.value, group.amount.how) == (Decimal(2), "3+2")
    assert [item.name.value for item in group.items] == ["落实就业政策", "规范劳动用工"]


def test_a_category_without_items_counts_none() -> None:
    group = report_figures({"事项清单": None}).report.listed["重点任务"]
    assert (group.count.value, group.amount, group.items) == (Decimal(0), UNKNOWN, ())


def test_of_a_list_not_read_whole_the_number_is_unknown() -> None:
    group = report_figures({"事项清单!A2": ""}).report.listed["重点任务"]
    assert (group.count, group.amount, len(group.items)) == (UNKNOWN, UNKNOWN, 1)


def dated(*days: str) -> dict[str, Decimal | None]:
    """The rates of the listed items, the second of which was done on these days."""
    pack = report_pack()
    pack = replace(pack, ledger=replace(pack.ledger, listed={"重点任务": "key", "计划": "planned"}))
    changes = {f"事项清单!F{row}": day for row, day in enumerate(days, 2)}
    named = report_figures(changes, pack=pack).accounts.named
    assert "planned_count" not in named
    return {name: named[f"key_{name}"].value for name in ("count", "done_rate", "timely_rate")}


def test_items_are_done_with_a_day_and_in_time_until_their_limit() -> None:
    assert dated("2021-06-20", "") == {"count": 2, "done_rate": Decimal("0.5"), "timely_rate": Decimal("0.5")}
    assert dated("2021-06-30", "2021-11-01") == {"count": 2, "done_rate": 1, "timely_rate": Decimal("0.5")}


def test_a_day_that_cannot_be_read_leaves_the_rates_unknown() -> None:
    assert dated("六月底", "2021-10-01") == {"count": 2, "done_rate": None, "timely_rate": None}
