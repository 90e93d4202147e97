"""What is computed for the 部门决算公开 and for transfers. Amounts in 元, rates as fractions of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.figures.figure import UNKNOWN, Figure
from docgen.model import Entered
from docgen.model.final_accounts import CategoryLine, EvaluationLine, ProjectChangeLine
from docgen.model.last_year import LastYear
from docgen.model.transfer import Transfer, TransferFunding

if TYPE_CHECKING:
    from docgen.figures.results import Level1Result


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A line of a table by function code: a 类 (3 digits), 款 (5) or 项 (7), parents summed by the program.

    ``cells`` are its amounts by column (a source of income, ``basic``, ``project`` …), ``total`` their sum.
    """

    code: str
    name: str
    cells: Mapping[str, Figure]
    total: Figure

    @property
    def depth(self) -> int:
        """0 for a 类, 1 for a 款, 2 for a 项."""
        return (len(self.code) - 3) // 2


@dataclass(frozen=True, slots=True)
class CodeTable:
    """Rows sorted by code, every 项 below its 款 and 类, and the 合计 line."""

    rows: tuple[CodeRow, ...] = ()
    cells: Mapping[str, Figure] = field(default_factory=dict)
    total: Figure = UNKNOWN

    @property
    def is_empty(self) -> bool:
        """Whether the table has no line (本表无数据)."""
        return not self.rows

    @property
    def categories(self) -> tuple[CodeRow, ...]:
        """The 类 lines only."""
        return tuple(row for row in self.rows if row.depth == 0)


@dataclass(frozen=True, slots=True)
class Change:
    """This year against last: difference (signed) and rate (signed fraction, unknown over a base of 0)."""

    now: Figure
    before: Figure
    difference: Figure
    rate: Figure


@dataclass(frozen=True, slots=True)
class CategoryResult:
    """One 类 of 一般公共预算财政拨款: initial budget, final, completion, change, its line of 分类预算."""

    code: str
    name: str
    initial_budget: Figure
    final: Figure
    completion: Figure
    share: Figure
    change: Change
    line: CategoryLine | None


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """One project of 项目变动, this year against last."""

    line: ProjectChangeLine
    change: Change


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One project of 部门评价 with its execution rate."""

    line: EvaluationLine
    rate: Figure


@dataclass(frozen=True, slots=True)
class FundBalance:
    """One fund: opening balance, income, spending, closing balance."""

    opening: Figure
    income: Figure
    spending: Figure
    closing: Figure


@dataclass(frozen=True, slots=True)
class FinalAccountsResult:
    """Tables 01–10 and everything the 情况说明 says.

    ``spending`` is table 03 over all funds, ``by_fund`` the same table for each fund (05, 08), ``movements``
    with ``opening``, ``income`` and ``closing`` beside the spending (07);
    ``income`` is table 02. ``economic`` maps every economic code used (parents too) to its amount.
    ``balances`` are by fund, ``counts`` by the English name of what is counted.
    ``named`` holds totals by English name: of 01 ``income``, ``income_total``, ``spending``,
    ``spending_total``, ``opening``, ``closing``, ``surplus_used``, ``surplus_distributed`` and every column
    of 02 and 03; of 04 the same as ``fiscal_…``; ``general_spending`` and its like for other funds; shares
    ``…_share``; ``personnel``, ``public``; ``initial_budget``, ``initial_completion``; ``…_completion`` of
    三公; ``running_costs``, ``procurement``, ``small_business_share`` …; ``evaluated_…`` of the projects that
    evaluate themselves and ``department_evaluated_…`` of 部门评价.
    ``changes`` by the same names against last year; ``last_year`` is the record they were taken from, if one
    was given.
    """

    income: CodeTable = field(default_factory=CodeTable)
    spending: CodeTable = field(default_factory=CodeTable)
    by_fund: Mapping[str, CodeTable] = field(default_factory=dict)
    movements: Mapping[str, CodeTable] = field(default_factory=dict)
    economic: Mapping[str, Figure] = field(default_factory=dict)
    balances: Mapping[str, FundBalance] = field(default_factory=dict)
    categories: tuple[CategoryResult, ...] = ()
    project_changes: tuple[ProjectChange, ...] = ()
    evaluations: tuple[Evaluated, ...] = ()
    cost_needs: Mapping[str, Figure] = field(default_factory=dict)
    counts: Mapping[str, Figure] = field(default_factory=dict)
    named: Mapping[str, Figure] = field(default_factory=dict)
    changes: Mapping[str, Change] = field(default_factory=dict)
    grade_counts: Mapping[str, Figure] = field(default_factory=dict)
    last_year: LastYear | None = None


@dataclass(frozen=True, slots=True)
class TransferFundingResult:
    """One source of a transfer (or the total): budget, spending, rate, arrived, balance."""

    source: str
    line: TransferFunding | None
    annual_budget: Figure
    annual_spending: Figure
    execution_rate: Figure
    arrived: Figure
    arrival_rate: Figure
    balance: Figure


@dataclass(frozen=True, slots=True)
class TransferResult:
    """A transfer: its funds, and its indicators by level (without scores)."""

    transfer: Transfer
    total: TransferFundingResult
    sources: Mapping[str, TransferFundingResult]
    levels: tuple[Level1Result, ...]
    audit_findings: Entered[str]
