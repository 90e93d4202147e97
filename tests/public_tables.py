"""The ten tables of a finished 部门决算公开, .docx or .xlsx, as read by a person: table → line → figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell, MergedCell

from docgen.quantity import plain
from tests.docxtext import docx_text

Grid = list[list[str]]
Lines = dict[str, list[str]]
LINE_NUMBERS: Mapping[str, Mapping[int, tuple[int, ...]]] = {  # column of the 行次 → columns of its figures
    "01": {1: (2,), 4: (5,)},
    "04": {1: (2,), 4: (5, 6, 7, 8)},
    "10": {1: (2,)},
}
WIDTHS = {"02": 7, "03": 6, "05": 3, "07": 6, "08": 3}  # figures beside a function code
TOTALS = {"人员经费合计", "公用经费合计"}
TWELVE = 12


def public_tables(path: Path) -> dict[str, Lines]:
    """``"01"`` … ``"10"`` → 行次, function or economic code → the cells, ``""`` for an empty one."""
    grids = _word_grids(path) if path.suffix == ".docx" else _excel_grids(path)
    tables = {name: _by_line_number(grids[name], blocks) for name, blocks in LINE_NUMBERS.items()}
    tables |= {name: _by_code(grids[name], width) for name, width in WIDTHS.items()}
    return tables | {"06": _by_economic_code(grids["06"]), "09": _below_the_numbers(grids["09"])}


def _excel_grids(path: Path) -> dict[str, Grid]:
    sheets = openpyxl.load_workbook(path, data_only=True).worksheets
    return {
        f"{number:02}": [[_displayed(cell) for cell in row] for row in sheet.iter_rows()]
        for number, sheet in enumerate(sheets, 1)
    }


def _displayed(cell: Cell | MergedCell) -> str:
    """A cell as its format shows it: 万元 to two decimals, half up, nothing for nothing."""
    value = cell.value
    if value is None or isinstance(value, str):
        return value or ""
    number = Decimal(str(value))
    if "0.00" not in cell.number_format:
        return plain(number)
    return f"{number.quantize(Decimal('0.01'), ROUND_HALF_UP)}" if number else ""


def _word_grids(path: Path) -> dict[str, Grid]:
    parts = re.split(r"^公开(\d\d)表$", docx_text(path), flags=re.MULTILINE)[1:]
    return {name: _grid(text) for name, text in zip(parts[::2], parts[1::2], strict=True)}


def _grid(text: str) -> Grid:
    """The rows of the table ``text`` begins with; a cell over n columns counts as n."""
    lines = text.partition("\n注：")[0].splitlines()
    return [_cells(line) for line in lines if line[:1] in {"│", "‖"}]


def _cells(line: str) -> list[str]:
    cells: list[str] = []
    for text in line[1:].split("│"):
        words, _, width = text.strip().partition("⇠")
        cells += [words.strip(), *[""] * (int(width or 1) - 1)]
    return cells


def _by_line_number(grid: Grid, blocks: Mapping[int, tuple[int, ...]]) -> Lines:
    return {
        row[number]: [row[column] for column in columns]
        for row in grid
        for number, columns in blocks.items()
        if len(row) > number and row[number].isdigit() and row[number - 1] != "栏次"
    }


def _by_code(grid: Grid, width: int) -> Lines:
    rows = [row for row in grid if re.fullmatch(r"合计|\d{3,7}", row[0])]
    return {row[0]: row[2 : 2 + width] for row in rows}


def _by_economic_code(grid: Grid) -> Lines:
    found = {}
    for row in grid:
        for index, code in enumerate(row):
            if re.fullmatch(r"3\d{2}(\d{2})?", code):
                found[code] = [row[index + 2]]
            elif code in TOTALS:
                found[code] = [next((cell for cell in row[index + 1 :] if cell), "")]
    return found


def _below_the_numbers(grid: Grid) -> Lines:
    """Of a table with one line: the row below the numbers of its columns."""
    numbers = [str(number) for number in range(1, TWELVE + 1)]
    return {"1": grid[grid.index(numbers) + 1]}
