"""Other departments than the samples': no hole, no claim the figures deny, numbering without gaps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.samples.variant import Told, Variant

THIRD, FIFTH = "gaoyi-2024.xlsx", "hengyang-2023.xlsx"
BOTH = pytest.mark.parametrize("sample", [THIRD, FIFTH], ids=["third", "fifth"])
BASIC = 817.444551  # 人员经费 and 公用经费 of the third sample

# what a figure that is missing, or a clause that fell away, would leave behind
HOLES = (
    r"(?<![\d—])万元(?!\n)",
    r"占[；。，]",
    r"的[；。]",
    r"得分分|得分。|总分分",
    r"(?<!行)为[，。；]",
    r"[、，；：。]{2}",
    r"（分）|（）|“”",
    r"None|\{|\}",
)


def holes(told: Told) -> list[str]:
    """Where the report has a hole; cells of tables do not count."""
    lines = [line for line in told.text.splitlines() if not line.startswith(("│", "‖", "单位："))]
    return [line for line in lines for hole in HOLES if re.search(hole, line)]


def numbers(told: Told, heading: str) -> list[str]:
    """The numbers of the headings of one kind: ``（1）``, ``（2）``."""
    return re.findall(rf"^{heading}", told.text, re.MULTILINE)


def without_sangong(variant: Variant) -> None:
    for item in ("因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费"):
        variant.put("三公经费", item, "预算数", 0)
        variant.put("三公经费", item, "决算数", 0)


@BOTH
def test_the_samples_themselves_have_no_hole(sample: str, tmp_path: Path) -> None:
    assert holes(Variant(sample).told(tmp_path)) == []


def test_a_year_without_sangong_is_said_once_and_may_be_scored_by_hand(tmp_path: Path) -> None:
    variant = Variant(THIRD)
    without_sangong(variant)
    assert variant.told(tmp_path).open_codes == ["X208"]
    variant.put("整体指标", "“三公经费”控制率", "完成值", "不涉及")
    variant.put("整体指标", "“三公经费”控制率", "得分", 2)
    told = variant.told(tmp_path)
    assert (told.open_codes, holes(told)) == ([], [])
    assert "2024年没有安排“三公”经费预算，也没有发生“三公”经费支出。" in told.text
    assert "经自评，本年度没有安排“三公”经费预算，也没有支出，故此项得分2分。" in told.text
    assert "完成预算的" not in told.text


@BOTH
def test_money_spent_without_a_budget_has_no_rate(sample: str, tmp_path: Path) -> None:
    variant = Variant(sample)
    variant.put("三公经费", "因公出国（境）费", "决算数", 1.2)
    told = variant.told(tmp_path)
    assert told.open_codes == ["A103"]
    assert ("因公出国（境）费支出1.2万元，完成预算的—" in told.text) == (sample == THIRD)
    assert ("因公出国（境）费1.20万元" in told.text) == (sample == FIFTH)


def test_a_car_that_was_bought_is_not_denied(tmp_path: Path) -> None:
    variant = Variant(THIRD)
    variant.put("三公经费", "公务用车购置费", "预算数", 20)
    variant.put("三公经费", "公务用车购置费", "决算数", 18)
    told = variant.told(tmp_path)
    assert "公务接待费0.33万元；公务用车购置费20万元。" in told.text
    assert "公务用车购置及运行维护费支出23万元，完成预算的83.64%" in told.text
    assert "无公务用车购置费" not in told.text


def test_the_shares_of_many_sources_add_up_to_a_hundred_per_cent(tmp_path: Path) -> None:
    variant = Variant(THIRD)
    for column in ("年初预算数", "全年预算数", "决算数"):
        variant.put("收支", "一般公共预算财政拨款收入", column, 9000)
    for name, amount in (
        ("政府性基金预算收入", 1000),
        ("财政专户管理资金收入", 2000),
        ("上年结转收入", 400),
        ("其他收入", 90.388108),
    ):
        variant.add("收支", "资金来源", name, amount, amount, amount)
    told = variant.told(tmp_path)
    line = next(line for line in told.text.splitlines() if "本部门预算收入" in line)
    shares = [float(share) for share in re.findall(r"占([\d.]+)%", line)]
    assert len(shares) == 6
    assert round(sum(shares), 2) == 100
    assert told.open_codes == []


def test_one_source_is_the_whole(tmp_path: Path) -> None:
    variant = Variant(THIRD)
    variant.drop("收支", "国有资本经营预算收入")
    for column in ("年初预算数", "全年预算数", "决算数"):
        variant.put("收支", "一般公共预算财政拨款收入", column, 12493.388108)
    told = variant.told(tmp_path)
    assert "一般公共预算财政拨款收入12493.388108万元，占100%。" in told.text
    assert holes(told) == []


def test_a_department_without_projects_lists_none(tmp_path: Path) -> None:
    variant = Variant(THIRD)
    variant.clear("项目")
    variant.clear("项目资金")
    for column in ("年初预算数", "全年预算数", "决算数"):
        variant.put("收支", "一般公共预算财政拨款收入", column, BASIC - 3)
        variant.put("收支", "项目支出", column, 0)
    spent = (210, 210, 210, BASIC - 630)
    for quarter, amount in zip(("第一季度", "第二季度", "第三季度", "第四季度"), spent, strict=True):
        variant.put("支出进度", quarter, "当季支出", amount)
        variant.put("支出进度", quarter, "未达进度原因", None)
    variant.put("整体指标", "支出进度", "偏差原因及改进措施", None)
    variant.drop("问题措施", "上半年支出进度偏慢")
    told = variant.told(tmp_path)
    assert (told.open_codes, holes(told)) == ([], [])
    assert "我单位2024年没有项目支出。" in told.text
    assert "分项绩效项目清单" not in told.text
    assert "部门各季度支出均达到序时进度" in told.text


def test_project_spending_without_a_project_is_an_error(tmp_path: Path) -> None:
    variant = Variant(FIFTH)
    variant.clear("项目")
    variant.clear("项目资金")
    told = variant.told(tmp_path)
    assert told.open_codes == ["A808"]
    assert "# 四、项目绩效目标完成情况\n无。" not in told.text


def test_where_nothing_was_deducted_no_problem_is_invented(tmp_path: Path) -> None:
    variant = Variant(FIFTH)
    variant.put("收支", "一般公共预算财政拨款预算收入", "决算数", 2401.93)
    variant.put("收支", "基本支出", "决算数", 1418.8)
    variant.put("整体指标", "劳动争议案件调解率", "完成值", "72%")
    variant.put("整体指标", "各项补贴拨付及时率", "完成值", "93%")
    for row in ("预算执行率", "劳动争议案件调解率", "各项补贴拨付及时率"):
        variant.put("整体指标", row, "偏差原因及改进措施", None)
    variant.clear("问题措施")
    told = variant.told(tmp_path)
    assert told.open_codes == ["A111"]
    assert "绩效评价得分为100分，自评结果为优秀" in told.text
    assert told.text.count("自评中没有发现问题。") == 1
    assert "未达到" not in told.text
    assert "扣" not in told.text


@BOTH
def test_a_deduction_without_a_problem_is_not_called_no_problem(sample: str, tmp_path: Path) -> None:
    variant = Variant(sample)
    variant.clear("问题措施")
    told = variant.told(tmp_path)
    assert told.open_codes == ["X421"]
    assert "没有发现问题" not in told.text


@pytest.mark.parametrize(
    "sample, sheet",
    [
        *((THIRD, sheet) for sheet in ("整体目标", "收支", "三公经费", "人员", "资产负债")),
        *((THIRD, sheet) for sheet in ("支出进度", "目标指标", "年度成效", "整体指标")),
        *((FIFTH, sheet) for sheet in ("整体指标", "收支", "三公经费", "人员", "资产负债")),
    ],
)
def test_a_sheet_the_report_needs_is_missed_once_when_it_is_empty(
    sample: str, sheet: str, tmp_path: Path
) -> None:
    variant = Variant(sample)
    variant.clear(sheet)
    told = variant.told(tmp_path)
    assert [code for code in told.open_codes if not code.startswith("W201")] == ["W105"]


@pytest.mark.parametrize(
    "spent, missed",
    [
        ((3200, 3200, 3100, 2993.388108), "部门各季度支出均达到序时进度，故此项得分4分。"),
        ((2350, 3900, 3200, 3043.388108), "部门第一季度支出没有达到序时进度，扣1分，故此项得分3分。"),
        (
            (2350, 3100, 3000, 4043.388108),
            "部门第一、第二、第三季度支出没有达到序时进度，扣3分，故此项得分1分。",
        ),
    ],
)
def test_the_quarters_behind_schedule_are_named_and_scored(
    spent: tuple[float, ...], missed: str, tmp_path: Path
) -> None:
    variant = Variant(THIRD)
    for quarter, amount in zip(("第一季度", "第二季度", "第三季度", "第四季度"), spent, strict=True):
        variant.put("支出进度", quarter, "当季支出", amount)
    assert missed in variant.told(tmp_path).text


def test_a_missed_goal_is_told_and_costs_points(tmp_path: Path) -> None:
    variant = Variant(THIRD)
    variant.put("目标指标", "城乡居民基本养老保险待遇领取人数", "实际值", "36400人")
    variant.put("目标指标", "城乡居民基本养老保险待遇领取人数", "未完成原因", "部分人员没有按时认证。")
    told = variant.told(tmp_path)
    assert told.open_codes == ["X417"]
    assert "没有完成：指标值>36500人，实际值36400人，原因是部分人员没有按时认证。" in told.text
    assert "指标全部完成" not in told.text
    variant.put("整体指标", "各板块目标中的数量任务均已完成", "得分", 9)
    assert "X417" not in variant.told(tmp_path).open_codes


def test_a_result_in_other_words_than_its_target_is_neither_done_nor_missed(tmp_path: Path) -> None:
    variant = Variant(THIRD)
    variant.put("目标指标", "工资政策落实情况", "实际值", "全部落实到位")
    told = variant.told(tmp_path)
    assert told.open_codes == ["X415"]
    assert "没有完成" not in told.text
    assert "指标全部完成" not in told.text


def test_a_goal_without_indicators_prints_no_table(tmp_path: Path) -> None:
    variant = Variant(THIRD)
    variant.drop("目标指标", "社会保障卡持卡人数")
    told = variant.told(tmp_path)
    assert (told.open_codes, holes(told)) == ([], [])
    assert told.text.count("绩效指标：") == 4
    assert "指标全部完成" not in told.text


def test_goals_of_one_name_are_an_error(tmp_path: Path) -> None:
    variant = Variant(THIRD)
    variant.add("整体目标", "目标", "劳动关系和谐稳定", "又写了一次。")
    assert variant.told(tmp_path).open_codes == ["A811"]


def test_a_budget_that_moved_between_projects_is_not_called_unchanged(tmp_path: Path) -> None:
    variant = Variant(THIRD)
    for name, amount in (("企业职工基本养老保险基金补助", 328.5), ("被征地农民社会保险补贴", 255.2)):
        variant.put("项目资金", name, "全年预算数", amount)
        variant.put("项目资金", name, "全年执行数", amount)
    told = variant.told(tmp_path)
    assert told.open_codes == ["B203", "B203"]
    assert "没有调整" not in told.text
    assert "部门本年度预算总额没有变动，预算调整率为0%" in told.text
    assert "年中调整预算的项目，绩效目标和指标已作相应调整。" in told.text


def test_what_the_program_says_of_an_adjusted_budget_may_be_switched_off(tmp_path: Path) -> None:
    variant = Variant(THIRD)
    variant.put("收支", "一般公共预算财政拨款收入", "年初预算数", 12480.388108)
    variant.put("收支", "项目支出", "年初预算数", 11665.943557)
    variant.put("项目资金", "劳动技工学校实训经费", "年初预算数", 146.3)
    variant.add("文字", "部门整体", "预算调整说明", "（不印）")
    text = variant.told(tmp_path).text
    assert "年初预算12483.388108万元，调整后预算12493.388108万元，预算调整率为0.08%" in text
    assert "已作相应调整" not in text


@pytest.mark.parametrize(
    "sample, column, codes",
    [
        (FIFTH, "年初预算数", ["A807"]),
        (FIFTH, "全年预算数", ["A807", "X208", "X208"]),
        (THIRD, "决算数", ["A807", "A807", "X208", "X208"]),
    ],
)
def test_a_column_that_the_report_prints_must_be_filled(
    sample: str, column: str, codes: list[str], tmp_path: Path
) -> None:
    variant = Variant(sample)
    variant.blank("收支", column)
    assert variant.told(tmp_path).open_codes == codes


def test_income_in_another_unit_is_noticed(tmp_path: Path) -> None:
    variant = Variant(FIFTH)
    variant.put("收支", "一般公共预算财政拨款预算收入", "决算数", 22133800)
    assert variant.told(tmp_path).open_codes == ["A809"]


def test_spending_beyond_the_budget_is_not_called_within_it(tmp_path: Path) -> None:
    variant = Variant(FIFTH)
    variant.put("收支", "一般公共预算财政拨款预算收入", "全年预算数", 2101.93)
    variant.put("整体指标", "全年支出占全年预算的比例", "指标值", "控制在预算内")
    variant.put("整体指标", "控制在预算内", "完成值", "控制在预算内")
    variant.put("整体指标", "控制在预算内", "三级指标", "支出控制情况")
    variant.put("整体指标", "支出控制情况", "得分", 20)
    variant.put("整体指标", "支出控制情况", "完成档次", "达成预期指标")
    told = variant.told(tmp_path)
    assert told.open_codes == ["A108"]
    assert "以内" not in told.text
    assert "预算执行率为105.25%。\n" in told.text  # full marks: no reason why they were missed


def test_spending_beyond_the_budget_is_told_without_the_income_of_the_year(tmp_path: Path) -> None:
    variant = Variant(FIFTH)
    variant.put("收支", "一般公共预算财政拨款预算收入", "全年预算数", 2101.93)
    for source in ("一般公共预算财政拨款预算收入", "其他收入"):
        variant.put("收支", source, "决算数", "")
    assert "A108" in variant.told(tmp_path).open_codes


def test_a_deduction_from_a_target_that_was_met_does_not_deny_that(tmp_path: Path) -> None:
    variant = Variant(FIFTH)
    variant.put("整体指标", "工作完成及时率", "得分", 0.5)
    variant.put("整体指标", "工作完成及时率", "偏差原因及改进措施", "两件超过内部时限。")
    variant.put("问题措施", "绩效管理基础工作有待加强", "对应扣分指标", "工作完成及时率")
    variant.clear("核实说明")
    variant.add("核实说明", "S101", "整体指标!G11", "内部时限要求更严，部门自行扣分。", "0.5、97%、95%、1")
    told = variant.told(tmp_path)
    assert told.open_codes == []
    assert "其中工作完成及时率达到年初设定的≥95%，扣0.5分；各项补贴拨付及时率未达到" in told.text


def test_two_parts_never_make_a_hundred_and_one_per_cent(tmp_path: Path) -> None:
    variant = Variant(FIFTH)
    variant.put("收支", "基本支出", "决算数", 1128.6649)
    variant.put("收支", "项目支出", "决算数", 1106.3151)
    text = variant.told(tmp_path).text
    assert "占总支出的51%；项目支出1106.32万元，占总支出的49%" in text


def test_switched_off_texts_leave_no_gap_in_the_numbering(tmp_path: Path) -> None:
    variant = Variant(THIRD)
    for title in ("评价方法·比较法", "评价过程·前期准备", "自评组织工作", "资产管理", "三公经费管理"):
        variant.add("文字", "部门整体", title, "（不印）")
    told = variant.told(tmp_path)
    assert (told.open_codes, holes(told)) == ([], [])
    assert numbers(told, r"（\d）(?=[^。\n]*法。)") == ["（1）", "（2）", "（3）", "（4）"]
    assert numbers(told, r"#### （\d）") == ["#### （1）", "#### （2）", "#### （3）"]
    assert "运用因素分析法、现场核查法、访谈法、问卷调查法等方法" in told.text
    assert "比较法" not in told.text


def test_a_whole_group_of_texts_switched_off_takes_its_heading_along(tmp_path: Path) -> None:
    variant = Variant(THIRD)
    for method in ("因素分析法", "比较法", "现场核查法", "访谈法", "问卷调查法"):
        variant.add("文字", "部门整体", f"评价方法·{method}", "（不印）")
    told = variant.told(tmp_path)
    assert "评价方法" not in told.text
    assert "### 1、评价过程" in told.text


def test_the_clerks_own_words_take_the_place_of_the_packs(tmp_path: Path) -> None:
    variant = Variant(THIRD)
    variant.add("文字", "部门整体", "评价方法·比较法", "本年<上年>&对照\n第二段")
    variant.add("文字", "部门整体", "评价结论", "全年工作平稳，")
    variant.put("文字", "总体目标", "正文", "=年初目标")
    variant.put("年度成效", "推行人社综合柜员制", "内容", "，窗口已经整合；")
    variant.put("问题措施", "上半年支出进度偏慢", "改进措施", "提前申报\n按月通报")
    told = variant.told(tmp_path)
    assert (told.open_codes, holes(told)) == ([], [])
    assert "（2）比较法。本年<上年>&对照。\n第二段。\n" in told.text
    assert "\n全年工作平稳。根据部门整体支出绩效评价指标体系" in told.text
    assert "\n=年初目标。\n" in told.text
    assert "1. 推行人社综合柜员制。窗口已经整合；\n" in told.text
    assert "\n2、提前申报。按月通报。\n" in told.text


def test_names_and_numbers_of_the_group_are_printed_only_when_asked(tmp_path: Path) -> None:
    variant = Variant(THIRD)
    variant.put("评价组", "副局长", "姓名", "成员一")
    variant.put("评价组", "副局长", "电话", "0000-0000001")
    hidden = variant.told(tmp_path).text
    assert "成员一" not in hidden
    assert "0000-0000001" not in hidden
    variant.put("单位信息", "印出评价组姓名和电话", "", "是")
    assert "│ 成员一 │ 人社局 │ 副局长 │ 0000-0000001 │" in variant.told(tmp_path).text


def test_an_empty_group_leaves_rows_to_sign_in(tmp_path: Path) -> None:
    variant = Variant(THIRD)
    variant.clear("评价组")
    text = variant.told(tmp_path).text
    assert text.count("│  │  │  │  │") == 3


def test_the_same_amounts_in_yuan_print_the_same_report(tmp_path: Path) -> None:
    variant = Variant(FIFTH)
    told = variant.told(tmp_path)
    variant.put("单位信息", "金额单位", "", "元")
    for sheet in ("收支", "三公经费", "政府采购", "资产负债", "项目资金"):
        for row in variant.book[sheet].iter_rows(min_row=2):
            for cell in row:
                if isinstance(cell.value, int | float):
                    cell.value = round(cell.value * 10000, 2)
    assert variant.told(tmp_path).text == told.text


WRONG = (
    ("V101", "人员", "公务员", "人数", "十一人"),
    ("V106", "人员", "公务员", "人员类别", "干部"),
    ("V101", "资产负债", "货币资金", "年末数", "约630"),
    ("A811", "资产负债", "货币资金", "项目", "固定资产原值"),
    ("V106", "支出进度", "第二季度", "季度", "上半年"),
    ("V101", "支出进度", "第二季度", "当季支出", "三千"),
    ("X414", "目标指标", "劳动人事争议调解成功率", "实际值", 85),
    ("W201", "目标指标", "劳动人事争议调解成功率", "板块名称", "劳动关系稳定"),
    ("V106", "年度成效", "推行人社综合柜员制", "类别", "成绩"),
    ("X422", "问题措施", "上半年支出进度偏慢", "对应扣分指标", "进度"),
    ("V105", "单位信息", "印出评价组姓名和电话", "", "要"),
)


@pytest.mark.parametrize("code, cell", [(code, cell) for code, *cell in WRONG])
def test_what_cannot_be_right_is_found_on_its_sheet(code: str, cell: list[object], tmp_path: Path) -> None:
    sheet, row, column, value = cell
    variant = Variant(THIRD)
    variant.put(str(sheet), str(row), str(column), value)
    found = [finding for finding in variant.told(tmp_path).findings if finding.code == code]
    assert [finding.place.sheet for finding in found] == [sheet]


def test_a_formula_nobody_computed_makes_no_sum_without_it(tmp_path: Path) -> None:
    variant = Variant(FIFTH)
    variant.book["资产负债"]["B2"] = "=1+2"
    told = variant.told(tmp_path)
    assert told.open_codes == ["V108"]
    assert "净资产" not in told.text
