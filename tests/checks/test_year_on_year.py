"""The rules that compare a filing with the record of last year's run."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from docgen.model.last_year import LastYear, PastIndicator, PastProject
from docgen.quantity import Yuan
from tests.filing_tables import Changes, Examined, examined
from tests.final_tables import disclosed

NAME = "东山县人社局"
PROJECTS = ("窗口服务经费", "技能培训经费", "招聘服务经费")


def record(
    amounts: Mapping[str, str] | None = None, *projects: PastProject, overall: tuple[PastIndicator, ...] = ()
) -> LastYear:
    """A record of the year before with these amounts in 元, and the projects of this year unless told."""
    found = {key: Yuan(Decimal(value)) for key, value in (amounts or {}).items()}
    known = projects or tuple(PastProject(name) for name in PROJECTS)
    return LastYear("run.json", NAME, 2020, found, projects=known, overall=overall)


def against(past: LastYear, changes: Changes | None = None) -> Examined:
    return examined(changes or {}, last_year=past)


def targets(target: str, level3: str = "办事群众满意度", level2: str = "服务对象满意度指标") -> LastYear:
    indicator = PastIndicator(level2, level3, target)
    return record(None, PastProject("窗口服务经费", indicators=(indicator,)), *record().projects[1:])


def test_a_year_like_the_last_raises_no_alarm() -> None:
    same = {"project_final": "380000", "final": "980000", "project.窗口服务经费": "100000"}
    assert against(record(same)).found == []


def test_a_jump_of_the_accounts_is_asked_about_at_its_cell() -> None:
    (finding,) = against(record({"project_final": "250000"})).findings
    assert (finding.code, str(finding.place)) == ("X301", "收支!E5")
    assert finding.message == "“项目支出”上年 25，本年 38，增加 52%，没有说明"


@pytest.mark.parametrize("amount", ["300000", "0", "-5", "292308"])
def test_a_change_within_the_limit_or_without_a_base_is_none(amount: str) -> None:
    assert against(record({"project_final": amount})).found == []


def test_a_small_change_is_none_however_large_its_rate() -> None:
    past = record({"official_reception": "500"})
    assert against(past, {"三公经费!D3": ""}).found == []


def test_a_falling_sangong_item_is_asked_about_a_growing_one_by_its_own_rule() -> None:
    past = record({"vehicle_upkeep": "170000"})
    assert against(past, {"三公经费!D2": ""}).found == ["X301 三公经费!C2"]
    grown = against(record({"vehicle_upkeep": "1000"}), {"三公经费!D2": "0.1"})
    assert grown.found == ["A112 三公经费!E2"]


def test_a_jump_of_a_project_is_asked_about_unless_a_reason_is_written() -> None:
    past = record({"project.技能培训经费": "20000"})
    (finding,) = against(past).findings
    assert (finding.code, str(finding.place)) == ("X302", "项目资金!E3")
    assert finding.message == "“技能培训经费”全年执行数上年 2，本年 20，增加 900%，没有说明"
    assert against(past, {"项目!J3": "年中追加培训补贴"}).only("X302") == []


def test_a_project_listed_among_the_changes_is_not_asked_about_again() -> None:
    past = LastYear("run.json", NAME, 2023, {"project.宣传培训经费": Yuan(Decimal(100000))})
    assert disclosed(last_year=past).only("X302") == []


def test_projects_that_vanished_are_listed_with_the_likely_new_name() -> None:
    past = record(None, *record().projects[:2], PastProject("招聘服务费"), PastProject("旧项目"))
    (finding,) = against(past).findings
    assert (finding.code, str(finding.place)) == ("X303", "项目")
    assert finding.message == "上年的项目今年没有了：“招聘服务费”（是不是改名为“招聘服务经费”？）、“旧项目”"


def test_many_vanished_projects_are_counted() -> None:
    gone = tuple(PastProject(f"旧项目{number}") for number in range(12))
    (finding,) = against(record(None, *record().projects, *gone)).findings
    assert finding.message.endswith("等 12 个")


def test_a_project_listed_among_the_changes_has_not_vanished() -> None:
    known = tuple(PastProject(name) for name in ("窗口服务经费", "宣传培训经费", "招聘服务经费"))
    past = LastYear("run.json", NAME, 2023, projects=known)
    assert disclosed(last_year=past).found == []


@pytest.mark.parametrize(
    "before, how",
    [
        ("≥95%", "放宽了"),
        ("≥90人", "换了计量单位"),
        ("≤95%", "方向相反"),
    ],
)
def test_a_target_that_asks_less_is_named(before: str, how: str) -> None:
    (finding,) = against(targets(before)).findings
    assert (finding.code, str(finding.place)) == ("X304", "绩效指标!E7")
    assert how in finding.message
    assert finding.expected == before


@pytest.mark.parametrize("before", ["≥90%", "≥85%", "满意", ""])
def test_a_target_that_asks_as_much_or_was_no_number_is_not_named(before: str) -> None:
    assert against(targets(before)).found == []


def test_a_raised_upper_limit_is_an_eased_target() -> None:
    assert against(targets("≤8万元", "窗口运行成本", "成本指标")).found == ["X304 绩效指标!E5"]


def test_a_number_that_became_words_is_an_eased_target() -> None:
    assert against(targets("≥12场", "开放及时性", "时效指标")).found == ["X304 绩效指标!E4"]


def test_an_eased_target_with_a_reason_is_not_quiet() -> None:
    assert against(targets("≥95%"), {"绩效指标!J7": "调查口径改为全部办事人员"}).only("X304") == []


def test_a_target_left_blank_is_asked_about_by_its_own_rule() -> None:
    assert against(targets("≥95%"), {"绩效指标!E7": ""}).only("X304") == []


def test_the_department_form_is_compared_too() -> None:
    past = record(overall=(PastIndicator("满意度", "社会公众满意度", "≥95%"),))
    assert against(past).found == ["X304 整体指标!D7"]


def test_an_opening_balance_is_last_years_closing_one() -> None:
    agreeing = LastYear("run.json", NAME, 2023, {"closing.general": Yuan(Decimal(30000))})
    assert disclosed(last_year=agreeing).found == []
    differing = LastYear("run.json", NAME, 2023, {"closing.general": Yuan(Decimal(50000))})
    (finding,) = disclosed(last_year=differing).findings
    assert (finding.code, str(finding.place)) == ("X305", "结转结余!B2")
    assert (
        finding.message
        == "一般公共预算财政拨款年初结转和结余 30000，上年定稿的运行记录年末是 50000，相差 20000元"
    )


def test_a_total_of_balances_that_no_cell_gives_is_told_of_at_the_sheet() -> None:
    past = LastYear("run.json", NAME, 2023, {"closing.other": Yuan(Decimal(1))})
    assert [str(finding.place) for finding in disclosed(last_year=past).only("X305")] == ["结转结余!B3"]


def test_carried_in_funds_were_left_over_last_year() -> None:
    def left(unspent: str) -> LastYear:
        project = PastProject("技能培训经费", unspent=Yuan(Decimal(unspent)))
        return record(None, record().projects[0], project, record().projects[2])

    assert against(left("80000")).found == []
    assert against(left("79950")).found == []
    (finding,) = against(left("-100")).findings
    assert (finding.code, str(finding.place), finding.expected) == ("X306", "项目资金!D4", "不超过 0")
