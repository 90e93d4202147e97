"""Mistakes on the sheets of the 部门决算公开, made in the sample and handed in on the command line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from docgen.cli import app
from tests.docxtext import docx_text

SAMPLE = Path(__file__).parent.parent / "inputs" / "zezhou-2024.xlsx"
GENERAL = "一般公共预算财政拨款"
FUND, CAPITAL = "政府性基金预算财政拨款", "国有资本经营预算财政拨款"
Cells = Mapping[str, str | int]


def handed_in(folder: Path, cells: Cells, without: str = "") -> tuple[int, Path]:
    """Exit status and outputs of a run on the sample with some cells filled otherwise, or without a sheet."""
    book = openpyxl.load_workbook(SAMPLE)
    for where, value in cells.items():
        sheet, _, cell = where.partition("!")
        book[sheet][cell] = value
    if without:
        del book[without]
    path = folder / "交来.xlsx"
    book.save(path)
    arguments = ["run", str(path), "--out", str(folder / "出"), "--no-pages"]
    return CliRunner().invoke(app, arguments).exit_code, folder / "出"


def open_findings(outputs: Path) -> list[str]:
    """``A301 支出!A2`` for every finding that keeps the documents drafts."""
    record = json.loads(next(outputs.rglob("run.json")).read_text("utf-8"))
    return [
        f"{found['code']} {found['sheet']}!{found['cell']}".rstrip("!")
        for found in record["findings"]
        if found["tier"] == "错误" or (found["tier"] == "核实" and not found["explained"])
    ]


@pytest.mark.parametrize(
    "cells, without, found",
    [
        pytest.param({"支出!A3": "2980104"}, "", ["A301 支出!A3"], id="unknown code"),
        pytest.param(
            {"支出!A30": "208", "支出!C30": GENERAL, "支出!D30": 1, "支出!E30": 2},
            "",
            ["A303 支出!D30"],
            id="parent typed beside children with another sum",
        ),
        pytest.param(
            {"收入!D2": 17000000}, "", ["A201 结转结余"], id="income is not expenditure and balance"
        ),
        pytest.param(
            {"三公经费!C4": 20000, "三公用途!C2": 10000, "三公用途!C3": 10000},
            "",
            ["A401 三公经费!C4"],
            id="sangong below its economic code",
        ),
        pytest.param({"政府采购!E2": 430000}, "", ["A107 政府采购!E2"], id="micro above small business"),
        pytest.param({"政府采购!D2": 600000}, "", ["A107 政府采购!D2"], id="small business above the total"),
        pytest.param({}, "上年数", ["A501 上年数"], id="last-year sheet missing"),
        pytest.param({"支出!C3": "财政专户资金"}, "", ["V106 支出!C3"], id="fund of an unexpected kind"),
    ],
)
def test_a_mistake_makes_drafts_and_is_told_once_at_its_cell(
    cells: Cells, without: str, found: list[str], tmp_path: Path
) -> None:
    status, outputs = handed_in(tmp_path, cells, without)
    assert (status, open_findings(outputs)) == (1, found)
    assert [path.parts[-2:] for path in outputs.rglob("*部门决算公开.docx") if "草稿" not in path.parts] == []


def test_amounts_in_a_column_of_an_unexpected_kind_keep_the_documents_drafts(tmp_path: Path) -> None:
    status, outputs = handed_in(tmp_path, {"支出!H1": "社保基金支出", "支出!H3": 1000})
    assert (status, open_findings(outputs)) == (1, ["W112 支出!H1"])
    record = json.loads(next(outputs.rglob("run.json")).read_text("utf-8"))
    (found,) = [each for each in record["findings"] if each["code"] == "W112"]
    assert "社保基金支出" in found["message"]
    assert "合计 1000" in found["message"]


def test_a_sheet_that_may_be_left_out_is_not_left_out_in_silence(tmp_path: Path) -> None:
    status, outputs = handed_in(tmp_path, {}, without="机关运行经费")
    assert (status, open_findings(outputs)) == (1, ["W113 机关运行经费"])


def test_funds_and_state_capital_with_money_have_their_tables_and_sentences(tmp_path: Path) -> None:
    cells: Cells = {
        "收入!A30": "2120899",
        "收入!C30": FUND,
        "收入!D30": 300000,
        "支出!A30": "2120899",
        "支出!C30": FUND,
        "支出!E30": 250000,
        "收入!A31": "2230105",
        "收入!C31": CAPITAL,
        "收入!D31": 100000,
        "支出!A31": "2230105",
        "支出!C31": CAPITAL,
        "支出!E31": 100000,
        "结转结余!A3": FUND,
        "结转结余!B3": "2120899",
        "结转结余!D3": 20000,
        "结转结余!E3": 70000,
    }
    _, outputs = handed_in(tmp_path, cells)
    text = docx_text(next(outputs.rglob("*部门决算公开.docx")))
    assert "本表无数据" not in text
    assert "本年度无此项" not in text
    assert "│ 2120899 │ 其他国有土地使用权出让收入安排的支出 │ 2.00 │ 30.00 │ 25.00 │" in text
    assert "│ 2230105 │ 国有企业退休人员社会化管理补助支出 │ 10.00 │  │ 10.00" in text
    assert (
        "本年收入30.00万元，本年支出25.00万元，其中：基本支出0万元，项目支出25.00万元；年末结转和结余7.00万元"
        in text
    )
