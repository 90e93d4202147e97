"""The sample of the national forms: figures worked out by hand, and every kind of project they know."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import openpyxl
import pytest

from docgen.figures import Figure
from docgen.pipeline import Examined, examine, run
from docgen.quantity import HUNDRED, plain, rounded
from tests.docxtext import docx_text

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "inputs" / "national-sample.xlsx"

# 全年预算数, 全年执行数, 执行率, 得分: a project a line, added up and divided by hand
PROJECTS = """
城乡义务教育家庭经济困难学生生活补助 | 338.6 | 335.4 | 99.05 | 99.91
中小学校舍维修改造 | 500 | 449.4 | 89.88 | 98.49
教育信息系统运行维护 | 58 | 58 | 100 | 100
中小学教师全员培训 | 85 | 83.3 | 98 | 98.64
普通高中教学设备购置 | 170 | 167.75 | 98.68 | 99.87
全民健身赛事活动 | 48 | 47.4 | 98.75 | 99.88
"""
# the full marks of each 一级指标, by the project that is judged by them
LEVELS = {
    "中小学校舍维修改造": {"成本指标": 20, "产出指标": 40, "效益指标": 20, "满意度指标": 10},
    "教育信息系统运行维护": {"产出指标": 50, "效益指标": 40},
    "全民健身赛事活动": {"产出指标": 50, "效益指标": 30, "满意度指标": 10},
}
RATES = {
    "在职人员控制率": "97.12%",  # 472÷486
    "“三公经费”变动率": "-8.57%",  # (12.8−14)÷14
    "预算完成率": "99%",  # 7682.05÷7759.6
    "预算调整率": "1.89%",  # 144÷7615.6
    "支付进度率": "99.28%",  # 5778.05÷7759.6÷75%
    "结转结余率": "1%",  # 77.55÷7759.6
    "公用经费控制率": "97.1%",  # 582.6÷600
    "“三公经费”控制率": "85.33%",  # 12.8÷15
    "政府采购执行率": "97.49%",  # 463.1÷475
    "固定资产利用率": "97.59%",  # 18200÷18650
    "实际完成率": "100%",  # 8÷8
    "完成及时率": "87.5%",  # 7÷8
    "重点工作办结率": "100%",  # 4÷4
}


@cache
def examined() -> Examined:
    return examine(SAMPLE)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The report of the department, a line for each paragraph."""
    done = run(SAMPLE, out=tmp_path_factory.mktemp("出"), measure_pages=False)
    assert done.is_final
    return docx_text(next(done.stored.folder.rglob("*自评报告.docx"))).splitlines()


def percent(figure: Figure) -> str:
    assert figure.value is not None
    return f"{plain(rounded(figure.value * HUNDRED, 2))}%"


@pytest.mark.parametrize("line", PROJECTS.strip().splitlines(), ids=lambda line: line.split(" ")[0])
def test_a_project_has_the_figures_worked_out_by_hand(line: str) -> None:
    name, *expected = (cell.strip() for cell in line.split("|"))
    result = next(p for p in examined().case.figures.projects if p.project.name.value == name)
    amounts = [result.total.annual_budget.value, result.total.annual_spending.value]
    assert [plain(amount / 10000) for amount in amounts if amount is not None] == expected[:2]
    assert percent(result.total.execution_rate) == f"{expected[2]}%"
    assert result.total_score.value is not None
    assert plain(rounded(result.total_score.value, 2)) == expected[3]


@pytest.mark.parametrize("name", LEVELS)
def test_projects_are_weighed_by_the_levels_they_have(name: str) -> None:
    result = next(p for p in examined().case.figures.projects if p.project.name.value == name)
    assert {level.name: level.points.value for level in result.levels} == LEVELS[name]
    assert result.points.value == 100


def test_other_weights_than_those_are_told(tmp_path: Path) -> None:
    path = tmp_path / "改.xlsx"
    book = openpyxl.load_workbook(SAMPLE)
    sheet = book["绩效指标"]
    heads, *lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    (row,) = [number for number, line in enumerate(lines, 2) if "受益学生人数" in line]
    sheet.cell(row, heads.index("分值") + 1, 15)
    book.save(path)
    told = [finding.message for finding in examine(path).findings if finding.is_open]
    assert any("效益指标" in message and "25" in message for message in told)


@pytest.mark.parametrize("name", RATES)
def test_results_of_the_department_form_are_computed(name: str) -> None:
    (row,) = [row for row in examined().case.figures.overall.rows if row.level3 == name]
    assert not row.actual.is_given
    assert percent(row.actual_figure) == RATES[name]


def test_the_total_is_converted_to_a_hundred() -> None:
    overall = examined().case.figures.overall
    assert [row.level3 for row in overall.rows if row.is_excluded] == ["生态环境改善程度"]
    scores = [overall.points, overall.total_score, overall.converted_score]
    assert [plain(score.value) for score in scores if score.value is not None] == ["98", "96.91", "98.89"]
    assert overall.grade == "优"


def test_nothing_is_left_open_and_the_late_work_is_explained() -> None:
    findings = examined().findings
    assert [finding for finding in findings if finding.is_open] == []
    assert [finding.code for finding in findings] == ["X431"]


@pytest.mark.parametrize(
    "sentence",
    [
        "预算调整率1.89%",
        "第三季度末累计支出5778.05万元，实际支付进度74.46%，序时进度75%",
        "自评满分98分，得96.91分，其中投入得15分，过程得34.78分，产出得29.13分，效果得18分",
        "生态环境改善程度不适用，按适用指标换算为百分制，得98.89分。评价等级为“优”",
        "“三公”经费比上年减少1.20万元，减少8.57%",
        "（4）公众评判法。",
        "3. 基础信息更新不够及时。",
    ],
)
def test_the_report_says_what_follows_from_the_sheets(report: list[str], sentence: str) -> None:
    assert any(sentence in line for line in report)
