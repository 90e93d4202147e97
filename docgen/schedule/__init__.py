"""Entries of the system's own scheduler that run docgen unattended: systemd timers, cron, Task Scheduler."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from docgen.schedule import cron, systemd, windows
from docgen.schedule.job import Entry, Job, Planned, job_of
from docgen.schedule.moment import Moment, ScheduleError, moment_of
from docgen.schedule.unattended import Last, attend, last_of

__all__ = [
    "Entry",
    "Job",
    "Last",
    "Moment",
    "Planned",
    "ScheduleError",
    "System",
    "attend",
    "install",
    "job_of",
    "last_of",
    "listed",
    "moment_of",
    "own_system",
    "planned",
    "remove",
]


class System(Enum):
    """A scheduler."""

    SYSTEMD = "systemd"
    CRON = "cron"
    WINDOWS = "windows"


@dataclass(frozen=True, slots=True)
class _Scheduler:
    planned: Callable[[Job], list[Planned]]
    install: Callable[[Job], list[str]]
    remove: Callable[[str], None]
    listed: Callable[[], Iterable[Entry]]


_SCHEDULERS = {
    System.SYSTEMD: _Scheduler(systemd.planned, systemd.install, systemd.remove, systemd.listed),
    System.CRON: _Scheduler(cron.planned, cron.install, cron.remove, cron.listed),
    System.WINDOWS: _Scheduler(windows.planned, windows.install, windows.remove, windows.listed),
}


def own_system() -> System:
    """The scheduler of this machine. Raises ``ScheduleError`` when it has none that is known."""
    if sys.platform == "win32":
        return System.WINDOWS
    if Path("/run/systemd/system").is_dir():
        return System.SYSTEMD
    if shutil.which("crontab"):
        return System.CRON
    raise ScheduleError("这台电脑上没有 systemd，也没有 cron。Debian、Ubuntu 可先运行：sudo apt install cron")


def planned(job: Job, system: System) -> list[Planned]:
    """Exactly what ``install`` would put where."""
    return _SCHEDULERS[system].planned(job)


def install(job: Job, system: System) -> list[str]:
    """Install ``job``; gives sentences for the person. Raises ``ScheduleError``, also for a name taken."""
    if any(entry.name == job.name for entry in listed(system)):
        raise ScheduleError(
            f"已有名为 {job.name} 的定时任务；请先 docgen schedule remove {job.name}，或用 --name 另取名称。"
        )
    return _SCHEDULERS[system].install(job)


def listed(system: System) -> list[Entry]:
    """The entries that docgen has installed."""
    return list(_SCHEDULERS[system].listed())


def remove(name: str, system: System) -> None:
    """Remove the entry of this name. Raises ``ScheduleError`` when there is none."""
    if all(entry.name != name for entry in listed(system)):
        raise ScheduleError(f"没有名为 {name} 的定时任务；现有的见 docgen schedule list。")
    _SCHEDULERS[system].remove(name)
