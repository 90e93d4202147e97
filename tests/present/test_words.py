from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from docgen.errors import PackError
from docgen.finding import Finding, Place, Severity
from docgen.model import Department, Entered, Filing
from docgen.packs import Document, Pack, load_pack
from docgen.present import Page, figures_in, present
from tests.present.filings import (
    CENTRE,
    FILING,
    OFFICE,
    ROWS,
    at_most_wan,
    case_of,
    indicator,
    project,
    statement,
    text,
    unit,
)


def pages(filing: Filing = FILING, pack: Pack | None = None) -> list[Page]:
    return present(case_of(filing, pack))


def context(document: str, filing: Filing = FILING, pack: Pack | None = None, *, nth: int = 0) -> Any:  # noqa: ANN401 - a tree of words
    found = [page for page in pages(filing, pack) if page.document == document]
    return list({id(page.context): page.context for page in found}.values())[nth]


def project_words(filing: Filing = FILING, pack: Pack | None = None, *, nth: int = 0) -> Any:  # noqa: ANN401 - likewise
    return context("project_form", filing, pack, nth=nth)["项目"]


def with_options(**changes: object) -> Pack:
    pack = load_pack("xinxiang")
    return replace(pack, options=replace(pack.options, **changes))  # type: ignore[arg-type]


def only(*projects: Any) -> Filing:  # noqa: ANN401 - likewise
    return replace(FILING, projects=projects)


def strings(node: object) -> list[object]:
    if isinstance(node, dict):
        return [leaf for value in node.values() for leaf in strings(value)]
    return [leaf for value in node for leaf in strings(value)] if isinstance(node, list) else [node]


def test_every_document_is_made_for_every_subject_in_every_format() -> None:
    assert [page.output for page in pages()] == [
        f"{OFFICE}/1-招聘经费-项目支出绩效自评表.docx",
        f"{OFFICE}/1-招聘经费-项目支出绩效自评表.xlsx",
        f"{CENTRE}/1-补助＜一＞-项目支出绩效自评表.docx",
        f"{CENTRE}/1-补助＜一＞-项目支出绩效自评表.xlsx",
        f"{CENTRE}/2-补助二-项目支出绩效自评表.docx",
        f"{CENTRE}/2-补助二-项目支出绩效自评表.xlsx",
        f"{OFFICE}/项目支出自评汇总表.docx",
        f"{OFFICE}/项目支出自评汇总表.xlsx",
        f"{CENTRE}/项目支出自评汇总表.docx",
        f"{CENTRE}/项目支出自评汇总表.xlsx",
        f"{OFFICE}/项目支出绩效自评总结报告.docx",
        f"{CENTRE}/项目支出绩效自评总结报告.docx",
        "部门整体/项目支出自评汇总表（部门汇总）.docx",
        "部门整体/项目支出自评汇总表（部门汇总）.xlsx",
        "部门整体/部门整体绩效自评表.docx",
        "部门整体/部门整体绩效自评表.xlsx",
        "部门整体/部门整体自评总结报告.docx",
    ]


def test_a_page_holds_nothing_but_text_lists_mappings_and_yes_or_no() -> None:
    for page in pages():
        assert {type(leaf).__name__ for leaf in strings(page.context)} <= {"str", "Shown", "bool"}


def test_the_words_of_a_project_are_built_once() -> None:
    made = pages()
    assert made[0].context is made[1].context
    department: Any = made[-1].context["部门"]
    form: Any = made[4].context
    assert department["单位"][1]["项目"][1] is department["项目"][2] is form["项目"]


def test_every_page_knows_year_date_unit_of_money_and_department() -> None:
    common = {page.document: page.context for page in pages()}
    for words in common.values():
        assert (words["年度"], words["报告日期"], words["金额单位"]) == ("2021", "2022年7月11日", "万元")
        department: Any = words["部门"]
        assert (department["名称"], department["简称"]) == (OFFICE, OFFICE)


