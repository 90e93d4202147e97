"""One writer at a time below an output folder: a lock the system itself lets go when its holder dies."""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import BinaryIO

from docgen.errors import StoreError
from docgen.outputs.reasons import reason

LOCK = ".docgen.lock"
_PAUSE = 0.5  # seconds between two looks at a lock that another holds
_PLACE_OF_LOCK = 1 << 20  # far behind the text, which others must be able to read while it is locked
_BINARY = getattr(os, "O_BINARY", 0)
_NO_LOCKS_HERE = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}


class LockError(StoreError):
    """Another docgen is writing into the folder."""


@dataclass(frozen=True, slots=True)
class Lock:
    """The lock held on ``folder``: ``identity`` tells the lock file from any other of its name.

    ``recovered`` says that its last holder died without letting go.
    """

    folder: Path
    identity: tuple[int, int]
    recovered: bool = False

    def check(self) -> None:
        """Raises ``StoreError`` when the folder is no longer the one that was locked.

        A network drive that vanishes leaves an empty folder in its place: nothing may be written there.
        """
        try:
            there = _identity(self.folder / LOCK)
        except OSError:
            there = None
        if there != self.identity:
            raise StoreError(f"输出文件夹 {self.folder} 中途不见了（网络盘断开，或被移走），没有写入。")


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


@contextmanager
def locked(folder: Path, patience: int = 0) -> Iterator[Lock]:
    """Hold the lock of ``folder``, which is made if need be, waiting ``patience`` seconds for another.

    Raises ``LockError`` naming the holder when there is one, ``StoreError`` when nothing can be written.
    """
    with _opened(folder) as file:
        deadline = monotonic() + patience
        text = file.read()
        while not _acquire(file, text):
            if monotonic() < deadline:
                sleep(_PAUSE)
                file.seek(0)
                text = file.read()
                continue
            raise LockError(f"{folder} 正由另一个 docgen 使用{_holder(text)}，请等它结束后再运行。")
        try:
            file.seek(0)
            text = file.read()  # what its last holder left, who may have ended only now
            _sign(file, folder)
            yield Lock(folder, _identity(folder / LOCK), recovered=bool(text.strip(b"\0 ")))
        finally:
            with suppress(OSError):
                file.truncate(0)  # an empty lock file: its holder ended as it should
                _release(file)


def _opened(folder: Path) -> BinaryIO:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.fdopen(os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | _BINARY), "r+b", buffering=0)
    except OSError as error:
        raise StoreError(f"不能写入 {folder}：{reason(error)}。") from error


def _sign(file: BinaryIO, folder: Path) -> None:
    """Say who holds the lock."""
    try:
        file.truncate(0)
        file.seek(0)
        file.write(json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode())
    except OSError as error:
        raise StoreError(f"不能写入 {folder}：{reason(error)}。") from error


def _holder(text: bytes) -> str:
    try:
        told = json.loads(text)
        return f"（{told['host']} 上的进程 {told['pid']}）"
    except (ValueError, KeyError, TypeError):
        return ""


def _is_alive_here(text: bytes) -> bool:
    """Whether the holder named may still be running: always, when it is on another machine."""
    try:
        told = json.loads(text)
        if told["host"] != socket.gethostname():
            return True
        os.kill(int(told["pid"]), 0)
    except (ValueError, KeyError, TypeError, ProcessLookupError):
        return False
    except OSError:
        return True
    return int(told["pid"]) != os.getpid()


if sys.platform == "win32":  # pragma: no cover - the other branch is the one tested
    import msvcrt

    def _acquire(file: BinaryIO, _: bytes) -> bool:
        file.seek(_PLACE_OF_LOCK)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(file: BinaryIO) -> None:
        file.seek(_PLACE_OF_LOCK)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _acquire(file: BinaryIO, text: bytes) -> bool:
        """False when another process has it; where the drive knows no locks, the text decides."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _NO_LOCKS_HERE:
                return not _is_alive_here(text)
            return False
        return True

    def _release(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
