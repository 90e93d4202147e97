"""Projects and transfers on other lists: the same names, amounts and funds; transfers in order."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.mutation.broken import Broken, Forms, Relation, broken
from benchmarks.mutation.disclosed import GENERAL, where
from benchmarks.mutation.funds import BUDGET, SPENDING, funds_of
from benchmarks.mutation.marks import ACTUAL, REASON, TARGET, marked
from benchmarks.mutation.tables import Line, Tables
from benchmarks.mutation.whole import add, cells_of


def lists_of_projects_agree(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """项目变动 and 部门评价 speak of the projects with their own amounts."""
    funds = {each.name: each for each in funds_of(tables)}
    transfers = {
        line.text("转移支付名称"): where(tables["转移支付资金"], "转移支付名称", line.text("转移支付名称"))
        for line in tables["转移支付"]
    }
    for line in tables["项目变动"]:
        own = funds.get(line.text("项目名称"))
        if own and line.amount("本年支出") != own.sum(SPENDING):
            cells = cells_of([line], "本年支出", "项目名称")
            yield broken("项目变动", line.cell("项目名称"), *cells, *own.cells(SPENDING))
        if line.money("本年支出") == line.money("上年支出"):
            yield broken(
                "没有变动", line.cell("项目名称"), *cells_of([line], "项目名称", "本年支出", "上年支出")
            )
        yield from _nearly(line, {*funds, *transfers})
    for line in tables["部门评价"]:
        name, cells = line.text("项目名称"), cells_of([line], "项目名称", "预算数", "执行数", "资金性质")
        pairs = {"预算数": BUDGET, "执行数": SPENDING}
        for label, theirs in pairs.items():
            own = funds.get(name)
            due = own.sum(theirs) if own else add(transfers.get(name, []), theirs)
            bound = own.cells(theirs) if own else cells_of(transfers.get(name, []), theirs)
            if due is not None and line.amount(label) != due:
                sides = (line.amount(label), due)
                yield broken("部门评价", f"{name}{label}", *cells, *bound, sides=sides)
        chain = [line.amount(label) for label in ("预算数", "到位数", "执行数")]
        typed = [value for value in chain if value is not None]
        if typed != sorted(typed, reverse=True) or not line.money("预算数"):
            yield broken("部门评价超预算", line.cell("预算数"), *cells, line.cell("到位数"))
        kinds = {row.text("资金性质") or GENERAL for row in funds[name].parts} if name in funds else set()
        if kinds and line.text("资金性质") not in kinds:
            bound = [row.cell("资金性质") for row in funds[name].parts]
            yield broken("资金性质", name, *cells, *bound)
        yield from _nearly(line, {*funds, *transfers})


def _nearly(line: Line, names: set[str]) -> Iterator[Broken]:
    """A name that is nearly that of a project is a slip of the pen."""
    name = line.text("项目名称")
    for other in names:
        if name != other and sorted(name) == sorted(other):
            yield broken("名称", line.cell("项目名称"), line.cell("项目名称"))


def transfers_are_in_order(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """Spent within what arrived, arrived within the budget; what is missing says why."""
    for line in tables["转移支付资金"]:
        budget, arrived, spent = (line.amount(x) for x in (BUDGET, "实际到位数", SPENDING))
        cells = cells_of([line], BUDGET, "实际到位数", SPENDING)
        chain = [value for value in (budget, arrived, spent) if value is not None]
        if chain != sorted(chain, reverse=True):
            yield broken("到位与执行", line.cell(BUDGET), *cells)
        if budget and not (line.text("下达文件") and line.text("资金用途")):
            yield broken("下达文件", line.cell("资金来源"), line.cell("下达文件"), line.cell("资金用途"))
    for transfer in tables["转移支付"]:
        own = where(tables["转移支付资金"], "转移支付名称", transfer.text("转移支付名称"))
        budget, spent = add(own, BUDGET), add(own, SPENDING)
        low = budget and spent is not None and spent / budget < forms.norms.low_execution_floor
        if low and not any(line.says("结余原因") for line in own):
            yield broken(
                "结余原因", transfer.text("转移支付名称"), *cells_of(own, BUDGET, SPENDING, "结余原因")
            )
    for line in tables["转移支付指标"]:
        if marked(line).misses and not line.says(*REASON):
            cells = [line.cell(*ACTUAL), line.cell(*TARGET), line.cell(*REASON)]
            yield broken("没有完成", line.cell(*ACTUAL), *cells)


RELATIONS: tuple[Relation, ...] = (
    lists_of_projects_agree,
    transfers_are_in_order,
)
