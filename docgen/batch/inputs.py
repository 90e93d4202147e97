"""Which workbooks are meant by files, folders and patterns."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from glob import glob, has_magic
from pathlib import Path

from docgen.errors import DocgenError
from docgen.outputs.commit import RECORD

_SUFFIXES = {".xlsx", ".xlsm"}


def workbooks_in(paths: Iterable[Path], out: Path | None = None) -> list[Path]:
    """The workbooks meant, each once, in order: files as they are, folders with all below them.

    Left out below a folder: lock files, hidden folders, packs, ``out``, and every folder that docgen filled.
    Raises ``DocgenError`` when a pattern or a folder holds none.
    """
    found: dict[str, Path] = {}
    for path in paths:
        listed = list(_meant(path, out))
        if not listed:
            raise DocgenError(f"{path} 里没有 .xlsx 工作簿。")
        for workbook in listed:
            found.setdefault(os.path.normcase(workbook.resolve()), workbook)
    return list(found.values())


def _meant(path: Path, out: Path | None) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(_below(path, out))
    elif not path.exists() and has_magic(str(path)):
        for match in sorted(map(Path, glob(str(path), recursive=True))):  # noqa: PTH207 - pathlib's takes no whole path
            if match.is_dir():
                yield from sorted(_below(match, out))
            elif is_workbook(match.name):
                yield match
    else:
        yield path


def _below(folder: Path, out: Path | None) -> Iterator[Path]:
    outputs = out.resolve() if out else None
    for current, folders, files in os.walk(folder):
        place = Path(current)
        is_ours = RECORD in files or "pack.toml" in files
        if is_ours or (place.resolve() == outputs and place != folder):
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (place / name for name in files if is_workbook(name))


def is_workbook(name: str) -> bool:
    """Whether a file of this name may be a workbook: not a lock file of Excel, not a hidden file."""
    return Path(name).suffix.lower() in _SUFFIXES and not name.startswith(("~$", "."))
