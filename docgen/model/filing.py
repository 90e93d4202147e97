"""Everything one department handed in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.finding import Place
from docgen.model.department_report import DepartmentReport
from docgen.model.entered import Entered
from docgen.model.final_accounts import FinalAccounts
from docgen.model.organisation import Department

if TYPE_CHECKING:
    from docgen.model.indicator import Indicator, Undertaking
    from docgen.model.ledger import AccountLine, ProcurementLine, SangongLine
    from docgen.model.organisation import Unit
    from docgen.model.project import Project
    from docgen.model.transfer import Transfer


@dataclass(frozen=True, slots=True)
class Narrative:
    """A row of the sheet 文字: the paragraphs of one section for one unit (or the department)."""

    scope: Entered[str] = Entered()
    section: Entered[str] = Entered()
    text: Entered[str] = Entered()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A row of the sheet 核实说明: the written reason that closes a 核实 finding.

    ``code`` names the rule, ``where`` the cell (``项目资金!E6``) it was found at; ``figures``, if given, the
    numbers that were explained: when they change, the reason lapses.
    """

    code: Entered[str] = Entered()
    where: Entered[str] = Entered()
    reason: Entered[str] = Entered()
    figures: Entered[str] = Entered()


@dataclass(frozen=True, slots=True)
class Filing:
    """The bound workbook. Tuples keep the order of the sheets.

    ``gaps`` are the sheets that could not be read whole: ``funding`` where the sheet or some of its rows were
    lost, ``funding.source`` where a column was. Each has its finding; no rule concludes anything from them.
    """

    workbook: str
    department: Department = field(default_factory=Department)
    units: tuple[Unit, ...] = ()
    projects: tuple[Project, ...] = ()
    undertakings: tuple[Undertaking, ...] = ()
    overall: tuple[Indicator, ...] = ()
    accounts: tuple[AccountLine, ...] = ()
    sangong: tuple[SangongLine, ...] = ()
    procurement: tuple[ProcurementLine, ...] = ()
    narratives: tuple[Narrative, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    final_accounts: FinalAccounts = field(default_factory=FinalAccounts)
    report: DepartmentReport = field(default_factory=DepartmentReport)
    sheets: dict[str, Place] = field(default_factory=dict)
    gaps: frozenset[str] = frozenset()

    def is_whole(self, *needs: str) -> bool:
        """Whether all of these sheets (``units``), or columns of sheets (``projects.name``), were read."""
        return not any(
            need in {gap, gap.partition(".")[0]} or need.partition(".")[0] == gap
            for need in needs
            for gap in self.gaps
        )
