"""项目资金: sums, parts and wholes, rates, and the reasons that a change of budget or a low rate asks for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from benchmarks.mutation.broken import Broken, Forms, Relation, broken, half_up
from benchmarks.mutation.tables import Line, Tables

INITIAL, BUDGET, SPENDING = ("年初预算数", "预算编制数"), "全年预算数", "全年执行数"
_COLUMNS = ("年初预算数", "目标申报数", "预算编制数", BUDGET, SPENDING)
_TOTALS = frozenset({"年度资金总额", "资金总额"})
_OUTLIER, _TEN_THOUSAND = 2000, 10_000


class Funds:
    """The rows of one project: its total, typed or summed, and its sources."""

    def __init__(self, project: Line, tables: Tables) -> None:
        name = project.text("项目名称")
        rows = [row for row in tables["项目资金"] if row.text("项目名称") == name]
        self.project, self.name = project, name
        self.own = next((row for row in rows if row.text("资金来源") in _TOTALS), None)
        self.totals = [row for row in rows if row.text("资金来源") in _TOTALS]
        self.parts = [row for row in rows if row.text("资金来源") not in _TOTALS]

    def sum(self, *labels: str) -> Decimal | None:
        """The amount of the project in one column: the sum of its sources, else the typed total."""
        rows = self.parts or self.totals[:1]
        given = [value for row in rows if (value := row.amount(*labels)) is not None]
        if not given and self.own is not None:
            return self.own.amount(*labels)
        return sum(given, Decimal(0)) if given else None

    def amounts(self, *labels: str) -> list[str]:
        """The cells of one column."""
        return [row.cell(*labels) for row in (*self.parts, *self.totals)]

    def cells(self, *labels: str) -> list[str]:
        """The cells of one column, with the name of the project."""
        return [self.project.cell("项目名称"), *self.amounts(*labels)]

    @property
    def rate(self) -> Decimal | None:
        """全年执行数 over 全年预算数."""
        budget, spending = self.sum(BUDGET), self.sum(SPENDING)
        return None if not budget or spending is None else spending / budget

    @property
    def rate_cells(self) -> list[str]:
        """What the rate follows from."""
        return [*self.cells(BUDGET), *self.cells(SPENDING)]


def funds_of(tables: Tables) -> list[Funds]:
    """The funds of every project."""
    return [Funds(line, tables) for line in tables["项目"] if line.text("项目名称")]


def totals_are_sums(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """A typed total is the sum of its sources, and is there once."""
    for funds in funds_of(tables):
        for label in _COLUMNS:
            total = funds.own.amount(label) if funds.own else None
            given = [row for row in funds.parts if row.amount(label) is not None]
            if total is not None and given and total != sum(row.money(label) for row in given):
                yield broken("资金合计", f"{funds.name}{label}", *funds.cells(label))
        if funds.totals and not funds.parts:
            yield broken("有来源", funds.name, *funds.cells("资金来源"))


def parts_are_spent_within_budget(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """No source is spent beyond its budget."""
    for line in tables["项目资金"]:
        budget, spending = line.amount(BUDGET), line.amount(SPENDING)
        if budget is not None and spending is not None and spending > budget:
            yield broken("超预算", line.cell(BUDGET), line.cell(BUDGET), line.cell(SPENDING))
    for funds in funds_of(tables):
        if funds.sum(BUDGET) == 0:
            yield broken("没有预算", funds.name, *funds.cells(BUDGET))


def typed_rates_follow(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """A typed 执行率 is the quotient, as far as it was typed out; only the total takes points."""
    for line in tables["项目资金"]:
        claim, budget, spending = line.amount("执行率"), line.money(BUDGET), line.amount(SPENDING)
        if claim is not None and budget and spending is not None:
            places = max(-int(claim.normalize().as_tuple().exponent), 2)  # 0.8 is a rate to the full per cent
            if half_up(claim, min(places, 6)) != half_up(spending / budget, min(places, 6)):
                yield broken(
                    "执行率", line.cell("执行率"), line.cell("执行率"), line.cell(BUDGET), line.cell(SPENDING)
                )
    for funds in funds_of(tables):
        for row in funds.parts:
            if row.amount("得分") is not None and (funds.own or len(funds.parts) > 1):
                yield broken("只有总额计分", row.cell("得分"), row.cell("得分"))


def execution_score(funds: Funds, forms: Forms) -> Decimal | None:
    """The points for the rate."""
    if funds.rate is None:
        return None
    points = forms.norms.execution_points
    return min(half_up(points * funds.rate, 2), points)


def typed_execution_scores_follow(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """A typed 得分 of the rate is the points times the rate."""
    for funds in funds_of(tables):
        row = funds.own or (funds.parts[0] if len(funds.parts) == 1 else None)
        claim, due = row.amount("得分") if row else None, execution_score(funds, forms)
        if row and claim is not None and due is not None and claim != due:
            yield broken("执行率得分", funds.name, row.cell("得分"), *funds.rate_cells)


def changes_have_reasons(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """A changed budget and a low rate say why; a project without any deviation does not."""
    for funds in funds_of(tables):
        line, initial, budget = funds.project, funds.sum(*INITIAL), funds.sum(BUDGET)
        if initial is not None and budget is not None and initial != budget and not line.says("预算调整原因"):
            cells = [*funds.cells(*INITIAL), *funds.cells(BUDGET)]
            yield broken("调整原因", funds.name, line.cell("预算调整原因"), *cells)
        low = funds.rate is not None and funds.rate < forms.norms.low_execution_floor
        if low and not line.says("执行偏差原因及改进措施"):
            yield broken("偏低原因", funds.name, line.cell("执行偏差原因及改进措施"), *funds.rate_cells)


def amounts_are_of_one_scale(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """No project is some ten thousand times as large as the usual one: 元 typed as 万元."""
    known = [(funds, value) for funds in funds_of(tables) if (value := funds.sum(BUDGET))]
    if len(known) > 2:  # noqa: PLR2004 - two are no measure
        usual = median(value for _, value in known)
        for funds, value in known:
            if usual and usual * _OUTLIER <= value <= usual * _OUTLIER * _TEN_THOUSAND:
                yield broken("金额单位", funds.name, *funds.cells(BUDGET))


def costs_make_up_the_need(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """The items of a cost list are the declared need, or the budget as prepared."""
    for funds in funds_of(tables):
        items = [row for row in tables["费用明细"] if row.text("项目名称") == funds.name]
        total = sum((row.money("金额") for row in items), Decimal(0))
        if items and total not in {funds.sum("目标申报数"), funds.sum("预算编制数")}:
            cells = [row.cell("金额") for row in items]
            need = [*funds.cells("目标申报数"), *funds.cells("预算编制数")]
            sides = (total, funds.sum("目标申报数"), funds.sum("预算编制数"))
            yield broken("费用合计", funds.name, *cells, *need, sides=sides)


RELATIONS: tuple[Relation, ...] = (
    totals_are_sums,
    parts_are_spent_within_budget,
    typed_rates_follow,
    typed_execution_scores_follow,
    changes_have_reasons,
    amounts_are_of_one_scale,
    costs_make_up_the_need,
)
