from __future__ import annotations

from dataclasses import replace

from docgen.present import figures_in
from tests.present.report_words import everything, report_words


def test_items_are_listed_numbered_and_counted() -> None:
    words = report_words({"事项清单!C2": "发放补贴\n兑现政策。"})["清单"]["重点任务"]
    assert (words["有"], words["数量"], words["合计"]) == (True, "2", "5.00")
    assert words["名称表"] == "落实就业政策、规范劳动用工"
    first = words["各项"][0]
    assert (first["序号"], first["中文序号"], first["圈号"]) == ("1", "一", "①")
    assert (first["内容"], first["内容语"]) == (["发放补贴。", "兑现政策。"], "发放补贴。兑现政策")
    assert (first["金额"], first["有金额"], words["首项"]) == ("3.00", True, first)


def test_days_are_told_whole_and_without_their_year() -> None:
    days = {"事项清单!E2": "2021-12-31", "事项清单!F2": "2021-12-20"}
    words = report_words(days)["清单"]["重点任务"]
    first = words["各项"][0]
    assert (first["期限"], first["完成日期"]) == ("2021年12月31日", "2021年12月20日")
    assert (first["月日期限"], first["月日完成"], first["按时"]) == ("12月31日", "12月20日", True)
    assert words["全部按时"] is False
    late = report_words({**days, "事项清单!F2": "2022-01-02", "事项清单!3": None})["清单"]["重点任务"]
    assert (late["各项"][0]["按时"], late["全部按时"]) == (False, False)


def test_a_category_without_items_has_all_its_names() -> None:
    full = report_words()["清单"]["重点任务"]
    empty = report_words({"事项清单!2": None, "事项清单!3": None})["清单"]["重点任务"]
    assert empty.keys() == full.keys()
    assert (empty["有"], empty["数量"], empty["合计"], empty["各项"]) == (False, "0", "", [])
    assert empty["首项"].keys() == full["首项"].keys()
    assert empty["首项"]["名称"] == ""


def test_the_rows_of_one_problem_are_one_problem() -> None:
    words = report_words({"问题措施+": "预算执行偏慢。 | 部分项目开展较晚。 | 资金到位 | 按月督促"})["问题"]
    assert len(words) == 1
    assert (words[0]["名称"], words[0]["内容"]) == ("预算执行偏慢", ["部分项目开展较晚。"])
    assert (words[0]["内容语"], words[0]["指标"]) == ("部分项目开展较晚", "支出进度、资金到位")
    assert (words[0]["措施"], words[0]["措施语"]) == (
        ["提前编制计划。", "按月督促。"],
        "提前编制计划。按月督促",
    )


def test_a_duty_names_its_projects_even_those_whose_names_hold_a_comma() -> None:
    rows = {
        "项目!A4": "招聘、宣传经费",
        "职能活动!D2": "招聘、宣传经费\n窗口服务经费、技能培训经费",
        "职能活动!A2": "促进就业\n稳定就业",
    }
    duty = report_words(rows)["职能活动"][0]
    assert duty["项目"] == ["招聘、宣传经费", "窗口服务经费", "技能培训经费"]
    assert duty["项目文本"] == "招聘、宣传经费\n窗口服务经费\n技能培训经费"
    assert (duty["序号"], duty["职能"]) == ("1", "促进就业\n稳定就业")


def test_names_and_telephones_are_printed_only_when_asked_for() -> None:
    member = {"评价组!A2": "张某某", "评价组!D2": "0000-1234567"}
    quiet = report_words(member)["评价组"]
    assert quiet == {
        "成员": [{"姓名": "", "工作单位": "东山县人社局", "职务": "财务科科长", "电话": ""}],
        "印姓名": False,
    }
    asked = report_words({**member, "单位信息+": "印出评价组姓名和电话 | Y"})
    assert asked["评价组"]["成员"][0]["姓名"] == "张某某"
    assert (asked["评价组"]["成员"][0]["电话"], asked["评价组"]["印姓名"]) == ("0000-1234567", True)
    recorded = [text for path, text in figures_in(asked) if path.startswith("评价组")]
    assert recorded == []


def test_goals_carry_their_indicators() -> None:
    rows = {"目标指标!D2": "900人", "目标指标!E2": "企业用工减少。"}
    words = report_words(rows)
    goal = words["目标"][0]
    assert (goal["名称"], goal["内容"], goal["内容语"]) == (
        "就业稳定",
        ["就业局势保持稳定。"],
        "就业局势保持稳定",
    )
    assert (goal["有指标"], goal["完成"], words["全部目标完成"]) == (True, False, False)
    row = goal["指标"][0]
    assert (row["名称"], row["指标值"], row["实际值"], row["完成率"]) == (
        "城镇新增就业人数",
        "≥1000人",
        "900人",
        "90%",
    )
    assert (row["完成"], row["未完成原因"], row["是定量"]) == (False, "企业用工减少", True)
    assert report_words()["全部目标完成"] is True


def test_a_department_without_goals_has_reached_none() -> None:
    words = report_words({"整体目标与任务!4": None, **{f"目标指标!{row}": None for row in (2, 3, 4)}})
    assert (words["目标"], words["全部目标完成"]) == ([], False)


def test_particulars_boxes_and_documents_come_from_the_rows_of_the_county() -> None:
    words = report_words()["部门"]
    assert (words["资料"]["行政级别"], words["资料"]["预算编码"]) == ("正科级", "")
    assert words["勾选"]["评价方式"] == [
        {"名称": "部门（单位）自评", "选中": True, "记号": "☑"},
        {"名称": "中介机构评价", "选中": False, "记号": "□"},
    ]
    assert words["依据文件"][0] == "《办法》（东财〔2021〕1号）"
    assert words["依据文件连写"].endswith("《通知》（东财〔2022〕2号）和《规程》")
    assert report_words({"单位信息!8": None})["部门"]["依据文件连写"] == ""


def test_staff_and_bodies_are_counted() -> None:
    words = report_words()["部门"]
    assert words["人员"] == {
        "编制数": "50",
        "在职人数": "41",
        "公务员": "11",
        "事业人员": "30",
        "控制率": "82%",
    }
    assert words["二级机构"]["带级别"] == "东山县就业中心（副科级）、东山县培训学校"
    assert (words["内设机构"]["有"], words["内设机构"]["各项"]) == (False, [])


def test_a_county_that_does_not_use_a_sheet_has_no_words_for_it() -> None:
    pack = everything()
    sheets = {
        key: replace(sheet, enabled=False) if key in {"nontax", "undertakings"} else sheet
        for key, sheet in pack.layout.sheets.items()
    }
    words = report_words(pack=replace(pack, layout=replace(pack.layout, sheets=sheets)))
    assert "非税" not in words
    assert "目标" not in words
    assert words["项目表"] is words["部门"]["项目"]
