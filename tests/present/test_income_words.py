from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.present.report_words import everything, report_words


def test_a_stage_has_its_sources_with_shares_and_its_total() -> None:
    stage = report_words()["收支"]["全年预算"]
    assert (stage["合计"], stage["收入合计"], stage["支出合计"]) == ("120.00", "120.00", "120.00")
    assert stage["来源"] == [
        {"名称": "财政性资金", "金额": "100.00", "占比": "83.33%"},
        {"名称": "其他资金", "金额": "20.00", "占比": "16.67%"},
    ]
    assert [each["名称"] for each in stage["其他来源"]] == ["其他资金"]


def test_a_source_of_nothing_is_listed_only_where_every_source_is() -> None:
    blank = {f"收支!{column}3": "" for column in "CDEF"}
    stage = report_words({**blank, "收支!E3": "0"})["收支"]
    assert [each["名称"] for each in stage["决算"]["来源"]] == ["财政性资金"]
    assert stage["决算"]["来源全"][1] == {"名称": "其他资金", "金额": "0.00", "占比": "0%", "有": False}
    assert stage["年初预算"]["来源名"]["其他资金"] == {"金额": "0.00", "占比": "0%", "有": False}


def test_only_sources_that_the_sheet_offers_are_printed() -> None:
    pack = everything()
    sources = {"财政性资金": "fiscal", "其他资金": "other", "事业收入": "service"}
    pack = replace(pack, ledger=replace(pack.ledger, sources=sources))
    assert list(report_words(pack=pack)["收支"]["决算"]["来源名"]) == ["财政性资金", "其他资金"]


def test_spending_is_told_by_structure_with_shares_of_all_and_of_the_basic_part() -> None:
    structure = report_words()["收支"]["决算"]["结构"]
    assert structure["基本支出"] == {"金额": "58.00", "占比": "52.73%", "占基本": "100%", "有": True}
    assert structure["公用经费"] == {"金额": "8.00", "占比": "7.27%", "占基本": "13.79%", "有": True}
    assert (structure["项目支出"]["金额"], structure["项目支出"]["占比"]) == ("52.00", "47.27%")


def test_a_part_of_spending_that_was_left_out_is_nought_where_others_are_told() -> None:
    structure = report_words({"收支!5": None})["收支"]["决算"]["结构"]
    assert structure["公用经费"] == {"金额": "0.00", "占比": "0%", "占基本": "0%", "有": False}


def test_shares_may_be_printed_with_fewer_decimals_than_rates() -> None:
    pack = everything()
    pack = replace(pack, formats=replace(pack.formats, share_places=0))
    money = report_words(pack=pack)["收支"]
    assert money["决算"]["结构"]["基本支出"]["占比"] == "53%"
    assert money["预算执行率"] == "91.67%"


def test_functions_are_listed_with_shares_and_stand_in_for_a_structure_that_is_not_told() -> None:
    money = report_words()["收支"]["决算"]
    assert money["功能"] == [
        {"名称": "社会保障和就业支出", "金额": "99.00", "占比": "90%"},
        {"名称": "卫生健康支出", "金额": "11.00", "占比": "10%"},
    ]
    assert (money["功能合计"], money["结余"]) == ("110.00", "10.00")
    untold = report_words({"收支!4": None, "收支!5": None, "收支!6": None})["收支"]["决算"]
    assert (untold["支出合计"], untold["结余"]) == ("110.00", "10.00")
    assert untold["结构"]["项目支出"] == {"金额": "", "占比": "", "占基本": "", "有": False}


def test_the_final_income_is_held_against_budget_and_last_year() -> None:
    money = report_words()["收支"]
    assert money["较预算"] == {
        "差": "20.00",
        "率": "20%",
        "增减": "增加",
        "升降": "增长",
        "持平": False,
        "相同": False,
        "有": True,
        "有率": True,
    }
    assert (money["较上年"]["差"], money["支出较预算"]["差"]) == ("20.00", "10.00")


def test_what_is_even_when_printed_is_called_so() -> None:
    same = report_words({"收支!E2": "80.00001", "收支!E3": "20"})["收支"]["较预算"]
    assert (same["差"], same["持平"], same["有"]) == ("0.00", True, True)
    unknown = report_words({"收支!C2": "", "收支!C3": ""})["收支"]["较预算"]
    assert (unknown["差"], unknown["率"], unknown["持平"], unknown["有"]) == ("", "", False, False)


def test_an_adjustment_is_claimed_or_denied_only_where_both_budgets_are_known() -> None:
    adjusted = report_words()["收支"]
    assert (adjusted["有调整"], adjusted["未调整"], adjusted["预算调整率"]) == (True, False, "20%")
    as_planned = {"收支!D2": "90", "收支!D3": "10", "收支!D6": "40"}
    same = report_words(as_planned)["收支"]
    assert (same["有调整"], same["未调整"]) == (False, True)
    moved = report_words({**as_planned, "项目资金!D2": "11"})["收支"]
    assert (moved["有调整"], moved["未调整"]) == (False, False)
    unknown = report_words({"收支!C2": "", "收支!C3": ""})["收支"]
    assert (unknown["有调整"], unknown["未调整"]) == (False, False)


def test_what_is_left_over_is_named_with_its_rate() -> None:
    left = report_words()["收支"]
    assert (left["有结余"], left["结转结余"], left["结转结余率"]) == (True, "10.00", "8.33%")
    assert (left["无结余"], left["预算内"]) == (False, True)


def test_nothing_is_said_of_what_is_left_over_while_it_is_unknown() -> None:
    unknown = report_words({"收支!D2": "", "收支!D3": ""})["收支"]
    assert (unknown["有结余"], unknown["无结余"], unknown["预算内"]) == (False, False, False)
    overspent = report_words({"收支!E6": "72"})["收支"]
    assert (overspent["有结余"], overspent["无结余"], overspent["预算内"]) == (False, False, False)


def test_the_printed_shares_of_one_total_add_up_to_a_hundred_per_cent() -> None:
    thirds = {"收支!D2": "33", "收支!D3": "33", "收支+": "资金来源 | 上年结转 | | 33 | |"}
    pack = everything()
    sheets = dict(pack.layout.sheets)
    columns = sheets["accounts"].columns
    offered = (*columns["item"].choices, "上年结转")
    sheets["accounts"] = replace(
        sheets["accounts"], columns={**columns, "item": replace(columns["item"], choices=offered)}
    )
    pack = replace(
        pack,
        layout=replace(pack.layout, sheets=sheets),
        ledger=replace(pack.ledger, sources={**pack.ledger.sources, "上年结转": "carried_in"}),
    )
    shares = [each["占比"] for each in report_words(thirds, pack=pack)["收支"]["全年预算"]["来源"]]
    assert shares == ["33.33%", "33.33%", "33.34%"]


def test_a_tie_does_not_make_a_hundred_and_one_per_cent() -> None:
    pack = everything()
    pack = replace(pack, formats=replace(pack.formats, share_places=0))
    halves = {"收支!E4": "45.5", "收支!E5": "5", "收支!E6": "49.5"}
    structure = report_words(halves, pack=pack)["收支"]["决算"]["结构"]
    assert (structure["基本支出"]["占比"], structure["项目支出"]["占比"]) == ("51%", "49%")


def test_a_printed_share_leads_back_to_its_cells() -> None:
    share = report_words()["收支"]["决算"]["来源"][0]["占比"]
    assert share.figure.value == Decimal(100) / Decimal(120)
    assert {str(place) for place in share.figure.sources} >= {"收支!E2", "收支!E3"}
