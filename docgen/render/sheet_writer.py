"""Writing the rows of one sheet for one page: typed cells, formulas with their value, heights needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docgen.render.escape import Raw, RefusedError
from docgen.render.formula import Parsed
from docgen.render.layout import Layout, Spot
from docgen.render.sheet_cells import NUMBER, CellPlan, RowHeight, RowPlan, Writing, writing_of
from docgen.render.sheet_style import height_of, lines_needed

LONGEST = 32767  # characters Excel keeps in a cell
_NUMBER = NUMBER.encode()
_TALLEST = 4090  # the highest row Excel shows
_NO_HEIGHT = RowHeight("", 0, is_fixed=False)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the template ready to be written.

    ``pieces`` are the row's opening up to its height, room for the height, then markup and room for a cell by
    turns. ``downs`` says which cells are merged downwards. A height that merges downwards may still change is
    left open; it is in ``pieces`` already.
    """

    row: int
    pieces: list[bytes]
    cells: Sequence[CellPlan]
    writings: list[Writing]
    downs: tuple[int, ...]
    height: RowHeight | None
    leaves_height_open: bool

    @classmethod
    def of(cls, plan: RowPlan, number: int) -> Line:
        """The line of a plan; ``number`` is its own among those of the sheet."""
        is_open = plan.height is not None and any(cell.is_tall for cell in plan.cells)
        texts = [plan.head, f"\x01h{number}.{NUMBER}\x02" if is_open else "", plan.literals[0]]
        for literal in plan.literals[1:]:
            texts += ("", literal)
        pieces = [text.encode() for text in texts]
        downs = tuple(at for at, cell in enumerate(plan.cells) if cell.is_down)
        writings = [writing_of(cell) for cell in plan.cells]
        return cls(plan.row, pieces, plan.cells, writings, downs, plan.height, is_open)

    def writings_for(self, groups: Sequence[object]) -> list[Writing]:
        """What writes the cells; those that continue a merge downwards, as ``groups`` say, stay empty."""
        writings = self.writings.copy()
        for at, group in zip(self.downs, groups, strict=False):
            cell = self.cells[at]
            if _continues(group, cell.column):
                writings[at] = _writing_nothing(cell.blank.encode())
        return writings


Groups = Mapping[tuple[int, int, int, int], tuple[int, int]]


class RowWriter:
    """Writes the rows of one sheet and remembers what can only be said when all of them are known.

    ``usual`` is the height of a row of which the sheet says nothing; ``groups`` are the rows of each merge
    downwards, by first and last column, loop and item.
    """

    def __init__(self, lines: Sequence[Line], layout: Layout, usual: int) -> None:
        self.layout = layout
        self.formulas: list[tuple[Parsed, Spot]] = []
        self.groups: Groups = {}
        self._lines = lines
        self._usual = usual
        self._number = 0
        self._needs: dict[int, tuple[int, int]] = {}
        self._tall: list[tuple[int, int, int]] = []

    def line(self, line_number: int, *values: object) -> Raw:
        """One row; ``values`` are those of its cells, then the groups of the cells merged downwards."""
        line = self._lines[line_number]
        self._number = self.layout.row(line.row)
        pieces = line.pieces.copy()
        writings = line.writings_for(values[len(line.cells) :]) if line.downs else line.writings
        cells: list[bytes] = []
        try:
            for write, value in zip(writings, values, strict=False):
                cells.append(write(self, value))  # how many there are says which does not fit
        except (RefusedError, TypeError) as error:  # a list has no hash
            at = len(cells)
            raise line.cells[at].misfit(error, values[at]) from error
        pieces[3::2] = cells
        if line.height and not line.leaves_height_open:
            pieces[1] = self._height(line.height).encode()
        return Raw(b"".join(pieces).replace(_NUMBER, b"%d" % self._number))

    def open_formula(self, plan: CellPlan) -> bytes:
        """The hole for a formula of the row being written."""
        self.formulas.append((plan.formula, self.layout.spot(plan.row)))
        return b"\x01f%d\x02" % (len(self.formulas) - 1)

    def measure(self, plan: CellPlan, text: str) -> None:
        """Note the height that a text needs in the row being written."""
        if len(text) > LONGEST:
            raise RefusedError(f"文字有 {len(text)} 个字符，Excel 一格最多 {LONGEST} 个")
        if not plan.line_height:
            return
        need = height_of(lines_needed(text, plan.room), plan.line_height)
        if plan.is_tall:
            self._tall.append((self._number, plan.column, need))
            return
        plain, merged = self._needs.get(self._number, (0, 0))
        self._needs[self._number] = (plain, max(merged, need)) if plan.is_wide else (max(plain, need), merged)

    def spread_tall(self, groups: Groups) -> None:
        """After all rows: make the last row of each merge downwards as high as its text needs."""
        self.groups = groups
        last_rows = {(key[0], first): last for key, (first, last) in groups.items()}
        for first, column, need in self._tall:
            last = last_rows.get((column, first), first)
            plain, merged = self._needs.get(last, (0, 0))
            if last == first:
                self._needs[last] = max(plain, need), merged
                continue
            others = sum(max(*self._needs.get(row, (0, 0)), self._usual) for row in range(first, last))
            self._needs[last] = plain, max(merged, need - others)

    def open_height(self, line_number: int, row: int) -> str:
        """The height attributes of a written row that left them open."""
        self._number = row
        return self._height(self._lines[line_number].height or _NO_HEIGHT)

    def _height(self, template: RowHeight) -> str:
        """The height attributes of a row: the template's, or more where its text would be cut."""
        plain, merged = self._needs.get(self._number, (0, 0))
        need = min(max(plain, merged) if template.is_fixed else merged, _TALLEST)
        if need > (template.tenths if template.is_fixed else max(plain, self._usual)):
            return f' ht="{need // 10}.{need % 10}" customHeight="1"'
        return f' ht="{template.written}" customHeight="1"' if template.is_fixed else ""


def _continues(group: object, column: int) -> bool:
    """Whether a merged cell is not the first of its group."""
    return callable(group) and group(column) == "continue"


def _writing_nothing(blank: bytes) -> Writing:
    return lambda _writer, _value: blank
