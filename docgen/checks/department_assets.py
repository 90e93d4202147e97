"""A9: 资产负债, 资产存量 and 资产配置 agree with themselves, with one another and with 三公经费."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docgen.checks.amounts import unit_hint
from docgen.checks.case import Case, equation, residue, sources_of
from docgen.checks.report_sheets import exceeding, named, place_of, stock
from docgen.checks.rule import rule
from docgen.figures.arithmetic import entered
from docgen.figures.balance_sheet import SUMS
from docgen.figures.figure import UNKNOWN, Figure
from docgen.finding import Related, Remark, Severity
from docgen.quantity import Yuan, plain

_PART = "部分不大于整体"
_COLUMNS = ("opening", "closing")
_WITHIN = (
    ("fixed_net", "fixed_gross"),
    ("intangible_net", "intangible_gross"),
    ("fixed_in_use", "fixed_gross"),
)


def _printed(case: Case, key: str) -> str:
    """What the sheet 资产负债 calls an item."""
    return next((name for name, found in case.pack.ledger.balance.items() if found == key), key)


def _value(figure: Figure) -> Decimal:
    return figure.value or Decimal(0)


@rule("A901", severity=Severity.ERROR, basis="资产负债表：合计＝各项之和", needs=("balance_sheet",))
def balance_sheet_adds_up(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """资产总额、流动资产、负债总额等于各项之和；没有填全各项的，不小于已填各项之和。

    错例：资产总额 508.7，流动资产 29.81，固定资产净值 572.74
    正例：流动资产 29.81，固定资产净值 478.89
    怎么改：改正填错的一项；合计可以不填，由程序计算。
    """
    for column in _COLUMNS:
        wrong: set[str] = set()
        for key, parts in SUMS.items():
            if not wrong & set(parts) and (remark := _wrong_sum(case, key, column, rounding_tolerance)):
                wrong.add(key)
                yield remark


def _wrong_sum(case: Case, key: str, column: str, tolerance: Yuan) -> Remark | None:
    """What is wrong with one sum; nothing where it is not typed, or too small for want of a part."""
    used, parts = set(case.pack.ledger.balance.values()), SUMS[key]
    whole, summed = named(case, f"{key}_{column}"), named(case, f"{key}_summed_{column}")
    if key not in used or whole.value is None or summed.value is None or whole.value == summed.value:
        return None
    gap = summed.value - whole.value
    tier = residue(gap, tolerance, len(summed.sources))
    if gap < 0 and any(named(case, f"{part}_{column}") == UNKNOWN for part in parts if part in used):
        return None
    text = (
        f"{_printed(case, key)}{case.label('balance_sheet', column)}填 {case.number(whole.value)}，"
        f"各项合计 {equation(summed.how, case.number(summed.value))}，相差 {case.amount(abs(gap))}"
    )
    place = place_of(case, whole, "balance_sheet")
    return Remark(place, text, case.number(summed.value), sources_of(summed, "计入合计"), tier)


@rule("A902", severity=Severity.ERROR, basis="净值＝原值－累计折旧（摊销）", needs=("balance_sheet",))
def net_value_is_within_gross(case: Case) -> Iterator[Remark]:
    """固定资产、无形资产的净值不超过原值，在用固定资产不超过固定资产原值。

    错例：固定资产原值 500.15，固定资产净值 725.41
    正例：固定资产原值 725.41，固定资产净值 500.15
    怎么改：核对两个数有没有填反。
    """
    for small, large in _WITHIN:
        for column in _COLUMNS:
            part, whole = named(case, f"{small}_{column}"), named(case, f"{large}_{column}")
            if part.value is None or whole.value is None or part.value <= whole.value:
                continue
            text = (
                f"{_printed(case, small)}{case.label('balance_sheet', column)} {case.number(part.value)}，"
                f"超过{_printed(case, large)} {case.number(whole.value)}"
            )
            place, expected = place_of(case, part, "balance_sheet"), f"不超过 {case.number(whole.value)}"
            yield Remark(place, text, expected, sources_of(whole, _printed(case, large)))


@rule("A903", severity=Severity.VERIFY, basis="净资产＝资产总额－负债总额", needs=("balance_sheet",))
def assets_cover_liabilities(case: Case) -> Iterator[Remark]:
    """负债总额不超过资产总额。

    错例：资产总额 555.97，负债总额 2160.96，净资产为负
    正例：资产总额 2160.96，负债总额 555.97
    怎么改：核对两个数有没有填反；确实资不抵债的，写核实说明。
    """
    for column in _COLUMNS:
        net, debts = named(case, f"net_assets_{column}"), named(case, f"liabilities_{column}")
        if net.value is not None and net.value < 0:
            text = f"{case.label('balance_sheet', column)}：净资产 {net.how}={case.number(net.value)}，是负数"
            place = place_of(case, debts, "balance_sheet")
            related = tuple(each for each in sources_of(net, "参与计算") if each.place != place)
            yield Remark(place, text, "负债不超过资产", related)


@rule("A904", severity=Severity.ERROR, basis=_PART, needs=("asset_stock", "balance_sheet"))
def stock_fits_together(case: Case) -> Iterator[Remark]:
    """资产存量里净值不超过原值，办公用房面积不超过房屋面积，房屋原值不超过固定资产原值。

    错例：房屋账面面积 3333，办公用房 3533；固定和无形资产原值 384.06，房屋原值 523
    正例：办公用房 3333；房屋原值 323
    怎么改：改正填错的一项。
    """
    for line in case.filing.report.asset_stock:
        yield from exceeding(case, line.item.otherwise(""), line.net, line.gross)
    offices, buildings = (named(case, f"stock_{key}_quantity") for key in ("offices", "buildings"))
    if offices.value is not None and buildings.value is not None and offices.value > buildings.value:
        text = f"办公用房 {plain(offices.value)} 平方米，超过房屋 {plain(buildings.value)} 平方米"
        expected = f"不超过 {plain(buildings.value)}"
        yield Remark(offices.sources[0], text, expected, sources_of(buildings, "房屋面积"))
    yield from _costly_buildings(case)


def _costly_buildings(case: Case) -> Iterator[Remark]:
    """房屋 worth more than all fixed assets, by whichever sheet says the latter."""
    building = named(case, "stock_buildings_gross")
    wholes = (
        (_printed(case, "fixed_gross"), named(case, "fixed_gross_closing")),
        ("固定资产和无形资产账面原值", named(case, "stock_fixed_and_intangible_gross")),
    )
    for name, whole in wholes:
        if building.value is not None and whole.value is not None and building.value > whole.value:
            hint = unit_hint(building.value, whole.value)
            text = f"房屋账面原值 {case.number(building.value)}，超过{name} {case.number(whole.value)}{hint}"
            expected = f"不超过 {case.number(whole.value)}"
            yield Remark(building.sources[0], text, expected, sources_of(whole, name))
            return


@rule(
    "A905", severity=Severity.VERIFY, basis="同一年末的资产各处一致", needs=("asset_stock", "balance_sheet")
)
def stock_is_the_balance_sheets(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """资产存量的固定资产和无形资产、在建工程，与资产负债的年末数一致。

    错例：资产存量的账面净值 132.35，资产负债的固定资产净值 478.89、无形资产净值 3.4
    正例：两处一致
    怎么改：改正填错的一处；口径不同（如不含公共基础设施）的，写核实说明。
    """
    pairs = (
        ("fixed_and_intangible", "gross", ("fixed_gross", "intangible_gross")),
        ("fixed_and_intangible", "net", ("fixed_net", "intangible_net")),
        ("construction", "gross", ("construction",)),
    )
    for item, column, keys in pairs:
        here, parts = named(case, f"stock_{item}_{column}"), [named(case, f"{key}_closing") for key in keys]
        there = sum((_value(part) for part in parts), Decimal(0))
        if here.value is None or any(part.value is None for part in parts):
            continue
        tier = residue(here.value - there, rounding_tolerance, len(keys))
        if here.value == there or unit_hint(here.value, there):
            continue
        said = "、".join(
            f"{_printed(case, k)} {case.number(_value(p))}" for k, p in zip(keys, parts, strict=True)
        )
        label = case.label("asset_stock", column)
        text = f"资产存量{label} {case.number(here.value)}，资产负债年末{said}"
        related = tuple(Related(place, "资产负债") for part in parts for place in part.sources)
        yield Remark(here.sources[0], text, case.number(there), related, tier)


@rule("A906", severity=Severity.VERIFY, basis="新增资产按批准的预算配置", needs=("acquisitions",))
def acquisitions_stay_within_budget(case: Case) -> Iterator[Remark]:
    """当年配置的资产不超过新增资产预算，也不超过年末固定资产、无形资产原值。

    错例：新增资产预算 20，当年配置 1013.23
    正例：当年配置 19.6
    怎么改：核对两个数；调入、接受捐赠等不用预算的，写核实说明。
    """
    bought, budget = named(case, "acquisitions_final"), named(case, "acquisitions_budget")
    if bought.value is None:
        return
    gross = [named(case, f"{key}_gross_closing") for key in ("fixed", "intangible")]
    owned = sum((_value(figure) for figure in gross), Decimal(0))
    how = equation(bought.how, case.number(bought.value))
    if budget.value is not None and bought.value > budget.value:
        hint = unit_hint(bought.value, budget.value)
        text = f"当年配置资产 {how}，超过新增资产预算 {case.number(budget.value)}{hint}"
        expected, related = f"不超过 {case.number(budget.value)}", sources_of(budget, "新增资产预算")
        yield Remark(bought.sources[0], text, expected, related)
    elif gross[0].is_known and bought.value > owned:
        text = f"当年配置资产 {how}，超过年末固定资产、无形资产原值 {case.number(owned)}"
        related = tuple(Related(place, "年末原值") for figure in gross for place in figure.sources)
        yield Remark(bought.sources[0], text, f"不超过 {case.number(owned)}", related)


@rule(
    "A907",
    severity=Severity.VERIFY,
    basis="有公务用车才有公务用车运行维护费",
    needs=("asset_stock", "sangong"),
)
def vehicle_costs_have_vehicles(case: Case) -> Iterator[Remark]:
    """有公务用车购置费或运行维护费的，资产存量里有车辆。

    错例：公务用车运行维护费决算数 5，资产存量里车辆 0
    正例：车辆 2
    怎么改：补填车辆；车辆不在本部门账上（如租用、划转）的，写核实说明。
    """
    if not case.filing.report.asset_stock:
        return
    line = stock(case, "vehicles")
    owned = UNKNOWN if line is None else entered(line.quantity)
    if owned.value or (owned.sources and owned.value is None):
        return
    costs = named(case, "official_vehicles_final")
    if costs.value:
        said = "没有填车辆" if line is None else "车辆数量是 0"
        text = f"公务用车购置及运行维护费决算数 {case.number(costs.value)}，资产存量里{said}"
        place = case.sheet_place("asset_stock") if line is None else line.quantity.place
        yield Remark(place, text, "年末车辆数", sources_of(costs, "决算数"))


RULES = (
    balance_sheet_adds_up,
    net_value_is_within_gross,
    assets_cover_liabilities,
    stock_fits_together,
    stock_is_the_balance_sheets,
    acquisitions_stay_within_budget,
    vehicle_costs_have_vehicles,
)
