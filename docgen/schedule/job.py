"""An entry of the system's scheduler: what it runs, when, where it leaves its log."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import docgen
from docgen.schedule.moment import Moment, ScheduleError, moment_of

MARK = "docgen"  # entries of ours carry it, and nothing else is touched
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")
_OURS = ("-m", "docgen", "schedule", "run")


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be installed: ``command`` is the program and its arguments, ``folder`` where it starts."""

    name: str
    moment: Moment
    command: tuple[str, ...]
    folder: Path
    log: Path

    @property
    def title(self) -> str:
        """What the entry is, for people."""
        return f"docgen {self.name}：{self.moment.words}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is installed, as the scheduler tells it; ``log`` is None where it does not."""

    name: str
    at: str
    log: Path | None
    run: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """A text that would be installed, and where; ``title`` is a path or the name of a place."""

    title: str
    text: str


def job_of(name: str, at: str, arguments: Sequence[str], out: Path) -> Job:
    """The entry that runs ``docgen`` with ``arguments`` (absolute paths) at the time ``at``.

    It starts in the folder this docgen lies in, so that this very docgen runs. Raises ``ScheduleError``.
    """
    moment = moment_of(at)
    name = name or moment.slug
    if not _NAME.fullmatch(name):
        raise ScheduleError(f"名称“{name}”不能用：请用小写字母、数字和连字符，最多 41 个，如 year-end。")
    log = out / f"定时任务-{name}.log"
    ours = ("--name", name, "--at", moment.words, "--log", str(log), "--")
    command = (sys.executable, *_OURS, *ours, *arguments)
    for part in command:
        if re.search(r"[\x00-\x1f\x7f]", part):
            raise ScheduleError(f"路径里有换行或控制字符，不能装进定时任务：{part!r}")
    return Job(name, moment, command, Path(docgen.__file__).resolve().parent.parent, log)


def entry_of(command: Sequence[str]) -> Entry | None:
    """The entry behind an installed command; None when it is not one of ours."""
    parts = list(command)
    for start in range(len(parts) - len(_OURS)):
        if tuple(parts[start : start + len(_OURS)]) == _OURS and "--" in parts[start:]:
            end = parts.index("--", start)
            told = dict(zip(parts[start + len(_OURS) : end : 2], parts[start + 5 : end : 2], strict=False))
            if "--name" in told:
                log = Path(told["--log"]) if "--log" in told else None
                return Entry(told["--name"], told.get("--at", ""), log, tuple(parts[end + 1 :]))
    return None
