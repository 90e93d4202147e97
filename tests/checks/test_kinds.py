from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from docgen.errors import PackError
from docgen.packs import CheckSetting, Column, Pack, load_pack
from tests import disclosed_tables, report_tables
from tests.filing_tables import Changes, examined

TEXTS: dict[str, Any] = {"basis": "本县自评表注", "summary": "应当如此。", "fix": "改正。"}


def declaring(**setting: Any) -> Pack:  # noqa: ANN401 - as checks.toml has them
    pack = load_pack("xinxiang")
    return replace(pack, checks={**pack.checks, "P101": CheckSetting(**{**TEXTS, **setting})})


def said(changes: Changes, **setting: Any) -> list[tuple[str, str, str]]:  # noqa: ANN401 - likewise
    found = examined(changes, pack=declaring(**setting)).only("P101")
    return [(str(finding.place), finding.message, finding.expected) for finding in found]


def test_sum_equals() -> None:
    setting = {"kind": "sum-equals", "sheet": "sangong", "column": "budget", "others": ("final", "last_year")}
    assert said({"三公经费!B2": "3.3", "三公经费!B3": "0.5", "整体指标!E4": ""}, **setting) == [
        ("三公经费!B3", "预算数填 0.5，各项合计 0.2+0.2=0.4", "0.4")
    ]
    assert said({"三公经费!2": None, "三公经费!3": None}, **setting) == []


def test_ratio_equals() -> None:
    setting = {
        "kind": "ratio-equals",
        "sheet": "funding",
        "column": "execution_rate",
        "others": ("annual_spending", "annual_budget"),
    }
    assert said({"项目资金!F2": "99%"}, **setting) == [("项目资金!F2", "执行率填 99%，10÷10=100%", "100%")]
    assert said({"项目资金!F2": "100%", "项目资金!F6": "100%", "项目资金!D6": "0"}, **setting) == []


def test_sheets_of_the_final_accounts_and_of_transfers_can_be_checked_too() -> None:
    funds = CheckSetting(
        kind="within", sheet="transfer_funding", column="arrived", highest=Decimal(0), **TEXTS
    )
    counts = CheckSetting(kind="within", sheet="assets", column="count", highest=Decimal(1), **TEXTS)
    pack = disclosed_tables.county()
    pack = replace(pack, checks={**pack.checks, "P101": funds, "P102": counts})
    found = disclosed_tables.examined(pack=pack).found
    assert found == ["P101 转移支付资金!E3", "P102 车辆与设备!B2"]


def test_sheets_of_the_department_report_can_be_checked_too() -> None:
    counts = CheckSetting(kind="within", sheet="staff", column="count", highest=Decimal(45), **TEXTS)
    pack = report_tables.county()
    pack = replace(pack, checks={**pack.checks, "P101": counts})
    assert report_tables.examined(pack=pack).found == ["P101 人员!B2"]


def test_within() -> None:
    setting = {"kind": "within", "sheet": "funding", "column": "initial_budget"}
    assert said({}, **setting, lowest=Decimal(60000), highest=Decimal(150000)) == [
        ("项目资金!C5", "年初预算数填 20，高于 15", "不高于 15"),
        ("项目资金!C6", "年初预算数填 5，低于 6", "不低于 6"),
    ]
    assert said({"项目资金!C6": ""}, **setting) == []


def test_one_of() -> None:
    setting = {"kind": "one-of", "sheet": "units", "column": "report_style", "values": ("分项目", "逐指标")}
    assert said({}, **setting) == [
        ("单位!D2", "报告写法填“概括”，只能是 分项目、逐指标 之一", "分项目、逐指标")
    ]


def test_required_when() -> None:
    setting = {
        "kind": "required-when",
        "sheet": "units",
        "column": "report_date",
        "others": ("self_evaluates",),
    }
    yes = [("单位!E2", "单独自评填了“是”，落款日期却空着", "填写落款日期")]
    no = [("单位!E4", "单独自评填了“否”，落款日期却空着", "填写落款日期")]
    assert said({}, **setting, values=("是",)) == yes
    assert said({}, **setting) == [*yes, *no]


