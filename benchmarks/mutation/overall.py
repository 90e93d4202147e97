"""The department form: its points, the results other sheets decide, what does not apply, what lost points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from benchmarks.mutation.broken import Broken, Forms, Relation, broken, half_up
from benchmarks.mutation.derived import Result, is_excluded, overall_rows, results
from benchmarks.mutation.marks import ACTUAL, REASON, TARGET, Marked, marked
from benchmarks.mutation.tables import Line, Tables, aim
from benchmarks.mutation.whole import cells_of

_LEVELS = ("一级指标", "二级指标", "三级指标")
_DIVIDED = re.compile(r"[\n、，,；;]+")
_REASONS = (*REASON, "评分理由")


def overall_points_add_up(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """The points of every 一级指标 are those the form prints; where it prints none, all are full marks."""
    goals = [("产出指标", line) for line in tables["整体目标与任务"] if line.has("分值")]
    whole = [(line.text("一级指标"), line) for line in tables["整体指标"]]
    rows = [(level, line) for level, line in (*goals, *whole) if level not in forms.extra_levels]
    if not rows:
        return
    sheets = (tables.title("整体指标"), tables.title("整体目标与任务"))
    cells = [cell for _, line in rows for cell in (line.cell("分值"), line.cell("一级指标"))]
    norm = forms.norms.overall_level1_points
    for level, points in norm.items():
        if sum((line.money("分值") for own, line in rows if own == level), Decimal(0)) != points:
            yield broken("整体分值", level, *sheets, *cells)
    if not norm and sum((line.money("分值") for _, line in rows), Decimal(0)) != forms.norms.total_points:
        yield broken("整体分值", "", *sheets, *cells)


def derived_results_follow(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """A typed result that other cells decide is what they give; where they give none, it is typed."""
    found = results(tables, forms)
    for line in tables["整体指标"]:
        result = found.get(line.text("三级指标"))
        if result is not None and not is_excluded(line, found):
            own = [line.cell(label) for label in ("三级指标", "指标值", "完成值", "分值", "得分", "不适用")]
            for relation in _wrong(line, result):
                yield broken(relation, line.text("三级指标"), *own, *result.cells)


def _wrong(line: Line, result: Result) -> Iterator[str]:
    typed = aim(line.text(*ACTUAL))
    if result.value is None:
        if not line.text(*ACTUAL):
            yield "算不出"
        return
    places = max(-int(typed.number.normalize().as_tuple().exponent), 2) if typed else 0
    if line.text(*ACTUAL) and (typed is None or typed.number != half_up(result.value, places)):
        yield "完成值"


def other_results_are_typed(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """A row with a target that nothing decides has its result; goals and tasks have theirs and points."""
    found = results(tables, forms)
    for line in tables["整体指标"]:
        asked = line.text(*TARGET) and line.text("三级指标") not in found and not is_excluded(line, found)
        if asked and not line.text(*ACTUAL):
            yield broken("完成值没有填", line.cell(*ACTUAL), line.cell(*ACTUAL), line.cell("三级指标"))
    lines = tables["整体目标与任务"]
    for line in lines:
        for label in ("指标值", "完成值", "分值"):
            if line.has(label) and not line.text(label):
                yield broken("目标任务", line.cell(label), line.cell(label))
    for kind in forms.pack.undertakings:
        if lines and not any(line.text("类别") == kind for line in lines):
            sheet = tables.title("整体目标与任务")
            yield broken("目标和任务", kind, sheet, *cells_of(lines, "类别"))


def same_names_have_same_results(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """An indicator of the department that projects have too lies within their results."""
    found = results(tables, forms)
    for line in tables["整体指标"]:
        name = line.text("三级指标")
        twins = [row for row in tables["绩效指标"] if row.text("三级指标") == name]
        got = [each.number for row in twins if (each := aim(row.text(*ACTUAL)))]
        own = aim(line.text(*ACTUAL))
        if own and got and not min(got) <= own.number <= max(got) and not is_excluded(line, found):
            cells = [cell for row in twins for cell in (row.cell(*ACTUAL), row.cell("三级指标"))]
            own_cells = (line.cell(*ACTUAL), line.cell("三级指标"))
            yield broken("同名指标", own_cells[0], *own_cells, *cells, sides=(own.number, *sorted(got)))


def rows_apply_or_do_not(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """What does not apply has no score; what is added or taken away is within its points and has a reason."""
    for line in tables["整体指标"]:
        score, points = line.amount("得分"), line.amount("分值")
        if line.text("不适用") == "是" and score:
            yield broken("不适用", line.cell("得分"), line.cell("得分"), line.cell("不适用"))
        elif line.text("一级指标") in forms.extra_levels:
            cells = [line.cell(label) for label in ("得分", "分值", *_LEVELS, *_REASONS) if line.has(label)]
            if score and not line.says(*_REASONS):
                yield broken("加分扣分", line.cell("得分"), *cells)
            if score is not None and (score < 0 or (points is not None and score > points)):
                yield broken("得分在分值内", line.cell("得分"), *cells)


def deductions_have_problems(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """Points are lost for a problem that is written down, and a problem names what lost points."""
    problems, everything = tables["问题措施"], (*tables["整体指标"], *tables["绩效指标"])
    if "问题措施" not in tables.printed or not tables["整体指标"]:
        return
    known = {name for line in everything for name in _names(line)} - {""}
    named = {part: line for line in problems for part in _parts(line.text("对应扣分指标"), known)}
    lost = list(_losing(tables, forms))
    cells = [tables.title("问题措施"), *cells_of(problems, "对应扣分指标", "问题")]
    for row in lost:
        if not named.keys() & _names(row.line):
            yield broken("没有问题", row.line.cell("三级指标"), *row.cells, row.line.cell("一级指标"), *cells)
    losing = {name for row in lost for name in _names(row.line)}
    losing |= {name for row in map(marked, tables["绩效指标"]) if row.lost > 0 for name in _names(row.line)}
    for part, line in named.items():
        own = [cell for each in everything if part in _names(each) for cell in marked(each).cells]
        if part not in losing:
            beside = [cell for row in overall_rows(tables, forms) for cell in row.beside]
            levels = cells_of(list(everything), *_LEVELS)
            yield broken("没有扣分", part, line.cell("对应扣分指标"), *own, *beside, *levels)


def _names(line: Line) -> set[str]:
    return {line.text(label) for label in _LEVELS}


def _parts(text: str, known: set[str]) -> set[str]:
    """The names in a cell: one a line, or divided by a mark."""
    lines = [line.strip() for line in text.splitlines()]
    parts = [part for line in lines for part in ([line] if line in known else _DIVIDED.split(line))]
    return {part.strip() for part in parts if part.strip()}


def _losing(tables: Tables, forms: Forms) -> Iterator[Marked]:
    """The rows of the department form that lost points or took some away."""
    yield from (row for row in overall_rows(tables, forms) if row.lost > 0)
    for line in tables["整体指标"]:
        taken = line.text("一级指标") in forms.pack.options.deduction_levels and line.text("不适用") != "是"
        if taken and line.money("得分") > 0:
            yield marked(line)


RELATIONS: tuple[Relation, ...] = (
    overall_points_add_up,
    derived_results_follow,
    other_results_are_typed,
    same_names_have_same_results,
    rows_apply_or_do_not,
    deductions_have_problems,
)
