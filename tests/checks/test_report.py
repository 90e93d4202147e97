"""The department report: one mistake, one finding; what is right or could not be read raises no alarm."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from docgen.checks.claims import DOUBTS
from docgen.checks.targets import words
from docgen.finding import Severity
from docgen.model.last_year import LastYear
from docgen.packs import Options, Pack, load_pack, pack_ids
from docgen.quantity import Yuan
from tests.filing_tables import Changes
from tests.report_tables import county, examined

NEW_PROJECT: Changes = {
    "项目+": "招聘经费 | 东山县人社局 | | 招聘 | 招聘 5 场 | | | 60% | 是 | 否",
    "项目资金+": "招聘经费 | 当年财政拨款 | 1 | 1 | 1 | |",
    "绩效指标+": "招聘经费 | 产出指标 | 数量指标 | 招聘会场次 | ≥5场 | 5场 | 50 | | |\n"
    "招聘经费 | 效益指标 | 社会效益指标 | 促进就业 | 促进 | 促进 | 30 | 30 | |\n"
    "招聘经费 | 满意度指标 | 服务对象满意度指标 | 求职者满意度 | ≥90% | 95% | 10 | | |",
}


@pytest.mark.parametrize(
    "changes",
    [
        {"收支!D2": "108", "收支!D3": "2"},
        {"收支!E2": "104"},
        {"支出功能分类!C2": "", "支出功能分类!C3": ""},
        {"支出进度": None},
        {"支出进度!C5": "", "收支!D2": "105", "收支!D6": "35", "支出功能分类!C2": "95", "项目资金!E3": "10"},
        {"非税收入!D3": ""},
        {"非税收入!C3": "", "非税收入!B2": ""},
        {"三保支出!C3": "0", "三保支出!D3": "0", "三保支出!E3": ""},
        {"人员!4": None, "人员!5": None},
        {"人员!3": None},
        {"人员!4": None},
        {"人员!2": None},
        {"资产负债!C13": "", "资产负债!C17": "", "资产负债!B5": ""},
        {f"资产负债!{row}": None for row in (2, 3, 4, 9, 12, 14, 15, 16)} | {"资产负债!C13": "160"},
        {"资产存量": None},
        {"资产负债": None},
        {"资产存量!B6": "", "三公经费!C2": "0"},
        {"资产配置": None},
        {"资产配置!B2": "", "资产负债!C6": "", "资产存量!C2": ""},
        {"部门评价+": "培训补贴 | 政府性基金预算财政拨款 | 20 | 20 | 20"},
        {"部门评价!E2": "", "部门评价!C2": ""},
        {"职能活动": None},
        {"职能活动!D2": "培训补贴，执法经费", "职能活动!D3": ""},
        {"目标指标!C2": "明显增加", "目标指标!D2": "明显增加"},
        {"目标指标!B2": "培训人数", "目标指标!C2": "培训完成", "目标指标!D2": "培训完成"},
        {"项目!H2": "", "项目!H3": "", "项目!I2": "", "项目!I3": "", "项目!J2": "", "项目!J3": ""},
        {"整体指标!G7": "3", "整体指标!J7": "承担改革试点"},
        {"整体指标!H5": "否", "整体指标!E5": "规范", "整体指标!G5": "5"},
        {"事项清单!F5": "", "事项清单!E5": ""},
        {"事项清单!D3": "1", "收支!E3": "1.00"},
        {"文字!C2": "（不印）"},
        {"文字!C2": "按时足额上缴罚没收入。"},
        {"文字!C2": "力争各项目标全部完成。"},
        {"文字!C2": "应按进度足额保障“三保”支出。"} | {"三保支出!D3": "10", "三保支出!E3": ""},
        {"文字!B2": "总体绩效目标", "文字!C2": "各项目标全部完成。"},
        {"文字!A2": "东山县人社局", "文字!C2": "各项目标全部完成。"},
        {"文字!C2": "2022年我部门三公经费支出 3.8 万元。"},
        {"文字!C2": "本年没有因公出国，没有购置公务用车。"},
        {"政府采购!D2": ""},
        {"部门评价!D2": "20.00"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_is_right_raises_no_alarm(changes: Changes) -> None:
    codes = {finding.code for finding in examined(changes).findings}
    assert {code for code in codes if code[0] not in "WV"} - {"N101"} == set()


@pytest.mark.parametrize(
    "changes, found",
    [
        ({"支出功能分类!D2": "约95"}, "V101 支出功能分类!D2"),
        ({"支出进度!B3": "x"}, "V101 支出进度!B3"),
        ({"人员!B4": "二十"}, "V101 人员!B4"),
        ({"资产负债!C2": "x"}, "V101 资产负债!C2"),
        ({"资产存量!B6": "两辆"}, "V101 资产存量!B6"),
        ({"资产存量!C2": "x"}, "V101 资产存量!C2"),
        ({"资产配置!C2": "x"}, "V101 资产配置!C2"),
        ({"非税收入!B2": "x"}, "V101 非税收入!B2"),
        ({"三保支出!D2": "x"}, "V101 三保支出!D2"),
        ({"事项清单!D3": "x"}, "V101 事项清单!D3"),
        ({"事项清单!F5": "年底"}, "V103 事项清单!F5"),
        ({"上年自评!B2": "x"}, "V101 上年自评!B2"),
        ({"部门评价!D2": "x"}, "V101 部门评价!D2"),
        ({"政府采购!D2": "x"}, "V101 政府采购!D2"),
        ({"收支!F4": "x"}, "V101 收支!F4"),
        ({"资产负债!A2": ""}, "V107 资产负债!A2"),
        ({"项目资金!D3": "x"}, "V101 项目资金!D3"),
        ({"项目!H2": "一半"}, "V102 项目!H2"),
        ({"目标指标!D2": ""}, "V107 目标指标!D2"),
        ({"问题措施!D2": ""}, "V107 问题措施!D2"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_could_not_be_read_is_not_reported_again(changes: Changes, found: str) -> None:
    assert examined(changes).found == [found]


@pytest.mark.parametrize(
    "changes, code",
    [
        ({"支出功能分类!D3": "10.01"}, "A801"),
        ({"支出进度!B5": "21.02"}, "A805"),
        ({"资产负债!C13": "141.01"}, "A901"),
        ({"资产存量!D2": "118.01"}, "A905"),
        ({"事项清单!D3": "1.01"}, "X433"),
    ],
)
def test_what_rounding_explains_is_only_a_note(changes: Changes, code: str) -> None:
    (finding,) = examined(changes).findings
    assert (finding.code, finding.severity) == (code, Severity.NOTE)


def test_an_amount_typed_in_another_unit_is_named_as_such() -> None:
    tenfold = examined({"支出功能分类!D2": "950000", "支出功能分类!D3": "100000"}).only("A801")
    assert "两数相差一万倍，是不是元和万元填混了" in tenfold[0].message
    assert "两数相差一万倍" in examined({"资产配置!C2": "120000"}).only("A906")[0].message
    sheet = {f"资产负债!C{row}": f"{number}0000" for row, number in BALANCE.items()}
    assert examined(sheet).found == ["A803 资产负债!C2"]


BALANCE = {2: 22, 3: 1, 5: 23, 6: 210, 7: 115, 8: 205, 10: 10, 11: 3, 13: 141, 14: 6, 17: 6}


def test_an_opening_balance_that_differs_from_the_record_is_named_where_it_stands() -> None:
    amounts = {
        "balance.cash": "210000",
        "function.住房保障支出": "100000",
        "nontax.鉴定费": "50000",
        "fiscal_final": "950000",
    }
    record = LastYear("run.json", "东山县人社局", 2022, {k: Yuan(Decimal(v)) for k, v in amounts.items()})
    found = examined(last_year=record).only("A512")
    assert [str(finding.place) for finding in found] == ["资产负债!B2", "非税收入!D3"]
    assert found[0].message == "货币资金上年数填 20，上年运行记录是 21"


def test_a_list_of_projects_without_a_duty_names_the_first_ones() -> None:
    rows = [
        {key: value.replace("招聘", f"招聘{name}") for key, value in NEW_PROJECT.items() if value}
        for name in "甲乙丙丁戊己"
    ]
    together = {key: "\n".join(row[key] for row in rows) for key in NEW_PROJECT}
    money = {"收支!D2": "120", "收支!D6": "50", "支出功能分类!C2": "110"}
    quarters = {"支出进度!C2": "晚", "支出进度!C3": "晚", "支出进度!C4": "晚"}
    (finding,) = examined({**together, **money, **quarters}).only("X412")
    assert finding.message.startswith("“招聘甲经费”、“招聘乙经费”")
    assert "等 6 个项目在“职能活动”里没有对应的职能" in finding.message
    assert len(finding.related) == 5


@pytest.mark.parametrize(
    "text, changes, why",
    [
        ("非税收入及时足额上缴", {}, "非税收入计划 12，实际上缴 11"),
        ("非税收入没有大的变化，无变动幅度在30%以上的项目", {}, "计划比上年上缴数变动 50%"),
        ("年度各项目标全部完成", {}, "有 1 个项目年末没有实现目标（如“执法经费”）"),
        ("年度各项目标全部完成", {"项目!I3": "是"}, "目标指标“案件办结率”没有达到"),
        ("预算执行中没有调整", {}, "年初预算数 100，全年预算数 110"),
        ("直达资金全部支出", {"项目资金!E2": "19", "项目!F2": "结余"}, "直达资金支出进度 19÷20=95%"),
        ("自评中未发现问题", {}, "整体自评有 1 个指标扣了分（如“支出进度”）"),
        ("各季度均达到序时进度", {}, "第四季度累计支出进度 105÷110=95.45%"),
        ("三公经费没有超预算", {"三公经费!C2": "4"}, "三公经费预算数 4，决算数 4.5"),
        ("本年没有政府采购", {}, "政府采购实际采购金额 8"),
        ("年末没有结转结余", {}, "结转结余 5"),
        ("未发生公务接待费", {}, "公务接待费决算数 0.5"),
    ],
)
def test_a_claim_the_figures_contradict_is_found(text: str, changes: Changes, why: str) -> None:
    (finding,) = examined({"文字!C2": f"工作有序。{text}。", **changes}).only("N205")
    assert str(finding.place) == "文字!C2"
    assert why in finding.message


@pytest.mark.parametrize(
    "text, changes",
    [
        ("非税收入及时足额上缴", {"非税收入!C3": "2"}),
        ("非税收入及时足额上缴", {"非税收入": None}),
        ("非税收入无变动幅度在30%以上的项目", {"非税收入!3": None}),
        ("各项目标全部完成", {"项目!I3": "是", "目标指标!D3": "96%"}),
        ("预算执行中没有调整", {"收支": None, "支出功能分类": None, "支出进度": None, "事项清单!3": None}),
        ("直达资金全部支出", {}),
        ("直达资金全部支出", {"项目!J2": "", "项目!J3": "", "项目!H2": "", "项目!H3": ""}),
        ("自评中未发现问题", {"整体指标!G3": "10", "问题措施!C2": ""}),
        ("各季度均达到序时进度", {"支出进度": None}),
        ("三公经费没有超预算", {}),
        ("年末没有结转结余", {"收支!D2": "105", "收支!D6": "35", "支出功能分类!C2": "95"}),
    ],
)
def test_a_claim_the_figures_bear_out_raises_no_alarm(text: str, changes: Changes) -> None:
    assert examined({"文字!C2": f"工作有序。{text}。", **changes}).only("N205") == []


def test_the_packs_own_words_are_held_to_the_figures_too() -> None:
    layout = county().layout
    section = replace(layout.sections["guarantees"], text="“三保”支出足额保障。")
    pack = replace(county(), layout=replace(layout, sections={**layout.sections, "guarantees": section}))
    (finding,) = examined(pack=pack).findings
    assert (finding.code, str(finding.place)) == ("N205", "文字")
    assert "“三保说明”没有写，模板包的文字写‘" not in finding.message
    own = {"文字+": "部门整体 | 三保说明 | 按进度保障。"}
    assert examined(own, pack=pack).findings == []


@pytest.mark.parametrize("pack_id", pack_ids())
def test_every_claim_of_a_pack_is_one_that_can_be_doubted(pack_id: str) -> None:
    claims = words(str(load_pack(pack_id).checks["N205"].parameters["claims"]))
    assert [claim for claim in claims if claim.partition("=")[2] not in DOUBTS] == []


def test_a_pack_without_bonus_takes_every_level_for_part_of_the_whole() -> None:
    assert "X202 整体指标!F2" in examined(pack=_with(Options())).found


def test_a_form_with_a_column_for_reasons_asks_for_them_there() -> None:
    layout = county().layout
    sheet = layout.sheets["overall"]
    column = replace(sheet.columns["deviation_reason"], enabled=True)
    changed = replace(sheet, columns={**sheet.columns, "deviation_reason": column})
    pack = replace(county(), layout=replace(layout, sheets={**layout.sheets, "overall": changed}))
    assert examined({"整体指标!K1": "偏差原因"}, pack=pack).found == ["S107 整体指标!K3"]
    written = {"整体指标!K1": "偏差原因", "整体指标!K3": "项目验收推迟"}
    assert examined(written, pack=pack).found == []


def test_a_form_without_tiers_asks_for_none() -> None:
    layout = county().layout
    sheet = layout.sheets["overall"]
    column = replace(sheet.columns["tier"], enabled=False)
    changed = replace(sheet, columns={**sheet.columns, "tier": column})
    pack = replace(county(), layout=replace(layout, sheets={**layout.sheets, "overall": changed}))
    assert examined({"整体指标!I3": ""}).found == ["S106 整体指标!I3"]
    assert examined({"整体指标!I3": "", "整体指标!I1": ""}, pack=pack).found == []


def test_a_pack_without_a_sheet_for_problems_asks_for_none() -> None:
    layout = county().layout
    off = replace(layout.sheets["problems"], enabled=False)
    pack = replace(county(), layout=replace(layout, sheets={**layout.sheets, "problems": off}))
    assert examined({"问题措施": None}, pack=pack).found == []


def test_a_pack_without_project_indicators_asks_for_none() -> None:
    layout = county().layout
    off = replace(layout.sheets["indicators"], enabled=False)
    pack = replace(county(), layout=replace(layout, sheets={**layout.sheets, "indicators": off}))
    assert examined({"绩效指标": None, "问题措施!3": None}, pack=pack).found == []


def _with(options: Options) -> Pack:
    return replace(county(), options=options)
