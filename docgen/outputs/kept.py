"""Files and folders on the disk itself: a power cut finds them whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from functools import lru_cache, partial

Wait = Callable[[], None]

_AT_ONCE = 8  # threads that wait for the disk, this one among them
_OPEN = 64  # files open together, far from what any system refuses
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_NOT_OFFERED = {errno.EINVAL, errno.ENOTSUP}  # by some network drives: as safe as the system makes them


def write_kept(folder: str, contents: Mapping[str, bytes]) -> None:
    """Write new files into ``folder`` by name, and have them and it on the disk itself.

    All are handed over, and the disk set to work on each, before any is waited for: it then writes them in
    one go. A disk that is full may say so only while it is waited for.
    """
    names = list(contents)
    for start in range(0, len(names), _OPEN):
        handles: list[int] = []
        try:
            for name in names[start : start + _OPEN]:
                handles.append(os.open(os.path.join(folder, name), _NEW, 0o666))
                _hand_over(handles[-1], contents[name])
            _together([*(partial(_file_kept, handle) for handle in handles), partial(_folder_kept, folder)])
        finally:
            for handle in handles:
                os.close(handle)


def keep(folders: Iterable[str]) -> None:
    """Have the names that ``folders`` hold on the disk itself."""
    _together([partial(_folder_kept, folder) for folder in folders])


def _hand_over(handle: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]
    _set_to_work(handle)


def _together(waits: Sequence[Wait]) -> None:
    """Each of ``waits``, several at once, a share to each thread. Raises what one of them raises."""
    shares = [waits[number::_AT_ONCE] for number in range(min(_AT_ONCE, len(waits)))]
    others = [_threads(os.getpid()).submit(_in_turn, share) for share in shares[1:]]
    try:
        _in_turn(waits[::_AT_ONCE])
    finally:
        wait(others)  # whatever happens, nobody is still at a handle that will be closed
    for other in others:
        other.result()


@lru_cache(maxsize=1)
def _threads(_process: int) -> ThreadPoolExecutor:
    """The threads of this process that wait for the disk; one that is split off has its own."""
    return ThreadPoolExecutor(_AT_ONCE - 1, "disk")


def _in_turn(waits: Iterable[Wait]) -> None:
    for each in waits:
        each()


def _file_kept(handle: int) -> None:
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NOT_OFFERED:
            raise


def _folder_kept(folder: str) -> None:
    """Folders on Windows, and on some network drives, are as safe as the system makes them."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


if sys.platform == "linux":

    def _set_to_work(handle: int) -> None:
        """Have the system write what it holds of a file, without waiting: what it does for this advice."""
        with suppress(OSError):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)

else:  # pragma: no cover - the other branch is the one tested

    def _set_to_work(_: int) -> None:
        """Elsewhere a system starts when it is waited for."""
