"""Every rule, once, in the order of RULES.md."""

from __future__ import annotations

from docgen.checks.rule import Rule

RULES: tuple[Rule, ...] = ()