def test_a_page_says_whether_it_is_a_draft() -> None:
    error = Finding("B101", Severity.ERROR, Place("甲.xlsx"), "错")
    note = Finding("B102", Severity.NOTE, Place("甲.xlsx"), "注意")
    assert present(case_of(), [note, error])[0].context["是草稿"] is True
    assert present(case_of(), [note])[0].context["是草稿"] is False


def test_funds_are_printed_by_source_and_blank_where_there_is_none() -> None:
    funds = project_words()["资金"]
    assert funds["总额"] == {
        "年初预算数": "20",
        "全年预算数": "16.06",
        "全年执行数": "16.06",
        "执行率": "100%",
        "完成年初预算": "80.3%",
        "分值": "10",
        "得分": "10",
    }
    assert funds["当年财政拨款"]["执行率"] == "100%"
    assert set(funds["其他资金"].values()) == {"", "—"}
    assert (funds["其他资金"]["分值"], funds["其他资金"]["得分"]) == ("—", "—")


def test_a_rate_over_no_budget_is_a_dash() -> None:
    words = project_words(only(project("甲", budget="0", spent="0")))
    assert words["执行率"] == "—"
    assert words["执行率得分"] == ""


def test_numbers_of_projects_count_within_their_unit() -> None:
    forms = [project_words(nth=nth) for nth in range(3)]
    assert [(form["序号"], form["中文序号"]) for form in forms] == [("1", "一"), ("1", "一"), ("2", "二")]


def test_file_numbers_sort_as_the_workbook_does() -> None:
    many = tuple(project(f"项目{number}") for number in range(12))
    names = [page.output for page in pages(replace(FILING, projects=many)) if page.document == "project_form"]
    assert names[0].startswith(f"{CENTRE}/01-")
    assert names[-1].startswith(f"{CENTRE}/12-")


def test_two_projects_of_one_name_get_two_files() -> None:
    pack = load_pack("xinxiang")
    form = replace(pack.documents["project_form"], output="{单位}/{项目}")
    pack = replace(pack, documents={"project_form": form})
    names = [page.output for page in pages(only(project("甲"), project("甲")), pack)]
    assert names == [f"{CENTRE}/{name}" for name in ("甲.docx", "甲.xlsx", "甲（2）.docx", "甲（2）.xlsx")]


def test_an_output_name_that_asks_for_what_there_is_not_is_the_packs_mistake() -> None:
    pack = load_pack("xinxiang")
    wrong = Document("表", "department", "{项目}", ("a.docx",))
    with pytest.raises(PackError, match=r"文件名里不能用 \{项目\}"):
        pages(pack=replace(pack, documents={"wrong": wrong}))


def test_goals_keep_the_clerks_paragraphs() -> None:
    words = project_words()
    assert (words["预期目标"], words["预期目标文本"]) == (["目标一", "目标二"], "目标一\n目标二")
    assert words["使用情况"] == ["主要用于发放补助。", "兼顾宣传。"]


def test_the_indicator_tree_is_printed_with_points_under_the_level() -> None:
    tree = project_words()["指标树"]
    assert [level["标签"] for level in tree] == [
        "产出指标\n（50分）",
        "效益指标\n（30分）",
        "满意度指标\n（10分）",
    ]
    assert [level["是效益"] for level in tree] == [False, True, False]
    row = tree[0]["二级"][0]["三级"][1]
    assert (row["名称"], row["指标值"], row["完成值"], row["分值"], row["得分"]) == (
        "发放批次",
        "≥100%",
        "80%",
        "25",
        "20",
    )
    assert (row["偏差原因"], row["偏差原因句"]) == ("一批延至次年。", "一批延至次年。")


def test_a_form_without_points_under_the_level_prints_the_name_alone() -> None:
    tree = project_words(pack=with_options(level1_points_label=""))["指标树"]
    assert tree[0]["标签"] == "产出指标"


