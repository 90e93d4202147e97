"""Where the rows of a template sheet have gone: which were dropped, which repeated, and for which items.

Rows before the first structural row keep their number; rows after the last one move together; only those
between are recorded one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from docgen.render.formula import Blocks

Serials = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """The template's side: the last row that stays, the first of the moving end, loops between."""

    head_last: int
    tail_first: int
    loops: dict[int, tuple[int, ...]]

    @property
    def is_fixed(self) -> bool:
        """Whether no row can move."""
        return self.tail_first == self.head_last + 1

    def loops_of(self, row: int) -> tuple[int, ...]:
        """The loops around a row, outermost first."""
        return self.loops.get(row, ())

    def is_reachable(self, target: int, source: int) -> bool:
        """Whether a formula in row `source` means one row only when it names row `target`."""
        loops = self.loops_of(target)
        return self.loops_of(source)[: len(loops)] == loops


class Spot(NamedTuple):
    """The row a formula stands in: its row in the template and the items of the loops around it."""

    row: int
    serials: Serials = ()


class Layout:
    """One rendering of one sheet: filled while rows are written, asked afterwards."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.instances: dict[int, list[tuple[int, Serials]]] = {}
        self._at: dict[tuple[int, int], int] = {}
        self._areas: dict[tuple[int, int, Spot | None], Blocks] = {}
        self._next = shape.head_last + 1
        self._serial = 0
        self._open: list[int] = []

    @property
    def shift(self) -> int:
        """By how many rows the end of the sheet has moved."""
        return self._next - self.shape.tail_first

    def enter(self, depth: int) -> str:
        """An item of the loop at that depth begins. Prints nothing."""
        self._serial += 1
        self._open[depth:] = [self._serial]
        return ""

    def row(self, row: int) -> int:
        """A row is written: the number it gets."""
        if row <= self.shape.head_last:
            return row
        if row >= self.shape.tail_first:
            return row + self.shift
        serials = tuple(self._open[: len(self.shape.loops_of(row))])
        number = self._next
        self._next += 1
        self.instances.setdefault(row, []).append((number, serials))
        self._at[row, serials[-1] if serials else 0] = number
        return number

    def skip(self, first: int, count: int) -> str:
        """Rows the template leaves out are left out here too. Prints nothing."""
        for row in range(first, first + count):
            self.row(row)
        return ""

    def spot(self, row: int) -> Spot:
        """Where the row last written stands."""
        return Spot(row, tuple(self._open[: len(self.shape.loops_of(row))]))

    def first_spot(self, row: int) -> Spot:
        """Where the first instance of a row stands."""
        found = self.instances.get(row)
        return Spot(row, found[0][1] if found else ())

    def numbers(self, row: int, source: Spot | None = None) -> list[int]:
        """The rows a template row became, as seen from `source`: within the items they have in common."""
        if row <= self.shape.head_last:
            return [row]
        if row >= self.shape.tail_first:
            return [row + self.shift]
        if not self.shape.loops_of(row):
            own = self._at.get((row, 0))
            return [] if own is None else [own]
        if source is None:
            return [number for number, _ in self.instances.get(row, ())]
        return self._seen_from(row, source)

    def area(self, first: int, last: int, source: Spot | None = None) -> Blocks:
        """The blocks of rows that rows `first` to `last` of the template became."""
        key = (first, last, source)
        found = self._areas.get(key)
        if found is None:
            found = self._areas[key] = self._area(first, last, source)
        return found

    def _area(self, first: int, last: int, source: Spot | None) -> Blocks:
        shape = self.shape
        blocks: Blocks = []
        if first <= shape.head_last:
            blocks.append((first, min(last, shape.head_last)))
        middle = range(max(first, shape.head_last + 1), min(last, shape.tail_first - 1) + 1)
        found = [number for row in middle for number in self.numbers(row, source)]
        blocks += [(number, number) for number in sorted(found)]
        if last >= shape.tail_first:
            blocks.append((max(first, shape.tail_first) + self.shift, last + self.shift))
        return _joined(blocks)

    def groups(self, rows: range) -> Iterator[tuple[int, int]]:
        """First and last row of each repetition of template rows that belong together."""
        if len(rows) == 1 and self.shape.head_last < rows[0] < self.shape.tail_first:
            yield from ((number, number) for number, _ in self.instances.get(rows[0], ()))
            return
        inside = [row for row in rows if self.shape.head_last < row < self.shape.tail_first]
        kept = [row for row in inside if row in self.shape.loops]
        depth = self._shared_depth(kept) if len(inside) == len(rows) else 0
        found: dict[int, tuple[int, int]] = {}
        for row in kept:
            for number, serials in self.instances.get(row, ()):
                key = serials[depth - 1] if depth else 0
                low, high = found.get(key, (number, number))
                found[key] = min(low, number), max(high, number)
        if depth:
            yield from found.values()
        elif blocks := self.area(rows[0], rows[-1]):
            yield blocks[0][0], blocks[-1][1]

    def point(self, row: int) -> int:
        """A single row for what floats over the sheet: the first it became, else the next one there is."""
        while row < self.shape.tail_first:
            if found := self.numbers(row):
                return found[0]
            row += 1
        return row + self.shift

    def _shared_depth(self, rows: list[int]) -> int:
        paths = [self.shape.loops[row] for row in rows]
        depth = 0
        while paths and all(len(path) > depth and path[depth] == paths[0][depth] for path in paths):
            depth += 1
        return depth

    def _seen_from(self, row: int, source: Spot) -> list[int]:
        own, theirs = self.shape.loops_of(row), self.shape.loops_of(source.row)
        common = len(own) if own == theirs else _common(own, theirs)
        if common == len(own):
            number = self._at.get((row, source.serials[common - 1] if common else 0))
            return [] if number is None else [number]
        shared = source.serials[:common]
        return [number for number, serials in self.instances.get(row, ()) if serials[:common] == shared]


def _common(own: Serials, theirs: Serials) -> int:
    """How many of the outer loops are the same."""
    return next(
        (depth for depth, (one, other) in enumerate(zip(own, theirs, strict=False)) if one != other),
        min(len(own), len(theirs)),
    )


def _joined(blocks: Blocks) -> Blocks:
    joined: Blocks = []
    for first, last in blocks:
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
