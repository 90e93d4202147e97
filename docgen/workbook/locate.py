"""Where things are: sheets by title, columns by printed label in any order, fields by their label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from docgen.finding import Finding, Place, Related
from docgen.packs import Column, Layout, Sheet
from docgen.workbook import complaints
from docgen.workbook.book import Book, Grid
from docgen.workbook.folding import bare_label_key, key, label_key, nearest

HEADING_ROWS = 10
_FIELD_ROWS = 200


@dataclass(slots=True)
class Located:
    """A sheet of the layout found in the book: column key → column number, or field key → row number.

    ``doubled`` are the keys whose label stands there twice; they are not read. ``strange`` are the numbers of
    the columns that no label of the layout names: what they are is seen from what they hold. ``filled`` are
    the rows that were filled, once somebody has asked for them (see ``filled_rows``).
    """

    sheet: Sheet
    grid: Grid
    heading: int = -1
    columns: dict[str, int] = field(default_factory=dict)
    doubled: set[str] = field(default_factory=set)
    strange: list[int] = field(default_factory=list)
    value_column: int = 1
    filled: tuple[int, ...] | None = None

    @property
    def is_usable(self) -> bool:
        """Whether its headings were found."""
        return bool(self.columns)


def locate(book: Book, layout: Layout) -> tuple[dict[str, Located], list[Finding]]:
    """The sheets of ``layout`` in ``book`` by key, and the headings that are missing or doubled."""
    findings: list[Finding] = []
    located = {}
    for name, grid in _sheets(book, layout).items():
        sheet = layout.sheets[name]
        located[name] = (
            _fields(sheet, grid, findings) if sheet.kind == "fields" else _table(sheet, grid, findings)
        )
    return located, findings


def _sheets(book: Book, layout: Layout) -> dict[str, Grid]:
    by_title = {key(grid.title): grid for grid in reversed(book.sheets)}
    found: dict[str, Grid] = {}
    for name, sheet in layout.used_sheets.items():
        grid = next((by_title[key(t)] for t in (sheet.title, *sheet.aliases) if key(t) in by_title), None)
        if grid is not None:
            found[name] = grid
    return found


def headings_in(sheet: Sheet, grid: Grid) -> int:
    """How many labels of ``sheet`` stand in one of the first rows."""
    labels = _labels(sheet)
    rows = grid.rows[:HEADING_ROWS]
    return max((sum(_match(value, labels) is not None for value in row) for row in rows), default=0)


def _labels(sheet: Sheet) -> dict[str, str]:
    """Every accepted label, as compared, → column key. Printed labels win over aliases."""
    columns = sheet.used_columns
    labels = {label_key(alias): name for name, column in columns.items() for alias in column.aliases}
    return labels | {label_key(column.label): name for name, column in columns.items()}


def _match(value: object, labels: Mapping[str, str]) -> str | None:
    if not isinstance(value, str) or not value:
        return None
    return labels.get(label_key(value)) or labels.get(bare_label_key(value))


def _table(sheet: Sheet, grid: Grid, findings: list[Finding]) -> Located:
    located = Located(sheet, grid)
    labels = _labels(sheet)
    heading, found = _heading(grid, labels)
    if not found:
        findings.append(_no_headings(sheet, grid, "前十行里找不到表头。", "有一行写着 {} 等列名"))
        return located
    located.heading = heading
    names = [(_match(value, labels), index) for index, value in enumerate(grid.rows[heading])]
    _settle(located, [(name, index, grid.place(heading, index)) for name, index in names if name], findings)
    unknown = [index for name, index in names if not name]
    titled = [index for index in unknown if str(grid.raw(heading, index)).strip()]
    untitled = set() if _missing(located) else set(unknown) - set(titled)
    _missing_columns(located, titled, findings)
    located.strange = sorted({*located.strange, *(untitled and untitled & _held(grid, heading))})
    return located


def _heading(grid: Grid, labels: Mapping[str, str]) -> tuple[int, int]:
    """Of the first ten rows the first with most labels, and how many; the width of the sheet is the most."""
    rows = grid.rows[:HEADING_ROWS]
    width = max(map(len, rows), default=0)
    best, most = -1, 0
    for row, line in enumerate(rows):
        found = sum(_match(value, labels) is not None for value in line)
        if found > most:
            best, most = row, found
        if most == width:
            break
    return best, most


def _held(grid: Grid, heading: int) -> set[int]:
    """The columns that hold something below the headings."""
    return {index for line in grid.rows[heading + 1 :] for index, value in enumerate(line) if value != ""}


def _fields(sheet: Sheet, grid: Grid, findings: list[Finding]) -> Located:
    """A sheet of label and value side by side; the labels stand in the column that has most of them."""
    located = Located(sheet, grid)
    labels = _labels(sheet)
    rows = range(min(len(grid.rows), _FIELD_ROWS))
    width = max(map(len, grid.rows), default=0)
    scores = [sum(_match(grid.raw(row, index), labels) is not None for row in rows) for index in range(width)]
    if not any(scores):
        findings.append(_no_headings(sheet, grid, "找不到各项的名称。", "A 列写着 {} 等名称"))
        return located
    beside = scores.index(max(scores))
    located.value_column = beside + 1
    names = [(_match(grid.raw(row, beside), labels), row) for row in rows]
    _settle(located, [(name, row, grid.place(row, beside)) for name, row in names if name], findings)
    for column in _missing(located).values():
        place = Place(grid.workbook, grid.title, label=column.label)
        expected = f"A 列有一行写着“{column.label}”"
        findings.append(complaints.COLUMN_MISSING.at(place, f"没有“{column.label}”这一行。", expected))
    return located


def _no_headings(sheet: Sheet, grid: Grid, message: str, expected: str) -> Finding:
    first = "、".join(f"“{column.label}”" for column in list(sheet.used_columns.values())[:3])
    return complaints.HEADINGS_MISSING.at(Place(grid.workbook, grid.title), message, expected.format(first))


def _settle(located: Located, cells: list[tuple[str, int, Place]], findings: list[Finding]) -> None:
    """Keep the labels found once. Of two alike nobody can know which one counts, so neither is read."""
    for name, index, _ in cells:
        if name in located.columns:
            located.doubled.add(name)
        located.columns.setdefault(name, index)
    for name in sorted(located.doubled):
        del located.columns[name]
        first, second = [place for found, _, place in cells if found == name][:2]
        label = located.sheet.columns[name].label
        message = f"“{label}”出现了两次（{first.cell}、{second.cell}），不知道以哪个为准，都没有读取。"
        related = (Related(first, "第一次出现在这里"),)
        findings.append(complaints.HEADING_TWICE.at(second, message, related=related))


def _missing(located: Located) -> dict[str, Column]:
    """The required columns that are not there."""
    known = located.columns.keys() | located.doubled
    columns = located.sheet.used_columns
    return {name: column for name, column in columns.items() if column.required and name not in known}


def _missing_columns(located: Located, unknown: list[int], findings: list[Finding]) -> None:
    grid, heading = located.grid, located.heading
    spare = {str(grid.raw(heading, index)).strip(): index for index in reversed(unknown)}
    missing = _missing(located)
    for column in missing.values():
        near = nearest(column.label, spare)
        if not near and len(missing) == len(spare) == 1:
            near = next(iter(spare))  # one is missing and one is strange: it may have been renamed altogether
        place, guess = Place(grid.workbook, grid.title, label=column.label), ""
        if near:
            place = grid.place(heading, spare.pop(near), near)
            guess = f"{place.cell} 的“{near}”是不是它改了名？"
        message = f"表头里没有“{column.label}”。{guess}"
        findings.append(complaints.COLUMN_MISSING.at(place, message, f"有一列名为“{column.label}”"))
    located.strange = sorted(spare.values())
