"""What forms with 目标申报数 and 预算编制数 print of a project besides the first county's words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from docgen.model import Entered, FundingLine, Project
from docgen.packs import load_pack
from docgen.present import present
from tests.present.account_filings import FILING, fund, project, said, target
from tests.present.filings import case_of

PACK = "zezhou"
COUNTY = "市县区财政资金"


def context(*projects: Project) -> Any:  # noqa: ANN401 - a tree of words
    filing = replace(FILING, projects=projects or FILING.projects)
    return present(case_of(filing, load_pack(PACK)))[0].context


def words(*projects: Project) -> Any:  # noqa: ANN401 - likewise
    return context(*projects)["项目"]


def test_funds_are_printed_in_wan_and_in_yuan_from_the_same_cells() -> None:
    view = words()
    assert (view["资金合计"]["目标申报数"], view["资金合计"]["全年执行数"]) == ("7.5", "2.412")
    assert (view["资金合计元"]["目标申报数"], view["资金合计元"]["全年执行数"]) == ("75,000", "24,121")
    assert [row["来源"] for row in view["资金行"]] == [COUNTY]
    assert view["资金行元"][0]["全年执行数"].figure == view["资金行"][0]["全年执行数"].figure


def test_a_source_pads_rate_and_score_and_the_total_does_not() -> None:
    view = words()
    assert (view["资金合计"]["执行率"], view["资金合计"]["得分"]) == ("100", "10")
    assert (view["资金行"][0]["执行率"], view["资金行"][0]["得分"]) == ("100.00", "10.00")
    assert (view["资金合计"]["偏差原因"], view["资金行"][0]["偏差原因"]) == ("", "支付较晚")


def test_two_rates_are_never_mixed() -> None:
    view = words()
    assert (view["执行率"], view["年初执行率"], view["预算有调整"]) == ("100%", "32.16%", True)
    assert (view["资金行"][0]["年初执行率"], view["执行率数"]) == ("32.16%", "100")


def test_an_unchanged_budget_is_not_adjusted() -> None:
    assert words(project("甲", fund(COUNTY, "9", "9", "9", "9")))["预算有调整"] is False
    assert words(project("甲"))["预算有调整"] is False


def test_cents_are_printed_where_there_are_any() -> None:
    view = words(project("甲", fund(COUNTY, "200000", "200000", "146139.32", "146139.32")))
    assert (view["资金合计元"]["全年预算数"], view["资金合计"]["全年预算数"]) == ("146,139.32", "14.614")


def test_several_sources_share_no_score() -> None:
    parts = (fund(COUNTY, "5", "5", "5", "5"), fund("省级财政资金", "5", "5", "5", "0"))
    view = words(project("甲", *parts))
    assert [row["得分"] for row in view["资金行"]] == ["", ""]
    assert (view["资金合计"]["得分"], view["资金合计元"]["结转结余"], view["资金合计"]["有结转结余"]) == (
        "5",
        "5",
        True,
    )


def test_a_project_without_money_has_an_empty_total_and_no_source() -> None:
    view = words(project("甲"))
    assert view["资金行"] == []
    assert (view["资金合计"]["全年预算数"], view["资金合计"]["执行率"], view["年初执行率"]) == ("", "", "")


def test_nothing_budgeted_has_no_rate() -> None:
    view = words(project("甲", fund(COUNTY, "0", "0", "0", "0")))
    assert (view["资金合计"]["全年预算数"], view["资金合计"]["执行率"], view["年初执行率"]) == ("0", "", "")


def test_funds_by_name_are_those_of_the_countys_form() -> None:
    assert set(words()["资金"]) == {"总额", "中央财政资金", "省级财政资金", COUNTY, "单位自有资金"}


def test_cost_items_are_listed_with_their_sum() -> None:
    view = words()
    assert view["费用明细"] == [
        {"序号": "1", "名称": "办公费", "金额": "30,000"},
        {"序号": "2", "名称": "差旅费", "金额": "1,200.50"},
    ]
    assert view["费用合计"] == "31,200.50"
    assert (words(project("丁"))["费用明细"], words(project("丁"))["费用合计"]) == ([], "")


def test_scores_of_indicators_are_added_apart_from_execution() -> None:
    view = words()
    assert (view["指标得分"], view["执行率得分"], view["总分"]["得分"]) == ("82", "10", "92")


def test_a_row_reaches_its_target_with_full_marks_only() -> None:
    short, judged = (words()["指标树"][0]["二级"][place]["三级"][0] for place in (0, 1))
    assert (short["已完成"], short["部分完成"], short["完成量"]) == (False, True, "80人")
    assert (judged["已完成"], judged["部分完成"], judged["年初指标值"]) == (True, False, "")
    assert (short["年初指标值"], short["实际完成值"], short["完成数"]) == ("≥人", "≥80人", "80")


def test_an_initial_target_of_its_own_gives_the_sign_and_unit() -> None:
    first = project("甲")
    own = replace(first.indicators[0], initial_target=target("≥120人次"))
    row = words(replace(first, indicators=(own,)))["指标树"][0]["二级"][0]["三级"][0]
    assert (row["年初指标值"], row["调整后指标值"]) == ("≥人次", "≥100人")


def test_texts_belong_to_their_project() -> None:
    first = context()
    assert first["文字"]["项目概况"] == ["补贴项目。", "覆盖全县。"]
    assert first["文字文本"]["项目概况"] == "补贴项目。\n覆盖全县。"
    assert first["项目"]["文字"] == first["文字"]
    assert context(project("丁"))["文字"]["项目概况"] == []


def test_an_unreadable_amount_leaves_its_cells_blank() -> None:
    line = FundingLine(source=said(COUNTY), prepared=Entered(None, text="七万"), annual_budget=Entered())
    view = words(project("甲", line))
    assert (view["资金合计"]["预算编制数"], view["年初执行率"], view["预算有调整"]) == ("", "", False)
