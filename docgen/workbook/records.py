"""The rows of a located sheet → entered values by column key; the troubles of each cell → findings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from string import digits
from typing import Any, NamedTuple

from docgen.finding import Finding, Place
from docgen.model import Entered, Quantity
from docgen.packs import Column
from docgen.workbook import complaints
from docgen.workbook.book import Cell, Grid, Marks, cell_name, column_letter
from docgen.workbook.folding import has_control, label_key
from docgen.workbook.locate import Located
from docgen.workbook.reading import Context, read_cell
from docgen.workbook.targets import meaning

Record = dict[str, Entered[Any]]
_NUMBERS = ("money", "ratio", "points", "count")
_PENDING = "（公式）"
_EXAMPLE = ("(示例)", "示例:", "例:", "(例)", "[示例]")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a 指标值 or 完成值 was understood; ``kind`` is 定量 or 定性, ``meaning`` says it in words."""

    place: Place
    text: str
    kind: str
    meaning: str


@dataclass(slots=True)
class Notes:
    """What is collected while the sheets are read."""

    findings: list[Finding] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)


def is_example(text: str) -> bool:
    """Whether a row whose first value is ``text`` is the example of an empty workbook."""
    label = label_key(text)
    return label.startswith(_EXAMPLE) or label == "例"


def filled_rows(located: Located) -> tuple[int, ...]:
    """The rows below the headings that hold something in a column to be filled, examples left out."""
    if located.filled is None:
        located.filled = tuple(_filled_rows(located))
    return located.filled


def _filled_rows(located: Located) -> Iterator[int]:
    grid = located.grid
    columns = _input_columns(located)
    unread = _unread(grid.marks, columns)
    for row in range(located.heading + 1, grid.height if unread else len(grid.rows)):
        first = next((index for index in columns if _holds(grid, row, index, unread)), None)
        if first is not None and not is_example(str(grid.raw(row, first))):
            yield row


def _unread(marks: Marks, columns: Sequence[int]) -> frozenset[str]:
    """The cells of ``columns`` that hold something though they have no value: an error, a new formula."""
    letters = {column_letter(column) for column in columns}
    names = marks.errors.keys() | (marks.formulas - marks.strings)
    return frozenset(name for name in names if name.rstrip(digits) in letters)


def _input_columns(located: Located) -> list[int]:
    columns = located.sheet.columns
    return sorted(index for name, index in located.columns.items() if not columns[name].is_computed)


def _holds(grid: Grid, row: int, column: int, unread: Collection[str]) -> bool:
    raw = grid.raw(row, column)
    if raw != "":
        return not isinstance(raw, str) or bool(raw.strip())
    return bool(unread) and cell_name(row, column) in unread


class _Source(NamedTuple):
    """A column as it is read row by row.

    ``known`` are the texts that were read in it without a complaint, and what they say: names and levels
    stand in many rows.
    """

    name: str
    column: Column
    number: int | None
    letters: str
    known: dict[str, Any]


def _sources(located: Located) -> list[_Source]:
    sources = []
    for name, column in located.sheet.used_columns.items():
        index = located.columns.get(name)
        letters = "" if index is None else column_letter(index)
        sources.append(_Source(name, column, index, letters, {} if column.required else {"": None}))
    return sources


def table_records(located: Located, context: Context, notes: Notes) -> list[Record]:
    """A record for each filled row of a table, in order."""
    grid, sources, spans = located.grid, _sources(located), _spans(located)
    marked = grid.marks.formulas | grid.marks.errors.keys()
    found = []
    for row in filled_rows(located):
        line = grid.rows[row] if row < len(grid.rows) else ()
        record: Record = {}
        for name, column, index, letters, known in sources:
            if index is None:
                record[name] = Entered(None, Place(grid.workbook, grid.title, "", column.label))
                continue
            place = Place(grid.workbook, grid.title, f"{letters}{row + 1}", column.label)
            raw = line[index] if index < len(line) else ""
            if not isinstance(raw, str) or place.cell in marked or (row, index) in spans:
                cell = grid.cell(spans.get((row, index), row), index, column.label)
                record[name] = entered(cell, place, column, context, notes)
            elif raw in known:
                record[name] = given = Entered(known[raw], place, raw)
                if column.type == "target":
                    _note_target(given, notes)
            else:
                before = len(notes.findings)
                cell = Cell(raw or None, raw, place)
                record[name] = given = entered(cell, place, column, context, notes)
                if len(notes.findings) == before:
                    known[raw] = given.value
        found.append(record)
    return found


