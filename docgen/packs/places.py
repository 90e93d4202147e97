"""Where packs lie: in a folder of the bureau's own, beside its workbooks, or with docgen."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from docgen.packs.read import holds_pack, home, pack_ids

OWN = "模板包"  # the folder, beside the workbooks or where docgen is run, that holds packs of one's own
_ID = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_DEVICES = re.compile(r"con|prn|aux|nul|com\d|lpt\d")  # no folder of Windows may be called so


def whereabouts(name: str, near: Path | None = None) -> tuple[str, Path | None]:
    """The id and the root of the pack ``name``: an id, or the path of a folder; root None: docgen's own.

    ``near`` is the folder of the workbook; a pack of one's own goes before one of docgen's.
    """
    for folder in (Path(name), *(shelf / name for shelf in _shelves(near))):
        if holds_pack(folder):
            whole = folder.resolve()
            return whole.name, whole.parent
    return name, None


def own_packs(near: Path | None = None) -> list[Path]:
    """The folders of the bureau's own packs, in order; of two with one name, the one that is used."""
    found = (path.parent for shelf in _shelves(near) for path in sorted(shelf.glob("*/pack.toml")))
    mine: dict[str, Path] = {}
    for folder in found:
        mine.setdefault(folder.name, folder.resolve())
    return [mine[name] for name in sorted(mine)]


def _shelves(near: Path | None) -> Iterator[Path]:
    """Where packs of one's own may lie: up to two folders above the workbook, then where docgen is run."""
    if near is not None:
        here = near.resolve()
        yield from (folder / OWN for folder in (here, *here.parents[:2]))
    yield Path(OWN)


def bad_id(name: str) -> str:
    """Why no pack can be called ``name``; empty when one can."""
    if not _ID.fullmatch(name):
        return "编号用小写英文字母开头，只用小写字母、数字、_ 和 -，不超过 40 个字，如 mycounty"
    if _DEVICES.fullmatch(name):
        return "Windows 不许文件夹叫这个名字，请换一个"
    root = home() if name in pack_ids() else whereabouts(name)[1]
    return f"已经有这个模板包，在 {root / name}" if root else ""


def name_of(folder: Path) -> str:
    """What commands given here may call the pack in ``folder``: its id, or, where that fails, its path."""
    found = whereabouts(folder.name)[1] or home()
    return folder.name if found.resolve() == folder.resolve().parent else folder.as_posix()


def place_for_new() -> Path:
    """The folder a new pack goes to: docgen's own in a source tree that may be written, else ``OWN``."""
    is_source = home().parent.joinpath("pyproject.toml").is_file()
    return home() if is_source and os.access(home(), os.W_OK) else Path(OWN)
