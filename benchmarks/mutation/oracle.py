"""Every relation at once, and the written explanations that belong to those that do not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.mutation import disclosed, entries, funds, points, whole, wording
from benchmarks.mutation.broken import Broken, Forms, Relation, broken
from benchmarks.mutation.tables import Tables

RELATIONS: tuple[Relation, ...] = (
    *entries.RELATIONS,
    *funds.RELATIONS,
    *points.RELATIONS,
    *whole.RELATIONS,
    *disclosed.RELATIONS,
    *wording.RELATIONS,
)
_CELL = re.compile(r"[A-Z]+\d+")


@dataclass(frozen=True, slots=True)
class Truth:
    """What does not hold in a workbook, and which cells an explanation is written for."""

    broken: frozenset[Broken]
    explained: frozenset[tuple[str, str]]


def truth_of(tables: Tables, forms: Forms) -> Truth:
    """All relations of a workbook that do not hold."""
    found = frozenset(each for relation in RELATIONS for each in relation(tables, forms))
    return Truth(found, frozenset((code, cell) for code, cell, _ in _explanations(tables)))


def _explanations(tables: Tables) -> Iterator[tuple[str, str, str]]:
    """Rule, cell and own row of every written explanation."""
    for line in tables["核实说明"]:
        sheet, _, cells = line.text("位置").rpartition("!")
        for cell in _CELL.findall(cells):
            if line.text("说明"):
                yield line.text("规则编号"), f"{sheet}!{cell}", line.cell("规则编号")


def contradictions(before: Truth, after: Truth, tables: Tables) -> list[Broken]:
    """What holds no more: relations, and explanations that lost what they explain or were lost themselves."""
    found = [each for each in after.broken if each not in before.broken]
    bound = {cell for each in after.broken for cell in each.cells}
    own = {(code, cell): row for code, cell, row in _explanations(tables)}
    for code, cell in before.explained:
        if (code, cell) not in own and cell in bound:
            rows = [line.cell(label) for line in tables["核实说明"] for label in ("规则编号", "位置", "说明")]
            found.append(broken("没有说明", cell, cell, *rows))
    for (code, cell), row in own.items():
        mended = [each for each in before.broken - after.broken if cell in each.cells]
        if (code, cell) not in before.explained or (mended and cell not in _soft(after, before)):
            found.append(broken("说明落空", row, row, row.replace("!A", "!B"), row.replace("!A", "!C"), cell))
    return found


def _soft(after: Truth, before: Truth) -> set[str]:
    """The cells of what did not hold before and still does not."""
    return {cell for each in after.broken & before.broken for cell in each.cells}
