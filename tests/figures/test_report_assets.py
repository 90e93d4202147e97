"""人员, 资产负债, 资产存量 and 资产配置 as figures."""

from __future__ import annotations

from decimal import Decimal

from docgen.figures import UNKNOWN
from docgen.model.last_year import LastYear
from docgen.quantity import Yuan
from tests.figures.report_filing import report_figures
from tests.filing_tables import Changes

NAMES = report_figures().accounts


def test_people_at_work_are_officials_and_staff_unless_typed() -> None:
    assert (NAMES["staff_present"].how, NAMES["staff_control_rate"].how) == ("11+30", "41÷50")
    typed = report_figures({"人员+": "在职人数 | 42"}).accounts
    assert (typed["staff_present"].how, typed["staff_summed"].how) == ("42", "11+30")


def test_people_that_cannot_be_read_poison_the_rate() -> None:
    assert report_figures({"人员!B3": "十一"}).accounts["staff_control_rate"] == UNKNOWN
    assert report_figures({"人员!A3": ""}).accounts["staff_present"] == UNKNOWN


def test_a_sum_of_the_balance_sheet_is_made_of_its_parts() -> None:
    assert NAMES["current_assets_closing"].how == "20+5+0"
    assert NAMES["assets_closing"].how == "25+120"
    assert NAMES["liabilities_closing"].how == "20+5"
    assert NAMES["net_assets_closing"].how == "145−25"


def test_a_sum_of_the_balance_sheet_that_was_typed_counts() -> None:
    typed = report_figures({"资产负债+": "资产总额 | 150 | 160"}).accounts
    assert typed["assets_closing"].how == "160"
    assert typed["assets_summed_closing"].how == "25+120"
    assert typed["debt_ratio_opening"].how == "40÷150"


def test_a_sum_that_cannot_be_read_is_not_made_up_from_its_parts() -> None:
    spoiled = report_figures({"资产负债+": "资产总额 | 150 | 约160"}).accounts
    assert (spoiled["assets_closing"].value, spoiled["debt_ratio_closing"]) == (None, UNKNOWN)


def test_the_ratios_of_the_balance_sheet_follow_from_it() -> None:
    ratios = {
        "debt_ratio_closing": "25÷145",
        "cash_ratio_closing": "20÷20",
        "current_ratio_closing": "25÷20",
        "fixed_newness_closing": "120÷240",
        "current_assets_share_closing": "25÷145",
        "payables_share_closing": "20÷25",
        "fixed_use_rate": "216÷240",
        "current_assets_change": "25−40",
        "current_assets_change_rate": "(25−40)÷40",
    }
    assert {name: NAMES[name].how for name in ratios} == ratios
    assert NAMES["current_assets_change_rate"].value == Decimal("-0.375")


def test_rows_of_one_item_are_added() -> None:
    assert report_figures({"资产负债+": "货币资金 | 1 | 2"}).accounts["cash_closing"].how == "20+2"


def test_the_end_of_last_year_is_what_its_record_says() -> None:
    record = LastYear("run.json", "东山县人社局", 2020, {"balance.cash": Yuan(Decimal(310000))})
    assert report_figures(last_year=record).accounts["current_assets_opening"].how == "31+10"
    assert report_figures({"资产负债!2": None}, record).accounts["cash_opening"].how == "31"


def test_of_a_balance_sheet_not_read_whole_nothing_is_known() -> None:
    spoiled: Changes = {"资产负债!A3": ""}
    assert report_figures(spoiled).accounts["cash_closing"] == UNKNOWN
    assert report_figures({"资产负债": None}).accounts["net_assets_closing"] == UNKNOWN


def test_stock_is_counted_by_kind() -> None:
    assert (NAMES["stock_vehicles_quantity"].how, NAMES["stock_vehicles_net"].how) == ("2", "12")
    assert NAMES["offices_share"].how == "200÷800"
    assert NAMES["stock_land_quantity"] == UNKNOWN


def test_what_was_bought_is_added_by_class() -> None:
    acquired = report_figures().report.acquisitions
    assert [(part.name, part.amount.how, part.share.how) for part in acquired.rows] == [
        ("设备", "12+4", "16÷20"),
        ("家具、用具", "4", "4÷20"),
    ]
    assert (NAMES["acquisitions_budget"].how, NAMES["acquisitions_final"].how) == ("15+5", "16+4")
