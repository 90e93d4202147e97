"""What short texts come to, worked out once: the same words and amounts stand in document after document."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Generic, TypeVar

_MOST = 4096  # texts; more than a department of ordinary size shows
_LONGEST = 64  # characters; longer texts are worked out each time

T = TypeVar("T")


class Known(dict[Any, T], Generic[T]):
    """A function of texts that remembers; full, it forgets everything. What is no text is never kept."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, text: object) -> T:
        found = self._work(text)
        if type(text) is str and len(text) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[text] = found
        return found


@cache
def known_by(finish: Callable[[object], str]) -> Known[bytes]:
    """The memory of a policy for text, encoded; there are three of these."""
    return Known(lambda value: finish(value).encode())
