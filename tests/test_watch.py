"""Workbooks that are saved while somebody watches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread

import pytest

from docgen.watch import saved

REST = 150  # milliseconds

Watching = Callable[..., "Queue[list[Path]]"]


@pytest.fixture
def watching() -> Iterator[Watching]:
    """Starts to watch paths; gives the batches as they come, once watching has begun."""
    stop = Event()
    threads: list[Thread] = []

    def start(*paths: Path, out: Path, poll: bool = False) -> Queue[list[Path]]:
        queue: Queue[list[Path]] = Queue()

        def watch() -> None:
            for batch in saved(paths, out=out, stop=stop, rest=REST, poll=poll):
                queue.put(batch)

        threads.append(Thread(target=watch))
        threads[-1].start()
        assert queue.get(timeout=10) == []
        return queue

    yield start
    stop.set()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


@pytest.mark.parametrize("poll", [False, True])
def test_a_saved_workbook_is_handed_on(tmp_path: Path, watching: Watching, poll: bool) -> None:  # noqa: FBT001
    (tmp_path / "科").mkdir()
    batches = watching(tmp_path, out=tmp_path / "出", poll=poll)
    (tmp_path / "科" / "甲.xlsx").write_bytes(b"1")
    assert batches.get(timeout=10) == [tmp_path / "科" / "甲.xlsx"]


def test_a_save_in_several_steps_is_one(tmp_path: Path, watching: Watching) -> None:
    path = tmp_path / "甲.xlsx"
    path.write_bytes(b"old")
    batches = watching(tmp_path, out=tmp_path / "出")
    (tmp_path / "~$甲.xlsx").write_bytes(b"lock")
    (tmp_path / "A1B2C3").write_bytes(b"new")  # as Excel does it: a copy, the old one away, the copy renamed
    path.unlink()
    (tmp_path / "A1B2C3").rename(path)
    for piece in (b"1", b"2", b"3"):
        time.sleep(REST / 3000)
        path.write_bytes(piece)
    assert batches.get(timeout=10) == [path]
    with pytest.raises(Empty):
        batches.get(timeout=1)


def test_other_files_lock_files_outputs_and_removals_do_not_count(tmp_path: Path, watching: Watching) -> None:
    (tmp_path / "旧.xlsx").write_bytes(b"old")
    (tmp_path / "出").mkdir()
    batches = watching(tmp_path, out=tmp_path / "出")
    for name in ("~$甲.xlsx", ".甲.xlsx", "说明.docx", "出/年终汇总.xlsx"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "旧.xlsx").unlink()
    with pytest.raises(Empty):
        batches.get(timeout=1.5)


def test_a_single_workbook_is_watched_without_its_neighbours(tmp_path: Path, watching: Watching) -> None:
    for name in ("甲.xlsx", "乙.xlsx"):
        (tmp_path / name).write_bytes(b"old")
    batches = watching(tmp_path / "甲.xlsx", out=tmp_path / "出")
    (tmp_path / "乙.xlsx").write_bytes(b"new")
    (tmp_path / "甲.xlsx").write_bytes(b"new")
    assert batches.get(timeout=10) == [tmp_path / "甲.xlsx"]
