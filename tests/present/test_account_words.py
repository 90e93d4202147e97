"""``决算`` and ``情况``: the tables and sentences of the 部门决算公开, from small sheets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from docgen.model import Department, Entered, Filing, Project, SangongLine, Unit
from docgen.model.final_accounts import (
    CategoryLine,
    CountLine,
    EvaluationLine,
    LastYearLine,
    ProjectChangeLine,
    RunningCostLine,
)
from docgen.packs import load_pack
from docgen.present import Shown, figures_in, present
from tests.present.account_filings import (
    ACCOUNTS,
    FILING,
    FUNDS,
    fund,
    project,
    rows,
    said,
    target,
    with_lines,
    without,
)
from tests.present.filings import case_of

PACK = "zezhou"


def words(filing: Filing = FILING) -> Any:  # noqa: ANN401 - a tree of words
    made = present(case_of(filing, load_pack(PACK)))
    return next(page.context for page in made if page.document == "final_accounts")


def tables(filing: Filing = FILING) -> Any:  # noqa: ANN401 - likewise
    return words(filing)["决算"]


def situation(filing: Filing = FILING) -> Any:  # noqa: ANN401 - likewise
    return words(filing)["情况"]


def test_income_is_printed_by_source_and_fiscal_money_in_one_column() -> None:
    income = tables()["收入"]
    assert (income["一般公共预算财政拨款"], income["其他收入"], income["事业收入"]) == ("1323.46", "1.00", "")
    assert (income["财政拨款收入"], income["合计"], income["总计"]) == ("1323.46", "1324.46", "1324.46")


def test_tables_by_code_hold_every_parent_and_say_which_lines_are_sums() -> None:
    table = tables()["表03"]
    assert [(row["代码"], row["层级"], row["是汇总"], row["本年支出合计"]) for row in table["行"]] == [
        ("208", "0", True, "1201.00"),
        ("20801", "1", True, "1201.00"),
        ("2080101", "2", False, "1200.00"),
        ("2080199", "2", False, "1.00"),
        ("221", "0", True, "123.46"),
        ("22102", "1", True, "123.46"),
        ("2210201", "2", False, "123.46"),
    ]
    assert (table["合计"]["本年支出合计"], table["合计"]["基本支出"]) == ("1324.46", "1023.46")
    assert tables()["表02"]["行"][0]["其他收入"] == "1.00"
    assert [row["代码"] for row in tables()["表05"]["行"]][-1] == "2210201"


def test_exact_tables_keep_every_digit_and_the_same_shape() -> None:
    both = words()
    exact = both["决算精确"]
    assert exact["收入"]["合计"] == "1324.456789"
    assert exact["表03"]["合计"]["项目支出"] == "301"
    assert exact["资产"] == both["决算"]["资产"]
    assert set(exact) == set(both["决算"])


def test_every_category_of_the_classification_has_a_line() -> None:
    lines = tables()["类"]
    assert (lines["208"]["合计"], lines["208"]["一般公共预算"], lines["208"]["财政合计"]) == (
        "1201.00",
        "1200.00",
        "1200.00",
    )
    assert set(lines["201"].values()) == {""}
    assert {"202", "224", "234"} <= set(lines)


def test_funds_of_the_government_have_their_own_lines_and_balances() -> None:
    made = tables(FUNDS)
    table, fiscal = made["表07"], made["财政"]
    assert (table["有数据"], made["表08"]["有数据"]) == (True, True)
    assert [(row["代码"], row["年初结转和结余"], row["本年收入"], row["小计"], row["年末结转和结余"])
            for row in table["行"]][-1] == ("2082201", "5.00", "7.00", "10.00", "2.00")  # fmt: skip
    assert (table["合计"]["项目支出"], table["合计"]["基本支出"]) == ("10.00", "")
    assert (fiscal["年初"]["政府性基金预算"], fiscal["年末"]["合计"]) == ("5.00", "2.00")
    assert fiscal["总计"] == fiscal["支出总计"]["合计"] == "1338.46"
    assert made["类"]["208"]["政府性基金预算"] == "10.00"


def test_tables_without_lines_say_that_they_have_none() -> None:
    made = tables()
    assert (made["表07"]["有数据"], made["表07"]["行"], set(made["表07"]["合计"].values())) == (
        False,
        [],
        {""},
    )
    assert (made["表08"]["有数据"], made["表03"]["有数据"]) == (False, True)


def test_economic_codes_are_all_there_and_parents_are_summed() -> None:
    made = tables()
    assert (made["经济"]["301"], made["经济"]["30101"], made["经济"]["30102"]) == ("1013.46", "1000.00", "")
    assert (made["人员经费合计"], made["公用经费合计"]) == ("1013.46", "10.00")


def test_statistics_leave_blank_what_there_is_not() -> None:
    made = tables()
    assert made["三公"]["决算"] == {
        "合计": "3.50",
        "因公出国": "",
        "公车小计": "3.00",
        "购置": "",
        "运行": "3.00",
        "接待": "0.50",
    }
    assert made["采购"] == {"合计": "60.00", "货物": "50.10", "工程": "", "服务": "9.90"}
    assert (made["资产"]["车辆合计"], made["资产"]["其他用车"], made["资产"]["设备"]) == ("3", "2", "")


def test_totals_are_told_against_last_year() -> None:
    told = situation()
    assert (told["收入总计"], told["收入变动"]["差"], told["收入变动"]["增减"]) == (
        "1,324.46",
        "75.54",
        "减少",
    )
    assert told["财政"]["收入变动"]["相同"] is True
    assert (told["一般"]["变动"]["升降"], told["一般"]["变动"]["率"]) == ("增长", "1.80%")


def test_a_total_without_a_last_year_claims_no_change() -> None:
    told = situation(without("last_year"))
    assert (told["收入变动"]["有上年"], told["收入变动"]["差"]) == (False, "")


def test_projects_that_stopped_are_told_apart_from_those_that_changed() -> None:
    told = situation()
    assert [(item["名称"], item["今年"], item["差"], item["率"]) for item in told["项目变动"]] == [
        ("甲补贴", "108924.93", "3197334.24", "96.71%"),
        ("乙经费", "631262.2", "631262.2", ""),
    ]
    assert (told["项目变动"][1]["有去年"], told["项目变动"][1]["有率"]) == (False, False)
    assert [(item["名称"], item["去年"]) for item in told["未开展"]] == [
        ("丙资金", "600000"),
        ("丁资金", "500000"),
    ]


def test_a_project_without_money_in_either_year_is_not_told_and_an_unreadable_one_has_not_stopped() -> None:
    lines = rows(ProjectChangeLine, """
        name | this_year | last_year
        甲    |           |
        乙    | 0         | 0
        丙    | 9         | 9
    """)  # fmt: skip
    broken = replace(lines[2], this_year=Entered(None, text="九"))
    told = situation(with_lines(project_changes=(*lines, broken)))
    assert [(item["名称"], item["今年"], item["相同"]) for item in told["项目变动"]] == [
        ("丙", "9", True),
        ("丙", "", False),
    ]
    assert told["未开展"] == []


def test_only_columns_with_money_are_told_and_shares_are_not_forced() -> None:
    told = situation()
    assert told["收入"]["行"] == [
        {"名称": "财政拨款收入", "金额": "1,323.46", "占比": "99.92%"},
        {"名称": "其他收入", "金额": "1.00", "占比": "0.08%"},
    ]
    assert [row["名称"] for row in told["支出"]["行"]] == ["基本支出", "项目支出"]


def test_a_category_without_a_budget_has_no_completion_and_none_without_last_year_a_rate() -> None:
    pay, housing = situation()["一般"]["分类"]
    assert (pay["完成率"], pay["变动"]["相同"], pay["用途"], pay["原因"]) == ("96.00%", True, "人员工资", "")
    assert (housing["年初预算"], housing["有完成率"], housing["完成率"]) == ("0", False, "")
    assert (housing["变动"]["增减"], housing["变动"]["有率"], housing["原因"]) == ("增加", False, "基数调整")


def test_no_budget_at_all_has_no_completion() -> None:
    lines = rows(CategoryLine, "code | initial_budget\n208 | 0")
    told = situation(with_lines(categories=lines))["一般"]
    assert (told["年初预算"], told["有完成率"], told["完成率"]) == ("0", False, "")


def test_basic_spending_names_only_codes_with_money() -> None:
    told = situation()["基本"]
    assert told["人员行"] == [
        {"名称": "基本工资", "金额": "1,000.00"},
        {"名称": "住房公积金", "金额": "13.46"},
    ]
    assert told["公用行"] == [{"名称": "办公费", "金额": "10.00"}]


def test_funds_are_told_only_where_there_are_any() -> None:
    none, some = situation(), situation(FUNDS)
    assert (none["基金"]["有数据"], none["国资"]["有数据"]) == (False, False)
    assert (some["基金"]["年初结转"], some["基金"]["本年收入"], some["基金"]["本年支出"]) == (
        "5.00",
        "7.00",
        "10.00",
    )
    assert (some["基金"]["年末结转"], some["基金"]["类"][0]["占比"]) == ("2.00", "100.00%")
    assert (some["国资"]["基本支出"], some["国资"]["项目支出"]) == ("3.00", "0")


def test_each_item_of_sangong_is_told_against_budget_and_last_year() -> None:
    told = situation()["三公"]
    abroad, bought, kept, guests = told["项"]
    assert (told["完成率"], told["变动"]["率"], told["原因"]) == ("97.22%", "81.30%", "加强管理")
    assert (abroad["金额"], abroad["有完成率"], abroad["变动"]["相同"], abroad["无支出"]) == (
        "0",
        False,
        True,
        True,
    )
    assert (bought["变动"]["有上年"], bought["原因"]) == (False, "")
    assert (kept["完成率"], kept["变动"]["增减"], kept["原因"]) == ("100.00%", "减少", "严格控制")
    assert (guests["名称"], guests["金额"]) == ("公务接待费", "0.50")


def test_sangong_as_a_whole_changed_for_the_reasons_of_its_items_unless_one_is_given() -> None:
    lines = rows(LastYearLine, "item | amount\n收入总计 | 1")
    reasons = rows(SangongLine, """
        item          | budget | final | last_year | reason
        因公出国（境）费  | 0      | 0     | 0         | 无此项支出。
        公务用车运行维护费 | 30000  | 30000 | 175000    | 严格控制。
        公务接待费      | 6000   | 5000  | 12200     | 没有接待
    """)  # fmt: skip
    told = situation(replace(with_lines(last_year=lines), sangong=reasons))["三公"]
    assert told["原因"] == "严格控制；没有接待"


def test_counts_nobody_entered_are_nought_and_receptions_are_added() -> None:
    told = situation()["三公"]
    assert (told["团组"], told["购置数"], told["保有量"]) == ("0", "0", "3")
    assert told["运行用途"] == [{"用途": "车辆保险费", "金额": "2.00"}, {"用途": "燃料费", "金额": "1.00"}]
    abroad = rows(CountLine, "item | count | amount\n国（境）外公务接待批次 | 2 | 1000")
    told = situation(with_lines(sangong_counts=(*ACCOUNTS.sangong_counts, *abroad)))["三公"]["接待"]
    assert (told["批次"], told["国内"]["批次"], told["国外"]["批次"]) == ("6", "4", "2")
    assert (told["国外"]["金额"], told["国内"]["说明"], told["外事"]["批次"]) == ("0.10", "上级检查", "0")


def test_running_costs_procurement_and_assets_are_told() -> None:
    told = situation()
    assert (told["机关运行"]["金额"], told["机关运行"]["变动"]["率"], told["机关运行"]["原因"]) == (
        "10.00",
        "25.00%",
        "人员增加",
    )
    assert (told["采购"]["工程"], told["采购"]["中小占比"], told["采购"]["小微占比"]) == (
        "0",
        "66.67%",
        "50.00%",
    )
    assert told["资产"]["车型"] == [
        {"名称": "执法执勤用车", "数量": "1", "用途": []},
        {"名称": "其他用车", "数量": "2", "用途": [{"用途": "下乡检查用车", "数量": "2"}]},
    ]


def test_nothing_bought_has_no_shares() -> None:
    told = situation(replace(FILING, procurement=()))["采购"]
    assert (told["总额"], told["中小"], told["中小占比"], told["有占比"]) == ("0", "0", "", False)


def test_running_costs_over_a_last_year_of_nought_have_no_rate() -> None:
    costs = rows(RunningCostLine, "kind | final | last_year\n行政单位 | 100 | 0")
    change = situation(with_lines(running_costs=costs))["机关运行"]["变动"]
    assert (change["增减"], change["差"], change["有率"], change["率"]) == ("增加", "0.01", False, "")


def test_evaluations_count_projects_money_and_grades() -> None:
    told = situation()["绩效"]
    assert (told["项目数"], told["资金"], told["一般"], told["基金"]) == ("2", "3.41", "3.41", "0")
    assert [row["数量"] for row in told["等级"]] == ["1", "1", "0", "0"]
    assert told["弱等级"] == "“中”和“差”"


def test_a_weak_project_says_what_will_be_done_better() -> None:
    weak = project(
        "“丙”经费", fund("市县区财政资金", "9", "9", "9", "1"), next_steps=said("加快支付；\n按月调度。")
    )
    weak = replace(weak, indicators=(replace(weak.indicators[0], actual=target("1人")),))
    told = situation(replace(FILING, projects=(weak,)))["绩效"]
    assert told["中差"] == [{"项目": "‘丙’经费", "等级": "差", "措施": "加快支付；按月调度"}]


def test_evaluated_projects_have_two_rates_that_are_not_mixed() -> None:
    told = situation()["绩效"]["部门评价"]
    first, second = told["项目"]
    assert (first["率"], first["年初率"], first["有年初率"]) == ("77.62%", "32.16%", True)
    assert (second["率"], second["有率"], second["年初率"]) == ("", False, "")
    assert (told["数量"], told["资金"], told["项目名称表"]) == ("2", "10.00", "“甲补贴”“乙经费”")


def test_no_evaluation_is_no_sentence() -> None:
    told = situation(without("evaluations"))["绩效"]["部门评价"]
    assert (told["有"], told["项目"]) == (False, [])
    assert (
        situation(with_lines(evaluations=rows(EvaluationLine, "name\n甲")))["绩效"]["部门评价"]["有"] is True
    )


def test_terms_are_explained_only_where_they_occur() -> None:
    few, more = situation()["名词"], situation(FUNDS)["名词"]
    names = [term["名称"] for term in few]
    assert (names[0], "其他收入" in names, "事业收入" in names, "年初结转和结余" in names) == (
        "财政拨款收入",
        True,
        False,
        False,
    )
    assert [term["序号中文"] for term in few][:3] == ["一", "二", "三"]
    assert "年初结转和结余" in [term["名称"] for term in more]


def test_terms_depend_on_figures_that_there_are() -> None:
    pack = load_pack(PACK)
    known = set(case_of(FILING, pack).figures.final_accounts.named)
    assert {name for entry in pack.definitions.values() for name in entry.when} <= known


def test_bodies_are_counted_from_the_lists() -> None:
    centre = Unit(name=said("监察队"), kind=said("二级机构"))
    told = situation(replace(FILING, units=(*FILING.units, centre)))["机构"]
    assert {role: (each["数量"], each["名称表"]) for role, each in told.items()} == {
        "下属": ("2", "服务中心、监察队"),
        "股室": ("1", "办公室"),
    }
    assert situation(replace(FILING, units=()))["机构"]["下属"]["数量"] == "0"


def test_codes_stand_before_names() -> None:
    made = words()
    assert made["部门"]["代码名称"] == "054-某某县某某局"
    assert made["预算单位"]["代码名称"] == "054001-某某县某某局(机关)"
    plain = words(replace(FILING, department=replace(FILING.department, extras={})))
    assert plain["预算单位"]["代码名称"] == "某某县某某局"


def test_every_number_of_the_sentences_is_a_figure_with_its_cells() -> None:
    told = situation(FUNDS)
    figures = dict(figures_in(told))
    rate = figures["收入变动.率"].figure
    assert rate.how == "(13394567.89−14000000)÷14000000"
    assert {place.cell for place in rate.sources} >= {"B2", "C2"}
    numbers = {path for path, text in _leaves(told) if any(char.isdigit() for char in text)}
    explained = {path for path in numbers if path.startswith("名词.")}
    assert numbers - explained <= set(figures)


def _leaves(node: object, path: str = "") -> list[tuple[str, str]]:
    if isinstance(node, dict):
        return [leaf for name, value in node.items() for leaf in _leaves(value, f"{path}.{name}".strip("."))]
    if isinstance(node, list):
        return [leaf for at, value in enumerate(node, 1) for leaf in _leaves(value, f"{path}.{at}")]
    return [(path, node)] if isinstance(node, str) else []


def test_amounts_that_cannot_be_read_are_not_printed_as_nought() -> None:
    broken = replace(ACCOUNTS.income[0], amount=Entered(None, text="一百万"))
    told = situation(with_lines(income=(broken,)))
    assert (told["收入总计"], told["收入"]["合计"], isinstance(told["收入总计"], Shown)) == ("", "", True)


def test_an_empty_workbook_still_has_every_word() -> None:
    empty = Filing(workbook="空.xlsx", department=Department())
    made = words(empty)
    assert set(made["情况"]) == set(situation())
    assert {"208", "221"} <= set(made["决算"]["类"])
    assert (made["情况"]["收入总计"], made["上年"], made["报告年月"]) == ("0", "", "")


def test_a_project_may_be_judged_without_any_project_in_the_workbook() -> None:
    told = situation(replace(FILING, projects=(Project(name=said("甲补贴")),)))["绩效"]
    assert told["部门评价"]["项目"][0]["有年初率"] is False
