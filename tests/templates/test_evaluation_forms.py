"""The evaluation forms with two targets and their reports: grids, paper, and words said alike in all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from docgen.render import compile_template
from tests.ooxml import Element, Parts

ROOT = Path(__file__).parents[2]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PACK = ROOT / "templates" / "zezhou" / "documents"
PROJECT_FORM, TRANSFER_FORM = PACK / "project-form", PACK / "transfer-form"
ANALYSIS, TRANSFER_REPORT = PACK / "analysis-report.docx", PACK / "transfer-report.docx"
PROJECT_COLUMNS, TRANSFER_COLUMNS = 11, 7
MONEY_COLUMNS, MEASURE_COLUMNS = 9, 10  # of the two tables in the analysis report
TAGS = re.compile(r"\{[{%].*?[%}]\}")
CLAUSE = re.compile(r"\{% for 三级 in 二级\.三级 %\}.*?\{% endfor %\}")


def word(path: Path) -> Element:
    return Parts(path.with_suffix(".docx")).tree("word/document.xml")


def sheet(path: Path) -> Worksheet:
    found = openpyxl.load_workbook(path.with_suffix(".xlsx")).active
    assert isinstance(found, Worksheet)
    return found


def said(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(W + "t"))


def paragraphs(path: Path) -> list[str]:
    return [said(paragraph) for paragraph in word(path).iter(W + "p")]


def columns(path: Path) -> list[int]:
    return [len([*table.iter(W + "gridCol")]) for table in word(path).iter(W + "tbl")]


def styles(path: Path) -> dict[str, Element]:
    tree = Parts(path).tree("word/styles.xml")
    return {style.get(W + "styleId", ""): style for style in tree.iter(W + "style")}


def cells(path: Path) -> str:
    return "\n".join(str(cell.value) for row in sheet(path).iter_rows() for cell in row if cell.value)


def labels(text: str) -> str:
    return re.sub(r"\s", "", TAGS.sub("", text))


def headings(path: Path, level: int) -> list[str]:
    found = [
        said(paragraph)
        for paragraph in word(path).iter(W + "p")
        if paragraph.find(f"{W}pPr/{W}pStyle[@{W}val='Heading{level}']") is not None
    ]
    return [TAGS.sub("", heading) for heading in found]


@pytest.mark.parametrize("path, count", [(PROJECT_FORM, PROJECT_COLUMNS), (TRANSFER_FORM, TRANSFER_COLUMNS)])
def test_a_form_keeps_one_grid_from_top_to_bottom_in_word_and_excel(path: Path, count: int) -> None:
    assert set(columns(path)) == {count}
    area = sheet(path).print_area
    assert sheet(path)[area.split("!")[-1].replace("$", "")][0][-1].column == count


def test_the_two_tables_of_the_analysis_have_their_printed_columns() -> None:
    assert columns(ANALYSIS) == [MONEY_COLUMNS, MEASURE_COLUMNS]


def test_the_project_form_lies_on_its_side_and_the_others_stand() -> None:
    assert sheet(PROJECT_FORM).page_setup.orientation == "landscape"
    assert sheet(TRANSFER_FORM).page_setup.orientation == "portrait"
    lying = {
        path.stem: [page.get(W + "orient") for page in word(path).iter(W + "pgSz")]
        for path in (PROJECT_FORM, TRANSFER_FORM, ANALYSIS, TRANSFER_REPORT)
    }
    assert lying == {
        "project-form": ["landscape"],
        "transfer-form": [None],
        "analysis-report": [None, None],
        "transfer-report": [None],
    }


@pytest.mark.parametrize("path", [PROJECT_FORM, TRANSFER_FORM])
def test_word_and_excel_print_the_same_labels_and_notes(path: Path) -> None:
    in_word = {labels(text) for text in paragraphs(path)}
    in_excel = {labels(str(cell.value or "")) for row in sheet(path).iter_rows() for cell in row}
    formulas = {text for text in in_excel if text.startswith("=")}
    assert {text for text in in_word if len(text) > 1 and "，" not in text} <= in_excel
    assert {text for text in in_excel - formulas if len(text) > 1 and "，" not in text} <= in_word


def test_what_is_said_of_each_indicator_is_the_same_in_form_sheet_and_report() -> None:
    report = {clause for text in paragraphs(ANALYSIS) for clause in CLAUSE.findall(text)}
    assert len(report) == 1
    assert {clause for text in paragraphs(PROJECT_FORM) for clause in CLAUSE.findall(text)} == report
    assert set(CLAUSE.findall(cells(PROJECT_FORM))) == report


def test_the_sentence_on_the_money_is_the_same_in_form_sheet_and_report() -> None:
    report = next(text for text in paragraphs(ANALYSIS) if "预算执行率{{" in text)
    assert report in paragraphs(PROJECT_FORM)
    assert report in cells(PROJECT_FORM)


@pytest.mark.parametrize(
    "key", ["预算执行分析", "产出分析", "效益分析", "满意度分析", "主要经验", "存在问题", "改进措施"]
)
def test_one_text_of_the_clerk_feeds_form_sheet_and_report(key: str) -> None:
    name = re.compile(rf"文字(文本)?\.{key}\b")
    for path in (PROJECT_FORM.with_suffix(".docx"), PROJECT_FORM.with_suffix(".xlsx"), ANALYSIS):
        assert any(name.search(used) for used in compile_template(path).names), path.name


def test_the_analysis_has_the_headings_of_the_form() -> None:
    assert headings(ANALYSIS, 1) == [
        "一、项目基本信息",
        "二、项目绩效完成情况",
        "三、项目自评结果",
        "四、项目主要经验做法",
        "五、项目管理中存在的主要问题及原因分析",
        "六、下一步改进措施及管理建议",
    ]
    assert headings(ANALYSIS, 2) == [
        "（一）项目概况",
        "（二）项目绩效目标",
        "（三）项目实施计划",
        "（一）预算执行情况",
        "（二）绩效指标完成情况",
    ]


def test_cover_and_contents_carry_no_page_number_and_the_body_counts_on() -> None:
    first, body = word(ANALYSIS).iter(W + "sectPr")
    assert first.find(W + "footerReference") is None
    assert body.find(W + "footerReference") is not None
    assert body.find(W + "pgNumType") is None


def test_contents_reach_the_right_margin_at_every_level() -> None:
    for level in (1, 2, 3):
        indent = styles(ANALYSIS)[f"TOC{level}"].find(f"{W}pPr/{W}ind")
        assert indent is not None
        assert indent.get(W + "right") is None


@pytest.mark.parametrize("path", [PROJECT_FORM, TRANSFER_FORM])
def test_excel_begins_the_indicators_on_a_page_of_their_own(path: Path) -> None:
    drawn = sheet(path)
    above = drawn.row_breaks.brk[0].id
    assert "三级指标" in [cell.value for cell in drawn[above + 1]]


def test_the_project_form_adds_up_while_it_is_edited() -> None:
    drawn = sheet(PROJECT_FORM)
    formulas = {
        name: str(cell.value)
        for row in drawn.iter_rows()
        for cell in row
        for name in re.findall(r'N\("\{\{ (.*?) \}\}"\)', str(cell.value or ""))
    }
    assert {
        "项目.资金合计.全年执行数",
        "项目.资金合计.执行率",
        "行.结转结余",
        "行.执行率",
        "项目.总分.得分",
    } <= set(formulas)
    assert all(formula.startswith("=") for formula in formulas.values())


def made_up(names: Iterable[str], several: int) -> dict[str, object]:
    """A page with every name a template uses: lists of ``several`` items, every text a figure."""
    branches: dict[str, list[str]] = {}
    for name in names:
        head, _, rest = name.partition(".")
        branches.setdefault(head, []).append(rest)
    page: dict[str, object] = {}
    for head, rests in branches.items():
        deeper = made_up([rest for rest in rests if rest], several)
        value: object = deeper or "1"
        page[head.removesuffix("[]")] = [value] * several if head.endswith("[]") else value
    return page


@pytest.mark.parametrize("several", [0, 1, 3])
@pytest.mark.parametrize("path", [PROJECT_FORM, TRANSFER_FORM])
def test_totals_find_their_rows_however_many_sources_there_are(path: Path, several: int) -> None:
    template = compile_template(path.with_suffix(".xlsx"))
    names = [name for name in template.names if f"{name}[]" not in " ".join(template.names)]
    book = template.render(made_up(names, several), "form.xlsx").content
    drawn = openpyxl.load_workbook(BytesIO(book)).active
    assert isinstance(drawn, Worksheet)
    formulas = [str(cell.value) for row in drawn.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas
    assert not [formula for formula in formulas if "#REF!" in formula]