def _spans(located: Located) -> dict[tuple[int, int], int]:
    """For each cell of a list column that a merged area covers, the row that holds the area's value."""
    columns = located.sheet.columns
    keyed = {index for name, index in located.columns.items() if columns[name].type == "choice"}
    return {
        (row, merge.left): merge.top
        for merge in located.grid.marks.merges
        if merge.left in keyed and merge.top > located.heading
        for row in range(merge.top + 1, min(merge.bottom + 1, located.grid.height))
    }


def fields_record(located: Located, context: Context, notes: Notes) -> Record:
    """The one record of a sheet of labels and values."""
    grid = located.grid
    record: Record = {}
    for name, column in located.sheet.used_columns.items():
        row = located.columns.get(name)
        if row is None:
            record[name] = Entered(None, Place(grid.workbook, grid.title, "", column.label))
            continue
        cell = grid.cell(row, located.value_column, column.label)
        record[name] = entered(cell, cell.place, column, context, notes)
    return record


def entered(cell: Cell, place: Place, column: Column, context: Context, notes: Notes) -> Entered[Any]:
    """The value of a cell with its place; what is wrong with it is noted once."""
    if column.is_computed and cell.formula:
        return Entered(None, place)
    value, trouble = read_cell(cell, column, context)
    if trouble is not None:
        notes.findings.append(trouble.complaint.at(place, trouble.message, trouble.expected))
    elif value is None and column.required:
        notes.findings.append(complaints.BLANK.at(place, f"“{column.label}”是必填项，现在空着。"))
    if isinstance(cell.value, str) and has_control(cell.value):
        message = f"“{column.label}”里有看不见的控制字符，已去掉。"
        notes.findings.append(complaints.CONTROL_CHARACTERS.at(place, message))
    given = Entered(value, place, _text(cell, column))
    if column.type == "target":
        _note_target(given, notes)
    return given


def _note_target(given: Entered[Any], notes: Notes) -> None:
    if given.value is not None:
        kind = "定量" if isinstance(given.value, Quantity) else "定性"
        notes.readings.append(Reading(given.place, given.text, kind, meaning(given.value)))


def _text(cell: Cell, column: Column) -> str:
    """What stands in the cell. A number still to be computed is no blank, lest a sum leaves it out."""
    pending = cell.formula and not cell.cached and column.type in _NUMBERS
    return _PENDING if pending else cell.text


def layout_notes(located: Located, notes: Notes) -> None:
    """Hidden and merged cells that hold data: read all the same, but worth knowing."""
    grid = located.grid
    rows = list(filled_rows(located)) if located.sheet.kind == "table" else list(located.columns.values())
    if not rows:
        return
    hidden = _hidden(located, rows)
    if hidden:
        message = f"{hidden}隐藏着，里面的内容照样读取。"
        notes.findings.append(complaints.HIDDEN.at(Place(grid.workbook, grid.title), message))
    first, last = min(rows), max(rows)
    merges = sorted(m for m in grid.marks.merges if first <= m.top <= last and located.sheet.kind == "table")
    if merges:
        merge = merges[0]
        area = f"{cell_name(merge.top, merge.left)}:{cell_name(merge.bottom, merge.right)}"
        more = f"等 {len(merges)} 处" if len(merges) > 1 else ""
        place = grid.place(merge.top, merge.left)
        notes.findings.append(complaints.MERGED.at(place, f"数据区有合并单元格：{area}{more}。"))


def _hidden(located: Located, rows: list[int]) -> str:
    grid = located.grid
    if grid.hidden:
        return "整张表"
    lines = sorted(set(rows) & grid.marks.hidden_rows)
    columns = {name for name, index in located.columns.items() if index in grid.marks.hidden_columns}
    parts = []
    if lines:
        shown = "、".join(str(line + 1) for line in lines[:8])
        parts.append(f"第 {shown} 行{'等' if len(lines) > 8 else ''}")  # noqa: PLR2004 - enough to find them
    if columns and located.sheet.kind == "table":
        parts.append(
            "".join(f"“{located.sheet.columns[name].label}”列" for name in located.columns if name in columns)
        )
    return "、".join(parts)
