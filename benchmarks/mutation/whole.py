"""The money of the department as a whole: 收支, 三公经费, 政府采购, and what the projects take of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from benchmarks.mutation.broken import Broken, Forms, Relation, broken
from benchmarks.mutation.funds import BUDGET, INITIAL, SPENDING, Funds, funds_of
from benchmarks.mutation.marks import ACTUAL, COSTS, TARGET, marked
from benchmarks.mutation.tables import Line, Tables, aim

INITIAL_BUDGET, FINAL, LAST = "年初预算数", "决算数", "上年决算数"
BOUGHT = frozenset({"货物", "工程", "服务"})
_STAGES = (INITIAL_BUDGET, BUDGET, FINAL)
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


def sources(tables: Tables, forms: Forms, stage: str) -> Decimal | None:
    """Σ资金来源 of a column of 收支."""
    known = forms.pack.ledger.sources.keys() - forms.pack.ledger.structure.keys()
    return add([line for line in tables["收支"] if line.text("项目") in known], stage)


def structure(tables: Tables, forms: Forms, stage: str) -> Decimal | None:
    """Σ资金结构 of a column of 收支; 基本支出 by its parts where they are given."""
    keys = forms.pack.ledger.structure
    lines = [line for line in tables["收支"] if line.text("项目") in keys]
    parts = [line for line in lines if keys[line.text("项目")] in forms.pack.ledger.basic_parts]
    split = add(parts, stage) is not None
    return add([line for line in lines if not (split and keys[line.text("项目")] == "basic")], stage)


def spending(tables: Tables, forms: Forms, stage: str) -> Decimal | None:
    """What was, or was to be, spent: Σ资金结构, and Σ资金来源 where that is not told."""
    spent = structure(tables, forms, stage)
    return sources(tables, forms, stage) if spent is None else spent


def sources_equal_structure(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """A budget is balanced; no more is spent than came in, unless it was carried in, nor than the budget."""
    lines, functions = tables["收支"], tables["支出功能分类"]
    cells = cells_of(lines, *_STAGES, LAST, "项目", "类别", "说明")
    carried = any("结转" in line.text("说明") or "结余" in line.text("说明") for line in lines)
    for stage in (*_STAGES, LAST):
        came, went, split = sources(tables, forms, stage), structure(tables, forms, stage), []
        if went is None:
            went, split = add(functions, stage), cells_of(functions, stage, "功能分类")
        if came is None or went is None or came == went:
            continue
        if stage in forms.balanced or (went > came and not carried):
            yield broken("来源与支出", stage, *cells, *split)
    names = forms.pack.ledger
    for line in lines:
        item, kind = line.text("项目"), line.text("类别")
        known = item in names.structure.keys() ^ names.sources.keys()
        if kind and known and (item in names.structure) != (kind == "资金结构"):
            yield broken("类别与项目", line.cell("项目"), line.cell("类别"), *cells)
    yield from _copied_budget(tables)
    budget, final = sources(tables, forms, BUDGET), spending(tables, forms, FINAL)
    if budget is not None and final is not None and final > budget + tolerance(tables):
        yield broken("决算超预算", "", *cells)


def _copied_budget(tables: Tables) -> Iterator[Broken]:
    """Final amounts that are the budget in every row were copied."""
    typed = [line for line in tables["收支"] if line.money(FINAL)]
    alike = all(len({line.amount(stage) for stage in _STAGES}) == 1 for line in typed)
    wan = Decimal(10_000) if tables.field("金额单位") == "元" else Decimal(1)
    if len(typed) > 2 and alike and any(line.money(FINAL) % wan for line in typed):  # noqa: PLR2004
        yield broken("预算照抄决算", "", *cells_of(tables["收支"], *_STAGES, "项目", "类别"))


def projects_are_parts_of_the_whole(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """The projects fit into 项目支出, what they left unspent into the surplus."""
    lines, slack = tables["收支"], tolerance(tables)
    own = [line for line in lines if line.text("项目") == "项目支出"]
    funds = funds_of(tables)
    for stage, labels in zip(_STAGES, (INITIAL, (BUDGET,), (SPENDING,)), strict=True):
        whole, parts = add(own, stage), _all(funds, *labels)
        if whole is not None and parts is not None and parts - whole > slack:
            bound = [*cells_of(own, stage), *(cell for each in funds for cell in each.amounts(*labels))]
            yield broken("项目合计", stage, *bound, sides=(whole, parts))
    budget, final = sources(tables, forms, BUDGET), spending(tables, forms, FINAL)
    given, spent = _all(funds, BUDGET), _all(funds, SPENDING)
    if budget is None or final is None or given is None or spent is None or budget < final:
        return
    if (given - spent) - (budget - final) > slack:
        bound = [cell for each in funds for cell in (*each.amounts(BUDGET), *each.amounts(SPENDING))]
        cells = cells_of(lines, BUDGET, FINAL, "项目")
        yield broken("未执行数", "", *cells, *bound, sides=(budget, final, given, spent))


def _all(funds: list[Funds], *labels: str) -> Decimal | None:
    given = [value for each in funds if (value := each.sum(*labels)) is not None]
    return sum(given, Decimal(0)) if given else None


def sangong_is_in_order(tables: Tables, forms: Forms) -> Iterator[Broken]:
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
    final, spent = sources(tables, forms, FINAL), add(lines, FINAL)
    if final is not None and spent is not None and spent > final:
        yield broken("三公是一部分", "", *cells_of(lines, FINAL), *cells_of(tables["收支"], FINAL))


def purchases_are_in_order(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """Contracts within the budget, paid within them; of them the share of small firms, of that of micro."""
    lines = tables["政府采购"]
    signed = any(line.has("合同金额") for line in lines)
    chain = ("合同金额" if signed else "实际采购金额", "授予中小企业", "其中：小微企业")
    bought = (("采购预算", "合同金额"), ("合同金额", "实际采购金额"), ("采购预算", "实际采购金额"))
    for line in lines:
        for whole, part in (*bought, *pairwise(chain)):
            large, small = line.amount(whole), line.amount(part)
            if large is not None and small is not None and small > large:
                yield broken("采购", line.cell(part), *cells_of([line], whole, part))
    for whole, part in pairwise(chain):
        large, small = add(lines, whole), add(lines, part)
        if large is not None and small is not None and small > large:
            yield broken("采购合计", part, *cells_of(lines, *chain))


def costs_are_parts_of_spending(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """A cost in plain money is not more than the project spent, all of it where all was the target."""
    scale = Decimal(10_000) if tables.field("金额单位") == "万元" else Decimal(1)
    funds = {each.name: each for each in funds_of(tables)}
    for line in tables["绩效指标"]:
        own, got, wanted = funds.get(line.text("项目名称")), aim(line.text(*ACTUAL)), aim(line.text(*TARGET))
        spent = own.sum(SPENDING) if own else None
        if line.text("二级指标") not in COSTS or not own or got is None or got.unit != "元" or spent is None:
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
    costs_are_parts_of_spending,
    spending_and_output_agree,
)
