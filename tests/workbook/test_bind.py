"""A workbook as a clerk spoils it: what is read, what is said, and where."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from docgen.finding import Severity
from docgen.model import UndertakingKind
from docgen.packs import Column
from docgen.quantity import MoneyUnit
from docgen.workbook import bind, blank, pack_named_in, read
from docgen.workbook.blank import Rows, Value
from tests.workbook.clerk import RIGHT, YEAR, bound, found, pack, tiers, typed, written


def test_a_right_workbook_yields_no_finding(tmp_path: Path) -> None:
    result = bound(tmp_path)
    assert found(result) == []
    filing = result.filing
    assert filing.department.name.value == "某县民政局"
    assert filing.department.money_unit.value is MoneyUnit.WAN
    assert [unit.name.value for unit in filing.units] == ["某县民政局", "某县福利中心"]
    assert [unit.self_evaluates.value for unit in filing.units] == [True, False]
    first, second = filing.projects
    assert first.funding[0].annual_spending.value == Decimal(160600)
    assert str(first.funding[0].annual_spending.place) == "项目资金!E2"
    assert first.funding[0].annual_spending.place.label == "全年执行数"
    assert [row.level3.value for row in second.indicators] == ["服务能力"]
    assert str(filing.sheets["funding"]) == "项目资金"


def test_every_target_and_actual_says_how_it_was_read(tmp_path: Path) -> None:
    readings = bound(tmp_path).readings
    assert [(str(r.place), r.text, r.kind, r.meaning) for r in readings] == [
        ("绩效指标!E2", "≥200人", "定量", "不低于 200 人"),
        ("绩效指标!F2", "230人", "定量", "230 人（未写比较符号）"),
        ("绩效指标!E3", "提升", "定性", "文字，由人判断"),
        ("绩效指标!F3", "提升", "定性", "文字，由人判断"),
    ]


def test_a_text_that_stands_twice_is_read_at_both_places(tmp_path: Path) -> None:
    def again(book: Workbook) -> None:
        book["绩效指标"]["E3"] = "≥200人"

    result = bound(tmp_path, spoil=again)
    rows = [row for project in result.filing.projects for row in project.indicators]
    assert rows[0].target.value == rows[1].target.value
    assert [str(row.target.place) for row in rows] == ["绩效指标!E2", "绩效指标!E3"]
    assert [(str(r.place), r.meaning) for r in result.readings if r.text == "≥200人"] == [
        ("绩效指标!E2", "不低于 200 人"),
        ("绩效指标!E3", "不低于 200 人"),
    ]


def test_a_wrong_text_that_stands_twice_is_reported_at_both_places(tmp_path: Path) -> None:
    def again(book: Workbook) -> None:
        book["绩效指标"]["G2"] = book["绩效指标"]["G3"] = "十分"

    wrong = [each for each in found(bound(tmp_path, spoil=again)) if "G" in each]
    assert [each.partition(" ")[2] for each in wrong] == ["绩效指标!G2", "绩效指标!G3"]


def test_the_workbook_says_which_pack_it_is_for(tmp_path: Path) -> None:
    assert pack_named_in(read(written(tmp_path))) == "xinxiang"
    assert pack_named_in(read(written(tmp_path, spoil=typed("单位信息", "B6", None)))) is None
    wide = written(tmp_path, spoil=typed("单位信息", "B6", " ｘｉｎｘｉａｎｇ "))
    assert pack_named_in(read(wide)) == "xinxiang"


def test_a_new_workbook_lists_only_what_is_to_be_filled(tmp_path: Path) -> None:
    path = tmp_path / "空.xlsx"
    blank(path, pack(), YEAR)
    result = bind(read(path), pack().layout, tiers(pack()))
    assert found(result) == ["V107 单位信息!B1", "V107 单位信息!B5", "W105 单位", "W105 项目"]


def renamed(old: str, new: str) -> Callable[[Workbook], None]:
    def spoil(book: Workbook) -> None:
        book[old].title = new

    return spoil


def cleared(title: str, letter: str) -> Callable[[Workbook], None]:
    def spoil(book: Workbook) -> None:
        for cell in book[title][letter]:
            cell.value = None

    return spoil


def removed(title: str) -> Callable[[Workbook], None]:
    return lambda book: book.remove(book[title])


def moved(title: str, cells: str, rows: int = 0, columns: int = 0) -> Callable[[Workbook], None]:
    return lambda book: book[title].move_range(cells, rows, columns)


def hide_row(book: Workbook) -> None:
    book["绩效指标"].row_dimensions[3].hidden = True


def hide_column(book: Workbook) -> None:
    book["项目资金"].column_dimensions["C"].hidden = True


def hide_sheet(book: Workbook) -> None:
    book["项目资金"].sheet_state = "hidden"


def merged(title: str, cells: str) -> Callable[[Workbook], None]:
    return lambda book: book[title].merge_cells(cells)


def another_sheet(book: Workbook) -> None:
    book.create_sheet("草稿纸")["A1"] = "算一算"


def empty_sheet(book: Workbook) -> None:
    book.create_sheet("Sheet1")


def project_again(book: Workbook) -> None:
    for column, value in enumerate(("高龄 津贴", "某县民政局", "", "甲", "乙"), 1):
        book["项目"].cell(4, column).value = value


SPOILT: list[tuple[str, Callable[[Workbook], None], list[str]]] = [
    ("a missing sheet", removed("项目资金"), ["W101 填报.xlsx"]),
    ("a renamed sheet", renamed("项目资金", "项目经费"), ["W101 项目经费"]),
    ("a sheet renamed beyond recognition", renamed("项目资金", "Sheet3"), ["W101 Sheet3"]),
    ("a sheet with spaces in its name", renamed("项目资金", " 项目 资金"), []),
    ("a missing sheet that is not required", removed("核实说明"), []),
    ("a sheet of her own", another_sheet, ["W106 草稿纸"]),
    ("an empty sheet", empty_sheet, []),
    ("a renamed column", typed("绩效指标", "E1", "年度目标值"), ["W102 绩效指标!E1"]),
    ("a column renamed altogether", typed("绩效指标", "G1", "权重"), ["W102 绩效指标!G1"]),
    ("an alias", typed("绩效指标", "E1", "指标值"), []),
    ("a label with its unit", typed("项目资金", "D1", "全年预算数（万元）："), []),
    ("a missing required column", typed("绩效指标", "E1", None), ["W102 绩效指标"]),
    ("an optional column without its heading", typed("项目资金", "C1", None), ["W112 项目资金!C1"]),
    ("a missing optional column", cleared("项目资金", "C"), []),
    ("an optional column renamed", typed("项目资金", "C1", "备注"), ["W112 项目资金!C1"]),
    ("a column twice", typed("项目资金", "C1", "全年预算数"), ["W104 项目资金!D1"]),
    ("a column of her own", typed("项目", "M1", "备注"), ["W103 项目!M1"]),
    ("a heading blank", typed("三公经费", "A1", None), ["W102 三公经费"]),
    ("a field label lost", typed("单位信息", "A5", "单位"), ["W102 单位信息"]),
    ("a field twice", typed("单位信息", "A9", "年度"), ["W104 单位信息!A9"]),
    ("headings three rows down", moved("项目资金", "A1:G400", rows=3), []),
    ("text in a number", typed("项目资金", "D2", "约16万"), ["V101 项目资金!D2"]),
    ("full-width digits", typed("项目资金", "D2", "１６．０６"), []),
    ("an amount with its unit", typed("项目资金", "D2", "160,600 元"), []),
    ("a stroke for nothing", typed("项目资金", "C2", "—"), []),
    ("a stroke in a required cell", typed("项目资金", "D2", "—"), ["V107 项目资金!D2"]),
    ("a required cell blank", typed("绩效指标", "G2", None), ["V107 绩效指标!G2"]),
    ("a required field blank", typed("单位信息", "B1", "  "), ["V107 单位信息!B1"]),
    ("an unlisted source", typed("项目资金", "B2", "县财政"), ["V106 项目资金!B2"]),
    ("a level of another name", typed("绩效指标", "B2", "产出类"), ["V106 绩效指标!B2"]),
    ("a project nobody knows", typed("绩效指标", "A2", "高龄补贴"), ["W201 绩效指标!A2"]),
    ("a project with spaces", typed("绩效指标", "A2", " 高龄 津贴 "), []),
    ("a unit nobody knows", typed("项目", "B2", "某县财政局"), ["W201 项目!B2"]),
    ("a unit by its short name", typed("项目", "B2", "民政局"), []),
    ("a project twice", project_again, ["W202 项目!A4"]),
    ("a unit twice", typed("单位", "A3", "某县 民政局"), ["W202 单位!A3"]),
    ("a date without a day", typed("单位信息", "B4", "2022年7月"), ["V103 单位信息!B4"]),
    ("a date typed without strokes", typed("单位信息", "B4", 20220711), []),
    ("a number that is no date", typed("单位信息", "B4", 99999999), ["V103 单位信息!B4"]),
    ("a date in another habit", typed("单位信息", "B4", "2022.7.11"), []),
    ("a short year", typed("单位信息", "B3", "21"), ["V104 单位信息!B3"]),
    ("an unknown money unit", typed("单位信息", "B5", "千元"), ["V106 单位信息!B5"]),
    ("neither yes nor no", typed("单位", "D2", "部分"), ["V105 单位!D2"]),
    ("a lost reference", typed("项目资金", "D2", "#REF!"), ["V109 项目资金!D2"]),
    ("a formula nobody computed", typed("项目资金", "D2", "=C2-1"), ["V108 项目资金!D2"]),
    ("a claim over a formula", typed("项目资金", "F2", 0.803), []),
    ("a claim without its sign", typed("项目资金", "F2", "80.3"), ["V111 项目资金!F2"]),
    ("a hidden row", hide_row, ["W107 绩效指标"]),
    ("a hidden column", hide_column, ["W107 项目资金"]),
    ("a hidden sheet", hide_sheet, ["W107 项目资金"]),
    ("merged texts", merged("项目", "D2:E2"), ["V107 项目!E2", "W108 项目!D2"]),
    ("signs of markup", typed("项目", "D2", "<b>甲 & 乙</b>"), []),
]


@pytest.mark.parametrize("spoil,expected", [case[1:] for case in SPOILT], ids=[case[0] for case in SPOILT])
def test_one_mistake_is_one_finding(
    tmp_path: Path, spoil: Callable[[Workbook], None], expected: list[str]
) -> None:
    assert found(bound(tmp_path, spoil=spoil)) == expected


def message(folder: Path, spoil: Callable[[Workbook], None]) -> str:
    return bound(folder, spoil=spoil).findings[0].message


def test_a_renamed_sheet_or_column_or_project_is_guessed(tmp_path: Path) -> None:
    assert message(tmp_path, renamed("项目资金", "Sheet3")) == "缺少表“项目资金”。“Sheet3”是不是它改了名？"
    assert message(tmp_path, typed("绩效指标", "E1", "年度目标值")) == (
        "表头里没有“年度指标值”。E1 的“年度目标值”是不是它改了名？"
    )
    assert message(tmp_path, typed("绩效指标", "A2", "高龄补贴")) == (
        "“项目名称”填“高龄补贴”，“项目”里没有。是不是“高龄津贴”？"
    )


def test_an_unknown_name_is_answered_with_the_names_in_their_order(tmp_path: Path) -> None:
    finding = bound(tmp_path, spoil=typed("绩效指标", "A2", "甲")).findings[0]
    assert finding.expected == "高龄津贴、设备购置"


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    def swap(book: Workbook) -> None:
        sheet = book["项目资金"]
        for row in range(1, 5):
            left, right = sheet.cell(row, 1).value, sheet.cell(row, 2).value
            sheet.cell(row, 1).value, sheet.cell(row, 2).value = right, left

    result = bound(tmp_path, spoil=swap)
    assert found(result) == []
    assert result.filing.projects[0].funding[0].source.place.cell == "A2"


def test_blank_rows_and_example_rows_are_passed_over(tmp_path: Path) -> None:
    def spoil(book: Workbook) -> None:
        sheet = book["绩效指标"]
        sheet.move_range("A2:J3", rows=5)
        for row, first in ((2, "（示例）高龄津贴"), (3, "例：某项目"), (4, "示例"), (5, "   ")):
            sheet.cell(row, 1).value = first
        sheet["D4"] = None
        sheet["A4"] = "（示例）"

    result = bound(tmp_path, spoil=spoil)
    assert found(result) == []
    assert [row.level3.place.cell for p in result.filing.projects for row in p.indicators] == ["D7", "D8"]


def test_names_and_levels_merged_downwards_hold_for_every_row(tmp_path: Path) -> None:
    def spoil(book: Workbook) -> None:
        sheet = book["绩效指标"]
        for column, value in enumerate(("效益指标", "社会效益指标", "群众认可", "提升", "提升", "30"), 2):
            sheet.cell(4, column).value = value
        sheet.merge_cells("A3:A4")
        sheet["B4"] = None
        sheet.merge_cells("B3:B4")

    result = bound(tmp_path, spoil=spoil)
    assert found(result) == ["W108 绩效指标!A3"]
    rows = result.filing.projects[1].indicators
    assert [(row.level1.value, row.level3.value) for row in rows] == [
        ("效益指标", "服务能力"),
        ("效益指标", "群众认可"),
    ]
    assert rows[1].level1.place.cell == "B4"


def test_a_level_written_once_without_merging_is_a_blank_below(tmp_path: Path) -> None:
    assert found(bound(tmp_path, spoil=typed("绩效指标", "B3", None))) == ["V107 绩效指标!B3"]


def test_control_characters_are_dropped_and_mentioned(tmp_path: Path) -> None:
    rows = {
        **RIGHT,
        "projects": [{**RIGHT["projects"][0], "expected": "按月\x01发放。"}, RIGHT["projects"][1]],
    }
    result = bound(tmp_path, rows)
    assert found(result) == ["V110 项目!D2"]
    assert result.filing.projects[0].expected.value == "按月发放。"


def test_texts_that_look_like_formulas_or_are_very_long_are_texts(tmp_path: Path) -> None:
    text = "=1+1\n" + "长" * 3000
    rows = {**RIGHT, "projects": [{**RIGHT["projects"][0], "expected": text}, RIGHT["projects"][1]]}
    result = bound(tmp_path, rows)
    assert found(result) == []
    assert result.filing.projects[0].expected.value == text


def test_amounts_are_held_in_yuan_whatever_the_workbook_declares(tmp_path: Path) -> None:
    filing = bound(tmp_path, spoil=typed("单位信息", "B5", "元")).filing
    assert filing.projects[0].funding[0].annual_budget.value == Decimal("16.06")


def test_negative_amounts_are_left_to_the_checks(tmp_path: Path) -> None:
    result = bound(tmp_path, spoil=typed("项目资金", "E2", -5))
    assert found(result) == []
    assert result.filing.projects[0].funding[0].annual_spending.value == Decimal(-50000)


def test_a_claimed_rate_is_kept_and_a_formula_is_not(tmp_path: Path) -> None:
    lines = [p.funding[0] for p in bound(tmp_path, spoil=typed("项目资金", "F2", 0.803)).filing.projects]
    assert [line.execution_rate.value for line in lines] == [Decimal("0.803"), None]
    assert lines[1].execution_rate.place.cell == "F3"


def test_the_total_row_stands_apart_and_only_once(tmp_path: Path) -> None:
    line = RIGHT["funding"][0]
    totals: list[Mapping[str, Value]] = [{**line, "source": "年度资金总额"}] * 2
    result = bound(tmp_path, {**RIGHT, "funding": [*RIGHT["funding"], *totals]})
    assert found(result) == ["W205 项目资金!B5"]
    project = result.filing.projects[0]
    assert project.total is not None
    assert project.total.source.place.cell == "B4"
    assert len(project.funding) == 1


def test_narratives_fit_their_scope_and_come_once(tmp_path: Path) -> None:
    texts = [
        {"scope": "部门整体", "section": "整体·工作组织", "text": "甲"},
        {"scope": "民政局", "section": "自评过程", "text": "乙"},
        {"scope": "某县民政局", "section": "自评过程", "text": "丙"},
        {"scope": "部门整体", "section": "自评过程", "text": "丁"},
        {"scope": "某县福利中心", "section": "整体·工作组织", "text": "戊"},
        {"scope": "某县财政局", "section": "自评过程", "text": "己"},
    ]
    result = bound(tmp_path, {**RIGHT, "narratives": texts})
    assert found(result) == ["W201 文字!A7", "W203 文字!B4", "W204 文字!B5", "W204 文字!B6"]
    assert result.filing.narratives[1].scope.value == "某县民政局"


def test_goals_and_tasks_know_what_they_are(tmp_path: Path) -> None:
    rows: Rows = {**RIGHT, "undertakings": [{"kind": "任务", "name": "甲", "content": "乙"}]}
    assert bound(tmp_path, rows).filing.undertakings[0].kind.value is UndertakingKind.TASK


def test_an_empty_workbook_is_one_finding(tmp_path: Path) -> None:
    path = tmp_path / "空.xlsx"
    openpyxl.Workbook().save(path)
    assert found(bind(read(path), pack().layout, ())) == ["W105 空.xlsx"]


def test_a_workbook_about_something_else_is_one_finding(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "工资表"  # type: ignore[index]
    book.save(tmp_path / "工资.xlsx")
    assert found(bind(read(tmp_path / "工资.xlsx"), pack().layout, ())) == ["W101 工资.xlsx"]


def test_headings_deleted_from_a_required_sheet(tmp_path: Path) -> None:
    def spoil(book: Workbook) -> None:
        for sheet in ("三公经费", "单位信息"):
            book[sheet].delete_cols(1, 1) if sheet == "单位信息" else book[sheet].delete_rows(1, 2)

    codes = found(bound(tmp_path, spoil=spoil))
    assert "W111 单位信息" in codes


def test_an_open_file_and_macros_are_mentioned(tmp_path: Path) -> None:
    path = written(tmp_path)
    (tmp_path / "~$填报.xlsx").write_bytes(b"x")
    result = bind(read(path), pack().layout, tiers(pack()))
    assert found(result) == ["W109 填报.xlsx"]
    assert result.findings[0].severity is Severity.NOTE


def test_macros_are_mentioned(tmp_path: Path) -> None:
    path = written(tmp_path).rename(tmp_path / "填报.xlsm")
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"macro")
    assert found(bind(read(path), pack().layout, tiers(pack()))) == ["W110 填报.xlsm"]


def test_columns_that_only_a_pack_knows_are_kept_as_text(tmp_path: Path) -> None:
    sheet = pack().layout.sheets["projects"]
    more = {"remark": Column("备注"), "grant": Column("补助", "money"), "start": Column("开工", "date")}
    wider = replace(sheet, columns={**sheet.columns, **more})
    layout = replace(pack().layout, sheets={**pack().layout.sheets, "projects": wider})

    def spoil(book: Workbook) -> None:
        for column, (label, value) in enumerate((("备注", "甲"), ("补助", "1.5"), ("开工", "2021.3.1")), 13):
            book["项目"].cell(1, column).value = label
            book["项目"].cell(2, column).value = value

    result = bind(read(written(tmp_path, spoil=spoil)), layout, tiers(pack()))
    assert found(result) == []
    extras = result.filing.projects[0].extras
    assert {name: extra.value for name, extra in extras.items()} == {
        "remark": "甲",
        "grant": "15000",
        "start": "2021.3.1",
    }
    assert extras["grant"].place.cell == "N2"


def test_a_row_of_nothing_but_broken_cells_is_not_passed_over(tmp_path: Path) -> None:
    def spoil(book: Workbook) -> None:
        book["三公经费"]["B2"], book["三公经费"]["B3"] = "#REF!", "=1+1"
        book["三公经费"]["A2"] = None

    assert found(bound(tmp_path, spoil=spoil)) == [
        "V107 三公经费!A2",
        "V109 三公经费!B2",
        "V107 三公经费!A3",
        "V108 三公经费!B3",
    ]


def test_without_the_sheet_that_lists_them_any_name_is_taken(tmp_path: Path) -> None:
    result = bound(tmp_path, spoil=removed("单位"))
    assert found(result) == ["W101 填报.xlsx"]
    assert [project.unit.value for project in result.filing.projects] == ["某县民政局", "某县民政局"]


def test_many_hidden_rows_are_named_in_part(tmp_path: Path) -> None:
    more = [{**RIGHT["projects"][0], "name": f"第{number}个"} for number in range(9)]
    rows = {**RIGHT, "projects": [*RIGHT["projects"], *more]}

    def spoil(book: Workbook) -> None:
        for row in range(2, 13):
            book["项目"].row_dimensions[row].hidden = True

    message = bound(tmp_path, rows, spoil).findings[0].message
    assert message == "第 2、3、4、5、6、7、8、9 行等隐藏着，里面的内容照样读取。"
