"""Small templates made in a test, and what a reader sees in what was rendered."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import openpyxl
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from docgen.render import Rendered, Template, compile_template
from docgen.render.package import Package

Rows = Sequence[Sequence[object]]


def word(folder: Path, *blocks: str | Rows, change: Callable[[Document], None] | None = None) -> Path:
    """A .docx of paragraphs (strings) and tables (lists of rows)."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            _add_table(document, block)
    if change:
        change(document)
    path = folder / "template.docx"
    document.save(str(path))
    return path


def word_template(folder: Path, *blocks: str | Rows) -> Template:
    """The same, compiled."""
    return compile_template(word(folder, *blocks))


def opened(rendered: Rendered) -> Document:
    """The rendered document as python-docx sees it."""
    return docx.Document(io.BytesIO(rendered.content))


def paragraphs(rendered: Rendered) -> list[str]:
    """The texts of the body's paragraphs."""
    return [paragraph.text for paragraph in opened(rendered).paragraphs]


def grid(table: Table) -> list[list[str]]:
    """The texts of a table's cells, `^` where a cell continues the one above."""
    return [[_cell_text(cell) for cell in row._tr.tc_lst] for row in table.rows]


def first_grid(rendered: Rendered) -> list[list[str]]:
    """The grid of the first table."""
    return grid(opened(rendered).tables[0])


def part(rendered: Rendered, name: str) -> str:
    """The text of one member."""
    return Package.read(rendered.content).bytes(name).decode()


def sheet(folder: Path, rows: Rows, change: Callable[[Worksheet], None] | None = None) -> Path:
    """An .xlsx with one sheet 表1."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "表1"
    for row in rows:
        page.append(list(row))
    if change:
        change(page)
    path = folder / "template.xlsx"
    book.save(path)
    return path


def sheet_template(folder: Path, rows: Rows, change: Callable[[Worksheet], None] | None = None) -> Template:
    """The same, compiled."""
    return compile_template(sheet(folder, rows, change))


def book(rendered: Rendered, *, values: bool = False) -> Workbook:
    """The rendered workbook as openpyxl sees it."""
    return openpyxl.load_workbook(io.BytesIO(rendered.content), data_only=values, rich_text=False)


def cells(rendered: Rendered, *, values: bool = False) -> list[list[object]]:
    """The values of the first sheet, row by row, trailing blanks cut."""
    rows = book(rendered, values=values).worksheets[0].iter_rows(values_only=True)
    return [_cut(list(row)) for row in rows]


def merges(rendered: Rendered) -> set[str]:
    """The merged areas of the first sheet."""
    return {str(area) for area in book(rendered).worksheets[0].merged_cells.ranges}


def _add_table(document: Document, rows: Rows) -> None:
    table = document.add_table(rows=len(rows), cols=max(len(row) for row in rows))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = str(text)


def _cell_text(cell: object) -> str:
    properties = cell.tcPr  # type: ignore[attr-defined]
    merge = None if properties is None else properties.find(qn("w:vMerge"))
    if merge is not None and merge.get(qn("w:val"), "continue") == "continue":
        return "^"
    texts = cell.iter(qn("w:p"))  # type: ignore[attr-defined]
    return "\n".join("".join(text.text or "" for text in one.iter(qn("w:t"))) for one in texts)


def _cut(row: list[object]) -> list[object]:
    while row and row[-1] is None:
        row.pop()
    return row
