"""Rules that go by what the county's workbook asks for: columns left out, items not offered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from docgen.finding import Severity
from docgen.packs import Pack
from tests.filing_tables import Changes
from tests.report_tables import county, examined


def with_column(sheet: str, column: str, **changes: Any) -> Pack:  # noqa: ANN401 - as layout.toml has them
    """The county's pack with one column of its workbook otherwise."""
    pack = county()
    found = pack.layout.sheets[sheet]
    columns = {**found.columns, column: replace(found.columns[column], **changes)}
    sheets = {**pack.layout.sheets, sheet: replace(found, columns=columns)}
    return replace(pack, layout=replace(pack.layout, sheets=sheets))


def sources_only() -> Pack:
    """A pack whose 收支 asks for 资金来源 alone."""
    pack = with_column("accounts", "item", choices=("财政性资金", "其他资金"))
    whole = pack.checks["A807"]
    asked = replace(whole, parameters={**whole.parameters, "structure_stages": ""})
    return replace(pack, checks={**pack.checks, "A807": asked})


NO_STRUCTURE: Changes = {"收支!4": None, "收支!5": None, "收支!6": None}


@pytest.mark.parametrize(
    "changes, found, severity",
    [
        ({"支出功能分类!B2": "91"}, "A820 支出功能分类!B2", Severity.ERROR),
        ({"收支!D2": "111"}, "A820 支出功能分类!C2", Severity.ERROR),
        ({"支出功能分类!B2": "90.01"}, "A820 支出功能分类!B2", Severity.NOTE),
        ({"支出功能分类!E2": "86"}, "A820 支出功能分类!E2", Severity.VERIFY),
        ({"支出功能分类!D2": "97"}, "A820 支出功能分类!D2", Severity.VERIFY),
    ],
)
def test_functions_are_held_to_the_sources_where_there_is_no_structure(
    changes: Changes, found: str, severity: Severity
) -> None:
    (finding,) = examined({**NO_STRUCTURE, **changes}, pack=sources_only()).findings
    assert (f"{finding.code} {finding.place}", finding.severity) == (found, severity)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"支出功能分类!E2": "86", "收支!G2": "动用上年结余 1 万元"},
        {"支出功能分类!D2": "94"},
        {"支出功能分类!B2": "", "支出功能分类!B3": ""},
    ],
)
def test_income_that_covers_the_functions_raises_no_alarm(changes: Changes) -> None:
    assert examined({**NO_STRUCTURE, **changes}, pack=sources_only()).only("A820") == []


def test_what_only_a_person_can_score_needs_a_score_where_no_target_is_asked_for() -> None:
    pack = with_column("overall", "target", required=False)
    blank = {"整体指标!D4": "", "整体指标!E4": "", "整体指标!G4": ""}
    (finding,) = examined(blank, pack=pack).findings
    assert (finding.code, str(finding.place)) == ("S104", "整体指标!G4")
    assert "没有指标值" in finding.message
    assert examined({**blank, "整体指标!G4": "10"}, pack=pack).findings == []


def test_a_derived_row_without_a_target_needs_one_or_a_score() -> None:
    pack = with_column("overall", "target", required=False)
    pack = replace(pack, derived={"资产管理规范性": "staff_control_rate"})
    derived = {"整体指标!D4": "≤100%", "整体指标!E4": "", "整体指标!G4": ""}
    assert examined(derived, pack=pack).findings == []
    assert examined({**derived, "整体指标!D4": ""}, pack=pack).found == ["S104 整体指标!G4"]
    unknown = {**derived, "整体指标!D4": "", "人员!2": None}
    assert examined(unknown, pack=pack).found == ["X208 整体指标!E4"]


def test_a_row_whose_target_must_be_filled_is_not_asked_for_a_score_as_well() -> None:
    assert examined({"整体指标!D4": "", "整体指标!G4": ""}).found == ["V107 整体指标!D4"]


def test_a_form_without_results_asks_for_the_score_of_every_row_that_applies() -> None:
    pack = with_column("overall", "actual", enabled=False)
    scored = {"整体指标!G6": "55", **{f"整体指标!E{row}": "" for row in range(1, 9)}}
    assert examined(scored, pack=pack).found == []
    assert examined({**scored, "整体指标!G4": ""}, pack=pack).found == ["S104 整体指标!G4"]
    assert examined({**scored, "整体指标!H5": "否"}, pack=pack).found == ["S104 整体指标!G5"]


def test_a_purchase_shown_beside_the_total_alone_does_not_account_for_the_list() -> None:
    pack = county()
    memo = replace(pack, ledger=replace(pack.ledger, procurement_memo=("goods",)))
    assert examined(pack=memo).found == ["X434 事项清单!B4"]
    services = {"政府采购+": "服务 | 5 | 1 | 1 | | |"}
    assert examined(services, pack=memo).found == []


def test_amounts_below_the_cent_are_told_once_with_the_first_of_them() -> None:
    fields = {"单位信息!B4": "元", "资产存量!D6": "9.995", "三公经费!D3": "0.805"}
    (finding,) = examined(fields).findings
    assert finding.message == "0.805等 2 处金额不止两位小数，金额单位却是元，是不是按万元填的"
    assert [str(each.place) for each in finding.related] == ["单位信息!B4", "资产存量!D6"]
