"""The figures of the 部门决算公开 and of transfers."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.figures import UNKNOWN, Figure
from docgen.figures.code_tables import Entry, code_table, summed
from docgen.figures.final_results import CodeTable, FinalAccountsResult
from tests.filing_tables import Changes
from tests.final_tables import disclosed_figures

GENERAL, OTHER = "一般公共预算财政拨款", "其他资金"
FUND = "政府性基金预算财政拨款"


def final(changes: Changes = {}) -> FinalAccountsResult:  # noqa: B006 - read only
    return disclosed_figures(changes).final_accounts


def seen(*values: object) -> tuple[object, ...]:
    """Values to be compared together, whatever kind of number they are."""
    return values


def amounts(table: CodeTable, column: str) -> dict[str, Decimal | None]:
    return {row.code: row.cells[column].value for row in table.rows}


def test_every_item_brings_its_two_parents_summed_and_named() -> None:
    table = final().spending
    assert [(row.code, row.depth, row.total.value) for row in table.rows] == [
        ("208", 0, Decimal(1840000)),
        ("20801", 1, Decimal(1840000)),
        ("2080101", 2, Decimal(1510000)),
        ("2080106", 2, Decimal(330000)),
        ("221", 0, Decimal(200000)),
        ("22102", 1, Decimal(200000)),
        ("2210201", 2, Decimal(200000)),
    ]
    assert [row.name for row in table.rows][:3] == [
        "社会保障和就业支出",
        "人力资源和社会保障管理事务",
        "行政运行",
    ]
    assert [row.code for row in table.categories] == ["208", "221"]
    assert seen(table.total.value, table.total.how) == (Decimal(2040000), "1700000+340000")
    assert [str(place) for place in table.rows[2].total.sources] == ["支出!D2", "支出!E2"]


def test_a_parent_typed_beside_its_children_is_not_counted_again() -> None:
    typed = final({"支出+": f"208 | | {GENERAL} | 9999 | 1"})
    assert typed.spending == final().spending


def test_a_parent_without_children_of_its_fund_counts_as_it_stands() -> None:
    typed = final({"支出+": f"208 | | {FUND} | | 100"})
    assert amounts(typed.spending, "project")["208"] == Decimal(340100)
    assert [row.code for row in typed.by_fund["government_fund"].rows] == ["208"]


def test_an_unknown_code_keeps_the_name_the_clerk_typed() -> None:
    rows = final({"支出+": f"2089901 | 其他专项 | {GENERAL} | | 5"}).spending.rows
    assert {row.code: row.name for row in rows}["2089901"] == "其他专项"
    rows = final({"支出+": f"2089901 | | {GENERAL} | | 5"}).spending.rows
    assert {row.code: row.name for row in rows}["2089901"] == ""


def test_income_is_a_column_a_source_and_one_for_all_fiscal_sources() -> None:
    table = final({"收入+": f"2080106 | | {FUND} | 7"}).income
    row = next(row for row in table.rows if row.code == "2080106")
    shown = {key: figure.value for key, figure in row.cells.items() if figure != UNKNOWN}
    assert shown == {"fiscal": 300007, "general": 300000, "government_fund": 7, "other_income": 40000}
    assert row.total.value == 340007
    assert seen(table.cells["fiscal"].value, table.total.value) == (2000007, 2040007)


def test_an_income_of_no_known_source_is_in_no_column() -> None:
    assert final({"收入!C5": ""}).income.total.value == 1840000


def test_lines_without_amount_are_left_out_and_an_unreadable_one_is_kept() -> None:
    table = final({"支出+": f"2050201 | | {GENERAL} | 0 |\n2050202 | | {GENERAL} | 约十万 |"}).spending
    assert [row.code for row in table.rows][:3] == ["205", "20502", "2050202"]
    assert table.total.value is None
    assert final({"支出!A2": "行政运行"}).spending.total.value == 530000


def test_an_empty_fund_has_an_empty_table() -> None:
    result = final()
    assert result.by_fund["government_fund"].is_empty
    assert not result.by_fund["general"].is_empty
    assert result.by_fund["state_capital"].total == UNKNOWN


def test_the_movements_of_a_fund_stand_beside_its_spending() -> None:
    changes: Changes = {
        "收入+": f"2120803 | | {FUND} | 100",
        "支出+": f"2120803 | | {FUND} | | 80",
        "结转结余!F1": "科目代码",
        "结转结余+": f"{FUND} | 5 | 25 | | | 2120803\n{FUND} | 1 | 1 | | |",
    }
    table = final(changes).movements["government_fund"]
    assert {key: figure.value for key, figure in table.rows[-1].cells.items() if figure != UNKNOWN} == {
        "opening": 5,
        "income": 100,
        "project": 80,
        "closing": 25,
    }
    assert seen(table.rows[-1].total.value, table.cells["opening"].value, table.cells["closing"].value) == (
        80,
        6,
        26,
    )


def test_balances_are_kept_by_fund_and_what_is_not_fiscal_is_one() -> None:
    balances = final().balances
    other = balances["other"]
    assert seen(other.opening.value, other.income.value, other.spending.value, other.closing.value) == (
        20000,
        40000,
        40000,
        15000,
    )
    assert balances["general"].income.value == 2000000


def test_the_totals_of_both_sides() -> None:
    named = final().named
    assert seen(named["income_total"].value, named["income_total"].how) == (2095000, "2040000+5000+50000")
    assert seen(named["spending_total"].value, named["spending_total"].how) == (
        2095000,
        "2040000+10000+45000",
    )
    assert seen(named["fiscal_income_total"].value, named["fiscal_spending_total"].value) == (
        2030000,
        2030000,
    )
    assert seen(named["general_spending"].value, named["general_basic"].value) == (2000000, 1700000)


def test_shares_and_completions_are_exact_quotients() -> None:
    named = final().named
    assert seen(named["basic_share"].how, named["general_share"].how) == (
        "1700000÷2040000",
        "2000000÷2040000",
    )
    assert seen(named["initial_completion"].how, named["initial_budget"].value) == (
        "2000000÷2200000",
        2200000,
    )
    assert named["sangong_completion"].how == "43000÷55000"
    assert seen(named["overseas_travel_completion"].value, named["vehicle_upkeep_completion"].value) == (
        None,
        Decimal("0.8"),
    )
    assert named["small_business_share"].value == Decimal("0.875")


def test_economic_codes_are_summed_by_class_into_personnel_and_public() -> None:
    result = final()
    assert {code: figure.value for code, figure in result.economic.items()} == {
        "301": 1100000,
        "30101": 900000,
        "30113": 200000,
        "302": 600000,
        "30201": 560000,
        "30231": 40000,
    }
    named = result.named
    assert seen(named["personnel"].value, named["public"].value, named["economic"].value) == (
        1100000,
        600000,
        1700000,
    )
    assert "30201" not in final({"基本支出经济分类!C4": ""}).economic


def test_changes_against_last_year_keep_their_sign() -> None:
    changes = final().changes
    income = changes["income_total"]
    assert seen(income.difference.value, income.rate.how) == (-105000, "(2095000−2200000)÷2200000")
    assert changes["official_reception"].rate.value == Decimal("0.5")
    assert seen(changes["running_costs"].difference.value, changes["running_costs"].rate.value) == (0, 0)


def test_a_base_of_zero_has_a_difference_but_no_rate() -> None:
    travel = final({"三公经费!C2": "8"}).changes["overseas_travel"]
    assert seen(travel.difference.value, travel.rate.value, travel.rate.how) == (8, None, "8÷0")


def test_nothing_is_said_of_a_total_last_year_does_not_have() -> None:
    assert final({"上年数": None}).changes["income_total"].difference == UNKNOWN


def test_each_category_is_set_against_its_budget_and_last_year() -> None:
    first, second = final().categories
    assert seen(first.name, first.final.value, first.completion.how, first.share.how) == (
        "社会保障和就业支出",
        1800000,
        "1800000÷2000000",
        "1800000÷2000000",
    )
    assert seen(second.change.difference.value, second.line is not None) == (20000, True)


def test_a_category_without_its_line_has_no_budget_and_one_without_spending_spent_nothing() -> None:
    categories = final({"分类预算!A3": "210"}).categories
    assert [seen(item.code, item.final.value, item.initial_budget.value) for item in categories] == [
        ("208", 1800000, 2000000),
        ("210", 0, 200000),
        ("221", 200000, None),
    ]
    assert final({"分类预算!A3": "甲"}).categories[-1].line is None
    assert [item.code for item in final({"支出": None}).categories] == ["208", "221"]


def test_a_project_that_was_not_carried_out_spent_nothing() -> None:
    kept, stopped = final().project_changes
    assert seen(kept.change.difference.value, kept.change.rate.value) == (-60000, Decimal("-0.6"))
    assert seen(stopped.change.now.value, stopped.change.rate.value) == (0, -1)


def test_a_project_that_is_new_had_nothing_last_year() -> None:
    begun = final({"项目变动!C2": ""}).project_changes[0].change
    assert seen(begun.before.value, begun.difference.value, begun.rate.value) == (0, 40000, None)


def test_projects_are_counted_by_grade_the_best_first() -> None:
    counts = final().grade_counts
    assert {grade: figure.value for grade, figure in counts.items()} == {"优": 1, "良": 1, "中": 0, "差": 0}
    assert counts["优"].how == "1个"


def test_self_evaluated_money_is_told_by_fund_and_blank_means_the_general_budget() -> None:
    named = final({"项目资金!C3": FUND}).named
    assert seen(named["evaluated_projects"].value, named["evaluated_spending"].value) == (2, 340000)
    assert seen(named["evaluated_general"].value, named["evaluated_government_fund"].value) == (300000, 40000)


def test_department_evaluations_are_counted_and_summed() -> None:
    result = final()
    named = result.named
    assert seen(named["department_evaluated"].value, named["department_evaluated_budget"].value) == (
        2,
        340000,
    )
    assert named["department_evaluated_general"].value == 340000
    assert [item.rate.value for item in result.evaluations] == [1, 1]


def test_counts_and_their_amounts_are_known_by_name() -> None:
    result = final()
    assert seen(result.counts["vehicles_kept"].value, result.counts["receptions_amount"].value) == (3, 3000)
    assert seen(result.named["vehicles"].value, result.named["equipment"].value) == (3, 1)


def test_the_items_of_a_project_add_up_to_its_need() -> None:
    assert {name: figure.value for name, figure in final().cost_needs.items()} == {"窗口服务经费": 300000}
    assert final({"费用明细!A2": ""}).cost_needs["窗口服务经费"].value == 200000


def test_a_form_with_a_prepared_budget_takes_it_for_the_initial_one() -> None:
    total = disclosed_figures().projects[1].total
    assert seen(total.declared.value, total.prepared.value, total.initial_budget.value) == (
        120000,
        100000,
        100000,
    )
    assert seen(total.execution_rate.how, total.initial_completion.how) == ("40000÷40000", "40000÷100000")
    assert seen(total.balance.value, total.balance.how) == (0, "40000−40000")
    assert disclosed_figures().projects[1].indicator_score.value == 70


@pytest.mark.parametrize("typed, tier", [("达成预期指标", "达成预期指标"), ("按时开放", None)])
def test_a_result_that_names_a_tier_chooses_it(typed: str, tier: str | None) -> None:
    row = disclosed_figures({"绩效指标!G4": typed}).projects[0].rows[2]
    assert seen(row.indicator.tier.value, row.score.is_met) == (tier, True if tier else None)


def test_a_transfer_is_summed_over_its_sources() -> None:
    (transfer,) = disclosed_figures().transfers
    assert seen(transfer.total.annual_budget.value, transfer.total.execution_rate.how) == (
        1200000,
        "1050000÷1200000",
    )
    assert seen(transfer.total.arrived.how, transfer.total.arrival_rate.how) == (
        "1000000+150000",
        "1150000÷1200000",
    )
    county = transfer.sources["县级资金"]
    assert seen(county.arrived.value, county.balance.value) == (150000, 50000)
    assert transfer.audit_findings.value == "无"


def test_the_indicators_of_a_transfer_say_whether_they_are_met_without_points() -> None:
    (transfer,) = disclosed_figures({"转移支付指标!F3": "90%"}).transfers
    rows = [row for level in transfer.levels for row in level.rows]
    assert [row.score.is_met for row in rows] == [True, False, None, True, None, True]
    assert seen(rows[0].score.over.how, rows[0].score.figure) == ("(180−150)÷150", UNKNOWN)


AMOUNTS = st.lists(
    st.tuples(st.sampled_from(["208", "20801", "2080101", "2080102", "2210201"]), st.integers(0, 10**9)),
    max_size=12,
)


@given(AMOUNTS, st.randoms())
def test_the_order_of_lines_changes_no_sum(lines: list[tuple[str, int]], order: random.Random) -> None:
    entries = [Entry(code, "a", Figure(Decimal(amount), str(amount))) for code, amount in lines]
    shuffled = order.sample(entries, len(entries))
    sums = [
        {code: cells["a"].value for code, cells in summed(each, str).items()} for each in (entries, shuffled)
    ]
    assert sums[0] == sums[1]


@given(AMOUNTS)
def test_the_classes_of_a_table_add_up_to_its_total(lines: list[tuple[str, int]]) -> None:
    entries = [Entry(code, "a", Figure(Decimal(amount), str(amount))) for code, amount in lines]
    table = code_table(entries, ("a",), ("a",), str, str)
    assert sum(row.total.value or 0 for row in table.categories) == (table.total.value or 0)
