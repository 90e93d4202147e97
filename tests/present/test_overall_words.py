from __future__ import annotations

from dataclasses import replace
from typing import Any

from docgen.packs import load_pack
from docgen.present.formats import Notation
from docgen.present.overall_words import overall_view
from tests.present.filings import FILING, case_of, indicator
from tests.present.report_words import everything, report_words

BONUS = "加分项 | 改革创新 | 创新试点 | | | | 2 | | | |"
FAULT = "扣分项 | 违规问题 | 审计问题 | | | | 1.5 | | | |"


def test_levels_are_numbered_and_say_what_is_missing() -> None:
    tree = report_words()["整体"]["指标树"]
    assert [(level["中文序号"], level["名称"]) for level in tree[:2]] == [
        ("一", "投入指标"),
        ("二", "过程指标"),
    ]
    process = tree[1]
    assert (process["分值"], process["得分"], process["扣分值"], process["满分"]) == (
        "25",
        "22.5",
        "2.5",
        False,
    )
    assert (tree[0]["满分"], tree[0]["扣分值"]) == (True, "0")
    execution = process["二级"][0]
    assert (execution["指标名表"], execution["全部达到"]) == ("预算执行率、支出进度", False)
    assert execution["未达标"] == [
        {"名称": "支出进度", "指标值": "≥4个季度", "完成值": "2个季度", "扣分": "2.5", "达到": False}
    ]


def test_a_row_says_what_it_lost_and_why_it_got_what_it_got() -> None:
    rows = {"整体指标!J1": "评分理由", "整体指标!J4": "前三季度达到进度。"}
    first, second = report_words(rows)["整体"]["二级"]["预算执行"]["三级"]
    assert (first["满分"], first["扣分"], first["未达标"]) == (True, "", False)
    assert (second["满分"], second["扣分"], second["未达标"]) == (False, "2.5", True)
    assert (second["理由"], second["理由语"]) == (["前三季度达到进度。"], "前三季度达到进度")


def test_a_row_that_does_not_apply_leaves_the_total_and_is_named() -> None:
    words = report_words({"整体指标!H4": "是"})["整体"]
    row = words["二级"]["预算执行"]["三级"][1]
    assert (row["不适用"], row["得分"], row["扣分"], row["满分"]) == (True, "—", "", False)
    assert (words["不适用项"], words["有换算"]) == (["支出进度"], True)
    assert (words["满分"], words["总分"]["得分"], words["换算得分"]) == ("95", "95", "100")
    assert (words["扣分项"], words["二级"]["预算执行"]["指标名表"]) == ([], "预算执行率")


def test_where_everything_applies_nothing_is_converted() -> None:
    words = report_words()["整体"]
    assert (words["有换算"], words["不适用项"]) == (False, [])
    assert words["换算得分"] == words["总分"]["得分"] == "97.5"


def test_bonus_and_deductions_stand_apart_from_the_full_marks() -> None:
    words = report_words({"整体指标+": f"{BONUS}\n{FAULT}"})["整体"]
    bonus, fault = words["一级"]["加分项"], words["一级"]["扣分项"]
    assert (bonus["是加分"], bonus["是扣分"], bonus["得分"]) == (True, False, "2")
    assert (fault["是加分"], fault["是扣分"], fault["扣分值"]) == (False, True, "1.5")
    assert (words["加分"], words["扣分"], words["满分"]) == ("2", "1.5", "100")
    assert [loss["名称"] for loss in words["扣分项"]] == ["支出进度"]


def test_levels_without_rows_have_all_their_names() -> None:
    words = report_words()["整体"]
    used, unused = words["一级"]["投入指标"], words["一级"]["加分项"]
    assert unused.keys() == used.keys()
    assert (unused["分值"], unused["满分"], unused["二级"]) == ("", False, [])
    assert words["二级"]["改革创新"].keys() == words["二级"]["工作目标"].keys()
    assert (words["加分"], words["扣分"]) == ("", "")


def test_several_levels_may_be_stated_as_one() -> None:
    pack = everything()
    groups = {"产出及效益指标": ("产出指标", "效益指标"), "没有的": ("没有",)}
    pack = replace(pack, options=replace(pack.options, level1_groups=groups))
    words = report_words(pack=pack)["整体"]["合计"]
    assert words["产出及效益指标"] == {
        "分值": "60",
        "得分": "60",
        "得分率": "100%",
        "扣分值": "0",
        "满分": True,
    }
    assert (words["没有的"]["分值"], words["没有的"]["满分"]) == ("", False)


def test_a_level_that_is_scored_directly_repeats_its_own_name() -> None:
    words = report_words({"整体指标!C2": "工作目标。"})["整体"]["二级"]
    assert (words["工作目标"]["直接评分"], words["预算执行"]["直接评分"]) == (True, False)


def test_levels_the_form_does_not_know_are_found_by_name_too() -> None:
    filing = replace(FILING, overall=(indicator("另设指标", "另设", "另设", full="5"),))
    words: Any = overall_view(case_of(filing), Notation(load_pack("xinxiang").formats, 2))
    assert (words["一级"]["另设指标"]["得分"], words["二级"]["另设"]["得分"]) == ("5", "5")
