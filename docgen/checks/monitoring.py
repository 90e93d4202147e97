"""X4: what 绩效监控 says of a project, in June and at the end of the year, agrees with its money."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.checks.case import Case, at, is_reason, quoted, rate
from docgen.checks.execution import achieves_for_nothing
from docgen.checks.rule import rule
from docgen.figures.results import ProjectResult
from docgen.finding import Related, Remark, Severity
from docgen.quantity import Ratio

_MONITORED = "绩效监控按项目计数，各类之和等于项目数"
_COLUMNS = ("midyear_progress", "is_achieved")


def _name(project: ProjectResult) -> str:
    return quoted(project.project.name.otherwise(""))


@rule("X401", severity=Severity.ERROR, basis=_MONITORED, needs=("projects",))
def monitoring_covers_every_project(case: Case) -> Iterator[Remark]:
    """填了监控情况的，每个项目都填；6 月底的目标实现程度在 0 和 100% 之间。

    错例：18 个项目里有 1 个没有填“年末目标已实现”；6 月底目标实现程度 120%
    正例：18 个项目都填“是”或“否”；6 月底没有开展的填 0
    怎么改：补填空着的项目；实现程度改成不超过 100% 的数。
    """
    for column in _COLUMNS:
        cells = [(project, getattr(project, column)) for project in case.filing.projects]
        blank = [(p, cell) for p, cell in cells if not cell.is_given and not cell.text.strip()]
        for project, cell in blank if len(blank) < len(cells) else ():
            label = case.label("projects", column)
            text = f"{quoted(project.name.otherwise(''))}没有填“{label}”，别的项目填了，计数会少一个"
            yield Remark(at(cell, project.name), text, f"补填{label}")
    for project in case.filing.projects:
        progress = project.midyear_progress
        if progress.value is not None and not 0 <= progress.value <= 1:
            text = f"{quoted(project.name.otherwise(''))}6月底目标实现程度填 {rate(progress.value)}"
            yield Remark(progress.place, text, "0 到 100%")


@rule("X402", severity=Severity.VERIFY, basis="钱没有花，目标一般没有实现", needs=("funding",))
def achieved_project_has_spent(case: Case) -> Iterator[Remark]:
    """年末目标已实现的项目，有执行数；没有的写明原因。

    错例：“招聘工作经费”全年预算数 8，全年执行数 0，年末目标已实现填“是”，执行偏差原因空着
    正例：“执行偏差原因及改进措施”写明所需费用由报名费支出
    怎么改：核对执行数和目标实现情况；没有用这笔钱也完成的，在“执行偏差原因及改进措施”里写明。
    """
    for project in case.figures.projects:
        own, budget = project.project, project.total.annual_budget.value
        if budget is None or not achieves_for_nothing(project) or is_reason(own.deviation_reason):
            continue
        text = f"{_name(project)}全年预算数 {case.number(budget)}，一分没有执行，年末却填已实现，没有写原因"
        related = tuple(Related(place, "全年执行数") for place in project.total.annual_spending.sources)
        yield Remark(at(own.deviation_reason, own.is_achieved), text, "核对，或写明原因", related)


@rule("X403", severity=Severity.VERIFY, basis="绩效监控：6 月底与年末的情况前后相符")
def monitoring_does_not_go_back(case: Case) -> Iterator[Remark]:
    """6 月底目标已经全部实现的项目，年末也是已实现。

    错例：6 月底目标实现程度 100%，年末目标已实现填“否”
    正例：年末目标已实现填“是”
    怎么改：改正填错的一处。
    """
    for project in case.filing.projects:
        progress, achieved = project.midyear_progress, project.is_achieved
        if progress.value == 1 and achieved.value is False:
            text = f"{quoted(project.name.otherwise(''))}6月底目标实现程度 100%，年末却填没有实现"
            yield Remark(achieved.place, text, "是", (Related(progress.place, "6月底目标实现程度"),))


@rule("X404", severity=Severity.VERIFY, basis="没有实现目标的项目，说明原因", needs=("funding",))
def missed_project_is_explained(case: Case, *, low_execution_floor: Ratio) -> Iterator[Remark]:
    """年末没有实现目标的项目，写明执行偏差原因。

    错例：年末目标已实现填“否”，“执行偏差原因及改进措施”空着
    正例：写明资金 12 月下达，次年一季度发放
    怎么改：在“执行偏差原因及改进措施”里写明为什么没有实现、怎样改进。
    """
    for project in case.figures.projects:
        own, execution = project.project, project.total.execution_rate.value
        if own.is_achieved.value is not False or is_reason(own.deviation_reason):
            continue
        if execution is None or execution >= low_execution_floor:
            text = f"{_name(project)}年末目标没有实现，没有写原因"
            related = (Related(own.is_achieved.place, "年末目标已实现"),)
            yield Remark(at(own.deviation_reason, own.is_achieved), text, "写明原因和改进措施", related)


RULES = (
    monitoring_covers_every_project,
    achieved_project_has_spent,
    monitoring_does_not_go_back,
    missed_project_is_explained,
)
