"""年终汇总.xlsx and the pack's own summary over all departments."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from docgen.batch import County, State, county_book
from docgen.batch.county import Chapter, contents_of
from docgen.batch.county_book import county_products
from docgen.outputs.headline import headline, headline_with_extract, run_folders
from tests.batch.county import MINIMAL, batch, department, digests, only, states
from tests.real_office import assert_opens, assert_valid, needs_soffice, needs_validator

FORM = "2021年度项目支出自评汇总表（全部部门）"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, County]:
    """A county of three departments, one a draft, and a file that is no workbook."""
    folder = tmp_path_factory.mktemp("county")
    for name in ("甲局", "乙局"):
        department(folder / "入" / f"{name}.xlsx", name)
    department(folder / "入" / "丙局.xlsx", "丙局", draft=True)
    (folder / "入" / "坏.xlsx").write_bytes(b"PK\x03\x04")
    return folder / "出", batch(folder / "入", folder / "出")


def lines(sheet: Worksheet) -> list[dict[str, object]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_every_department_has_its_line(made: tuple[Path, County]) -> None:
    out, _ = made
    book = openpyxl.load_workbook(out / "年终汇总.xlsx")
    told = {line["工作簿"]: line for line in lines(book["部门"])}
    assert [told[f"{name}局.xlsx"]["结果"] for name in "甲乙丙"] == ["定稿", "定稿", "草稿"]
    found = headline_with_extract(next(folder for folder in run_folders(out) if folder.parent.name == "甲局"))
    assert found is not None
    extract = found[1]
    assert extract.annual_budget is not None
    first = told["甲局.xlsx"]
    assert Decimal(str(first["全年预算数（万元）"])) == extract.annual_budget / 10_000
    assert first["执行率"] == pytest.approx(float(extract.execution_rate or 0))
    assert Decimal(str(first["整体得分"])) == extract.overall_score
    assert (first["整体等级"], first["错误"]) == (extract.overall_grade, 0)
    assert told["丙局.xlsx"]["错误"] == 1
    assert told["坏.xlsx"]["结果"] == "未生成"
    assert "坏.xlsx" in str(told["坏.xlsx"]["说明"])


def test_every_project_has_its_line_with_the_findings_on_its_own_rows(made: tuple[Path, County]) -> None:
    book = openpyxl.load_workbook(made[0] / "年终汇总.xlsx")
    projects = lines(book["项目"])
    assert [line["部门"] for line in projects] == ["丙局", "乙局", "甲局"]
    assert [line["发现"] for line in projects] == [1, 0, 0]
    assert {line["项目"] for line in projects} == {"信息系统运行维护"}


def test_the_first_sheet_adds_up_and_has_native_charts(made: tuple[Path, County]) -> None:
    path = made[0] / "年终汇总.xlsx"
    front = {row[0]: row[1] for row in openpyxl.load_workbook(path)["汇总"].iter_rows(values_only=True)}
    budgets = [line["全年预算数（万元）"] for line in lines(openpyxl.load_workbook(path)["项目"])]
    assert front["全年预算数（万元）"] == pytest.approx(sum(float(str(each)) for each in budgets))
    assert front["项目数"] == 3
    assert "部门 4 个：定稿 2 个，草稿 1 个，未生成 1 个。" in front
    with zipfile.ZipFile(path) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if "/charts/chart" in name]
    assert len(charts) == 2
    assert any('<c:barDir val="col"/>' in chart and "'汇总'" in chart for chart in charts) or any(
        "汇总!" in chart for chart in charts
    )
    assert any("执行率!" in chart for chart in charts)


def test_rates_are_listed_the_lowest_first(made: tuple[Path, County]) -> None:
    rates = [line["执行率"] for line in lines(openpyxl.load_workbook(made[0] / "年终汇总.xlsx")["执行率"])]
    assert rates == sorted(rates, key=str)


def test_the_form_of_the_pack_lists_the_projects_of_all_departments(made: tuple[Path, County]) -> None:
    tables = docx.Document(str(made[0] / f"{FORM}.docx")).tables
    rows = [[cell.text for cell in row.cells] for row in tables[0].rows]
    assert [row[1] for row in rows if "：" in row[1]] == [f"{name}局：信息系统运行维护" for name in "丙乙甲"]
    assert [row[0] for row in rows if row[0].isdigit()] == ["1", "2", "3"]
    total = next(row for row in rows if row[0] == "合计")
    assert Decimal(total[2]) == sum(Decimal(row[2]) for row in rows if row[0].isdigit())
    assert (made[0] / f"{FORM}.xlsx").is_file()


def test_a_long_table_comes_in_volumes_with_the_totals_in_the_last(
    made: tuple[Path, County], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(county_book, "ROWS_PER_VOLUME", 2)
    chapters = [Chapter("", folder, "") for folder in run_folders(made[0])]
    names = [product.path for product in county_products(chapters, "年终汇总.xlsx")]
    assert names == [
        "年终汇总.xlsx",
        *(f"{FORM}（第{n}册）{kind}" for n in (1, 2) for kind in (".docx", ".xlsx")),
    ]


def test_contents_hand_over_chapters_as_they_were_and_know_when_one_is_another() -> None:
    chapters = [
        Chapter("甲局.xlsx", Path("出") / "甲局" / "2021", "", Path("入")),
        Chapter("坏\udcff\n.xlsx", None, "坏.xlsx：不是 Excel 工作簿。", Path("入") / "下属"),
        Chapter("丙局.xlsx", None, ""),
    ]
    contents = contents_of(chapters)
    assert (list(contents), contents.number, contents.made) == (chapters, 3, 1)
    assert contents_of(chapters).digest == contents.digest
    assert contents_of([*chapters[:2], replace(chapters[2], message="x")]).digest != contents.digest


def test_the_tables_are_made_again_only_when_a_department_changed(tmp_path: Path) -> None:
    department(tmp_path / "入" / "甲局.xlsx", "甲局")
    department(tmp_path / "入" / "乙局.xlsx", "乙局")
    batch(tmp_path / "入", tmp_path / "出")
    before = digests(tmp_path / "出")
    (tmp_path / "出" / "年终汇总.xlsx").unlink()
    batch(tmp_path / "入", tmp_path / "出")
    assert digests(tmp_path / "出") == before
    department(tmp_path / "入" / "乙局.xlsx", "乙局", draft=True)
    batch(tmp_path / "入", tmp_path / "出")
    assert digests(tmp_path / "出")["年终汇总.xlsx"] != before["年终汇总.xlsx"]


def test_a_summary_that_a_person_edited_is_kept(tmp_path: Path) -> None:
    department(tmp_path / "入" / "甲局.xlsx", "甲局")
    batch(tmp_path / "入", tmp_path / "出")
    summary = tmp_path / "出" / "年终汇总.xlsx"
    shutil.copy(MINIMAL, summary)
    county = batch(tmp_path / "入", tmp_path / "出")
    assert county.summary == summary.with_name("年终汇总（新）.xlsx")
    assert summary.read_bytes() == MINIMAL.read_bytes()
    assert any("没有覆盖" in note for note in county.notes)


def test_a_summary_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    department(tmp_path / "入" / "甲局.xlsx", "甲局")
    (tmp_path / "出" / "run.json").mkdir(parents=True)
    county = batch(tmp_path / "入", tmp_path / "出")
    assert states(county) == {"甲局.xlsx": State.MADE}
    assert (county.summary, county.status) == (None, 3)
    assert only(county, "甲局.xlsx").status == 0


def test_a_record_that_tells_too_little_is_no_headline(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text('{\n  "docgen": "1",\n  "pack": {}\n}\n', "utf-8")
    assert headline(tmp_path) is None
    assert headline_with_extract(tmp_path) is None


@needs_validator
@needs_soffice
def test_the_county_tables_open_in_office(made: tuple[Path, County], tmp_path: Path) -> None:
    files = sorted(path for path in made[0].iterdir() if path.suffix in {".docx", ".xlsx"})
    assert len(files) == 3
    assert_valid(files)
    assert_opens(files, tmp_path)
