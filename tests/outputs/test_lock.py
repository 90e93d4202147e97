"""One writer at a time: who waits, and for how long."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Event, Thread, Timer

import pytest

from docgen.outputs.lock import LockError, locked


def test_who_has_patience_gets_the_lock_when_it_is_free(tmp_path: Path) -> None:
    held, released = Event(), Event()

    def hold() -> None:
        with locked(tmp_path):
            held.set()
            released.wait(10)

    holder = Thread(target=hold)
    holder.start()
    held.wait(10)
    with pytest.raises(LockError, match="正由另一个 docgen 使用"), locked(tmp_path):
        pass
    Timer(1, released.set).start()
    with locked(tmp_path, patience=20) as lock:
        lock.check()
    holder.join()


def test_patience_ends(tmp_path: Path) -> None:
    start = time.monotonic()
    with locked(tmp_path), pytest.raises(LockError), locked(tmp_path, patience=1):
        pass
    assert 1 <= time.monotonic() - start < 10
