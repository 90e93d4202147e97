"""The sheets behind the report of a whole department. Amounts in 元, rates as fractions of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from docgen.model.entered import Entered
from docgen.model.final_accounts import CountLine
from docgen.model.indicator import Indicator
from docgen.quantity import Points, Yuan


@dataclass(frozen=True, slots=True)
class FunctionLine:
    """A row of 支出功能分类: the department's spending under one 类, at each stage."""

    name: Entered[str] = Entered()
    initial_budget: Entered[Yuan] = Entered()
    annual_budget: Entered[Yuan] = Entered()
    final: Entered[Yuan] = Entered()
    last_year: Entered[Yuan] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """A row of 资产负债: one item of the balance sheet at the end of last year and of this."""

    item: Entered[str] = Entered()
    opening: Entered[Yuan] = Entered()
    closing: Entered[Yuan] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StockLine:
    """A row of 资产存量: how much of one kind of asset there is (pieces, 平方米), and its book values."""

    item: Entered[str] = Entered()
    quantity: Entered[Decimal] = Entered()
    gross: Entered[Yuan] = Entered()
    net: Entered[Yuan] = Entered()
    note: Entered[str] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AcquisitionLine:
    """A row of 资产配置: what was planned and bought this year of one class of assets."""

    category: Entered[str] = Entered()
    budget: Entered[Yuan] = Entered()
    final: Entered[Yuan] = Entered()
    use: Entered[str] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NontaxLine:
    """A row of 非税收入: one charge, what was planned, paid in, and paid in last year."""

    item: Entered[str] = Entered()
    plan: Entered[Yuan] = Entered()
    final: Entered[Yuan] = Entered()
    last_year: Entered[Yuan] = Entered()
    reason: Entered[str] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GuaranteeLine:
    """A row of 三保支出: money set aside for 民生, 工资 or 运转, and what of it was spent."""

    kind: Entered[str] = Entered()
    name: Entered[str] = Entered()
    arranged: Entered[Yuan] = Entered()
    spent: Entered[Yuan] = Entered()
    reason: Entered[str] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """A row of 支出进度: what the department spent in one quarter."""

    quarter: Entered[str] = Entered()
    spending: Entered[Yuan] = Entered()
    reason: Entered[str] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A row of 职能活动: a duty, the activity it is done by, the year's goal, the projects that pay for it.

    ``projects`` names projects of the sheet 项目, separated by 、 or line breaks.
    """

    duty: Entered[str] = Entered()
    activity: Entered[str] = Entered()
    goal: Entered[str] = Entered()
    projects: Entered[str] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A row of 问题措施: a problem, the indicator that lost points by it, and the measure against it."""

    title: Entered[str] = Entered()
    content: Entered[str] = Entered()
    indicator: Entered[str] = Entered()
    measure: Entered[str] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListedItem:
    """A row of 事项清单: something a report counts and lists, with its amount or its time limit."""

    category: Entered[str] = Entered()
    name: Entered[str] = Entered()
    content: Entered[str] = Entered()
    amount: Entered[Yuan] = Entered()
    due: Entered[date] = Entered()
    done: Entered[date] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PastEvaluation:
    """A row of 上年自评: a project evaluated last year and its total score."""

    name: Entered[str] = Entered()
    score: Entered[Points] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evaluator:
    """A row of 评价组: a member of the evaluating group; personal, printed only when asked for."""

    name: Entered[str] = Entered()
    organisation: Entered[str] = Entered()
    position: Entered[str] = Entered()
    phone: Entered[str] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DepartmentReport:
    """All sheets of the department report; empty tuples where the pack does not use them.

    ``goal_indicators`` are the unscored indicators of the goals of 整体目标与任务, whose ``project`` names
    the goal.
    """

    staff: tuple[CountLine, ...] = ()
    functions: tuple[FunctionLine, ...] = ()
    balance_sheet: tuple[BalanceLine, ...] = ()
    asset_stock: tuple[StockLine, ...] = ()
    acquisitions: tuple[AcquisitionLine, ...] = ()
    nontax: tuple[NontaxLine, ...] = ()
    guarantees: tuple[GuaranteeLine, ...] = ()
    quarters: tuple[QuarterLine, ...] = ()
    duties: tuple[DutyLine, ...] = ()
    goal_indicators: tuple[Indicator, ...] = ()
    problems: tuple[ProblemLine, ...] = ()
    listed_items: tuple[ListedItem, ...] = ()
    past_evaluations: tuple[PastEvaluation, ...] = ()
    evaluators: tuple[Evaluator, ...] = ()
