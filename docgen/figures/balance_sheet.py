"""资产负债: the items at the end of last year and of this, the sums and ratios made from them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from docgen.figures.arithmetic import difference, quotient
from docgen.figures.books import Books
from docgen.figures.changes import change
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.last_year import BALANCE, recorded_amount

OPENING, CLOSING = "opening", "closing"
# what each sum is made of, where its own row is blank; 流动资产 is summed before 资产总额
SUMS = {
    "current_assets": ("cash", "other_receivables", "other_current_assets"),
    "assets": ("current_assets", "fixed_net", "construction", "intangible_net", "other_assets"),
    "current_liabilities": ("other_payables", "other_current_liabilities"),
    "liabilities": ("other_payables", "other_current_liabilities", "other_liabilities"),
}
_RATIOS = {
    "debt_ratio": ("liabilities", "assets"),
    "cash_ratio": ("cash", "current_liabilities"),
    "current_ratio": ("current_assets", "current_liabilities"),
    "fixed_newness": ("fixed_net", "fixed_gross"),
    "current_assets_share": ("current_assets", "assets"),
    "payables_share": ("other_payables", "liabilities"),
}


def balance_figures(books: Books) -> dict[str, Figure]:
    """Items as ``cash_closing``, their sums from parts as ``assets_summed_closing``, and the ratios.

    A sum is what its own row says, else the sum of its parts that are not blank.
    """
    columns = {when: _column(books, when) for when in (OPENING, CLOSING)}
    named = {
        f"{key}_{when}": figure
        for when, items in columns.items()
        for key, figure in chain(items.items(), _ratios(books, items).items())
    }
    use = quotient(_of(columns[CLOSING], "fixed_in_use"), _of(columns[CLOSING], "fixed_gross"), books.write)
    moved = change(columns[CLOSING]["current_assets"], columns[OPENING]["current_assets"], books.write)
    return named | {
        "fixed_use_rate": use,
        "current_assets_change": moved.difference,
        "current_assets_change_rate": moved.rate,
    }


def _of(items: Mapping[str, Figure], key: str) -> Figure:
    return items.get(key, UNKNOWN)


def _column(books: Books, when: str) -> dict[str, Figure]:
    items = {key: _item(books, name, key, when) for name, key in books.ledger.balance.items()}
    for key, parts in SUMS.items():
        summed = books.total(_of(items, part) for part in parts)
        items[f"{key}_summed"] = summed
        items[key] = summed if _of(items, key) == UNKNOWN else items[key]
    items["net_assets"] = difference(items["assets"], items["liabilities"], books.write)
    return items


def _item(books: Books, name: str, key: str, when: str) -> Figure:
    """One item: the rows of its name added; at the end of last year what its record has."""
    recorded = UNKNOWN
    if when == OPENING:
        recorded = recorded_amount(f"{BALANCE}{key}", books.last_year, books.write)
    lines = (line for line in books.rows("balance_sheet") if line.item.value == name)
    return books.added(lines, when) if recorded == UNKNOWN else recorded


def _ratios(books: Books, items: Mapping[str, Figure]) -> dict[str, Figure]:
    return {
        name: quotient(_of(items, above), _of(items, below), books.write)
        for name, (above, below) in _RATIOS.items()
    }
