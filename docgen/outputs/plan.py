"""Decide what happens to every file of a run folder before anything is touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path, PurePosixPath

from docgen.outputs.entry import Beside, Entry, Product, Status, place_of, sha256_at

Known = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Plan:
    """``writes`` and ``removals`` are what must change on disk, ``entries`` what ``run.json`` will list.

    ``made`` are the entries of this run, whether or not their bytes lay there already.
    """

    writes: tuple[tuple[Product, str], ...]
    removals: tuple[str, ...]
    entries: tuple[Entry, ...]
    made: tuple[Entry, ...]
    beside: tuple[Beside, ...]


@dataclass(slots=True)
class _Folder:
    """The run folder as it is: what lies where, and which of it docgen wrote."""

    path: str
    previous: Mapping[str, Entry]
    interrupted: Known
    taken: set[str]
    _digests: dict[str, str | None] = field(default_factory=dict)

    def digest(self, path: str) -> str | None:
        if path not in self._digests:
            self._digests[path] = sha256_at(place_of(self.path, path))
        return self._digests[path]

    def is_ours(self, path: str, digest: str | None) -> bool:
        entry = self.previous.get(path)
        written = self.interrupted.get(path, frozenset())
        return digest in written or (entry is not None and digest == entry.sha256)

    def renewed(self, entry: Entry) -> Entry:
        """``entry`` as an interrupted run left it on the disk."""
        digest = self.digest(entry.path)
        written = self.interrupted.get(entry.path, frozenset())
        return replace(entry, sha256=digest) if digest and digest in written else entry

    def target(self, product: Product) -> str:
        """The first name where writing ``product`` destroys nothing of another's."""
        for path in _names(product.path):
            digest = self.digest(path)
            is_free = path == product.path or path not in self.taken
            if is_free and (digest in {None, product.sha256} or self.is_ours(path, digest)):
                self.taken.add(path)
                return path
        raise AssertionError  # pragma: no cover - names never end


def _names(path: str) -> Iterator[str]:
    """``表.docx``, ``表（新）.docx``, ``表（新2）.docx`` …."""
    yield path
    pure = PurePosixPath(path)
    for number in count(1):
        mark = "（新）" if number == 1 else f"（新{number}）"
        yield str(pure.with_name(f"{pure.stem}{mark}{pure.suffix}"))


def plan(
    folder: Path,
    products: Sequence[Product],
    status: Status,
    previous: Mapping[str, Entry],
    interrupted: Known,
) -> Plan:
    """What storing ``products`` will do to ``folder``.

    ``previous`` is the record of the last run, ``interrupted`` the digests of files a run that died may have
    written. Nothing of a person's is overwritten or removed; finals are left alone by a run of drafts.
    """
    there = _Folder(str(folder), previous, interrupted, {product.path for product in products})
    targets = [(product, there.target(product)) for product in products]
    made = tuple(Entry(path, product.sha256, product.document, status) for product, path in targets)
    writes = tuple((product, path) for product, path in targets if there.digest(path) != product.sha256)
    left = [path for path in {**previous, **interrupted} if path not in there.taken]
    kept = [there.renewed(previous[path]) for path in left if _stays(previous.get(path), status)]
    gone = [path for path in left if not _stays(previous.get(path), status)]
    edited = [_as_edited(previous[p.path]) for p, path in targets if path != p.path and p.path in previous]
    return Plan(
        writes=writes,
        removals=tuple(sorted(path for path in gone if there.is_ours(path, there.digest(path)))),
        entries=tuple(sorted((*made, *kept, *edited), key=lambda entry: entry.path)),
        made=made,
        beside=(*_beside(targets, previous), *_abandoned(gone, there)),
    )


def _stays(entry: Entry | None, status: Status) -> bool:
    return entry is not None and status == "draft" and entry.outlives_drafts


def _as_edited(entry: Entry) -> Entry:
    return replace(entry, edited=True)


def _beside(targets: Sequence[tuple[Product, str]], previous: Mapping[str, Entry]) -> Iterator[Beside]:
    for product, path in targets:
        if path != product.path:
            yield Beside(product.path, path, product.path in previous)


def _abandoned(gone: Sequence[str], there: _Folder) -> Iterator[Beside]:
    """Files no longer made that a person has edited: they stay, and the run says so once."""
    for path in sorted(gone):
        digest = there.digest(path)
        if digest is not None and not there.is_ours(path, digest):
            yield Beside(path, "", is_edited=True)
