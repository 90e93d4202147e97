"""The printed figures of a run as history keeps them, and what has changed between two of them."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from docgen.outputs.commit import RECORD

Figures = Mapping[str, Mapping[str, str]]  # document → name on the page → what is printed
_LARGEST = 1 << 30  # bytes of figures; a county's largest department has a few hundred thousand
_START, _END, _NONE = '\n  "figures": ', "\n  }", "{}"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The figures of one department, packed; equal figures have an equal ``digest``."""

    digest: str
    packed: bytes


@dataclass(frozen=True, slots=True)
class Change:
    """One printed figure that differs; None where the document does not have it."""

    document: str
    name: str
    before: str | None
    after: str | None


def snapshot_of(folder: Path) -> Snapshot | None:
    """The figures in the record of ``folder``; None where there is none that can be read.

    The text is cut out, not decoded: a county has a record of a few hundred kilobytes for each department.
    """
    try:
        text = (folder / RECORD).read_text("utf-8")
        start = text.index(_START) + len(_START)
        end = start + len(_NONE) if text.startswith(_NONE, start) else text.index(_END, start) + len(_END)
    except (OSError, ValueError):
        return None
    content = text[start:end].encode()
    return Snapshot(hashlib.sha256(content).hexdigest(), zlib.compress(content, 1))


def figures_in(packed: bytes) -> Figures:
    """What ``snapshot_of`` packed. Raises ``ValueError`` for anything else."""
    try:
        told = json.loads(zlib.decompressobj().decompress(packed, _LARGEST))
    except zlib.error as error:
        raise ValueError(str(error)) from error
    return {
        document: {name: text for name, (text, _) in figures.items()} for document, figures in told.items()
    }


def changes(before: Figures, after: Figures) -> Iterator[Change]:
    """Every figure that differs, in the order of the documents."""
    for document in dict.fromkeys((*before, *after)):
        old, new = before.get(document, {}), after.get(document, {})
        for name in dict.fromkeys((*old, *new)):
            if old.get(name) != new.get(name):
                yield Change(document, name, old.get(name), new.get(name))
