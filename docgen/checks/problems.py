"""X4: every deduction of the department form has its problem, and every problem its indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.checks.case import Case, Row, quoted
from docgen.checks.rule import rule
from docgen.checks.targets import words
from docgen.checks.words import LONG_ENOUGH
from docgen.figures.acceptance import folded
from docgen.finding import Related, Remark, Severity
from docgen.model import Entered
from docgen.model.department_report import ProblemLine
from docgen.quantity import plain
from docgen.workbook.folding import nearest

_MATCHED = "扣分、问题、措施相互对应"
_ONE_PROBLEM = "同名的各行是一个问题，一个问题只写一次"
_SEPARATORS = re.compile(r"[\n、，,；;]+")


def _deducted(case: Case) -> list[Row]:
    """The rows of the department form that lost points, or took some away."""
    deductions = case.pack.options.deduction_levels
    return [row for row in case.overall_rows if row.lost or (row.level1 in deductions and row.claimed > 0)]


def _parts(case: Case, cell: Entered[str]) -> list[str]:
    """The indicators a cell names, one a line or divided by 、; a whole line first."""
    known = case.indicator_names
    return [
        part.strip()
        for line in cell.otherwise("").splitlines()
        for part in ([line] if folded(line) in known else _SEPARATORS.split(line))
        if part.strip()
    ]


def _named(case: Case) -> set[str]:
    return {folded(part) for row in case.filing.report.problems for part in _parts(case, row.indicator)}


@rule("X421", severity=Severity.VERIFY, basis=_MATCHED, needs=("overall", "undertakings", "problems"))
def deductions_have_problems(case: Case) -> Iterator[Remark]:
    """整体自评扣了分的指标，在“问题措施”里有对应的问题。

    错例：“支出进度”分值 4，得 2 分，“问题措施”里没有一个问题对应它
    正例：问题“预算执行进度偏慢”，对应扣分指标“支出进度”
    怎么改：补写问题和改进措施；已经写了的，在“对应扣分指标”里写上这个指标。
    """
    lost = _deducted(case) if case.has_column("problems", "indicator") else []
    if lost and not case.filing.report.problems:
        said = "、".join(row.title for row in lost)
        text = f"整体自评有 {len(lost)} 个指标扣了分（{said}），“问题措施”里一行也没有"
        related = tuple(Related(row.score.place, "扣分的指标") for row in lost)
        yield Remark(case.sheet_place("problems"), text, "写明问题和改进措施", related)
        return
    if not lost:
        return
    known, named = case.indicator_names, _named(case)
    named |= {folded(nearest(strange, known.values())) for strange in named - known.keys()}  # X422's
    for row in lost:
        if not named & {folded(name) for name in (row.level3, row.level2, row.level1)}:
            amount = plain(row.lost or row.claimed)
            text = f"{row.title}扣了 {amount} 分，“问题措施”里没有对应的问题"
            related = (Related(case.filing.report.problems[0].indicator.place, "对应扣分指标"),)
            yield Remark(row.reason_place, text, "对应扣分指标里写上它", related)


@rule("X422", severity=Severity.ERROR, basis=_MATCHED, needs=("overall", "undertakings", "indicators"))
def problems_name_indicators(case: Case) -> Iterator[Remark]:
    """“问题措施”的对应扣分指标，是自评表里的指标，名称一致。

    错例：对应扣分指标写“支出进度率”，自评表里叫“支出进度”
    正例：照抄自评表里的名称
    怎么改：改成一致的名称；不对应哪个指标的空着。
    """
    for row in case.filing.report.problems:
        for part in _parts(case, row.indicator):
            if folded(part) not in case.indicator_names:
                near = nearest(part, case.indicator_names.values())
                hint = f"，是不是{quoted(near)}" if near else ""
                text = f"自评表里没有指标{quoted(part)}{hint}"
                yield Remark(row.indicator.place, text, near or "自评表里的指标")


@rule("X423", severity=Severity.NOTE, basis=_MATCHED, needs=("overall", "undertakings", "indicators"))
def problems_name_deductions(case: Case) -> Iterator[Remark]:
    """“问题措施”的对应扣分指标，确实扣了分。

    错例：问题对应“资产管理规范性”，这个指标得了满分
    正例：对应扣了分的指标；没有扣分的问题，对应扣分指标空着
    怎么改：核对是不是写错了指标，或者得分给高了。
    """
    if not case.filing.report.problems:
        return
    names = {folded(name) for row in _deducted(case) for name in (row.level3, row.level2, row.level1)}
    names |= {
        folded(name)
        for row in case.rows
        if row.lost or not row.result.figure.is_known
        for name in (row.level3, row.level2, row.level1)
    }
    known = case.indicator_names
    for row in case.filing.report.problems:
        for part in _parts(case, row.indicator):
            if folded(part) in known and folded(part) not in names:
                text = f"问题{quoted(row.title.otherwise(''))}对应的{quoted(part)}没有扣分"
                yield Remark(row.indicator.place, text, "扣了分的指标，或空着")


@rule("X424", severity=Severity.VERIFY, basis=_MATCHED)
def problem_is_a_problem(case: Case, *, empty_problems: str) -> Iterator[Remark]:
    """“问题措施”的每一行写具体问题，不写“无”“未发现问题”；措施不与问题逐字相同。

    错例：问题“无”，具体情况“未发现明显问题”
    正例：没有问题的不填这张表
    怎么改：写明具体问题和措施；没有问题的删去这一行。
    """
    empty = {folded(word) for word in words(empty_problems)}
    for row in case.filing.report.problems:
        told = [cell for cell in (row.title, row.content, row.measure) if cell.is_given]
        nothing = [cell for cell in told if folded(cell.otherwise("")).rstrip("。.") in empty]
        if nothing:
            text = f"问题措施里写着“{nothing[0].otherwise('').strip()}”，不是一个问题"
            yield Remark(nothing[0].place, text, "具体问题和措施，没有的删去这一行")
        elif row.content.is_given and folded(row.content.otherwise("")) == folded(row.measure.otherwise("")):
            text = f"{quoted(row.title.otherwise(''))}的改进措施与具体情况逐字相同"
            yield Remark(row.measure.place, text, "改进措施", (Related(row.content.place, "具体情况"),))


@rule("X425", severity=Severity.VERIFY, basis=_ONE_PROBLEM)
def problem_titles_are_distinct(case: Case) -> Iterator[Remark]:
    """不同问题的名称不只差标点、空格或字序，同一个问题的名称一致。

    错例：“预算执行进度不够均衡”和“预执算行进度不够均衡”，报告印成两个问题
    正例：两行都写“预算执行进度不够均衡”
    怎么改：改成一致的名称；确是两个问题的，名称里写明区别。
    """
    first: dict[str, Entered[str]] = {}
    for row in case.filing.report.problems:
        title = folded(row.title.otherwise(""))
        earlier = first.setdefault("".join(sorted(title)), row.title)
        if folded(earlier.otherwise("")) != title:
            names = f"{quoted(row.title.otherwise(''))}与{quoted(earlier.otherwise(''))}"
            related = (Related(earlier.place, "相近的问题"),)
            text = f"{names}只差字序，是不是同一个问题"
            yield Remark(row.title.place, text, earlier.otherwise(""), related)


@rule("X426", severity=Severity.NOTE, basis=_ONE_PROBLEM)
def problems_are_not_copied(case: Case) -> Iterator[Remark]:
    """不同问题的具体情况不逐字相同。

    错例：“预算执行偏慢”和“资产管理薄弱”的具体情况一字不差
    正例：各写各的情况
    怎么改：改写复制来的一段；确是同一个问题的，名称写成一样。
    """
    first: dict[str, ProblemLine] = {}
    for row in case.filing.report.problems:
        text, title = folded(row.content.otherwise("")), folded(row.title.otherwise(""))
        if len(text) < LONG_ENOUGH:
            continue
        earlier = first.setdefault(text, row)
        before = folded(earlier.title.otherwise(""))
        if sorted(before) != sorted(title):  # X425 speaks of titles that differ in order only
            names = f"{quoted(row.title.otherwise(''))}与{quoted(earlier.title.otherwise(''))}"
            related = (Related(earlier.content.place, "相同的一段"),)
            yield Remark(row.content.place, f"{names}的具体情况逐字相同", "按实际情况改写", related)


RULES = (
    deductions_have_problems,
    problems_name_indicators,
    problems_name_deductions,
    problem_is_a_problem,
    problem_titles_are_distinct,
    problems_are_not_copied,
)
