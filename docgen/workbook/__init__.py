"""The clerk's workbook: read into a filing, made empty, and handed back with the findings on its cells."""

from __future__ import annotations

from docgen.workbook.annotate import annotate
from docgen.workbook.bind import Bound, bind, pack_named_in
from docgen.workbook.blank import blank, write_workbook
from docgen.workbook.book import Book
from docgen.workbook.read import book_of, content_of, read
from docgen.workbook.records import Reading

__all__ = [
    "Book",
    "Bound",
    "Reading",
    "annotate",
    "bind",
    "blank",
    "book_of",
    "content_of",
    "pack_named_in",
    "read",
    "write_workbook",
]
