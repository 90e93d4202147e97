"""The ten tables of a finished 部门决算公开 .xlsx, as its reader sees them: table → line → figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from docgen.quantity import plain


def public_tables(path: Path) -> dict[str, dict[str, list[str]]]:
    """``"01"`` … ``"10"`` → 行次, function or economic code → the cells, ``""`` for an empty one."""
    book = openpyxl.load_workbook(path, data_only=True)
    sheets = {f"{number:02}": book.worksheets[number - 1] for number in range(1, 11)}
    tables = {
        "01": by_line_number(sheets["01"], {1: (2,), 4: (5,)}),
        "04": by_line_number(sheets["04"], {1: (2,), 4: (5, 6, 7, 8)}),
        "06": by_economic_code(sheets["06"]),
        "09": vehicles_and_meals(sheets["09"]),
        "10": by_line_number(sheets["10"], {1: (2,)}),
    }
    for name, width in (("02", 7), ("03", 6), ("05", 3), ("07", 6), ("08", 3)):
        tables[name] = by_code(sheets[name], width)
    return tables


def displayed(cell: Cell | MergedCell, *, counted: bool = False) -> str:
    """A cell as its reader sees it: 万元 to two decimals, half up; nothing for nothing."""
    value = cell.value
    if value in {None, "", 0}:
        return ""
    if isinstance(value, str):
        return value
    number = Decimal(str(value))
    return plain(number) if counted else f"{number.quantize(Decimal('0.01'), ROUND_HALF_UP)}"


def code_of(cell: Cell | MergedCell) -> str:
    return "" if cell.value is None else re.sub(r"\s", "", str(cell.value))


def by_line_number(sheet: Worksheet, blocks: Mapping[int, tuple[int, ...]]) -> dict[str, list[str]]:
    """The cells of a table whose lines are numbered: column of the 行次 → columns of its figures."""
    found = {}
    for row in sheet.iter_rows(min_row=5):
        for number, columns in blocks.items():
            name = code_of(row[number])
            if name.isdigit():
                counted = len(blocks) == 1 and int(name) > 6  # vehicles and equipment in 公开10
                found[name] = [displayed(row[column], counted=counted) for column in columns]
    return found


def by_code(sheet: Worksheet, width: int) -> dict[str, list[str]]:
    """The cells of a table by function code, its 合计 first."""
    rows = [row for row in sheet.iter_rows() if re.fullmatch(r"合计|\d{3,7}", code_of(row[0]))]
    return {code_of(row[0]): [displayed(cell) for cell in row[2 : 2 + width]] for row in rows}


def by_economic_code(sheet: Worksheet) -> dict[str, list[str]]:
    found = {}
    for row in sheet.iter_rows():
        for index, cell in enumerate(row):
            code = code_of(cell)
            if re.fullmatch(r"3\d{2}(\d{2})?", code):
                found[code] = [displayed(row[index + 2])]
            elif code in {"人员经费合计", "公用经费合计"}:
                right = [each for each in row[index + 1 :] if not isinstance(each, MergedCell)]
                found[code] = [displayed(right[0])]
    return found


def vehicles_and_meals(sheet: Worksheet) -> dict[str, list[str]]:
    numbers = next(row for row in sheet.iter_rows() if [code_of(cell) for cell in row[:3]] == ["1", "2", "3"])
    below = next(sheet.iter_rows(min_row=int(numbers[0].row or 0) + 1))
    return {"1": [displayed(cell) for cell in below[:12]]}
