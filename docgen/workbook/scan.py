"""What the fast reader of values does not tell: formulas, errors, merges, hidden rows, what numbers are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from docgen.errors import WorkbookError
from docgen.workbook.book import Marks, Merge, cell_name, column_index
from docgen.workbook.plain_cells import PlainCell, plain_cells

Attributes = dict[str, str]
Handlers = Mapping[str, Callable[[Attributes], None]]
MAX_CELLS = 20_000_000  # of the rectangle around the values; the fast reader holds it all in memory
_NUMBER_KINDS = {"", "n"}
_BUILT_IN_PERCENT = {"9", "10"}
_BUILT_IN_DATES = {str(number) for number in (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))}
_DATE = re.compile("[ymdhs年月日]", re.IGNORECASE)
_RANGE = re.compile(r"\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?$")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


@dataclass(slots=True)
class _Pass:
    """The state of one pass over a sheet's XML."""

    styles: NumberStyles
    cell: str = ""
    is_reached: bool = False
    kind: str = ""
    style: str = ""
    row: int = -1
    column: int = -1
    letters: set[str] = field(default_factory=set)
    last_row: int = -1
    formulas: set[str] = field(default_factory=set)
    strings: set[str] = field(default_factory=set)
    percents: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)
    errors: dict[str, str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def on_row(self, attributes: Attributes) -> None:
        self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
        self.column = -1
        if attributes.get("hidden") in {"1", "true"}:
            self.hidden_rows.add(self.row)

    def on_c(self, attributes: Attributes) -> None:
        self.kind = attributes.get("t", "")
        self.style = attributes.get("s", "")
        self.is_reached = False
        if "r" in attributes:
            self.cell = attributes["r"]
        else:
            self.column += 1
            self.cell = cell_name(self.row, self.column)

    def reach(self) -> None:
        """The area in use takes in this cell."""
        if self.is_reached:  # a formula, then its value
            return
        self.is_reached = True
        cell = self.cell
        letters = cell.rstrip("0123456789")
        self.letters.add(letters)
        self.last_row = max(self.last_row, int(cell[len(letters) :]) - 1)
        if self.kind in _NUMBER_KINDS:
            if self.style in self.styles.percents:
                self.percents.add(cell)
            elif self.style in self.styles.dates:
                self.dates.add(cell)

    def on_value(self, _attributes: Attributes) -> None:
        self.reach()
        if self.kind == "e":
            self.errors[self.cell] = ""

    def on_f(self, _attributes: Attributes) -> None:
        self.reach()
        self.formulas.add(self.cell)
        if self.kind == "str":
            self.strings.add(self.cell)

    def on_col(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in {"1", "true"}:
            last = min(int(attributes.get("max", "0")), 1024)
            self.hidden_columns.update(range(int(attributes.get("min", "1")) - 1, last))

    def on_merge(self, attributes: Attributes) -> None:
        match = _RANGE.match(attributes.get("ref", ""))
        if match:
            left, top, right, bottom = match.groups()
            ends = (int(bottom or top) - 1, column_index(right or left))
            self.merges.append(Merge(int(top) - 1, column_index(left), *ends))

    def marks(self) -> Marks:
        return Marks(
            frozenset(self.formulas),
            frozenset(self.strings),
            frozenset(self.percents),
            frozenset(self.dates),
            self.errors,
            tuple(self.merges),
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            self.last_row,
        )


def parse(xml: bytes, handlers: Handlers, text: Callable[[str], None] | None = None) -> None:
    """Call the handler of each element by its name, under the prefix of the first one if that has any.

    Raises ``WorkbookError`` for what is not XML; without handlers that is all it does, and it is quick.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    table: dict[str, Callable[[Attributes], None]] = {}

    def on_first(name: str, attributes: Attributes) -> None:
        prefix = name[: name.find(":") + 1]
        table.update({prefix + local: handler for local, handler in handlers.items()})
        parser.StartElementHandler = on_start
        on_start(name, attributes)

    def on_start(name: str, attributes: Attributes) -> None:
        handler = table.get(name)
        if handler is not None:
            handler(attributes)

    def on_doctype(*_: object) -> None:
        raise WorkbookError("文件里有不该有的 XML 声明，没有打开；请用 Excel 或 WPS 另存为 .xlsx。")

    if handlers:
        parser.StartElementHandler = on_first
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = on_doctype
    try:
        parser.Parse(xml, True)  # noqa: FBT003 - expat takes it by position
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise WorkbookError("文件内容已损坏；请用 Excel 或 WPS 打开，按提示修复后另存为 .xlsx。") from error


def scan(xml: bytes, styles: NumberStyles, title: str) -> Marks:
    """The marks of a sheet. Raises ``WorkbookError`` for a damaged sheet and for one with a value far out."""
    cells = plain_cells(xml)
    if cells is None:
        marks, last_column = _scanned(xml, styles)
    else:
        parse(xml, {})
        marks, last_column = _marked(cells, styles)
    if (marks.last_row + 1) * (last_column + 1) > MAX_CELLS:
        far = cell_name(marks.last_row, last_column)
        raise WorkbookError(f"表“{title}”的内容一直到 {far}，太远了；请删除表格右边和下面多余的内容再试。")
    return marks


def _marked(cells: list[PlainCell], styles: NumberStyles) -> tuple[Marks, int]:
    """The marks of a sheet by its filled cells alone, and the last column in use."""
    formulas = [(letters + row, kind) for letters, row, _, kind, first in cells if first == "f"]
    numbers = [(letters + row, style) for letters, row, style, kind, _ in cells if kind in _NUMBER_KINDS]
    marks = Marks(
        formulas=frozenset([cell for cell, _ in formulas]),
        strings=frozenset([cell for cell, kind in formulas if kind == "str"]),
        percents=frozenset([cell for cell, style in numbers if style in styles.percents]),
        dates=frozenset([cell for cell, style in numbers if style in styles.dates]),
        last_row=max(map(int, {cell[1] for cell in cells}), default=0) - 1,
    )
    return marks, max(map(column_index, {cell[0] for cell in cells}), default=0)


def _scanned(xml: bytes, styles: NumberStyles) -> tuple[Marks, int]:
    """The same of any sheet, event by event."""
    state = _Pass(styles)
    handlers = {
        "c": state.on_c,
        "v": state.on_value,
        "is": state.on_value,
        "f": state.on_f,
        "row": state.on_row,
        "col": state.on_col,
        "mergeCell": state.on_merge,
    }

    def on_text(text: str) -> None:
        if state.kind == "e" and state.errors.get(state.cell) == "":
            state.errors[state.cell] = text.strip()

    has_errors = b't="e"' in xml or b"t='e'" in xml
    parse(xml, handlers, on_text if has_errors else None)
    return state.marks(), max(map(column_index, state.letters), default=0)


@dataclass(frozen=True, slots=True)
class NumberStyles:
    """The indexes of cell formats that show a percentage, and of those that show a date."""

    percents: frozenset[str] = frozenset()
    dates: frozenset[str] = frozenset()


@lru_cache(maxsize=16)
def number_styles(styles: bytes) -> NumberStyles:
    """What the cell formats of a workbook make of a number; copies of one workbook have them alike."""
    codes: dict[str, str] = {}
    formats: list[str] = []
    inside = [False]

    def on_format(attributes: Attributes) -> None:
        codes[attributes.get("numFmtId", "")] = _QUOTED.sub("", attributes.get("formatCode", ""))

    def on_xf(attributes: Attributes) -> None:
        if inside[0]:
            formats.append(attributes.get("numFmtId", "0"))

    def switch(*, to: bool) -> Callable[[Attributes], None]:
        return lambda _attributes: inside.__setitem__(0, to)

    handlers = {"numFmt": on_format, "xf": on_xf, "cellXfs": switch(to=True), "cellStyles": switch(to=False)}
    handlers |= {"dxfs": switch(to=False), "cellStyleXfs": switch(to=False)}
    if styles:
        parse(styles, handlers)
    percents = _BUILT_IN_PERCENT | {number for number, code in codes.items() if "%" in code}
    dates = (_BUILT_IN_DATES - codes.keys()) | {
        number for number, code in codes.items() if _DATE.search(code)
    }
    return NumberStyles(
        frozenset(str(index) for index, number in enumerate(formats) if number in percents),
        frozenset(str(index) for index, number in enumerate(formats) if number in dates - percents),
    )
