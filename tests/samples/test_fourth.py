"""The sample of the ten scored parts: its figures are the published ones or the corrected ones named here."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from docgen.finding import Severity
from docgen.pipeline import Examined, examine
from docgen.present import present
from docgen.render import compile_template
from tests.docxtext import docx_text

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "inputs" / "xushui-2023.xlsx"
PUBLISHED: Mapping[str, str] = json.loads(
    (ROOT / "tests" / "published" / "fourth_sample.json").read_text("utf-8")
)

# name on the page → what follows from the other figures, where the published one contradicts them
CORRECTED = {
    "三公.预算.合计": "6.52",  # 会议费 and 培训费 are no part of it
    "非税.计划合计": "43.64",  # 10.05+33.59
    "收支.年初预算.来源名.其他收入.金额": "0",  # 2544.94 is 一般公共预算 alone, and the sum of the functions
    "收支.上年决算.来源名.其他收入.金额": "4.35",  # the third of four receipts is missing
    "资产.上年末.现金比率": "45.17%",  # 16.54÷36.62
    "采购.中小占比": "",  # nothing bought, nothing to divide
    "采购.小微占比": "",
    "采购.脱贫地区农副产品.执行率": "—",
    "重点评价[就业补助资金].执行率": "99.99%",  # 1699.854577÷1700
    "资产.存量.固定资产和无形资产.原值": "1013.23",  # the six classes together; 384.06 is less than the house
    "资产.存量.固定资产和无形资产.净值": "478.89",  # 29.81÷5.86%−29.81
}

SENTENCES = """
满分93分的适用指标得84.8分，换算得分91.18分
（一）重大政策落实情况，得分10.5分
（二）预算编制管理情况，得分10分
（三）预算执行管理情况，得分19.1分
（四）预算绩效管理情况，得分20.8分
（五）资产管理情况，得分4.4分
（六）债务管理情况，得分1分
（七）预算透明度情况，得分7.5分
（八）预算信息化情况，得分11.5分
（九）参与财政改革创新情况，得分0分
（十）存在问题，扣分0分
较2022年减少0.34万元
没有变动幅度在30%及以上的项目
我部门无政府采购。
（6）在建工程情况。无。
支出进度达到100%
收支相抵，结余0.8万元
占资产总额508.7万元的5.86%
"""

# said in the publication, against its own figures
UNSAID = ("足额上缴", "足额保障", "足额发放到保障对象", "专项资金绩效目标已全部实现", "农副产品")


@cache
def examined() -> Examined:
    return examine(SAMPLE)


@cache
def page() -> Mapping[str, Any]:
    """The names and words that the report is made from."""
    return present(examined().case, examined().findings)[0].context


@cache
def report() -> str:
    """The report as text."""
    made = present(examined().case, examined().findings)[0]
    return docx_text(compile_template(made.template).render(made.context, "report").content)


def at(name: str) -> str:
    """The words under a name; ``各项[甲]`` is the row called 甲."""
    found: Any = page()
    for step, row in re.findall(r"([^.\[\]]+)(?:\[([^\]]+)\])?", name):
        found = found[step]
        if row:
            found = next(each for each in found if each["名称"] == row)
    return str(found)


def plain(words: str) -> str:
    """Without thousands separators and padding zeros."""
    bare = words.replace(",", "")
    return re.sub(r"\.?0+(?=%|$)", "", bare) if "." in bare else bare


@pytest.mark.parametrize("name", PUBLISHED)
def test_computed_figures_equal_the_published_ones_or_the_named_ones(name: str) -> None:
    assert plain(at(name)) == CORRECTED.get(name, plain(PUBLISHED[name]))


def test_a_correction_names_a_published_figure_that_it_changes() -> None:
    assert [name for name, value in CORRECTED.items() if plain(PUBLISHED[name]) == value] == []


def test_the_sample_has_no_open_finding_and_no_remark() -> None:
    findings = examined().findings
    assert [finding for finding in findings if finding.is_open] == []
    assert [finding for finding in findings if finding.severity is Severity.NOTE] == []


def test_every_explanation_closes_a_finding() -> None:
    reasons = {finding.explained for finding in examined().findings if finding.explained}
    assert reasons == {row.reason.value for row in examined().case.filing.explanations}


@pytest.mark.parametrize("words", SENTENCES.strip().splitlines())
def test_the_report_says_what_the_figures_say(words: str) -> None:
    assert words in report()


@pytest.mark.parametrize("words", UNSAID)
def test_the_report_does_not_say_what_the_figures_deny(words: str) -> None:
    assert words not in report()


def test_both_tables_and_the_counts_speak_of_the_same_eighteen_projects() -> None:
    names = [project["名称"] for project in page()["项目表"]]
    june, end = page()["监控"]["六月"], page()["监控"]["年末"]
    assert len(set(names)) == 18
    assert sum(int(june[word]) for word in ("达到", "中间", "偏低", "未开展")) == 18
    assert int(end["实现"]) + int(end["未实现"]) == 18
    assert {name for duty in page()["职能活动"] for name in duty["项目"]} <= set(names)


def tables_of_the_readme() -> list[list[str]]:
    """The rows of the table of corrections, and of the explanations, of this sample."""
    text = (ROOT / "inputs" / "README.md").read_text("utf-8").split("\n# 第四份示例\n")[1].split("\n# ")[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]


def test_the_readme_lists_every_corrected_figure() -> None:
    changed = {(row[1], row[2]) for row in tables_of_the_readme()}
    unlisted = [
        name for name, value in CORRECTED.items() if value and (PUBLISHED[name], value) not in changed
    ]
    assert unlisted == ["采购.脱贫地区农副产品.执行率"]  # under 各项比例, none of which is printed


def test_the_readme_lists_every_explanation() -> None:
    rows = examined().case.filing.explanations
    written = [[row.code.value, row.where.value, row.reason.value] for row in rows]
    assert [row for row in written if row not in tables_of_the_readme()] == []
