"""Bad input for the sheets of 部门决算公开 and 转移支付: one mistake, one finding, at its cell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docgen.finding import Severity
from docgen.packs import Classification
from tests.disclosed_tables import BASE, county, examined
from tests.filing_tables import Changes, book

GENERAL = "一般公共预算财政拨款"
TEXTS = "转移支付资金!F1"


@pytest.mark.parametrize(
    "changes, found",
    [
        pytest.param({"支出!A7": "2980199"}, ["A301 支出!A7"], id="unknown code"),
        pytest.param(
            {"支出+": f"208 | | {GENERAL} | 120 | 50 | | |"},
            ["A303 支出!D8"],
            id="parent typed beside children with another sum",
        ),
        pytest.param({"支出!A2": "208"}, ["A303 支出!D2"], id="parent typed in place of a child"),
        pytest.param({"结转结余": None}, ["A201 结转结余"], id="income is not expenditure and balance"),
        pytest.param(
            {"三公经费!C5": "0.5", "基本支出经济分类!A6": "30217"}, ["A401 三公经费!C5"], id="sangong"
        ),
        pytest.param(
            {"政府采购!D2": "", "政府采购!E2": "6"},
            ["A408 政府采购!E2"],
            id="micro is more than small business",
        ),
        pytest.param(
            {"政府采购!D2": "", "政府采购!D3": "31"},
            ["A107 政府采购!D3"],
            id="small business is more than the total",
        ),
        pytest.param({"上年数": None}, ["A501 上年数"], id="last-year sheet missing"),
        pytest.param({"支出!C2": "财政专户资金"}, ["V106 支出!C2"], id="fund of an unexpected kind"),
        pytest.param(
            {"支出!H1": "社保基金支出", "支出!H2": "5"},
            ["W112 支出!H1"],
            id="fund column of an unexpected kind",
        ),
        pytest.param(
            {"支出!I1": "社保基金", "支出!I3": "2万元"}, ["W112 支出!I1"], id="one more fund column"
        ),
        pytest.param(
            {"收入!E1": "社保基金", "收入!E3": "4"}, ["W112 收入!E1"], id="one more column of income"
        ),
        pytest.param({"支出!H1": "社保基金支出"}, ["W103 支出!H1"], id="an unknown column that is empty"),
        pytest.param(
            {"支出!I1": "备注", "支出!I3": "含上年 5"}, ["W103 支出!I1"], id="an unknown column of text"
        ),
        pytest.param(
            {"支出!G3": "2", "支出!E3": "28"}, ["A202 支出!G3"], id="kind of spending the fund has not"
        ),
    ],
)
def test_bad_input_is_found_once_at_its_cell(changes: Changes, found: list[str]) -> None:
    assert examined(changes).found == found


@pytest.mark.parametrize(
    "changes, found",
    [
        ({"支出!D2": "八十"}, "V101 支出!D2"),
        ({"支出!C2": ""}, "V107 支出!C2"),
        ({"收入!C2": ""}, "V107 收入!C2"),
        ({"收入!A2": ""}, "V107 收入!A2"),
        ({"收入!D2": "约100"}, "V101 收入!D2"),
        ({"基本支出经济分类!A2": ""}, "V107 基本支出经济分类!A2"),
        ({"基本支出经济分类!A2": "3010"}, "V112 基本支出经济分类!A2"),
        ({"基本支出经济分类!C7": "x"}, "V101 基本支出经济分类!C7"),
        ({"结转结余!A2": ""}, "V107 结转结余!A2"),
        ({"结转结余!E2": "x"}, "V101 结转结余!E2"),
        ({"三公经费!C4": "六"}, "V101 三公经费!C4"),
        ({"三公经费!A4": "公车费"}, "V106 三公经费!A4"),
        ({"三公实物量!B6": "四"}, "V101 三公实物量!B6"),
        ({"三公实物量!A6": "接待"}, "V106 三公实物量!A6"),
        ({"三公用途!A4": "接待"}, "V106 三公用途!A4"),
        ({"机关运行经费!A2": "事业"}, "V106 机关运行经费!A2"),
        ({"机关运行经费!C2": "x"}, "V101 机关运行经费!C2"),
        ({"车辆使用!A2": "轿车"}, "V106 车辆使用!A2"),
        ({"车辆与设备!A2": "轿车"}, "V106 车辆与设备!A2"),
        ({"上年数!A2": "收入合计"}, "V106 上年数!A2"),
        ({"上年数!B2": "x"}, "V101 上年数!B2"),
        ({"分类预算!A2": ""}, "V107 分类预算!A2"),
        ({"分类预算!D2": "x"}, "V101 分类预算!D2"),
        ({"项目变动!B2": "x"}, "V101 项目变动!B2"),
        ({"部门评价!A2": ""}, "V107 部门评价!A2"),
        ({"费用明细!A2": "x"}, "W201 费用明细!A2"),
        ({"转移支付资金!D2": ""}, "V107 转移支付资金!D2"),
        ({"转移支付管理!B2": "分配"}, "V106 转移支付管理!B2"),
        ({"收入": None}, "W101 甲.xlsx"),
        ({"支出": None}, "W101 甲.xlsx"),
        ({"基本支出经济分类": None}, "W101 甲.xlsx"),
        ({"三公经费": None}, "W101 甲.xlsx"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_could_not_be_read_is_not_reported_again(changes: Changes, found: str) -> None:
    assert examined(changes).found == [found]


@pytest.mark.parametrize(
    "heading",
    ["支出!E1", "三公实物量!B1", "分类预算!D1", "三公经费!C1", "转移支付资金!F1"],
)
def test_a_column_that_is_not_there_is_missed_once(heading: str) -> None:
    sheet, _, cell = heading.partition("!")
    grid = book({}, BASE).sheet(sheet)
    rows = range(len(grid.rows) if grid else 0)
    assert examined({f"{sheet}!{cell[0]}{row + 1}": "" for row in rows}).found == [f"W102 {sheet}"]
    renamed = [f"W102 {sheet}", f"W103 {heading}"] if heading == TEXTS else [f"W112 {heading}"]
    assert examined({heading: "备查"}).found == renamed


@pytest.mark.parametrize(
    "changes, code",
    [
        ({"收入!D2": "100.05"}, "A201"),
        ({"基本支出经济分类!C2": "50.02"}, "A203"),
        ({"收入+": f"208 | | {GENERAL} | 150.02"}, "A303"),
        ({"上年数!B3": "180.01"}, "A503"),
        ({"分类预算!D2": "150.02"}, "A505"),
        ({"费用明细!C2": "4.01"}, "A604"),
    ],
)
def test_what_rounding_explains_is_only_a_note(changes: Changes, code: str) -> None:
    (finding,) = examined(changes).findings
    assert (finding.code, finding.severity) == (code, Severity.NOTE)


@pytest.mark.parametrize(
    "changes, code",
    [({"收入!D2": "100.07"}, "A201"), ({"上年数!B3": "180.02"}, "A503"), ({"费用明细!C2": "4.02"}, "A604")],
)
def test_more_than_the_tolerance_is_no_note(changes: Changes, code: str) -> None:
    (finding,) = examined(changes).findings
    assert (finding.code, finding.severity is Severity.NOTE) == (code, False)


@pytest.mark.parametrize(
    "changes",
    [
        {"单位信息!B2": "2024", "转移支付资金!D2": "40", "部门评价!D3": "50", "转移支付资金!H2": ""},
        {"转移支付资金!3": None, "转移支付资金!2": None, "部门评价!3": None, "转移支付!2": None}
        | {f"转移支付管理!{row}": None for row in range(2, 9)}
        | {f"转移支付指标!{row}": None for row in range(2, 5)}
        | {"文字!3": None},
        {
            "三公实物量!C6": "",
            "三公实物量!A8": "国（境）外公务接待批次",
            "三公实物量!A9": "国（境）外公务接待人次",
        },
        {"三公实物量!C8": "0"},
        {"机关运行经费+": "参照公务员法管理事业单位 | 0 | 0 |"},
        {"收入+": f"2240101 | | {GENERAL} | 0", "支出+": f"2240101 | | {GENERAL} | 0 | | | |"},
    ],
    ids=[
        "all spent",
        "no transfer",
        "received abroad",
        "foreign guests cost nothing",
        "kinds",
        "another code",
    ],
)
def test_what_is_right_raises_no_alarm(changes: Changes) -> None:
    assert examined(changes).found == []


def test_a_growth_that_a112_asks_about_is_not_asked_about_twice() -> None:
    assert examined({"三公经费!D4": "5", "三公经费!E4": ""}).found == ["A112 三公经费!E4"]


def test_codes_of_a_year_without_a_classification_are_not_called_unknown() -> None:
    pack = replace(county(), classifications={2024: Classification()})
    assert examined({"收入!A7": "2980199"}, pack=pack).only("A301") == []


def test_parts_that_do_not_add_up_are_not_compared_with_project_spending() -> None:
    changes = {"项目资金+": f"执法经费 | 资金总额 | {GENERAL} | 10 | 10 | 10 | 90 | |"}
    assert [finding.code for finding in examined(changes).findings] == ["B101"]