def test_same_as() -> None:
    setting = {"kind": "same-as", "sheet": "projects", "column": "usage", "others": ("expected",)}
    assert said({"项目!F2": "保障窗口 正常开放", "项目!F3": "培训 200 人"}, **setting) == [
        ("项目!F4", "资金用途填“场地和宣传”，预期目标是“办好招聘活动”，应当相同", "办好招聘活动")
    ]


def test_no_longer_than() -> None:
    setting = {"kind": "no-longer-than", "sheet": "projects", "column": "achieved", "longest": 12}
    assert said({"项目!E2": "窗口全年开放 250 天，天天如此"}, **setting)[0] == (
        "项目!E2",
        "实际完成情况有 17 字，最多 12 字",
        "不超过 12 字",
    )
    assert said({}, **{**setting, "longest": 17}) == []


@pytest.mark.parametrize(
    "sheet, column",
    [("department", "name"), ("overall", "level3"), ("accounts", "item"), ("indicators", "level3")],
)
def test_every_sheet_can_be_checked(sheet: str, column: str) -> None:
    assert said({}, kind="no-longer-than", sheet=sheet, column=column, longest=1)


def test_a_column_of_the_packs_own_can_be_checked() -> None:
    pack = declaring(kind="within", sheet="projects", column="headcount", lowest=Decimal(10))
    sheet = pack.layout.sheets["projects"]
    own = replace(sheet, columns={**sheet.columns, "headcount": Column("惠及人数", type="count")})
    layout = replace(pack.layout, sheets={**pack.layout.sheets, "projects": own})
    changed: Changes = {"项目!M1": "惠及人数", "项目!M2": "9", "项目!M3": "230"}
    found = examined(changed, pack=replace(pack, layout=layout)).only("P101")
    assert [(str(each.place), each.message) for each in found] == [("项目!M2", "惠及人数填 9，低于 10")]


def test_words_where_a_number_is_compared_are_left_alone() -> None:
    assert said({}, kind="within", sheet="projects", column="name", lowest=Decimal(1)) == []


def test_a_declared_check_is_switched_off_and_explained_like_any_other() -> None:
    setting = {"kind": "one-of", "sheet": "units", "column": "report_style", "values": ("分项目",)}
    assert said({}, **setting, enabled=False, reason="暂缓") == []
    reason: Changes = {"核实说明+": "P101 | 单位!D2 | 只有一个项目"}
    found = examined(reason, pack=declaring(**setting)).findings
    assert [(each.code, each.explained, each.basis, each.fix) for each in found] == [
        ("P101", "只有一个项目", "本县自评表注", "改正。")
    ]


def test_every_mistake_in_a_declared_check_is_complained_of() -> None:
    pack = load_pack("xinxiang")
    wrong = CheckSetting(kind="sum-equals", sheet="funding", column="total", others=("initial",))
    checks = {
        **pack.checks,
        "Q1": wrong,
        "P102": CheckSetting(**TEXTS, kind="ratio-equals", sheet="fund", column="x"),
        "P103": CheckSetting(**TEXTS, kind="same-as", sheet="projects", column="name"),
    }
    with pytest.raises(PackError) as raised:
        examined(pack=replace(pack, checks=checks))
    assert [(each.key, each.message.partition("；")[0]) for each in raised.value.complaints] == [
        ("Q1", "模板包自己的检查用 P 加三位数字编号，如 P101"),
        ("Q1.basis", "缺少这一项"),
        ("Q1.summary", "缺少这一项"),
        ("Q1.fix", "缺少这一项"),
        ("Q1.column", "表 funding 没有列 total"),
        ("Q1.column", "表 funding 没有列 initial"),
        ("P102.sheet", "没有表 fund"),
        ("P103.others", "same-as 要在 others 里写 1 列"),
    ]
