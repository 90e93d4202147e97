"""The sheets of the 部门决算公开. Amounts in 元; codes as typed, without spaces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from docgen.model.entered import Entered
from docgen.quantity import Yuan


@dataclass(frozen=True, slots=True)
class IncomeLine:
    """A row of 收入: one function code (项) from one source of income."""

    code: Entered[str] = Entered()
    name: Entered[str] = Entered()
    source: Entered[str] = Entered()
    amount: Entered[Yuan] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SpendingLine:
    """A row of 支出: one function code (项) paid from one fund, by kind of spending."""

    code: Entered[str] = Entered()
    name: Entered[str] = Entered()
    fund: Entered[str] = Entered()
    basic: Entered[Yuan] = Entered()
    project: Entered[Yuan] = Entered()
    to_superior: Entered[Yuan] = Entered()
    business: Entered[Yuan] = Entered()
    to_subordinate: Entered[Yuan] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EconomicLine:
    """A row of 基本支出经济分类: 一般公共预算财政拨款 basic spending of one economic code (款)."""

    code: Entered[str] = Entered()
    name: Entered[str] = Entered()
    amount: Entered[Yuan] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CarryoverLine:
    """A row of 结转结余: what one fund brought in and carries out of the year.

    ``code`` is given where a table prints the fund by function code (政府性基金预算); blank otherwise.
    """

    fund: Entered[str] = Entered()
    code: Entered[str] = Entered()
    name: Entered[str] = Entered()
    opening: Entered[Yuan] = Entered()
    closing: Entered[Yuan] = Entered()
    surplus_used: Entered[Yuan] = Entered()
    surplus_distributed: Entered[Yuan] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CountLine:
    """A row of 三公实物量 or of 车辆与设备: how many of one printed item there are."""

    item: Entered[str] = Entered()
    count: Entered[Decimal] = Entered()
    amount: Entered[Yuan] = Entered()
    note: Entered[str] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UseLine:
    """A row of 三公用途 or 车辆使用: what an item was used for, with its amount or count."""

    item: Entered[str] = Entered()
    use: Entered[str] = Entered()
    amount: Entered[Yuan] = Entered()
    count: Entered[Decimal] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunningCostLine:
    """A row of 机关运行经费: one kind of unit, this year and last."""

    kind: Entered[str] = Entered()
    final: Entered[Yuan] = Entered()
    last_year: Entered[Yuan] = Entered()
    reason: Entered[str] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LastYearLine:
    """A row of 上年数: a total of last year's accounts by its printed name."""

    item: Entered[str] = Entered()
    amount: Entered[Yuan] = Entered()
    reason: Entered[str] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """A row of 分类预算: one 类 with its initial budget, last year's final, its use and why it changed."""

    code: Entered[str] = Entered()
    name: Entered[str] = Entered()
    initial_budget: Entered[Yuan] = Entered()
    last_year: Entered[Yuan] = Entered()
    use: Entered[str] = Entered()
    reason: Entered[str] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProjectChangeLine:
    """A row of 项目变动: a project's spending this year and last."""

    name: Entered[str] = Entered()
    this_year: Entered[Yuan] = Entered()
    last_year: Entered[Yuan] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    """A row of 部门评价: a project the department evaluated itself, its fund, budget and spending."""

    name: Entered[str] = Entered()
    fund: Entered[str] = Entered()
    budget: Entered[Yuan] = Entered()
    arrived: Entered[Yuan] = Entered()
    spending: Entered[Yuan] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CostItem:
    """A row of 费用明细: one item of a project's cost list; the items add up to the stated need."""

    project: Entered[str] = Entered()
    name: Entered[str] = Entered()
    amount: Entered[Yuan] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FinalAccounts:
    """All sheets of the 部门决算公开 of one department; empty tuples where the pack does not use them."""

    income: tuple[IncomeLine, ...] = ()
    spending: tuple[SpendingLine, ...] = ()
    economic: tuple[EconomicLine, ...] = ()
    carryover: tuple[CarryoverLine, ...] = ()
    sangong_counts: tuple[CountLine, ...] = ()
    sangong_uses: tuple[UseLine, ...] = ()
    running_costs: tuple[RunningCostLine, ...] = ()
    assets: tuple[CountLine, ...] = ()
    asset_uses: tuple[UseLine, ...] = ()
    last_year: tuple[LastYearLine, ...] = ()
    categories: tuple[CategoryLine, ...] = ()
    project_changes: tuple[ProjectChangeLine, ...] = ()
    evaluations: tuple[EvaluationLine, ...] = ()
    cost_items: tuple[CostItem, ...] = ()
