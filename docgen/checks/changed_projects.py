"""A5: the projects of 项目变动 and 部门评价 are those of the other sheets."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.checks.across import is_nearly
from docgen.checks.case import Case, at, quoted, residue, sources_of
from docgen.checks.rule import rule
from docgen.figures.arithmetic import entered, total
from docgen.figures.figure import UNKNOWN
from docgen.finding import Related, Remark, Severity
from docgen.model import Entered
from docgen.quantity import ZERO, Yuan

_SAME = "同一项目的支出各处一致"


@rule("A508", severity=Severity.VERIFY, basis=_SAME, needs=("funding", "projects.name"))
def project_change_is_the_projects_spending(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """“项目变动”里项目的本年支出，等于“项目资金”里它的全年执行数。

    错例：“执法办案经费”本年支出 21.27（或空着），项目资金的全年执行数 23
    正例：两处都是 21.27
    怎么改：改正填错的一处；口径不同的，写核实说明。
    """
    spending = {
        project.project.name.value: project.total.annual_spending for project in case.figures.projects
    }
    for line in case.filing.final_accounts.project_changes:
        typed, figure = line.this_year.value, spending.get(line.name.value, UNKNOWN)
        is_blank = not line.this_year.text.strip() and not case.is_required("project_changes", "this_year")
        if figure.value is None or (typed is None and not is_blank):
            continue
        gap = (typed or ZERO) - figure.value
        if not gap:
            continue
        said = "空着" if typed is None else f"填 {case.number(typed)}"
        text = (
            f"{quoted(line.name.otherwise(''))}本年支出{said}，"
            f"项目资金的全年执行数是 {case.number(figure.value)}"
        )
        tier = residue(gap, rounding_tolerance)
        related = sources_of(figure, "全年执行数")
        yield Remark(line.this_year.place, text, case.number(figure.value), related, tier)


def near_name(case: Case, cell: Entered[str]) -> Entered[str] | None:
    """The project or transfer that a name most likely means, when it is spelt differently."""
    known = [project.name for project in case.filing.projects] + [each.name for each in case.filing.transfers]
    typed = cell.otherwise("").strip()
    if not typed or typed in {one.value for one in known}:
        return None
    return next((one for one in known if is_nearly(one.otherwise(""), typed)), None)


@rule("A509", severity=Severity.VERIFY, basis="项目名称各处一致")
def disclosed_project_names_agree(case: Case) -> Iterator[Remark]:
    """“项目变动”“部门评价”里的项目，名称与“项目”“转移支付”里的一致。

    错例：“项目变动”写“县政府购买公益性岗位补贴”，“项目”里叫“县政府购买公益性岗位资金”
    正例：两处都写“县政府购买公益性岗位资金”
    怎么改：改成一致的名称；确是另一个项目的，写核实说明。
    """
    accounts = case.filing.final_accounts
    cells = [line.name for line in accounts.project_changes] + [line.name for line in accounts.evaluations]
    for cell in cells:
        near = near_name(case, cell)
        if near is not None:
            text = f"{quoted(cell.otherwise(''))}与{quoted(near.otherwise(''))}只差几个字，是不是同一个项目"
            yield Remark(cell.place, text, near.otherwise(""), (Related(near.place, "相近的名称"),))


@rule("A510", severity=Severity.NOTE, basis="项目变动只列有变动的项目")
def changed_project_has_changed(case: Case) -> Iterator[Remark]:
    """列入“项目变动”的项目，本年支出与上年不同。

    错例：“遗属补助经费”本年支出 5，上年支出 5
    正例：只列支出有变动的项目
    怎么改：删去没有变动的一行，或改正填错的数。
    """
    for each in case.figures.final_accounts.project_changes:
        if each.change.difference.value == 0:
            text = f"{quoted(each.line.name.otherwise(''))}本年支出与上年相同，没有变动"
            yield Remark(at(each.line.name), text, "只列有变动的项目")


@rule("A511", severity=Severity.VERIFY, basis="部分不大于整体", needs=("spending",))
def changed_projects_fit_into_project_spending(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """“项目变动”里各项目本年支出合计，不超过“支出”表的项目支出。

    错例：项目支出合计 2440.43，“项目变动”本年支出合计 24404.3
    正例：“项目变动”本年支出合计 2153
    怎么改：核对金额单位和各项目的数。
    """
    lines = case.filing.final_accounts.project_changes
    changed = total((entered(line.this_year, case.number) for line in lines), case.number)
    whole = case.account("project")
    if changed.value is not None and whole.value is not None:
        gap = changed.value - whole.value
        if gap > rounding_tolerance:
            text = f"本年支出合计 {case.number(changed.value)}，超过项目支出合计 {case.number(whole.value)}"
            yield Remark(changed.sources[0], text, f"不超过 {case.number(whole.value)}")


RULES = (
    project_change_is_the_projects_spending,
    disclosed_project_names_agree,
    changed_project_has_changed,
    changed_projects_fit_into_project_spending,
)
