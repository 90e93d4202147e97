"""10, 100 and 1,000 projects in one workbook: seconds and peak memory, and what one more project costs."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.process import SAMPLE, Usage, docgen_run, run_python
from benchmarks.rounds import table

SIZES = (10, 100, 1000)
SHEETS = ("项目", "项目资金", "绩效指标")
KEY, EXAMPLE = "项目名称", "（示例）"

Row = tuple[Any, ...]


def main() -> None:
    """Run each size once and print the table."""
    with TemporaryDirectory() as folder:
        usages = {size: _run(Path(folder), size) for size in SIZES}
    rows, smaller = [], SIZES[0]
    for size, usage in usages.items():
        more = (usage.seconds - usages[smaller].seconds) / (size - smaller) if size > smaller else 0
        each = f"{more * 1000:.1f}" if more else "—"
        rows.append([f"{size:,}", f"{usage.seconds:.2f}", f"{usage.mebibytes:.0f}", each, str(usage.status)])
        smaller = size
    print("一份工作簿里的项目数（整个进程，不量页码；项目是重复的，与收支对不上，所以是草稿）")
    print(table(["项目", "秒", "峰值 MiB", "每多一个项目 毫秒", "退出码"], rows))


def _run(folder: Path, size: int) -> Usage:
    workbook = folder / f"{size}.xlsx"
    write_workbook(workbook, size)
    return run_python(*docgen_run(workbook, folder / f"out-{size}"))


def write_workbook(path: Path, size: int) -> None:
    """The sample, its projects repeated under new names until there are ``size`` of them."""
    book = openpyxl.load_workbook(SAMPLE)
    for title in SHEETS:
        _repeat(book[title], size)
    book.save(path)


def _repeat(sheet: Worksheet, size: int) -> None:
    head, column = _key(sheet)
    groups: dict[str, list[Row]] = {}
    for row in sheet.iter_rows(min_row=head + 1, values_only=True):
        if row[column] and not str(row[column]).startswith(EXAMPLE):
            groups.setdefault(str(row[column]), []).append(row)
    sheet.delete_rows(head + 1, sheet.max_row)
    names = [f"{name}{turn or ''}" for turn in range(size // len(groups) + 1) for name in groups][:size]
    for name, rows in zip(names, cycle(groups.values()), strict=False):
        for row in rows:
            sheet.append([name if place == column else _entered(value) for place, value in enumerate(row)])


def _key(sheet: Worksheet) -> tuple[int, int]:
    """Number of the heading row and index of the column that names the project."""
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        for column, value in enumerate(row):
            if str(value).startswith(KEY):
                return number, column
    raise LookupError(sheet.title)


def _entered(value: Any) -> Any:  # noqa: ANN401 - whatever a cell holds
    """What a clerk types; formulas of computed columns are left out."""
    return None if isinstance(value, str) and value.startswith("=") else value


if __name__ == "__main__":
    main()
