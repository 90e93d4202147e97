from __future__ import annotations

from tests.present.report_words import report_words


def test_the_balance_sheet_is_told_with_its_sums_and_ratios() -> None:
    now = report_words()["资产"]["年末"]
    assert (now["资产总额"], now["负债总额"], now["净资产"]) == ("145.00", "25.00", "120.00")
    assert (now["资产负债率"], now["现金比率"], now["流动比率"]) == ("17.24%", "100%", "125%")
    assert (now["成新率"], now["流动资产占比"], now["其他应付款占比"]) == ("50%", "17.24%", "80%")
    assert now["在建工程"] == ""


def test_a_ratio_over_nothing_is_a_dash() -> None:
    now = report_words({"资产负债!C8": "0", "资产负债!C9": "0"})["资产"]["年末"]
    assert (now["负债总额"], now["资产负债率"]) == ("0.00", "0%")
    assert (now["现金比率"], now["其他应付款占比"]) == ("—", "—")


def test_current_assets_are_held_against_last_year() -> None:
    words = report_words()["资产"]
    change = words["流动资产较上年"]
    assert (change["差"], change["率"], change["升降"]) == ("15.00", "37.5%", "下降")
    assert words["使用率"] == "90%"


def test_what_there_is_of_each_kind_of_asset_is_told_by_its_printed_name() -> None:
    words = report_words({"资产存量!B2": "815.50"})["资产"]
    assert words["存量"]["车辆"] == {
        "数量": "2",
        "原值": "30.00",
        "净值": "12.00",
        "说明": "执法执勤",
        "有": True,
    }
    assert words["存量"]["房屋"]["数量"] == "815.5"
    assert (words["存量"]["土地"]["有"], words["存量"]["土地"]["数量"]) == (False, "")
    assert words["办公占比"] == "24.52%"


def test_acquisitions_are_told_by_every_class_of_the_form() -> None:
    words = report_words()["资产"]["配置"]
    assert (words["有"], words["合计"], words["预算"], words["有预算"]) == (True, "20.00", "20.00", True)
    assert words["用途"] == "购置办公电脑、更换桌椅、购置打印机"
    assert len(words["各类"]) == 6
    assert words["各类"][0] == {"名称": "土地、房屋及构筑物", "金额": "0.00", "占比": "0%"}
    assert words["已配"] == [
        {"名称": "设备", "金额": "16.00", "占比": "80%"},
        {"名称": "家具、用具", "金额": "4.00", "占比": "20%"},
    ]


def test_a_department_that_acquired_nothing_says_so() -> None:
    rows = {f"资产配置!{row}": None for row in range(2, 6)}
    words = report_words(rows)["资产"]["配置"]
    assert (words["有"], words["合计"], words["有预算"], words["已配"]) == (False, "0.00", False, [])
    assert words["各类"][1] == {"名称": "设备", "金额": "0.00", "占比": "—"}
