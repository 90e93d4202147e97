"""Every contradiction, at its cell: a case → findings with code, tier, basis and what to do."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.checks import catalogue, engine
from docgen.checks.case import Case
from docgen.checks.page import rules_page
from docgen.finding import Finding

__all__ = ["Case", "check", "rules_page"]


def check(case: Case, reading: Iterable[Finding] = ()) -> list[Finding]:
    """All findings, gravest first, explanations applied.

    ``reading`` are the findings of binding the workbook: with them the list is complete, and a 核实说明 may
    close those of the tier 核实 as well. Raises ``PackError`` for settings of rules that do not exist.
    """
    return engine.run(case, catalogue.CHECKS, reading)
