"""The contradictions of the first county's published set: each found at its cell, or impossible, or missed.

``published/first_findings.json`` names every one of them by id, kind and place. ``found`` lists the rule
and the cell that tell of it on the workbook as published; in ``A113 收支!D2 → 收支!C3`` the rule speaks at
the first cell and names the second. ``cannot`` is the reason why one source of all documents leaves no room
for it, ``missed`` what an entered value does wrong and no rule sees.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from docgen.checks.catalogue import RULES
from docgen.pipeline import examine

ROOT = Path(__file__).parent.parent
PUBLISHED = ROOT / "inputs" / "xinxiang-2021-as-published.xlsx"
LIST: dict[str, Any] = json.loads(
    (Path(__file__).parent / "published" / "first_findings.json").read_text("utf-8")
)
ENTRIES: list[dict[str, Any]] = LIST["findings"]
FATES = ("found", "cannot", "missed")
AT_LEAST = 95  # of a hundred whose cause is an entered value


@cache
def told() -> frozenset[str]:
    """``B101 项目资金!E10`` for every finding, with ``→ 项目资金!E11`` for each cell it names."""
    findings = examine(PUBLISHED).findings
    primary = {f"{finding.code} {finding.place}" for finding in findings}
    return frozenset(
        primary | {f"{f.code} {f.place} → {related.place}" for f in findings for related in f.related}
    )


def test_every_contradiction_of_the_list_has_one_fate() -> None:
    assert [entry["id"] for entry in ENTRIES] == [f"002-{number:03d}" for number in range(1, 249)]
    assert [entry["id"] for entry in ENTRIES if sum(fate in entry for fate in FATES) != 1] == []


def test_what_cannot_occur_says_why() -> None:
    reasons = {entry["cannot"] for entry in ENTRIES if "cannot" in entry}
    assert reasons == set(LIST["reasons"])


@pytest.mark.parametrize("entry", [e for e in ENTRIES if "found" in e], ids=lambda entry: entry["id"])
def test_what_an_entered_value_causes_is_found_at_its_cell(entry: dict[str, Any]) -> None:
    assert set(entry["found"]) <= told()


def test_nineteen_of_twenty_with_an_entered_cause_are_found() -> None:
    fates = Counter(next(fate for fate in FATES if fate in entry) for entry in ENTRIES)
    assert fates["found"] * 100 >= AT_LEAST * (fates["found"] + fates["missed"])


def test_the_rules_named_in_the_list_exist() -> None:
    named = {line.partition(" ")[0] for entry in ENTRIES for line in entry.get("found", ())}
    assert named <= {rule.code for rule in RULES}
