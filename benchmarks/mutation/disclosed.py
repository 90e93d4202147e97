"""The final accounts: tables that say the same money twice, parts and wholes, last year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from benchmarks.mutation.broken import Broken, Forms, Relation, broken
from benchmarks.mutation.funds import SPENDING, funds_of
from benchmarks.mutation.tables import Line, Tables
from benchmarks.mutation.whole import add, cells_of, tolerance

GENERAL = "一般公共预算财政拨款"
_KINDS = ("基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")
_FISCAL = frozenset({GENERAL, "政府性基金预算财政拨款", "国有资本经营预算财政拨款"})
_TIES = (
    (("30108",), ("2080505",)),
    (("30109",), ("2080506",)),
    (("30110",), ("2101101", "2101102")),
    (("30111",), ("2101103",)),
    (("30113",), ("2210201",)),
    (("30309",), ("2100799",)),
    (("30301", "30302", "30307"), ("2080501",)),
)
_SANGONG_CODES = {"30212": "因公出国（境）费", "30217": "公务接待费", "30231": "公务用车运行维护费"}
_BALANCED = (("收入总计", "支出总计"), ("财政拨款收入总计", "财政拨款支出总计"))
_CHAINS = (
    ("财政拨款收入总计", "收入总计"),
    ("财政拨款支出总计", "支出总计"),
    (f"{GENERAL}支出", "财政拨款支出总计"),
)
_USES = {"公积金": "221", "购房补贴": "221", "计划生育": "210", "医疗保险缴费": "210"}
_COUNTS = {
    "因公出国（境）费": ("因公出国（境）团组",),
    "公务用车购置费": ("公务用车购置",),
    "公务接待费": ("国内公务接待批次", "国（境）外公务接待批次"),
}


def where(lines: list[Line], label: str, *values: str) -> list[Line]:
    """The rows with one of ``values`` in a column."""
    return [line for line in lines if line.text(label) in values]


def _spent(lines: list[Line]) -> Decimal:
    return sum((line.money(kind) for line in lines for kind in _KINDS), Decimal(0))


def funds_balance(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """Opening balance and income are spending and closing balance, by fund; without any balance, by code."""
    income, spending, carried = tables["收入"], tables["支出"], tables["结转结余"]
    if not income or not spending:
        return
    everything = [
        "结转结余",  # what is missing may be missing there
        *cells_of(income, "金额", "收入来源"),
        *cells_of(spending, *_KINDS, "资金性质"),
        *cells_of(carried, "年初结转和结余", "年末结转和结余"),
    ]
    for fund in _FISCAL:
        came, went = where(income, "收入来源", fund), where(spending, "资金性质", fund)
        own = where(carried, "资金性质", fund)
        opening, closing = (add(own, f"{when}结转和结余") or Decimal(0) for when in ("年初", "年末"))
        if opening + (add(came, "金额") or 0) != _spent(went) + closing:
            yield broken("收支平衡", fund, *everything)
        if not opening and not closing:
            for code in sorted({line.text("科目代码") for line in (*came, *went)}):
                ours, theirs = (where(side, "科目代码", code) for side in (came, went))
                if (add(ours, "金额") or 0) != _spent(theirs):
                    cells = [*cells_of(ours, "金额", "科目代码"), *cells_of(theirs, *_KINDS, "科目代码")]
                    yield broken("科目收支", f"{fund}{code}", *cells, *everything)


def codes_are_of_the_year(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """A code stands in the list of the year, to the last level; 国有资本 money has its own 类."""
    listed = forms.pack.classification_at(int(tables.field("年度") or 0))
    if listed.is_empty:
        return
    for title, length in (("收入", 7), ("支出", 7), ("基本支出经济分类", 5), ("分类预算", 3)):
        known = listed.economics if title == "基本支出经济分类" else listed.functions
        for line in tables[title]:
            label = "类代码" if title == "分类预算" else "科目代码"
            code = line.text(label)
            if code and (code not in known or len(code) != length):
                yield broken("科目代码", line.cell(label), line.cell(label))
            name = line.text("科目名称", "类名称")
            if name and code in known and name != known[code]:
                yield broken("科目名称", line.cell(label), line.cell(label), line.cell("科目名称", "类名称"))
            fund = line.text("资金性质", "收入来源")
            if fund and code and (fund == "国有资本经营预算财政拨款") != code.startswith("223"):
                cells = (line.cell(label), line.cell("资金性质", "收入来源"))
                yield broken("国有资本", line.cell(label), *cells)
            if title == "基本支出经济分类" and code[:3] in {"309", "311"}:
                yield broken("基本支出科目", line.cell(label), line.cell(label))


def basic_spending_is_told_twice(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """经济分类 adds up to basic spending; pensions and the like are the same in both."""
    general = where(tables["支出"], "资金性质", GENERAL)
    economic, basic = tables["基本支出经济分类"], add(general, "基本支出")
    cells = [*cells_of(economic, "金额", "科目代码"), *cells_of(general, "基本支出", "资金性质", "科目代码")]
    if economic and basic is not None and add(economic, "金额") != basic:
        yield broken("基本支出", "", "基本支出经济分类", *cells)
    for ours, theirs in _TIES:
        left, right = where(economic, "科目代码", *ours), where(general, "科目代码", *theirs)
        one, other = add(left, "金额"), add(right, "基本支出")
        if one is not None and other is not None and abs(one - other) > tolerance(tables):
            yield broken("两种记法", ours[0], *cells)
    for line in tables["支出"]:
        if line.text("资金性质") in _FISCAL and any(line.money(kind) for kind in _KINDS[2:]):
            yield broken("财政拨款", line.cell("资金性质"), *cells_of([line], "资金性质", *_KINDS))


def parts_fit_into_the_accounts(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """Projects, changed projects, 三公, purchases and running costs fit into what they are part of."""
    spending = tables["支出"]
    if not spending:
        return
    whole, cells = add(spending, "项目支出") or Decimal(0), cells_of(spending, *_KINDS)
    funds = funds_of(tables)
    spent = sum((each.sum(SPENDING) or Decimal(0) for each in funds), Decimal(0))
    if spent - whole > tolerance(tables):
        yield broken("项目合计", "", *cells, *(c for each in funds for c in each.cells(SPENDING)))
    changed = tables["项目变动"]
    if (add(changed, "本年支出") or 0) > whole + tolerance(tables):
        yield broken("项目变动合计", "", *cells, *cells_of(changed, "本年支出"))
    for title, label in (("三公经费", "决算数"), ("政府采购", "实际采购金额")):
        if (add(tables[title], label) or 0) > _spent(spending):
            yield broken("是一部分", title, *cells, *cells_of(tables[title], label))
    economic = tables["基本支出经济分类"]
    public = [
        line for line in economic if line.text("科目代码")[:3] in {"302", "307", "310", "312", "313", "399"}
    ]
    running = tables["机关运行经费"]
    if (add(running, "本年数") or 0) > (add(public, "金额") or 0):
        yield broken("运行经费", "", *cells_of(running, "本年数"), *cells_of(economic, "金额", "科目代码"))


def sangong_is_told_alike(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """三公 covers its economic lines; its uses and its counts go with it."""
    items, uses, counts = tables["三公经费"], tables["三公用途"], tables["三公实物量"]
    for code, item in _SANGONG_CODES.items():
        lines, own = where(tables["基本支出经济分类"], "科目代码", code), where(items, "项目", item)
        if (add(lines, "金额") or 0) > (add(own, "决算数") or 0):
            cells = [*cells_of(lines, "金额", "科目代码"), *cells_of(items, "决算数", "项目")]
            yield broken("三公与经济科目", item, tables.title("三公经费"), *cells)
    if not counts and not uses:
        return
    for line in items:
        item, final = line.text("项目"), line.money("决算数")
        own = where(uses, "项目", item)
        cells = [*cells_of([line], "决算数", "项目"), *cells_of(uses, "金额", "项目", "用途"), "三公用途"]
        added = add(own, "金额")
        if (added is not None and added != final) or (final and not any(row.text("用途") for row in own)):
            yield broken("三公用途", item, *cells)
        names = _COUNTS.get(item, ())
        number = add(where(counts, "事项", *names), "数量") or Decimal(0)
        if names and (final > 0) != (number > 0):
            yield broken("三公实物量", item, *cells, *cells_of(counts, "数量", "事项"))
        kept = add(where(counts, "事项", "公务用车保有量"), "数量")
        if item == "公务用车运行维护费" and final > 0 and not kept:
            yield broken("保有量", item, *cells, *cells_of(counts, "数量", "事项"))
    yield from _receptions(tables)


def _receptions(tables: Tables) -> Iterator[Broken]:
    items, counts = tables["三公经费"], tables["三公实物量"]
    cells = [*cells_of(counts, "数量", "金额", "事项"), *cells_of(items, "决算数", "项目")]

    def value(item: str, label: str) -> Decimal | None:
        return add(where(counts, "事项", item), label)

    home, abroad = value("国内公务接待批次", "金额"), value("国（境）外公务接待批次", "金额")
    final = add(where(items, "项目", "公务接待费"), "决算数")
    given = home is not None or abroad is not None
    if given and final is not None and (home or 0) + (abroad or 0) != final:
        yield broken("接待费", "", *cells)
    for label, kind in (("数量", "批次"), ("数量", "人次"), ("金额", "批次")):
        part, whole = value(f"其中：外事接待{kind}", label), value(f"国内公务接待{kind}", label)
        if part is not None and whole is not None and part > whole:
            yield broken("外事接待", label + kind, *cells)


def vehicles_are_told_alike(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """Vehicles kept are owned; what they are used for adds up to how many there are."""
    owned, uses = tables["车辆与设备"], tables["车辆使用"]
    cells = [*cells_of(owned, "数量", "项目"), *cells_of(uses, "数量", "项目")]
    vehicles = [line for line in owned if "用车" in line.text("项目")]
    kept = where(tables["三公实物量"], "事项", "公务用车保有量")
    number, all_of_them = add(kept, "数量"), add(vehicles, "数量")
    if number is not None and all_of_them is not None and number > all_of_them:
        yield broken("车辆", "", *cells, *cells_of(tables["三公实物量"], "数量", "事项"))
    for item in {line.text("项目") for line in uses}:
        own, used = add(where(owned, "项目", item), "数量"), add(where(uses, "项目", item), "数量")
        if used is not None and own != used and uses:
            yield broken("车辆使用", item, *cells)


def last_year_balanced(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """Last year's totals balance too, and its parts fit into them."""
    lines = tables["上年数"]
    value = {line.text("项目"): line.amount("金额") for line in lines}
    cells = ["上年数", *cells_of(lines, "金额", "项目")]
    for one, other in _BALANCED if lines else ():
        if value.get(one) is not None and value.get(other) is not None and value[one] != value[other]:
            yield broken("上年平衡", one, *cells)
    for one, other in _CHAINS:
        part, whole = value.get(one), value.get(other)
        if part is not None and whole is not None and part > whole:
            yield broken("上年部分", one, *cells)
    for name in (*(each for pair in _BALANCED for each in pair), f"{GENERAL}支出"):
        if lines and value.get(name) is None:
            yield broken("上年没有填", name, *cells)
    typed, items = value.get("“三公”经费支出"), add(tables["三公经费"], "上年决算数")
    if typed is not None and items is not None and typed != items:
        yield broken("上年三公", "", *cells, *cells_of(tables["三公经费"], "上年决算数"))


