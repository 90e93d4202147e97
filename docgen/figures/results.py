"""What is computed for a project, a unit and the department.

Amounts are in 元, rates fractions of one, scores in 分.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.final_results import FinalAccountsResult, TransferResult
from docgen.figures.report_results import ReportResult
from docgen.finding import Place
from docgen.model import Entered, FundingLine, Indicator, Project, Target, Undertaking, Unit

Method = Literal["rule", "judged", "accepted", "unknown"]


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one indicator row.

    ``by_rule`` is what the norms give (unknown for a qualitative indicator), ``figure`` what is printed and
    summed: the rule's, the person's judgement, or the clerk's differing claim once a 核实说明 accepts it
    (``method``). ``is_met`` is None where it cannot be told; ``over`` is by how much a result is better than
    its target: above a lower limit or below an upper one (0.447 = 44.7 %), unknown where it is not.
    """

    figure: Figure
    by_rule: Figure
    method: Method
    is_met: bool | None
    over: Figure


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """An indicator row with its score; ``number`` counts within its 二级指标 from 1."""

    indicator: Indicator
    score: Score
    number: int


@dataclass(frozen=True, slots=True)
class Level2Result:
    """A 二级指标: its rows in order, Σ分值, Σ得分, 得分率."""

    name: str
    rows: tuple[IndicatorResult, ...]
    points: Figure
    score: Figure
    score_rate: Figure


@dataclass(frozen=True, slots=True)
class Level1Result:
    """A 一级指标 with its 二级, in the order of the form."""

    name: str
    level2: tuple[Level2Result, ...]
    points: Figure
    score: Figure
    score_rate: Figure

    @property
    def rows(self) -> tuple[IndicatorResult, ...]:
        """Every row of this 一级指标."""
        return tuple(row for level in self.level2 for row in level.rows)


@dataclass(frozen=True, slots=True)
class FundingResult:
    """Amounts (元) and rates of one source, or of the total; ``balance`` is what was not spent.

    ``initial_budget`` is ``prepared`` (预算编制数) where a form prints that instead of 年初预算数.
    """

    source: str
    line: FundingLine | None
    initial_budget: Figure
    annual_budget: Figure
    annual_spending: Figure
    execution_rate: Figure
    initial_completion: Figure
    declared: Figure = UNKNOWN
    prepared: Figure = UNKNOWN
    balance: Figure = UNKNOWN


