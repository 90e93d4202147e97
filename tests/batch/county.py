"""Workbooks of made-up departments, from the pack's least sample."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl

from docgen.batch import County, Listener, Outcome, State, Wishes, run_county

ROOT = Path(__file__).parents[2]
PACK = "xinxiang"
MINIMAL = ROOT / "templates" / PACK / "sample" / "minimal.xlsx"
NAME, YEAR, PACK_CELL = "B1", "B3", "B6"
FORBIDDEN = set('<>:"\\|?*')


def department(
    path: Path, name: str, year: int | None = None, *, pack: str = "", draft: bool = False
) -> Path:
    """A workbook of the department ``name``; with ``draft`` one that has an error in it."""
    book = openpyxl.load_workbook(MINIMAL)
    sheet = book["单位信息"]
    cells = {str(row[0].value).rstrip("*"): row[1] for row in sheet.iter_rows(max_row=12)}
    cells["部门（单位）名称"].value = name
    if year:
        cells["年度"].value = year
    if pack:
        cells["模板包"].value = pack
    if draft:
        book["绩效指标"]["G2"] = "约十分"
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def batch(folder: Path, out: Path, listener: Listener | None = None, **wishes: object) -> County:
    """A batch over ``folder`` that leaves LibreOffice out of it."""
    wished = Wishes(out, **{"jobs": 2, "measure_pages": False, **wishes})  # type: ignore[arg-type]
    return run_county([folder], wished, listener)


def states(county: County) -> dict[str, State]:
    return {outcome.workbook.name: outcome.state for outcome in county.outcomes}


def only(county: County, name: str) -> Outcome:
    return next(outcome for outcome in county.outcomes if outcome.workbook.name == name)


def digests(folder: Path) -> dict[str, str]:
    """Every file below ``folder`` but the lock, the log and the history, by path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".docgen.lock" and not path.name.startswith("运行")
    }


def assert_whole(out: Path) -> None:
    """Every record below ``out`` can be read, and every file it tells of is there as told."""
    for record in out.rglob("run.json"):
        for file in json.loads(record.read_text("utf-8"))["files"]:
            content = (record.parent / file["path"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == file["sha256"], file["path"]


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "docgen", *map(str, arguments)]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def docgen(
    arguments: Sequence[str | Path], cwd: Path, before: Callable[[], None] | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own; ``before`` runs in it first."""
    return subprocess.run(
        command(*arguments),
        cwd=cwd,
        env=environment(**more),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        preexec_fn=before,
    )
