"""The sheets of the 部门决算公开 and of transfers: read, bound to what they belong to, complained about."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from docgen.packs import load_pack, norms_at
from docgen.workbook import Bound, bind, read, write_workbook
from docgen.workbook.blank import Rows
from tests.workbook.clerk import RIGHT, found

YEAR = 2024
PACK = load_pack("zezhou")
TIERS = tuple(tier.name for tier in norms_at(PACK, YEAR).tiers)
GENERAL = "一般公共预算财政拨款"
HELP = {"name": "就业补助资金", "expected": "落实补贴。", "achieved": "已经落实。"}
FINAL: Rows = {
    "department": [{"name": "某县民政局", "money_unit": "元", "code": "054", "fiscal_year": YEAR}],
    "units": RIGHT["units"],
    "projects": RIGHT["projects"],
    "funding": [
        {
            "project": "高龄津贴",
            "source": "市县区财政资金",
            "declared": Decimal(20000),
            "prepared": Decimal(18000),
            "annual_budget": Decimal(18000),
            "annual_spending": Decimal(16000),
        }
    ],
    "indicators": [
        {
            "project": "高龄津贴",
            "level1": "产出指标",
            "level2": "数量指标",
            "level3": "发放人数",
            "target": "≥20人",
            "actual": "22人",
            "points": Decimal(20),
        }
    ],
    "income": [{"code": "2080101", "source": GENERAL, "amount": Decimal("123.45")}],
    "spending": [{"code": "2080101", "fund": GENERAL, "basic": Decimal("123.45")}],
    "economic": [{"code": "30101", "amount": Decimal("123.45")}],
    "assets": [{"item": "其他用车", "count": Decimal(2)}],
    "transfers": [HELP],
    "transfer_funding": [
        {
            "transfer": "就业补助资金",
            "source": "中央财政资金",
            "annual_budget": Decimal(100),
            "annual_spending": Decimal(90),
        }
    ],
}


def bound(folder: Path, rows: Rows) -> Bound:
    path = folder / "填报.xlsx"
    write_workbook(path, PACK, YEAR, rows)
    return bind(read(path), PACK.layout, TIERS)


def test_amounts_in_yuan_are_read_as_they_stand(tmp_path: Path) -> None:
    result = bound(tmp_path, FINAL)
    assert found(result) == []
    accounts = result.filing.final_accounts
    assert accounts.income[0].amount.value == Decimal("123.45")
    assert (accounts.spending[0].code.value, accounts.spending[0].basic.value) == (
        "2080101",
        Decimal("123.45"),
    )
    assert accounts.economic[0].name.value is None
    assert accounts.assets[0].count.value == 2
    assert result.filing.department.extras["code"].value == "054"
    line = result.filing.projects[0].funding[0]
    assert (line.declared.value, line.prepared.value) == (Decimal(20000), Decimal(18000))
    assert not line.initial_budget.is_given


def test_a_transfer_holds_the_rows_that_name_it(tmp_path: Path) -> None:
    rows: Rows = {
        **FINAL,
        "transfer_management": [{"transfer": "就业补助资金", "aspect": "分配科学性", "status": "按办法分配"}],
        "transfer_indicators": [
            {
                "project": "就业补助资金",
                "level1": "产出指标",
                "level2": "数量指标",
                "level3": "人数",
                "target": "≥150人",
                "actual": "180人",
            }
        ],
    }
    (transfer,) = bound(tmp_path, rows).filing.transfers
    assert [line.source.value for line in transfer.funding] == ["中央财政资金"]
    assert [line.aspect.value for line in transfer.management] == ["分配科学性"]
    assert [line.level3.value for line in transfer.indicators] == ["人数"]


def test_a_second_transfer_of_the_same_name_is_left_out_and_an_unknown_one_named(tmp_path: Path) -> None:
    strange = {**FINAL["transfer_funding"][0], "transfer": "就业补助"}
    rows: Rows = {**FINAL, "transfers": [HELP, HELP], "transfer_funding": [strange]}
    result = bound(tmp_path, rows)
    assert found(result) == ["W201 转移支付资金!A2", "W202 转移支付!A3"]
    assert result.filing.transfers[0].funding == ()


def test_a_fund_of_an_unexpected_kind_and_a_bad_code_are_named(tmp_path: Path) -> None:
    rows: Rows = {
        **FINAL,
        "spending": [
            {"code": "2080101", "fund": "财政拨款", "basic": Decimal(1)},
            {"code": "行政运行", "fund": GENERAL, "basic": Decimal(1)},
        ],
    }
    result = bound(tmp_path, rows)
    assert found(result) == ["V106 支出!C2", "V112 支出!A3"]


def test_a_missing_sheet_of_the_accounts_is_named(tmp_path: Path) -> None:
    path = tmp_path / "填报.xlsx"
    write_workbook(path, PACK, YEAR, FINAL)
    book = openpyxl.load_workbook(path)
    del book["支出"], book["上年数"]
    book.save(path)
    result = bind(read(path), PACK.layout, TIERS)
    assert [finding.message for finding in result.findings] == ["缺少表“支出”。"]
    assert result.filing.final_accounts.spending == ()


@pytest.mark.parametrize(
    "scope, section, fits",
    [
        ("高龄津贴", "项目概况", True),
        ("高龄津贴", "改进措施", True),
        ("就业补助资金", "改进措施", True),
        ("就业补助资金", "项目概况", False),
        ("高龄津贴", "职责", False),
        ("部门整体", "职责", True),
        ("某县民政局", "职责", False),
    ],
)
def test_a_text_is_written_for_a_project_a_transfer_or_the_department(
    tmp_path: Path,
    scope: str,
    section: str,
    fits: bool,  # noqa: FBT001 - a column of the table
) -> None:
    rows: Rows = {**FINAL, "narratives": [{"scope": scope, "section": section, "text": "文"}]}
    assert found(bound(tmp_path, rows)) == ([] if fits else ["W204 文字!B2"])


def test_a_text_for_nobody_names_the_sheets_that_were_looked_at(tmp_path: Path) -> None:
    rows: Rows = {**FINAL, "narratives": [{"scope": "高龄津帖", "section": "项目概况", "text": "文"}]}
    (finding,) = bound(tmp_path, rows).findings
    assert finding.message == "“适用对象”填“高龄津帖”，“单位”“项目”“转移支付”里没有。是不是“高龄津贴”？"


def test_the_list_of_scopes_runs_over_units_projects_and_transfers(tmp_path: Path) -> None:
    path = tmp_path / "填报.xlsx"
    write_workbook(path, PACK, YEAR, FINAL)
    lists = openpyxl.load_workbook(path, data_only=True)["清单"]
    column = next(c for c in lists.iter_cols() if c[1].value == "部门整体")
    scopes = [cell.value for cell in column if cell.value]
    assert scopes == ["部门整体", "某县民政局", "某县福利中心", "高龄津贴", "设备购置", "就业补助资金"]
    formula = openpyxl.load_workbook(path)["清单"][column[3].coordinate].value
    units, projects, transfers = (f"'{title}'!$A$2:$A$502" for title in ("单位", "项目", "转移支付"))
    assert formula == (
        f"=IF(2<=COUNTA({units}),INDEX({units},2),"
        f"IF(2-COUNTA({units})<=COUNTA({projects}),INDEX({projects},2-COUNTA({units})),"
        f"IF(2-COUNTA({units})-COUNTA({projects})<=COUNTA({transfers}),"
        f'INDEX({transfers},2-COUNTA({units})-COUNTA({projects})),"")))'
    )


@pytest.mark.parametrize(
    "actual, tier, chosen",
    [
        ("达成预期指标", None, "达成预期指标"),
        (" 部分达成预期指标并 具有一定效果", None, "部分达成预期指标并具有一定效果"),
        ("达成预期指标", "部分达成预期指标并具有一定效果", "部分达成预期指标并具有一定效果"),
        ("及时", None, None),
        ("12次", None, None),
    ],
)
def test_a_result_that_names_a_tier_chooses_it_unless_one_is_chosen(
    tmp_path: Path, actual: str, tier: str | None, chosen: str | None
) -> None:
    row = {**RIGHT["indicators"][0], "level2": "时效指标", "actual": actual, "tier": tier}
    (indicator,) = bound(tmp_path, {**FINAL, "indicators": [row]}).filing.projects[0].indicators
    assert indicator.tier.value == chosen
    assert indicator.tier.place.cell == ("J2" if tier or not chosen else "G2")
