"""A computed value: unrounded unless a norm rounds it, with its working and the cells it came from."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from docgen.finding import Place


class Figure(NamedTuple):
    """``value`` is None where it could not be computed or does not apply (a rate over a budget of 0).

    ``how`` is the working in the clerk's signs, ``16.06÷16.06`` (amounts in the workbook's own unit);
    ``sources`` are the cells it was made from. A tuple: figures are made and compared by the thousand.
    """

    value: Decimal | None = None
    how: str = ""
    sources: tuple[Place, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether there is a value."""
        return self.value is not None


UNKNOWN = Figure()
