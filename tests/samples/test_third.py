"""The sample scored by 投入, 过程, 产出 and 效果: its figures are the published ones or those named here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from docgen.finding import Severity
from tests.samples.report_page import at, examined, page_of, report_of, rows_of_the_readme, to_the_places_of

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "inputs" / "gaoyi-2024.xlsx"
PUBLISHED: Mapping[str, str] = json.loads(
    (ROOT / "tests" / "published" / "third_sample.json").read_text("utf-8")
)

# name on the page → what follows from the other figures, where the published one contradicts them
CORRECTED = {
    "收支.全年预算.来源名.一般公共预算财政拨款收入.占比": "99.98%",  # with 0.02% it closes to 100%
    "收支.全年预算.来源名.国有资本经营预算收入.占比": "0.02%",  # 3÷12493.388108
    "三公.控制率": "63.86%",  # 5÷7.83, as in the part on income and spending
    "三公.完成率.因公出国": "—",  # nothing was planned
}

SENTENCES = """
2024年“三公”经费支出决算为5万元，完成预算的63.86%
“三公经费”控制率为63.86%，故此项得分2分
部门第一、第二季度支出没有达到序时进度，扣2分，故此项得分2分
个别项目功能分类科目选用不准确，扣2.25分，故此项得分3.75分
部分资产台账登记不够准确，扣0.4分，故此项得分1.6分
部门本年度预算没有调整，故此项得分2分
部门本年度没有结转结余，故此项得分2分
占全年总支出的6.27%；公用经费支出33.6435万元，占全年总支出的0.27%
我部门2024年度评价得分为95.35分，部门整体支出绩效评价等级为优秀
柔性引进专家人才41人，为712人落实人才绿卡房租补贴
调解案件55起，全部办结，结案率100%
我单位2024年项目27个，具体详情见分项绩效项目清单
### 1、投入指标（20分）
### 2、过程（执行）指标（40分）
#### （一）预算执行（25分）
#### （二）预算管理（7分）
#### （三）绩效评价（8分）
### 3、产出指标（25分）
### 4、效果指标（15分）
#### （一）履职效益（15分）
##### 7. 决算真实性
│ 城镇登记失业率 │ ≤4.5% │ 3.9% │
│  │ 人社局 │ 副局长 │  │
"""

# said in the publication, against its own figures or by a slip of the pen
UNSAID = ("局部门", "2023年", "76.63", "固定资金", "决策真实性", "未无", "(", "项目综合绩效")


@pytest.mark.parametrize("name", PUBLISHED)
def test_computed_figures_equal_the_published_ones_or_the_named_ones(name: str) -> None:
    words, published = at(SAMPLE, name), PUBLISHED[name]
    if name in CORRECTED:
        assert words == CORRECTED[name]
    else:
        assert to_the_places_of(published, words) == published


def test_a_correction_names_a_published_figure_that_it_changes() -> None:
    same = [
        name
        for name, value in CORRECTED.items()
        if to_the_places_of(PUBLISHED[name], value) == PUBLISHED[name]
    ]
    assert same == []


def test_every_explanation_closes_a_finding_and_nothing_else_is_said() -> None:
    findings = examined(SAMPLE).findings
    assert [finding for finding in findings if finding.is_open] == []
    assert [finding for finding in findings if finding.severity is not Severity.VERIFY] == []
    reasons = {finding.explained for finding in findings}
    assert reasons == {row.reason.value for row in examined(SAMPLE).case.filing.explanations}


@pytest.mark.parametrize("words", SENTENCES.strip().splitlines())
def test_the_report_says_what_the_figures_say(words: str) -> None:
    assert words in report_of(SAMPLE)


@pytest.mark.parametrize("words", UNSAID)
def test_the_report_does_not_say_what_the_figures_deny(words: str) -> None:
    assert words not in report_of(SAMPLE)


def test_the_listed_projects_spent_the_whole_project_spending() -> None:
    rows = page_of(SAMPLE)["汇总"]["行"]
    spent = sum(Decimal(row["执行数"]) for row in rows)
    assert (len(rows), str(spent)) == (27, "11675.943557")
    assert at(SAMPLE, "汇总.合计.执行数") == at(SAMPLE, "收支.决算.结构.项目支出.金额") == str(spent)


def test_every_lost_point_has_its_problem_and_every_problem_its_measure() -> None:
    lost = {each["名称"]: each["扣分"] for each in page_of(SAMPLE)["整体"]["扣分项"]}
    assert lost == {"项目预算功能分类等编制合规性": "2.25", "支出进度": "2", "资产管理规范性": "0.4"}
    problems = page_of(SAMPLE)["问题"]
    assert [each["指标"] for each in problems] == list(lost)
    assert all(each["措施"] for each in problems)


def test_members_of_the_group_are_printed_without_name_and_telephone() -> None:
    members = page_of(SAMPLE)["评价组"]["成员"]
    assert [each["职务"] for each in members] == ["副局长", "办公室主任", "财务科科长"]
    assert {(each["姓名"], each["电话"]) for each in members} == {("", "")}


def test_the_readme_lists_every_corrected_figure() -> None:
    cells = [cell for row in rows_of_the_readme("第三份示例") for cell in row]
    pairs = [(PUBLISHED[name], value) for name, value in CORRECTED.items()]
    missing = [pair for pair in pairs if not all(any(part in cell for cell in cells) for part in pair)]
    assert missing == []
