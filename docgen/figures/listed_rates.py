"""How much of what 事项清单 lists was done, and how much of it in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docgen.figures.arithmetic import quotient
from docgen.figures.books import Books
from docgen.figures.figure import Figure
from docgen.figures.monitoring import counted
from docgen.figures.report_results import ListedGroup
from docgen.model.department_report import ListedItem


def listed_rates(books: Books, groups: Mapping[str, ListedGroup]) -> dict[str, Figure]:
    """``{key}_count``, ``{key}_done_rate`` and ``{key}_timely_rate`` of every category of the ledger.

    Done is what has a day of completion, in time what has one not after its time limit, or no limit at all.
    """
    named: dict[str, Figure] = {}
    for name, key in books.ledger.listed.items():
        if name in groups:
            group = groups[name]
            done = [item for item in group.items if item.done.value is not None]
            named |= {
                f"{key}_count": group.count,
                f"{key}_done_rate": _share(done, group),
                f"{key}_timely_rate": _share([item for item in done if _is_timely(item)], group),
            }
    return named


def _share(some: Sequence[ListedItem], group: ListedGroup) -> Figure:
    """``some`` of the items ÷ all; unknown as soon as a day could not be read."""
    days = [day for item in group.items for day in (item.due, item.done)]
    return quotient(counted(len(some), days), group.count)


def _is_timely(item: ListedItem) -> bool:
    due, done = item.due.value, item.done.value
    return due is None or (done is not None and done <= due)
