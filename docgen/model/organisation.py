"""The department (部门) and its units (单位)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from docgen.model.entered import Entered
from docgen.quantity import MoneyUnit


@dataclass(frozen=True, slots=True)
class Department:
    """The sheet 单位信息: one value a row."""

    name: Entered[str] = Entered()
    short_name: Entered[str] = Entered()
    fiscal_year: Entered[int] = Entered()
    report_date: Entered[date] = Entered()
    money_unit: Entered[MoneyUnit] = Entered()
    pack: Entered[str] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of the sheet 单位: the department's own office, a 二级机构 or a 内设机构.

    ``has_projects`` (是否单独自评) says whether this unit hands in forms of its own; ``report_style`` picks
    one of the habits of its report; ``report_date`` is printed under the report when given.
    """

    name: Entered[str] = Entered()
    short_name: Entered[str] = Entered()
    kind: Entered[str] = Entered()
    self_evaluates: Entered[bool] = Entered()
    report_style: Entered[str] = Entered()
    report_date: Entered[date] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)
