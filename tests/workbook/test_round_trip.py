"""What is written into a new workbook is read back as the same filing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.model import Entered, Filing, UndertakingKind
from docgen.packs import Column
from docgen.quantity import MoneyUnit
from docgen.workbook import bind, read, write_workbook
from docgen.workbook.blank import Value
from docgen.workbook.folding import key
from docgen.workbook.lists import closed_lists
from docgen.workbook.records import is_example
from docgen.workbook.targets import parse_target
from tests.workbook.clerk import YEAR, pack, tiers

Row = dict[str, Value]
Lists = Mapping[str, tuple[str, ...]]


def words(size: int = 12) -> st.SearchStrategy[str]:
    """What a clerk may type on one line: any letter, sign or digit, tidy at both ends."""
    letters = st.characters(exclude_categories=("C", "Z"))
    return st.text(letters, min_size=1, max_size=size).filter(lambda t: bool(key(t)) and not is_example(t))


def decimals(places: int, top: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(0, top, places=places)


SIGNS, MEASURES = st.sampled_from(["≥", "<", "", "大于"]), st.sampled_from(["%", "人", "万元"])
VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    "text": words(),
    "paragraphs": st.lists(words(40), min_size=1, max_size=3).map("\n".join),
    "money": decimals(4, 10**8),
    "ratio": decimals(4, 1),
    "points": decimals(2, 100),
    "count": decimals(0, 10**6),
    "target": st.one_of(st.builds("{}{}{}".format, SIGNS, st.integers(0, 999), MEASURES), words()),
    "date": st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    "year": st.integers(1990, 2099),
    "yes_no": st.booleans(),
}


def a_value(column: Column, lists: Lists) -> st.SearchStrategy[Any]:
    if column.type == "choice":
        return st.sampled_from(column.choices or lists[column.choices_from])
    return VALUES[column.type]


def a_row(columns: Mapping[str, Column], lists: Lists) -> st.SearchStrategy[Row]:
    values = {name: a_value(column, lists) for name, column in columns.items()}
    required = {name: value for name, value in values.items() if columns[name].required}
    optional = {name: value for name, value in values.items() if not columns[name].required}
    return st.fixed_dictionaries(required, optional=optional)


def grouped(rows: list[Row], projects: list[str]) -> list[Row]:
    """The rows in the order of their projects, as a filing holds them."""
    return [row for project in projects for row in rows if row["project"] == project]


@st.composite
def fillings(draw: st.DrawFn) -> dict[str, list[Row]]:
    """Any workbook without mistakes: every sheet with some rows."""
    layout = pack().layout
    units = draw(st.lists(words(), min_size=1, max_size=3, unique_by=key))
    projects = draw(st.lists(words(), min_size=1, max_size=3, unique_by=key))
    lists = {**closed_lists(layout, tiers(pack())), "scopes": (layout.department_scope,)}
    lists |= {"units.name": tuple(units), "projects.name": tuple(projects)}
    lists["sections"] = tuple(section.title for section in layout.sections_of("department").values())
    rows: dict[str, list[Row]] = {}
    for name, sheet in layout.used_sheets().items():
        columns = {each: column for each, column in sheet.used_columns().items() if each != "short_name"}
        most = 1 if sheet.kind == "fields" or name == "narratives" else 3
        rows[name] = draw(st.lists(a_row(columns, lists), min_size=1, max_size=most))
    rows["units"] = [{**rows["units"][0], "name": name} for name in units]
    rows["projects"] = [{**rows["projects"][0], "name": name} for name in projects]
    total = layout.sheets["funding"].columns["source"].total
    source = next(each for each in layout.sheets["funding"].columns["source"].choices if each != total)
    sources = [row if row["source"] != total else {**row, "source": source} for row in rows["funding"]]
    rows["funding"] = grouped(sources, projects)
    rows["indicators"] = grouped(rows["indicators"], projects)
    rows["department"][0]["pack"] = pack().id
    return rows


def as_held(column: Column, value: Value, unit: MoneyUnit) -> object:
    """What a filing holds for a typed value."""
    if column.type == "money" and isinstance(value, Decimal):
        return value * unit.in_yuan
    return parse_target(value) if column.type == "target" and isinstance(value, str) else value


def held(entered: Entered[Any]) -> object:
    value = entered.value
    return value.value if isinstance(value, MoneyUnit | UndertakingKind) else value


def records(filing: Filing, sheet: str) -> list[Any]:
    if sheet in {"funding", "indicators"}:
        return [row for project in filing.projects for row in getattr(project, sheet)]
    found = getattr(filing, sheet)
    return [found] if sheet == "department" else list(found)


@settings(max_examples=25)
@given(fillings())
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: dict[str, list[Row]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "来回.xlsx"
    write_workbook(path, pack(), YEAR, rows)
    result = bind(read(path), pack().layout, tiers(pack()))
    assert result.findings == ()
    unit = result.filing.department.money_unit.otherwise(MoneyUnit.WAN)
    for sheet, written in rows.items():
        columns = pack().layout.sheets[sheet].used_columns()
        for row, record in zip(written, records(result.filing, sheet), strict=True):
            wanted = {name: as_held(columns[name], value, unit) for name, value in row.items()}
            assert {name: held(getattr(record, name)) for name in wanted} == wanted
