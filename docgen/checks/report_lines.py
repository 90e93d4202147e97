"""A8: single rows of the department report: 人员, 非税收入, 三保支出, 上年自评, 部门评价."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.checks.case import Case, at, equation, is_reason, quoted, rate
from docgen.checks.report_sheets import (
    AMOUNT_COLUMNS,
    COUNT_COLUMNS,
    NAME_COLUMNS,
    cells,
    exceeding,
    named,
    rows_of,
)
from docgen.checks.rule import rule
from docgen.figures.acceptance import folded
from docgen.finding import Place, Related, Remark, Severity
from docgen.model import Entered
from docgen.model.department_report import GuaranteeLine
from docgen.quantity import Points, Ratio, Yuan, plain

_ONCE = "一项填一行"
_LISTS = frozenset({"goal_indicators", "listed_items", "past_evaluations", "guarantees"})
_WHOLE_NUMBERS = frozenset({"staff"})


@rule("A810", severity=Severity.ERROR, basis="金额、人数、数量不能为负")
def report_amounts_are_not_negative(case: Case) -> Iterator[Remark]:
    """部门报告各表的金额、人数、数量不为负数，人数是整数。

    错例：固定资产净值 -72.65；在职人数 81.5
    正例：固定资产净值 72.65；在职人数 81
    怎么改：改成正数；人数改成整数。
    """
    for sheet, column, cell in cells(case, AMOUNT_COLUMNS):
        if cell.value is not None and cell.value < 0:
            text = f"{case.label(sheet, column)}填 {case.number(cell.value)}，不能是负数"
            yield Remark(cell.place, text, "0 或正数")
    for sheet, column, cell in cells(case, COUNT_COLUMNS):
        if cell.value is None:
            continue
        if cell.value < 0 or (sheet in _WHOLE_NUMBERS and cell.value % 1):
            wanted = "0 或正整数" if sheet in _WHOLE_NUMBERS else "0 或正数"
            text = f"{case.label(sheet, column)}填 {plain(cell.value)}，应是 {wanted}"
            yield Remark(cell.place, text, wanted)


@rule("A811", severity=Severity.ERROR, basis=_ONCE)
def report_item_is_entered_once(case: Case) -> Iterator[Remark]:
    """部门报告各表里，同一项目、同一季度、同一事项、同一目标只填一行。

    错例：“资产负债”有两行“货币资金”；“事项清单”的重点任务有两行“落实就业政策”
    正例：合成一行
    怎么改：合到一行，或改正填错的名称；确是两件事的，名称里写明区别。
    """
    first: dict[tuple[str, ...], Place] = {}
    for sheet, names in _named_rows(case):
        key = (sheet, *(folded(cell.otherwise("")) for cell in names))
        if not all(key):
            continue
        if key in first:
            text = f"{quoted('、'.join(cell.otherwise('') for cell in names))}填了不止一行"
            tier = Severity.VERIFY if sheet in _LISTS else None
            related = (Related(first[key], "前面的一行"),)
            yield Remark(names[-1].place, text, "合成一行", related, tier)
        first.setdefault(key, names[-1].place)


def _named_rows(case: Case) -> Iterator[tuple[str, list[Entered[str]]]]:
    """The cells that name each row; goals have names to keep apart where they have indicators."""
    for sheet, columns in NAME_COLUMNS.items():
        for line in rows_of(case, sheet):
            yield sheet, [getattr(line, column) for column in columns]
    for goal in case.filing.undertakings if case.uses("goal_indicators") else ():
        yield "undertakings", [goal.name]


@rule("A812", severity=Severity.ERROR, basis="在职人数＝公务员＋事业人员", needs=("staff",))
def staff_add_up(case: Case) -> Iterator[Remark]:
    """在职人数等于公务员与事业人员之和；只填了一项的，不少于这一项。

    错例：在职人数 81，公务员 11，事业人员 72
    正例：公务员 11，事业人员 70；或在职人数不填，由程序合计
    怎么改：改正填错的一项；另有工勤等人员的，写核实说明。
    """
    present, summed = named(case, "staff_present"), named(case, "staff_summed")
    if present.value is None or summed.value is None or present.value == summed.value:
        return
    if len(summed.sources) > 1 or summed.value > present.value:
        how = equation(summed.how, plain(summed.value))
        text = f"在职人数 {plain(present.value)}，公务员、事业人员合计 {how}"
        tier = None if summed.value > present.value else Severity.VERIFY
        related = tuple(Related(place, "计入合计") for place in summed.sources)
        yield Remark(present.sources[0], text, plain(summed.value), related, tier)


@rule("A813", severity=Severity.VERIFY, basis="在职人员控制率不超过 100%", needs=("staff",))
def staff_fit_the_establishment(case: Case) -> Iterator[Remark]:
    """在职人数不超过编制数。

    错例：编制数 73，在职人数 79
    正例：编制数 73，在职人数 69
    怎么改：核对两个数有没有填反；确实超编的，写核实说明。
    """
    present, posts = named(case, "staff_present"), named(case, "staff_establishment")
    if present.value is not None and posts.value is not None and present.value > posts.value:
        text = f"在职人数 {plain(present.value)}，超过编制数 {plain(posts.value)}"
        related = tuple(Related(place, "编制数") for place in posts.sources)
        yield Remark(present.sources[0], text, f"不超过 {plain(posts.value)}", related)


@rule("A814", severity=Severity.VERIFY, basis="非税收入计划比上年变动较大的，说明原因", needs=("nontax",))
def nontax_change_is_explained(case: Case, *, nontax_change_limit: Ratio) -> Iterator[Remark]:
    """非税收入计划与上年上缴数相比变动达到限度的，写明变动原因；上年没有的收入项目也是。

    错例：事业单位招聘考试费年初计划 33.59，上年上缴 20，增加 67.95%，“变动原因”空着
    正例：变动原因写明本年招聘人数增加
    怎么改：核对两个数；属实的在“变动原因”里写明。
    """
    for charge in case.figures.report.nontax:
        plan, before, change = charge.plan.value, charge.last_year.value, charge.change_rate.value
        if plan is None or before is None or plan == before or is_reason(charge.line.reason):
            continue
        if change is not None and abs(change) < nontax_change_limit:
            continue
        how = (
            "上年没有这一项" if change is None else f"{'增加' if change > 0 else '减少'} {rate(abs(change))}"
        )
        name = quoted(charge.line.item.otherwise(""))
        text = f"{name}年初计划 {case.number(plan)}，上年上缴 {case.number(before)}，{how}，没有写变动原因"
        related = (Related(charge.line.last_year.place, "上年上缴"),)
        yield Remark(at(charge.line.reason, charge.line.plan), text, "写明变动原因", related)


@rule("A815", severity=Severity.NOTE, basis="实际上缴达到年初计划的，报告才写“足额”", needs=("nontax",))
def nontax_reaches_its_plan(case: Case) -> Iterator[Remark]:
    """非税收入实际上缴数达到年初计划。

    错例：年初计划 10.05，实际上缴 0.84，“变动原因”空着
    正例：变动原因写明职称评审推迟到次年
    怎么改：核对两个数；没有收足的，在“变动原因”里写明，报告里不写“足额”。
    """
    for charge in case.figures.report.nontax:
        plan, final = charge.plan.value, charge.final.value
        if plan is not None and final is not None and final < plan and not is_reason(charge.line.reason):
            name = quoted(charge.line.item.otherwise(""))
            text = f"{name}实际上缴 {case.number(final)}，少于年初计划 {case.number(plan)}，没有写原因"
            related = (Related(charge.line.plan.place, "年初计划"),)
            yield Remark(charge.line.final.place, text, "写明原因", related)


@rule("A816", severity=Severity.ERROR, basis="实际支出不超过安排的资金")
def guarantee_is_spent_within_its_funds(case: Case) -> Iterator[Remark]:
    """“三保”各项实际支出不超过安排资金。

    错例：保运转安排资金 20.1，实际支出 201
    正例：实际支出 20.1
    怎么改：改正填错的一项；年内追加过的，安排资金填追加后的数。
    """
    for line in case.filing.report.guarantees:
        yield from exceeding(case, _guarantee(line), line.spent, line.arranged)


@rule("A817", severity=Severity.VERIFY, basis="“三保”支出须足额保障，没有支出的说明原因")
def unspent_guarantee_is_explained(case: Case, *, full_guarantee_floor: Ratio) -> Iterator[Remark]:
    """“三保”没有全部支出的项，写明未支出原因。

    错例：保工资安排资金 12300，实际支出 5387.31，“未支出原因”空着
    正例：未支出原因写明养老金财政补助按实际缺口拨付
    怎么改：核对两个数；属实的写明原因，报告里不写“足额”。
    """
    for line in case.filing.report.guarantees:
        arranged, spent = line.arranged.value, line.spent.value
        if arranged is None or spent is None or is_reason(line.reason):
            continue
        if spent < arranged * full_guarantee_floor:
            text = (
                f"{_guarantee(line)}安排资金 {case.number(arranged)}，实际支出 {case.number(spent)}，"
                f"只用了 {rate(spent / arranged)}，没有写未支出原因"
            )
            yield Remark(at(line.reason, line.spent), text, "写明未支出原因")


def _guarantee(line: GuaranteeLine) -> str:
    return f"{line.kind.otherwise('')}{quoted(line.name.otherwise(''))}"


@rule("A818", severity=Severity.ERROR, basis="自评总分在 0 和满分之间")
def past_score_is_within_full_marks(case: Case, *, total_points: Points) -> Iterator[Remark]:
    """上年自评的总分在 0 和满分之间。

    错例：自评总分 985
    正例：98.5
    怎么改：改正自评总分。
    """
    for line in case.filing.report.past_evaluations:
        score = line.score.value
        if score is not None and not 0 <= score <= total_points:
            text = f"{quoted(line.name.otherwise(''))}自评总分填 {plain(score)}，满分是 {plain(total_points)}"
            yield Remark(line.score.place, text, f"0 到 {plain(total_points)}")


@rule("A819", severity=Severity.ERROR, basis="到位数不超过预算数，执行数不超过到位数")
def evaluated_money_has_arrived(case: Case) -> Iterator[Remark]:
    """重点评价的项目，到位数不超过预算数，执行数不超过到位数。

    错例：预算数 1435，到位数 1400，执行数 1434.85
    正例：到位数 1435，执行数 1434.85
    怎么改：改正填错的一项；足额到位的，到位数可以不填。
    """
    for line in case.filing.final_accounts.evaluations:
        budget, arrived, spending = line.budget, line.arrived, line.spending
        if arrived.value is None:
            continue
        name = quoted(line.name.otherwise(""))
        if budget.value is not None and arrived.value > budget.value:
            yield from exceeding(case, name, arrived, budget)
        elif _is_between(arrived, spending, budget):
            yield from exceeding(case, name, spending, arrived)


def _is_between(arrived: Entered[Yuan], spending: Entered[Yuan], budget: Entered[Yuan]) -> bool:
    """Whether more was spent than arrived; what is beyond the budget too is A601's."""
    if arrived.value is None or spending.value is None:
        return False
    return arrived.value < spending.value <= (budget.value or spending.value)


RULES = (
    report_amounts_are_not_negative,
    report_item_is_entered_once,
    staff_add_up,
    staff_fit_the_establishment,
    nontax_change_is_explained,
    nontax_reaches_its_plan,
    guarantee_is_spent_within_its_funds,
    unspent_guarantee_is_explained,
    past_score_is_within_full_marks,
    evaluated_money_has_arrived,
)
