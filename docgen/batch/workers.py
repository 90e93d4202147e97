"""Processes side by side: each does one task at a time, and dies with the process that started it."""

from __future__ import annotations

import gc
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection, get_context, parent_process
from multiprocessing.connection import Connection
from typing import Any, Generic, Self, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
_PATIENCE = 5.0  # seconds a worker has to end by itself


@dataclass(frozen=True, slots=True)
class Lost:
    """A task that has no result: its process raised (``trouble`` is the traceback) or died."""

    message: str
    trouble: str = ""


@dataclass(slots=True)
class _Worker(Generic[Task]):
    process: Any
    line: Connection
    task: Task | None = None

    def end(self) -> None:
        self.line.close()
        self.process.join(_PATIENCE)  # what it is writing may be finished
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


@dataclass(slots=True)
class Workers:
    """At most ``count`` processes, started when first needed; use as a context."""

    count: int
    _idle: list[_Worker[Any]] = field(default_factory=list)
    _busy: list[_Worker[Any]] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in (*self._idle, *self._busy):
            worker.line.close()
        for worker in (*self._idle, *self._busy):
            worker.end()

    def each(
        self, function: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[tuple[Task, Result | Lost]]:
        """``function`` of every task, in the order in which they are finished.

        A task whose process dies is ``Lost``; another process takes its place.
        """
        waiting = iter(tasks)
        self._hand_out(function, waiting)
        while self._busy:
            ready = connection.wait([worker.line for worker in self._busy])
            for worker in [worker for worker in self._busy if worker.line in ready]:
                self._busy.remove(worker)
                task, result = worker.task, _answer(worker)
                worker.task = None
                if worker.process.is_alive() and not isinstance(result, _Died):
                    self._idle.append(worker)
                else:
                    worker.end()
                self._hand_out(function, waiting)
                yield task, result.lost if isinstance(result, _Died) else result  # type: ignore[misc]

    def _hand_out(self, function: Callable[[Task], Result], waiting: Iterator[Task]) -> None:
        while len(self._busy) < self.count:
            try:
                task = next(waiting)
            except StopIteration:
                return
            worker = self._idle.pop() if self._idle else _started()
            worker.task = task
            self._busy.append(worker)
            with suppress(OSError):  # it died while idle: its line tells so at once
                worker.line.send((function, task))


@dataclass(frozen=True, slots=True)
class _Died:
    lost: Lost


def _answer(worker: _Worker[Any]) -> Any:  # noqa: ANN401 - whatever the function gives
    try:
        return worker.line.recv()
    except (EOFError, OSError):
        worker.process.join(_PATIENCE)
        code = worker.process.exitcode
        how = f"信号 {-code}" if code is not None and code < 0 else f"状态 {code}"
        return _Died(Lost(f"处理它的进程意外结束（{how}）"))


def _started() -> _Worker[Any]:
    context = get_context("spawn")  # the same everywhere; a fork would carry the lock and threads along
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _serve(line: Connection) -> None:  # pragma: no cover - runs in the processes started
    """Do tasks until the line is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started this one decides
    threading.Thread(target=_die_with_parent, daemon=True).start()
    gc.disable()  # cycles are looked for between tasks, when hardly anything is alive
    while True:
        try:
            function, task = line.recv()
        except (EOFError, OSError):
            return
        try:
            answer = function(task)
        except Exception as error:  # noqa: BLE001 - told to the process that asked
            answer = Lost(f"docgen 出错了（{type(error).__name__}）", traceback.format_exc())
        try:
            line.send(answer)
        except OSError:
            return  # nobody is waiting any more
        gc.collect()
        gc.freeze()  # what is left stays for good, templates above all: it is never looked at again


def _die_with_parent() -> None:  # pragma: no cover - likewise
    """An orphan must not write into a folder that the next run has locked."""
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
