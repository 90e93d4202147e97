"""The accounts of a department report: stages, parts and their shares, last year's record."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from docgen.figures import UNKNOWN, Figure, compute
from docgen.figures.last_year import amounts_to_record
from docgen.figures.report_results import Parts
from docgen.model import Filing
from docgen.model.last_year import LastYear
from docgen.packs import load_pack, norms_at, pack_ids
from docgen.quantity import Yuan
from tests.figures.report_filing import report_figures, report_pack
from tests.filing_tables import Changes

NAMES = report_figures().accounts.named


def wan(figure: Figure) -> Decimal | None:
    return None if figure.value is None else figure.value / 10000


def shown(parts: Parts) -> list[tuple[str, Decimal | None, str]]:
    return [(part.name, wan(part.amount), part.share.how) for part in parts.rows]


def named(name: str, changes: Changes = {}, last_year: LastYear | None = None) -> Figure:  # noqa: B006 - read only
    return report_figures(changes, last_year).accounts[name]


def recorded(**amounts: int) -> LastYear:
    found = {key.replace("__", "."): Yuan(Decimal(value)) for key, value in amounts.items()}
    return LastYear("run.json", "东山县人社局", 2020, found)


def test_basic_spending_is_the_sum_of_its_parts() -> None:
    assert (NAMES["basic_final"].how, NAMES["structure_final"].how) == ("50+8", "52+50+8")


def test_basic_spending_typed_beside_its_parts_is_not_counted_twice() -> None:
    figures = report_figures({"收支+": "资金结构 | 基本支出 | 60 | 60 | 58 | 54"}).accounts
    assert (wan(figures["structure_final"]), figures["basic_final"].how) == (Decimal(110), "50+8")


def test_basic_spending_without_parts_is_its_own_item() -> None:
    figures = report_figures(
        {"收支!4": None, "收支!5": None, "收支+": "资金结构 | 基本支出 | 60 | 60 | 58 | "}
    )
    assert wan(figures.accounts["basic_final"]) == 58
    assert wan(figures.accounts["structure_final"]) == 110


def test_every_stage_has_its_sources_in_the_order_of_the_sheet() -> None:
    report = report_figures({"收支!2": None, "收支+": "资金来源 | 财政性资金 | 90 | 100 | 100 | 80"}).report
    assert list(report.sources) == ["initial_budget", "annual_budget", "final", "last_year"]
    assert shown(report.sources["annual_budget"]) == [
        ("其他资金", Decimal(20), "20÷120"),
        ("财政性资金", Decimal(100), "100÷120"),
    ]


def test_items_entered_twice_are_added_and_blank_ones_left_out() -> None:
    report = report_figures({"收支+": "资金来源 | 其他资金 | | 5 | |", "收支!C3": ""}).report
    assert shown(report.sources["annual_budget"])[1] == ("其他资金", Decimal(25), "25÷125")
    assert [part.name for part in report.sources["initial_budget"].rows] == ["财政性资金"]


def test_a_stage_without_entries_has_no_parts() -> None:
    blank: Changes = {f"收支!F{row}": "" for row in range(2, 7)}
    report = report_figures(blank).report
    assert "last_year" not in report.sources
    assert "last_year" not in report.structure


def test_parts_of_basic_spending_are_shares_of_it() -> None:
    report = report_figures().report
    assert shown(report.basic_parts["final"]) == [
        ("人员经费", Decimal(50), "50÷58"),
        ("公用经费", Decimal(8), "8÷58"),
    ]
    assert shown(report.structure["final"])[2] == ("项目支出", Decimal(52), "52÷110")
    assert NAMES["basic_share_final"].how == "58÷110"
    assert NAMES["public_of_basic_final"].how == "8÷58"
    assert NAMES["income_less_spending_final"].how == "120−110"


def test_an_unreadable_amount_is_a_part_without_a_share() -> None:
    parts = report_figures({"收支!E3": "约二十"}).report.sources["final"]
    assert [(part.name, part.amount.is_known, part.share) for part in parts.rows][1] == (
        "其他资金",
        False,
        UNKNOWN,
    )
    assert parts.total.value is None


def test_shares_of_nothing_are_unknown_and_keep_their_working() -> None:
    zero: Changes = {"收支!C2": "0", "收支!C3": "0"}
    part = report_figures(zero).report.sources["initial_budget"].rows[0]
    assert (part.share.value, part.share.how) == (None, "0÷0")


def test_of_accounts_that_were_not_read_whole_there_are_no_parts() -> None:
    report = report_figures({"收支!B4": ""}).report
    assert (report.sources, report.structure, report.basic_parts) == ({}, {}, {})


def test_spending_is_what_the_structure_says_where_income_was_more() -> None:
    assert NAMES["budget_execution_rate"].how == "110÷120"
    assert NAMES["income_completion_rate"].how == "120÷120"
    assert NAMES["spending_change"].how == "110−100"
    assert NAMES["surplus_rate"].how == "10÷120"
    assert NAMES["public_control_rate"].how == "8÷10"


def test_without_a_full_year_budget_the_initial_one_is_compared_with() -> None:
    blank: Changes = {f"收支!D{row}": "" for row in range(2, 7)}
    accounts = report_figures(blank).accounts
    assert accounts["income_completion_rate"].how == "120÷100"
    assert accounts["public_control_rate"].how == "8÷10"
    assert accounts["surplus"] == UNKNOWN


def test_without_structure_spending_is_the_sum_of_the_sources() -> None:
    accounts = report_figures({f"收支!{row}": None for row in range(4, 7)}).accounts
    assert accounts["budget_execution_rate"].how == "120÷120"


def test_last_years_surplus_is_recorded_or_follows_from_its_accounts() -> None:
    assert named("surplus_change_rate").how == "(10−6)÷6"
    assert named("surplus_change_rate", last_year=recorded(surplus=80000)).how == "(10−8)÷8"


def test_the_record_of_last_year_goes_before_its_column() -> None:
    figures = report_figures(last_year=recorded(fiscal_final=770000))
    assert [str(place) for place in figures.accounts["fiscal_last_year"].sources] == ["run.json"]
    assert figures.accounts["last_year"].how == "77+20"
    assert shown(figures.report.sources["last_year"])[0] == ("财政性资金", Decimal(77), "77÷97")


def test_sangong_of_last_year_left_blank_is_taken_from_the_record() -> None:
    blank: Changes = {"三公经费!D2": ""}
    accounts = report_figures(blank, recorded(vehicle_upkeep=15000, official_reception=9)).accounts
    assert (accounts["sangong_last_year"].how, accounts["official_vehicles_last_year"].how) == (
        "0.2+1.5",
        "1.5",
    )
    assert accounts["sangong_change_rate"].how == "(1.8−1.7)÷1.7"
    assert named("sangong_last_year", blank).how == "0.2"


def test_every_part_of_sangong_has_its_completion() -> None:
    assert NAMES["official_vehicles_completion_rate"].how == "1.6÷1.8"
    assert NAMES["official_reception_completion_rate"].how == "0.2÷0.2"
    assert NAMES["overseas_travel_completion_rate"] == UNKNOWN
    assert NAMES["sangong_budget_change"].how == "1.8−2"


def test_small_businesses_are_a_share_of_the_contracts() -> None:
    assert (NAMES["small_business_share"].how, NAMES["micro_business_share"].how) == ("2÷4", "1÷2")
    assert named("small_business_share", {"政府采购!D2": "", "政府采购!D3": ""}).how == "2÷3"
    assert NAMES["procurement_goods_contracted"].how == "2.5"


def test_what_is_only_shown_beside_the_purchases_stays_out_of_their_total() -> None:
    pack = report_pack()
    memo = replace(pack.ledger, procurement_memo=("services",))
    figures = report_figures(pack=replace(pack, ledger=memo)).accounts
    assert [figures[f"procurement_{column}"].how for column in ("budget", "final", "contracted")] == [
        "2",
        "2",
        "2.5",
    ]
    assert figures["procurement_services_final"].how == "1"
    assert figures["small_business_share"].how == "1.5÷2.5"


def test_two_printed_items_of_one_name_in_code_are_added() -> None:
    pack = report_pack()
    ledger = replace(pack.ledger, sources={"财政性资金": "fiscal", "其他资金": "fiscal"})
    figures = report_figures(pack=replace(pack, ledger=ledger))
    assert figures.accounts["fiscal_final"].how == figures.accounts["final"].how.replace("120", "100+20")
    assert shown(figures.report.sources["final"]) == [("财政性资金", Decimal(120), "120÷120")]


def test_functions_are_added_by_name_as_shares_of_their_sum() -> None:
    functions = report_figures().report.functions
    assert list(functions) == ["initial_budget", "final", "last_year"]
    assert shown(functions["final"]) == [
        ("社会保障和就业支出", Decimal(99), "99÷110"),
        ("卫生健康支出", Decimal(11), "11÷110"),
    ]
    assert str(functions["final"].rows[0].place) == "支出功能分类!A2"


def test_what_the_report_records_is_next_years_last_year() -> None:
    figures = report_figures()
    amounts = amounts_to_record(figures, report_pack())
    expected = {
        "balance.cash": 200000,
        "balance.assets": 1450000,
        "function.卫生健康支出": 110000,
        "nontax.职称评审费": 90000,
        "personnel_final": 500000,
    }
    assert {key: amounts[key] for key in expected} == {key: Decimal(value) for key, value in expected.items()}
    again = report_figures(last_year=LastYear("run.json", "东山县人社局", 2020, amounts))
    assert again.accounts["cash_opening"].value == 200000
    assert again.report.functions["last_year"].total.value == figures.report.functions["final"].total.value
    assert again.report.nontax[0].last_year.value == 90000


@pytest.mark.parametrize("pack_id", pack_ids())
def test_every_derived_result_of_a_pack_is_a_figure(pack_id: str) -> None:
    pack = load_pack(pack_id)
    figures = compute(Filing("空.xlsx"), norms_at(pack, 2024), pack)
    assert set(pack.derived.values()) - figures.accounts.named.keys() == set()