def test_a_form_may_keep_every_level_and_placeholder_rows() -> None:
    pack = with_options(indicator_prefix="指标{序号}：", placeholder_rows=2, all_level2=True)
    tree = project_words(pack=pack)["指标树"]
    output, benefit = tree[0]["二级"], tree[1]["二级"]
    assert [row["标签"] for row in output[0]["三级"]] == ["指标1：发放人数", "指标2：发放批次"]
    assert [level["名称"] for level in output] == ["数量指标", "质量指标", "时效指标", "成本指标"]
    assert [level["有指标"] for level in benefit] == [False, True, False, False]
    assert [(row["标签"], row["是占位"]) for row in benefit[1]["三级"]] == [
        ("指标1：就业率", False),
        ("指标2：", True),
    ]
    placeholder = benefit[0]["三级"][0]
    assert placeholder.pop("资料") == {}
    assert set(placeholder.values()) == {"1", "指标1：", "", True, False}


def test_a_form_that_keeps_every_level_prints_at_least_one_row_of_each() -> None:
    tree = project_words(pack=with_options(all_level2=True))["指标树"]
    assert all(level2["三级"] for level in tree for level2 in level["二级"])


def test_a_row_with_a_name_alone_keeps_its_place_and_counts_for_nothing() -> None:
    blank = replace(
        indicator("效益指标", "生态效益指标", "生态", full=""), target=Entered(), actual=Entered()
    )
    rows = (*(replace(row, actual=row.target) for row in ROWS), blank)
    words = project_words(only(project("甲", indicators=rows)))
    assert words["指标树"][1]["二级"][1]["有指标"] is False
    assert words["全部完成"] is True


def test_deductions_name_what_was_asked_reached_and_why() -> None:
    words = project_words(nth=2)
    assert [(loss["名称"], loss["扣分"], loss["指标值"], loss["完成值"]) for loss in words["扣分项"]] == [
        ("预算执行率", "2.53", "100%", "74.72%"),
        ("发放批次", "5", "≥100%", "80%"),
    ]
    assert words["扣分项"][0]["偏差原因句"] == "采购流标。"
    assert words["扣分项"][0]["项目"] == "补助二"
    assert words["扣分项"][0]["扣分"].figure.value == Decimal("2.53")
    assert words["偏差原因"] == "采购流标；一批延至次年。"
    assert (words["有扣分"], words["全部完成"]) == (True, False)


def test_a_form_may_call_the_execution_rate_otherwise() -> None:
    pack = replace(load_pack("xinxiang"), terms={"budget_execution_rate": "资金执行率"})
    assert project_words(pack=pack, nth=2)["扣分项"][0]["名称"] == "资金执行率"


def test_nothing_is_complete_while_a_score_is_missing() -> None:
    judged = replace(indicator("产出指标", "质量指标", "质量", full="50"), actual=statement("良好"))
    words = project_words(only(project("甲", indicators=(judged,))))
    assert (words["有扣分"], words["全部完成"]) == (False, False)
    assert words["总分"]["得分"] == ""


def test_money_left_over_is_named() -> None:
    left, none = project_words(nth=2), project_words()
    assert (left["有结余"], left["结余"]) == (True, "4.06")
    assert (none["有结余"], none["有结转"]) == (False, False)


def test_money_carried_in_is_noticed() -> None:
    first = project("甲")
    carried = replace(first.funding[0], source=text("上年结转资金"))
    assert project_words(only(replace(first, funding=(carried,))))["有结转"] is True


