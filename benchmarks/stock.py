"""The documents of a department as a script of the usual means makes them, from the same templates and words.

It reads the workbook with openpyxl, fills Word templates with docxtpl and Excel templates by load, fill,
save, writes the rows of 校验结果 without any looks, and a copy of the workbook with comments. What to write
is handed to it: it computes, checks, records and merges nothing. All of that docgen does in its own time.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.rivals import Cells, by_docxtpl, filled
from docgen.finding import Finding
from docgen.present import Page

FOR = re.compile(r"\{%tr for (\w+) in ([\w.]+) %\}")
OURS = re.compile(rb"\{%\s*vm\s+[^%]+%\}")
TAGGED = re.compile(rb"\{%(?:(?!%\}).)*%\}", re.DOTALL)
CURLY = re.compile(b"\xe2\x80[\x9c\x9d]")  # “ and ” in UTF-8
CONTENTS = re.compile(rb"\{%p contents[^%]*%\}")
Names = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Work:
    """What the script is handed for one department."""

    workbook: Path
    pages: Sequence[Page]
    findings: Sequence[Finding]
    ledger: Mapping[str, Sequence[Sequence[Any]]]


class Stock:
    """A script of the usual kind. Templates are made fit for docxtpl once, outside what is timed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._fit: dict[Path, Path] = {}

    def prepare(self, pages: Iterable[Page]) -> None:
        """Copies of the Word templates without what docxtpl does not know."""
        for template in {page.template for page in pages if page.template.suffix == ".docx"}:
            self._fit[template] = _for_docxtpl(template, self.folder / template.name)

    def department(self, work: Work) -> int:
        """Read the workbook, make every page and the two files about the run; how many pages were made."""
        read_all(work.workbook)
        for page in work.pages:
            self._write(page.output, self._page(page))
        self._write("校验结果.xlsx", ledger(work.ledger))
        self._write("批注.xlsx", marked(work.workbook, work.findings))
        return len(work.pages)

    def _write(self, output: str, content: bytes) -> None:
        target = self.folder / "out" / output
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    def _page(self, page: Page) -> bytes:
        if page.template.suffix == ".docx":
            return by_docxtpl(self._fit[page.template], page.context)
        return by_openpyxl(page.template, page.context)


def _for_docxtpl(template: Path, target: Path) -> Path:
    with zipfile.ZipFile(template) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            made.writestr(name, _plain(source.read(name)))
    return target


def _plain(part: bytes) -> bytes:
    """Without the names in ``{% vm … %}``, the contents, and curly quotes that docxtpl makes straight."""
    bare = CONTENTS.sub(b"", OURS.sub(b"{% vm %}", part))
    return TAGGED.sub(lambda tag: CURLY.sub(b"", tag[0]), bare)


def read_all(workbook: Path) -> int:
    """Every value of every sheet, as a script reads them."""
    book = openpyxl.load_workbook(workbook, data_only=True)
    return sum(1 for sheet in book for row in sheet.iter_rows(values_only=True) if any(row))


def ledger(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """Rows of values, sheet by sheet."""
    book = openpyxl.Workbook()
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return _saved(book)


def marked(workbook: Path, findings: Iterable[Finding]) -> bytes:
    """A copy of the workbook with a comment for each finding."""
    book = openpyxl.load_workbook(workbook)
    for finding in findings:
        if finding.place.cell:
            cell: Any = book[finding.place.sheet][finding.place.cell]
            cell.comment = Comment(finding.message, "docgen")
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def by_openpyxl(template: Path, names: Names) -> bytes:
    """Load, lay the loops out row by row, fill, put the fixed merges back, save."""
    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    rows = [_cells(sheet, number) for number in range(1, sheet.max_row + 1)]
    merges = [merge.bounds for merge in sheet.merged_cells.ranges]
    for merge in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merge))
    sheet.delete_rows(1, sheet.max_row)
    placed: dict[int, int] = {}
    for at, (number, cells, scope) in enumerate(_laid_out(list(enumerate(rows, 1)), names), 1):
        placed.setdefault(number, at)
        _write(sheet, at, cells, scope)
    for left, top, right, bottom in merges:
        if top == bottom and top in placed:
            sheet.merge_cells(None, placed[top], left, placed[top], right)
    return _saved(book)


def _cells(sheet: Worksheet, row: int) -> Cells:
    cells: tuple[Any, ...] = sheet[row]
    return [(copy(cell._style), cell.value) for cell in cells]  # noqa: SLF001 - the known way to copy a style


def _laid_out(rows: list[tuple[int, Cells]], names: Names) -> Iterator[tuple[int, Cells, Names]]:
    """Rows in the order they are written, with the names each may use; conditions count as true."""
    at = 0
    while at < len(rows):
        number, cells = rows[at]
        tag = next((str(value) for _, value in cells if "{%tr" in str(value)), "")
        loop = FOR.search(tag)
        if loop:
            end = _end(rows, at)
            for item in _list(loop[2], names):
                yield from _laid_out(rows[at + 1 : end], {**names, loop[1]: item})
            at = end
        elif not tag:
            yield number, cells, names
        at += 1


def _end(rows: list[tuple[int, Cells]], start: int) -> int:
    depth = 0
    for at in range(start, len(rows)):
        text = str([value for _, value in rows[at][1]])
        depth += text.count("{%tr for") - text.count("{%tr endfor")
        if not depth:
            return at
    raise ValueError(start)


def _list(path: str, names: Names) -> list[Any]:
    value: Any = names
    for step in path.split("."):
        value = value.get(step, []) if isinstance(value, Mapping) else []
    return value if isinstance(value, list) else []


def _write(sheet: Worksheet, row: int, cells: Cells, names: Names) -> None:
    for column, (style, value) in enumerate(cells, 1):
        cell: Any = sheet.cell(row, column)
        cell._style = copy(style)  # noqa: SLF001 - as above
        cell.value = filled(value, names) if isinstance(value, str) else value
