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
from docgen.packs import Column, Pack, load_pack, norms_at
from docgen.quantity import MoneyUnit
from docgen.workbook import bind, read, write_workbook
from docgen.workbook.blank import Value
from docgen.workbook.folding import key
from docgen.workbook.lists import closed_lists
from docgen.workbook.records import is_example
from docgen.workbook.targets import parse_target
from tests.workbook.clerk import tiers

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
    "code": st.sampled_from(("208", "20801", "2080101", "30101")),
}
YEARS = {"xinxiang": 2021, "zezhou": 2024}
# Sheets whose rows belong to the rows of another: sheet → owner's sheet, the column that names the owner.
OWNED = {
    "funding": ("projects", "project"),
    "indicators": ("projects", "project"),
    "transfer_funding": ("transfers", "transfer"),
    "transfer_management": ("transfers", "transfer"),
    "transfer_indicators": ("transfers", "project"),
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


def grouped(rows: list[Row], column: str, owners: list[str]) -> list[Row]:
    """The rows in the order of what they belong to, as a filing holds them."""
    return [row for owner in owners for row in rows if row[column] == owner]


@st.composite
def fillings(draw: st.DrawFn, pack: Pack) -> dict[str, list[Row]]:
    """Any workbook without mistakes: every sheet with some rows."""
    layout = pack.layout
    known = tuple(tier.name for tier in norms_at(pack, YEARS[pack.id]).tiers)
    lists: dict[str, tuple[str, ...]] = {**closed_lists(layout, known), "scopes": (layout.department_scope,)}
    named = [sheet for sheet in ("units", "projects", "transfers") if sheet in layout.used_sheets]
    for owner in named:
        lists[f"{owner}.name"] = tuple(draw(st.lists(words(), min_size=1, max_size=3, unique_by=key)))
    lists["sections"] = tuple(section.title for section in layout.sections_of("department").values())
    rows: dict[str, list[Row]] = {}
    for name, sheet in layout.used_sheets.items():
        columns = {each: column for each, column in sheet.used_columns.items() if each != "short_name"}
        most = 1 if sheet.kind == "fields" or name == "narratives" else 3
        rows[name] = draw(st.lists(a_row(columns, lists), min_size=1, max_size=most))
    for name in named:
        rows[name] = [{**rows[name][0], "name": owner} for owner in lists[f"{name}.name"]]
    total = layout.sheets["funding"].columns["source"].total
    source = next(each for each in layout.sheets["funding"].columns["source"].choices if each != total)
    rows["funding"] = [
        row if row["source"] != total else {**row, "source": source} for row in rows["funding"]
    ]
    for name, (owners, column) in OWNED.items():
        rows[name] = grouped(rows.get(name, []), column, list(lists.get(f"{owners}.name", ())))
    rows["department"][0]["pack"] = pack.id
    return rows


def as_held(column: Column, value: Value, unit: MoneyUnit) -> object:
    """What a filing holds for a typed value."""
    if column.type == "money" and isinstance(value, Decimal):
        return value * unit.in_yuan
    return parse_target(value) if column.type == "target" and isinstance(value, str) else value


def held(record: object, name: str) -> object:
    extras: Mapping[str, Entered[Any]] = getattr(record, "extras", {})
    entered: Entered[Any] = getattr(record, name) if hasattr(record, name) else extras[name]
    value = entered.value
    return value.value if isinstance(value, MoneyUnit | UndertakingKind) else value


def records(filing: Filing, sheet: str) -> list[Any]:
    if sheet in OWNED:
        return [
            row
            for owner in getattr(filing, OWNED[sheet][0])
            for row in getattr(owner, sheet.removeprefix("transfer_"))
        ]
    holder = filing if hasattr(filing, sheet) else filing.final_accounts
    found = getattr(holder, sheet)
    return [found] if sheet == "department" else list(found)


@pytest.mark.parametrize("county", YEARS)
@settings(max_examples=25)
@given(st.data())
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, county: str, data: st.DataObject
) -> None:
    pack = load_pack(county)
    rows = data.draw(fillings(pack))
    path = tmp_path_factory.getbasetemp() / "来回.xlsx"
    write_workbook(path, pack, YEARS[county], rows)
    result = bind(read(path), pack.layout, tiers(pack))
    assert result.findings == ()
    unit = result.filing.department.money_unit.otherwise(MoneyUnit.WAN)
    for sheet, written in rows.items():
        columns = pack.layout.sheets[sheet].used_columns if written else {}
        for row, record in zip(written, records(result.filing, sheet), strict=True):
            wanted = {name: as_held(columns[name], value, unit) for name, value in row.items()}
            assert {name: held(record, name) for name in wanted} == wanted
