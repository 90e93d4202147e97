"""转移支付 self-evaluation: a transfer with its funding by level of government, management and indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.model.entered import Entered
from docgen.quantity import Yuan

if TYPE_CHECKING:
    from docgen.model.indicator import Indicator


@dataclass(frozen=True, slots=True)
class TransferFunding:
    """A row of 转移支付资金: one source. ``arrived`` blank means arrived in full."""

    transfer: Entered[str] = Entered()
    source: Entered[str] = Entered()
    annual_budget: Entered[Yuan] = Entered()
    annual_spending: Entered[Yuan] = Entered()
    arrived: Entered[Yuan] = Entered()
    documents: Entered[str] = Entered()
    use: Entered[str] = Entered()
    balance_reason: Entered[str] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TransferManagement:
    """A row of 转移支付管理: one of the seven aspects."""

    transfer: Entered[str] = Entered()
    aspect: Entered[str] = Entered()
    status: Entered[str] = Entered()
    problems: Entered[str] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Transfer:
    """A row of 转移支付, with the rows of the other sheets that name it."""

    name: Entered[str] = Entered()
    central_department: Entered[str] = Entered()
    local_department: Entered[str] = Entered()
    user_unit: Entered[str] = Entered()
    expected: Entered[str] = Entered()
    achieved: Entered[str] = Entered()
    audit_findings: Entered[str] = Entered()
    funding: tuple[TransferFunding, ...] = ()
    management: tuple[TransferManagement, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)
