"""Whole processes: how long one takes and how much memory it needs at its peak."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "inputs/xinxiang-2021.xlsx"
BYTES_PER_MIB = 1 << 20
UNIT_OF_MAXRSS = 1 if sys.platform == "darwin" else 1 << 10  # macOS counts bytes, Linux KiB


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process took: wall time, peak memory, and how it ended."""

    seconds: float
    mebibytes: float
    status: int


def run_python(*arguments: str) -> Usage:
    """Run this interpreter once, its output thrown away.

    Bytecode may be kept, as it is for whoever has installed docgen: the libraries' bytecode always is.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = perf_counter()
    child = subprocess.Popen(
        [sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    complaint = child.stderr.read() if child.stderr else b""
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if b"Traceback" in complaint:
        raise SystemExit(complaint.decode())
    return Usage(perf_counter() - start, usage.ru_maxrss * UNIT_OF_MAXRSS / BYTES_PER_MIB, child.returncode)


def docgen_run(workbook: Path, outputs: Path) -> Sequence[str]:
    """Arguments of a run that leaves page measuring to Word: LibreOffice is not what is timed."""
    return ("-m", "docgen", "run", str(workbook), "--out", str(outputs), "--no-pages")