def test_the_summary_has_one_row_a_project_and_totals() -> None:
    summary = context("department_summary")["汇总"]
    assert [row["项目名称"] for row in summary["行"]] == ["招聘经费", "补助<一>", "补助二"]
    assert summary["行"][2] == {
        "序号": "3",
        "项目名称": "补助二",
        "实施单位": CENTRE,
        "年初预算数": "20",
        "全年预算数": "16.06",
        "执行数": "12",
        "执行率": "74.72%",
        "产出指标得分率": "90%",
        "效益指标得分率": "100%",
        "满意度指标得分率": "100%",
        "自评得分": "92.47",
        "评价等级": "优",
        "偏差原因": "采购流标；一批延至次年。",
    }
    assert (summary["合计"]["全年预算数"], summary["合计"]["平均得分"]) == ("48.18", "94.16")
    assert summary["显示合计"] is True


def test_a_level_a_project_lacks_is_blank_in_the_summary_and_by_name() -> None:
    filing = only(project("甲", indicators=ROWS[:2]))
    assert context("department_summary", filing)["汇总"]["行"][0]["效益指标得分率"] == ""
    assert project_words(filing)["一级"]["效益指标"] == {"分值": "", "得分": "", "得分率": ""}


def test_a_unit_knows_its_projects_totals_and_habits() -> None:
    words = context("unit_report", nth=1)["单位"]
    assert (words["名称"], words["项目数"], words["项目名称表"]) == (CENTRE, "2", "补助<一>；补助二")
    assert words["合计"]["执行率"] == "87.36%"
    assert words["写法"] == {"概括": False, "分项目": False, "逐指标": True}
    assert (words["有落款"], words["落款日期"]) == (True, "2022年7月7日")
    assert [loss["项目"] for loss in words["扣分项"]] == ["补助<一>", "补助二", "补助二"]
    assert (words["全部优"], words["有结余"]) == (True, True)


def test_a_unit_without_a_habit_writes_summarily() -> None:
    words = context("unit_report")["单位"]
    assert (words["写法"]["概括"], words["有落款"], words["落款日期"]) == (True, False, "")


def test_narratives_belong_to_their_unit_and_the_rest_is_empty() -> None:
    office, centre = (context("unit_report", nth=nth)["文字"] for nth in (0, 1))
    assert centre["工作组织"] == ["成立小组。", "分工负责；"]
    assert office["工作组织"] == []
    assert set(office) == {
        "工作组织",
        "自评过程",
        "基本情况补充",
        "结果总评",
        "问题",
        "整改措施",
        "自评工作建议",
        "预算安排建议",
        "其他说明",
    }


def test_the_pack_speaks_where_the_clerk_is_silent() -> None:
    pack = load_pack("xinxiang")
    sections = dict(pack.layout.sections)
    sections["other"] = replace(sections["other"], text="无")
    sections["problems"] = replace(sections["problems"], text="无", enabled=False, reason="不印")
    pack = replace(pack, layout=replace(pack.layout, sections=sections))
    words = context("unit_report", pack=pack)["文字"]
    assert (words["其他说明"], words["问题"]) == (["无。"], [])


def test_the_department_knows_its_bodies_goals_tasks_and_money() -> None:
    words = context("overall_report")["部门"]
    assert words["内设机构"] == {
        "有": True,
        "数量": "2",
        "名称表": "办公室、财务股",
        "各项": ["办公室", "财务股"],
        "带级别": "办公室、财务股",
    }
    assert (words["二级机构"]["数量"], words["二级机构"]["名称表"]) == ("1", CENTRE)
    assert words["目标文本"] == "目标1：稳定就业。"
    assert words["目标连写"] == "稳定就业。"
    assert words["任务"] == [
        {
            "序号": "1",
            "标签": "任务1：扩大参保",
            "名称": "扩大参保",
            "内容": "新增参保人员。\n核查数据；",
        }
    ]
    assert words["预算"] == {
        "总额": "100.00",
        "财政性资金": "100.00",
        "其他资金": "",
        "基本支出": "60.00",
        "项目支出": "40.00",
    }
    assert (words["调整预算"], words["支出总额"], words["结余"]) == ("120.00", "90.00", "30.00")
    assert (words["预算执行率"], words["预算调整率"], words["结转结余率"]) == ("75%", "20%", "25%")
    assert (words["三公"]["公务接待费"], words["三公"]["有接待"]) == ({"预算": "0.40", "决算": "0.14"}, True)
    assert (words["三公"]["因公出国费"], words["三公"]["有出国"]) == ({"预算": "", "决算": ""}, False)
    assert words["采购"] == {"预算": "2.50", "实际": "2.35", "内容": "办公设备、物业服务"}
    assert (words["全部任务完成"], words["全部目标完成"]) == (False, True)
    assert (words["项目数"], words["单位数"]) == ("3", "2")


