"""How final accounts write figures: one way in the tables, another in the sentences.

A table leaves a zero blank and writes ``5061.13``; a sentence writes ``5,061.13``, ``0`` and ``7.92%``.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from docgen.figures.figure import UNKNOWN, Figure
from docgen.packs import Formats
from docgen.present.shown import Shown
from docgen.quantity import HUNDRED, ZERO, MoneyUnit, in_unit, plain, rounded

NOTHING = Figure(ZERO, "没有填，按 0")


def stated(figure: Figure) -> Figure:
    """``figure``, or nought where nobody entered anything; an unreadable cell stays unknown."""
    return NOTHING if figure == UNKNOWN else figure


@dataclass(frozen=True, slots=True)
class AccountStyle:
    """The two ways of one pack. ``exact`` tables keep every digit, for cells that add up by themselves."""

    formats: Formats
    exact: bool = False

    def cell(self, figure: Figure) -> Shown:
        """An amount (元) in a table, in the form's unit; blank for none."""
        if not figure.value:
            return Shown("", figure)
        return Shown(plain(self._scaled(figure)) if self.exact else format(self._near(figure), "f"), figure)

    def count_cell(self, figure: Figure) -> Shown:
        """A number of things in a table; blank for none."""
        return Shown(plain(figure.value), figure) if figure.value else Shown("", figure)

    def amount(self, figure: Figure) -> Shown:
        """An amount (元) in a sentence, in the form's unit, without the unit's name."""
        figure = stated(figure)
        if figure.value is None:
            return Shown("", figure)
        return Shown("0" if figure.value == ZERO else format(self._near(figure), ",f"), figure)

    def size(self, difference: Figure) -> Shown:
        """How large a difference (元) is, whichever its direction, in a sentence."""
        if difference.value is None:
            return Shown("", difference)
        return Shown(format(abs(self._near(difference)), ",f"), difference)

    def count(self, figure: Figure) -> Shown:
        """A number of things in a sentence."""
        figure = stated(figure)
        return Shown("" if figure.value is None else plain(figure.value), figure)

    def percent(self, figure: Figure) -> Shown:
        """A fraction in a sentence, without its sign, always with all decimals: ``7.92%``, ``100.00%``."""
        if figure.value is None:
            return Shown("")
        near = abs(rounded(figure.value * HUNDRED, max(self.formats.rate_places, 0)))
        return Shown(f"{near:f}%", figure)

    def is_even(self, difference: Figure) -> bool:
        """Whether a difference (元) is none at the precision printed."""
        return difference.value is not None and self._near(difference) == ZERO

    def _scaled(self, figure: Figure) -> Decimal:
        return in_unit(figure.value or ZERO, MoneyUnit(self.formats.money_unit))

    def _near(self, figure: Figure) -> Decimal:
        near = rounded(self._scaled(figure), self.formats.department_money_places)
        return near or abs(near)
