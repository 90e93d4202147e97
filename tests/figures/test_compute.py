from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.figures import UNKNOWN, Figure, Figures, compute
from docgen.figures.acceptance import acceptance, explained_keys
from docgen.figures.arithmetic import strict_total, total
from docgen.model import Entered, Explanation, Filing
from docgen.packs import Band, Norms, load_pack, norms_at
from docgen.quantity import Points, Ratio
from tests.filing_tables import Changes, examined

PACK = load_pack("xinxiang")
NORMS = norms_at(PACK, 2021)


def figures(changes: Changes = {}, *, norms: Norms = NORMS) -> Figures:  # noqa: B006 - read only
    return examined(changes, norms=norms).figures


def wan(figure: Figure) -> Decimal | None:
    return None if figure.value is None else figure.value / 10000


def test_a_total_is_the_sum_of_its_sources_with_its_working_and_cells() -> None:
    project = figures().projects[1]
    spending = project.total.annual_spending
    assert (wan(spending), spending.how) == (Decimal(20), "12+8")
    assert [str(place) for place in spending.sources] == ["项目资金!E3", "项目资金!E4"]
    assert list(project.sources) == ["当年财政拨款", "上年结转资金"]
    assert (project.total.execution_rate.value, project.total.execution_rate.how) == (Decimal(1), "20÷20")


def test_a_project_with_only_a_total_row_has_that_total() -> None:
    rows: Changes = {"项目资金!3": None, "项目资金!4": None, "项目资金!E5": "15", "项目资金!F5": ""}
    project = figures(rows).projects[1]
    assert wan(project.total.annual_spending) == 15
    assert project.total.execution_rate.value == Decimal("0.75")
    assert project.execution_by_rule.how == "10×15÷20"


def test_a_column_left_blank_by_the_sources_is_taken_from_the_total_row() -> None:
    blank: Changes = {"项目资金!C3": "", "项目资金!C4": ""}
    assert wan(figures(blank).projects[1].total.initial_budget) == 20


def test_an_unreadable_amount_makes_its_sum_unknown() -> None:
    project = figures({"项目资金!E3": "约十二万", "项目资金!G5": ""}).projects[1]
    assert (project.total.annual_spending.value, project.total_score.value, project.grade) == (None, None, "")
    assert figures({"项目资金!E3": "约十二万"}).totals.annual_spending.value is None


def test_money_is_worked_out_in_the_unit_of_the_workbook() -> None:
    assert figures({"单位信息!B4": "元"}).projects[1].total.annual_spending.how == "12+8"
    assert figures({"单位信息!B4": "元"}).projects[1].total.annual_spending.value == 20


def test_the_execution_score_is_the_rate_times_the_points_and_never_more() -> None:
    assert figures({"项目资金!E6": "3.97"}).projects[2].execution_score.value == Decimal("7.94")
    over = figures({"项目资金!E6": "6"}).projects[2]
    assert (over.execution_score.value, over.execution_score.how) == (Decimal(10), "6÷5超过100%，10")
    assert figures({"项目资金!E6": "-1"}).projects[2].execution_score.value == 0


def test_a_banded_execution_score_takes_the_share_of_the_highest_band_reached() -> None:
    bands = tuple(
        Band(Decimal(floor), share=Ratio(Decimal(share)))
        for floor, share in (("0.6", "0.5"), ("0.8", "0.7"), ("1", "1"))
    )
    norms = replace(NORMS, execution_method="banded", execution_bands=bands)
    scores = {
        spent: figures({"项目资金!E6": spent}, norms=norms).projects[2].execution_score.value
        for spent in ("5", "4.99", "4", "3", "2.99")
    }
    assert scores == {"5": 10, "4.99": 7, "4": 7, "3": 5, "2.99": 0}
    assert figures({"项目资金!E6": "4"}, norms=norms).projects[2].execution_score.how == "10×70%"


def test_without_a_budget_the_rate_is_unknown_and_the_entered_score_counts() -> None:
    nothing: Changes = {"项目资金!C6": "0", "项目资金!D6": "0", "项目资金!E6": "0"}
    project = figures(nothing).projects[2]
    assert (project.total.execution_rate, project.total_score.value) == (
        Figure(None, "0÷0", project.total.execution_rate.sources),
        None,
    )
    claimed = figures({**nothing, "项目资金!G6": "8"}).projects[2]
    assert (claimed.execution_score.value, claimed.total_score.value) == (Decimal(8), Decimal(98))


