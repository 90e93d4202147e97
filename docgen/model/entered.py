"""A value the clerk entered, with its cell."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from docgen.finding import Place

T = TypeVar("T")
NOWHERE = Place("")


class Entered(NamedTuple, Generic[T]):
    """What stands in a cell: the value read, the text as typed, and where.

    A blank or unreadable cell has ``value`` None but still its place, so that a rule can point at it.
    A tuple, because there is one for every cell of every row.
    """

    value: T | None = None
    place: Place = NOWHERE
    text: str = ""

    @property
    def is_given(self) -> bool:
        """Whether a value was read from the cell."""
        return self.value is not None

    def otherwise(self, default: T) -> T:
        """The value, or ``default`` for a blank cell."""
        return default if self.value is None else self.value
