"""清单.xlsx: the cover list of what is handed over, file by file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from docgen.render.ledger_sheet import LOOKS, Coloured, Heading, LedgerSheet, Value

_CREATED = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
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
    from xlsxwriter import Workbook

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(stream, options)
    book.set_properties({"title": title, "created": _CREATED})
    looks = {name: book.add_format(dict(look)) for name, look in LOOKS.items()}
    sheet = LedgerSheet(book, looks, "清单")
    sheet.title(title)
    for note in notes:
        sheet.note(note)
    sheet.note("")
    sheet.table(_HEADINGS, [_line(number, file) for number, file in enumerate(files, 1)])
    book.close()
    return stream.getvalue()


def _line(number: int, file: Listed) -> list[Value]:
    status = Coloured(file.status, _LOOKS.get(file.status, "text"))
    return [number, file.path, file.pages, file.size, status, file.sha256]
