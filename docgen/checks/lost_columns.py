"""A column that is not in the sheet, told once, not at each row that would have filled it."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.checks.case import Case
from docgen.finding import Finding, Place
from docgen.workbook.complaints import COLUMN_MISSING


def told_once(findings: Iterable[Finding], case: Case) -> list[Finding]:
    """The findings, those at a column that is not there made one error that the column is missing.

    Columns that must be there are left to reading, which has reported them; a column that may be left out is
    missed only where a rule looks for something in it.
    """
    kept: list[Finding] = []
    missed: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        place = finding.place
        if place.label and not place.cell:
            missed.setdefault((place.sheet, place.label), []).append(finding)
        else:
            kept.append(finding)
    required = _required(case)
    return kept + [_missing(found) for column, found in missed.items() if column not in required]


def _missing(found: list[Finding]) -> Finding:
    place = found[0].place
    uses = f"，{len(found)} 处要用到它，如" if len(found) > 1 else ""
    message = f"没有“{place.label}”这一列{uses}：{found[0].message}"
    column = Place(place.workbook, place.sheet, label=place.label)
    return COLUMN_MISSING.at(column, message, f"有一列名为“{place.label}”，填好所缺的内容")


def _required(case: Case) -> set[tuple[str, str]]:
    return {
        (case.sheet_place(name).sheet, column.label)
        for name, sheet in case.pack.layout.used_sheets().items()
        for column in sheet.used_columns().values()
        if column.required
    }
