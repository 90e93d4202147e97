"""校验结果.xlsx as its reader sees it."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from docgen.finding import Finding, Place, Related, Severity
from docgen.packs import load_pack
from docgen.pipeline import Examined, examine
from docgen.present.shown import Shown
from docgen.render.ledger import Ledger, findings_book, tier_of
from docgen.render.ledger_sheet import LedgerSheet
from docgen.render.row_book import RowBook
from docgen.render.specimen import specimen
from docgen.workbook import write_workbook
from tests.figures.report_filing import report_case
from tests.real_office import assert_valid, needs_validator

PACK = "xinxiang"


@pytest.fixture(scope="module")
def examined(tmp_path_factory: pytest.TempPathFactory) -> Examined:
    """A made-up workbook with an entry in every list."""
    path = tmp_path_factory.mktemp("ledger") / "样本.xlsx"
    pack = load_pack(PACK)
    write_workbook(path, pack, 2024, specimen(pack))
    return examine(path, today=date(2025, 1, 5))


def book_of(examined: Examined, *findings: Finding) -> Workbook:
    ledger = Ledger(examined.case, findings, examined.readings, "样本（批注）.xlsx")
    return openpyxl.load_workbook(io.BytesIO(findings_book(ledger)))


def texts(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def finding(
    tier: Severity, sheet: str = "项目资金", cell: str = "E6", explained: str | None = None
) -> Finding:
    related = (
        Related(Place("样本.xlsx", "项目资金", "C6"), "参与计算"),
        Related(Place("样本.xlsx", "项目资金", "D6"), "参与计算"),
    )
    place = Place("样本.xlsx", sheet, cell, "执行率")
    return Finding("B201", tier, place, "执行率填 80.3%", "100%", "办法", "改正", related, explained)


def test_counts_tell_explained_findings_apart(examined: Examined) -> None:
    book = book_of(
        examined,
        finding(Severity.ERROR),
        finding(Severity.VERIFY),
        finding(Severity.VERIFY, explained="核对过"),
        finding(Severity.NOTE, sheet="项目"),
    )
    lines = texts(book["汇总"])
    assert ["全部", 1, 1, 1, 1] in [line[:5] for line in lines]
    assert ["项目资金", 1, 1, 1, 0] in [line[:5] for line in lines]
    assert ["项目", 0, 0, 0, 1] in [line[:5] for line in lines]
    assert any("错误 1 条、核实 1 条待处理" in str(line[0]) for line in lines)


def test_without_open_findings_the_verdict_is_final(examined: Examined) -> None:
    lines = texts(book_of(examined, finding(Severity.NOTE))["汇总"])
    assert any("文件为定稿" in str(line[0]) for line in lines)


def test_every_project_is_listed_with_its_figures_as_numbers(examined: Examined) -> None:
    lines = texts(book_of(examined)["汇总"])
    projects = [line for line in lines if str(line[0]).startswith("样本项目")]
    assert len(projects) == len(examined.case.figures.projects)
    first = examined.case.figures.projects[0]
    assert Decimal(str(projects[0][3])) == first.total.execution_rate.value
    assert Decimal(str(projects[0][5])) == first.total_score.value


def test_a_finding_says_everything_and_leads_to_its_cell(examined: Examined) -> None:
    sheet = book_of(examined, finding(Severity.VERIFY, explained="核对过"))["问题清单"]
    row = [cell.value for cell in sheet[2]]
    assert row == [
        "核实（已说明）",
        "B201",
        "项目资金",
        "E6",
        "执行率",
        "执行率填 80.3%\n另见 项目资金!C6、D6（参与计算）",
        "100%",
        "改正",
        "办法",
        "核对过",
        "80.3%",
    ]
    link = sheet["D2"].hyperlink
    assert (link.target, link.location) == ("样本（批注）.xlsx", "'项目资金'!E6")


def test_a_finding_about_a_sheet_or_the_file_has_a_place_too(examined: Examined) -> None:
    sheet = book_of(examined, finding(Severity.ERROR, cell=""), finding(Severity.ERROR, "", ""))["问题清单"]
    assert sheet["D2"].value == "整表"
    assert sheet["D2"].hyperlink.location == "'项目资金'!A1"
    assert (sheet["C3"].value, sheet["D3"].hyperlink) == ("样本.xlsx", None)


def test_each_target_is_told_as_it_was_read(examined: Examined) -> None:
    lines = texts(book_of(examined)["指标值读法"])[1:]
    assert len(lines) == len(examined.readings)
    assert {line[4] for line in lines} <= {"定量", "定性"}


def test_each_score_shows_its_working(examined: Examined) -> None:
    lines = texts(book_of(examined)["得分推算"])[1:]
    rows = [line for line in lines if line[0] == "样本项目1"]
    execution, first = rows[0], rows[1]
    result = examined.case.figures.projects[0]
    assert execution[1] == "预算执行率"
    assert execution[7] == result.execution_by_rule.how
    assert first[7] == result.rows[0].score.by_rule.how
    assert first[11] == "按规则计算"
    assert any(line[0] == "部门整体" for line in lines)


def test_a_computed_number_that_is_no_rate_stands_in_its_measure() -> None:
    ledger = Ledger(report_case(), (), (), "样本（批注）.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(findings_book(ledger)))
    results = {line[3]: line[6] for line in texts(book["得分推算"]) if line[0] == "部门整体"}
    assert results["支出进度"] == "2个季度"
    assert results["预算执行率"] == pytest.approx(110 / 120)


def test_lists_can_be_filtered_and_print_their_headings_on_every_page(examined: Examined) -> None:
    sheet = book_of(examined, finding(Severity.ERROR))["问题清单"]
    assert sheet.auto_filter.ref == "A1:K2"
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


def test_characters_no_workbook_can_hold_are_left_out(examined: Examined) -> None:
    place = Place("样本.xlsx", "项目", "A2", "名\x01称")
    odd = Finding("V1", Severity.NOTE, place, "=1+1<&>\ud800\x0b", "x" * 40_000)
    sheet = book_of(examined, odd)["问题清单"]
    assert (sheet["E2"].value, sheet["F2"].value) == ("名称", "=1+1<&>")
    assert sheet["F2"].data_type == "s"
    assert len(str(sheet["G2"].value)) == 32_767


def test_a_printed_figure_is_text_like_any_other() -> None:
    book = RowBook("题")
    LedgerSheet(book, "表").line([Shown("12.30"), Shown(""), "字"])
    page = openpyxl.load_workbook(io.BytesIO(book.finished())).worksheets[0]
    assert [cell.value for cell in page[1]] == ["12.30", None, "字"]


def test_tiers_have_names() -> None:
    assert tier_of(finding(Severity.VERIFY)) == "核实"
    assert tier_of(finding(Severity.VERIFY, explained="写了")) == "已说明"


@needs_validator
def test_the_book_is_valid(examined: Examined, tmp_path: Path) -> None:
    ledger = Ledger(examined.case, examined.findings, examined.readings, "样本（批注）.xlsx")
    (tmp_path / "校验结果.xlsx").write_bytes(findings_book(ledger))
    assert_valid([tmp_path / "校验结果.xlsx"])
