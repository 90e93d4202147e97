"""Where things are: sheets by title, columns by printed label in any order, fields by their label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from docgen.finding import Finding, Place, Related
from docgen.packs import Layout, Sheet
from docgen.workbook import complaints
from docgen.workbook.book import Book, Grid
from docgen.workbook.folding import bare_label_key, key, label_key, nearest

GUIDE, LISTS = "填写说明", "清单"  # the sheets of a new workbook that hold no data
_HEADING_ROWS = 10
_FIELD_ROWS = 200


@dataclass(slots=True)
class Located:
    """A sheet of the layout found in the book: column key → column number, or field key → row number."""

    sheet: Sheet
    grid: Grid
    heading: int = -1
    columns: dict[str, int] = field(default_factory=dict)
    value_column: int = 1

    @property
    def is_usable(self) -> bool:
        """Whether its headings were found."""
        return bool(self.columns)


def locate(book: Book, layout: Layout) -> tuple[dict[str, Located], list[Finding]]:
    """The sheets of ``layout`` in ``book`` by key, and what is missing, doubled or unknown."""
    findings: list[Finding] = []
    found = _sheets(book, layout)
    spare = [
        grid
        for grid in book.sheets
        if grid not in found.values() and not _is_ours(grid) and not grid.is_empty
    ]
    renamed = _missing_sheets(book, layout, found, spare, findings)
    findings += [
        complaints.SHEET_UNKNOWN.at(Place(book.name, grid.title), f"多出的表“{grid.title}”没有读取。")
        for grid in spare
        if grid.title not in renamed
    ]
    located = {}
    for name, grid in found.items():
        sheet = layout.sheets[name]
        located[name] = (
            _fields(sheet, grid, findings) if sheet.kind == "fields" else _table(sheet, grid, findings)
        )
    return located, findings


def _is_ours(grid: Grid) -> bool:
    return key(grid.title) in {GUIDE, LISTS}


def _sheets(book: Book, layout: Layout) -> dict[str, Grid]:
    by_title = {key(grid.title): grid for grid in reversed(book.sheets)}
    found: dict[str, Grid] = {}
    for name, sheet in layout.used_sheets().items():
        grid = next((by_title[key(t)] for t in (sheet.title, *sheet.aliases) if key(t) in by_title), None)
        if grid is not None:
            found[name] = grid
    return found


def _missing_sheets(
    book: Book, layout: Layout, found: Mapping[str, Grid], spare: list[Grid], findings: list[Finding]
) -> set[str]:
    """Report the required sheets that are not there; the titles that look like one renamed."""
    renamed: set[str] = set()
    for name, sheet in layout.used_sheets().items():
        if name in found or not sheet.required:
            continue
        near = nearest(sheet.title, [g.title for g in spare]) or _alike(sheet, spare)
        renamed.add(near)
        guess = f"“{near}”是不是它改了名？" if near else ""
        message = f"缺少表“{sheet.title}”。{guess}"
        findings.append(
            complaints.SHEET_MISSING.at(Place(book.name, near), message, f"有一张表名为“{sheet.title}”")
        )
    return renamed


def _alike(sheet: Sheet, spare: list[Grid]) -> str:
    """The title of a spare sheet with most of the headings of ``sheet``."""
    labels = _labels(sheet)
    for grid in spare:
        rows = grid.rows[:_HEADING_ROWS]
        best = max((sum(_match(value, labels) is not None for value in row) for row in rows), default=0)
        if best * 2 > len(sheet.used_columns()):
            return grid.title
    return ""


def _labels(sheet: Sheet) -> dict[str, str]:
    """Every accepted label, as compared, → column key. Printed labels win over aliases."""
    columns = sheet.used_columns()
    labels = {label_key(alias): name for name, column in columns.items() for alias in column.aliases}
    return labels | {label_key(column.label): name for name, column in columns.items()}


def _match(value: object, labels: Mapping[str, str]) -> str | None:
    if not isinstance(value, str) or not value:
        return None
    return labels.get(label_key(value)) or labels.get(bare_label_key(value))


def _table(sheet: Sheet, grid: Grid, findings: list[Finding]) -> Located:
    located = Located(sheet, grid)
    labels = _labels(sheet)
    scores = [sum(_match(value, labels) is not None for value in row) for row in grid.rows[:_HEADING_ROWS]]
    if not any(scores):
        first = "、".join(f"“{column.label}”" for column in list(sheet.used_columns().values())[:3])
        place = Place(grid.workbook, grid.title)
        findings.append(
            complaints.HEADINGS_MISSING.at(place, "前十行里找不到表头。", f"有一行写着 {first} 等列名")
        )
        return located
    located.heading = scores.index(max(scores))
    unknown: list[int] = []
    for index, value in enumerate(grid.rows[located.heading]):
        name = _match(value, labels)
        if name is None and str(value).strip():
            unknown.append(index)
        elif name in located.columns:
            findings.append(_twice(grid, located.heading, index, (located.heading, located.columns[name])))
        elif name is not None:
            located.columns[name] = index
    _missing_columns(located, unknown, findings)
    return located


def _twice(grid: Grid, row: int, column: int, first: tuple[int, int]) -> Finding:
    text = str(grid.raw(row, column)).strip()
    other = grid.place(*first, text)
    message = f"“{text}”出现了两次，第一次在 {other.cell}；只读了第一个。"
    related = (Related(other, "第一次出现在这里"),)
    return complaints.HEADING_TWICE.at(grid.place(row, column, text), message, related=related)


def _missing_columns(located: Located, unknown: list[int], findings: list[Finding]) -> None:
    grid, heading = located.grid, located.heading
    spare = {str(grid.raw(heading, index)).strip(): index for index in reversed(unknown)}
    for name, column in located.sheet.used_columns().items():
        if name in located.columns or not column.required:
            continue
        near = nearest(column.label, spare)
        place, guess = Place(grid.workbook, grid.title, label=column.label), ""
        if near:
            place = grid.place(heading, spare.pop(near), near)
            guess = f"{place.cell} 的“{near}”是不是它改了名？"
        message = f"表头里没有“{column.label}”。{guess}"
        findings.append(complaints.COLUMN_MISSING.at(place, message, f"有一列名为“{column.label}”"))
    for text, index in sorted(spare.items(), key=lambda pair: pair[1]):
        place = grid.place(heading, index, text)
        findings.append(complaints.COLUMN_UNKNOWN.at(place, f"多出的列“{text}”没有读取。"))


def _fields(sheet: Sheet, grid: Grid, findings: list[Finding]) -> Located:
    """A sheet of label and value side by side; the labels stand in the column that has most of them."""
    labels = _labels(sheet)
    rows = grid.rows[:_FIELD_ROWS]
    width = max(map(len, rows), default=0)
    counts = [
        sum(_match(grid.raw(row, column), labels) is not None for row in range(len(rows)))
        for column in range(width)
    ]
    located = Located(sheet, grid)
    if not any(counts):
        first = "、".join(f"“{column.label}”" for column in list(sheet.used_columns().values())[:3])
        place = Place(grid.workbook, grid.title)
        findings.append(
            complaints.HEADINGS_MISSING.at(place, "找不到各项的名称。", f"A 列写着 {first} 等名称")
        )
        return located
    label_column = counts.index(max(counts))
    located.value_column = label_column + 1
    for row in range(len(rows)):
        name = _match(grid.raw(row, label_column), labels)
        if name in located.columns:
            findings.append(_twice(grid, row, label_column, (located.columns[name], label_column)))
        elif name is not None:
            located.columns[name] = row
    for name, column in sheet.used_columns().items():
        if column.required and name not in located.columns:
            place = Place(grid.workbook, grid.title, label=column.label)
            message = f"没有“{column.label}”这一行。"
            findings.append(complaints.COLUMN_MISSING.at(place, message, f"A 列有一行写着“{column.label}”"))
    return located
