"""What the oracle reports: a relation between cells that does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from benchmarks.mutation.tables import Tables
from docgen.packs import Norms, Pack


@dataclass(frozen=True, slots=True)
class Broken:
    """A relation that does not hold: its name, which of its kind, the cells it binds, its two sides."""

    name: str
    about: str
    cells: frozenset[str] = field(compare=False)
    sides: tuple[object, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Forms:
    """What the forms of a county print: the layout of its workbook, and the numbers of its notes."""

    pack: Pack
    norms: Norms

    @cached_property
    def sheets(self) -> frozenset[str]:
        """The sheets of the county's workbook, by their keys in the layout."""
        return frozenset(self.pack.layout.used_sheets)

    @property
    def balanced(self) -> frozenset[str]:
        """The columns of 收支 in which the county's form wants 资金来源 and 资金结构 to be equal."""
        said = str(self.pack.checks["A101"].parameters["balanced_stages"])
        columns = self.pack.layout.sheets["accounts"].columns
        return frozenset(columns[stage].label for stage in said.split("、"))

    @property
    def extra_levels(self) -> frozenset[str]:
        """The 一级指标 of the department form that add to its score or take from it: no part of the 100."""
        return frozenset((*self.pack.options.bonus_levels, *self.pack.options.deduction_levels))


Relation = Callable[[Tables, Forms], Iterator[Broken]]


def broken(name: str, about: str, *cells: str, sides: tuple[object, ...] = ()) -> Broken:
    """A relation that does not hold between ``cells``; ``sides`` are the two values that differ."""
    return Broken(name, about, frozenset(cells), sides)


def half_up(value: Decimal, places: int = 2) -> Decimal:
    """Rounded as on the forms."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
