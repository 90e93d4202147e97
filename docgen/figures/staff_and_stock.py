"""人员 and 资产存量 as single figures: people, pieces, 平方米 and book values by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docgen.figures.arithmetic import entered, quotient, total
from docgen.figures.books import Books
from docgen.figures.figure import UNKNOWN, Figure

_OFFICIALS = ("staff_civil_servants", "staff_institution_staff")


def staff_figures(books: Books) -> dict[str, Figure]:
    """``staff_present`` is what its own row says, else 公务员 and 事业人员 together; 控制率 over 编制数."""
    lines = books.rows("staff")
    named = {
        f"staff_{key}": _count((line for line in lines if line.item.value == name), "count")
        for name, key in books.ledger.staff.items()
    }
    summed = total(named.get(key, UNKNOWN) for key in _OFFICIALS)
    present = named.get("staff_present", UNKNOWN)
    present = summed if present == UNKNOWN else present
    rate = quotient(present, named.get("staff_establishment", UNKNOWN))
    return named | {"staff_summed": summed, "staff_present": present, "staff_control_rate": rate}


def stock_figures(books: Books) -> dict[str, Figure]:
    """``stock_{key}_quantity``, ``_gross``, ``_net``; 办公用房 as a share of 房屋."""
    named = {}
    for name, key in books.ledger.stock.items():
        lines = [line for line in books.rows("asset_stock") if line.item.value == name]
        named[f"stock_{key}_quantity"] = _count(lines, "quantity")
        named |= {f"stock_{key}_{column}": books.added(lines, column) for column in ("gross", "net")}
    offices = named.get("stock_offices_quantity", UNKNOWN)
    return named | {"offices_share": quotient(offices, named.get("stock_buildings_quantity", UNKNOWN))}


def _count(lines: Iterable[Any], column: str) -> Figure:
    """A column of numbers that are no money."""
    return total(entered(getattr(line, column)) for line in lines)
