"""三公经费 in sentences: each item against its budget and last year, its counts and its uses."""

from __future__ import annotations

from docgen.checks import Case
from docgen.figures.arithmetic import entered, total
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.final_results import Change
from docgen.present.account_style import AccountStyle
from docgen.present.account_tables import named_figure
from docgen.present.change_words import change_view
from docgen.present.shown import View
from docgen.present.texts import clause, said

_ITEMS = {
    "出国": "overseas_travel",
    "购置": "vehicle_purchase",
    "运行": "vehicle_upkeep",
    "接待": "official_reception",
}
_COUNTS = {
    "团组": "travel_groups",
    "人次": "travellers",
    "购置数": "vehicles_bought",
    "保有量": "vehicles_kept",
}
_RECEPTIONS = {
    "国内": ("receptions", "guests"),
    "外事": ("foreign_receptions", "foreign_guests"),
    "国外": ("receptions_abroad", "guests_abroad"),
}


def sangong_view(case: Case, style: AccountStyle) -> View:
    """The section on 三公: as a whole, item by item in the order of the form, and in detail."""
    result = case.figures.final_accounts
    return {
        **_stages(case, "sangong", style),
        "变动": change_view(result.changes.get("sangong"), style),
        "原因": _overall_reason(case, style),
        "项": [_item(case, key, style) for key in _ITEMS.values()],
        **{label: style.count(_count(case, key)) for label, key in _COUNTS.items()},
        **{f"{label}金额": style.amount(named_figure(case, f"{key}_final")) for label, key in _ITEMS.items()},
        **{f"{label}用途": _uses(case, key, style) for label, key in _ITEMS.items()},
        "接待": _receptions(case, style),
    }


def _stages(case: Case, key: str, style: AccountStyle) -> View:
    completion = named_figure(case, f"{key}_completion")
    return {
        "预算": style.amount(named_figure(case, f"{key}_budget")),
        "决算": style.amount(named_figure(case, f"{key}_final")),
        "完成率": style.percent(completion),
        "有完成率": completion.is_known,
    }


def _item(case: Case, key: str, style: AccountStyle) -> View:
    printed = _printed(case, key)
    stages = _stages(case, key, style)
    return {
        "名称": printed,
        "金额": stages["决算"],
        **stages,
        "变动": change_view(case.figures.final_accounts.changes.get(key), style),
        "原因": _reason(case, key),
        "无支出": not named_figure(case, f"{key}_final").value,
    }


def _printed(case: Case, key: str) -> str:
    """What the county calls an item of 三公."""
    return next((name for name, item in case.pack.ledger.sangong.items() if item == key), "")


def _overall_reason(case: Case, style: AccountStyle) -> str:
    """Why 三公 changed as a whole: what 上年数 says of it, else the reasons of the items that changed."""
    names = [name for name, key in case.pack.ledger.last_year.items() if key == "sangong"]
    rows = case.filing.final_accounts.last_year
    whole = clause("\n".join(said(row.reason) for row in rows if said(row.item) in names))
    changes = case.figures.final_accounts.changes
    changed = [key for key in _ITEMS.values() if _has_changed(changes.get(key), style)]
    return whole or "；".join(filter(None, (_reason(case, key) for key in changed)))


def _has_changed(change: Change | None, style: AccountStyle) -> bool:
    return change is not None and change.difference.is_known and not style.is_even(change.difference)


def _reason(case: Case, key: str) -> str:
    printed = _printed(case, key)
    lines = (line for line in case.filing.sangong if said(line.item) == printed)
    return clause("\n".join(said(line.reason) for line in lines))


def _count(case: Case, key: str) -> Figure:
    return case.figures.final_accounts.counts.get(key, UNKNOWN)


def _uses(case: Case, key: str, style: AccountStyle) -> list[View]:
    printed = _printed(case, key)
    rows = [row for row in case.filing.final_accounts.sangong_uses if said(row.item) == printed]
    return [
        {
            "用途": clause(said(row.use)),
            "金额": style.amount(entered(row.amount, case.number)) if row.amount.is_given else "",
        }
        for row in rows
    ]


def _receptions(case: Case, style: AccountStyle) -> View:
    """``国内`` includes ``外事``; ``批次`` and ``人次`` are 国内 and 国外 together."""
    kinds = {label: _reception(case, *keys, style) for label, keys in _RECEPTIONS.items()}
    both = (_RECEPTIONS["国内"], _RECEPTIONS["国外"])
    return {
        "批次": style.count(total(_count(case, kind[0]) for kind in both)),
        "人次": style.count(total(_count(case, kind[1]) for kind in both)),
        **kinds,
    }


def _reception(case: Case, receptions: str, guests: str, style: AccountStyle) -> View:
    kinds = case.pack.ledger.counts
    rows = case.filing.final_accounts.sangong_counts
    notes = [said(row.note) for row in rows if kinds.get(said(row.item)) == receptions]
    return {
        "金额": style.amount(_count(case, f"{receptions}_amount")),
        "批次": style.count(_count(case, receptions)),
        "人次": style.count(_count(case, guests)),
        "说明": clause("\n".join(notes)),
    }
