"""Which figures a run printed where: for ``run.json``, each with its exact value, working and cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import PurePosixPath

from docgen.figures.figure import Figure
from docgen.present.page import Page
from docgen.present.shown import Shown
from docgen.quantity import plain

Steps = dict[str, "Steps"]
_ITEM = "[]"
# By which of its words an item of a list is called, the first that it has: a code before a name that repeats.
_NAMES = ("代码", "名称", "项目名称", "项目", "来源", "用途", "等级")


@dataclass(slots=True)
class Printed:
    """``documents``: output → name on the page → [text, number of its working]; a working is told once."""

    documents: dict[str, dict[str, tuple[str, int]]] = field(default_factory=dict)
    workings: list[dict[str, object]] = field(default_factory=list)
    _numbers: dict[tuple[Decimal | None, str, str], list[tuple[Figure, int]]] = field(default_factory=dict)

    def working(self, figure: Figure) -> int:
        """The number of ``figure`` among the workings."""
        first = figure.sources[0].cell if figure.sources else ""
        alike = self._numbers.setdefault((figure.value, figure.how, first), [])  # all cells: long to hash
        for other, number in alike:
            if other is figure or other.sources == figure.sources:
                return number
        alike.append((figure, len(self.workings)))
        self.workings.append(_working(figure))
        return len(self.workings) - 1


def _working(figure: Figure) -> dict[str, object]:
    return {
        "value": "" if figure.value is None else plain(figure.value),
        "formula": figure.how,
        "cells": [str(place) for place in figure.sources],
    }


def printed_figures(pages: Iterable[tuple[Page, Collection[str]]]) -> Printed:
    """The figures of ``pages``, each page with the names its template uses (items of a list as ``[]``).

    The formats of one document (.docx and .xlsx), which follow one another, share their words and an entry.
    """
    printed = Printed()
    for output, formats in groupby(
        pages, key=lambda each: str(PurePosixPath(each[0].output).with_suffix(""))
    ):
        listed = list(formats)
        names = frozenset[str]().union(*(names for _, names in listed))
        document = printed.documents.setdefault(output, {})
        found: list[tuple[str, Shown]] = []
        _figures(listed[0][0].context, _steps(names), "", found)
        for path, shown in found:
            if path not in document:
                document[path] = (str(shown), printed.working(shown.figure))
    return printed


@cache
def _steps(names: frozenset[str]) -> Steps:
    """Dotted names as a tree, so that only what a template uses is walked."""
    steps: Steps = {}
    for name in sorted(names):  # a set has another order in every process
        branch = steps
        for step in name.replace(_ITEM, f".{_ITEM}").split("."):
            branch = branch.setdefault(step, {})
    return steps


def _figures(value: object, steps: Steps, path: str, found: list[tuple[str, Shown]]) -> None:
    """Add the figures below ``value`` that ``steps`` lead to; items of lists by name.

    Names, not numbers: a row put in between changes no name but its own.
    """
    if type(value) is dict:
        for step, further in steps.items():
            if step in value:
                _figure(value[step], further, f"{path}.{step}" if path else step, found)
    elif type(value) is list and _ITEM in steps:
        further = steps[_ITEM]
        for name, item in _called(value):
            _figure(item, further, f"{path}.{name}", found)


def _figure(value: object, steps: Steps, path: str, found: list[tuple[str, Shown]]) -> None:
    if type(value) is Shown:
        if value and value.figure.is_known:
            found.append((path, value))
    elif steps:
        _figures(value, steps, path, found)


def _called(items: list[object]) -> Iterator[tuple[str, object]]:
    """The items of a list, each with a name of its own."""
    taken: Counter[str] = Counter()
    for number, item in enumerate(items, 1):
        words = [str(item[name]) for name in _NAMES if item.get(name)] if isinstance(item, dict) else []
        name = words[0] if words else str(number)
        taken[name] += 1
        yield f"{name}（{taken[name]}）" if taken[name] > 1 else name, item
