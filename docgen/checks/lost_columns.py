"""A column that is not in the sheet, told once, not at each row that would have filled it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from docgen.checks.case import Case
from docgen.checks.rule import Rule
from docgen.finding import Finding, Place
from docgen.workbook.complaints import COLUMN_MISSING


def told_once(findings: Iterable[Finding], case: Case, rules: Iterable[Rule]) -> list[Finding]:
    """The findings, those at a column that is not there made one error that the column is missing.

    Columns that reading has reported are left to it; one that may be left out is missed only where a rule
    looks for something in it. What ``rules`` that need a lost column of amounts conclude is not told again.
    """
    kept: list[Finding] = []
    missed: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        place = finding.place
        if place.label and not place.cell:
            missed.setdefault((place.sheet, place.label), []).append(finding)
        else:
            kept.append(finding)
    if not missed:
        return kept
    reported, amounts = _columns(case)
    told = {column: found for column, found in missed.items() if column not in reported}
    lost = {amounts[column] for column in told if column in amounts}
    doubting = replace(case.filing, gaps=case.filing.gaps | lost)
    silent = {rule.code for rule in rules if lost and not doubting.is_whole(*rule.needs)}
    return [found for found in kept if found.code not in silent] + [_missing(each) for each in told.values()]


def _missing(found: list[Finding]) -> Finding:
    place = found[0].place
    uses = f"，{len(found)} 处要用到它，如" if len(found) > 1 else ""
    message = f"没有“{place.label}”这一列{uses}：{found[0].message}"
    column = Place(place.workbook, place.sheet, label=place.label)
    return COLUMN_MISSING.at(column, message, f"有一列名为“{place.label}”，填好所缺的内容")


def _columns(case: Case) -> tuple[set[tuple[str, str]], dict[tuple[str, str], str]]:
    """By sheet and label: the columns whose loss reading reports, and the keys of those of amounts."""
    reported, amounts = set(), {}
    for name, sheet in case.pack.layout.used_sheets.items():
        title = case.sheet_place(name).sheet
        for key, column in sheet.used_columns.items():
            if column.required or f"{name}.{key}" in case.filing.gaps:
                reported.add((title, column.label))
            if column.type == "money":
                amounts[title, column.label] = f"{name}.{key}"
    return reported, amounts
