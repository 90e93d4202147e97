"""Which figures a run printed where: for ``run.json``, each with its exact value, working and cells."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from docgen.figures.figure import Figure
from docgen.present.page import Page
from docgen.present.shown import figures_in
from docgen.quantity import plain

_ITEM = re.compile(r"\.\d+(?=\.|$)")


@dataclass(slots=True)
class Printed:
    """``documents``: output → name on the page → [text, number of its working]; a working is told once."""

    documents: dict[str, dict[str, tuple[str, int]]] = field(default_factory=dict)
    workings: list[dict[str, object]] = field(default_factory=list)
    _numbers: dict[Figure, int] = field(default_factory=dict)

    def working(self, figure: Figure) -> int:
        """The number of ``figure`` among the workings."""
        number = self._numbers.get(figure)
        if number is None:
            number = self._numbers[figure] = len(self.workings)
            self.workings.append(_working(figure))
        return number


def _working(figure: Figure) -> dict[str, object]:
    return {
        "value": "" if figure.value is None else plain(figure.value),
        "formula": figure.how,
        "cells": [str(place) for place in figure.sources],
    }


def printed_figures(pages: Iterable[tuple[Page, Collection[str]]]) -> Printed:
    """The figures of ``pages``, each page with the names its template uses (items of a list as ``[]``).

    The formats of one document (.docx and .xlsx) share an entry.
    """
    printed = Printed()
    for page, names in pages:
        used = frozenset(names)
        output = str(PurePosixPath(page.output).with_suffix(""))
        document = printed.documents.setdefault(output, {})
        for path, shown in figures_in(page.context):
            if path not in document and _ITEM.sub("[]", path) in used:
                document[path] = (str(shown), printed.working(shown.figure))
    return printed
