"""The results that the department form takes from other sheets, each reckoned here from their typed cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from benchmarks.mutation.broken import Forms
from benchmarks.mutation.funds import BUDGET
from benchmarks.mutation.marks import ACTUAL, Marked, marked, reckoned
from benchmarks.mutation.tables import Line, Tables, day
from benchmarks.mutation.whole import BOUGHT, FINAL, INITIAL_BUDGET, LAST, add, cells_of, sources, spending

_QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")
_COUNTS = frozenset({"quarters_met"})


@dataclass(frozen=True, slots=True)
class Result:
    """A result with the cells it comes from; ``is_void`` for nothing divided by nothing."""

    value: Decimal | None
    cells: tuple[str, ...]
    is_void: bool = False


Reckoning = Callable[[Tables, Forms], Result]


def _over(part: Decimal | None, whole: Decimal | None, cells: list[str]) -> Result:
    if part is None or whole is None or not whole:
        return Result(None, tuple(cells), is_void=part == 0 and whole == 0)
    return Result(part / whole, tuple(cells))


def _less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other


def _money(tables: Tables) -> list[str]:
    return cells_of(tables["收支"], INITIAL_BUDGET, BUDGET, FINAL, LAST, "项目")


def _budget(tables: Tables, forms: Forms) -> Decimal | None:
    annual = sources(tables, forms, BUDGET)
    return sources(tables, forms, INITIAL_BUDGET) if annual is None else annual


def _execution(tables: Tables, forms: Forms) -> Result:
    return _over(spending(tables, forms, FINAL), sources(tables, forms, BUDGET), _money(tables))


def _adjustment(tables: Tables, forms: Forms) -> Result:
    first = sources(tables, forms, INITIAL_BUDGET)
    moved = _less(sources(tables, forms, BUDGET), first)
    return _over(None if moved is None else abs(moved), first, _money(tables))


def _surplus(tables: Tables, forms: Forms) -> Result:
    budget = sources(tables, forms, BUDGET)
    return _over(_less(budget, spending(tables, forms, FINAL)), budget, _money(tables))


def _surplus_change(tables: Tables, forms: Forms) -> Result:
    now = _less(sources(tables, forms, BUDGET), spending(tables, forms, FINAL))
    before = _less(sources(tables, forms, LAST), spending(tables, forms, LAST))
    return _over(_less(now, before), before, _money(tables))


def _income(tables: Tables, forms: Forms) -> Result:
    return _over(sources(tables, forms, FINAL), _budget(tables, forms), _money(tables))


def _public(tables: Tables, forms: Forms) -> Result:
    keys = forms.pack.ledger.structure
    own = [line for line in tables["收支"] if keys.get(line.text("项目")) == "public"]
    annual = add(own, BUDGET)
    return _over(add(own, FINAL), add(own, INITIAL_BUDGET) if annual is None else annual, _money(tables))


def _sangong(tables: Tables, _forms: Forms) -> Result:
    lines = tables["三公经费"]
    return _over(add(lines, FINAL), add(lines, "预算数"), cells_of(lines, "预算数", FINAL))


def _sangong_change(tables: Tables, _forms: Forms) -> Result:
    lines = tables["三公经费"]
    final, last = add(lines, FINAL), add(lines, LAST)
    return _over(_less(final, last), last, cells_of(lines, FINAL, LAST))


def _purchases(tables: Tables, _forms: Forms) -> Result:
    lines = [line for line in tables["政府采购"] if line.text("类别") in BOUGHT]
    cells = cells_of(lines, "采购预算", "实际采购金额", "类别")
    return _over(add(lines, "实际采购金额"), add(lines, "采购预算"), cells)


def _evaluated(tables: Tables, _forms: Forms) -> Result:
    names = {line.text("项目名称") for line in tables["绩效指标"]}
    projects = [line.text("项目名称") for line in tables["项目"]]
    done = Decimal(sum(name in names for name in projects))
    return _over(done, Decimal(len(projects)), cells_of(tables["项目"], "项目名称"))


def _staff(tables: Tables, _forms: Forms) -> Result:
    lines = tables["人员"]
    counts = {line.text("人员类别"): line.amount("人数") for line in lines}
    parts = [line for line in lines if line.text("人员类别") in {"公务员", "事业人员"}]
    present = add(parts, "人数") if counts.get("在职人数") is None else counts["在职人数"]
    return _over(present, counts.get("编制数"), cells_of(lines, "人数", "人员类别"))


def _fixed_use(tables: Tables, _forms: Forms) -> Result:
    lines = tables["资产负债"]
    value = {line.text("项目"): line.amount("年末数") for line in lines}
    cells = cells_of(lines, "年末数", "项目")
    return _over(value.get("在用固定资产"), value.get("固定资产原值"), cells)


def quarters(tables: Tables, forms: Forms) -> Iterator[tuple[Line, Decimal, Decimal]]:
    """The rows of 支出进度 in order, each with the share of the budget spent by then, and the share due."""
    budget = _budget(tables, forms)
    own = {line.text("季度"): line for line in tables["支出进度"]}
    spent = Decimal(0)
    for name, due in zip(_QUARTERS, forms.norms.quarter_schedule, strict=True):
        amount = own[name].amount("当季支出") if name in own else None
        if amount is None or not budget:
            return
        spent += amount
        yield own[name], spent / budget, due


def quarter_cells(tables: Tables) -> list[str]:
    """What 支出进度 follows from."""
    return [*cells_of(tables["支出进度"], "当季支出", "季度"), *_money(tables)]


def _quarters_met(tables: Tables, forms: Forms) -> Result:
    shares = [(share, due) for _, share, due in quarters(tables, forms)]
    met = Decimal(sum(share >= due for share, due in shares))
    return Result(met if len(shares) == len(_QUARTERS) else None, tuple(quarter_cells(tables)))


def _payment(number: int, tables: Tables, forms: Forms) -> Result:
    shares = [(share, due) for _, share, due in quarters(tables, forms)]
    cells = quarter_cells(tables)
    if len(shares) < number:
        return Result(None, tuple(cells))
    return _over(*shares[number - 1], cells)


def _listed(kind: str, tables: Tables, forms: Forms, *, timely: bool) -> Result:
    """The share of the items of a kind that were done, or done in time."""
    names = [name for name, key in forms.pack.ledger.listed.items() if key == kind]
    own = [line for line in tables["事项清单"] if line.text("类别") in names]
    done = [line for line in own if line.text("实际完成日期")]
    counted = [line for line in done if not (timely and is_late(line))]
    cells = cells_of(tables["事项清单"], "类别", "要求完成日期", "实际完成日期")
    return _over(Decimal(len(counted)), Decimal(len(own)), [tables.title("事项清单"), *cells])


def is_late(line: Line) -> bool:
    """Whether something on 事项清单 was done after its day."""
    due, done = day(line.text("要求完成日期")), day(line.text("实际完成日期"))
    return due is not None and done is not None and done > due


_BY_NAME: Mapping[str, Reckoning] = {
    "budget_execution_rate": _execution,
    "budget_adjustment_rate": _adjustment,
    "surplus_rate": _surplus,
    "surplus_change_rate": _surplus_change,
    "income_completion_rate": _income,
    "public_control_rate": _public,
    "sangong_control_rate": _sangong,
    "sangong_change_rate": _sangong_change,
    "procurement_execution_rate": _purchases,
    "self_evaluation_rate": _evaluated,
    "staff_control_rate": _staff,
    "fixed_use_rate": _fixed_use,
    "quarters_met": _quarters_met,
    **{f"quarter_{number}_payment_rate": partial(_payment, number) for number in (1, 2, 3, 4)},
    **{f"{kind}_done_rate": partial(_listed, kind, timely=False) for kind in ("planned", "key")},
    **{f"{kind}_timely_rate": partial(_listed, kind, timely=True) for kind in ("planned", "key")},
}


def results(tables: Tables, forms: Forms) -> dict[str, Result]:
    """By the name that the department form prints: the results that the county takes from other sheets."""
    return {name: _BY_NAME[key](tables, forms) for name, key in forms.pack.derived.items()}


def overall_rows(tables: Tables, forms: Forms) -> list[Marked]:
    """The rows of the department form that are scored: with derived results, without what does not apply."""
    found, rows = results(tables, forms), []
    for line in tables["整体指标"]:
        if line.text("一级指标") in forms.extra_levels or is_excluded(line, found):
            continue
        name = line.text("三级指标")
        result = found.get(name)
        if result is None or result.value is None:
            rows.append(marked(line))
        else:
            is_count = forms.pack.derived[name] in _COUNTS
            rows.append(reckoned(line, result.value, is_count=is_count, beside=result.cells))
    return [*rows, *map(marked, tables["整体目标与任务"])]


def is_excluded(line: Line, found: Mapping[str, Result]) -> bool:
    """Whether a row does not apply: the clerk says so, or there is nothing of what it measures."""
    if line.text("不适用") == "是":
        return True
    result = found.get(line.text("三级指标"))
    judged = line.text(*ACTUAL) or line.text("得分")
    return line.has("不适用") and result is not None and result.is_void and not judged
