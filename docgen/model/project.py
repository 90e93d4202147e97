"""A project (项目) with its funding (项目资金) and indicators (绩效指标)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.model.entered import Entered
from docgen.quantity import Points, Ratio, Yuan

if TYPE_CHECKING:
    from docgen.model.indicator import Indicator


@dataclass(frozen=True, slots=True)
class FundingLine:
    """A row of the sheet 项目资金: one source of one project, amounts in 元.

    ``declared`` (目标申报数) and ``prepared`` (预算编制数) are the two 年初预算数 of forms that print both.
    ``fund`` is the kind of budget the money comes from (一般公共预算财政拨款 …), where forms count by it.
    ``execution_rate`` and ``score`` are what the clerk claims, if she typed anything over the formula.
    """

    project: Entered[str] = Entered()
    source: Entered[str] = Entered()
    fund: Entered[str] = Entered()
    initial_budget: Entered[Yuan] = Entered()
    declared: Entered[Yuan] = Entered()
    prepared: Entered[Yuan] = Entered()
    annual_budget: Entered[Yuan] = Entered()
    annual_spending: Entered[Yuan] = Entered()
    execution_rate: Entered[Ratio] = Entered()
    score: Entered[Points] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Project:
    """A row of the sheet 项目, with the rows of the other sheets that name it.

    ``total`` is the row 年度资金总额 when the clerk filled one, ``funding`` the rows of the sources.
    ``midyear_progress`` is how far its goals were reached by the end of June, ``is_achieved`` whether they
    were at the end of the year, ``is_direct`` whether it is paid from 直达资金.
    """

    name: Entered[str] = Entered()
    unit: Entered[str] = Entered()
    department: Entered[str] = Entered()
    expected: Entered[str] = Entered()
    achieved: Entered[str] = Entered()
    usage: Entered[str] = Entered()
    results: Entered[str] = Entered()
    next_steps: Entered[str] = Entered()
    deviation_reason: Entered[str] = Entered()
    adjustment_reason: Entered[str] = Entered()
    midyear_progress: Entered[Ratio] = Entered()
    is_achieved: Entered[bool] = Entered()
    is_direct: Entered[bool] = Entered()
    total_score: Entered[Points] = Entered()
    grade: Entered[str] = Entered()
    funding: tuple[FundingLine, ...] = ()
    total: FundingLine | None = None
    indicators: tuple[Indicator, ...] = ()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)
