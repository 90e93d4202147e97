"""The whole sample run against a process that only imports docxtpl, openpyxl, xlsxwriter and typer.

Whole processes, rounds interleaved. Exits 1 on a missed target.
"""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import rmtree
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.process import SAMPLE, docgen_run, run_python
from benchmarks.rounds import interleaved, ratio, table

ROUNDS = 9
TARGET = 4
IMPORTS = "import docxtpl, openpyxl, xlsxwriter, typer"


def main() -> int:
    """Time both and print the table."""
    with TemporaryDirectory() as folder:
        outputs = Path(folder) / "outputs"

        def whole_run() -> None:
            rmtree(outputs, ignore_errors=True)
            run_python(*docgen_run(SAMPLE, outputs))

        taken = interleaved({"run": whole_run, "imports": lambda: run_python("-c", IMPORTS)}, rounds=ROUNDS)
        made = sum(path.is_file() for path in outputs.rglob("*"))
    found = ratio(taken["run"], taken["imports"])
    rows = [
        [f"docgen run（{made} 个文件）", f"{median(taken['run']):.3f}", f"{found:.2f}×", f"≤ {TARGET}×"],
        [f"只 {IMPORTS}", f"{median(taken['imports']):.3f}", "1×", ""],
    ]
    print(f"示例全套材料，整个进程，不量页码（{ROUNDS} 轮交替，中位数）")
    print(table(["进程", "秒", "倍数", "目标"], rows))
    return int(found > TARGET)


if __name__ == "__main__":
    sys.exit(main())
