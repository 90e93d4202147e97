"""The lists that columns are chosen from: closed ones of the pack, and names that other sheets give."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.packs import Layout
from docgen.workbook import complaints
from docgen.workbook.folding import key, one_line
from docgen.workbook.locate import Located
from docgen.workbook.reading import Choices
from docgen.workbook.records import filled_rows

LEVELS = ("project_levels", "overall_levels", "transfer_levels")
# Whose names the column 适用单位 may hold, beside the department: what a section is written per → its sheet.
SCOPES = {"unit": "units", "project": "projects", "transfer": "transfers"}


def closed_lists(layout: Layout, tiers: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The lists that do not depend on what the clerk fills in, by the name columns use for them."""
    found = {"norms.tiers": tiers}
    for name in LEVELS:
        levels: Mapping[str, tuple[str, ...]] = getattr(layout, name)
        found[f"{name}.1"] = tuple(levels)
        found[f"{name}.2"] = tuple(dict.fromkeys(level2 for group in levels.values() for level2 in group))
    titles = (section.title for section in layout.sections.values() if section.enabled)
    found["sections"] = tuple(dict.fromkeys(titles))
    return found


def lists_of(
    layout: Layout,
    located: Mapping[str, Located],
    tiers: tuple[str, ...],
    lost: frozenset[str] = frozenset(),
) -> dict[str, Choices]:
    """Every list by name. One whose own sheet or column is missing or empty is left out: anything is read.

    ``lost`` are the sheets that should be in the workbook and are not.
    """
    lists = {name: Choices.of(entries) for name, entries in closed_lists(layout, tiers).items()}
    for name in _sources(layout):
        sheet, column = name.split(".")
        found = _names(located.get(sheet), column)
        if found is not None:
            lists[name] = Choices(found, layout.sheets[sheet].title, complaints.NAME_UNKNOWN)
    scopes = scope_sheets(layout)
    named = [lists[f"{sheet}.name"] for sheet in scopes if f"{sheet}.name" in lists]
    if named and not any(_is_unread(sheet, layout, located, lost, lists) for sheet in scopes):
        scope = layout.department_scope
        entries = {word: name for each in reversed(named) for word, name in each.entries.items()}
        source = "”“".join(each.source for each in named)
        lists["scopes"] = Choices({**entries, key(scope): scope}, source, complaints.NAME_UNKNOWN)
    return lists


def _is_unread(
    sheet: str,
    layout: Layout,
    located: Mapping[str, Located],
    lost: frozenset[str],
    lists: Mapping[str, Choices],
) -> bool:
    """Whether the names of a sheet are not known though there are some."""
    place = located.get(sheet)
    return (
        sheet in lost
        or (place is not None and "name" not in place.columns)
        or (layout.sheets[sheet].required and f"{sheet}.name" not in lists)
    )


def scope_sheets(layout: Layout) -> list[str]:
    """The sheets whose names a text may be written for: the units', and those a section is written per."""
    wanted = {"unit", *(section.per for section in layout.sections.values() if section.enabled)}
    used = layout.used_sheets
    return [sheet for per, sheet in SCOPES.items() if per in wanted and sheet in used]


def _sources(layout: Layout) -> set[str]:
    """The lists that are columns of other sheets: ``units.name``."""
    used = {c.choices_from for s in layout.used_sheets.values() for c in s.used_columns.values()}
    wanted = used | {f"{sheet}.name" for sheet in scope_sheets(layout)}
    return {name for name in wanted if name.partition(".")[0] in layout.sheets}


def _names(located: Located | None, column: str) -> dict[str, str] | None:
    """The names in a column by key, and by the short name beside them where it is given and not taken.

    None where there are no names: reading anything is better than reporting every row.
    """
    if located is None or column not in located.columns:
        return None
    grid = located.grid
    rows = [(row, one_line(str(grid.raw(row, located.columns[column])))) for row in filled_rows(located)]
    names: dict[str, str] = {}
    for _, name in rows:
        if name:
            names.setdefault(key(name), name)
    short = located.columns.get(f"short_{column}")
    for row, name in rows:
        if short is not None and name and str(grid.raw(row, short)).strip():
            names.setdefault(key(str(grid.raw(row, short))), name)
    return names or None
