"""What is computed for the report of a whole department. Amounts in 元, rates as fractions of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from docgen.figures.figure import UNKNOWN, Figure
from docgen.finding import Place
from docgen.model import Indicator, Project, Undertaking
from docgen.model.department_report import GuaranteeLine, ListedItem, NontaxLine, QuarterLine
from docgen.model.final_accounts import EvaluationLine


@dataclass(frozen=True, slots=True)
class Part:
    """One item of a total: its printed name, amount and share (unknown over a total of 0)."""

    name: str
    amount: Figure
    share: Figure
    place: Place


@dataclass(frozen=True, slots=True)
class Parts:
    """A total with its items in the order of the sheet; items that were left blank are left out."""

    total: Figure = UNKNOWN
    rows: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class NontaxResult:
    """One charge: planned, paid in, last year, and the change of the plan against last year (signed)."""

    line: NontaxLine
    plan: Figure
    final: Figure
    last_year: Figure
    change_rate: Figure


@dataclass(frozen=True, slots=True)
class GuaranteeResult:
    """保基本民生, 保工资 or 保运转: arranged, spent, rate, its rows; ``is_full`` allows the word 足额."""

    kind: str
    arranged: Figure
    spent: Figure
    rate: Figure
    is_full: bool
    rows: tuple[tuple[GuaranteeLine, Figure, Figure], ...]


@dataclass(frozen=True, slots=True)
class QuarterResult:
    """A quarter: cumulative spending, its share of the annual budget, the share it should have reached."""

    line: QuarterLine
    cumulative: Figure
    share: Figure
    scheduled: Figure
    is_met: bool | None


@dataclass(frozen=True, slots=True)
class Group:
    """Some projects of one kind: how many, which, and their 全年预算数 and 全年执行数 added."""

    count: Figure
    projects: tuple[Project, ...]
    budget: Figure
    spending: Figure
    rate: Figure


@dataclass(frozen=True, slots=True)
class MonitoringResult:
    """绩效监控: projects by what they reached in June, by how the year ended, and those of 直达资金.

    In June a project has ``reached`` the mark, lies ``between``, is ``low`` (that mark included), or was
    ``not_started`` (0).
    """

    reached: Group
    between: Group
    low: Group
    not_started: Group
    achieved: Group
    missed: Group
    direct: Group


@dataclass(frozen=True, slots=True)
class KeyEvaluation:
    """A project of 重点评价 with its rows by fund: budget, arrived, spent and the two rates."""

    name: str
    rows: tuple[EvaluationLine, ...]
    budget: Figure
    arrived: Figure
    spending: Figure
    arrival_rate: Figure
    execution_rate: Figure


@dataclass(frozen=True, slots=True)
class GoalIndicatorResult:
    """An unscored indicator of a goal: 实际÷目标 (within an upper limit 100 %), met or not."""

    indicator: Indicator
    completion: Figure
    is_met: bool | None


@dataclass(frozen=True, slots=True)
class GoalResult:
    """A goal of the department with its indicators; ``is_met`` when all of them are, None if untold."""

    goal: Undertaking
    rows: tuple[GoalIndicatorResult, ...]
    is_met: bool | None


@dataclass(frozen=True, slots=True)
class ListedGroup:
    """The rows of one category of 事项清单, how many, their amounts added."""

    category: str
    count: Figure
    amount: Figure
    items: tuple[ListedItem, ...]


@dataclass(frozen=True, slots=True)
class ReportResult:
    """Everything computed for the department report.

    ``sources``, ``structure`` and ``functions`` are by stage (``initial_budget``, ``annual_budget``,
    ``final``, ``last_year``); shares are of the stage's total. ``basic_parts`` are 人员经费 and 公用经费 as
    shares of 基本支出. Single figures (人员, 资产负债 …) stand in ``AccountResult.named``.
    """

    sources: Mapping[str, Parts] = field(default_factory=dict)
    structure: Mapping[str, Parts] = field(default_factory=dict)
    functions: Mapping[str, Parts] = field(default_factory=dict)
    basic_parts: Mapping[str, Parts] = field(default_factory=dict)
    acquisitions: Parts = field(default_factory=Parts)
    nontax: tuple[NontaxResult, ...] = ()
    nontax_plan: Figure = UNKNOWN
    nontax_final: Figure = UNKNOWN
    guarantees: Mapping[str, GuaranteeResult] = field(default_factory=dict)
    quarters: tuple[QuarterResult, ...] = ()
    monitoring: MonitoringResult | None = None
    past_bands: Mapping[str, Figure] = field(default_factory=dict)
    past_count: Figure = UNKNOWN
    key_evaluations: tuple[KeyEvaluation, ...] = ()
    goals: tuple[GoalResult, ...] = ()
    listed: Mapping[str, ListedGroup] = field(default_factory=dict)
