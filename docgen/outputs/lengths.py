"""Paths that Windows can open: at most 240 characters in all, and names every file system takes."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath

LONGEST_PATH = 240  # Windows takes 259; Word and Excel lay a lock file ``~$`` beside what they open
LONGEST_NAME = 240  # bytes of one name; most file systems take 255
_SHORTEST_STEM = 4


def fitted(folder: Path, path: str, suffix_room: int = 6) -> str:
    """``path`` with its file name shortened so that it can be stored below ``folder``, which is resolved.

    What is cut is replaced by eight characters of a digest of the whole name, so that two long names stay
    two. ``suffix_room`` keeps space for a mark such as ``（新2）``.
    """
    total = len(str(folder)) + 1 + len(path) + suffix_room
    over = max(total - LONGEST_PATH, 0)
    if not over and len(path.encode()) + 3 * suffix_room <= LONGEST_NAME:
        return path  # as nearly always: even a name of all of it would fit
    pure = PurePosixPath(path)
    stem = pure.stem[: max(len(pure.stem) - over, 0)]
    while len(f"{stem}{pure.suffix}".encode()) + 3 * suffix_room > LONGEST_NAME:
        stem, over = stem[:-1], over + 1
    if not over:
        return path
    mark = hashlib.sha256(path.encode()).hexdigest()[:8]
    kept = max(len(stem) - len(mark) - 1, _SHORTEST_STEM)
    return str(pure.with_name(f"{pure.stem[:kept]}~{mark}{pure.suffix}"))