def test_scores_add_up_level_by_level_to_the_total_and_its_grade() -> None:
    project = figures({"绩效指标!F8": "100人", "绩效指标!H8": ""}).projects[1]
    output = project.level("产出指标")
    assert output is not None
    assert [level.name for level in output.level2] == ["数量指标", "质量指标", "时效指标", "成本指标"]
    assert (output.points.value, output.score.value, output.score_rate.value) == (
        Decimal(50),
        Decimal(40),
        Decimal("0.8"),
    )
    assert project.total_score.value == 90
    assert (project.total_score.how, project.grade) == ("10+40+30+10", "优")
    assert project.level("过程指标") is None
    assert [row.number for row in project.rows] == [1] * 6
    assert len(output.rows) == 4


@pytest.mark.parametrize(
    "score, grade", [("30", "优"), ("20", "优"), ("19.99", "良"), ("10", "良"), ("9.99", "中")]
)
def test_the_lower_bound_of_a_grade_belongs_to_it(score: str, grade: str) -> None:
    assert figures({"绩效指标!H12": score}).projects[1].grade == grade


def test_a_total_below_every_band_has_no_grade() -> None:
    norms = replace(NORMS, grades=(Band(Decimal(101), "满"),))
    assert figures(norms=norms).projects[1].grade == ""


def test_a_differing_execution_score_counts_once_it_is_explained() -> None:
    claimed: Changes = {"项目资金!G5": "9"}
    assert figures(claimed).projects[1].execution_score.value == 10
    written: Changes = {"核实说明+": "S102 | 项目资金!G5 | 按考核办法由 10 扣到 9"}
    explained = figures({**claimed, **written})
    assert (explained.projects[1].execution_score.value, explained.projects[1].execution_score.how) == (
        Decimal(9),
        "核实说明",
    )


def test_levels_keep_the_order_of_the_form_and_unknown_ones_come_last() -> None:
    rows = "窗口服务经费 | 其他 | 其他 | 附加 | 及时 | 及时 | 5 | 5 | |"
    levels = figures({"绩效指标+": rows}).projects[0].levels
    assert [level.name for level in levels] == ["产出指标", "效益指标", "满意度指标", ""]


def test_a_row_that_only_keeps_a_place_counts_for_nothing() -> None:
    rows = "窗口服务经费 | 效益指标 | 生态效益指标 | 无 | | | | | |"
    project = figures({"绩效指标+": rows}).projects[0]
    assert project.total_score.value == 100
    overall = figures({"整体指标+": "效益指标 | 履职效益 | 生态效益 | | | | | | |"}).overall
    assert overall.total_score.value == 100


def test_a_missing_score_leaves_the_totals_unknown_instead_of_zero() -> None:
    got = figures({"绩效指标!H12": "", "整体指标!G2": ""})
    assert (got.projects[1].total_score.value, got.projects[1].grade) == (None, "")
    assert (got.overall.total_score.value, got.totals.average_score) == (None, UNKNOWN)
    assert got.units[1].totals.average_score == UNKNOWN


def test_units_have_their_own_projects_and_the_department_all_of_them() -> None:
    got = figures()
    assert [(u.unit.name.value, [p.project.name.value for p in u.projects]) for u in got.units] == [
        ("东山县人社局", ["窗口服务经费"]),
        ("东山县就业中心", ["技能培训经费", "招聘服务经费"]),
    ]
    assert wan(got.units[1].totals.annual_budget) == 25
    assert wan(got.totals.annual_budget) == 35
    assert (got.totals.average_score.value, got.totals.average_score.how) == (Decimal(100), "(100+100+100)÷3")
    assert wan(got.totals.unspent) == 0


def test_a_long_sum_shows_its_first_and_last_terms() -> None:
    terms = [Figure(Decimal(n), str(n)) for n in range(1, 41)]
    assert total(terms).how == "1+2+3+…+40（共40项）"
    assert strict_total([*terms, UNKNOWN]).value is None
    assert total([*terms, UNKNOWN]).value == 820


def test_the_department_accounts_yield_their_rates() -> None:
    accounts = figures({"收支!C2": "80", "收支!C4": "40"}).accounts
    assert wan(accounts["annual_budget"]) == wan(accounts["structure_annual_budget"]) == 100
    assert (wan(accounts["fiscal_final"]), wan(accounts["project_final"])) == (Decimal(98), Decimal(38))
    assert (accounts["budget_execution_rate"].value, accounts["surplus_rate"].value) == (
        Decimal("0.98"),
        Decimal("0.02"),
    )
    assert accounts["budget_adjustment_rate"].value == Decimal("0.25")
    assert accounts["budget_adjustment_rate"].how == "|100−80|÷80"
    assert (accounts["sangong_control_rate"].value, accounts["sangong_control_rate"].how) == (
        Decimal("0.9"),
        "1.8÷2",
    )
    assert wan(accounts["official_vehicles_final"]) == Decimal("1.6")
    assert accounts["procurement_execution_rate"].value == 1
    assert accounts["self_evaluation_rate"].value == 1
    assert accounts["self_evaluation_rate"].how == "3÷3"


