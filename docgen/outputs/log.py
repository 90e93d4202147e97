"""What docgen did below an output folder, line by line: one log for people, one for machines."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

FOR_PEOPLE, FOR_MACHINES = "运行日志.txt", "运行日志.jsonl"
LARGEST = 5_000_000  # bytes; a log that has grown past it makes room, the one before it is kept
_MOST_WAITING = 200  # lines kept while the folder cannot be written

Clock = Callable[[], datetime]


@dataclass(slots=True)
class Log:
    """The two logs of an output folder. A line that cannot be written waits for the next one.

    A full disk or a vanished drive is told where documents are stored: the log never stops a run.
    """

    folder: Path
    clock: Clock
    _waiting: list[tuple[str, str]] = field(default_factory=list)

    def write(self, event: str, sentence: str, **facts: object) -> None:
        """One event: ``sentence`` for people, ``event`` and ``facts`` (what JSON can hold) for machines."""
        now = self.clock()
        said = " ".join(sentence.split())
        told = {"time": now.isoformat(timespec="milliseconds"), "event": event, "message": said, **facts}
        line = f"{now:%Y-%m-%d %H:%M:%S}  {said}"
        self._waiting.append((line, json.dumps(told, ensure_ascii=False, default=str)))
        del self._waiting[:-_MOST_WAITING]
        with suppress(OSError):
            self._flush()

    def _flush(self) -> None:
        lines = list(zip(*self._waiting, strict=True))
        for name, texts in zip((FOR_PEOPLE, FOR_MACHINES), lines, strict=True):
            _append(self.folder / name, "".join(f"{text}\n" for text in texts))
        self._waiting.clear()


def _append(path: Path, text: str) -> None:
    with suppress(OSError):  # open in a program that lets nobody rename it: it grows on
        if path.stat().st_size > LARGEST:
            path.replace(path.with_stem(f"{path.stem}（以前）"))
    with path.open("ab") as file:  # in one piece, so that two runs do not mix within a line
        file.write(text.encode("utf-8", errors="replace"))
