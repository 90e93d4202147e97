"""Every relation at once, and the written explanations that belong to those that do not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.mutation import (
    aims,
    assets,
    disclosed,
    entries,
    funds,
    listed,
    overall,
    points,
    report,
    whole,
    wording,
)
from benchmarks.mutation.broken import Broken, Forms, Relation, broken
from benchmarks.mutation.tables import Tables

RELATIONS: tuple[Relation, ...] = (
    *entries.RELATIONS,
    *funds.RELATIONS,
    *points.RELATIONS,
    *whole.RELATIONS,
    *disclosed.RELATIONS,
    *listed.RELATIONS,
    *overall.RELATIONS,
    *report.RELATIONS,
    *assets.RELATIONS,
    *aims.RELATIONS,
    *wording.RELATIONS,
)
_COLUMNS = ("规则编号", "位置", "说明", "所说明的数")
_CELL = re.compile(r"[A-Z]+\d+")


@dataclass(frozen=True, slots=True)
class Truth:
    """What does not hold in a workbook; which cells explanations are written for, which numbers they name."""

    broken: frozenset[Broken]
    explained: frozenset[tuple[str, str]]
    numbers: frozenset[tuple[str, str, str]]


def truth_of(tables: Tables, forms: Forms) -> Truth:
    """All relations of a workbook that do not hold."""
    found = frozenset(each for relation in RELATIONS for each in relation(tables, forms))
    explained = frozenset((code, cell) for code, cell, _ in _explanations(tables))
    return Truth(found, explained, frozenset(_numbers(tables)))


def _explanations(tables: Tables) -> Iterator[tuple[str, str, str]]:
    """Rule, cell and own row of every written explanation."""
    for line in tables["核实说明"]:
        sheet, _, cells = line.text("位置").rpartition("!")
        for cell in _CELL.findall(cells):
            if line.text("说明"):
                yield line.text("规则编号"), f"{sheet}!{cell}", line.cell("规则编号")


def _numbers(tables: Tables) -> Iterator[tuple[str, str, str]]:
    """Rule, places and the numbers explained, of every written explanation."""
    for line in tables["核实说明"]:
        if line.text("说明"):
            yield line.text("规则编号"), line.text("位置"), line.text("所说明的数")


def contradictions(before: Truth, after: Truth, tables: Tables) -> list[Broken]:
    """What holds no more: relations; and explanations lost, or left without what they were written for."""
    found = [each for each in after.broken if each not in before.broken]
    left = {each: each for each in after.broken}
    own = {(code, cell): row for code, cell, row in _explanations(tables)}
    rows = [line.cell(label) for line in tables["核实说明"] for label in _COLUMNS]
    for code, where, _ in sorted(after.numbers - before.numbers):
        found.append(broken("所说明的数不是那些数", f"{code}{where}", *rows))
    for code, cell in sorted(before.explained | own.keys()):
        subject, row = subject_of(before, cell), own.get((code, cell))
        now = left.get(subject) if subject else None
        why = _lost(row is not None, (code, cell) in before.explained, cell, subject, now)
        if why:
            found.append(broken(why, f"{code}{cell}", cell, *rows, *(now.cells if now else ())))
    return found


def _lost(
    is_written: bool,  # noqa: FBT001
    was_written: bool,  # noqa: FBT001
    cell: str,
    subject: Broken | None,
    now: Broken | None,
) -> str:
    """What became of an explanation for ``cell``; nothing when it still stands for what it stood for."""
    if not is_written:
        return "没有说明" if now else ""
    if not was_written or (subject and (now is None or cell not in now.cells)):
        return "说明落空"
    return "说明的数变了" if subject and now and now.sides != subject.sides else ""


def subject_of(truth: Truth, cell: str) -> Broken | None:
    """What an explanation for ``cell`` is about: of the relations that bind it, the one that binds fewest."""
    binding = [each for each in truth.broken if cell in each.cells]
    return min(binding, key=lambda each: (len(each.cells), each.name), default=None)
