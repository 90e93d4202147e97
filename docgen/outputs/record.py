"""``run.json``: from what a run was made, what it found and wrote, how each printed figure came about.

The text depends on its contents alone: sorted keys, no clock, no path of this machine.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.outputs.entry import Entry, Status
from docgen.outputs.extract import Extract, extract_data
from docgen.quantity import plain

if TYPE_CHECKING:  # as in extract
    from docgen.figures.figure import Figure
    from docgen.finding import Finding
    from docgen.outputs.printed import Printed


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
_quoted = json.encoder.encode_basestring  # what it does with a text, without its preparations
Write = Callable[[Any], str]


def _figure_line(printed: tuple[str, int]) -> str:
    text, number = printed
    return f"[{_quoted(text)}, {number}]"


def _working_line(figure: Figure) -> str:
    cells = ", ".join([_quoted(str(place)) for place in figure.sources])
    value = "" if figure.value is None else plain(figure.value)
    return f'{{"cells": [{cells}], "formula": {_quoted(figure.how)}, "value": {_quoted(value)}}}'


# parts spread over lines: how deep, and what writes a line: one per finding, file, working and printed figure
_SPREAD: dict[str, tuple[int, Write]] = {
    "amounts": (1, _encode),
    "carried": (2, _encode),
    "extract": (2, _encode),
    "findings": (1, _encode),
    "files": (1, _encode),
    "figures": (2, _figure_line),
    "workings": (1, _working_line),
}
_FLAT: tuple[int, Write] = (0, _encode)


@dataclass(frozen=True, slots=True)
class Story:
    """What ``run.json`` says besides the files: inputs, their digests, findings and figures.

    ``options`` are what the run was asked that shows in its documents, ``extract`` is for the county.
    ``amounts`` (元) are for next year's run to compare with, by the keys of ``LastYear``; ``last_year`` is
    the digest of the record that this run was compared with, blank for none; ``carried`` is what next year's
    workbook and checks take over, by ``carried_over``.
    """

    docgen: str
    pack: str
    pack_digest: str
    workbook: str
    workbook_digest: str
    department: str
    fiscal_year: int | None
    findings: Sequence[Finding]
    printed: Printed
    extract: Extract | None = None
    options: Mapping[str, object] = field(default_factory=dict)
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    last_year: str = ""
    carried: Mapping[str, object] = field(default_factory=dict)


def pack_digest(folders: Iterable[Path]) -> str:
    """One digest over every file of a pack's folder and those of the packs it extends (samples left out)."""
    digest = sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and not name.startswith("sample/") and not path.name.startswith("~$"):
                content = sha256(path.read_bytes()).hexdigest()
                digest.update(f"{folder.name}/{name}\0{content}\n".encode())
    return digest.hexdigest()


def finding_data(finding: Finding) -> dict[str, object]:
    """A finding under the names that machines may rely on."""
    return {
        "code": finding.code,
        "tier": finding.severity.value,
        "workbook": finding.place.workbook,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell,
        "label": finding.place.label,
        "message": finding.message,
        "expected": finding.expected,
        "basis": finding.basis,
        "related": [
            {"sheet": r.place.sheet, "cell": r.place.cell, "label": r.place.label, "note": r.note}
            for r in finding.related
        ],
        "explained": finding.explained,
    }


def composed(story: Story, status: Status, files: Iterable[Entry]) -> bytes:
    """The bytes of ``run.json``."""
    record: dict[str, object] = {
        "docgen": story.docgen,
        "pack": {"id": story.pack, "sha256": story.pack_digest},
        "workbook": {"name": story.workbook, "sha256": story.workbook_digest},
        "department": story.department,
        "fiscal_year": story.fiscal_year,
        "status": status,
        "findings": [finding_data(finding) for finding in story.findings],
        "files": [_file_data(entry) for entry in files],
        "figures": story.printed.documents,
        "workings": story.printed.workings,
        "options": story.options,
        "counts": Counter(finding.tier for finding in story.findings),
        "extract": extract_data(story.extract) if story.extract else {},
    }
    if story.amounts:
        record["amounts"] = {key: plain(amount) for key, amount in story.amounts.items()}
    if story.carried:
        record["carried"] = story.carried
    if story.last_year:
        record["last_year"] = {"sha256": story.last_year}
    lines = [
        f"  {_quoted(key)}: {_spread(record[key], *_SPREAD.get(key, _FLAT), '  ')}" for key in sorted(record)
    ]
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    return text.encode("utf-8", errors="replace")


def _file_data(entry: Entry) -> dict[str, object]:
    return {each.name: told for each in fields(entry) if (told := getattr(entry, each.name))}


def _spread(value: object, depth: int, write: Write, indent: str) -> str:
    """``value`` over lines down to ``depth``, where ``write`` gives each line."""
    if not depth or not value or isinstance(value, str):
        return _encode(value)
    inner = indent + "  "
    if depth > 1:
        write = partial(_spread, depth=depth - 1, write=write, indent=inner)
    if isinstance(value, Mapping):
        items = [f"{inner}{_quoted(key)}: {write(value[key])}" for key in sorted(value)]
        return "{\n" + ",\n".join(items) + f"\n{indent}}}"
    if isinstance(value, Sequence):
        return "[\n" + ",\n".join([inner + write(each) for each in value]) + f"\n{indent}]"
    return _encode(value)


def entries_in(record: Path) -> dict[str, Entry]:
    """The files an earlier ``run.json`` lists, by path; none when there is no readable record."""
    try:
        told = json.loads(record.read_text("utf-8"))
        origin = {"made_from": told["workbook"]["sha256"]}
        entries = [Entry(**(origin | file)) for file in told["files"]]
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
        return {}
    return {entry.path: entry for entry in entries if entry.is_sound}