def test_a_rate_over_nothing_is_unknown() -> None:
    accounts = figures({"收支!C2": "0", "收支!C3": "0", "政府采购!2": None}).accounts
    assert accounts["budget_adjustment_rate"].value is None
    assert accounts["budget_adjustment_rate"].how == "|100−0|÷0"
    assert accounts["procurement_execution_rate"] == UNKNOWN
    assert compute(Filing("空.xlsx"), NORMS, PACK).accounts["budget_adjustment_rate"] == UNKNOWN


def test_an_empty_filing_has_figures_all_unknown() -> None:
    got = compute(Filing("空.xlsx"), NORMS, PACK)
    assert (got.projects, got.units, got.overall.levels) == ((), (), ())
    assert (got.totals.annual_budget, got.accounts["self_evaluation_rate"]) == (UNKNOWN, UNKNOWN)


def test_every_goal_and_task_yields_a_row_of_the_department_form() -> None:
    overall = figures().overall
    output = next(level for level in overall.levels if level.name == "产出指标")
    assert [(row.level3, row.number, str(row.place)) for row in output.rows] == [
        ("重点工作1计划完成率", 1, "整体目标与任务!C2"),
        ("重点工作2计划完成率", 2, "整体目标与任务!C3"),
        ("年度工作目标1实现率", 1, "整体目标与任务!C4"),
    ]
    assert [level.name for level in overall.levels] == ["投入指标", "过程指标", "产出指标", "效益指标"]
    assert len(overall.rows) == 9


def test_a_goal_the_pack_does_not_print_yields_no_row() -> None:
    changed = replace(PACK, undertakings={"任务": PACK.undertakings["任务"]})
    overall = examined(pack=changed).figures.overall
    assert [row.level3 for row in overall.rows if row.level3.startswith("年度")] == []


def test_a_derived_result_is_scored_as_computed_and_a_typed_one_where_nothing_can_be_computed() -> None:
    rows = {row.level3: row for row in figures({"收支!E2": "80", "收支!E5": "20"}).overall.rows}
    derived = rows["预算执行率"]
    assert (derived.actual_figure.value, derived.score.figure.value) == (Decimal("0.8"), Decimal("8.89"))
    typed = {row.level3: row for row in figures({"三公经费!2": None, "三公经费!3": None}).overall.rows}
    assert typed["“三公经费”控制率"].actual_figure == UNKNOWN
    assert typed["“三公经费”控制率"].score.figure.value == 5


def explanation(code: str, where: str, reason: str = "属实") -> Explanation:
    return Explanation(Entered(code), Entered(where), Entered(reason))


@pytest.mark.parametrize(
    "where, keys",
    [
        ("项目资金!E6", [("项目资金", "E6")]),
        ("‘项目资金’！$e$6", [("项目资金", "E6")]),
        ("项目资金 E6", [("项目资金", "E6")]),
        ("项目资金：Ｅ６", [("项目资金", "E6")]),
        ("项目资金!E6、E7；绩效指标!H3", [("项目资金", "E6"), ("项目资金", "E7"), ("绩效指标", "H3")]),
        ("文字", [("文字", "")]),
        ("E6", []),
        ("", []),
    ],
)
def test_a_place_written_by_hand_is_understood(where: str, keys: list[tuple[str, str]]) -> None:
    assert [key[1:] for key in explained_keys(explanation("S101", where))] == keys


def test_only_a_row_with_a_rule_and_a_reason_accepts_anything() -> None:
    rows = (
        explanation("", "项目资金!E6"),
        explanation("S101", "项目资金!E6", " "),
        explanation("s102 ", "项目资金!G6"),
    )
    keys = acceptance(Filing("甲.xlsx", explanations=rows)).keys
    assert keys == {("S102", "项目资金", "G6")}


@given(st.integers(0, 1000))
def test_the_order_of_rows_changes_no_total(seed: int) -> None:
    case = examined().case
    shuffled = random.Random(seed)  # noqa: S311 - not for secrets
    projects = [
        replace(
            project,
            funding=tuple(shuffled.sample(project.funding, len(project.funding))),
            indicators=tuple(shuffled.sample(project.indicators, len(project.indicators))),
        )
        for project in case.filing.projects
    ]
    shuffled.shuffle(projects)
    mixed = compute(replace(case.filing, projects=tuple(projects)), case.norms, case.pack)
    scores = {p.project.name.value: p.total_score.value for p in mixed.projects}
    assert scores == {p.project.name.value: p.total_score.value for p in case.figures.projects}
    assert mixed.totals.annual_budget.value == case.figures.totals.annual_budget.value
    assert mixed.overall.total_score.value == case.figures.overall.total_score.value


def test_points_of_the_norms_are_what_a_total_starts_from() -> None:
    norms = replace(NORMS, execution_points=Points(Decimal(20)))
    assert figures(norms=norms).projects[1].points.value == 110
