from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from docgen.checks import rules_page
from docgen.checks.catalogue import CHECKS, RULES, repeated_codes
from docgen.checks.rule import Rule, rule
from docgen.finding import Place, Remark, Severity
from docgen.packs import load_pack, norms_at
from docgen.quantity import Points
from tests import disclosed_tables, report_tables
from tests.checks import disclosed_cases, indicator_cases, money_cases, other_cases, report_cases, tie_cases
from tests.checks.case import Case
from tests.conftest import Golden
from tests.filing_tables import Changes, Examined, examined, with_parameters

CASES = (*money_cases.CASES, *indicator_cases.CASES, *other_cases.CASES)
DISCLOSED = disclosed_cases.CASES
REPORT = (*report_cases.CASES, *tie_cases.CASES)
FIGURES: Changes = {"核实说明!D1": "所说明的数"}
# these fire only under other norms than the sample county's; tested below by name
UNDER_OTHER_NORMS = {"I102"}
# these fire only under another layout than the sample county's; tested in test_report
UNDER_ANOTHER_LAYOUT = {"A820"}
# these fire only against the record of last year's run; tested in test_last_year and test_year_on_year
AGAINST_A_RECORD = {"A512", "A513", "X301", "X302", "X303", "X304", "X305", "X306"}


def name(case: Case) -> str:
    return f"{case.code}-{next(iter(case.fires))}"


def test_a_right_filing_yields_nothing() -> None:
    assert examined().found == []


@pytest.mark.parametrize("case", CASES, ids=name)
def test_a_rule_fires_at_the_exact_places_and_nothing_else_does(case: Case) -> None:
    assert sorted(examined(case.fires).found) == sorted(case.found)


@pytest.mark.parametrize("case", CASES, ids=name)
def test_a_rule_does_not_fire_when_it_nearly_would(case: Case) -> None:
    assert examined(case.nearly).only(case.code) == []


def test_every_rule_has_a_case() -> None:
    cased = {case.code for case in (*CASES, *DISCLOSED, *REPORT)}
    others = UNDER_OTHER_NORMS | UNDER_ANOTHER_LAYOUT | AGAINST_A_RECORD
    assert {rule.code for rule in CHECKS} - cased == others


def test_a_right_filing_of_the_second_county_yields_nothing() -> None:
    assert disclosed_tables.examined().found == []


@pytest.mark.parametrize("case", DISCLOSED, ids=name)
def test_a_disclosure_rule_fires_at_the_exact_places_and_nothing_else_does(case: Case) -> None:
    assert sorted(disclosed_tables.examined(case.fires).found) == sorted(case.found)


@pytest.mark.parametrize("case", DISCLOSED, ids=name)
def test_a_disclosure_rule_does_not_fire_when_it_nearly_would(case: Case) -> None:
    assert disclosed_tables.examined(case.nearly).only(case.code) == []


def test_a_right_department_report_yields_nothing() -> None:
    assert report_tables.examined().found == []


@pytest.mark.parametrize("case", REPORT, ids=name)
def test_a_report_rule_fires_at_the_exact_places_and_nothing_else_does(case: Case) -> None:
    assert sorted(report_tables.examined(case.fires).found) == sorted(case.found)


@pytest.mark.parametrize("case", REPORT, ids=name)
def test_a_report_rule_does_not_fire_when_it_nearly_would(case: Case) -> None:
    assert report_tables.examined(case.nearly).only(case.code) == []


def test_without_fixed_weights_only_the_total_is_checked() -> None:
    norms = replace(norms_at(load_pack("xinxiang"), 2021), level1_points={}, overall_level1_points={})
    assert examined({"绩效指标!G2": "10", "绩效指标!G7": "20"}, norms=norms).found == []
    assert examined({"绩效指标!G2": "10"}, norms=norms).found == ["I102 项目!A2"]
    assert examined({"整体指标!F3": "5"}, norms=norms).found == ["X202 整体指标!F2"]
    misplaced = {"绩效指标!C2": "社会效益指标", "绩效指标!G2": "10"}
    assert examined(misplaced, norms=norms).found == ["I106 绩效指标!C2"]
    nearly = replace(norms, total_points=Points(norms.total_points - 10))
    assert "I102 项目!A2" not in examined({"绩效指标!G2": "10"}, norms=nearly).found


