"""Every contradiction, at its cell: a case → findings with code, tier, basis and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from docgen.checks import catalogue, engine
from docgen.checks.case import Case
from docgen.checks.page import rules_page
from docgen.figures import compute
from docgen.figures.acceptance import EXECUTION_SCORE, INDICATOR_SCORE, Key, acceptance, folded, place_key
from docgen.finding import Finding

__all__ = ["Case", "check", "rules_page", "settle"]


def check(case: Case, reading: Iterable[Finding] = ()) -> list[Finding]:
    """All findings, gravest first, explanations applied.

    ``reading`` are the findings of binding the workbook: with them the list is complete, and a 核实说明 may
    close those of the tier 核实 as well. Raises ``PackError`` for settings of rules that do not exist.
    """
    return engine.run(case, catalogue.CHECKS, reading)


def settle(case: Case, reading: Iterable[Finding] = ()) -> tuple[Case, list[Finding]]:
    """The case as it is printed, and all its findings, as ``check`` gives them.

    A claimed score counts only while the finding about it is closed by its explanation; where one is written
    and closes nothing, because it has lapsed or names too little, the figures are made without that claim.
    """
    told = list(reading)
    findings = check(case, told)
    withdrawn = _claims_not_explained(case, findings)
    if not withdrawn:
        return case, findings
    last_year = case.figures.final_accounts.last_year
    figures = compute(case.filing, case.norms, case.pack, last_year, withdrawn)
    settled = replace(case, figures=figures)
    return settled, check(settled, told)


def _claims_not_explained(case: Case, findings: Iterable[Finding]) -> frozenset[Key]:
    codes = {folded(INDICATOR_SCORE), folded(EXECUTION_SCORE)}
    claims = {key for key in acceptance(case.filing).keys if key[0] in codes}
    return frozenset(claims - {place_key(f.code, f.place) for f in findings if f.explained is not None})
