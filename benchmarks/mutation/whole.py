"""The department as a whole: 收支, 三公经费, 政府采购, and the results that follow from them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from benchmarks.mutation.broken import Broken, Forms, Relation, broken, half_up
from benchmarks.mutation.funds import BUDGET, INITIAL, SPENDING, Funds, funds_of
from benchmarks.mutation.points import ACTUAL, REASON, TARGET, marked
from benchmarks.mutation.tables import Line, Tables, aim

_STAGES = ("年初预算数", "全年预算数", "决算数")
_FAR = Decimal("0.3")
_TOLERANCE = {"元": Decimal(100), "万元": Decimal("0.01")}


def tolerance(tables: Tables) -> Decimal:
    """0.01 万元, in the unit of the workbook."""
    return _TOLERANCE.get(tables.field("金额单位"), Decimal("0.01"))


def add(lines: list[Line], label: str) -> Decimal | None:
    """The sum of a column; None where no cell of it is filled."""
    given = [value for line in lines if (value := line.amount(label)) is not None]
    return sum(given, Decimal(0)) if given else None


def cells_of(lines: list[Line], *labels: str) -> list[str]:
    """The cells of some columns."""
    return [line.cell(label) for line in lines for label in labels if line.has(label)]


def sources_equal_structure(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """资金来源 is 资金结构, stage by stage; nothing is spent beyond the budget."""
    lines = tables["收支"]
    sides = {kind: [line for line in lines if line.text("类别") == kind] for kind in ("资金来源", "资金结构")}
    cells = cells_of(lines, *_STAGES, "项目", "类别")
    for stage in _STAGES:
        left, right = (add(own, stage) for own in sides.values())
        if left is not None and right is not None and left != right:
            yield broken("来源等于结构", stage, *cells)
    for line in lines:
        belongs = line.text("项目") in {"基本支出", "项目支出"}
        known = line.text("项目") in {"基本支出", "项目支出", "财政性资金", "其他资金"}
        if known and line.text("类别") and belongs != (line.text("类别") == "资金结构"):
            yield broken("类别与项目", line.cell("项目"), line.cell("类别"), *cells)
    typed = [line for line in lines if line.money("决算数")]
    alike = all(len({line.amount(stage) for stage in _STAGES}) == 1 for line in typed)
    wan = Decimal(10_000) if tables.field("金额单位") == "元" else Decimal(1)
    if len(typed) > 2 and alike and any(line.money("决算数") % wan for line in typed):  # noqa: PLR2004
        yield broken("预算照抄决算", "", *cells)
    budget, final = (add(sides["资金来源"], stage) for stage in _STAGES[1:])
    if budget is not None and final is not None and final > budget + tolerance(tables):
        yield broken("决算超预算", "", *cells)


def projects_are_parts_of_the_whole(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """The projects fit into 项目支出, what they left unspent into the surplus."""
    lines, slack = tables["收支"], tolerance(tables)
    spending = [line for line in lines if line.text("项目") == "项目支出"]
    funds = funds_of(tables)
    for stage, labels in zip(_STAGES, (INITIAL, (BUDGET,), (SPENDING,)), strict=True):
        whole, parts = add(spending, stage), _all(funds, *labels)
        if whole is not None and parts is not None and parts - whole > slack:
            bound = [*cells_of(spending, stage), *(cell for each in funds for cell in each.amounts(*labels))]
            yield broken("项目合计", stage, *bound, sides=(whole, parts))
    own = [line for line in lines if line.text("类别") == "资金来源"]
    budget, final = add(own, "全年预算数"), add(own, "决算数")
    given, spent = _all(funds, BUDGET), _all(funds, SPENDING)
    if budget is None or final is None or given is None or spent is None or budget < final:
        return
    if (given - spent) - (budget - final) > slack:
        bound = [cell for each in funds for cell in (*each.amounts(BUDGET), *each.amounts(SPENDING))]
        cells = cells_of(own, "全年预算数", "决算数")
        yield broken("未执行数", "", *cells, *bound, sides=(budget, final, given, spent))


def _all(funds: list[Funds], *labels: str) -> Decimal | None:
    given = [value for each in funds if (value := each.sum(*labels)) is not None]
    return sum(given, Decimal(0)) if given else None


def sangong_is_in_order(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """No item beyond its budget or above last year without a word; budget and final go together."""
    lines = tables["三公经费"]
    for line in lines:
        budget, final, last = (line.amount(label) for label in ("预算数", "决算数", "上年决算数"))
        cells = cells_of([line], "预算数", "决算数", "上年决算数", "变动原因", "项目")
        over = final is not None and (
            (budget is not None and final > budget) or (last is not None and final > last)
        )
        if over and not line.says("变动原因"):
            yield broken("三公原因", cells[0], *cells)
        if final and budget is None:
            yield broken("三公预算", cells[0], *cells)
    whole = [line for line in tables["收支"] if line.text("类别") == "资金来源"]
    final, spent = add(whole, "决算数"), add(lines, "决算数")
    if final is not None and spent is not None and spent > final:
        yield broken("三公是一部分", "", *cells_of(lines, "决算数"), *cells_of(whole, "决算数"))


def purchases_are_in_order(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """Bought within the budget; the share of small firms within it, of micro firms within that."""
    lines = tables["政府采购"]
    chain = ("采购预算", "实际采购金额", "授予中小企业", "其中：小微企业")
    for line in lines:
        for whole, part in pairwise(chain):
            large, small = line.amount(whole), line.amount(part)
            if large is not None and small is not None and small > large:
                yield broken("采购", line.cell(part), *cells_of([line], *chain))
    for whole, part in pairwise(chain[1:]):
        large, small = add(lines, whole), add(lines, part)
        if large is not None and small is not None and small > large:
            yield broken("采购合计", part, *cells_of(lines, *chain))


def _results(tables: Tables) -> Iterator[tuple[str, Decimal | None, list[str]]]:
    """What the department form prints and other cells decide."""
    own = [line for line in tables["收支"] if line.text("类别") == "资金来源"]
    first, budget, final = (add(own, stage) for stage in _STAGES)
    money = cells_of(own, *_STAGES, "类别", "项目")
    yield "预算执行率", _over(final, budget), money
    yield "预算调整率", _over(None if budget is None or first is None else abs(budget - first), first), money
    yield "结转结余率", _over(None if budget is None or final is None else budget - final, budget), money
    sangong, bought = tables["三公经费"], tables["政府采购"]
    cells = cells_of(sangong, "预算数", "决算数")
    yield "“三公经费”控制率", _over(add(sangong, "决算数"), add(sangong, "预算数")), cells
    cells = cells_of(bought, "采购预算", "实际采购金额")
    yield "政府采购执行率", _over(add(bought, "实际采购金额"), add(bought, "采购预算")), cells
    names = {line.text("项目名称") for line in tables["绩效指标"]}
    projects = [line.text("项目名称") for line in tables["项目"]]
    done = Decimal(sum(name in names for name in projects))
    yield "绩效自评完成率", _over(done, Decimal(len(projects))), cells_of(tables["项目"], "项目名称")


def _over(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return None if part is None or not whole else part / whole


def derived_results_follow(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """A typed result that other cells decide is what they give; points follow the result they give."""
    for name, value, cells in _results(tables):
        for line in tables["整体指标"]:
            if line.text("三级指标") == name:
                own = [
                    line.cell(label) for label in ("三级指标", "指标值", "完成值", "分值", "得分", REASON[1])
                ]
                for relation in _wrong(line, value):
                    yield broken(relation, name, *own, *cells)


def _wrong(line: Line, value: Decimal | None) -> Iterator[str]:
    typed, target = aim(line.text(*ACTUAL)), aim(line.text(*TARGET))
    if value is None:
        if not line.text(*ACTUAL):
            yield "算不出"
        return
    places = max(-int(typed.number.normalize().as_tuple().exponent), 2) if typed else 0
    if line.text(*ACTUAL) and (typed is None or typed.number != half_up(value, places)):
        yield "完成值"
    if target is None or line.says(*REASON):
        return
    if not _meets(target.sign, target.number, value):
        yield "没有达到"
    far = target.number > 0 and target.sign in {"≥", ">"}
    if far and (value - target.number) / target.number > _FAR:
        yield "超出很多"


def _meets(sign: str, wanted: Decimal, got: Decimal) -> bool:
    return {">": got > wanted, "<": got < wanted, "≤": got <= wanted}.get(sign, got >= wanted)


def other_results_are_typed(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """A row that nothing decides has its result; every goal and task has target, result and points."""
    decided = {name for name, _, _ in _results(tables)}
    for line in tables["整体指标"]:
        if line.text("三级指标") not in decided and not line.text(*ACTUAL):
            yield broken("完成值没有填", line.cell(*ACTUAL), line.cell(*ACTUAL), line.cell("三级指标"))
    lines = tables["整体目标与任务"]
    for line in lines:
        for label in ("指标值", "完成值", "分值"):
            if not line.text(label):
                yield broken("目标任务", line.cell(label), line.cell(label))
    kinds = {line.text("类别") for line in lines}
    if lines and not {"目标", "任务"} <= kinds:
        yield broken("目标和任务", "", "整体目标与任务", *cells_of(lines, "类别"))


def same_names_have_same_results(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """An indicator of the department that projects have too lies within their results."""
    for line in tables["整体指标"]:
        name = line.text("三级指标")
        twins = [row for row in tables["绩效指标"] if row.text("三级指标") == name]
        got = [each.number for row in twins if (each := aim(row.text(*ACTUAL)))]
        own = aim(line.text(*ACTUAL))
        if own and got and not min(got) <= own.number <= max(got):
            cells = [cell for row in twins for cell in (row.cell(*ACTUAL), row.cell("三级指标"))]
            own_cells = (line.cell(*ACTUAL), line.cell("三级指标"))
            yield broken("同名指标", own_cells[0], *own_cells, *cells, sides=(own.number, *sorted(got)))


def costs_are_parts_of_spending(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """A cost in plain money is not more than the project spent, all of it where all was the target."""
    scale = Decimal(10_000) if tables.field("金额单位") == "万元" else Decimal(1)
    funds = {each.name: each for each in funds_of(tables)}
    for line in tables["绩效指标"]:
        own, got, wanted = funds.get(line.text("项目名称")), aim(line.text(*ACTUAL)), aim(line.text(*TARGET))
        spent = own.sum(SPENDING) if own else None
        if line.text("二级指标") != "成本指标" or not own or got is None or got.unit != "元" or spent is None:
            continue
        budget = own.sum(BUDGET)
        all_of_it = wanted is not None and budget is not None and wanted.number == budget * scale
        if got.number > spent * scale or (all_of_it and got.number != spent * scale):
            cells = (line.cell(*ACTUAL), line.cell(*TARGET), line.cell("项目名称"), line.cell("二级指标"))
            yield broken("成本与支出", cells[0], *cells, *own.cells(SPENDING), *own.cells(BUDGET))


def spending_and_output_agree(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """Little money and all the work done is something to say a word about."""
    for funds in funds_of(tables):
        lines = [row for row in tables["绩效指标"] if row.text("项目名称") == funds.name]
        rows = [marked(row) for row in lines if row.text("一级指标") == "产出指标"]
        points = sum((row.line.money("分值") for row in rows), Decimal(0))
        got = [row.due if row.due is not None else row.score for row in rows]
        if funds.rate is None or not points or None in got:
            continue
        earned = sum((each for each in got if each is not None), Decimal(0))
        if funds.rate < Decimal("0.5") and earned / points >= Decimal("0.95"):
            cells = [cell for row in rows for cell in row.cells]
            yield broken("花钱与完成", funds.name, *funds.rate_cells, *cells, sides=(funds.rate, earned))


RELATIONS: tuple[Relation, ...] = (
    sources_equal_structure,
    projects_are_parts_of_the_whole,
    sangong_is_in_order,
    purchases_are_in_order,
    derived_results_follow,
    other_results_are_typed,
    same_names_have_same_results,
    costs_are_parts_of_spending,
    spending_and_output_agree,
)
