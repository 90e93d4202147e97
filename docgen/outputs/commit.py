"""Put files in their places whole or not at all: staged beside them, moved, undone on any failure."""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from docgen.outputs.plan import Known, Plan

RECORD = "run.json"
_STAGING = ".docgen-"
_JOURNAL = "journal.json"
_AT_ONCE = 8  # files that wait for the disk together
_NOT_OFFERED = {errno.EINVAL, errno.ENOTSUP}


def interrupted(folder: Path) -> dict[str, frozenset[str]]:
    """Path → digests that runs which died in ``folder`` had meant to write."""
    found: dict[str, frozenset[str]] = {}
    for staging in sorted(folder.glob(f"{_STAGING}*")):
        for path, digests in _journal(staging).items():
            found[path] = found.get(path, frozenset()) | frozenset(digests)
    return found


def has_leftovers(folder: Path) -> bool:
    """Whether a run died in ``folder`` and none has finished there since."""
    return any(folder.glob(f"{_STAGING}*"))


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
        moves = list(_stage(staging, plan, record))
        _write_journal(staging, plan, known)
        _keep([*staging.iterdir(), staging])
        _clear_leftovers(folder, staging)
        _swap(folder, staging, moves, plan.removals)
    for path in plan.removals:
        _drop_empty(folder, (folder / path).parent)


def _keep(paths: Iterable[Path]) -> None:
    """Have files and folders on the disk itself, so that a power cut finds them whole or not at all.

    All at once: the disk then writes them in one go. A disk that is full may say so only now.
    """
    several = list(paths)
    if len(several) == 1:
        return _kept(several[0])
    with ThreadPoolExecutor(min(_AT_ONCE, len(several))) as pool:
        list(pool.map(_kept, several))
    return None


def _kept(path: Path) -> None:
    """One of them. Folders on Windows, files on some network drives are as safe as the system makes them."""
    is_folder = path.is_dir()
    try:
        handle = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if not is_folder and error.errno not in _NOT_OFFERED:
            raise


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=folder))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _stage(staging: Path, plan: Plan, record: bytes) -> Iterator[tuple[Path, str]]:
    """Write every new file under a number; yields it with its place, the record last."""
    for number, (product, path) in enumerate(plan.writes):
        staged = staging / f"new{number}"
        staged.write_bytes(product.content)
        yield staged, path
    staged = staging / RECORD
    staged.write_bytes(record)
    yield staged, RECORD


def _write_journal(staging: Path, plan: Plan, known: Known) -> None:
    digests = {path: sorted(written) for path, written in known.items()}
    for product, path in plan.writes:
        digests[path] = sorted({*digests.get(path, ()), product.sha256})
    (staging / _JOURNAL).write_text(json.dumps(digests), "utf-8")


def _clear_leftovers(folder: Path, staging: Path) -> None:
    for other in folder.glob(f"{_STAGING}*"):
        if other != staging:
            shutil.rmtree(other, ignore_errors=True)


def _swap(folder: Path, staging: Path, moves: list[tuple[Path, str]], removals: tuple[str, ...]) -> None:
    """New files, then what goes, the record last: a kill in between loses nothing still wanted."""
    done: list[tuple[Path, Path | None]] = []
    for parent in dict.fromkeys((folder / path).parent for _, path in moves):
        parent.mkdir(parents=True, exist_ok=True)
    try:
        for staged, path in moves[:-1]:
            _place(folder / path, staged, staging / f"old{len(done)}", done)
        _keep({(folder / path).parent for _, path in moves})
        for path in removals:
            backup = staging / f"old{len(done)}"
            (folder / path).replace(backup)
            done.append((folder / path, backup))
        for staged, path in moves[-1:]:
            _place(folder / path, staged, staging / f"old{len(done)}", done)
            _keep([folder])
    except BaseException:
        _undo(done)
        raise


def _place(target: Path, staged: Path, backup: Path, done: list[tuple[Path, Path | None]]) -> None:
    done.append((target, _backed_up(target, backup)))
    staged.replace(target)


def _backed_up(target: Path, backup: Path) -> Path | None:
    if not target.exists():
        return None
    try:
        os.link(target, backup)
    except OSError:  # FAT, some network drives: no hard links
        shutil.copy2(target, backup)
    return backup


def _undo(done: list[tuple[Path, Path | None]]) -> None:
    for target, backup in reversed(done):
        with suppress(OSError):
            if backup is None:
                target.unlink(missing_ok=True)
            else:
                backup.replace(target)


def _drop_empty(folder: Path, start: Path) -> None:
    """Remove ``start`` and the folders above it, below ``folder``, that hold nothing any more."""
    with suppress(OSError):
        while start != folder:
            start.rmdir()
            start = start.parent
