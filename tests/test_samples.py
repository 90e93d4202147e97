"""The sample workbooks: the corrected one is clean, the published one is not, every correction is listed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell, MergedCell

from docgen.figures import Figure
from docgen.figures.results import ProjectResult
from docgen.finding import Severity
from docgen.pipeline import Examined, examine
from docgen.quantity import HUNDRED, in_unit, plain, rounded

ROOT = Path(__file__).parent.parent
CORRECTED = ROOT / "inputs" / "xinxiang-2021.xlsx"
PUBLISHED = ROOT / "inputs" / "xinxiang-2021-as-published.xlsx"
LEAST = sorted(ROOT.glob("templates/*/sample/*.xlsx"))
BLANK, FORMULA = "（空白）", "（公式计算）"

# the department's 汇总表 as published, in its order
COLUMNS = ("全年预算数", "执行数", "执行率", "产出", "效益", "满意度", "总分")
SUMMARY = """
建档立卡优秀务工人员奖补 | 16.06 | 16.06 | 80.3 | 100 | 91.67 | 94.7 | 96.97
事业单位招聘 | 10 | 1.33 | 13.3 | 97.86 | 92.86 | 89.5 | 99.6
人事局工作经费 | 10 | 7.14 | 71.4 | 98.6 | 98.6 | 96.8 | 91.79
高校毕业生“三支一扶”计划中央和市补助资金 | 20.7 | 1.57 | 7.6 | 97.34 | 92.5 | 94.5 | 97.22
其他就业补助经费支出 | 828.44 | 828.44 | 100 | 100 | 100 | 100 | 100
创业贷款贴息经费支出 | 24.52 | 24.52 | 100 | 100 | 100 | 100 | 100
其他普惠发展支出 | 20.4 | 20.4 | 100 | 100 | 100 | 100 | 100
社会保险经办工作经费 | 5 | 3.97 | 79.4 | 100 | 100 | 100 | 98
自筹人员工资及社保缴费支出 | 77.47 | 77.47 | 100 | 100 | 100 | 100 | 100
劳动保障监察日常办公经费 | 4.54 | 4.49 | 99 | 100 | 100 | 100 | 100
劳动监察执法服装 | 3.5 | 3.5 | 100 | 100 | 100 | 100 | 100
"""
# where the published figure cannot be right, the one that follows from the forms
DIFFERENT = {
    ("建档立卡优秀务工人员奖补", "执行率"): "100",  # divided by 年初预算数
    ("事业单位招聘", "全年预算数"): "1.33",  # 年初预算数 in the wrong column
    ("事业单位招聘", "执行率"): "100",
    ("事业单位招聘", "产出"): "100",
    ("事业单位招聘", "效益"): "100",
    ("事业单位招聘", "满意度"): "100",  # 98% meets ≥95%
    ("事业单位招聘", "总分"): "100",
    ("人事局工作经费", "产出"): "100",  # 7.14 is below the ceiling of 10
    ("人事局工作经费", "效益"): "93.33",
    ("人事局工作经费", "总分"): "94.82",
    ("高校毕业生“三支一扶”计划中央和市补助资金", "执行率"): "7.58",
    ("高校毕业生“三支一扶”计划中央和市补助资金", "产出"): "100",
    ("高校毕业生“三支一扶”计划中央和市补助资金", "效益"): "93.67",  # 95% meets ≥90%
    ("高校毕业生“三支一扶”计划中央和市补助资金", "满意度"): "94.7",
    ("高校毕业生“三支一扶”计划中央和市补助资金", "总分"): "88.33",  # 0.76 for the budget, not 7.6
    ("其他普惠发展支出", "全年预算数"): "20.04",  # a lost 0
    ("其他普惠发展支出", "执行数"): "20.04",
    ("社会保险经办工作经费", "总分"): "97.94",
    ("劳动保障监察日常办公经费", "执行率"): "98.9",
    ("劳动保障监察日常办公经费", "产出"): "98",
    ("劳动保障监察日常办公经费", "总分"): "98.89",
}

# what the published figures must at least be told, rule by rule and cell by cell
FINDINGS = """
V107 项目 B12 | V107 绩效指标 D35
B101 项目资金 D14 E10 E14 E18 | B102 项目资金 E11 E12 E15 E16 E19 E20
B201 项目资金 F2 F3 F4 F22 | S102 项目资金 G2 G4 G8 G22 G29
B203 项目 J2 J3 | B204 项目 I4 I5 I9 | B206 项目 A5
I101 绩效指标 G7 G15 G18 G24 G25 G66 | I201 绩效指标 F7 F50 F82 F100 F101 F102 | I202 绩效指标 F94
I204 绩效指标 E49 | I206 绩效指标 E69 E70 E71 | I207 绩效指标 E93 E105 E115 E121 | I208 整体指标 E6
I301 绩效指标 J37 J38 J53 J54 J55 | I302 绩效指标 J83 | I304 绩效指标 D25
S101 绩效指标 H17 H21 H35 H115 | S105 整体指标 G21 G22
S107 绩效指标 J7 J8 J9 J22 J23 J24 J32 J33 J34 J36 | S107 整体指标 I21 I22 I23
S201 项目 K2 K3 K4 K5 K8 K11
X103 项目 E3 E4 E10 E11 E12 | X105 单位 F5 | X204 整体指标 E7 E8 E9 E10 | X205 整体指标 E24
A103 三公经费 C5 | A102 收支 C4 D4 E4 | A111 收支 D2 | A113 收支 D2
I309 整体指标 C23 | I310 绩效指标 D100 | N103 整体指标 J5
"""


@cache
def examined(path: Path) -> Examined:
    """The sample, read and checked once."""
    return examine(path)


def shown(figure: Figure, factor: Decimal = Decimal(1)) -> str:
    assert figure.value is not None
    return plain(rounded(figure.value * factor, 2))


def row_of(project: ProjectResult) -> dict[str, str]:
    unit = examined(CORRECTED).case.filing.department.money_unit.value
    assert unit is not None
    wan = in_unit(Decimal(1), unit)
    rates = [level.score_rate for level in project.levels]
    values = [
        shown(project.total.annual_budget, wan),
        shown(project.total.annual_spending, wan),
        *(shown(rate, HUNDRED) for rate in (project.total.execution_rate, *rates)),
        shown(project.total_score),
    ]
    return dict(zip(COLUMNS, values, strict=True))


def published_rows() -> dict[str, dict[str, str]]:
    lines = [[cell.strip() for cell in line.split("|")] for line in SUMMARY.strip().splitlines()]
    return {line[0]: dict(zip(COLUMNS, line[1:], strict=True)) for line in lines}


def said(cell: Cell | MergedCell) -> str:
    """A cell's content as the list of corrections writes it."""
    value = cell.value
    if value is None or value == "":
        return BLANK
    if isinstance(value, str) and value.startswith("="):
        return FORMULA
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, int | float):
        number = Decimal(str(value))
        return f"{plain(number * HUNDRED)}%" if "%" in cell.number_format else plain(number)
    return str(value).replace("\n", "<br>").replace("|", "\\|")


