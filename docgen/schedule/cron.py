"""Entries of cron: one line each in the crontab of the user, the other lines left as they are."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Iterator

from docgen.schedule.job import MARK, Entry, Job, Planned, entry_of
from docgen.schedule.moment import Moment, ScheduleError
from docgen.schedule.system import call


def line_of(job: Job) -> str:
    """The line of ``job``; its last words are a comment to the shell, and how it is found again."""
    command = f"cd {shlex.quote(str(job.folder))} && exec {shlex.join(job.command)}"
    return f"{_fields(job.moment)} {command.replace('%', chr(92) + '%')} {_mark(job.name)}"


def _fields(moment: Moment) -> str:
    fields = (moment.minute, moment.hour, moment.day, moment.month, moment.weekday)
    return " ".join("*" if field is None else str(field) for field in fields)


def _mark(name: str) -> str:
    return f"# {MARK}:{name}"


def planned(job: Job) -> list[Planned]:
    """What installing ``job`` would add."""
    return [Planned("crontab", line_of(job) + "\n")]


def install(job: Job) -> list[str]:
    """Add the line; nothing further for the person to do."""
    _write([*_lines(), line_of(job)])
    return []


def remove(name: str) -> None:
    """Take the line of ``name`` out."""
    _write([line for line in _lines() if not line.endswith(_mark(name))])


def listed() -> Iterator[Entry]:
    """The entries of ours."""
    for line in _lines():
        if f" # {MARK}:" in line and not line.startswith("#"):
            entry = entry_of(shlex.split(line.replace("\\%", "%"), comments=True))
            if entry is not None:
                yield entry


def _lines() -> list[str]:
    try:
        return call(["crontab", "-l"]).splitlines()
    except ScheduleError as error:
        refused = error.__cause__
        if isinstance(refused, subprocess.CalledProcessError) and b"no crontab" in refused.stderr:
            return []
        raise


def _write(lines: list[str]) -> None:
    if lines:
        call(["crontab", "-"], "".join(f"{line}\n" for line in lines))
    else:
        call(["crontab", "-r"])
