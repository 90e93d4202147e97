"""Writing the rows of one sheet for one page: typed cells, inline text, formulas with value, heights needed.

A row's markup holds `NUMBER` wherever its number goes; lengths are counted in narrow characters, heights in
tenths of a point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docgen.render.escape import Raw, RefusedError, sheet_text
from docgen.render.formula import Parsed
from docgen.render.layout import Layout, Spot
from docgen.render.sheet_style import height_of, lines_needed, number_of

LONGEST = 32767  # characters Excel keeps in a cell
NUMBER = "\x03"  # cannot come from a page: control characters are dropped
_TALLEST = 4090  # the highest row Excel shows
_MARKUP = re.compile("<[^>]*>")


@dataclass(frozen=True, slots=True)
class CellPlan:
    """A cell of the template with a tag: its markup, how its text fits, what kind of value it holds."""

    kind: str
    row: int
    column: int
    place: str
    tag: str
    opening: str
    prefix: str
    room: int
    line_height: int
    is_wide: bool
    is_tall: bool
    is_down: bool
    formula: Parsed = ()
    exact: tuple[str, ...] = ()

    def opening_of(self, shown: str) -> str:
        """The opening markup for a number: in the format with just the decimals that are shown."""
        if not self.exact:
            return self.opening
        places = len(shown.rstrip("%").partition(".")[2])
        return self.exact[min(places, len(self.exact) - 1)]

    @property
    def blank(self) -> str:
        """The cell without content."""
        return f"{self.opening}/>"

    @property
    def frames(self) -> tuple[str, str, str, str]:
        """The markup around an inline text and around a number."""
        p = self.prefix
        text = f'{self.opening} t="inlineStr"><{p}is>', f"</{p}is></{p}c>"
        if self.kind != "mixed":
            text = f'{text[0]}<{p}t xml:space="preserve">', f"</{p}t>{text[1]}"
        return *text, f"{self.opening}><{p}v>", f"</{p}v></{p}c>"


@dataclass(frozen=True, slots=True)
class RowPlan:
    """A row of the template: its number there, the markup between its tagged cells, those cells."""

    row: int
    literals: tuple[str, ...]
    cells: tuple[CellPlan, ...]


@dataclass(frozen=True, slots=True)
class RowHeight:
    """What the template says of a row: its height, as written and in tenths of a point; is it fixed."""

    written: str
    tenths: int
    is_fixed: bool


class RowWriter:
    """Writes the rows of one sheet and remembers what can only be said when all of them are known."""

    def __init__(self, plans: Sequence[RowPlan], layout: Layout) -> None:
        self.layout = layout
        self.formulas: list[tuple[Parsed, Spot]] = []
        self._plans = [
            (plan, [(cell, *cell.frames, cell.room // 2) for cell in plan.cells]) for plan in plans
        ]
        self._number = 0
        self._needs: dict[int, tuple[int, int]] = {}
        self._tall: list[tuple[int, int, int]] = []

    def line(self, plan_number: int, *values: object) -> Raw:
        """One row; `values` in the order of its cells, before the value of a merged cell its group."""
        plan, cells = self._plans[plan_number]
        self._number = self.layout.row(plan.row)
        given = iter(values)
        literals = iter(plan.literals)
        pieces = [next(literals)]
        for cell in cells:
            pieces += (self._cell(cell, given), next(literals))
        return Raw("".join(pieces).replace(NUMBER, str(self._number)))

    def spread_tall(self, groups: dict[tuple[int, int], int], usual: int) -> None:
        """Make the last row of each merge downwards as high as its text needs; `groups` give last rows."""
        for first, column, need in self._tall:
            last = groups.get((column, first), first)
            plain, merged = self._needs.get(last, (0, 0))
            if last == first:
                self._needs[last] = max(plain, need), merged
                continue
            others = sum(max(*self._needs.get(row, (0, 0)), usual) for row in range(first, last))
            self._needs[last] = plain, max(merged, need - others)

    def height(self, row: int, template: RowHeight, usual: int) -> str:
        """The height attributes of a row: the template's, or more where its text would be cut."""
        plain, merged = self._needs.get(row, (0, 0))
        need = min(max(plain, merged) if template.is_fixed else merged, _TALLEST)
        if need > (template.tenths if template.is_fixed else max(plain, usual)):
            return f' ht="{need // 10}.{need % 10}" customHeight="1"'
        return f' ht="{template.written}" customHeight="1"' if template.is_fixed else ""

    def _cell(self, framed: tuple[CellPlan, str, str, str, str, int], given: Iterator[object]) -> str:
        plan, opening, closing, number_opening, number_closing, short = framed
        kind = plan.kind
        continues = plan.is_down and _continues(next(given), plan.column)
        value = next(given)
        if continues:
            return plan.blank
        if kind in {"number", "percent"} and isinstance(value, str):
            number = number_of(value, is_percent=kind == "percent")
            if number is not None:
                if plan.exact:
                    number_opening = f"{plan.opening_of(value)}><{plan.prefix}v>"
                return f"{number_opening}{number}{number_closing}"
        try:
            text = str(value) if kind == "mixed" else sheet_text(value)
            if kind == "result":
                return self._result(plan, text)
            words = _MARKUP.sub("", text) if kind == "mixed" else text
            if not words:
                return plan.blank
            if len(words) > short or "\n" in words:
                self._measure(plan, words if kind == "mixed" else str(value))
        except RefusedError as error:
            error.where = f"{plan.place} {plan.tag}"
            raise
        return f"{opening}{text}{closing}"

    def _result(self, plan: CellPlan, shown: str) -> str:
        """A formula cell; its references are written when all rows are known."""
        number = number_of(shown, is_percent=shown.endswith("%"))
        kind = ' t="str"' if number is None else ""
        self.formulas.append((plan.formula, self.layout.spot(plan.row)))
        p = plan.prefix
        formula = f"<{p}f>\x01f{len(self.formulas) - 1}\x02</{p}f>"
        value = shown if number is None else number
        return f"{plan.opening_of(shown)}{kind}>{formula}<{p}v>{value}</{p}v></{p}c>"

    def _measure(self, plan: CellPlan, text: str) -> None:
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


def _continues(group: object, column: int) -> bool:
    """Whether a merged cell is not the first of its group."""
    return callable(group) and group(column) == "continue"
