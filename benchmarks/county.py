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
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import openpyxl

from benchmarks.county_workbooks import PROJECTS, write_county
from benchmarks.process import ROOT
from benchmarks.rounds import table
from benchmarks.stock import Stock, Work
from docgen.pipeline import examine
from docgen.present import present
from docgen.render.ledger import Ledger, findings_book

DEPARTMENTS, MANY = 80, 1000
ROUNDS = 5
SAMPLE = 4  # departments the script makes in each round
FASTER, SIDE_BY_SIDE, AGAIN = 20, 1.7, 0.05
DEARER, LARGER = 1.10, 1.10


@dataclass(frozen=True, slots=True)
class Batch:
    """What one batch took: seconds, CPU seconds of all its processes, MiB of the first and the largest."""

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
        for number in range(ROUNDS):
            out = folder / f"out{number}"
            scripts.append(stock.pace())
            ones.append(batch(folder / "in", out / "one", 1))
            twos.append(batch(folder / "in", out / "two", 2))
            agains.append(batch(folder / "in", out / "two", 2))
        write_county(folder / "many", MANY)
        many = batch(folder / "many", folder / "out", 2)
        pace = Pace(median(each.wall for each in scripts), median(each.each for each in scripts))
        return _report(ones, twos, agains, pace, many)


def batch(inputs: Path, out: Path, jobs: int) -> Batch:
    """One batch in a process of its own.

    Nothing is deleted before all is measured: some disks are slow to make files where many were removed.
    """
    command = [sys.executable, "-m", "benchmarks.county_batch", str(inputs), str(out), str(jobs)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return Batch(**json.loads(done.stdout))


@dataclass(frozen=True, slots=True)
class Pace:
    """Documents in a second, and CPU seconds for one department."""

    wall: float
    each: float


class _Script:
    """The usual script over a few of the departments; what to print is worked out beforehand."""

    def __init__(self, folder: Path, workbooks: list[Path]) -> None:
        (folder / "stock").mkdir()
        self._stock = Stock(folder / "stock")
        self._work = [_work(path) for path in workbooks[:SAMPLE]]
        for work in self._work:
            self._stock.prepare(work.pages)

    def pace(self) -> Pace:
        """How fast it is, over its departments once."""
        start, cpu = perf_counter(), process_time()
        made = sum(self._stock.department(work) for work in self._work)
        return Pace(made / (perf_counter() - start), (process_time() - cpu) / SAMPLE)


def _work(path: Path) -> Work:
    examined = examine(path)
    book = findings_book(Ledger(examined.case, examined.findings, examined.readings, path.name))
    sheets = openpyxl.load_workbook(BytesIO(book))
    ledger = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in sheets.worksheets}
    return Work(path, present(examined.case, examined.findings), examined.findings, ledger)


@dataclass(frozen=True, slots=True)
class Target:
    """A ratio that was measured, and how far it has to go (0: only told)."""

    name: str
    value: float
    at_least: float = 0
    at_most: float = 0

    @property
    def is_missed(self) -> bool:
        """Whether the ratio is not what was promised."""
        return self.value < self.at_least or bool(self.at_most and self.value > self.at_most)

    def row(self) -> list[str]:
        """The line of the table."""
        goal = f"≥ {self.at_least:g}" if self.at_least else f"≤ {self.at_most:g}" if self.at_most else ""
        return [self.name, f"{self.value:.3g}", goal, "没有达到" if self.is_missed else ""]


def _report(ones: list[Batch], twos: list[Batch], agains: list[Batch], script: Pace, many: Batch) -> int:
    one, two, again = (sorted(each, key=_seconds)[len(each) // 2] for each in (ones, twos, agains))
    print(f"{DEPARTMENTS} 个部门，每个 {PROJECTS} 个项目，共 {one.documents} 份材料")
    print(f"{ROUNDS} 轮交替，取中位数；不量页码")
    rows = [_row("1 个进程", one), _row("2 个进程", two), _row("没有变化，再运行一次", again)]
    rows.append(_row(f"{MANY:,} 个部门，2 个进程", many))
    rows.append(
        ["docxtpl+openpyxl 的循环", "", f"{script.wall:.1f}", "", f"{script.each * 1000:.0f}", "", ""]
    )
    print(table(["", "秒", "份/秒", "每部门 毫秒", "其中 CPU 毫秒", "主进程 MiB", "最大工作进程 MiB"], rows))
    whole = sum(one.stages.values())
    print("\n各阶段：" + "，".join(f"{name} {spent / whole:.0%}" for name, spent in one.stages.items()))
    found = [
        Target("份/秒，2 个进程 ÷ 循环", median(two.pace for two in twos) / script.wall, FASTER),
        Target("份/秒，1 个进程 ÷ 循环", median(one.pace for one in ones) / script.wall),
        Target("每份 CPU，循环 ÷ 1 个进程", script.each / (one.cpu / one.departments)),
        Target("2 个进程 ÷ 1 个进程", median(map(_speedup, ones, twos)), SIDE_BY_SIDE),
        Target("没有变化 ÷ 全部重做", again.seconds / two.seconds, at_most=AGAIN),
        Target(f"每部门用时，{MANY:,} ÷ {DEPARTMENTS}", many.each / two.each, at_most=DEARER),
        Target(f"工作进程内存，{MANY:,} ÷ {DEPARTMENTS}", many.workers / two.workers, at_most=LARGER),
        Target(f"主进程内存，{MANY:,} ÷ {DEPARTMENTS}", many.first / two.first, at_most=LARGER),
    ]
    print("\n" + table(["比值", "实测", "目标", ""], [target.row() for target in found]))
    print("循环：读工作簿，写同样的文件；写什么是事先算好给它的，它不计算、不核对")
    is_whole = not any(each.failed for each in (*ones, *twos, many)) and again.unchanged == DEPARTMENTS
    return int(any(target.is_missed for target in found) or not is_whole)


def _seconds(batch: Batch) -> float:
    return batch.seconds


def _speedup(one: Batch, two: Batch) -> float:
    return one.seconds / two.seconds


def _row(name: str, batch: Batch) -> list[str]:
    pace = "" if batch.unchanged else f"{batch.pace:.0f}"
    times = [f"{spent / batch.departments * 1000:.0f}" for spent in (batch.seconds, batch.cpu)]
    return [name, f"{batch.seconds:.2f}", pace, *times, f"{batch.first:.0f}", f"{batch.workers:.0f}"]


if __name__ == "__main__":
    sys.exit(main())
