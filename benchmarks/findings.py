"""Seconds for all findings of 250, 500 and 1,000 projects, beside those of reading and computing them.

Once as the sample is, once with a mistake in every row of 绩效指标 (a typed score that is not due), so that
the cost of a finding shows too. Seconds are of the processor, so that other work does not count.
The promise: under twice the time of reading the workbook and computing its figures, and linear.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks.rounds import table
from benchmarks.scaling import write_workbook
from docgen.checks import Case, check
from docgen.figures import compute
from docgen.packs import norms_at
from docgen.pipeline import pack_for
from docgen.workbook import Book, bind, pack_named_in, read

SIZES = (250, 500, 1000)
YEAR = 2021
MOST, SHEET, SCORE = 2, "绩效指标", 7


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of reading, of computing and of finding, and how many findings there were."""

    reading: float
    figures: float
    finding: float
    found: int

    @property
    def share(self) -> float:
        """Finding over reading and computing."""
        return self.finding / (self.reading + self.figures)


def main() -> None:
    """Print the table; fails when the promise is broken."""
    measured = list(_all())
    rows = [
        [
            name,
            f"{size:,}",
            f"{m.reading:.2f}",
            f"{m.figures:.2f}",
            f"{m.finding:.2f}",
            f"{m.share:.2f}",
            f"{m.found:,}",
        ]
        for name, size, m in measured
    ]
    print("查出全部问题要几秒（处理器时间）")
    print(table(["工作簿", "项目", "读取", "计算", "核对", "核对÷（读取＋计算）", "问题"], rows))
    raise SystemExit(any(m.share >= MOST for _, _, m in measured))


def _all() -> Iterator[tuple[str, int, Measured]]:
    with TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / f"{size}.xlsx"
            write_workbook(path, size)
            for name, is_wrong in (("样例", False), ("每行都错", True)):
                yield name, size, _measured(path, is_wrong=is_wrong)


def _measured(path: Path, *, is_wrong: bool) -> Measured:
    gc.collect()
    begun = process_time()
    book = read(path)
    read_at = process_time()
    if is_wrong:
        book = _with_wrong_scores(book)
    pack = pack_for(pack_named_in(book), path)
    bound_at = process_time()
    norms = norms_at(pack, YEAR)
    bound = bind(book, pack.layout, tuple(tier.name for tier in norms.tiers))
    case = Case(bound.filing, compute(bound.filing, norms, pack), norms, pack)
    computed_at = process_time()
    findings = check(case, bound.findings)
    return Measured(read_at - begun, computed_at - bound_at, process_time() - computed_at, len(findings))


def _with_wrong_scores(book: Book) -> Book:
    """Every score one tenth of a point less than it is."""
    sheets = []
    for grid in book.sheets:
        rows = [list(row) for row in grid.rows]
        for row in rows[1:] if grid.title == SHEET else ():
            score = row[SCORE] if len(row) > SCORE else None
            if isinstance(score, float):
                row[SCORE] = score - 0.1
        sheets.append(replace(grid, rows=rows))
    return replace(book, sheets=tuple(sheets))


if __name__ == "__main__":
    main()
