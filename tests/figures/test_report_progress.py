"""支出进度, 三保, 非税, 绩效监控, 上年自评 and 重点评价 as figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from docgen.figures import UNKNOWN, Figures
from docgen.figures.monitoring import june_band
from docgen.figures.report_results import Group, MonitoringResult
from docgen.model.last_year import LastYear, PastProject
from docgen.packs import norms_at
from docgen.quantity import Points
from tests.figures.report_filing import YEAR, report_figures, report_pack
from tests.filing_tables import Changes

FIGURES = report_figures()
NORMS = norms_at(report_pack(), YEAR)


def monitored(changes: Changes = {}) -> MonitoringResult:  # noqa: B006 - read only
    found = report_figures(changes).report.monitoring
    assert found is not None
    return found


def names(group: Group) -> list[str | None]:
    return [project.name.value for project in group.projects]


def quarters(figures: Figures) -> list[tuple[str | None, str, bool | None]]:
    return [(each.line.quarter.value, each.share.how, each.is_met) for each in figures.report.quarters]


def test_quarters_stand_in_the_order_of_the_year_with_what_was_spent_up_to_them() -> None:
    assert quarters(FIGURES) == [
        ("第一季度", "30÷120", True),
        ("第二季度", "50÷120", False),
        ("第三季度", "90÷120", True),
        ("第四季度", "110÷120", False),
    ]
    assert FIGURES.report.quarters[1].scheduled.how == "50%"
    assert (FIGURES.accounts["quarters_met"].value, FIGURES.accounts["quarters_met"].how) == (Decimal(2), "2")
    assert FIGURES.accounts["quarter_2_payment_rate"].how == "50÷120÷50%"
    assert FIGURES.accounts["quarter_3_payment_rate"].value == 1


def test_after_a_quarter_left_out_nothing_can_be_told() -> None:
    figures = report_figures({"支出进度!2": None})
    assert quarters(figures) == [("第一季度", "30÷120", True), ("第三季度", "", None), ("第四季度", "", None)]
    assert figures.accounts["quarters_met"] == UNKNOWN
    assert figures.accounts["quarter_2_payment_rate"] == UNKNOWN
    assert figures.accounts["quarter_3_payment_rate"] == UNKNOWN


def test_without_quarters_none_is_met() -> None:
    assert report_figures({"支出进度": None}).accounts["quarters_met"] == UNKNOWN


def test_what_is_guaranteed_in_full_was_paid_item_by_item() -> None:
    found = FIGURES.report.guarantees
    assert [(kind, each.arranged.how, each.spent.how, each.is_full) for kind, each in found.items()] == [
        ("保工资", "40", "40", True),
        ("保运转", "10+2", "8+2", False),
    ]
    assert [line.name.value for line, _, _ in found["保运转"].rows] == ["日常公用经费", "物业费"]
    assert FIGURES.accounts["guarantees_rate"].how == "50÷52"


@pytest.mark.parametrize(
    "changes, full",
    [
        ({"三保支出!D2": "10"}, True),
        ({"三保支出!D2": "8", "三保支出!D3": "4"}, False),
        ({"三保支出!D2": "", "三保支出!D3": "12"}, False),
        ({"三保支出!C2": "0", "三保支出!D2": "0", "三保支出!C3": "0", "三保支出!D3": "0"}, False),
    ],
)
def test_more_for_one_item_makes_up_for_nothing(changes: Mapping[str, str], full: bool) -> None:  # noqa: FBT001
    assert report_figures(changes).report.guarantees["保运转"].is_full is full


def test_a_charge_is_compared_with_what_was_paid_in_last_year() -> None:
    first, second = FIGURES.report.nontax
    assert (first.change_rate.how, first.change_rate.value) == ("(10−8)÷8", Decimal("0.25"))
    assert (second.change_rate.value, second.change_rate.how) == (None, "5÷0")
    assert FIGURES.accounts["nontax_rate"].how == "15÷15"
    assert FIGURES.report.nontax_final.how == "9+6"


def test_projects_are_grouped_by_what_they_had_reached_in_june() -> None:
    found = monitored()
    assert (names(found.reached), names(found.low), names(found.not_started)) == (
        ["窗口服务经费"],
        ["技能培训经费"],
        ["招聘服务经费"],
    )
    assert (found.between.count.value, found.between.budget.value, found.between.rate.how) == (
        Decimal(0),
        Decimal(0),
        "0÷0",
    )


@pytest.mark.parametrize(
    "progress, band",
    [
        ("1", "reached"),
        ("0.5", "reached"),
        ("0.49", "between"),
        ("0.31", "between"),
        ("0.3", "low"),
        ("0.01", "low"),
        ("0", "not_started"),
        ("-0.1", "not_started"),
    ],
)
def test_the_marks_of_june_belong_to_the_outer_bands(progress: str, band: str) -> None:
    assert june_band(Decimal(progress), NORMS) == band


def test_projects_are_grouped_by_how_the_year_ended_and_what_pays_for_them() -> None:
    found = monitored()
    assert (names(found.missed), found.missed.budget.how) == (["招聘服务经费"], "5")
    assert (found.achieved.count.how, found.achieved.budget.how) == ("2", "10+20")
    assert found.achieved.rate.how == "30÷30"
    assert (names(found.direct), found.direct.spending.how) == (["技能培训经费"], "20")
    assert str(found.direct.count.sources[0]) == "项目!G3"


def test_a_project_that_cannot_be_read_leaves_the_numbers_unknown() -> None:
    found = monitored({"项目!E3": "三成多"})
    assert (found.reached.count.value, found.reached.count.how) == (None, "无法读取")
    assert found.achieved.count.value == 2


def test_without_any_entry_nothing_was_monitored() -> None:
    blank: Changes = {f"项目!{column}{row}": "" for column in "EFG" for row in (2, 3, 4)}
    assert report_figures(blank).report.monitoring is None
    assert report_figures({"项目!A4": ""}).report.monitoring is None


def test_the_progress_of_all_projects_is_of_their_sums() -> None:
    assert FIGURES.accounts["project_progress"].how == "35÷35"
    assert report_figures({"项目资金!A2": ""}).accounts["project_progress"] == UNKNOWN


def test_last_years_projects_are_counted_by_bands_of_score() -> None:
    report = FIGURES.report
    assert {name: figure.value for name, figure in report.past_bands.items()} == {
        "满分": 1,
        "95分以上": 1,
        "90分-95分": 1,
        "90分以下": 0,
    }
    assert report.past_count.value == 3


def test_a_score_left_blank_leaves_the_bands_unknown() -> None:
    report = report_figures({"上年自评!B3": ""}).report
    assert set(report.past_bands.values()) == {UNKNOWN}
    assert report.past_count.value == 3


def test_an_empty_sheet_takes_last_years_projects_from_the_record() -> None:
    past = (PastProject("甲", score=Points(Decimal(96))), PastProject("乙"))
    record = LastYear("run.json", "东山县人社局", 2020, {}, projects=past)
    report = report_figures({"上年自评": None}, record).report
    assert (report.past_count.value, report.past_bands["95分以上"].value) == (Decimal(1), Decimal(1))
    assert str(report.past_count.sources[0]) == "run.json"
    nothing = report_figures({"上年自评": None}).report
    assert (nothing.past_bands, nothing.past_count) == ({}, UNKNOWN)


def test_a_project_of_several_funds_is_one_key_evaluation() -> None:
    first, second = FIGURES.report.key_evaluations
    assert (first.name, first.budget.how, first.arrived.how) == ("技能培训经费", "12+8", "12+6")
    assert (first.arrival_rate.how, first.execution_rate.how, len(first.rows)) == ("18÷20", "17÷20", 2)
    assert (second.name, second.arrival_rate.how) == ("招聘服务经费", "5÷5")
    assert report_figures({"部门评价!B2": ""}).report.key_evaluations == ()


def test_a_schedule_shorter_than_the_year_ends_with_it() -> None:
    pack = report_pack()
    ledger = replace(pack.ledger, quarters={"第一季度": "1"})
    figures = report_figures(pack=replace(pack, ledger=ledger))
    assert quarters(figures) == [("第一季度", "30÷120", True)]
