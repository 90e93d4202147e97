"""The few lines of a ``run.json`` that tell what it was made from, read without the rest of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen.outputs.commit import RECORD
from docgen.outputs.entry import Entry, Status
from docgen.outputs.extract import Extract, extract_from

_value_at = json.JSONDecoder().raw_decode


@dataclass(frozen=True, slots=True)
class Headline:
    """What one run was made from and what lies in its ``folder``; ``extract`` is decoded when asked for."""

    folder: Path
    docgen: str
    pack: str
    pack_digest: str
    workbook: str
    workbook_digest: str
    department: str
    fiscal_year: int | None
    status: Status
    options: Mapping[str, object]
    counts: Mapping[str, int]
    files: tuple[Entry, ...]


def headline(folder: Path) -> Headline | None:
    """The headline of the run in ``folder``; None where there is no record that can be read."""
    text = _text(folder)
    try:
        pack, workbook = _part(text, "pack"), _part(text, "workbook")
        return Headline(
            folder=folder,
            docgen=_part(text, "docgen"),
            pack=pack["id"],
            pack_digest=pack["sha256"],
            workbook=workbook["name"],
            workbook_digest=workbook["sha256"],
            department=_part(text, "department"),
            fiscal_year=_part(text, "fiscal_year"),
            status=_part(text, "status"),
            options=_part(text, "options"),
            counts=_part(text, "counts"),
            files=tuple(Entry(**file) for file in _part(text, "files")),
        )
    except (ValueError, KeyError, TypeError):
        return None


def workbook_in(folder: Path) -> str | None:
    """The digest of the workbook that the run in ``folder`` was made from."""
    try:
        return str(_part(_text(folder), "workbook")["sha256"])
    except (ValueError, KeyError, TypeError):
        return None


def extract_in(folder: Path) -> Extract | None:
    """What the county needs of the run in ``folder``; None where its record does not tell."""
    try:
        return extract_from(_part(_text(folder), "extract"))
    except (ValueError, KeyError, TypeError, ArithmeticError):
        return None


def run_folders(out: Path) -> Iterator[Path]:
    """The folders ``outputs/<部门>/<年度>`` that hold a record, in order."""
    yield from sorted(record.parent for record in out.glob(f"*/*/{RECORD}"))


def _text(folder: Path) -> str:
    try:
        return (folder / RECORD).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _part(text: str, key: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """The value of one key of the outermost object; ``ValueError`` where there is none.

    No string holds a bare line break, so only a key of the outermost object follows one and two blanks.
    """
    mark = f'\n  "{key}": '
    return _value_at(text, text.index(mark) + len(mark))[0]
