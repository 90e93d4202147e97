"""Every rule, once, in the order of RULES.md."""

from __future__ import annotations

from collections import Counter

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
    last_year,
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
from docgen.workbook.complaints import COMPLAINTS

CHECKS: tuple[Rule, ...] = (
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
