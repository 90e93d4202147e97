"""The workbook a clerk is given, and the promise that what is written into it is read back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from docgen.packs import load_pack, pack_ids
from docgen.workbook import bind, blank, read, write_workbook
from docgen.workbook.blank import LAST_ROW, PREPARED_ROWS, Value
from docgen.workbook.records import is_example
from tests.real_office import assert_opens, assert_valid, needs_soffice, needs_validator
from tests.workbook.clerk import RIGHT, YEAR, pack, tiers

Row = Mapping[str, Value]


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "空.xlsx"
    blank(path, pack(), YEAR)
    return path


@pytest.fixture
def opened(empty: Path) -> Workbook:
    return openpyxl.load_workbook(empty)


def validations(book: Workbook, title: str) -> dict[str, Any]:
    """The validations of a sheet by the first cell they hold for."""
    found = book[title].data_validations.dataValidation
    return {str(each.sqref).split(":", maxsplit=1)[0]: each for each in found}


def names(book: Workbook) -> dict[str, str]:
    return {name: str(defined.attr_text) for name, defined in book.defined_names.items()}


def test_every_sheet_of_the_layout_is_there_behind_the_guide(opened: Workbook) -> None:
    titles = [sheet.title for sheet in pack().layout.used_sheets.values()]
    assert opened.sheetnames == ["填写说明", *titles, "清单"]
    assert opened["清单"].sheet_state == "hidden"


def test_the_guide_links_to_every_sheet_and_says_what_to_do(opened: Workbook) -> None:
    guide = opened["填写说明"]
    links = {cell.value for row in guide.iter_rows() for cell in row if cell.hyperlink}
    assert links == {sheet.title for sheet in pack().layout.used_sheets.values()}
    text = "\n".join(str(cell.value) for row in guide.iter_rows() for cell in row if cell.value)
    assert "docgen check" in text
    assert "docgen run" in text


def test_pack_and_year_are_filled_in_already(opened: Workbook) -> None:
    fields = {row[0].value: row[1].value for row in opened["单位信息"].iter_rows()}
    assert fields["年度"] == YEAR
    assert fields["模板包"] == pack().id


@pytest.mark.parametrize("pack_id", pack_ids())
def test_headings_are_frozen_and_carry_the_printed_labels(tmp_path: Path, pack_id: str) -> None:
    blank(tmp_path / "空.xlsx", load_pack(pack_id), YEAR)
    book = openpyxl.load_workbook(tmp_path / "空.xlsx")
    for sheet in load_pack(pack_id).layout.used_sheets.values():
        if sheet.kind == "table":
            labels = [column.label for column in sheet.used_columns.values()]
            assert [cell.value for cell in book[sheet.title][1]] == labels
            assert book[sheet.title].freeze_panes == "B2"


def test_the_example_row_is_grey_and_marked(opened: Workbook) -> None:
    for sheet in pack().layout.used_sheets.values():
        if sheet.kind == "table":
            first = opened[sheet.title]["A2"]
            assert is_example(str(first.value))
            assert first.font.italic


def test_only_computed_cells_and_headings_are_locked(opened: Workbook) -> None:
    sheet = opened["项目资金"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert sheet["A1"].protection.locked
    assert sheet["F3"].protection.locked
    styles = {letter: dimension for letter, dimension in sheet.column_dimensions.items() if letter in "AD"}
    assert not any(style.protection.locked for style in styles.values())


def test_computed_columns_are_live_formulas_on_every_prepared_row(opened: Workbook) -> None:
    sheet = opened["项目资金"]
    assert sheet["F3"].value == '=IF(N(D3)=0,"",E3/D3)'
    assert sheet.cell(PREPARED_ROWS + 2, 6).value is not None


def test_closed_lists_refuse_and_name_lists_follow_their_sheet(opened: Workbook) -> None:
    found = validations(opened, "项目资金")
    assert found["A3"].formula1 == "list_projects_name"
    assert found["A3"].showErrorMessage
    assert str(found["A3"].sqref) == f"A3:A{LAST_ROW}"
    follows = "OFFSET('项目'!$A$3,0,0,MAX(1,COUNTA('项目'!$A$3:$A$503)),1)"
    assert names(opened)["list_projects_name"] == follows

    sources = names(opened)[found["B3"].formula1]
    lists, area = sources.split("!")
    cells = opened[lists.strip("'")][area.replace("$", "")]
    assert tuple(cell[0].value for cell in cells) == pack().layout.sheets["funding"].columns["source"].choices


def test_hints_are_shown_where_the_clerk_types(opened: Workbook) -> None:
    hint = validations(opened, "绩效指标")["E3"]
    assert hint.type in {None, "none"}
    assert hint.prompt == pack().layout.sheets["indicators"].columns["target"].hint


def test_the_scopes_are_the_department_and_every_unit(tmp_path: Path) -> None:
    write_workbook(tmp_path / "填报.xlsx", pack(), YEAR, RIGHT)
    book = openpyxl.load_workbook(tmp_path / "填报.xlsx", data_only=True)
    target = names(book)["list_scopes"]
    column = target.split("$")[1]
    scopes = [book["清单"][f"{column}{row}"].value for row in range(2, 6)]
    assert scopes == ["部门整体", "某县民政局", "某县福利中心", None]


def test_the_same_call_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("一.xlsx", "二.xlsx"):
        write_workbook(tmp_path / name, pack(), YEAR, RIGHT)
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()


SPREADSHEETS_CHANGE = ["_x0041_", "=1+1", "'甲", "1-2", "0012", "TRUE", "#REF!", "http://甲", "{=甲}"]


@pytest.mark.parametrize("text", SPREADSHEETS_CHANGE)
def test_texts_that_spreadsheets_like_to_change_stay_as_they_are(tmp_path: Path, text: str) -> None:
    first, second = RIGHT["projects"]
    rows = {**RIGHT, "projects": [{**first, "usage": text}, second]}
    write_workbook(tmp_path / "文.xlsx", pack(), YEAR, rows)
    result = bind(read(tmp_path / "文.xlsx"), pack().layout, tiers(pack()))
    assert result.filing.projects[0].usage.value == text


@needs_validator
def test_the_open_xml_sdk_finds_nothing_wrong(empty: Path, tmp_path: Path) -> None:
    write_workbook(tmp_path / "填报.xlsx", pack(), YEAR, RIGHT)
    assert_valid([empty, tmp_path / "填报.xlsx"])


@needs_soffice
def test_it_opens_in_libreoffice_with_its_lists(empty: Path, tmp_path: Path) -> None:
    pdf = assert_opens([empty], tmp_path)[empty]
    assert pdf.stat().st_size > 0
