"""The county's own tables: 年终汇总.xlsx and the pack's summary form over all departments."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import docgen
from docgen.batch.wishes import Wishes
from docgen.batch.workers import Lost, Workers
from docgen.errors import StoreError
from docgen.outputs.commit import RECORD
from docgen.outputs.entry import sha256_at
from docgen.outputs.headline import headline
from docgen.outputs.lock import Lock
from docgen.outputs.stale import Wanted, reasons

SUMMARY = "年终汇总.xlsx"
_ALL = "全部部门"
_MANY = 200  # departments whose tables get a process of their own, lest they add to what one has grown to


@dataclass(frozen=True, slots=True)
class Chapter:
    """One workbook in the county's tables: where its documents lie (None: it has none), or why not.

    ``near`` is the folder it came from, where its pack may be found.
    """

    workbook: str
    folder: Path | None
    message: str
    near: Path | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """The chapters of the county's tables, in order: how many, and how many of them have documents.

    ``digest`` stands for them and for every record they rest on. ``packed`` are the chapters themselves: a
    thousand departments' are still small when handed to another process.
    """

    number: int
    made: int
    digest: str
    packed: bytes

    def __iter__(self) -> Iterator[Chapter]:
        for line in zlib.decompress(self.packed).splitlines():
            workbook, record, message, near = json.loads(line)
            yield Chapter(
                workbook, Path(record).parent if record else None, message, Path(near) if near else None
            )


def contents_of(chapters: Iterable[Chapter]) -> Contents:
    """The contents of the county's tables; each record is looked at, no chapter is held."""
    number = made = 0
    digest, packer, packed = hashlib.sha256(), zlib.compressobj(), bytearray()
    for chapter in chapters:
        number += 1
        record = chapter.folder / RECORD if chapter.folder else None
        made += record is not None
        told = sha256_at(record) if record else ""
        digest.update(f"{chapter.workbook}\0{chapter.message}\0{told}\n".encode(errors="surrogatepass"))
        line = json.dumps([chapter.workbook, _written(record), chapter.message, _written(chapter.near)])
        packed += packer.compress(line.encode() + b"\n")
    return Contents(number, made, digest.hexdigest(), bytes(packed + packer.flush()))


def _written(path: Path | None) -> str:
    return str(path) if path else ""


@dataclass(frozen=True, slots=True)
class Summary:
    """The county's tables as they now lie in ``path``; None, with a note, where they could not be made."""

    path: Path | None
    status: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """What the tables are to be made of."""

    wishes: Wishes
    lock: Lock
    contents: Contents
    options: Mapping[str, object] = field(default_factory=dict)


def summarise(wishes: Wishes, lock: Lock, workers: Workers, contents: Contents) -> Summary:
    """Bring the county's tables up to date; nothing is made where nothing has changed."""
    edition = Edition(wishes, lock, contents)
    if not contents.made:
        return Summary(None, notes=(f"没有一个部门有成品，没有生成 {SUMMARY}。",))
    if not wishes.force and _is_current(edition):
        return Summary(wishes.out / SUMMARY)
    with Workers(1) if contents.number > _MANY else nullcontext(workers) as hands:
        for _, done in hands.each(_stored, [edition]):
            return Summary(None, 3, (f"{SUMMARY}：{done.message}。",)) if isinstance(done, Lost) else done
    raise AssertionError  # pragma: no cover - one task has one result


def wanted(edition: Edition) -> Wanted:
    """What ``run.json`` of the county's tables will say they were made from."""
    return Wanted(docgen.__version__, "", "", _ALL, edition.contents.digest, edition.options)


def _is_current(edition: Edition) -> bool:
    last = headline(edition.wishes.out)
    return last is not None and not reasons(last, wanted(edition))


def _stored(edition: Edition) -> Summary:
    """Make and store the tables; runs in another process, so that its memory goes with it."""
    from docgen.batch.county_book import county_products
    from docgen.outputs.printed import Printed
    from docgen.outputs.record import Story
    from docgen.outputs.store import store

    said = wanted(edition)
    story = Story(
        said.docgen,
        said.pack,
        said.pack_digest,
        said.workbook,
        said.workbook_digest,
        _ALL,
        None,
        (),
        Printed(),
    )
    try:
        edition.lock.check()
        stored = store(edition.wishes.out, county_products(edition.contents, SUMMARY), "final", story)
    except StoreError as error:
        return Summary(None, 3, (str(error),))
    path = next(entry.path for entry in stored.made if entry.document == SUMMARY)
    return Summary(edition.wishes.out / path, notes=tuple(_sentences(stored.beside)))


def _sentences(beside: Sequence[object]) -> Iterator[str]:
    yield from (str(getattr(kept, "sentence", "")) for kept in beside)
