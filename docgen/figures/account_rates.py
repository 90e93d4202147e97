"""The rates, shares and changes of 收支, 三公经费 and 政府采购, each by its English name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docgen.figures.arithmetic import Write, difference, quotient
from docgen.figures.changes import change
from docgen.figures.figure import UNKNOWN, Figure
from docgen.packs import Ledger

_VEHICLES, _SANGONG = "official_vehicles", "sangong"


def account_rates(
    named: Mapping[str, Figure],
    ledger: Ledger,
    stages: Sequence[str],
    surplus_before: Figure,
    write: Write,
) -> dict[str, Figure]:
    """Every rate made from the amounts of ``named``; ``surplus_before`` is last year's recorded 结转结余."""
    spent = spending(named, "final")
    surplus = difference(named["annual_budget"], spent, write)
    before = difference(named["last_year"], spending(named, "last_year"), write)
    return {
        "surplus": surplus,
        "surplus_rate": quotient(surplus, named["annual_budget"], write),
        **_change("surplus_change", surplus, before if surplus_before == UNKNOWN else surplus_before, write),
        "budget_execution_rate": quotient(spent, named["annual_budget"], write),
        "budget_adjustment_rate": _adjustment_rate(named["initial_budget"], named["annual_budget"], write),
        "income_completion_rate": quotient(named["final"], budget_of(named, "{}"), write),
        "public_control_rate": quotient(
            named.get("public_final", UNKNOWN), budget_of(named, "public_{}"), write
        ),
        **_change("spending_change", spent, spending(named, "initial_budget"), write),
        **_shares(named, ledger, stages, write),
        **_sangong(named, ledger, write),
        **_procurement(named, write),
    }


def budget_of(named: Mapping[str, Figure], pattern: str) -> Figure:
    """The 全年预算数, or the 年初预算数 where no 全年预算数 was filled; ``{}`` stands for the stage."""
    annual = named.get(pattern.format("annual_budget"), UNKNOWN)
    return named.get(pattern.format("initial_budget"), UNKNOWN) if annual == UNKNOWN else annual


def spending(named: Mapping[str, Figure], stage: str) -> Figure:
    """What was spent (or to be spent): Σ of 资金结构; Σ of 资金来源 where that is blank or the same."""
    sources, structure = named[stage], named[f"structure_{stage}"]
    return sources if structure == UNKNOWN or structure.value == sources.value else structure


def _change(name: str, now: Figure, before: Figure, write: Write) -> dict[str, Figure]:
    moved = change(now, before, write)
    return {name: moved.difference, f"{name}_rate": moved.rate}


def _adjustment_rate(initial: Figure, annual: Figure, write: Write) -> Figure:
    """|全年预算−年初预算| ÷ 年初预算."""
    moved = difference(annual, initial, write)
    if moved.value is None or initial.value is None:
        return UNKNOWN
    how = f"|{moved.how}|÷{write(initial.value)}"
    if initial.value <= 0:
        return Figure(None, how, moved.sources)
    return Figure(abs(moved.value) / initial.value, how, moved.sources)


def _shares(
    named: Mapping[str, Figure], ledger: Ledger, stages: Sequence[str], write: Write
) -> dict[str, Figure]:
    """Items of 资金结构 as shares of all spending, the parts of 基本支出 as shares of it; by stage."""
    shares = {}
    for stage in stages:
        whole, basic = named[f"structure_{stage}"], named[f"basic_{stage}"]
        for key in ("basic", *ledger.structure.values()):
            shares[f"{key}_share_{stage}"] = quotient(named[f"{key}_{stage}"], whole, write)
        for key in ledger.basic_parts:
            part = named.get(f"{key}_{stage}", UNKNOWN)
            shares[f"{key}_of_basic_{stage}"] = quotient(part, basic, write)
        shares[f"income_less_spending_{stage}"] = difference(named[stage], whole, write)
    return shares


def _sangong(named: Mapping[str, Figure], ledger: Ledger, write: Write) -> dict[str, Figure]:
    final, planned = named["sangong_final"], named["sangong_budget"]
    rates = {
        "sangong_control_rate": quotient(final, planned, write),
        **_change("sangong_change", final, named["sangong_last_year"], write),
        **_change("sangong_budget_change", final, planned, write),
    }
    for key in (_SANGONG, _VEHICLES, *ledger.sangong.values()):
        rates[f"{key}_completion_rate"] = quotient(named[f"{key}_final"], named[f"{key}_budget"], write)
    return rates


def _procurement(named: Mapping[str, Figure], write: Write) -> dict[str, Figure]:
    """授予中小企业 is a share of the contracts (of what was bought, where no contracts are asked)."""
    bought, contracted = named["procurement_final"], named["procurement_contracted"]
    small, micro = named["procurement_small_business"], named["procurement_micro_business"]
    return {
        "procurement_execution_rate": quotient(bought, named["procurement_budget"], write),
        "small_business_share": quotient(small, bought if contracted == UNKNOWN else contracted, write),
        "micro_business_share": quotient(micro, small, write),
    }
