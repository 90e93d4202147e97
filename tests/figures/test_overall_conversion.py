"""The department form with rows that do not apply, bonus, deductions and results that are no rates."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from docgen.figures import UNKNOWN
from docgen.figures.levels import level1_points_of
from docgen.figures.results import OverallResult
from docgen.model.last_year import LastYear
from docgen.packs import norms_at
from docgen.quantity import Points
from tests.figures.report_filing import YEAR, report_figures, report_pack
from tests.filing_tables import Changes, examined


def form(changes: Changes = {}) -> OverallResult:  # noqa: B006 - read only
    return report_figures(changes).overall


def test_without_exclusions_the_converted_score_is_the_score() -> None:
    overall = form()
    assert (overall.points.value, overall.total_score.how) == (Decimal(100), "15+22.5+30+30")
    assert overall.converted_score == overall.total_score


def test_a_row_that_does_not_apply_counts_for_nothing_and_the_total_is_converted() -> None:
    overall = form({"整体指标!H4": "是"})
    assert (overall.points.value, overall.total_score.value) == (Decimal(95), Decimal(95))
    assert (overall.converted_score.value, overall.converted_score.how) == (Decimal(100), "95÷95×100")
    row = next(row for row in overall.rows if row.is_excluded)
    assert (row.level3, row.score.figure) == ("支出进度", UNKNOWN)


def test_the_converted_score_is_rounded_as_scores_are_and_gives_the_grade() -> None:
    overall = form({"整体指标!H4": "是", "整体指标!G2": "1", "整体指标!G6": "14"})
    assert overall.total_score.value == 75
    assert (overall.converted_score.value, overall.grade) == (Decimal("78.95"), "中")


def test_a_level_that_does_not_apply_at_all_is_no_part_of_the_total() -> None:
    overall = form({"整体指标!H2": "是"})
    assert (overall.points.value, overall.converted_score.value) == (Decimal(85), Decimal("97.06"))
    level = overall.levels[0]
    assert (level.points.value, level.score.value) == (None, None)


def test_a_form_on_which_nothing_can_be_earned_has_no_converted_score() -> None:
    unknown = form({"整体指标!H4": "是", "整体指标!G2": ""})
    assert (unknown.converted_score, unknown.grade) == (UNKNOWN, "")


def test_bonus_adds_and_deduction_takes_away_without_counting_in_the_full_marks() -> None:
    bonus = "加分项 | 改革创新 | 改革试点 | 有 | 有 | 3 | 2 | | | | 试点"
    deduction = "扣分项 | 违规问题 | 审计问题 | 无 | 1个 | | 1.5 | | | |"
    overall = form({"整体指标+": f"{bonus}\n{deduction}"})
    assert (overall.points.value, overall.total_score.value) == (Decimal(100), Decimal(98))
    assert overall.total_score.how == "15+22.5+30+30+2−1.5"


def test_a_deduction_by_a_met_target_is_not_taken_by_rule() -> None:
    row = "扣分项 | 违规问题 | 审计问题数 | =0个 | 0个 | 5 | 0 | | | |"
    assert form({"整体指标+": row}).total_score.value == Decimal("97.5")


def test_a_bonus_that_was_not_entered_leaves_the_total_unknown_only_where_it_is_asked() -> None:
    row = "加分项 | 改革创新 | 改革试点 | | | | | | | |"
    assert form({"整体指标+": row}).total_score.value == Decimal("97.5")
    asked = form({"整体指标+": row.replace("改革试点 | | | |", "改革试点 | 有 | 有 | 3 |")})
    assert (asked.total_score.value, asked.total_score.how) == (None, "缺项")


def test_a_derived_number_is_scored_in_the_measure_of_its_target() -> None:
    row = next(row for row in form().rows if row.level3 == "支出进度")
    assert (row.counted.text, row.score.figure.value) == ("2个季度", Decimal("2.5"))


def test_a_derived_amount_is_scored_in_yuan_and_written_in_the_unit_of_its_target() -> None:
    def reception(target: str) -> tuple[str, bool | None]:
        added = f"过程指标 | 预算执行 | 公务接待费 | {target} | | 1 | | | | |"
        row = next(row for row in form({"整体指标+": added}).rows if row.level3 == "公务接待费")
        return row.counted.text, row.score.is_met

    assert reception("≤0.3万元") == ("0.2万元", True)
    assert reception("≤1500元") == ("2000元", False)
    assert reception("压减") == ("2000", None)


def test_projects_are_weighed_by_the_levels_they_use() -> None:
    case = examined().case
    other = {"产出指标": Points(Decimal(60)), "效益指标": Points(Decimal(30))}
    norms = replace(norms_at(report_pack(), YEAR), level1_alternatives=(other,))
    with_satisfaction = case.figures.projects[0]
    without = replace(with_satisfaction, levels=with_satisfaction.levels[:2])
    assert level1_points_of(without, norms) == other
    assert level1_points_of(with_satisfaction, norms) == norms.level1_points
    assert level1_points_of(replace(without, levels=()), norms) == norms.level1_points


def test_a_record_without_amounts_changes_nothing() -> None:
    empty = LastYear("run.json", "东山县人社局", 2020)
    assert report_figures(last_year=empty).accounts.named == report_figures().accounts.named


def test_where_rows_may_be_left_out_a_rate_of_nothing_does_not_apply() -> None:
    nothing: Changes = {"三公经费!B2": "0", "三公经费!C2": "0", "三公经费!B3": "0", "三公经费!C3": "0"}
    row = "过程指标 | 预算执行 | “三公经费”控制率 | ≤100% | | 5 | | | |"

    def excluded(changes: Changes) -> list[str]:
        return [each.level3 for each in form({**changes, "整体指标+": row}).rows if each.is_excluded]

    assert excluded(nothing) == ["“三公经费”控制率"]
    assert excluded({**nothing, "三公经费!C3": "1"}) == []
