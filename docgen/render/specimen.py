"""A made-up workbook in which every list of a pack has an entry: what its templates are tried with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import product

from docgen.packs import Column, Layout, Pack

Row = dict[str, str | Decimal | int | bool | date | None]
Rows = dict[str, list[Row]]

# columns that say which row it is; every one of their closed lists is gone through
_KEYS: Mapping[str, tuple[str, ...]] = {
    "units": ("report_style",),
    "funding": ("project", "source"),
    "undertakings": ("kind",),
    "accounts": ("item",),
    "sangong": ("item",),
    "procurement": ("category",),
    "staff": ("item",),
    "functions": (),
    "balance_sheet": ("item",),
    "asset_stock": ("item",),
    "acquisitions": ("category",),
    "nontax": (),
    "guarantees": ("kind",),
    "quarters": ("quarter",),
    "duties": (),
    "goal_indicators": ("project",),
    "problems": (),
    "listed_items": ("category",),
    "past_evaluations": (),
    "evaluations": (),
    "evaluators": (),
}
_TYPICAL: Mapping[str, str | Decimal | int | bool | date] = {
    "money": Decimal(10),
    "ratio": Decimal(1),
    "points": Decimal(5),
    "count": 1,
    "target": "≥90%",
    "date": date(2000, 1, 1),
    "yes_no": "是",
}
_TEXT = "样本"
_SHORT: Mapping[str, str | Decimal] = {"annual_spending": Decimal(8), "final": Decimal(8), "actual": "80%"}


def specimen(pack: Pack) -> Rows:
    """Rows for ``write_workbook``: a unit for each report style, each with a project, each with every level.

    Results fall short of their targets, so that deductions and their reasons appear too.
    """
    layout = pack.layout
    styles = layout.sheets["units"].columns["report_style"].choices or ("",)
    units = [f"样本单位{number}" for number, _ in enumerate(styles, 1)]
    projects = [f"样本项目{number}" for number, _ in enumerate(styles, 1)]
    lists = {"units.name": tuple(units), "projects.name": tuple(projects), "undertakings.name": (_TEXT,)}
    rows: Rows = {key: _rows(layout, key, lists) for key in _KEYS if key in layout.used_sheets}
    rows["department"] = [_typical(layout, "department", {"name": "样本部门", "money_unit": "万元"})]
    rows["units"] = [
        row | {"name": unit, "self_evaluates": "是"} for row, unit in zip(rows["units"], units, strict=True)
    ]
    rows["projects"] = [
        _typical(layout, "projects", {"name": project, "unit": unit})
        for project, unit in zip(projects, units, strict=True)
    ]
    rows["indicators"] = [
        _typical(layout, "indicators", {"project": project} | level)
        for project, level in product(projects, _levels(layout.project_levels))
    ]
    rows["overall"] = [_typical(layout, "overall", level) for level in _levels(layout.overall_levels)]
    rows["narratives"] = list(_narratives(layout, units))
    return {key: found for key, found in rows.items() if key in layout.used_sheets}


def _rows(layout: Layout, key: str, lists: Mapping[str, tuple[str, ...]]) -> list[Row]:
    columns = layout.sheets[key].columns
    choices = [lists.get(columns[name].choices_from, columns[name].choices) or ("",) for name in _KEYS[key]]
    return [_typical(layout, key, dict(zip(_KEYS[key], values, strict=True))) for values in product(*choices)]


def _levels(levels: Mapping[str, tuple[str, ...]]) -> Iterable[dict[str, str]]:
    for level1, names in levels.items():
        for level2 in names:
            yield {"level1": level1, "level2": level2, "level3": f"样本{level2}"}


def _narratives(layout: Layout, units: Iterable[str]) -> Iterable[Row]:
    for section in layout.sections_of("department").values():
        yield {"scope": "部门整体", "section": section.title, "text": "样本文字。"}
    for unit, section in product(units, layout.sections_of("unit").values()):
        yield {"scope": unit, "section": section.title, "text": "样本文字。"}


def _typical(layout: Layout, key: str, given: Mapping[str, str]) -> Row:
    """A row of a sheet: ``given``, and something typical in every other column to be filled."""
    row: Row = {}
    for name, column in layout.sheets[key].used_columns.items():
        value = given.get(name) or _value(name, column)
        if value is not None and not column.is_computed:
            row[name] = value
    return row


def _value(name: str, column: Column) -> str | Decimal | int | bool | date | None:
    if column.type == "year" or name in {"pack", "score", "tier", "total_score", "grade"}:
        return None
    if column.choices:
        return column.choices[0]
    if column.choices_from:
        return None
    return _SHORT.get(name) or _TYPICAL.get(column.type, _TEXT)
