"""The sample of final accounts: its ten tables, rates, grades and sentences are the published ones."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import openpyxl
import pytest

from docgen.figures import Figure
from docgen.finding import Severity
from docgen.pipeline import Examined, Run, examine, run
from docgen.quantity import HUNDRED, plain, rounded
from tests.docxtext import docx_text
from tests.public_tables import public_tables

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "inputs" / "zezhou-2024.xlsx"
PUBLISHED: Mapping[str, Mapping[str, list[str]]] = json.loads(
    (Path(__file__).parent / "published" / "second_sample.json").read_text("utf-8")
)
BLANK = "（空白）"
TODAY = date(2026, 1, 15)

# what the publication prints and the tables do not: a stray dash over empty lines, a number skipped
CORRECTED = {("06", "312"): [""], ("06", "31201"): [""]}
RENUMBERED = {("10", "17"): "16"}

# project: published total, grade
SCORES = """
创业和职业技能服务工作经费 | 77.93 | 中
监察中队乡镇站工作经费 | 100 | 优
人力资源发展事业工作经费 | 99.46 | 优
社会保险中心办公楼管理费 | 100 | 优
网络运行维护费 | 92.93 | 优
县政府购买公益性岗位资金 | 76.8 | 中
遗属补助经费 | 82 | 良
知识更新公需科目培训经费 | 69.39 | 中
执法办案经费 | 96.17 | 优
驻村工作队经费 | 100 | 优
"""
# the 10 points for the budget were left out, 1000÷5500×10 was cut to 1.8
DIFFERENT_SCORES = {"知识更新公需科目培训经费": "79.41"}

# 执行数 ÷ 年初预算 (for the transfer ÷ 全年预算) as published, all under one name
RATES = """
就业补助资金 | 77.62 |
创业和职业技能服务工作经费 | 100.00 | 32.13
监察中队乡镇站工作经费 | 100.00 | 95.75
人力资源发展事业工作经费 | 100.00 | 60.89
社会保险中心办公楼管理费 | 100.00 | 68.24
网络运行维护费 | 100.00 | 64.33
县政府购买公益性岗位资金 | 100.00 | 3
遗属补助经费 | 100.00 | 61.76
知识更新公需科目培训经费 | 100.00 |
执法办案经费 | 100.00 | 25.03
驻村工作队经费 | 100.00 |
"""
# divided after rounding to 万元, and rounded to a whole per cent
DIFFERENT_RATES = {"创业和职业技能服务工作经费": "32.16", "县政府购买公益性岗位资金": "3.02"}

# the figures of the sentences of 第三部分, in the frame they stand in
SENTENCES = """
收入总计5,061.13万元，支出总计5,061.13万元
减少435.51万元，下降7.92%
财政拨款收入5,061.13万元，占比100.00%
基本支出2,620.69万元，占比51.78%
项目支出2,440.43万元，占比48.22%
占本年支出合计的100.00%
4,695.93万元，占比92.78%
139.47万元，占比2.76%
225.72万元，占比4.46%
年初预算5,095.13万元，支出决算5,061.13万元，完成年初预算的99.33%
年初预算4,729.70万元，支出决算4,695.93万元，完成年初预算的99.29%
减少515.10万元，下降9.88%
年初预算139.71万元，支出决算139.47万元，完成年初预算的99.83%
增加65.53万元，增长88.63%
年初预算225.72万元，支出决算225.72万元，完成年初预算的100.00%
增加14.06万元，增长6.64%
基本支出2,620.69万元
人员经费2,541.59万元
基本工资762.91万元、津贴补贴160.83万元、奖金72.40万元、绩效工资645.88万元
机关事业单位基本养老保险缴费239.93万元、职业年金缴费119.96万元、职工基本医疗保险缴费81.95万元
公务员医疗补助缴费37.82万元、其他社会保障缴费2.52万元、住房公积金225.72万元
离休费13.81万元、退休费138.48万元、医疗费补助22.00万元、奖励金17.37万元
公用经费79.10万元
办公费32.86万元、工会经费32.86万元、公务用车运行维护费2.29万元、其他交通费用11.09万元
全年预算5.56万元，支出决算5.56万元，完成全年预算的100.00%，比上年度减少13.16万元，下降70.30%
完成全年预算的100.00%，比上年度减少11.94万元，下降68.23%
减少1.22万元，下降100.00%
保有量共8辆
公务用车保险费1.93万元
公务用车燃料费3.63万元
机关运行经费支出79.10万元，比2023年减少6.01万元，下降7.06%
政府采购支出总额152.77万元
政府采购货物支出50.10万元、政府采购工程支出0万元、政府采购服务支出102.67万元
授予中小企业合同金额105.66万元，占政府采购支出总额的69.16%
授予小微企业合同金额97.66万元，占政府采购支出总额的63.93%
共有车辆8辆
涉及二级项目10个
6个项目自评等级为“优”
1个项目自评等级为“良”
3个项目自评等级为“中”
0个项目自评等级为“差”
"""

# project of 项目变动: both years, difference, direction, rate (two decimals, where 75% was published too)
CHANGES = """
县政府购买公益性岗位资金 | 108924.93 | 3306259.17 | 减少 | 3197334.24 | 96.71
创业担保贷款基金 | 1000000 | 4000000 | 减少 | 3000000 | 75
人力资源发展事业工作经费 | 146139.32 | 632988.4 | 减少 | 486849.08 | 76.91
执法办案经费 | 212745.15 | 480940.48 | 减少 | 268195.33 | 55.76
监察中队乡镇站工作经费 | 157980 | 336954 | 减少 | 178974 | 53.12
创业就业专项资金 | 631262.21 | 808041 | 减少 | 176778.79 | 21.88
就业补助资金 | 16488840.3 | 11040133.91 | 增加 | 5448706.39 | 49.35
人才支撑助力民营企业高质量发展资金 | 2783951.71 | 1808546.35 | 增加 | 975405.36 | 53.93
"""


@cache
def examined() -> Examined:
    """The sample, read and checked once."""
    return examine(SAMPLE)


@cache
def made() -> Run:
    """The run of the sample, once per process."""
    return run(SAMPLE, out=Path(mkdtemp(prefix="docgen-")), measure_pages=False, today=TODAY)


@pytest.fixture(scope="module", autouse=True)
def _the_folder_is_removed() -> Iterator[None]:
    yield
    rmtree(made().stored.folder.parents[1])
    made.cache_clear()


def document(kind: str, suffix: str) -> Path:
    """The only document of one kind."""
    stored = made().stored
    (path,) = [each.path for each in stored.made if each.document == kind and each.path.endswith(suffix)]
    return stored.folder / path


def table(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def shown(figure: Figure, factor: Decimal = Decimal(1)) -> str:
    assert figure.value is not None
    return plain(rounded(figure.value * factor, 2))


# -- the ten tables, from the finished documents -------------------------------------------------------


@cache
def finished_tables(suffix: str) -> dict[str, dict[str, list[str]]]:
    """Table → line → the figures printed, as the publication's file of figures keeps them."""
    return public_tables(document("final_accounts", suffix))


