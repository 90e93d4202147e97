"""The same documents by the usual means: docxtpl for Word, load-fill-save with openpyxl for Excel."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from copy import copy
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from docxtpl import DocxTemplate
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.worksheet import Worksheet

TAG = re.compile(r"\{\{\s*([^}]+?)\s*\}\}")
STATEMENT = re.compile(r"\{%[^%]*%\}|\+N\(\"[^\"]*\"\)")
CONDITION = re.compile(r"\{%tr (?:if|else|endif)\b")
NAMED_VM = re.compile(rb"\{%\s*vm\s+[^%]+%\}")

Cells = list[tuple[StyleArray, object]]


def for_docxtpl(template: Path, copy_to: Path) -> Path:
    """A copy of the template without the names in ``{% vm … %}``, which docxtpl does not know.

    It then merges the innermost groups only: other merges, the same amount of work.
    """
    with zipfile.ZipFile(template) as source, zipfile.ZipFile(copy_to, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, NAMED_VM.sub(b"{% vm %}", source.read(name)))
    return copy_to


def by_docxtpl(template: Path, page: Mapping[str, Any]) -> bytes:
    """As the manual shows: open, render, save."""
    document = DocxTemplate(template)
    document.render(page, autoescape=True)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def for_openpyxl(template: Path, copy_to: Path) -> Path:
    """A copy of the template without the text of its conditional rows, which openpyxl knows nothing of."""
    book = openpyxl.load_workbook(template)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if CONDITION.match(str(cell.value)):
                cell.value = None
    book.save(copy_to)
    return copy_to


def by_openpyxl(template: Path, page: Mapping[str, Any]) -> bytes:
    """Load the workbook, lay the indicator rows out, fill every cell, merge the groups, save."""
    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    first, body, after = _loop(sheet)
    row_of_loop, tail = _cells(sheet, body), [_cells(sheet, row) for row in range(after, sheet.max_row + 1)]
    merges = _lift_merges(sheet, first)
    sheet.delete_rows(first, sheet.max_row - first + 1)
    for row in sheet.iter_rows(max_row=first - 1):
        for cell in row:
            if isinstance(cell.value, str) and "{{" in cell.value:
                cell.value = filled(cell.value, page)
    end = _rows(sheet, first, row_of_loop, page)
    for number, cells in enumerate(tail):
        _write(sheet, end + number, cells, page)
    for left, top, right, bottom in merges:
        if top < first:
            sheet.merge_cells(None, top, left, end - 1 if bottom < after else bottom, right)
        elif top >= after:
            sheet.merge_cells(None, top - after + end, left, bottom - after + end, right)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _loop(sheet: Worksheet) -> tuple[int, int, int]:
    """First row of the loop, the row that is repeated, and the first row after the loop."""
    texts = {number: str(row) for number, row in enumerate(sheet.iter_rows(values_only=True), 1)}
    marks = [number for number, text in texts.items() if "{%tr for" in text or "{%tr endfor" in text]
    body = next(number for number in range(marks[0], marks[-1]) if number not in marks)
    return marks[0], body, marks[-1] + 1


def _cells(sheet: Worksheet, row: int) -> Cells:
    cells: tuple[Any, ...] = sheet[row]
    return [(copy(cell._style), cell.value) for cell in cells]  # noqa: SLF001 - the known way to copy a style


def _lift_merges(sheet: Worksheet, first: int) -> list[tuple[int, int, int, int]]:
    """Take away the merges that reach the loop or lie below it; openpyxl does not move them."""
    reaching = [merge for merge in sheet.merged_cells.ranges if merge.max_row >= first]
    for merge in reaching:
        sheet.unmerge_cells(str(merge))
    return [merge.bounds for merge in reaching]


def _rows(sheet: Worksheet, row: int, cells: Cells, page: Mapping[str, Any]) -> int:
    """Write the indicator rows, merge 一级 and 二级; the row after them."""
    for level1 in page["项目"]["指标树"]:
        top = row
        for level2 in level1["二级"]:
            start = row
            for level3 in level2["三级"]:
                _write(sheet, row, cells, {**page, "一级": level1, "二级": level2, "三级": level3})
                row += 1
            sheet.merge_cells(start_row=start, end_row=row - 1, start_column=3, end_column=3)
        sheet.merge_cells(start_row=top, end_row=row - 1, start_column=2, end_column=2)
    return row


def _write(sheet: Worksheet, row: int, cells: Cells, page: Mapping[str, Any]) -> None:
    for column, (style, value) in enumerate(cells, 1):
        cell: Any = sheet.cell(row, column)
        cell._style = copy(style)  # noqa: SLF001 - as above
        if isinstance(value, str):
            cell.value = filled(value, page)


def filled(text: str, page: Mapping[str, Any]) -> str:
    """A cell's text with its tags filled in, those of formulas taken off."""
    plain = STATEMENT.sub("", text)
    return TAG.sub(lambda tag: str(_looked_up(tag[1], page)), plain)


def _looked_up(path: str, page: Mapping[str, Any]) -> object:
    value: object = page
    for name in path.split("."):
        value = value[name] if isinstance(value, Mapping) else ""
    return value
