"""Put files in their places whole or not at all: staged beside them, moved, undone on any failure."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from docgen.outputs.entry import place_of
from docgen.outputs.kept import keep, write_kept
from docgen.outputs.plan import Known, Plan

RECORD = "run.json"
_STAGING = ".docgen-"
_JOURNAL = "journal.json"


def interrupted(folder: Path) -> dict[str, frozenset[str]]:
    """Path → digests that runs which died in ``folder`` had meant to write."""
    found: dict[str, frozenset[str]] = {}
    for staging in _stagings(folder):
        for path, digests in _journal(staging).items():
            found[path] = found.get(path, frozenset()) | frozenset(digests)
    return found


def has_leftovers(folder: Path) -> bool:
    """Whether a run died in ``folder`` and none has finished there since."""
    return bool(_stagings(folder))


def _stagings(folder: Path) -> list[Path]:
    """What runs were about to put into ``folder``; in the end, only those that died."""
    try:
        names = os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return []
    return [folder / name for name in sorted(names) if name.startswith(_STAGING)]


def _journal(staging: Path) -> Mapping[str, list[str]]:
    try:
        journal: dict[str, list[str]] = json.loads((staging / _JOURNAL).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return journal


def commit(folder: Path, plan: Plan, record: bytes, known: Known) -> None:
    """Carry out ``plan`` in ``folder``; ``run.json`` comes last. ``OSError`` leaves everything as it was."""
    folder.mkdir(parents=True, exist_ok=True)
    with _staging(folder) as staging:
        new = {f"new{number}": product.content for number, (product, _) in enumerate(plan.writes)}
        write_kept(staging, {**new, RECORD: record, _JOURNAL: _to_come(plan, known)})
        _clear_leftovers(folder, staging)
        moves = {name: path for name, (_, path) in zip(new, plan.writes, strict=True)}
        _swap(str(folder), staging, moves, plan.removals)
    for path in plan.removals:
        _drop_empty(folder, (folder / path).parent)


@contextmanager
def _staging(folder: Path) -> Iterator[str]:
    staging = os.path.join(folder, _STAGING + token_hex(8))
    os.mkdir(staging)  # as open as ``folder``: what is moved out of a private one stays private on Windows
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _to_come(plan: Plan, known: Known) -> bytes:
    """The journal: what this run, and those that died before it, meant to write."""
    digests = {path: sorted(written) for path, written in known.items()}
    for product, path in plan.writes:
        digests[path] = sorted({*digests.get(path, ()), product.sha256})
    return json.dumps(digests).encode()


def _clear_leftovers(folder: Path, staging: str) -> None:
    for other in _stagings(folder):
        if other.name != os.path.basename(staging):
            shutil.rmtree(other, ignore_errors=True)


def _swap(folder: str, staging: str, moves: Mapping[str, str], removals: Iterable[str]) -> None:
    """New files, then what goes, the record last: a kill in between loses nothing still wanted.

    Names as plain text: a department has dozens of files, and a ``Path`` costs as much as moving one.
    """
    done: list[tuple[str, str]] = []  # place, and where what lay there is (nowhere: it was new)
    targets = {name: place_of(folder, path) for name, path in moves.items()}
    parents = dict.fromkeys(map(os.path.dirname, targets.values()))
    for parent in parents:
        os.makedirs(parent, exist_ok=True)
    try:
        for name, target in targets.items():
            _place(target, staging, name, done)
        keep(parents)
        for path in removals:
            target, backup = place_of(folder, path), os.path.join(staging, f"old{len(done)}")
            os.replace(target, backup)
            done.append((target, backup))
        _place(os.path.join(folder, RECORD), staging, RECORD, done)
        keep([folder])
    except BaseException:
        _undo(done)
        raise


def _place(target: str, staging: str, name: str, done: list[tuple[str, str]]) -> None:
    done.append((target, _backed_up(target, os.path.join(staging, f"old{len(done)}"))))
    os.replace(os.path.join(staging, name), target)


def _backed_up(target: str, backup: str) -> str:
    """``backup``, once it holds what lies at ``target``; nothing when there is nothing."""
    try:
        os.stat(target)
    except (FileNotFoundError, NotADirectoryError):
        return ""  # any other failure, of a drive that is going, does not say so
    try:
        os.link(target, backup)
    except OSError:  # FAT, some network drives: no hard links
        shutil.copy2(target, backup)
    return backup


def _undo(done: list[tuple[str, str]]) -> None:
    for target, backup in reversed(done):
        with suppress(OSError):
            if backup:
                os.replace(backup, target)
            else:
                os.unlink(target)


def _drop_empty(folder: Path, start: Path) -> None:
    """Remove ``start`` and the folders above it, below ``folder``, that hold nothing any more."""
    with suppress(OSError):
        while start != folder:
            start.rmdir()
            start = start.parent
