"""An indicator row with what its own cells say: its target and result as numbers, the points that are due."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from benchmarks.mutation.broken import half_up
from benchmarks.mutation.tables import Aim, Line, aim

TARGET = ("年度指标值", "调整后指标值", "指标值")
ACTUAL = ("实际完成值", "完成值", "全年实际完成值", "实际值")
REASON = ("偏差原因分析及改进措施", "偏差原因及改进措施", "未完成原因和改进措施", "未完成原因")
COSTS = frozenset({"成本指标", "经济成本指标", "社会成本指标", "生态环境成本指标"})


@dataclass(frozen=True, slots=True)
class Marked:
    """An indicator row; ``beside`` are the cells of other sheets that its result is reckoned from."""

    line: Line
    target: Aim | None
    actual: Aim | None
    due: Decimal | None
    beside: tuple[str, ...] = ()

    @property
    def is_derived(self) -> bool:
        """Whether other sheets decide the result."""
        return bool(self.beside)

    @property
    def score(self) -> Decimal | None:
        """The points it counts for: those typed, else those due."""
        typed = self.line.amount("得分")
        return self.due if typed is None else typed

    @property
    def lost(self) -> Decimal:
        """The points it loses: by its own numbers where they decide, else as typed."""
        counted = self.score if self.due is None else self.due
        points = self.line.amount("分值")
        return Decimal(0) if counted is None or points is None else points - counted

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells its score follows from."""
        line = self.line
        levels = (line.cell("二级指标"), line.cell("三级指标"))
        whole = (line.cell(*TARGET), line.cell(*ACTUAL), line.cell("分值"), line.cell("得分"))
        last = (line.cell("完成档次"), line.cell("不适用"), line.cell(*REASON))
        return (*levels, *whole, *last, *self.beside)

    @property
    def is_ceiling(self) -> bool:
        """Whether less is better."""
        if self.target is None:
            return False
        bare_cost = not self.target.sign and self.line.text("二级指标") in COSTS
        return bare_cost or self.target.sign in {"≤", "<"}

    @property
    def gain(self) -> Decimal | None:
        """By what share of the target the result lies above it; None where they cannot be compared."""
        if self.target is None or self.actual is None or not alike(self.target, self.actual):
            return None
        wanted = self.target.number
        return (self.actual.number - wanted) / wanted if wanted > 0 else None

    @property
    def misses(self) -> bool:
        """Whether the result is on the wrong side of the target."""
        if self.target is None or self.actual is None or not alike(self.target, self.actual):
            return False
        wanted, got = self.target.number, self.actual.number
        if wanted == 0 and self.target.sign in {"=", ""}:
            return got > 0
        strict = self.target.sign in {">", "<"} and got == wanted
        return strict or (got > wanted if self.is_ceiling else got < wanted)


@lru_cache(maxsize=20_000)
def marked(line: Line) -> Marked:
    """A row with the points that are due by its own target and result."""
    return _with_points(Marked(line, aim(line.text(*TARGET)), aim(line.text(*ACTUAL)), None))


def reckoned(line: Line, value: Decimal, *, is_count: bool, beside: tuple[str, ...]) -> Marked:
    """A row whose result is ``value`` whatever is typed; a count is in the measure of its target."""
    target = aim(line.text(*TARGET))
    unit = target.unit if is_count and target else "%"
    return _with_points(Marked(line, target, Aim("", value, unit), None, beside))


def _with_points(row: Marked) -> Marked:
    points = row.line.amount("分值")
    if row.target is None or row.actual is None or not alike(row.target, row.actual) or points is None:
        return row
    return replace(row, due=_due(row, row.target, row.actual.number, points))


def alike(target: Aim, actual: Aim) -> bool:
    """Whether two numbers are in the same unit, so that they can be compared."""
    bare = not actual.unit and target.unit != "%" and "元" not in target.unit
    return bare or target.unit == actual.unit


def _due(row: Marked, target: Aim, got: Decimal, points: Decimal) -> Decimal | None:
    """The points due; None below a negative target, where there is no share to take."""
    wanted = target.number
    if row.is_ceiling:
        met = got < wanted if target.sign == "<" else got <= wanted
        if met or got == wanted:
            return points
        return half_up(points * max(1 - (got - wanted) / wanted, Decimal(0))) if wanted > 0 else _none(wanted)
    if wanted == 0 and target.sign in {"=", ""}:
        return points if got <= 0 else Decimal(0)
    if got >= wanted:
        return points
    return half_up(points * max(got, Decimal(0)) / wanted) if wanted > 0 else _none(wanted)


def _none(wanted: Decimal) -> Decimal | None:
    return Decimal(0) if wanted == 0 else None
