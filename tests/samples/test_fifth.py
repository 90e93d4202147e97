"""The sample scored 10, 40+20, 10, 20: its figures are the published ones or those named here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from tests.samples.report_page import at, examined, page_of, report_of, rows_of_the_readme, to_the_places_of

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "inputs" / "hengyang-2023.xlsx"
PUBLISHED: Mapping[str, str] = json.loads(
    (ROOT / "tests" / "published" / "fifth_sample.json").read_text("utf-8")
)

# name on the page → what follows from the other figures, where the published one contradicts them
CORRECTED = {"收支.年初预算.合计": "799.57"}  # as 支出: 21.6 is what other sources bring of the income

SENTENCES = """
评价方式：☑部门（单位）自评
□中介机构评价
评价机构：☑部门（单位）评价组
报告日期：2024年3月24日
衡阳县人力资源和社会保障局为正科级全额拨款行政单位。内设机构14个：办公室、
内设二级机构3个：考试和培训中心（副科级）、乡站管理中心（副科级）、人力资源和社会保障局信息中心（股级）。
年初预算安排支出799.57万元。年中调整后，全年预算为2423.53万元。
全年决算总收入2234.98万元，较年初预算增加1435.41万元
基本支出1230.25万元，占总支出的55%；项目支出1004.73万元，占总支出的45%
“三公”经费决算数5.07万元，其中：因公出国（境）费0.00万元，公务用车购置及运行维护费0.00万元，公务接待费5.07万元。
货物296.49万元，工程108.90万元，服务248.51万元
净资产1604.99万元
资产使用率100%
绩效评价得分为97.22分，自评结果为优秀
部门资金情况总分10分，得分9.22分。年度资金金额2423.53万元，年度支出2234.98万元，预算执行率为92.22%。
产出及效益指标总分60分，得分58分
产出指标总分40分，得分38分
绩效考评结果为100%完成预定目标，得20分。
其中劳动争议案件调解率未达到年初设定的≥70%（实际为60%），得15分。
得3分。
成本指标总分20分，得分20分。全年支出2234.98万元，控制在全年预算2423.53万元以内。
### 2、部门决算情况
# 四、项目绩效目标完成情况
共8个项目
"""

# said in the publication, against its own figures or by a slip of the pen
UNSAID = (
    "5.07元",
    "296.49元",
    "1604.99元",
    "数量指标、质量指标、时效指标、成本指标",
    "未全达到",
    "情况。\n无",
    "3. ",
    "(",
)


@pytest.mark.parametrize("name", PUBLISHED)
def test_computed_figures_equal_the_published_ones_or_the_named_ones(name: str) -> None:
    words, published = at(SAMPLE, name), PUBLISHED[name]
    if name in CORRECTED:
        assert words == CORRECTED[name] != published
    else:
        assert to_the_places_of(published, words) == published


def test_the_sample_has_no_finding_at_all() -> None:
    assert list(examined(SAMPLE).findings) == []


@pytest.mark.parametrize("words", SENTENCES.strip().splitlines())
def test_the_report_says_what_the_figures_say(words: str) -> None:
    assert words in report_of(SAMPLE)


@pytest.mark.parametrize("words", UNSAID)
def test_the_report_does_not_say_what_the_figures_deny(words: str) -> None:
    assert words not in report_of(SAMPLE)


def test_the_listed_projects_spent_the_whole_project_spending() -> None:
    rows = page_of(SAMPLE)["汇总"]["行"]
    assert str(sum(Decimal(row["执行数"]) for row in rows)) == at(SAMPLE, "收支.决算.结构.项目支出.金额")


def test_every_lost_point_has_its_problem_and_problems_match_measures_one_to_one() -> None:
    lost = {each["名称"]: each["扣分"] for each in page_of(SAMPLE)["整体"]["扣分项"]}
    assert lost == {"预算执行率": "0.78", "劳动争议案件调解率": "1", "各项补贴拨付及时率": "1"}
    problems = page_of(SAMPLE)["问题"]
    assert lost.keys() <= {each["指标"] for each in problems}
    assert [len(each["措施"]) for each in problems] == [1, 1, 1, 1]


def test_the_readme_lists_the_corrected_figure() -> None:
    row = next(row for row in rows_of_the_readme("第五份示例") if row[0] == "年初预算安排支出")
    assert row[1:3] == ["21.6万元", "799.57万元"]