@pytest.mark.parametrize(
    "changes",
    [
        {"项目资金!D5": "50", "收支!D4": "64", "收支!D5": "36"},
        {"项目资金!E3": "4", "项目资金!E4": "4"},
        {"项目资金!C3": "2"},
        {"项目资金!E3": "1", "项目资金!E4": "1", "收支!E2": "100", "收支!E4": "62"},
    ],
    ids=["A102", "B204", "B203", "A111"],
)
def test_what_follows_from_parts_that_do_not_add_up_is_not_reported_again(changes: Changes) -> None:
    assert [finding.code for finding in examined(changes).findings] == ["B101"]


@pytest.mark.parametrize(
    "changes",
    [
        {"文字!C3": "1）先由科室自评（含复核)；2）再由财务科复核（见附件）。"},
        {"文字!C3": "一）科室自评；\\n（二）财务科复核。"},
        {"文字!C10": "各项目执行率均达到90%以上，上年执行率95%。"},
        {"文字!C12": "投入指标总分 15 分，全部得到。"},
        {"文字!C12": "2022年将完善指标库；接待定点单位已公布。"},
        {"绩效指标!J3": "无", "绩效指标!J4": "无。", "项目!I3": "—"},
        {"绩效指标!E2": "≤0起", "绩效指标!F2": "0起"},
        {"绩效指标!E2": "0起", "绩效指标!F2": "0起"},
        {"绩效指标!D7": "社会公众满意度", "绩效指标!D13": "社会公众满意度", "绩效指标!F13": "91%"},
        {"绩效指标!D11": "贴息利率", "绩效指标!E11": "≤2.5%", "绩效指标!F11": "1%"},
        {"绩效指标!F8": "259人"},
        {"项目!C4": "东山县财政局"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_is_right_raises_no_alarm(changes: Changes) -> None:
    assert examined(changes).found == []


def test_what_is_summed_from_a_negative_amount_is_not_reported_again() -> None:
    assert examined({"项目资金!D4": "-8"}).found == ["B104 项目资金!D4"]
    assert examined({"项目资金!E6": "-5", "项目!K4": "100"}).only("S201") == []


EXPLAINED: Changes = {"项目资金!E6": "4"}  # 执行率 80 %, no reason in the form


def test_a_reason_closes_its_finding_as_long_as_the_figures_it_explained_stand() -> None:
    row = "B204 | 项目!I4 | 场地改由企业免费提供"
    for figures in ("80%、90%", "4、5、80%、90%", "８０％，９０％", "90% 80%"):
        (finding,) = examined({**EXPLAINED, "核实说明+": f"{row} | {figures}", **FIGURES}).findings
        assert finding.explained == "场地改由企业免费提供"


@pytest.mark.parametrize(
    "reason, figures, lacking",
    [("场地免费", "", "80%、90%"), ("场地免费", "80%", "90%"), ("执行率 80%，场地免费", "", "90%")],
)
def test_a_reason_that_does_not_name_its_figures_closes_nothing(
    reason: str, figures: str, lacking: str
) -> None:
    row = f"B204 | 项目!I4 | {reason} | {figures}"
    changed = examined({**EXPLAINED, **FIGURES, "核实说明+": row})
    assert [each.code for each in changed.findings] == ["B204", "X904"]
    assert changed.findings[0].is_open
    assert f"的说明没有写到 {lacking}，" in changed.findings[1].message
    assert changed.findings[1].expected == "80%、90%"


def test_a_reason_that_names_the_figures_itself_needs_no_more() -> None:
    row = "B204 | 项目!I4 | 执行率 80%，低于 90%，场地改由企业免费提供"
    assert [finding.is_open for finding in examined({**EXPLAINED, "核实说明+": row}).findings] == [False]


def test_every_explanation_lapses_when_the_figures_change() -> None:
    row = "B204 | 项目!I4 | 场地改由企业免费提供 | 80%、90%"
    changed = examined({"项目资金!E6": "3", **FIGURES, "核实说明+": row})
    assert changed.found == ["B204 项目!I4", "X903 核实说明!D2"]


def test_a_reason_lapses_when_the_figures_change() -> None:
    row = {"核实说明+": "B204 | 项目!I4 | 场地改由企业免费提供 | 85%"}
    changed = examined({**EXPLAINED, **FIGURES, **row})
    assert changed.found == ["B204 项目!I4", "X903 核实说明!D2"]
    assert changed.findings[0].is_open
    assert changed.findings[1].message.startswith("B204 的说明是对 85% 写的，现在的问题里没有这个数（")


def test_a_reason_for_several_cells_names_the_figures_of_all() -> None:
    both = {"项目资金!E6": "4", "项目资金!E2": "8", "绩效指标!F5": "8万元"}
    row = {"核实说明+": "B204 | 项目!I2、I4 | 合并安排 | 80%、4、8、90%", **FIGURES}
    assert [finding.explained for finding in examined({**both, **row}).only("B204")] == ["合并安排"] * 2


def test_a_reminder_of_last_year_closes_nothing_and_is_not_complained_of() -> None:
    rows = "B204 | 项目!I4 | （上年说明）场地免费 |\nS101 | 绩效指标!H3 | （上年说明）从严 |"
    changed = examined({**EXPLAINED, **FIGURES, "核实说明+": rows})
    assert changed.found == ["B204 项目!I4"]
    assert changed.findings[0].is_open


def test_a_sign_for_no_reason_is_no_reason() -> None:
    assert examined({"绩效指标!F3": "93.1%", "绩效指标!J3": "无"}).found == ["S107 绩效指标!J3"]


def test_a_column_of_the_accounts_left_blank_is_compared_with_nothing() -> None:
    assert examined({f"收支!C{row}": "" for row in range(2, 6)}).found == []


def test_a_pack_without_a_section_for_problems_asks_for_none() -> None:
    changes = {"绩效指标!F9": "81%", "绩效指标!J9": "部分学员缺考", "文字!17": None}
    pack = with_parameters("N203", problem_section="none")
    assert examined(changes, pack=pack).found == []


def test_messages_say_what_was_found_what_was_expected_and_how_it_follows(golden: Golden) -> None:
    golden("checks/messages", _gallery((case.code, examined(case.fires)) for case in CASES))


def test_messages_of_the_disclosure_rules_say_the_same(golden: Golden) -> None:
    shown = ((case.code, disclosed_tables.examined(case.fires)) for case in DISCLOSED)
    golden("checks/disclosed-messages", _gallery(shown))


def test_messages_of_the_report_rules_say_the_same(golden: Golden) -> None:
    shown = ((case.code, report_tables.examined(case.fires)) for case in REPORT)
    golden("checks/report-messages", _gallery(shown))


def _gallery(shown: Iterable[tuple[str, Examined]]) -> str:
    lines = []
    for code, result in shown:
        for finding in result.only(code):
            expected = f"\n    应为：{finding.expected}" if finding.expected else ""
            related = "".join(f"\n    另见：{each.place} {each.note}" for each in finding.related[:4])
            place = f"{finding.place} {finding.place.label}".strip()
            lines.append(
                f"{finding.code} {finding.severity.value} {place}\n    {finding.message}{expected}{related}"
            )
    return "\n".join(lines) + "\n"


def test_the_rules_page_in_the_repository_is_current(pytestconfig: pytest.Config) -> None:
    path = pytestconfig.rootpath / "RULES.md"
    if pytestconfig.getoption("accept"):
        path.write_text(rules_page(), encoding="utf-8", newline="\n")
    assert path.read_text("utf-8") == rules_page(), "RULES.md is out of date; run `make goldens`"


def test_every_rule_stands_in_the_rules_page_once() -> None:
    page = rules_page()
    assert [rule.code for rule in RULES if page.count(f"### {rule.code} ") != 1] == []
    assert repeated_codes() == []


def test_a_rule_is_documented_from_its_docstring() -> None:
    @rule("B999", severity=Severity.NOTE, basis="算术关系")
    def sums_agree(_: object, *, limit: Points) -> Iterator[Remark]:
        """合计相等。

        错例：1+1=3，
            差 1
        正例：1+1=2
        怎么改：改正。
        """
        yield Remark(Place("甲.xlsx"), str(limit))

    made: Rule = sums_agree
    assert (made.slug, made.parameters) == ("sums_agree", ("limit",))
    assert (made.summary, made.wrong, made.right, made.fix) == (
        "合计相等。",
        "1+1=3，差 1",
        "1+1=2",
        "改正。",
    )


def test_a_rule_without_its_page_cannot_be_made() -> None:
    def silent() -> Iterator[Remark]:
        """只有一句。"""
        yield from ()

    def undocumented() -> Iterator[Remark]:
        yield from ()

    for function in (silent, undocumented):
        with pytest.raises(ValueError, match="错例"):
            rule("B998", severity=Severity.NOTE, basis="无")(function)
