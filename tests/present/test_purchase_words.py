from __future__ import annotations

from dataclasses import replace

from tests.present.report_words import everything, report_words


def test_every_item_of_sangong_is_told_at_every_stage() -> None:
    words = report_words()["三公"]
    assert words["决算"] == {
        "合计": "1.80",
        "因公出国": "0.00",
        "公车小计": "1.60",
        "购置": "0.00",
        "运行": "1.60",
        "接待": "0.20",
    }
    assert (words["预算"]["合计"], words["上年"]["公车小计"]) == ("2.00", "1.70")
    assert words["有"] == {
        "合计": True,
        "因公出国": False,
        "公车小计": True,
        "购置": False,
        "运行": True,
        "接待": True,
    }


def test_what_a_budget_of_nothing_was_used_is_a_dash() -> None:
    words = report_words()["三公"]
    assert (words["完成率"]["因公出国"], words["完成率"]["接待"]) == ("—", "100%")
    assert words["控制率"] == words["完成率"]["合计"] == "90%"


def test_sangong_is_held_against_last_year_and_the_budget_with_its_reasons() -> None:
    words = report_words({"三公经费!E2": "减少出车。", "三公经费!E3": "减少出车"})["三公"]
    assert (words["较上年"]["差"], words["较上年"]["率"], words["较上年"]["增减"]) == (
        "0.10",
        "5.26%",
        "减少",
    )
    assert (words["较预算"]["差"], words["原因"]) == ("0.20", "减少出车")


def test_last_year_stays_blank_where_nothing_of_it_is_known() -> None:
    words = report_words({"三公经费!D2": "", "三公经费!D3": ""})["三公"]
    assert set(words["上年"].values()) == {""}
    assert (words["较上年"]["差"], words["较上年"]["有"]) == ("", False)


def test_an_empty_sheet_means_no_money_and_an_unreadable_one_nothing() -> None:
    empty = report_words({"三公经费!2": None, "三公经费!3": None, "政府采购!2": None, "政府采购!3": None})
    assert set(empty["三公"]["决算"].values()) == {"0.00"}
    assert (empty["采购"]["有"], empty["采购"]["实际"]) == (False, "0.00")
    lost = report_words({"三公经费": None, "政府采购": None})
    assert set(lost["三公"]["决算"].values()) == {""}
    assert (lost["采购"]["有"], lost["采购"]["实际"]) == (False, "")


def test_purchases_are_told_in_all_and_by_class() -> None:
    words = report_words()["采购"]
    assert (words["有"], words["预算"], words["合同"], words["实际"]) == (True, "3.00", "4.00", "3.00")
    assert (words["执行率"], words["中小"], words["中小占比"]) == ("100%", "2.00", "50%")
    assert (words["小微"], words["小微占比"], words["项目数"]) == ("1.00", "50%", "")
    assert words["货物"] == {"有": True, "预算": "2.00", "合同": "2.50", "实际": "2.00", "执行率": "100%"}
    assert words["工程"] == {"有": False, "预算": "0.00", "合同": "0.00", "实际": "0.00", "执行率": "—"}


def test_the_projects_of_purchases_are_counted_on_the_list() -> None:
    pack = everything()
    sheets = dict(pack.layout.sheets)
    columns = dict(sheets["listed_items"].columns)
    columns["category"] = replace(columns["category"], choices=("重点任务", "政府采购项目"))
    sheets["listed_items"] = replace(sheets["listed_items"], columns=columns)
    pack = replace(pack, layout=replace(pack.layout, sheets=sheets))
    assert report_words(pack=pack)["采购"]["项目数"] == "0"
    assert report_words({"事项清单+": "政府采购项目 | 办公电脑"}, pack=pack)["采购"]["项目数"] == "1"