def published_table(name: str) -> dict[str, list[str]]:
    """The published figures, with the named corrections."""
    lines = {RENUMBERED.get((name, line), line): cells for line, cells in PUBLISHED[name].items()}
    return lines | {line: cells for (owner, line), cells in CORRECTED.items() if owner == name}


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
@pytest.mark.parametrize("name", PUBLISHED)
def test_every_cell_of_a_table_is_as_published(name: str, suffix: str) -> None:
    assert finished_tables(suffix)[name] == published_table(name)


@pytest.mark.parametrize("name", ["02", "03", "05"])
def test_lines_of_a_table_stand_in_the_published_order(name: str) -> None:
    assert list(finished_tables(".docx")[name]) == list(PUBLISHED[name])


def test_named_corrections_are_real_ones() -> None:
    assert [key for key, cells in CORRECTED.items() if PUBLISHED[key[0]][key[1]] == cells] == []


# -- scores, grades, rates ------------------------------------------------------------------------------


def test_the_sample_has_no_open_finding() -> None:
    assert [finding for finding in examined().findings if finding.is_open] == []


def test_every_explanation_closes_a_finding() -> None:
    findings = examined().findings
    reasons = {finding.explained for finding in findings if finding.severity is Severity.VERIFY}
    assert reasons == {row.reason.value for row in examined().case.filing.explanations}
    assert [finding for finding in findings if finding.code.startswith("X9")] == []


def test_projects_have_the_published_scores_and_grades_or_the_named_ones() -> None:
    results = examined().case.figures.projects
    got = [[p.project.name.value, shown(p.total_score), p.grade] for p in results]
    assert got == [[name, DIFFERENT_SCORES.get(name, score), grade] for name, score, grade in table(SCORES)]


def test_grades_are_counted_as_published() -> None:
    counts = examined().case.figures.final_accounts.grade_counts
    assert {grade: figure.value for grade, figure in counts.items()} == {"优": 6, "良": 1, "中": 3, "差": 0}


