"""Whole sample runs against a process that only imports docxtpl, openpyxl, xlsxwriter and typer.

Whole processes, rounds interleaved. Exits 1 on a missed target.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from shutil import rmtree
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.process import ROOT, SAMPLE, docgen_run, run_python
from benchmarks.rounds import interleaved, ratio, table

ROUNDS = 9
TARGETS = {SAMPLE: 4, ROOT / "inputs/zezhou-2024.xlsx": 5}
IMPORTS = "import docxtpl, openpyxl, xlsxwriter, typer"


def _whole_run(workbook: Path, outputs: Path) -> None:
    rmtree(outputs, ignore_errors=True)
    run_python(*docgen_run(workbook, outputs))


def main() -> int:
    """Time all and print the table."""
    with TemporaryDirectory() as folder:
        outputs = {workbook: Path(folder) / workbook.stem for workbook in TARGETS}
        runs: dict[str, Callable[[], object]] = {
            workbook.stem: partial(_whole_run, workbook, outputs[workbook]) for workbook in TARGETS
        }
        taken = interleaved({**runs, "imports": lambda: run_python("-c", IMPORTS)}, rounds=ROUNDS)
        made = {book: sum(path.is_file() for path in outputs[book].rglob("*")) for book in TARGETS}
    found = {workbook: ratio(taken[workbook.stem], taken["imports"]) for workbook in TARGETS}
    rows = [
        [
            f"docgen run {workbook.name}（{made[workbook]} 个文件）",
            f"{median(taken[workbook.stem]):.3f}",
            f"{found[workbook]:.2f}×",
            f"≤ {target}×",
        ]
        for workbook, target in TARGETS.items()
    ]
    rows.append([f"只 {IMPORTS}", f"{median(taken['imports']):.3f}", "1×", ""])
    print(f"示例全套材料，整个进程，不量页码（{ROUNDS} 轮交替，中位数）")
    print(table(["进程", "秒", "倍数", "目标"], rows))
    return int(any(found[workbook] > target for workbook, target in TARGETS.items()))


if __name__ == "__main__":
    sys.exit(main())
