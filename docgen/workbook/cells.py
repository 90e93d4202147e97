"""The XML of a sheet with other formats on some cells; cells that are not there are put in, in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from docgen.workbook.book import cell_name, column_index
from docgen.workbook.splice import Edit, Tag, applied, tag_at, walk

_SPREADSHEET_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_BEHIND_DRAWING: tuple[str, ...] = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
)
_BEHIND_DRAWING += ("tableParts", "extLst", "AlternateContent")
_CELL = re.compile(r"([A-Z]+)(\d+)$")


@dataclass(slots=True)
class _Row:
    """A row of the part: where its tag and its end are, and its cells (only for the rows wanted)."""

    start: int
    style: int | None
    end: int = 0
    cells: list[tuple[int, int, int]] = field(default_factory=list)  # column, position, style


@dataclass(slots=True)
class SheetPart:
    """What must be known of a sheet's XML to change cells in it."""

    xml: bytes
    wanted: frozenset[int]
    rows: dict[int, _Row] = field(default_factory=dict)
    column_styles: list[tuple[int, int, int]] = field(default_factory=list)
    data: int = 0
    data_end: int = 0
    legacy: str = ""
    behind: int | None = None
    root_end: int = 0
    _row: int = 0
    _column: int = -1

    def __post_init__(self) -> None:
        starts: dict[str, Callable[[int, dict[str, str], int], None]] = {
            "col": self._on_col,
            "sheetData": self._on_data,
            "row": self._on_row,
            "c": self._on_cell,
            "legacyDrawing": self._on_legacy,
            **dict.fromkeys(_BEHIND_DRAWING, self._on_behind),
        }
        ends = {"row": self._end_row, "sheetData": self._end_data, "worksheet": self._end_root}
        walk(self.xml, starts, ends)

    def _on_col(self, _position: int, attributes: dict[str, str], _depth: int) -> None:
        if "style" in attributes:
            span = (int(attributes["min"]) - 1, int(attributes["max"]) - 1)
            self.column_styles.append((*span, int(attributes["style"])))

    def _on_data(self, position: int, _attributes: dict[str, str], _depth: int) -> None:
        self.data = position

    def _on_row(self, position: int, attributes: dict[str, str], _depth: int) -> None:
        self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
        self._column = -1
        own = attributes.get("customFormat") in {"1", "true"}
        self.rows[self._row] = _Row(position, int(attributes["s"]) if own and "s" in attributes else None)

    def _on_cell(self, position: int, attributes: dict[str, str], _depth: int) -> None:
        if self._row in self.wanted:
            name = attributes.get("r", "")
            self._column = column_index(name.rstrip("0123456789")) if name else self._column + 1
            self.rows[self._row].cells.append((self._column, position, int(attributes.get("s", "0"))))

    def _on_legacy(self, _position: int, attributes: dict[str, str], _depth: int) -> None:
        self.legacy = next((value for name, value in attributes.items() if name.endswith("id")), "")

    def _on_behind(self, position: int, _attributes: dict[str, str], depth: int) -> None:
        if depth == 1 and self.behind is None:
            self.behind = position

    def _end_row(self, position: int) -> None:
        self.rows[self._row].end = position

    def _end_data(self, position: int) -> None:
        self.data_end = position

    def _end_root(self, position: int) -> None:
        self.root_end = position

    def style_of(self, row: int, column: int) -> int:
        """The format of a cell: its own, or its row's, or its column's."""
        found = self.rows.get(row)
        for at, _position, style in found.cells if found else ():
            if at == column:
                return style
        if found and found.style is not None:
            return found.style
        return next((style for first, last, style in self.column_styles if first <= column <= last), 0)


def restyled(
    xml: bytes, cells: Mapping[str, str], twin: Callable[[int, str], int], link: str
) -> tuple[bytes, str]:
    """The sheet with each of ``cells`` (``E6`` → colour) in the format that ``twin`` gives for its own.

    ``link`` is the relationship for the drawing of comments; returned is the one the sheet uses in the end.
    """
    wanted: dict[int, dict[int, str]] = {}
    for name, colour in cells.items():
        match = _CELL.match(name)
        if match:
            wanted.setdefault(int(match[2]) - 1, {})[column_index(match[1])] = colour
    part = SheetPart(xml, frozenset(wanted))
    edits = [edit for row, columns in sorted(wanted.items()) for edit in _row_edits(part, row, columns, twin)]
    edits += _missing_rows(
        part, {row: columns for row, columns in wanted.items() if row not in part.rows}, twin
    )
    if not part.legacy:
        edits.append(_drawing(part, link))
    return applied(xml, edits), part.legacy or link


def _row_edits(
    part: SheetPart, row: int, columns: Mapping[int, str], twin: Callable[[int, str], int]
) -> Iterable[Edit]:
    if row not in part.rows:
        return
    here = part.rows[row]
    positions = {column: position for column, position, _ in here.cells}
    tag = tag_at(part.xml, here.start)
    inserted = b""
    for column, colour in sorted(columns.items()):
        style = twin(part.style_of(row, column), colour)
        if column in positions:
            cell = tag_at(part.xml, positions[column])
            yield Edit(cell.start, cell.end, cell.with_attributes(s=str(style)))
            continue
        new = _cell(tag.prefix, row, column, style)
        behind = min((position for at, position in positions.items() if at > column), default=None)
        if tag.is_empty:
            inserted += new
        else:
            place = here.end if behind is None else behind
            yield Edit(place, place, new)
    if tag.is_empty:
        yield Edit(tag.start, tag.end, tag.opened() + inserted + tag.closing())


def _missing_rows(
    part: SheetPart, wanted: Mapping[int, Mapping[int, str]], twin: Callable[[int, str], int]
) -> list[Edit]:
    data = tag_at(part.xml, part.data)
    edits, inside = [], b""
    for row, columns in sorted(wanted.items()):
        new = _row(data, row, columns, part, twin)
        behind = min((at.start for number, at in part.rows.items() if number > row), default=part.data_end)
        if data.is_empty:
            inside += new
        else:
            edits.append(Edit(behind, behind, new))
    if inside:
        edits.append(Edit(data.start, data.end, data.opened() + inside + data.closing()))
    return edits


def _row(
    data: Tag, row: int, columns: Mapping[int, str], part: SheetPart, twin: Callable[[int, str], int]
) -> bytes:
    styled = {column: twin(part.style_of(row, column), colour) for column, colour in columns.items()}
    cells = b"".join(_cell(data.prefix, row, column, style) for column, style in sorted(styled.items()))
    name = data.prefix + b"row"
    return b'<%s r="%d">%s</%s>' % (name, row + 1, cells, name)


def _cell(prefix: bytes, row: int, column: int, style: int) -> bytes:
    return b'<%sc r="%s" s="%d"/>' % (prefix, cell_name(row, column).encode(), style)


def _drawing(part: SheetPart, link: str) -> Edit:
    strict = _SPREADSHEET_STRICT in part.xml[:2000]
    namespace = _RELATIONS_STRICT if strict else _RELATIONS
    prefix = tag_at(part.xml, part.data).prefix.decode()
    element = f'<{prefix}legacyDrawing xmlns:r="{namespace}" r:id="{link}"/>'.encode()
    place = part.root_end if part.behind is None else part.behind
    return Edit(place, place, element)