@pytest.mark.parametrize("line", table(RATES), ids=lambda line: line[0])
def test_evaluated_projects_print_each_rate_with_its_base(line: list[str]) -> None:
    name, rate, initial = line
    completed = f"（完成年初预算的{DIFFERENT_RATES.get(name, initial)}%）" if initial else ""
    assert re.search(f"[，。]{name}预算执行率{rate}%{completed}[，。]", words())


def test_projects_of_the_forms_spent_what_the_department_evaluated() -> None:
    figures = examined().case.figures
    spent = {p.project.name.value: p.total.annual_spending.value for p in figures.projects}
    evaluated = {e.line.name.value: e.line.spending.value for e in figures.final_accounts.evaluations}
    assert {name: evaluated[name] for name in spent} == spent


def test_the_ten_projects_spent_the_published_sum() -> None:
    spent = examined().case.figures.final_accounts.named["evaluated_spending"]
    assert shown(spent, Decimal("0.0001")) == "96.68"
    assert spent.value == Decimal("966758.52")


def test_the_transfer_has_the_published_rates() -> None:
    (transfer,) = examined().case.figures.transfers
    rates = {name: shown(source.execution_rate, HUNDRED) for name, source in transfer.sources.items()}
    assert shown(transfer.total.execution_rate, HUNDRED) == "77.62"
    assert rates == {"中央财政资金": "79.23", "省级资金": "97.37", "县级资金": "20.7", "其他资金": "94.42"}


def test_costs_add_up_to_the_stated_needs() -> None:
    needs = examined().case.figures.final_accounts.cost_needs
    stated = "220000 550000 750000 180000 180000 3610000 39312 400000 850000 20000"
    assert [figure.value for figure in needs.values()] == [Decimal(amount) for amount in stated.split()]


# -- the sentences --------------------------------------------------------------------------------------


@cache
def words() -> str:
    """The text of the finished 部门决算公开, without spaces."""
    return re.sub(r"\s", "", docx_text(document("final_accounts", ".docx")))


@pytest.mark.parametrize("fragment", SENTENCES.strip().splitlines())
def test_sentences_print_the_published_figures(fragment: str) -> None:
    assert fragment in words()


@pytest.mark.parametrize("line", table(CHANGES), ids=lambda line: line[0])
def test_changes_of_projects_print_the_published_figures(line: list[str]) -> None:
    name, now, before, word, difference, rate = line
    frame = f"{re.escape(name)}{now}元，较2023年的{before}0?元，{word}{difference}元，同比..{rate}(0|\\.00)?%"
    assert len(re.findall(frame, words())) == 3


def test_the_whole_set_is_thirty_five_documents() -> None:
    kinds = ("project_form", "analysis_report", "transfer_form", "transfer_report", "final_accounts")
    stored = made().stored
    assert [sum(each.document == kind for each in stored.made) for kind in kinds] == [20, 10, 2, 1, 2]
    assert {finding for finding in made().findings if finding.is_open} == set()


# -- the list of corrections ----------------------------------------------------------------------------


def tables_of_the_readme() -> tuple[list[list[str]], list[list[str]]]:
    """The rows of 改正清单 and of 核实说明 of this sample."""
    text = (ROOT / "inputs" / "README.md").read_text("utf-8").split("\n# 第二份示例\n")[1].split("\n# ")[0]
    corrections, explanations = text.split("例的改正清单")[1].split("例的核实说明")

    def rows(part: str) -> list[list[str]]:
        lines = [line for line in part.splitlines() if line.startswith("|")]
        return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]

    return rows(corrections), rows(explanations)


def said(value: object) -> str:
    """A cell's content as the list of corrections writes it."""
    if value is None or value == "":
        return BLANK
    if isinstance(value, int | float):
        return plain(Decimal(str(value)))
    return str(value).replace("\n", "<br>").replace("|", "\\|")


def test_the_workbook_holds_what_the_readme_says_it_was_corrected_to() -> None:
    book, (corrections, _) = openpyxl.load_workbook(SAMPLE), tables_of_the_readme()
    assert [row for row in corrections if not all(row)] == []
    held = [(sheet, cell, said(book[sheet][cell].value)) for sheet, cell, *_ in corrections]
    assert held == [(sheet, cell, after) for sheet, cell, _, _, after, _ in corrections]
    assert [row for row in corrections if row[3] == row[4]] == []


def test_the_readme_lists_every_explanation() -> None:
    rows = examined().case.filing.explanations
    written = [[each.value for each in (row.code, row.where, row.reason, row.figures)] for row in rows]
    assert tables_of_the_readme()[1] == written
