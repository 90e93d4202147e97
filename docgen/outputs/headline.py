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


@dataclass(frozen=True, slots=True)
class Headline:
    """What one run was made from and what lies in its ``folder``; ``extract`` is decoded when asked for.

    ``last_year`` is the digest of the record it was compared with.
    """

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
    last_year: str = ""


def headline(folder: Path) -> Headline | None:
    """The headline of the run in ``folder``; None where there is no record that can be read."""
    return _headline(folder, _record(folder))


def _headline(folder: Path, record: bytes) -> Headline | None:
    try:
        pack, workbook = _part(record, "pack"), _part(record, "workbook")
        return Headline(
            folder=folder,
            docgen=_part(record, "docgen"),
            pack=pack["id"],
            pack_digest=pack["sha256"],
            workbook=workbook["name"],
            workbook_digest=workbook["sha256"],
            department=_part(record, "department"),
            fiscal_year=_part(record, "fiscal_year"),
            status=_part(record, "status"),
            options=_part(record, "options"),
            counts=_part(record, "counts"),
            files=tuple(Entry(**file) for file in _part(record, "files")),
            last_year=_last_year(record),
        )
    except (ValueError, KeyError, TypeError):
        return None


def _last_year(record: bytes) -> str:
    """The digest of the record that this run was compared with; blank for none."""
    return str(_part(record, "last_year")["sha256"]) if b'\n  "last_year": ' in record else ""


def workbook_in(folder: Path) -> str | None:
    """The digest of the workbook that the run in ``folder`` was made from."""
    try:
        return str(_part(_record(folder), "workbook")["sha256"])
    except (ValueError, KeyError, TypeError):
        return None


def headline_with_extract(folder: Path) -> tuple[Headline, Extract] | None:
    """The headline and what the county needs of the run in ``folder``; None where its record lacks either."""
    record = _record(folder)
    try:
        last, extract = _headline(folder, record), extract_from(_part(record, "extract"))
    except (ValueError, KeyError, TypeError, ArithmeticError):
        return None
    return (last, extract) if last else None


def run_folders(out: Path) -> Iterator[Path]:
    """The folders ``outputs/<部门>/<年度>`` that hold a record, in order."""
    yield from sorted(record.parent for record in out.glob(f"*/*/{RECORD}"))


def _record(folder: Path) -> bytes:
    try:
        return (folder / RECORD).read_bytes()
    except OSError:
        return b""


def _part(record: bytes, key: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """The value of one key of the outermost object; ``ValueError`` where there is none.

    No string holds a bare line break, so only a key of the outermost object follows one and two blanks. The
    rest, some hundred kilobytes of figures, is not even decoded.
    """
    mark = f'\n  "{key}": '.encode()
    start = record.index(mark) + len(mark)
    end = record.find(b'\n  "', start)
    return json.loads(record[start : end if end >= 0 else record.rindex(b"\n}")].rstrip(b","))
