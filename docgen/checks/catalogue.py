"""Every rule, once, in the order of RULES.md."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from docgen.checks import (
    account_sides,
    accounts,
    across,
    amounts,
    balances,
    changed_projects,
    claims,
    codes,
    completeness,
    department_assets,
    department_fields,
    department_money,
    disclosed_words,
    entries,
    evaluations,
    execution,
    explanations,
    extra_points,
    goals,
    kinds,
    last_year,
    left_out,
    lexical,
    listed_items,
    monitoring,
    naming,
    overall,
    problems,
    report_lines,
    report_ties,
    results,
    scores,
    statements,
    targets,
    totals,
    transfer_results,
    transfers,
    uses,
    weights,
    words,
    year_on_year,
)
from docgen.checks.rule import Rule
from docgen.finding import Severity
from docgen.packs import CheckSetting, Pack
from docgen.packs.lint import open_pack
from docgen.workbook.complaints import COMPLAINTS

CHECKS: tuple[Rule, ...] = (
    *left_out.RULES,
    *amounts.RULES,
    *execution.RULES,
    *weights.RULES,
    *targets.RULES,
    *results.RULES,
    *scores.RULES,
    *totals.RULES,
    *accounts.RULES,
    *account_sides.RULES,
    *balances.RULES,
    *entries.RULES,
    *codes.RULES,
    *uses.RULES,
    *last_year.RULES,
    *changed_projects.RULES,
    *evaluations.RULES,
    *transfers.RULES,
    *transfer_results.RULES,
    *department_money.RULES,
    *completeness.RULES,
    *report_lines.RULES,
    *report_ties.RULES,
    *department_assets.RULES,
    *extra_points.RULES,
    *across.RULES,
    *department_fields.RULES,
    *overall.RULES,
    *year_on_year.RULES,
    *monitoring.RULES,
    *goals.RULES,
    *problems.RULES,
    *listed_items.RULES,
    *naming.RULES,
    *words.RULES,
    *lexical.RULES,
    *statements.RULES,
    *claims.RULES,
    *disclosed_words.RULES,
)
"""The rules that look at a case."""

READING: tuple[Rule, ...] = tuple(
    Rule(c.code, c.slug, c.severity, "工作簿的格式", c.sentence, c.wrong, c.right, c.fix) for c in COMPLAINTS
)
"""What reading the workbook reports, for the documentation."""

RULES: tuple[Rule, ...] = (*READING, *CHECKS, *explanations.RULES)
"""Every code that a finding may carry."""


def repeated_codes() -> list[str]:
    """Codes and slugs given more than once; empty, and kept so by a test."""
    counts = Counter(name for rule in RULES for name in (rule.code, rule.slug))
    return [name for name, count in counts.items() if count > 1]


def rules_of(pack_id: str) -> tuple[Rule, ...]:
    """Every rule as a pack has it: switched off, another tier, and those it declares itself.

    Raises ``PackError`` for a pack that does not exist or cannot be read.
    """
    pack = open_pack(pack_id)
    own = [_as_set(rule, pack) for rule in RULES if pack.checks.get(rule.code, CheckSetting()).enabled]
    declared = [rule for rule in kinds.declared(pack) if pack.checks[rule.code].enabled]
    return (*own, *(_as_set(rule, pack) for rule in declared))


def _as_set(rule: Rule, pack: Pack) -> Rule:
    setting = pack.checks.get(rule.code, CheckSetting())
    tier = next((each for each in Severity if each.value == setting.severity), rule.severity)
    return replace(rule, severity=tier, basis=setting.basis or rule.basis)