def last_year_is_given(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """Every row that is compared has last year's amount; those of the 类 add up."""
    lines, groups = tables["上年数"], tables["分类预算"]
    if not lines:
        return
    whole = add(where(lines, "项目", f"{GENERAL}支出"), "金额")
    summed = add(groups, "上年决算数")
    if summed is not None and whole is not None and summed != whole:
        cells = [*cells_of(lines, "金额", "项目"), *cells_of(groups, "上年决算数")]
        yield broken("上年各类", "", "上年数", "分类预算", *cells)
    for title, label in (("三公经费", "上年决算数"), ("机关运行经费", "上年数"), ("分类预算", "上年决算数")):
        for line in tables[title]:
            if line.amount(label) is None:
                yield broken("上年没有填", line.cell(label), line.cell(label))


def categories_are_told(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """Every 类 that was spent on has its row, its use and its reason."""
    general, rows = where(tables["支出"], "资金性质", GENERAL), tables["分类预算"]
    if not tables["上年数"]:
        return
    booked = {line.text("科目代码")[:3] for line in general if line.text("科目代码")}
    named = {row.text("类代码") for row in rows}
    cells = [*cells_of(general, "科目代码", "资金性质"), *cells_of(rows, "类代码"), "分类预算"]
    for code in sorted(booked - named):
        yield broken("类没有行", code, *cells)
    for row in rows:
        own = [line for line in general if line.text("科目代码").startswith(row.text("类代码"))]
        labels = ("类代码", "年初预算数", "上年决算数", "用途", "变动原因")
        bound = [*cells_of([row], *labels), *cells_of(own, *_KINDS)]
        for relation in _untold(row, _spent(own), booked):
            yield broken(relation, row.cell("类代码"), *bound)


def _untold(row: Line, now: Decimal, booked: set[str]) -> Iterator[str]:
    if now != row.money("上年决算数") and not row.says("变动原因"):
        yield "类的变动原因"
    if now and not row.says("用途"):
        yield "类的用途"
    if now and row.amount("年初预算数") is None:
        yield "类的年初预算数"
    for word, code in _USES.items():
        if word in row.text("用途") and code != row.text("类代码") and code in booked:
            yield "别的类的用途"


def changes_are_told(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """三公 items and running costs that changed say why."""
    if not tables["上年数"]:
        return
    for line in tables["三公经费"]:
        changed = line.amount("决算数") != line.amount("上年决算数")
        if changed and not line.says("变动原因"):
            cells = cells_of([line], "决算数", "上年决算数", "变动原因")
            yield broken("三公变动原因", line.cell("项目"), *cells)
    running = tables["机关运行经费"]
    if add(running, "本年数") != add(running, "上年数") and not any(row.says("变动原因") for row in running):
        yield broken("运行经费变动原因", "", *cells_of(running, "本年数", "上年数", "变动原因"))


RELATIONS: tuple[Relation, ...] = (
    funds_balance,
    codes_are_of_the_year,
    basic_spending_is_told_twice,
    parts_fit_into_the_accounts,
    sangong_is_told_alike,
    vehicles_are_told_alike,
    last_year_balanced,
    last_year_is_given,
    categories_are_told,
    changes_are_told,
)
