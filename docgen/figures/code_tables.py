"""Tables by function or economic code: leaves as typed, every 款 and 类 above them summed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from docgen.figures.arithmetic import Write, total
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.final_results import CodeRow, CodeTable
from docgen.packs.classification import parents

Name = Callable[[str], str]


class Entry(NamedTuple):
    """One amount of one code in one column; ``group`` keeps apart what may name the same code twice."""

    code: str
    column: str
    amount: Figure
    group: str = ""


def without_parents(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that are counted: a 类 or 款 typed beside its children only repeats their sum."""
    given = list(entries)
    covered = {(entry.group, above) for entry in given for above in parents(entry.code)}
    return [entry for entry in given if (entry.group, entry.code) not in covered]


def summed(entries: Iterable[Entry], write: Write) -> dict[str, dict[str, Figure]]:
    """By code (parents too, in order) and column the sum of the amounts given."""
    cells: dict[str, dict[str, list[Figure]]] = {}
    for entry in without_parents(entries):
        for code in (*parents(entry.code), entry.code):
            cells.setdefault(code, {}).setdefault(entry.column, []).append(entry.amount)
    return {
        code: {column: total(amounts, write) for column, amounts in cells[code].items()}
        for code in sorted(cells)
    }


def code_table(
    entries: Sequence[Entry], columns: Sequence[str], adding: Sequence[str], name_of: Name, write: Write
) -> CodeTable:
    """The table of ``columns``, its total over those in ``adding``; lines without amount are left out."""
    leaves = without_parents(entries)
    whole = {
        column: total((leaf.amount for leaf in leaves if leaf.column == column), write) for column in columns
    }
    rows = []
    for code, found in summed(entries, write).items():
        cells = {column: found.get(column, UNKNOWN) for column in columns}
        if has_amount(cells):
            rows.append(CodeRow(code, name_of(code), cells, total((cells[name] for name in adding), write)))
    return CodeTable(tuple(rows), whole, total((whole[name] for name in adding), write))


def has_amount(cells: Mapping[str, Figure]) -> bool:
    """Whether a line shows anything: an amount other than 0, or one that could not be read."""
    return any(figure.value != 0 for figure in cells.values() if figure != UNKNOWN)
