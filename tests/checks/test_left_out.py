"""A sheet that may be left out: said once, as a 核实 where something shows that it is missed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from docgen.finding import Severity
from docgen.model.last_year import LastYear
from docgen.quantity import Yuan
from tests import filing_tables
from tests.disclosed_tables import BASE, county, examined
from tests.filing_tables import Changes

SIGNS = "；但"


@pytest.mark.parametrize("title", ["车辆使用", "费用明细"])
def test_a_sheet_nobody_misses_is_a_note(title: str) -> None:
    (found,) = examined({title: None}).findings
    assert (found.code, found.severity, str(found.place)) == ("W113", Severity.NOTE, title)
    assert found.message == f"“{title}”这张表不在工作簿里，按没有数据处理"


@pytest.mark.parametrize(
    "changes, title, sign",
    [
        ({"机关运行经费": None}, "机关运行经费", "基本支出里有公用经费"),
        ({"部门评价": None, "文字+": "部门整体 | 部门评价总评 | 总体较好"}, "部门评价", "写了“部门评价总评”"),
        (
            {"费用明细": None, "核实说明+": "A604 | 费用明细!C2 | 按需要列"},
            "费用明细",
            "“核实说明”里写到了它",
        ),
    ],
)
def test_a_sheet_that_others_show_to_be_missed_is_to_be_verified(
    changes: Changes, title: str, sign: str
) -> None:
    (found,) = examined(changes).findings
    assert (found.code, found.severity, str(found.place)) == ("W113", Severity.VERIFY, title)
    assert sign in found.message.partition(SIGNS)[2]


def against(changes: Changes, **amounts: int) -> list[tuple[str, Severity, str]]:
    """Place, tier and words of W113 beside a record of last year with these amounts, in 元."""
    told = {key.replace("__", "."): Yuan(Decimal(amount)) for key, amount in amounts.items()}
    record = LastYear("run.json", "东山县人社局", 2023, told)
    found = filing_tables.examined(changes, pack=county(), base=BASE, last_year=record).only("W113")
    return [(str(each.place), each.severity, each.message.partition(SIGNS)[2]) for each in found]


BALANCED: Changes = {"结转结余": None, "收入!D7": "4"}
WITHOUT_PUBLIC: Changes = {"机关运行经费": None} | {f"基本支出经济分类!{row}": None for row in range(2, 8)}


def test_a_balance_of_last_year_shows_that_balances_are_missed() -> None:
    shown = ("结转结余", Severity.VERIFY, "上年的运行记录里年末结转和结余有 3")
    assert against(BALANCED, closing__general=30000, closing__other=0) == [shown]
    assert against(BALANCED, closing__general=0) == [("结转结余", Severity.NOTE, "")]


def test_running_costs_of_last_year_show_that_they_are_missed() -> None:
    shown = ("机关运行经费", Severity.VERIFY, "上年的运行记录里有机关运行经费")
    assert against(WITHOUT_PUBLIC, administrative=5) == [shown]
    assert against(WITHOUT_PUBLIC, administrative=0) == [("机关运行经费", Severity.NOTE, "")]


def test_a_sheet_whose_texts_were_not_written_either_is_a_note() -> None:
    (found,) = examined({"部门评价": None}).only("W113")
    assert found.severity is Severity.NOTE


@pytest.mark.parametrize(
    "title", ["结转结余", "上年数", "分类预算", "三公实物量", "转移支付资金", "项目变动"]
)
def test_a_sheet_that_other_rules_miss_is_told_once(title: str) -> None:
    assert examined({title: None}).only("W113") == []


def test_a_left_out_sheet_that_others_choose_from_is_missing() -> None:
    assert examined({"转移支付": None}).found == ["W101 甲.xlsx"]


def test_the_first_sheet_of_all_that_is_missed_is_not_told_for_each_row_that_names_it() -> None:
    assert examined({"项目": None}).found == ["W101 甲.xlsx"]


def test_no_sheet_is_missed_where_nothing_could_be_read() -> None:
    assert county() is not None
    assert filing_tables.examined({"核实说明": None}).found == []