def contents(path: Path) -> dict[tuple[str, str], str]:
    """Every cell that is no example."""
    return {
        (sheet.title, cell.coordinate): said(cell)
        for sheet in openpyxl.load_workbook(path).worksheets
        for line in sheet.iter_rows()
        for cell in line
        if not str(line[0].value).startswith("（示例）")
    }


def differences() -> set[tuple[str, str, str, str]]:
    """(sheet, cell, published, corrected) wherever the two workbooks differ in what a person typed."""
    before, after = contents(PUBLISHED), contents(CORRECTED)
    pairs = ((place, before.get(place, BLANK), after.get(place, BLANK)) for place in before | after)
    return {(*place, one, two) for place, one, two in pairs if one != two and {one, two} != {BLANK, FORMULA}}


def tables_of_the_readme() -> tuple[list[list[str]], list[list[str]]]:
    """The rows of 改正清单 and of 核实说明."""
    text = (ROOT / "inputs" / "README.md").read_text("utf-8")
    corrections, explanations = text.split("## 改正清单")[1].split("## 核实说明")

    def rows(part: str) -> list[list[str]]:
        lines = [line for line in part.splitlines() if line.startswith("| ")]
        return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]

    return rows(corrections), rows(explanations)


def test_the_corrected_sample_has_no_open_finding() -> None:
    assert [finding for finding in examined(CORRECTED).findings if finding.is_open] == []


@pytest.mark.parametrize("path", LEAST, ids=lambda path: path.parts[-3])
def test_the_least_workbook_of_a_pack_has_no_finding_at_all(path: Path) -> None:
    assert not examined(path).findings


def test_every_explanation_closes_a_finding() -> None:
    findings = examined(CORRECTED).findings
    reasons = {finding.explained for finding in findings if finding.severity is Severity.VERIFY}
    assert reasons == {row.reason.value for row in examined(CORRECTED).case.filing.explanations}
    assert [finding for finding in findings if finding.code.startswith("X9")] == []


def test_projects_stand_in_the_order_of_the_published_summary() -> None:
    names = [project.project.name.value for project in examined(CORRECTED).case.figures.projects]
    assert names == list(published_rows())


@pytest.mark.parametrize("name", published_rows())
def test_computed_figures_equal_the_published_ones_or_the_named_ones(name: str) -> None:
    result = next(p for p in examined(CORRECTED).case.figures.projects if p.project.name.value == name)
    named = {column: value for (project, column), value in DIFFERENT.items() if project == name}
    assert row_of(result) == published_rows()[name] | named


def test_the_department_gets_the_score_of_its_form() -> None:
    overall = examined(CORRECTED).case.figures.overall
    assert [shown(level.score) for level in overall.levels] == ["15", "25", "30", "25.5"]
    assert shown(overall.total_score) == "95.5"
    assert overall.grade == "优"


def test_the_department_rates_follow_from_its_amounts() -> None:
    accounts = examined(CORRECTED).case.figures.accounts
    rates = ("budget_execution_rate", "surplus_rate", "sangong_control_rate", "procurement_execution_rate")
    assert [shown(accounts[rate], HUNDRED) for rate in rates] == ["99.66", "0.34", "45", "100"]


def test_the_published_workbook_yields_drafts() -> None:
    assert any(finding.is_open for finding in examined(PUBLISHED).findings)


def test_the_published_slips_are_found_at_their_cells() -> None:
    words = [group.split() for line in FINDINGS.strip().splitlines() for group in line.split("|")]
    expected = {(code, sheet, cell) for code, sheet, *cells in words for cell in cells}
    found = {(f.code, f.place.sheet, f.place.cell) for f in examined(PUBLISHED).findings}
    assert expected - found == set()


def test_the_readme_lists_every_difference_of_the_two_workbooks() -> None:
    corrections, explanations = tables_of_the_readme()
    listed = {(sheet, cell, before, after) for sheet, cell, _, before, after, _ in corrections}
    noted = {
        ("核实说明", f"{column}{row}", BLANK, text)
        for row, *texts in explanations
        for column, text in zip("ABCD", texts, strict=True)
    }
    assert listed | noted == differences()


def test_every_correction_has_its_reason() -> None:
    corrections, explanations = tables_of_the_readme()
    assert [row for row in [*corrections, *explanations] if not all(row)] == []