@dataclass(frozen=True, slots=True)
class ProjectResult:
    """Everything computed for one project. ``sources`` has an entry for each 资金来源 that has a row."""

    project: Project
    total: FundingResult
    sources: Mapping[str, FundingResult]
    execution_score: Figure
    execution_by_rule: Figure
    levels: tuple[Level1Result, ...]
    points: Figure
    total_score: Figure
    grade: str
    unspent: Figure
    indicator_score: Figure = UNKNOWN

    @property
    def rows(self) -> tuple[IndicatorResult, ...]:
        """Every indicator row in the order of the form."""
        return tuple(row for level in self.levels for row in level.rows)

    def level(self, name: str) -> Level1Result | None:
        """The 一级指标 called ``name``, if the project has it."""
        return next((level for level in self.levels if level.name == name), None)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over projects, in 元, and the mean of their scores."""

    initial_budget: Figure
    annual_budget: Figure
    annual_spending: Figure
    execution_rate: Figure
    initial_completion: Figure
    unspent: Figure
    average_score: Figure


@dataclass(frozen=True, slots=True)
class UnitResult:
    """One unit that evaluates itself, with its projects in the order of the sheet 项目."""

    unit: Unit
    projects: tuple[ProjectResult, ...]
    totals: Totals


@dataclass(frozen=True, slots=True)
class OverallRow:
    """A row of the department form: an entered indicator, or one generated from a goal or task.

    ``actual_figure`` is known when the 完成值 is derived (预算执行率 …); ``actual`` is what the clerk typed;
    ``counted`` is the one that is scored, the derived before the typed, in the measure of the target;
    ``is_excluded``: the row does not apply and counts for nothing.
    """

    level3: str
    target: Entered[Target]
    actual: Entered[Target]
    actual_figure: Figure
    points: Figure
    score: Score
    deviation_reason: Entered[str]
    comment: Entered[str]
    origin: Indicator | Undertaking
    place: Place
    number: int
    is_excluded: bool = False
    counted: Entered[Target] = field(default_factory=Entered)


@dataclass(frozen=True, slots=True)
class OverallLevel2:
    """A 二级指标 of the department form."""

    name: str
    rows: tuple[OverallRow, ...]
    points: Figure
    score: Figure
    score_rate: Figure


@dataclass(frozen=True, slots=True)
class OverallLevel1:
    """A 一级指标 of the department form."""

    name: str
    level2: tuple[OverallLevel2, ...]
    points: Figure
    score: Figure
    score_rate: Figure

    @property
    def rows(self) -> tuple[OverallRow, ...]:
        """Every row of this 一级指标."""
        return tuple(row for level in self.level2 for row in level.rows)


@dataclass(frozen=True, slots=True)
class OverallResult:
    """The department form: levels, total, grade.

    ``points`` are the full marks: without the rows that do not apply, without bonus and deductions.
    ``total_score`` is what was earned, ``converted_score`` the same converted to ``total_points`` of the
    norms (equal to it where nothing is left out); the grade goes by the converted one.
    """

    levels: tuple[OverallLevel1, ...]
    points: Figure
    total_score: Figure
    grade: str
    converted_score: Figure = UNKNOWN

    @property
    def rows(self) -> tuple[OverallRow, ...]:
        """Every row in the order of the form."""
        return tuple(row for level in self.levels for row in level.rows)


@dataclass(frozen=True, slots=True)
class AccountResult:
    """The department's money by name (元), and the rates made from it (fractions).

    ``named`` holds every derived figure under its English name; packs refer to these names in ``[derived]``.
    ``{stage}`` is ``initial_budget``, ``annual_budget``, ``final`` or ``last_year``.

    收支: ``{stage}`` (资金来源), ``structure_{stage}`` (资金结构), ``basic_{stage}`` (基本支出, Σ of its
    parts where they are items), ``{key}_{stage}`` for every item of ``[ledger]``; ``{key}_share_{stage}``
    of all spending, ``{key}_of_basic_{stage}``, ``income_less_spending_{stage}``; ``surplus``,
    ``surplus_rate``, ``surplus_change``, ``surplus_change_rate``, ``budget_execution_rate``,
    ``budget_adjustment_rate``, ``income_completion_rate``, ``public_control_rate``, ``spending_change``,
    ``spending_change_rate``.

    三公经费: ``sangong_``, ``official_vehicles_`` and its items with ``budget``, ``final``, ``last_year``,
    ``completion_rate``; ``sangong_control_rate``, and ``sangong_change``, ``sangong_change_rate`` (last
    year), ``sangong_budget_change``, ``sangong_budget_change_rate``. 政府采购: ``procurement_`` (and its
    classes, ``procurement_goods_`` …) with ``budget``, ``final``, ``contracted``, ``small_business``,
    ``micro_business``; ``procurement_execution_rate``, ``small_business_share``, ``micro_business_share``.

    Projects: ``self_evaluation_rate``, ``project_progress``. 人员: ``staff_{key}``, ``staff_summed``,
    ``staff_control_rate``. 资产: see ``balance_sheet`` and ``staff_and_stock``, ``acquisitions_budget``,
    ``acquisitions_final``. Others: ``nontax_plan``, ``nontax_final``, ``nontax_rate``,
    ``guarantees_arranged``, ``guarantees_spent``, ``guarantees_rate``, ``quarters_met``,
    ``quarter_{key}_payment_rate``.
    """

    named: Mapping[str, Figure]

    def __getitem__(self, name: str) -> Figure:
        return self.named[name]


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one filing. ``projects`` is in the order of the sheet 项目."""

    projects: tuple[ProjectResult, ...]
    units: tuple[UnitResult, ...]
    totals: Totals
    accounts: AccountResult
    overall: OverallResult
    final_accounts: FinalAccountsResult = field(default_factory=FinalAccountsResult)
    transfers: tuple[TransferResult, ...] = ()
    report: ReportResult = field(default_factory=ReportResult)