def test_the_department_form_prints_computed_results_and_numbers_only_rows_with_points() -> None:
    overall = context("overall_form")["整体"]
    execution = overall["指标树"][0]["二级"][0]["三级"][0]
    assert (execution["名称"], execution["完成值"], execution["圈号"]) == ("预算执行率", "75%", "①")
    benefit = overall["一级"]["效益指标"]["二级"][0]["三级"]
    assert [(row["名称"], row["圈号"]) for row in benefit] == [("生态效益", ""), ("社会效益", "①")]
    assert benefit[1]["理由"] == ["群众认可。"]
    unused = overall["一级"]["投入指标"]
    assert unused.keys() == overall["指标树"][0].keys()
    assert (unused["分值"], unused["得分"], unused["得分率"], unused["二级"]) == ("", "", "", [])
    assert [loss["名称"] for loss in overall["扣分项"]] == ["预算执行率", "重点工作1计划完成率"]
    assert (overall["总分"], overall["等级"], overall["有扣分"]) == (
        {"分值": "13", "得分": "12.3"},
        "差",
        True,
    )


def test_an_amount_may_be_a_computed_result_of_the_department_form() -> None:
    pack = replace(load_pack("xinxiang"), derived={"预算执行率": "surplus"})
    judged = replace(FILING, overall=(replace(FILING.overall[0], target=statement("不多")),))
    limited = replace(FILING, overall=(replace(FILING.overall[0], target=at_most_wan("50")),))
    rows = [
        context("overall_form", filing, pack)["整体"]["指标树"][0]["二级"][0]["三级"][0]
        for filing in (judged, limited)
    ]
    assert [row["完成值"] for row in rows] == ["30.00", "30万元"]


def test_printed_figures_lead_back_to_their_cells() -> None:
    form = next(page for page in pages() if page.document == "project_form")
    shown = dict(figures_in(form.context))
    rate = shown["项目.执行率"].figure
    assert rate.how == "16.06÷16.06"
    assert {place.cell for place in rate.sources} == {"D6", "E6"}


def test_an_empty_workbook_still_has_words_for_the_department() -> None:
    empty = Filing(workbook="空.xlsx", department=Department())
    made = pages(empty)
    assert {page.document for page in made} == {"department_summary", "overall_form", "overall_report"}
    assert made[0].context["年度"] == ""
    assert made[0].output == "部门整体/项目支出自评汇总表（部门汇总）.docx"


def test_a_project_of_an_unknown_unit_still_has_its_form() -> None:
    made = pages(replace(FILING, units=(unit(OFFICE, "部门本级"),), projects=(project("甲", ""),)))
    assert made[0].output == "未填单位/1-甲-项目支出绩效自评表.docx"


def test_a_name_closed_by_a_full_stop_stays_so_only_in_the_table() -> None:
    rows = (indicator("产出指标", "数量指标", "统一着装。", full="50", actual="80"),)
    words = project_words(only(project("“甲”补助", indicators=rows)))
    row, loss = words["指标树"][0]["二级"][0]["三级"][0], words["扣分项"][0]
    assert (row["标签"], row["名称"], loss["名称"]) == ("统一着装。", "统一着装", "统一着装")
    assert (words["名称"], loss["项目"]) == ("“甲”补助", "‘甲’补助")
