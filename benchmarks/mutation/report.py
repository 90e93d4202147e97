"""The money and people of the department report: adding up, in time, within what was set aside."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from benchmarks.mutation.broken import Broken, Forms, Relation, broken
from benchmarks.mutation.derived import quarter_cells, quarters
from benchmarks.mutation.funds import BUDGET, SPENDING, funds_of
from benchmarks.mutation.tables import Tables
from benchmarks.mutation.whole import FINAL, add, cells_of, spending, structure

_STAGES = ("年初预算数", "全年预算数", "决算数", "上年决算数")


def spending_is_split_alike(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """The 类 and the quarters add up to the spending; the parts of 基本支出 to it."""
    lines, functions, by_quarter = tables["收支"], tables["支出功能分类"], tables["支出进度"]
    keys = forms.pack.ledger.structure
    money = cells_of(lines, *_STAGES, "项目", "类别")
    for stage in _STAGES:
        whole, split = structure(tables, forms, stage), add(functions, stage)
        if whole is not None and split is not None and whole != split:
            yield broken("功能分类", stage, *money, *cells_of(functions, stage))
        basic = add([line for line in lines if keys.get(line.text("项目")) == "basic"], stage)
        parts = [line for line in lines if keys.get(line.text("项目")) in forms.pack.ledger.basic_parts]
        summed = add(parts, stage)
        if basic is not None and summed is not None and basic != summed:
            yield broken("基本支出", stage, *money)
    cells = [tables.title("支出进度"), *money, *cells_of(by_quarter, "季度", "当季支出")]
    missing = len({line.text("季度") for line in by_quarter} - {""}) < len(forms.norms.quarter_schedule)
    if by_quarter and missing:
        yield broken("四个季度", "", *cells)
    spent, whole = add(by_quarter, "当季支出"), spending(tables, forms, FINAL)
    if whole is not None and spent is not None and whole != spent and not missing:
        yield broken("季度合计", "", *cells)


def quarters_are_in_time(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """A quarter behind schedule says why, one on schedule has nothing to say."""
    for line, share, due in quarters(tables, forms):
        cells = (line.cell("未达进度原因"), *quarter_cells(tables))
        if share < due and not line.says("未达进度原因"):
            yield broken("未达进度", line.cell("季度"), *cells)
        if share >= due and line.says("未达进度原因"):
            yield broken("没有落后的原因", line.cell("季度"), *cells)


def guarantees_are_kept(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """Of 三保 no more is spent than arranged, what is left is accounted for; a project has its amounts."""
    funds = {each.name: each for each in funds_of(tables)}
    for line in tables["三保支出"]:
        arranged, spent = line.amount("安排资金"), line.amount("实际支出")
        cells = cells_of([line], "安排资金", "实际支出", "未支出原因")
        if arranged is None or spent is None:
            continue
        if spent > arranged:
            yield broken("三保超支", line.cell("项目"), *cells)
        elif spent < arranged * forms.norms.full_guarantee_floor and not line.says("未支出原因"):
            yield broken("三保未支出", line.cell("项目"), *cells)
        elif spent == arranged and line.says("未支出原因"):
            yield broken("三保没有未支出", line.cell("项目"), *cells)
        own = funds.get(line.text("项目"))
        if own and (arranged, spent) != (own.sum(BUDGET), own.sum(SPENDING)):
            bound = [line.cell("项目"), *cells, *own.cells(BUDGET), *own.cells(SPENDING)]
            yield broken("三保与项目", line.cell("项目"), *bound)


def charges_are_paid_in(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """A charge planned far from last year's, or not paid in as planned, says why."""
    for line in tables["非税收入"]:
        plan, paid, before = (line.amount(label) for label in ("年初计划", "实际上缴", "上年上缴"))
        cells = cells_of([line], "年初计划", "实际上缴", "上年上缴", "变动原因")
        if plan is None or line.says("变动原因"):
            continue
        limit = forms.norms.nontax_change_limit
        far = before is not None and plan != before and (not before or abs(plan - before) >= before * limit)
        if far:
            yield broken("非税变动", line.cell("收入项目"), *cells)
        if paid is not None and paid < plan:
            yield broken("非税短收", line.cell("收入项目"), *cells)


def staff_add_up(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """公务员 and 事业人员 are those in post, who are no more than the posts."""
    counts = {
        line.text("人员类别"): value for line in tables["人员"] if (value := line.amount("人数")) is not None
    }
    cells = cells_of(tables["人员"], "人数", "人员类别")
    parts = [counts[name] for name in ("公务员", "事业人员") if name in counts]
    present, posts = counts.get("在职人数"), counts.get("编制数")
    gap = sum(parts, Decimal(0)) - (present or 0)
    if present is not None and (gap > 0 or (gap and len(parts) > 1)):
        yield broken("在职人数", "", *cells)
    present = sum(parts, Decimal(0)) if present is None and parts else present
    if present is not None and posts is not None and present > posts:
        yield broken("编制数", "", *cells)


def past_scores_are_scores(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """Last year's scores lie within full marks."""
    for line in tables["上年自评"]:
        if line.money("自评总分") > forms.norms.total_points:
            yield broken("上年总分", line.cell("自评总分"), line.cell("自评总分"))


RELATIONS: tuple[Relation, ...] = (
    spending_is_split_alike,
    quarters_are_in_time,
    guarantees_are_kept,
    charges_are_paid_in,
    past_scores_are_scores,
    staff_add_up,
)
