"""Text on its way to a page that still knows the figure it was written from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from docgen.figures.figure import UNKNOWN, Figure

View = dict[str, object]


class Shown(str):
    """A figure as printed. It is a ``str`` for templates; ``figure`` is for the record of the run."""

    __slots__ = ("figure",)
    figure: Figure

    def __new__(cls, text: str, figure: Figure = UNKNOWN) -> Self:
        """``text`` as it will be printed, with the figure it stands for."""
        shown = str.__new__(cls, text)
        shown.figure = figure
        return shown

    def __reduce__(self) -> tuple[type[Shown], tuple[str, Figure]]:
        """Both parts survive pickling, so that pages can travel between processes."""
        return Shown, (str(self), self.figure)


def figures_in(context: object, path: str = "") -> Iterator[tuple[str, Shown]]:
    """Each printed figure of a context and its dotted path: ``项目.资金.总额.执行率``; items count from 1."""
    if isinstance(context, Shown):
        if context and context.figure.is_known:
            yield path, context
    elif isinstance(context, dict):
        for name, value in context.items():
            yield from figures_in(value, f"{path}.{name}" if path else name)
    elif isinstance(context, list):
        for number, value in enumerate(context, 1):
            yield from figures_in(value, f"{path}.{number}")
