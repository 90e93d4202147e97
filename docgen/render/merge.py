"""Telling the first cell of a vertical merge from those that continue it."""

from __future__ import annotations


class Opening:
    """One item of a loop: in each column its first cell starts a merge, the others continue it."""

    __slots__ = ("_seen",)

    def __init__(self) -> None:
        self._seen: set[int] = set()

    def __call__(self, column: int) -> str:
        """`restart` for the first cell in that column, `continue` afterwards."""
        if column in self._seen:
            return "continue"
        self._seen.add(column)
        return "restart"
