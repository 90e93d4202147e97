"""``run.json``: from what a run was made, what it found and wrote, how each printed figure came about.

The text depends on its contents alone: sorted keys, no clock, no path of this machine.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.outputs.entry import Entry, Status
from docgen.outputs.extract import Extract, extract_data
from docgen.quantity import plain

if TYPE_CHECKING:  # as in extract
    from docgen.finding import Finding
    from docgen.outputs.printed import Printed
    from docgen.packs import Pack

# how deep a part is spread over lines: one line per finding, file, working and printed figure
_DEPTH = {"amounts": 1, "carried": 2, "extract": 2, "findings": 1, "files": 1, "workings": 1, "figures": 2}

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
_quoted = json.encoder.encode_basestring


def _line(value: object) -> str:
    """``value`` as ``_encode`` writes it; the kinds there are thousands of, without its preparations."""
    if isinstance(value, str):
        return _quoted(value)
    if type(value) is int:
        return str(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join([_quoted(v) if type(v) is str else _line(v) for v in value]) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join([f"{_quoted(key)}: {_line(value[key])}" for key in sorted(value)]) + "}"
    return _encode(value)


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


def pack_digest(pack: Pack) -> str:
    """One digest over every file of a pack and of the packs it extends (samples left out)."""
    digest = sha256()
    for folder in pack.folders:
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
    lines = [f"  {_line(key)}: {_spread(record[key], _DEPTH.get(key, 0), '  ')}" for key in sorted(record)]
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    return text.encode("utf-8", errors="replace")


def _file_data(entry: Entry) -> dict[str, object]:
    return {each.name: told for each in fields(entry) if (told := getattr(entry, each.name))}


def _spread(value: object, depth: int, indent: str) -> str:
    if not depth or not value or isinstance(value, str):
        return _line(value)
    inner = indent + "  "
    write = _line if depth == 1 else partial(_spread, depth=depth - 1, indent=inner)
    if isinstance(value, Mapping):
        items = [f"{inner}{_line(key)}: {write(value[key])}" for key in sorted(value)]
        return "{\n" + ",\n".join(items) + f"\n{indent}}}"
    if isinstance(value, Sequence):
        return "[\n" + ",\n".join([f"{inner}{write(v)}" for v in value]) + f"\n{indent}]"
    return _line(value)


def entries_in(record: Path) -> dict[str, Entry]:
    """The files an earlier ``run.json`` lists, by path; none when there is no readable record."""
    try:
        told = json.loads(record.read_text("utf-8"))
        origin = {"made_from": told["workbook"]["sha256"]}
        entries = [Entry(**(origin | file)) for file in told["files"]]
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
        return {}
    return {entry.path: entry for entry in entries}
