"""A whole county: speed on one and two processes, memory, the unchanged re-run, 80 against 1,000 departments.

Against a script of docxtpl and openpyxl over the same documents. Exits 1 on a missed target.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import openpyxl

from benchmarks.county_workbooks import PROJECTS, write_county
from benchmarks.process import ROOT
from benchmarks.rounds import table
from benchmarks.stock import Stock, Work
from docgen.pipeline import examine
from docgen.present import present
from docgen.render.ledger import Ledger, findings_book

DEPARTMENTS, MANY = 80, 1000
ROUNDS = 3
SAMPLE = 4  # departments the script makes in each round
FASTER, SIDE_BY_SIDE, AGAIN = 20, 1.7, 0.05
DEARER, LARGER = 1.10, 1.10


@dataclass(frozen=True, slots=True)
class Batch:
    """What one batch took; ``cpu`` in seconds of all its processes, memory in MiB of the first and the largest."""

    seconds: float
    departments: int
    documents: int
    unchanged: int
    failed: int
    stages: Mapping[str, float]
    cpu: float
    first: float
    workers: float

    @property
    def each(self) -> float:
        """Seconds for one department."""
        return self.seconds / self.departments

    @property
    def pace(self) -> float:
        """Documents in a second."""
        return self.documents / self.seconds


def main() -> int:
    """Run everything and print the tables."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        workbooks = write_county(folder / "in", DEPARTMENTS)
        stock = _Script(folder, workbooks)
        ones, twos, agains, scripts = [], [], [], []
        for _ in range(ROUNDS):
            ones.append(batch(folder / "in", folder / "one", 1))
            scripts.append(stock.pace())
            twos.append(batch(folder / "in", folder / "two", 2))
            agains.append(batch(folder / "in", folder / "two", 2, fresh=False))
        write_county(folder / "many", MANY)
        many = batch(folder / "many", folder / "out", 2)
        return _report(ones, twos, agains, median(scripts), many)


def batch(inputs: Path, out: Path, jobs: int, *, fresh: bool = True) -> Batch:
    """One batch in a process of its own."""
    if fresh:
        rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "benchmarks.county_batch", str(inputs), str(out), str(jobs)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return Batch(**json.loads(done.stdout))


class _Script:
    """The usual script over a few of the departments; what to print is worked out beforehand."""

    def __init__(self, folder: Path, workbooks: list[Path]) -> None:
        (folder / "stock").mkdir()
        self._stock = Stock(folder / "stock")
        self._work = [_work(path) for path in workbooks[:SAMPLE]]
        for work in self._work:
            self._stock.prepare(work.pages)

    def pace(self) -> float:
        """Documents in a second."""
        start = perf_counter()
        made = sum(self._stock.department(work) for work in self._work)
        return made / (perf_counter() - start)


def _work(path: Path) -> Work:
    examined = examine(path)
    book = findings_book(Ledger(examined.case, examined.findings, examined.readings, path.name))
    sheets = openpyxl.load_workbook(BytesIO(book))
    ledger = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in sheets.worksheets}
    return Work(path, present(examined.case, examined.findings), examined.findings, ledger)


def _report(ones: list[Batch], twos: list[Batch], agains: list[Batch], script: float, many: Batch) -> int:
    one, two, again = (sorted(each, key=_seconds)[len(each) // 2] for each in (ones, twos, agains))
    print(f"{DEPARTMENTS} 个部门，每个 {PROJECTS} 个项目，共 {one.documents} 份材料")
    print(f"{ROUNDS} 轮交替，取中位数；不量页码")
    rows = [_row("1 个进程", one), _row("2 个进程", two), _row("没有变化，再运行一次", again)]
    rows.append(_row(f"{MANY:,} 个部门，2 个进程", many))
    print(table(["", "秒", "份/秒", "每部门 毫秒", "主进程 MiB", "最大的工作进程 MiB"], rows))
    print(
        "\n各阶段（1 个进程）："
        + "，".join(f"{k} {v / sum(one.stages.values()):.0%}" for k, v in one.stages.items())
    )
    found = [
        (
            "份/秒，2 个进程 ÷ docxtpl+openpyxl",
            median(two.pace / script for two in twos),
            f"≥ {FASTER}",
            FASTER,
            1,
        ),
        ("份/秒，1 个进程 ÷ docxtpl+openpyxl", median(one.pace / script for one in ones), "", 0, 1),
        (
            "2 个进程 ÷ 1 个进程",
            median(o.seconds / t.seconds for o, t in zip(ones, twos, strict=True)),
            f"≥ {SIDE_BY_SIDE}",
            SIDE_BY_SIDE,
            1,
        ),
        ("没有变化 ÷ 全部重做（2 个进程）", again.seconds / two.seconds, f"< {AGAIN}", AGAIN, -1),
        (f"每部门用时，{MANY:,} ÷ {DEPARTMENTS}", many.each / two.each, f"≤ {DEARER}", DEARER, -1),
        (f"工作进程内存，{MANY:,} ÷ {DEPARTMENTS}", many.workers / two.workers, f"≤ {LARGER}", LARGER, -1),
        (f"主进程内存，{MANY:,} ÷ {DEPARTMENTS}", many.first / two.first, f"≤ {LARGER}", LARGER, -1),
    ]
    print(
        "\n"
        + table(["比值", "实测", "目标"], [[name, f"{value:.3g}", goal] for name, value, goal, _, _ in found])
    )
    print(f"docxtpl+openpyxl：{script:.1f} 份/秒（读工作簿、写同样的文件；不计算、不核对）")
    missed = [name for name, value, goal, bound, sign in found if goal and sign * value < sign * bound]
    whole = not any(each.failed for each in (*ones, *twos, many)) and again.unchanged == DEPARTMENTS
    return int(bool(missed) or not whole)


def _seconds(batch: Batch) -> float:
    return batch.seconds


def _row(name: str, batch: Batch) -> list[str]:
    each = f"{batch.each * 1000:.0f}"
    pace = "" if batch.unchanged else f"{batch.pace:.0f}"
    return [name, f"{batch.seconds:.2f}", pace, each, f"{batch.first:.0f}", f"{batch.workers:.0f}"]


if __name__ == "__main__":
    sys.exit(main())
