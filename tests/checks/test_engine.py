from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from docgen.checks import check
from docgen.errors import PackError
from docgen.finding import Finding, Place, Severity
from docgen.packs import CheckSetting, Pack, load_pack
from tests.filing_tables import Changes, examined

LOW: Changes = {"项目资金!E6": "4"}


def pack_with(code: str, setting: CheckSetting) -> Pack:
    pack = load_pack("xinxiang")
    return replace(pack, checks={**pack.checks, code: setting})


def explained(*rows: str, **changes: str) -> Changes:
    return {**LOW, "核实说明+": "\n".join(rows), **changes}


def test_a_pack_switches_a_rule_off() -> None:
    assert examined(LOW, pack=pack_with("B204", CheckSetting(enabled=False, reason="本县不考核"))).found == []


def test_a_pack_changes_the_tier_and_the_basis_of_a_rule() -> None:
    setting = CheckSetting(severity="错误", basis="本县自评表注 3")
    found = examined(LOW, pack=pack_with("B204", setting)).only("B204")[0]
    assert (found.severity, found.basis) == (Severity.ERROR, "本县自评表注 3")


def test_a_pack_changes_a_number_without_touching_the_norms() -> None:
    setting = CheckSetting(parameters={"low_execution_floor": Decimal("0.75")})
    assert examined(LOW, pack=pack_with("B204", setting)).found == []


def test_the_tier_a_rule_gives_to_a_residue_stays_whatever_the_pack_says() -> None:
    setting = CheckSetting(severity="核实")
    found = examined({"项目资金!C5": "20.01"}, pack=pack_with("B101", setting)).only("B101")
    assert [each.severity for each in found] == [Severity.NOTE]


def test_every_wrong_setting_of_a_pack_is_complained_of() -> None:
    pack = load_pack("xinxiang")
    checks = {
        **pack.checks,
        "B299": CheckSetting(),
        "B204": CheckSetting(severity="警告", parameters={"flor": Decimal(1)}),
        "B206": CheckSetting(),
        "X901": CheckSetting(severity="提示"),
    }
    with pytest.raises(PackError) as raised:
        examined(pack=replace(pack, checks=checks))
    assert [str(each) for each in raised.value.complaints] == [
        "xinxiang/checks.toml [B204.parameters.flor]：规则 B204 没有参数 flor",
        "_base/checks.toml [B206.parameters.level1]：规则 B206 缺少参数 level1",
        "_base/checks.toml [B206.parameters.execution_ceiling]：规则 B206 缺少参数 execution_ceiling",
        "_base/checks.toml [B206.parameters.output_floor]：规则 B206 缺少参数 output_floor",
        "xinxiang/checks.toml [B299]：没有编号为 B299 的规则",
        "xinxiang/checks.toml [B204.severity]：等级只能是 提示、核实、错误",
    ]


FIGURES: Changes = {"核实说明!D1": "所说明的数"}


def test_findings_come_gravest_first_then_by_code_sheet_and_row() -> None:
    found = examined(
        {**LOW, "绩效指标!G3": "0", "绩效指标!G2": "30", "绩效指标!F11": "2000", "项目资金!E2": "8.9"}
    )
    ranks = [finding.severity.rank for finding in found.findings]
    assert ranks == sorted(ranks)
    assert [each for each in found.found if each.startswith("B204")] == ["B204 项目!I2", "B204 项目!I4"]


@pytest.mark.parametrize(
    "row",
    [
        "B204 | 项目!I4 | 尾款次年支付",
        "b204 | 项目！$I$4 | 尾款次年支付",
        "Ｂ２０４ | ‘项目’! i4 | 尾款次年支付",
        "B204 | 项目!I2、I4 | 尾款次年支付",
        "B204 | 项目!A1；项目!I4 | 尾款次年支付",
    ],
)
def test_a_written_reason_closes_the_finding_it_names(row: str) -> None:
    found = examined({**explained(f"{row} | 80%、90%"), **FIGURES})
    assert [(each.code, each.explained, each.is_open) for each in found.findings] == [
        ("B204", "尾款次年支付", False)
    ]


@pytest.mark.parametrize(
    "row", ["B203 | 项目!I4 | 尾款次年支付", "B204 | 项目!I3 | 尾款次年支付", "B204 | 第四行 | 见附件"]
)
def test_a_reason_for_something_else_closes_nothing_and_is_reported(row: str) -> None:
    found = examined(explained(row))
    assert [finding.code for finding in found.findings] == ["B204", "X901"]
    assert found.findings[0].is_open


