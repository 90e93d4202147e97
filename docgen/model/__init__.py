"""The typed content of a workbook: frozen values, each entered one knowing its cell."""

from __future__ import annotations

from docgen.model.entered import Entered
from docgen.model.filing import Explanation, Filing, Narrative
from docgen.model.indicator import Indicator, Undertaking, UndertakingKind
from docgen.model.ledger import AccountLine, ProcurementLine, SangongLine
from docgen.model.organisation import Department, Unit
from docgen.model.project import FundingLine, Project
from docgen.model.target import Comparison, Quantity, Statement, Target

__all__ = [
    "AccountLine",
    "Comparison",
    "Department",
    "Entered",
    "Explanation",
    "Filing",
    "FundingLine",
    "Indicator",
    "Narrative",
    "ProcurementLine",
    "Project",
    "Quantity",
    "SangongLine",
    "Statement",
    "Target",
    "Undertaking",
    "UndertakingKind",
    "Unit",
]
