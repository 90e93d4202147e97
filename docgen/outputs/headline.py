"""The few lines of a ``run.json`` that tell what it was made from, read without the rest of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen.outputs.commit import RECORD
from docgen.outputs.entry import Entry, Status
from docgen.outputs.extract import Extract, extract_from

_INPUTS = frozenset({"docgen", "fiscal_year", "last_year", "options", "pack", "workbook"})
_KEYS = _INPUTS | {"counts", "department", "files", "status"}
_EXTRACT = frozenset({"extract"})


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
    found = _told(folder, with_extract=False)
    return found[0] if found else None


def headline_with_extract(folder: Path) -> tuple[Headline, Extract] | None:
    """The headline and what the county needs of the run in ``folder``; None where its record lacks either."""
    found = _told(folder, with_extract=True)
    return (found[0], found[1]) if found and found[1] else None


def _told(folder: Path, *, with_extract: bool) -> tuple[Headline, Extract | None] | None:
    try:
        told = _parts(_record(folder), _EXTRACT | _KEYS if with_extract else _KEYS)
        last = Headline(
            folder=folder,
            docgen=told["docgen"],
            pack=told["pack"]["id"],
            pack_digest=told["pack"]["sha256"],
            workbook=told["workbook"]["name"],
            workbook_digest=told["workbook"]["sha256"],
            department=told["department"],
            fiscal_year=told["fiscal_year"],
            status=told["status"],
            options=told["options"],
            counts=told["counts"],
            files=tuple(Entry(**file) for file in told["files"]),
            last_year=str(told["last_year"]["sha256"]) if "last_year" in told else "",
        )
        if not _is_sound(last):
            return None
        return last, extract_from(told["extract"]) if with_extract else None
    except (ValueError, KeyError, TypeError, ArithmeticError):
        return None


def _is_sound(last: Headline) -> bool:
    """Whether all is of its kind: a person may have edited the record."""
    texts = (last.docgen, last.pack, last.pack_digest, last.workbook, last.workbook_digest, last.department)
    return (
        all(type(text) is str for text in texts)
        and type(last.fiscal_year) in {int, type(None)}
        and isinstance(last.options, dict)
        and isinstance(last.counts, dict)
        and all(file.is_sound for file in last.files)
    )


def workbook_in(folder: Path) -> str | None:
    """The digest of the workbook that the run in ``folder`` was made from."""
    try:
        return str(_parts(_record(folder), {"workbook"})["workbook"]["sha256"])
    except (ValueError, KeyError, TypeError):
        return None


def run_folders(out: Path) -> Iterator[Path]:
    """The folders ``outputs/<部门>/<年度>`` that hold a record, in order."""
    yield from sorted(record.parent for record in out.glob(f"*/*/{RECORD}"))


def _record(folder: Path) -> bytes:
    try:
        return (folder / RECORD).read_bytes()
    except OSError:
        return b""


def _parts(record: bytes, keys: Iterable[str]) -> dict[str, Any]:
    """The values of these keys of the outermost object; those that are missing are left out.

    The keys of a record are sorted, and no string in it holds a bare line break: each is looked for behind
    the one before, and the rest, some hundred kilobytes of figures, is not even decoded.
    """
    found: dict[str, Any] = {}
    at = 0
    for key in sorted(keys):
        mark = f'\n  "{key}": '.encode()
        start = record.find(mark, at)
        if start >= 0:
            at = record.find(b'\n  "', start + len(mark))
            end = at if at >= 0 else record.rindex(b"\n}")
            found[key] = json.loads(record[start + len(mark) : end].rstrip(b","))
    return found
