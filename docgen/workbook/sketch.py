"""A glance into a workbook: only the sheet that says whose it is, so that thousands can be told apart."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from docgen.workbook.book import Book, Grid
from docgen.workbook.folding import key
from docgen.workbook.read import book_of


def sketch(path: Path, data: bytes, is_wanted: Callable[[str], bool]) -> Book:
    """The sheets whose folded title ``is_wanted``, as values; the others are there but empty.

    Raises ``WorkbookError`` where ``read`` would.
    """
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            sheets = tuple(
                Grid(
                    path.name,
                    title,
                    book.get_sheet_by_name(title).to_python(skip_empty_area=False)
                    if is_wanted(key(title))
                    else [],
                )
                for title in book.sheet_names
            )
    except (CalamineError, ValueError, OSError):
        return book_of(path, data)  # which knows more ways to read, and says why it cannot
    return Book(path.name, sheets)
