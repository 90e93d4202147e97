"""清单.xlsx: the cover list of what is handed over, file by file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docgen.render.ledger_sheet import Coloured, Heading, LedgerSheet, Value

_HEADINGS = (
    Heading("序号", 6),
    Heading("文件", 84),
    Heading("页数", 7),
    Heading("字节", 10),
    Heading("状态", 10),
    Heading("SHA-256", 72),
)
_LOOKS = {"草稿": "核实", "被人改过": "提示"}


@dataclass(frozen=True, slots=True)
class Listed:
    """One file: its path in the archive, its pages where known, and 定稿, 草稿 or 被人改过."""

    path: str
    pages: int | None
    size: int
    status: str
    sha256: str


def packing_list(title: str, notes: Sequence[str], files: Sequence[Listed]) -> bytes:
    """The bytes of 清单.xlsx; they depend on the arguments alone."""
    from docgen.render.row_book import RowBook  # with it XlsxWriter is loaded

    book = RowBook(title)
    sheet = LedgerSheet(book, "清单")
    sheet.title(title)
    for note in notes:
        sheet.note(note)
    sheet.note("")
    sheet.table(_HEADINGS, [_line(number, file) for number, file in enumerate(files, 1)])
    return book.finished()


def _line(number: int, file: Listed) -> list[Value]:
    status = Coloured(file.status, _LOOKS.get(file.status, "text"))
    return [number, file.path, file.pages, file.size, status, file.sha256]
