"""The department's money: 收支, 三公经费, 政府采购. Amounts in 元."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from docgen.model.entered import Entered
from docgen.quantity import Yuan


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A row of the sheet 收支: one item at its three stages, and last year's final."""

    kind: Entered[str] = Entered()
    item: Entered[str] = Entered()
    initial_budget: Entered[Yuan] = Entered()
    annual_budget: Entered[Yuan] = Entered()
    final: Entered[Yuan] = Entered()
    last_year: Entered[Yuan] = Entered()
    note: Entered[str] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SangongLine:
    """A row of the sheet 三公经费."""

    item: Entered[str] = Entered()
    budget: Entered[Yuan] = Entered()
    final: Entered[Yuan] = Entered()
    last_year: Entered[Yuan] = Entered()
    reason: Entered[str] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProcurementLine:
    """A row of the sheet 政府采购: one class of purchases; ``contracted`` is the sum of its contracts."""

    category: Entered[str] = Entered()
    budget: Entered[Yuan] = Entered()
    final: Entered[Yuan] = Entered()
    contracted: Entered[Yuan] = Entered()
    small_business: Entered[Yuan] = Entered()
    micro_business: Entered[Yuan] = Entered()
    content: Entered[str] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)
