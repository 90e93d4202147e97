"""A6: 部门评价 and 费用明细 agree with the projects."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from docgen.checks.case import Case, equation, quoted, residue, sources_of
from docgen.checks.changed_projects import near_name
from docgen.checks.rule import rule
from docgen.figures.figure import Figure
from docgen.figures.results import ProjectResult
from docgen.finding import Related, Remark, Severity
from docgen.quantity import ZERO, Yuan

_SAME = "部门评价的项目与自评的项目出自同一份名单，金额一致"


@rule("A601", severity=Severity.ERROR, basis="执行数不超过预算数")
def evaluated_project_is_spent_within_budget(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """部门评价的每个项目，执行数不超过预算数，预算数大于 0。

    错例：预算数 2.41，执行数 7.5
    正例：预算数 7.5，执行数 2.41
    怎么改：核对两栏有没有填反；年内追加过预算的，预算数填追加后的数。
    """
    for line in case.filing.final_accounts.evaluations:
        budget, spending = line.budget.value, line.spending.value
        if budget is None or spending is None or spending <= max(budget, ZERO):
            continue
        text = (
            f"{quoted(line.name.otherwise(''))}执行数 {case.number(spending)}"
            f" 超过预算数 {case.number(budget)}"
        )
        related = (Related(line.budget.place, "预算数"),)
        tier = residue(spending - budget, rounding_tolerance) if budget > 0 else None
        yield Remark(line.spending.place, text, f"不超过 {case.number(budget)}", related, tier)


@rule("A602", severity=Severity.VERIFY, basis=_SAME, needs=("funding", "transfer_funding"))
def evaluated_amounts_are_the_projects(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """部门评价的预算数、执行数，与这个项目（转移支付）的全年预算数、全年执行数相同。

    错例：“执法办案经费”部门评价预算数 85（年初预算数），项目资金的全年预算数 21.27
    正例：预算数 21.27
    怎么改：改正填错的一处；预算执行率的分母是全年预算数，不是年初预算数。
    """
    owners: dict[str | None, tuple[Any, Any]] = {
        each.transfer.name.value: (each.transfer, each.total) for each in case.figures.transfers
    }
    owners |= {each.project.name.value: (each.project, each.total) for each in case.figures.projects}
    for line in case.filing.final_accounts.evaluations:
        owner, own = owners.get(line.name.value, (None, None))
        pairs = (("budget", "annual_budget", "全年预算数"), ("spending", "annual_spending", "全年执行数"))
        for column, name, label in pairs if owner is not None else ():
            cell, figure = getattr(line, column), getattr(own, name)
            if cell.value is None or figure.value is None or cell.value == figure.value:
                continue
            if not all(getattr(row, name).is_given for row in owner.funding):
                continue
            text = (
                f"{quoted(line.name.otherwise(''))}{case.label('evaluations', column)}填"
                f" {case.number(cell.value)}，{label}是 {case.number(figure.value)}"
            )
            tier = residue(cell.value - figure.value, rounding_tolerance)
            yield Remark(cell.place, text, case.number(figure.value), sources_of(figure, label), tier)


@rule("A603", severity=Severity.VERIFY, basis=_SAME)
def evaluated_fund_is_the_projects(case: Case) -> Iterator[Remark]:
    """部门评价的资金性质，是“项目资金”里这个项目的资金性质。

    错例：“项目资金”里是一般公共预算财政拨款，“部门评价”里填政府性基金预算财政拨款
    正例：两处相同
    怎么改：改正填错的一处。
    """
    by_name = {project.name.value: project for project in case.filing.projects}
    for line in case.filing.final_accounts.evaluations:
        project = by_name.get(line.name.value) if line.name.is_given else None
        cells = [row.fund for row in project.funding if row.fund.is_given] if project else []
        if cells and line.fund.is_given and line.fund.value not in {cell.value for cell in cells}:
            due = "、".join(dict.fromkeys(cell.otherwise("") for cell in cells))
            text = f"{quoted(line.name.otherwise(''))}资金性质填“{line.fund.value}”，项目资金里是“{due}”"
            yield Remark(line.fund.place, text, due, (Related(cells[0].place, "项目资金"),))


@rule(
    "A604",
    severity=Severity.VERIFY,
    basis="项目概况的费用组成，各项之和等于所需资金",
    needs=("cost_items", "funding"),
)
def cost_items_add_up_to_the_need(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """费用明细各项之和，等于项目的目标申报数或预算编制数。

    错例：预算编制数 22，印刷费 10.5，租赁费 10
    正例：印刷费 10.5，租赁费 11.5
    怎么改：补上漏列的费用，或改正金额。
    """
    for project in case.figures.projects:
        need = case.figures.final_accounts.cost_needs.get(project.project.name.otherwise(""), Figure())
        stated = _stated(project)
        if need.value is None or not stated or any(need.value == value for _, value in stated):
            continue
        due = stated[-1][1]
        gap = need.value - due
        how = equation(need.how, case.number(need.value))
        both = stated if len({value for _, value in stated}) > 1 else stated[-1:]
        said = "，".join(f"{label} {case.number(value)}" for label, value in both)
        name = quoted(project.project.name.otherwise(""))
        text = f"{name}费用合计 {how}，{said}，相差 {case.amount(abs(gap))}"
        tier = residue(gap, rounding_tolerance, len(need.sources))
        yield Remark(need.sources[0], text, case.number(due), sources_of(need, "计入合计")[1:], tier)


def _stated(project: ProjectResult) -> list[tuple[str, Decimal]]:
    """What the project says it needs, the amount of its budget last."""
    funds = project.total
    figures = (
        ("目标申报数", funds.declared),
        ("预算编制数", funds.prepared),
        ("年初预算数", funds.initial_budget),
    )
    known = [(name, figure.value) for name, figure in figures if figure.value is not None]
    return known[:2]


@rule(
    "A605",
    severity=Severity.NOTE,
    basis="绩效自评全覆盖：部门评价在单位自评的基础上开展",
    needs=("projects", "transfers"),
)
def evaluated_project_has_a_form(case: Case) -> Iterator[Remark]:
    """部门评价的项目，在“项目”或“转移支付”里有它的自评表。

    错例：“部门评价”有“信息化运维”，“项目”“转移支付”里都没有
    正例：“项目”里有“信息化运维”
    怎么改：补做自评表；名称写得不同的，改成一致。
    """
    known = {project.name.value for project in case.filing.projects}
    known |= {transfer.name.value for transfer in case.filing.transfers}
    for line in case.filing.final_accounts.evaluations:
        if line.name.is_given and line.name.value not in known and near_name(case, line.name) is None:
            text = f"{quoted(line.name.otherwise(''))}没有自评表"
            yield Remark(line.name.place, text, "“项目”或“转移支付”里的项目")


RULES = (
    evaluated_project_is_spent_within_budget,
    evaluated_amounts_are_the_projects,
    evaluated_fund_is_the_projects,
    cost_items_add_up_to_the_need,
    evaluated_project_has_a_form,
)
