"""X4: duties, projects, goals and their indicators name one another and answer one another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.checks.case import Case, at, is_reason, quoted, rate
from docgen.checks.rule import rule
from docgen.checks.transfer_results import why_not_comparable
from docgen.figures.acceptance import folded
from docgen.figures.scoring import comparable
from docgen.finding import Related, Remark, Severity
from docgen.model import Indicator, Statement
from docgen.quantity import ZERO, Ratio
from docgen.workbook.folding import key, nearest

_LONGEST_LIST = 5
_SEPARATORS = re.compile(r"[\n、，,；;。]+")
_FRAMEWORK = "绩效预算架构：部门职责—工作活动—项目，层层对应"
_ANSWERED = "有计划的指标都有结果，有结果的指标都有计划"


def named_projects(case: Case, typed: str) -> tuple[list[str], list[str]]:
    """The projects a cell of 对应项目 names, and what in it is no project.

    Whole lines are looked up first, so that a project's own name may hold a 、 or a comma.
    """
    known = {key(project.name.otherwise("")): project.name.otherwise("") for project in case.filing.projects}
    found: list[str] = []
    strange: list[str] = []
    for line in typed.splitlines():
        parts = [line] if key(line) in known else _SEPARATORS.split(line)
        for part in filter(None, map(str.strip, parts)):
            (found if key(part) in known else strange).append(known.get(key(part), part))
    return found, strange


@rule("X411", severity=Severity.ERROR, basis=_FRAMEWORK, needs=("projects",))
def duties_name_projects(case: Case) -> Iterator[Remark]:
    """“职能活动”的对应项目，都是“项目”里有的，名称一致。

    错例：对应项目写“城乡居民养老补助资金”，“项目”里叫“城乡居民养老保险财政补助资金”
    正例：照抄“项目”里的名称，几个项目各占一行
    怎么改：改成一致的名称；漏填的项目在“项目”里补上。
    """
    names = [project.name.otherwise("") for project in case.filing.projects]
    for line in case.filing.report.duties:
        for name in named_projects(case, line.projects.otherwise(""))[1]:
            near = nearest(name, names)
            hint = f"，是不是{quoted(near)}" if near else ""
            text = f"“项目”里没有{quoted(name)}{hint}"
            yield Remark(line.projects.place, text, near or "“项目”里的名称")


@rule("X412", severity=Severity.NOTE, basis=_FRAMEWORK, needs=("projects", "duties"))
def projects_serve_a_duty(case: Case) -> Iterator[Remark]:
    """每个项目都在“职能活动”里有对应的职能。

    错例：“项目”里有 18 个项目，“职能活动”只对应了 17 个
    正例：18 个项目都有对应的职能
    怎么改：在“职能活动”的对应项目里补上；确实不属于哪项职能的，不用改。
    """
    named = [named_projects(case, line.projects.otherwise("")) for line in case.filing.report.duties]
    served = {name for found, _ in named for name in found}
    if not served or any(strange for _, strange in named):
        return  # what names no project may mean one of these; X411 speaks of it
    lone = [p.name for p in case.filing.projects if p.name.is_given and p.name.value not in served]
    if lone:
        said = "、".join(quoted(cell.otherwise("")) for cell in lone[:_LONGEST_LIST])
        more = f"等 {len(lone)} 个项目" if len(lone) > _LONGEST_LIST else ""
        text = f"{said}{more}在“职能活动”里没有对应的职能"
        related = tuple(Related(cell.place, "没有对应的职能") for cell in lone[1:])
        yield Remark(lone[0].place, text, "补在对应项目里", related)


@rule("X413", severity=Severity.NOTE, basis=_ANSWERED, needs=("undertakings", "goal_indicators"))
def goals_have_indicators(case: Case) -> Iterator[Remark]:
    """每个年度目标在“目标指标”里至少有一个指标。

    错例：目标“人事人才工作进一步提升”一个指标也没有
    正例：“公开招聘人数 ≥100人”
    怎么改：补填指标；确实不能量化的，指标值写文字。
    """
    if not case.filing.report.goal_indicators:
        return
    for goal in case.figures.report.goals:
        if not goal.rows and goal.goal.name.is_given:
            text = f"目标{quoted(goal.goal.name.otherwise(''))}在“目标指标”里一个指标也没有"
            yield Remark(goal.goal.name.place, text, "补填指标")


@rule("X414", severity=Severity.VERIFY, basis=_ANSWERED)
def goal_results_can_be_compared(case: Case) -> Iterator[Remark]:
    """目标指标的指标值是数的，实际值也是数，单位相同，不带比较符号；是文字的，实际值用文字或百分比。

    错例：指标值 ≥36500人，实际值“已完成”；指标值 ≥95%，实际值 ≥95%
    正例：指标值 ≥36500人，实际值 37120人
    怎么改：填实际完成的数，单位与指标值一致。
    """
    for row in case.filing.report.goal_indicators:
        why = why_not_comparable(row.target.value, row.actual.value)
        if why:
            target, actual = row.target.text.strip(), row.actual.text.strip()
            text = f"{quoted(row.level3.otherwise(''))}指标值 {target}，实际值 {actual}，{why}"
            related = (Related(row.target.place, "指标值"),)
            yield Remark(row.actual.place, text.replace("完成值", "实际值"), "实际完成的数", related)


@rule("X415", severity=Severity.VERIFY, basis="没有完成的指标，说明原因")
def unmet_goal_indicator_is_explained(case: Case) -> Iterator[Remark]:
    """没有达到指标值的目标指标，写明未完成原因；实际值与指标值文字不同的，看得出是否完成。

    错例：指标值 ≥95%，实际值 93%，“未完成原因”空着；指标值“落实到位”，实际值“部分落实”
    正例：未完成原因写明 2 件案件依法中止；完成了的，实际值写“落实到位”
    怎么改：没有完成的，在“未完成原因”里写明；完成了的，实际值照指标值写；填错的改正。
    """
    for goal in case.figures.report.goals:
        for result in goal.rows:
            row = result.indicator
            unclear = result.is_met is None and _are_statements(row)
            if (unclear or result.is_met is False) and not is_reason(row.deviation_reason):
                target, actual = row.target.text.strip(), row.actual.text.strip()
                lacking = "看不出是否完成" if unclear else "没有写原因"
                text = f"{quoted(row.level3.otherwise(''))}指标值 {target}，实际值 {actual}，{lacking}"
                yield Remark(at(row.deviation_reason, row.actual), text, "写明未完成原因")


def _are_statements(row: Indicator) -> bool:
    return isinstance(row.target.value, Statement) and isinstance(row.actual.value, Statement)


@rule("X416", severity=Severity.VERIFY, basis="同名指标各处结果一致")
def goal_indicator_has_one_result(case: Case) -> Iterator[Remark]:
    """目标指标与整体指标、项目指标同名的，指标值、实际值相同。

    错例：目标指标“劳动争议案件调解率”实际值 72%，整体指标里的完成值 65%
    正例：两处都是 65%
    怎么改：核对结果，改正填错的一处；口径不同的，在名称里写明。
    """
    goals = case.filing.report.goal_indicators
    scored = {folded(row.level3): row for row in case.rows if row.level3} if goals else {}
    for entry in goals:
        row = scored.get(folded(entry.level3.otherwise("")))
        if row is None:
            continue
        pairs = (("指标值", entry.target, row.target), ("实际值", entry.actual, row.actual))
        for name, mine, theirs in pairs:
            pair = comparable(mine.value, theirs.value)
            if pair is None or pair[0].number == pair[1].number:
                continue
            text = (
                f"{quoted(entry.level3.otherwise(''))}{name} {mine.text.strip()}，"
                f"“{case.sheet_place(row.sheet).sheet}”里的同名指标是 {theirs.text.strip()}"
            )
            yield Remark(mine.place, text, "两处一致", (Related(theirs.place, "同名指标"),))


@rule(
    "X417",
    severity=Severity.VERIFY,
    basis="没有完成的指标，相应扣分",
    needs=("overall", "goal_indicators"),
)
def unmet_goal_indicators_cost_points(case: Case, *, output_level1: str) -> Iterator[Remark]:
    """目标指标有没有完成的，产出指标不会各项都是满分。

    错例：目标指标“待遇领取人数”>36500人，实际 36400人，产出指标 25 分得 25 分
    正例：数量指标扣 1 分，写明原因
    怎么改：核对实际值和产出指标的得分；没有完成的指标不属于产出的，写核实说明。
    """
    goals = (result for goal in case.figures.report.goals for result in goal.rows)
    missed = [result.indicator for result in goals if result.is_met is False]
    outputs = [row for row in case.overall_rows if row.level1 == output_level1 and row.full]
    if not missed or not outputs or any(row.lost or not row.result.figure.is_known for row in outputs):
        return
    said = "、".join(quoted(row.level3.otherwise("")) for row in missed[:_LONGEST_LIST])
    text = f"目标指标{said}等 {len(missed)} 个没有完成，{output_level1}却各项都是满分"
    related = tuple(Related(at(row.score, row.points), "满分") for row in outputs)
    yield Remark(missed[0].actual.place, text.replace("等 1 个", ""), "产出指标相应扣分", related)


@rule("X418", severity=Severity.VERIFY, basis="完成值超过指标值较多的，要分析原因")
def far_exceeded_goal_is_explained(case: Case, *, over_target_limit: Ratio) -> Iterator[Remark]:
    """目标指标的实际值超过指标值很多的，写明原因。

    错例：指标值 ≥36500人，实际值 367900人，“未完成原因”空着
    正例：实际值 36790人；或写明年中扩大了范围
    怎么改：核对实际值有没有多写一位；属实的，在“未完成原因”里写明为什么超出这么多。
    """
    for goal in case.figures.report.goals:
        for result in goal.rows:
            row, completion = result.indicator, result.completion
            over = (completion.value or ZERO) - 1
            if over > over_target_limit and not is_reason(row.deviation_reason):
                text = (
                    f"{quoted(row.level3.otherwise(''))}实际值 {row.actual.text.strip()}，是指标值"
                    f" {row.target.text.strip()} 的 {completion.how}={rate(over + 1)}，没有写原因"
                )
                related = (Related(row.target.place, "指标值"),)
                yield Remark(row.actual.place, text, "核对实际值，或写明原因", related)


RULES = (
    duties_name_projects,
    projects_serve_a_duty,
    goals_have_indicators,
    goal_results_can_be_compared,
    unmet_goal_indicator_is_explained,
    goal_indicator_has_one_result,
    unmet_goal_indicators_cost_points,
    far_exceeded_goal_is_explained,
)
