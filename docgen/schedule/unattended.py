"""What an installed entry runs: docgen itself, its words in a log, its exit status kept."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Last:
    """How an entry ended when it last fired; ``status`` is None while it runs, or when it was cut off."""

    started: str
    ended: str
    status: int | None


def attend(title: str, arguments: Sequence[str], log: Path, clock: Clock) -> int:
    """Run ``docgen`` with ``arguments``; gives its exit status, which is kept beside ``log`` as well."""
    file = _opened(log)
    started = _stamp(clock)
    with file:
        _say(file, f"==== {started} 定时任务 {title} 开始：docgen {shlex.join(arguments)}")
        _keep(log, Last(started, "", None))
        command = [sys.executable, "-X", "utf8", "-m", "docgen", *arguments]
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=file, stderr=file) as running:
            try:
                status = running.wait()
            except BaseException:
                running.terminate()
                raise
        _say(file, f"==== {_stamp(clock)} 结束，退出状态 {status}")
    _keep(log, Last(started, _stamp(clock), status))
    return status


def _opened(log: Path) -> BinaryIO:
    """The log; where its drive is not there, one in the folder for temporary files."""
    with suppress(OSError):
        log.parent.mkdir(parents=True, exist_ok=True)
        return log.open("ab")
    return (Path(tempfile.gettempdir()) / f"docgen-{log.stem}.log").open("ab")


def _stamp(clock: Clock) -> str:
    return f"{clock():%Y-%m-%d %H:%M:%S}"


def _say(file: BinaryIO, text: str) -> None:
    with suppress(OSError):
        file.write(f"{text}\n".encode(errors="replace"))
        file.flush()


def _record(log: Path) -> Path:
    return log.with_suffix(".json")


def _keep(log: Path, last: Last) -> None:
    told = {"started": last.started, "ended": last.ended, "status": last.status}
    fresh = _record(log).with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        fresh.write_text(json.dumps(told), "utf-8")
        fresh.replace(_record(log))


def last_of(log: Path) -> Last | None:
    """How the entry with this log ended last; None when it has not fired yet."""
    try:
        return Last(**json.loads(_record(log).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
