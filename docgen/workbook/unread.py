"""What of the sheets could not be read, so that nobody draws a second finding from its absence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from docgen.finding import Finding, Related
from docgen.packs import Layout, Sheet
from docgen.workbook import complaints
from docgen.workbook.folding import key
from docgen.workbook.locate import Located
from docgen.workbook.records import Record
from docgen.workbook.strange import mistaken

_OWNER = "project"  # the column by which a row of 项目资金 or 绩效指标 is put with its project
_NAMED = ("units", "projects")
_SORTING = ("choice", "code")  # the types of columns that say what a row belongs to


def gaps_of(
    layout: Layout,
    located: Mapping[str, Located],
    records: Mapping[str, list[Record]],
    lost: frozenset[str] = frozenset(),
) -> frozenset[str]:
    """``Filing.gaps``: ``funding`` for a sheet without all its rows, ``funding.source`` for a lost column.

    ``lost`` are the sheets that should be in the workbook and are not.
    """
    gaps = set(lost)
    for name, sheet in layout.used_sheets.items():
        place = located.get(name)
        if place is not None and place.is_usable:
            gaps.update(f"{name}.{column}" for column in _lost_columns(place))
            gaps.update(_lost_rows(name, sheet, records[name]))
        elif place is not None:
            gaps.add(name)
    if gaps & {"projects", "projects.name"}:
        gaps |= {name for name, sheet in layout.used_sheets.items() if _has_owner(sheet)}
    return frozenset(gaps)


def _lost_columns(place: Located) -> Iterator[str]:
    for name, column in place.sheet.used_columns.items():
        if name not in place.columns and (column.required or name in place.doubled):
            yield name
    yield from mistaken(place)


def _lost_rows(name: str, sheet: Sheet, rows: list[Record]) -> Iterator[str]:
    """The sheet, where it has no rows or one could not be put where it belongs: name, project, item lost."""
    if not rows and sheet.filled:
        yield name
    elif name in _NAMED:
        names = [key(row["name"].value) if row["name"].is_given else "" for row in rows]
        if "" in names or len(set(names)) < len(names):
            yield name
        yield from (f"{name}.{column}" for column in _deciding(sheet) if _is_lost(rows, column))
    elif any(_is_lost(rows, column) for column in _deciding(sheet)):
        yield name


def _deciding(sheet: Sheet) -> list[str]:
    """The columns that say what a row belongs to."""
    columns = sheet.used_columns
    if _has_owner(sheet):
        return [_OWNER]
    return [name for name, column in columns.items() if column.required and column.type in _SORTING]


def _has_owner(sheet: Sheet) -> bool:
    """Whether rows belong to a project; 项目支出 of 支出 is an amount, not an owner."""
    return _OWNER in sheet.columns and sheet.columns[_OWNER].type == "choice"


def _is_lost(rows: list[Record], column: str) -> bool:
    return any(not row[column].is_given for row in rows)


def once_for_each_name(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, those on one unknown name in one column made a single one: one mistake, one finding."""
    kept: list[Finding] = []
    first: dict[tuple[str, str, str], int] = {}
    for finding in findings:
        where = (finding.place.sheet, finding.place.label, finding.message)
        if finding.code != complaints.NAME_UNKNOWN.code or where not in first:
            first.setdefault(where, len(kept))
            kept.append(finding)
            continue
        earlier = kept[first[where]]
        again = Related(finding.place, "同样的名称")
        kept[first[where]] = replace(earlier, related=(*earlier.related, again))
    return kept
