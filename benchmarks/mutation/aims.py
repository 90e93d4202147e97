"""Goals, duties, monitoring, problems and lists of the department report: each names and answers others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmarks.mutation.broken import Broken, Forms, Relation, broken
from benchmarks.mutation.derived import is_late
from benchmarks.mutation.funds import BUDGET, SPENDING, funds_of
from benchmarks.mutation.marks import ACTUAL, REASON, TARGET, marked
from benchmarks.mutation.tables import Line, Tables, aim, day
from benchmarks.mutation.whole import BOUGHT, add, cells_of

_DIVIDED = re.compile(r"[\n、，,；;。]+")
_COPIED = 40
_JUNE, _YEAR, _WHY = "6月底目标实现程度", "年末目标已实现", "执行偏差原因及改进措施"


def monitoring_agrees(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """Asked of one project, asked of all; what was reached in June stays so; what was missed says why."""
    lines = tables["项目"]
    for label in (_JUNE, _YEAR):
        if any(line.text(label) for line in lines):
            for line in lines:
                if not line.text(label):
                    yield broken("监控", line.cell(label), *cells_of(lines, label))
    for funds in funds_of(tables):
        line = funds.project
        june, year = line.amount(_JUNE), line.text(_YEAR)
        cells = cells_of([line], _JUNE, _YEAR, _WHY)
        if june is not None and not 0 <= june <= 1:
            yield broken("实现程度", funds.name, *cells)
        if june == 1 and year == "否":
            yield broken("前后不符", funds.name, *cells)
        low = funds.rate is not None and funds.rate < forms.norms.low_execution_floor
        if year == "否" and not low and not line.says(_WHY):
            yield broken("没有实现", funds.name, *cells, *funds.rate_cells)
        idle = funds.sum(SPENDING) == 0 and funds.sum(BUDGET)
        if year == "是" and idle and not line.says(_WHY):
            yield broken("没有支出", funds.name, *cells, *funds.rate_cells)


def duties_have_projects(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """A duty names projects that there are; every project is named."""
    names = {line.text("项目名称"): line.cell("项目名称") for line in tables["项目"]}
    served: set[str] = set()
    lines = tables["职能活动"]
    for line in lines:
        named = _named(line.text("对应项目"), set(names))
        served |= named
        if named - names.keys():
            yield broken("对应项目", line.cell("对应项目"), line.cell("对应项目"), *names.values())
    for name, cell in names.items():
        if served and name not in served:
            yield broken("没有职能", name, *names.values(), cell, *cells_of(lines, "对应项目"))


def _named(text: str, known: set[str]) -> set[str]:
    parts = (
        part
        for line in text.splitlines()
        for part in ([line.strip()] if line.strip() in known else _DIVIDED.split(line))
    )
    return {part.strip() for part in parts if part.strip()}


def goals_are_answered(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """A goal has indicators, an indicator a result that answers its target, or says why it does not."""
    lines = tables["目标指标"]
    having = {line.text("目标名称") for line in lines}
    for goal in tables["整体目标与任务"]:
        if lines and goal.text("类别") == "目标" and goal.text("名称") not in having | {""}:
            yield broken("目标没有指标", goal.cell("名称"), *cells_of(lines, "目标名称"), goal.cell("名称"))
    for line in lines:
        row, cells = marked(line), (line.cell(*TARGET), line.cell(*ACTUAL), line.cell(*REASON))
        if row.misses and not line.says(*REASON):
            yield broken("目标没有完成", line.cell("指标"), *cells)
        wanted, got = line.text(*TARGET), line.text(*ACTUAL)
        worded = row.target is None and row.actual is None and wanted and got
        if worded and wanted != got and not re.search(r"\d", wanted + got) and not line.says(*REASON):
            yield broken("结果是别的话", line.cell("指标"), *cells)
        far = row.gain is not None and not row.is_ceiling and row.gain > forms.norms.over_target_limit
        if far and not line.says(*REASON):
            yield broken("超出很多", line.cell("指标"), *cells)
        yield from _twins(line, tables)


def _twins(line: Line, tables: Tables) -> Iterator[Broken]:
    pairs = (("指标值", TARGET), ("实际值", ACTUAL))
    for row in (*tables["整体指标"], *tables["绩效指标"]):
        if row.text("三级指标") != line.text("指标"):
            continue
        for own, theirs in pairs:
            ours, other = aim(line.text(own)), aim(row.text(*theirs))
            if ours and other and ours.unit == other.unit and ours.number != other.number:
                name = (line.cell("指标"), row.cell("三级指标"))
                yield broken("同名指标", line.cell(own), line.cell(own), row.cell(*theirs), *name)


def problems_are_told(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """What is done about a problem is not the problem word by word; one problem has one name, and its own."""
    first: dict[tuple[str, ...], Line] = {}
    told: dict[str, Line] = {}
    for line in tables["问题措施"]:
        content, measure, title = (line.text(label) for label in ("具体情况和原因", "改进措施", "问题"))
        if content and content == measure:
            yield broken("照抄问题", line.cell("问题"), *cells_of([line], "具体情况和原因", "改进措施"))
        earlier = first.setdefault(tuple(sorted(title)), line)
        if earlier.text("问题") != title:
            yield broken("问题的写法", line.cell("问题"), line.cell("问题"), earlier.cell("问题"))
        twin = told.setdefault(content, line)
        if len(content) >= _COPIED and sorted(twin.text("问题")) != sorted(title):
            cells = cells_of([line, twin], "具体情况和原因", "问题")
            yield broken("照抄问题", content[:20], *cells)


def listed_items_are_in_time(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """Nothing on 事项清单 is done after its day, which is one of the year."""
    for line in tables["事项清单"]:
        due, year = day(line.text("要求完成日期")), tables.field("年度")
        if due is not None and year.isdigit() and due.year != int(year):
            cells = [line.cell("要求完成日期"), tables.field_cell("年度")]
            yield broken("要求完成日期", line.cell("事项"), *cells)
        if is_late(line):
            sides = (line.text("要求完成日期"), line.text("实际完成日期"))
            cells = cells_of([line], "要求完成日期", "实际完成日期")
            yield broken("完成日期", line.cell("事项"), *cells, sides=sides)


def listed_amounts_are_told_alike(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """The items of last year's 其他收入 add up to it; purchases are listed where something was bought."""
    lines = tables["事项清单"]
    other = [line for line in lines if line.text("类别") == "上年其他收入"]
    whole = add([line for line in tables["收支"] if line.text("项目") == "其他收入"], "上年决算数")
    summed = add(other, "金额")
    if summed is not None and whole is not None and summed != whole:
        cells = [*cells_of(lines, "金额", "类别"), *cells_of(tables["收支"], "上年决算数", "项目")]
        yield broken("其他收入", "", tables.title("事项清单"), *cells)
    bought = [line for line in tables["政府采购"] if line.text("类别") in BOUGHT]
    amounts = [add(bought, label) for label in ("采购预算", "合同金额", "实际采购金额")]
    named = [line for line in lines if line.text("类别") == "政府采购项目"]
    if any(amounts) != bool(named) and _offers_purchases(forms) and (named or any(amounts)):
        cells = [
            *cells_of(lines, "类别", "事项"),
            *cells_of(tables["政府采购"], "采购预算", "合同金额", "类别"),
        ]
        sheets = (tables.title("事项清单"), tables.title("政府采购"))
        yield broken("采购项目", "", *sheets, *cells, *cells_of(tables["政府采购"], "实际采购金额"))


def _offers_purchases(forms: Forms) -> bool:
    sheet = forms.pack.layout.used_sheets.get("listed_items")
    return sheet is not None and "政府采购项目" in sheet.columns["category"].choices


RELATIONS: tuple[Relation, ...] = (
    monitoring_agrees,
    duties_have_projects,
    goals_are_answered,
    problems_are_told,
    listed_items_are_in_time,
    listed_amounts_are_told_alike,
)
