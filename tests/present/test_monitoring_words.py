from __future__ import annotations

import pytest

from docgen.present.monitoring_words import run_together
from tests.present.report_words import report_words


def test_quarters_are_held_against_their_schedule() -> None:
    words = report_words()["进度"]
    assert words["季度"][1] == {
        "名称": "第二季度",
        "累计": "50.00",
        "进度": "41.67%",
        "序时": "50%",
        "达到": False,
        "原因": "采购较晚",
    }
    assert (words["未达"], words["未达连写"]) == (["第二季度", "第四季度"], "第二、第四季度")
    assert (words["全部达到"], words["达到数"]) == (False, "2")


def test_a_year_on_schedule_says_so() -> None:
    words = report_words({"支出进度!B2": "40", "支出进度!B5": "30"})["进度"]
    assert (words["全部达到"], words["未达"], words["未达连写"], words["达到数"]) == (True, [], "", "4")


@pytest.mark.parametrize(
    "names, whole",
    [
        ([], ""),
        (["第一季度"], "第一季度"),
        (["第一季度", "第二季度"], "第一、第二季度"),
        (["上半年", "第三季度"], "上半年、第三季度"),
        (["季度", "第二季度"], "季、第二季度"),
    ],
)
def test_names_run_together_share_their_common_ending(names: list[str], whole: str) -> None:
    assert run_together(names) == whole


def test_projects_are_counted_by_how_far_they_were_in_june_and_december() -> None:
    words = report_words({"项目!H1": "执行偏差原因及改进措施", "项目!H4": "没有开展招聘。"})["监控"]
    assert (words["项目数"], words["总进度"]) == ("3", "100%")
    assert words["六月"] == {"达到": "1", "中间": "0", "偏低": "1", "未开展": "1"}
    end = words["年末"]
    assert (end["实现"], end["实现资金"], end["未实现"], end["未实现资金"]) == ("2", "30", "1", "5")
    assert (end["未实现项目"], end["全部实现"]) == (["招聘服务经费"], False)
    missed = end["未实现各项"][0]
    assert (missed["圈号"], missed["名称"], missed["原因"]) == ("①", "招聘服务经费", "没有开展招聘")


def test_a_year_in_which_every_goal_was_reached_says_so() -> None:
    end = report_words({"项目!F4": "是"})["监控"]["年末"]
    assert (end["全部实现"], end["未实现"], end["未实现各项"]) == (True, "0", [])


def test_without_monitoring_nothing_is_counted_or_claimed() -> None:
    blank = {f"项目!{column}{row}": "" for column in "EFG" for row in (2, 3, 4)}
    words = report_words(blank)["监控"]
    assert set(words["六月"].values()) == {""}
    assert (words["年末"]["全部实现"], words["直达"]["有"], words["直达"]["数"]) == (False, False, "")


def test_projects_that_lag_are_named_with_rate_and_reason() -> None:
    low = report_words({"项目资金!E6": "4"})["监控"]["偏差项目"]
    assert [(each["圈号"], each["名称"], each["执行率"]) for each in low] == [("①", "招聘服务经费", "80%")]


def test_direct_funds_are_told_apart() -> None:
    direct = report_words()["监控"]["直达"]
    assert direct == {
        "有": True,
        "数": "1",
        "预算": "20",
        "支出": "20",
        "进度": "100%",
        "项目": ["技能培训经费"],
        "全部支出": True,
    }
    short = report_words({"项目资金!E3": "11", "项目资金!5": None})["监控"]["直达"]
    assert (short["进度"], short["全部支出"]) == ("95%", False)


def test_last_years_scores_are_counted_by_band() -> None:
    words = report_words()["上年自评"]
    assert (words["有"], words["项目数"]) == (True, "3")
    assert words["段"] == {"满分": "1", "95分以上": "1", "90分-95分": "1", "90分以下": "0"}
    assert words["分段"][0] == {"名称": "满分", "数": "1"}
    nothing = report_words({f"上年自评!{row}": None for row in (2, 3, 4)})["上年自评"]
    assert (nothing["有"], nothing["项目数"], nothing["段"]["满分"]) == (False, "", "")


def test_a_key_evaluation_adds_up_its_funds() -> None:
    first, second = report_words()["重点评价"]
    assert (first["名称"], first["预算"], first["到位"], first["支出"]) == (
        "技能培训经费",
        "20",
        "18",
        "17",
    )
    assert (first["到位率"], first["执行率"]) == ("90%", "85%")
    assert first["来源"][1] == {"名称": "政府性基金预算财政拨款", "预算": "8", "支出": "5"}
    assert second["名称"] == "招聘服务经费"
