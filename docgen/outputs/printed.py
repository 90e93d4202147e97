"""Which figures a run printed where: for ``run.json``, each with its exact value, working and cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from posixpath import splitext
from typing import Any

from docgen.figures.figure import Figure
from docgen.present.page import Page
from docgen.present.shown import Shown

_ITEM = "[]"
# By which of its words an item of a list is called, the first that it has: a code before a name that repeats.
_NAMES = ("代码", "名称", "项目名称", "项目", "来源", "用途", "等级")


@dataclass(slots=True)
class Printed:
    """``documents``: output → name on the page → (text, number of its working); a working is told once."""

    documents: dict[str, dict[str, tuple[str, int]]] = field(default_factory=dict)
    workings: list[Figure] = field(default_factory=list)
    _seen: dict[int, tuple[int, Figure]] = field(default_factory=dict)
    _numbers: dict[tuple[Decimal | None, str, str], list[int]] = field(default_factory=dict)

    def working(self, figure: Figure) -> int:
        """The number of ``figure`` among the workings: documents print the same one, or one just like it."""
        seen = self._seen.get(id(figure))
        if seen is None:
            seen = self._seen[id(figure)] = self._number(figure), figure  # kept, so that its id stays its own
        return seen[0]

    def _number(self, figure: Figure) -> int:
        first = figure.sources[0].cell if figure.sources else ""
        alike = self._numbers.setdefault((figure.value, figure.how, first), [])  # all cells: long to hash
        for number in alike:
            if self.workings[number].sources == figure.sources:
                return number
        alike.append(len(self.workings))
        self.workings.append(figure)
        return alike[-1]


@dataclass(slots=True)
class _Steps:
    """What templates use of a value: ``names`` of a mapping, each with its own steps, ``items`` of a list."""

    names: list[tuple[str, _Steps]] = field(default_factory=list)
    items: _Steps | None = None


def printed_figures(pages: Iterable[tuple[Page, Collection[str]]]) -> Printed:
    """The figures of ``pages``, each page with the names its template uses (items of a list as ``[]``).

    The formats of one document (.docx and .xlsx), which follow one another, share their words and an entry.
    """
    printed = Printed()
    for output, formats in groupby(pages, key=lambda each: splitext(each[0].output)[0]):
        listed = list(formats)
        steps = _steps(tuple(tuple(names) for _, names in listed))
        document = printed.documents.setdefault(output, {})
        found: list[tuple[str, Shown]] = []
        _figures(listed[0][0].context, steps, "", found)
        for path, shown in found:
            if path not in document:
                document[path] = shown, printed.working(shown.figure)
    return printed


@lru_cache(maxsize=256)
def _steps(formats: tuple[tuple[str, ...], ...]) -> _Steps:
    """The dotted names of all formats as a tree, so that only what a template uses is walked."""
    tree: dict[str, dict[str, Any]] = {}
    for name in sorted({name for names in formats for name in names}):  # a set has its own order every time
        branch = tree
        for step in name.replace(_ITEM, f".{_ITEM}").split("."):
            branch = branch.setdefault(step, {})
    return _below(tree)


def _below(tree: dict[str, dict[str, Any]]) -> _Steps:
    names = [(step, _below(further)) for step, further in tree.items()]
    return _Steps(names, _below(tree[_ITEM]) if _ITEM in tree else None)


def _figures(value: object, steps: _Steps, path: str, found: list[tuple[str, Shown]]) -> None:
    """Add the figures below ``value`` that ``steps`` lead to; ``path`` is its own, with a dot, items by name.

    Names, not numbers: a row put in between changes no name but its own.
    """
    if type(value) is dict:
        for name, further in steps.names:
            each = value.get(name)
            if type(each) is Shown:
                if each and each.figure.value is not None:
                    found.append((path + name, each))
            elif type(each) is dict or type(each) is list:
                _figures(each, further, f"{path}{name}.", found)
    elif type(value) is list and steps.items is not None:
        for name, item in _called(value):
            if type(item) is Shown:
                if item and item.figure.value is not None:
                    found.append((path + name, item))
            else:
                _figures(item, steps.items, f"{path}{name}.", found)


def _called(items: list[object]) -> Iterator[tuple[str, object]]:
    """The items of a list, each with a name of its own."""
    taken: dict[str, int] = {}
    for number, item in enumerate(items, 1):
        name = _name(item) or str(number)
        times = taken[name] = taken.get(name, 0) + 1
        yield f"{name}（{times}）" if times > 1 else name, item


def _name(item: object) -> str:
    if isinstance(item, dict):
        for name in _NAMES:
            if word := item.get(name):
                return str(word)
    return ""
