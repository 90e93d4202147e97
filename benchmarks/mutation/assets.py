"""资产负债, 资产存量 and 资产配置: sums, parts and wholes, the same assets told twice."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from benchmarks.mutation.broken import Broken, Forms, Relation, broken
from benchmarks.mutation.tables import Line, Tables
from benchmarks.mutation.whole import FINAL, add, cells_of

_COLUMNS = ("上年末数", "年末数")
_SUMS = (
    ("流动资产", ("货币资金", "其他应收款净额", "其他流动资产")),
    ("资产总额", ("流动资产", "固定资产净值", "在建工程", "无形资产净值", "其他资产")),
    ("负债总额", ("其他应付款", "其他流动负债", "其他负债")),
)
_WITHIN = (
    ("固定资产净值", "固定资产原值"),
    ("无形资产净值", "无形资产原值"),
    ("在用固定资产", "固定资产原值"),
    ("负债总额", "资产总额"),
)
_TWICE = (
    ("固定资产和无形资产", "账面原值", ("固定资产原值", "无形资产原值")),
    ("固定资产和无形资产", "账面净值", ("固定资产净值", "无形资产净值")),
    ("在建工程", "账面原值", ("在建工程",)),
)


def _column(tables: Tables, label: str) -> dict[str, Decimal]:
    """The amounts of a column of 资产负债 by item, sums that are not typed made from their parts."""
    lines = tables["资产负债"]
    values = {line.text("项目"): value for line in lines if (value := line.amount(label)) is not None}
    for whole, parts in _SUMS:
        known = [values[part] for part in parts if part in values]
        if known:
            values.setdefault(whole, sum(known, Decimal(0)))
    return values


def balance_sheet_is_in_order(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """Sums are sums, net values within gross ones, debts within assets."""
    lines = tables["资产负债"]
    asked = forms.pack.ledger.balance.keys()
    for label in _COLUMNS:
        values, cells = _column(tables, label), cells_of(lines, label, "项目")
        for whole, parts in _SUMS:
            known = [values[part] for part in parts if part in values]
            gap = sum(known, Decimal(0)) - values.get(whole, Decimal(0))
            complete = len(known) == len([part for part in parts if part in asked])
            if known and (gap > 0 or (gap < 0 and complete)):
                yield broken("资产负债合计", f"{whole}{label}", *cells)
        for part, whole in _WITHIN:
            if part in values and whole in values and values[part] > values[whole]:
                yield broken("资产负债部分", f"{part}{label}", *cells)


def stock_is_in_order(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """Net within gross, offices within buildings, buildings within all; who pays for vehicles has some."""
    lines = tables["资产存量"]
    own = {line.text("项目"): line for line in lines}
    cells = cells_of(lines, "项目", "数量或面积", "账面原值", "账面净值")
    for line in lines:
        net, gross = line.amount("账面净值"), line.amount("账面原值")
        if net is not None and gross is not None and net > gross:
            yield broken("存量净值", line.cell("项目"), *cells)
    if _exceeds(own.get("办公用房"), own.get("房屋"), "数量或面积"):
        yield broken("办公用房", "", *cells)
    whole, building = _column(tables, "年末数").get("固定资产原值"), own.get("房屋")
    worth = building.amount("账面原值") if building else None
    too_large = whole is not None and worth is not None and worth > whole
    if too_large or _exceeds(building, own.get("固定资产和无形资产"), "账面原值"):
        yield broken("房屋原值", "", *cells, *cells_of(tables["资产负债"], "年末数", "项目"))
    costs = [line for line in tables["三公经费"] if "车" in line.text("项目")]
    vehicles = own.get("车辆")
    if lines and add(costs, FINAL) and not (vehicles and vehicles.money("数量或面积")):
        bound = cells_of(tables["三公经费"], FINAL, "项目")
        yield broken("车辆", "", tables.title("资产存量"), *cells, *bound)


def _exceeds(part: Line | None, whole: Line | None, label: str) -> bool:
    small, large = (line.amount(label) if line else None for line in (part, whole))
    return small is not None and large is not None and small > large


def assets_are_told_alike(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """The same assets at the same day: 资产存量 and 资产负债."""
    values = _column(tables, "年末数")
    for item, label, parts in _TWICE:
        for line in tables["资产存量"]:
            here = line.amount(label)
            if line.text("项目") == item and here is not None and all(part in values for part in parts):
                there = sum((values[part] for part in parts), Decimal(0))
                if here != there:
                    cells = [line.cell(label), line.cell("项目")]
                    cells += cells_of(tables["资产负债"], "年末数", "项目")
                    yield broken("资产两处", item + label, *cells, sides=(here, there))


def bought_within_budget(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """No more was bought of all classes of assets than the budget for new ones."""
    lines = tables["资产配置"]
    budget, bought = add(lines, "新增资产预算"), add(lines, "当年配置")
    cells = cells_of(lines, "新增资产预算", "当年配置")
    if budget is not None and bought is not None and bought > budget:
        yield broken("资产配置", "", *cells, sides=(budget, bought))
    values = _column(tables, "年末数")
    owned = [values[item] for item in ("固定资产原值", "无形资产原值") if item in values]
    if bought is not None and "固定资产原值" in values and bought > sum(owned):
        yield broken("配置与原值", "", *cells, *cells_of(tables["资产负债"], "年末数", "项目"))


RELATIONS: tuple[Relation, ...] = (
    balance_sheet_is_in_order,
    stock_is_in_order,
    assets_are_told_alike,
    bought_within_budget,
)
