"""Whose lock it is: what is told of the holder, and drives that know no locks."""

from __future__ import annotations

import errno
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from docgen.errors import StoreError
from docgen.outputs.lock import LOCK, LockError, locked


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A network drive that refuses every lock."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("docgen.outputs.lock.fcntl.flock", refuse)


def sign(folder: Path, pid: int, host: str) -> None:
    (folder / LOCK).write_text(json.dumps({"pid": pid, "host": host}), "utf-8")


def test_the_lock_is_let_go_and_says_nothing_afterwards(tmp_path: Path) -> None:
    with locked(tmp_path) as lock:
        lock.check()
        assert json.loads((tmp_path / LOCK).read_text("utf-8"))["pid"] == os.getpid()
        assert not lock.recovered
    assert (tmp_path / LOCK).read_bytes() == b""


def test_a_lock_file_that_was_replaced_is_no_longer_held(tmp_path: Path) -> None:
    with locked(tmp_path) as lock:
        (tmp_path / LOCK).rename(tmp_path / "别处")
        (tmp_path / LOCK).touch()
        with pytest.raises(StoreError, match="中途不见了"):
            lock.check()


@pytest.mark.usefixtures("no_locks")
def test_without_locks_a_living_process_or_another_machine_is_believed(tmp_path: Path) -> None:
    for pid, host in ((os.getppid(), socket.gethostname()), (1, "别的机器")):
        sign(tmp_path, pid, host)
        with pytest.raises(LockError, match=f"{host} 上的进程 {pid}"), locked(tmp_path):
            pass


@pytest.mark.usefixtures("no_locks")
def test_without_locks_a_dead_process_is_taken_over(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    sign(tmp_path, child.pid, socket.gethostname())
    with locked(tmp_path) as lock:
        assert lock.recovered
    with locked(tmp_path) as again:
        assert not again.recovered
