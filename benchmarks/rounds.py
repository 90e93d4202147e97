"""Interleaved timing: every contender runs in every round, so a slow minute slows all of them alike."""

from __future__ import annotations

import gc
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median
from time import perf_counter


def interleaved(
    contenders: Mapping[str, Callable[[], object]], *, rounds: int, seconds: float = 0.0
) -> dict[str, list[float]]:
    """Seconds per call of each contender, one figure per round.

    A turn repeats the call until ``seconds`` have gone by; a round before the first does not count.
    """
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, call in contenders.items():
            per_call = _turn(call, seconds)
            if number:
                taken[name].append(per_call)
    return taken


def _turn(call: Callable[[], object], seconds: float) -> float:
    gc.collect()
    calls, start = 0, perf_counter()
    while not calls or perf_counter() - start < seconds:
        call()
        calls += 1
    return (perf_counter() - start) / calls


def ratio(slow: Sequence[float], fast: Sequence[float]) -> float:
    """How many times longer ``slow`` takes: the median over the rounds."""
    return median(one / other for one, other in zip(slow, fast, strict=True))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Plain text in columns; a Chinese character is two wide."""
    lines = [head, *rows]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join("  ".join(map(_padded, line, widths)) for line in lines)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