def test_a_reason_may_name_a_whole_sheet() -> None:
    pack = pack_with("N101", CheckSetting(severity="核实"))
    found = examined({"文字!2": None, "核实说明+": "N101 | 文字 | 由部门统一组织"}, pack=pack)
    assert [finding.explained for finding in found.only("N101")] == ["由部门统一组织"]


def test_a_blank_reason_closes_nothing() -> None:
    found = examined(explained("B204 | 项目!I4 |"))
    assert found.only("B204")[0].is_open


def test_an_error_stays_open_whatever_reason_is_written() -> None:
    found = examined({"项目资金!D5": "21", "核实说明+": "B101 | 项目资金!D5 | 以总额为准"})
    assert found.only("B101")[0].is_open
    assert found.only("B101")[0].explained is None
    assert found.found == ["B101 项目资金!D5", "X902 核实说明!A2"]


def test_a_reason_for_a_note_is_harmless() -> None:
    found = examined({"绩效指标!E3": "95%", "核实说明+": "I207 | 绩效指标!E3 | 本意是不低于"})
    assert found.found == ["I207 绩效指标!E3"]


def test_findings_of_reading_are_sorted_in_and_explained_as_well() -> None:
    place = Place("甲.xlsx", "项目", "I4")
    reading = Finding("B204", Severity.VERIFY, place, "读表时的问题")
    case = examined({"核实说明+": "B204 | 项目!I4 | 属实"}).case
    assert [each.explained for each in check(case, [reading])] == ["属实"]


@pytest.mark.parametrize(
    "row, code",
    [
        ("S101 | 绩效指标!H3 | 从严扣分 | 9、97%、95%、10", "X903"),
        ("S101 | 绩效指标!H3 | 从严扣分 | 9", "X904"),
        ("S101 | 绩效指标!H3 | 从严扣分 |", "X904"),
        ("S101 | 绩效指标!H3 | （上年说明）从严扣分 | 9、98%、95%、10", ""),
    ],
)
def test_a_differing_score_is_not_printed_once_its_reason_does_not_hold(row: str, code: str) -> None:
    found = examined({"绩效指标!H3": "9", "绩效指标!J3": "超期", "核实说明+": row, **FIGURES})
    (score,) = [each.score for each in found.figures.projects[0].rows if each.indicator.score.value == 9]
    assert (score.method, score.figure.value) == ("rule", Decimal(10))
    assert found.figures.projects[0].total_score.value == 100
    assert {each.code for each in found.findings} - {"S110"} == {"S101", code} - {""}
    assert found.only("S101")[0].is_open


def test_a_differing_execution_score_is_not_printed_once_its_reason_lapses() -> None:
    lapsed = "S102 | 项目资金!G5 | 支付进度滞后 | 9、9.5"
    found = examined({"项目资金!G5": "9", "核实说明+": lapsed, **FIGURES})
    assert found.figures.projects[1].execution_score.value == 10
    assert found.found == ["S102 项目资金!G5", "X903 核实说明!D2"]


def test_a_differing_score_counts_once_a_reason_accepts_it() -> None:
    claimed = {"绩效指标!H3": "9", "绩效指标!J3": "个别事项超期"}
    refused = examined(claimed).figures.projects[0]
    accepted = examined(
        {**claimed, "核实说明+": "S101 | 绩效指标!H3 | 按科室考核扣 1 分 | 9、98%、95%、10", **FIGURES}
    )
    row = accepted.figures.projects[0].rows[1]
    assert refused.total_score.value == 100
    assert accepted.figures.projects[0].total_score.value == 99
    assert row.score.method == "accepted"
    assert [row.score.figure.value, row.score.by_rule.value] == [Decimal(9), Decimal(10)]
    assert [(each.code, each.is_open) for each in accepted.findings] == [("S101", False)]


def test_a_differing_execution_score_counts_once_a_reason_accepts_it() -> None:
    found = examined(
        {"项目资金!G5": "9", "核实说明+": "S102 | 项目资金!G5 | 支付进度滞后 | 9、10", **FIGURES}
    )
    assert found.figures.projects[1].execution_score.value == 9
    assert found.figures.projects[1].total_score.value == 99
