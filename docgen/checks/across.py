"""X1: units, projects and the people who hand them in agree across the sheets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher

from docgen.checks.case import Case, at, is_written, quoted
from docgen.checks.rule import rule
from docgen.figures.acceptance import folded
from docgen.finding import Related, Remark, Severity

_COVERAGE = "绩效自评全覆盖：有项目的单位都要自评"
_RESULT = "实际完成情况写结果，不照抄目标"


@rule("X101", severity=Severity.ERROR, basis=_COVERAGE, needs=("units", "projects"))
def unit_with_projects_evaluates_itself(case: Case) -> Iterator[Remark]:
    """有项目的单位，“单独自评”填“是”。

    错例：“就业服务中心”有 3 个项目，“单独自评”填“否”
    正例：“单独自评”填“是”
    怎么改：改成“是”；项目归别的单位实施的，改“项目”里的实施单位。
    """
    for result in case.figures.units:
        unit = result.unit
        if unit.self_evaluates.value is False:
            text = f"{quoted(unit.name.otherwise(''))}有 {len(result.projects)} 个项目，单独自评却填“否”"
            yield Remark(unit.self_evaluates.place, text, "是")


@rule("X102", severity=Severity.ERROR, basis=_COVERAGE, needs=("units", "projects"))
def self_evaluating_unit_has_projects(case: Case) -> Iterator[Remark]:
    """单独自评的单位至少有一个项目。

    错例：“就业训练中心”单独自评填“是”，“项目”里没有它实施的项目
    正例：填“否”，或补填它的项目
    怎么改：没有项目的填“否”；漏填的在“项目”里补上。
    """
    having = {result.unit.name.value for result in case.figures.units}
    for unit in case.filing.units:
        if unit.self_evaluates.value and unit.name.is_given and unit.name.value not in having:
            text = f"{quoted(unit.name.otherwise(''))}单独自评填“是”，却没有一个项目"
            yield Remark(unit.self_evaluates.place, text, "否，或补填项目")


@rule("X103", severity=Severity.VERIFY, basis=_RESULT)
def achieved_is_not_a_copy(case: Case) -> Iterator[Remark]:
    """实际完成情况不与预期目标逐字相同。

    错例：预期目标“保证招聘工作顺利开展”，实际完成情况一字不差
    正例：实际完成情况写明招聘 171 人、组织 1 场
    怎么改：写明实际做成了什么、多少、效果如何。
    """
    for project in case.filing.projects:
        expected, achieved = folded(project.expected.otherwise("")), folded(project.achieved.otherwise(""))
        if expected and expected == achieved:
            text = f"{quoted(project.name.otherwise(''))}实际完成情况与预期目标逐字相同，没有结果"
            yield Remark(
                project.achieved.place, text, "实际结果", (Related(project.expected.place, "预期目标"),)
            )


@rule("X104", severity=Severity.VERIFY, basis="同一单位各处名称一致")
def department_is_named_alike(case: Case) -> Iterator[Remark]:
    """项目的主管部门与“单位信息”的部门名称写法一致。

    错例：部门“某某县人力资源和社会保障局”，主管部门填“某某县人力资源社会保障局”
    正例：主管部门空着，或照抄部门名称
    怎么改：删去主管部门（默认就是本部门），或改成一致。
    """
    name = case.filing.department.name.otherwise("").strip()
    for project in case.filing.projects:
        typed = project.department.otherwise("").strip()
        if typed and name and typed != name and is_nearly(typed, name):
            text = f"{quoted(project.name.otherwise(''))}主管部门填“{typed}”，部门名称是“{name}”"
            yield Remark(
                project.department.place,
                text,
                name,
                (Related(case.filing.department.name.place, "部门名称"),),
            )


def is_nearly(one: str, other: str) -> bool:
    """Whether two names are most likely two spellings of one."""
    matcher = SequenceMatcher(None, one, other)
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)  # the cheap ones are upper bounds
    return all(bound() * 5 >= 4 for bound in bounds)  # noqa: PLR2004 - four fifths of the characters alike


@rule("X105", severity=Severity.VERIFY, basis="自评在年度终了后进行，各单位先于部门")
def dates_are_in_order(case: Case) -> Iterator[Remark]:
    """自评日期在年度终了以后，单位的落款日期不晚于部门的汇总日期。

    错例：2021 年度，部门汇总日期 2022-07-11，单位落款日期 2023-02-16
    正例：单位落款日期 2022-07-07
    怎么改：改正日期。
    """
    department, year = case.filing.department, case.filing.department.fiscal_year.value
    summary = department.report_date.value
    cells = [(department.name.otherwise(""), department.report_date)]
    cells += [(unit.name.otherwise(""), unit.report_date) for unit in case.filing.units]
    for name, cell in cells:
        if cell.value is None:
            continue
        if year and cell.value <= date(year, 12, 31):
            text = f"{quoted(name)}日期 {cell.value.isoformat()}，{year} 年度还没有结束"
            yield Remark(cell.place, text, f"{year} 年 12 月 31 日以后")
        elif summary and cell.value > summary:
            text = f"{quoted(name)}落款日期 {cell.value.isoformat()}，晚于部门汇总日期 {summary.isoformat()}"
            yield Remark(
                cell.place, text, "不晚于汇总日期", (Related(department.report_date.place, "汇总日期"),)
            )


@rule("X106", severity=Severity.ERROR, basis="一个部门只有一个本级")
def department_has_one_head_office(case: Case, *, head_office: str) -> Iterator[Remark]:
    """“单位”里只有一个部门本级。

    错例：两个单位的类别都填“部门本级”
    正例：下属单位填“二级机构”
    怎么改：改正单位的类别。
    """
    heads = [unit for unit in case.filing.units if unit.kind.value == head_office]
    for unit in heads[1:]:
        text = f"{quoted(unit.name.otherwise(''))}类别填“{head_office}”，前面已有一个"
        yield Remark(unit.kind.place, text, "二级机构", (Related(heads[0].kind.place, "前面的部门本级"),))


@rule("X107", severity=Severity.NOTE, basis="项目名称各处一致")
def project_names_are_distinct(case: Case) -> Iterator[Remark]:
    """不同项目的名称不只差标点、空格或字序。

    错例：“其他普惠发展支出”和“其他惠普发展支出”
    正例：同一项目只有一个名称
    怎么改：同一项目的合成一个；不同项目的，名称里写明区别。
    """
    first: dict[str, tuple[str, int]] = {}
    for index, project in enumerate(case.filing.projects):
        name = project.name.otherwise("")
        key = "".join(sorted(folded(name)))
        if key in first and first[key][0] != name:
            text = f"“{name}”与“{first[key][0]}”只差标点或字序，是不是同一个项目"
            earlier = case.filing.projects[first[key][1]].name.place
            yield Remark(project.name.place, text, "同一项目用同一名称", (Related(earlier, "相近的名称"),))
        first.setdefault(key, (name, index))


@rule("X108", severity=Severity.NOTE, basis="报告要介绍项目资金的用途")
def unit_reports_have_usage(case: Case, *, styles_with_usage: str) -> Iterator[Remark]:
    """按项目分段写报告的单位，每个项目写明资金用途。

    错例：报告写法“分项目”，项目的“资金用途”空着
    正例：“资金用途”写明主要用于哪些支出
    怎么改：在“项目”表填写资金用途。
    """
    for result in case.figures.units:
        if result.unit.report_style.otherwise("") not in styles_with_usage.split("、"):
            continue
        for project in result.projects:
            usage = project.project.usage
            if not is_written(usage):
                text = f"{quoted(project.project.name.otherwise(''))}资金用途空着，报告里这一段没有内容"
                yield Remark(at(usage, project.project.name), text, "填写资金用途")


@rule("X109", severity=Severity.ERROR, basis="规则中的每个数都有开始执行的年度")
def fiscal_year_has_norms(case: Case) -> Iterator[Remark]:
    """年度不早于规则开始执行的年度。

    错例：年度填 2012，而模板包的规则从 2020 年度起执行
    正例：年度填 2021
    怎么改：改正年度；确要做以前年度的，请模板包的维护人补充那时的规则。
    """
    cell = case.filing.department.fiscal_year
    first = case.pack.norm_book.first_year
    if cell.value is not None and cell.value < first:
        text = f"年度填 {cell.value}，规则从 {first} 年度起执行，只能暂按现行规则计算"
        yield Remark(cell.place, text, f"{first} 或以后")


RULES = (
    unit_with_projects_evaluates_itself,
    self_evaluating_unit_has_projects,
    achieved_is_not_a_copy,
    department_is_named_alike,
    dates_are_in_order,
    department_has_one_head_office,
    project_names_are_distinct,
    unit_reports_have_usage,
    fiscal_year_has_norms,
)
