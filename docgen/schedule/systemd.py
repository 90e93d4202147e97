"""Entries of systemd: a service and its timer, of the whole machine for root, of the user for others."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from docgen.schedule.job import MARK, Entry, Job, Planned, entry_of
from docgen.schedule.moment import Moment, ScheduleError
from docgen.schedule.system import call

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LINGER = "要在没有登录时也运行，请再执行一次：loginctl enable-linger"


def _is_root() -> bool:
    return getattr(os, "geteuid", lambda: 1)() == 0


def units_folder() -> Path:
    """Where units of this user lie."""
    if _is_root():
        return Path("/etc/systemd/system")
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd/user"


def planned(job: Job) -> list[Planned]:
    """The two units of ``job``."""
    place = units_folder() / f"{MARK}-{job.name}"
    return [Planned(f"{place}.service", _service(job)), Planned(f"{place}.timer", _timer(job))]


def _service(job: Job) -> str:
    return (
        f"[Unit]\nDescription={_literal(job.title)}\n\n"
        f"[Service]\nType=oneshot\nWorkingDirectory={_literal(str(job.folder))}\n"
        f"ExecStart={' '.join(map(_quoted, job.command))}\n"
    )


def _timer(job: Job) -> str:
    return (
        f"[Unit]\nDescription={_literal(job.title)}\n\n"
        f"[Timer]\nOnCalendar={calendar_of(job.moment)}\nAccuracySec=1s\nPersistent=true\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )


def calendar_of(moment: Moment) -> str:
    """``*-12-31 20:00:00``."""
    month = f"{moment.month:02}" if moment.month else "*"
    day = f"{moment.day:02}" if moment.day else "*"
    weekday = f"{_WEEKDAYS[moment.weekday - 1]} " if moment.weekday else ""
    return f"{weekday}*-{month}-{day} {moment.clock}:00"


def _literal(text: str) -> str:
    return text.replace("%", "%%")


def _quoted(word: str) -> str:
    escaped = _literal(word).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{escaped}"'


def install(job: Job) -> list[str]:
    """Write the units and start the timer; what the person should do besides."""
    files = [(Path(unit.title), unit.text) for unit in planned(job)]
    try:
        files[0][0].parent.mkdir(parents=True, exist_ok=True)
        for path, text in files:
            path.write_text(text, "utf-8")
    except OSError as error:
        raise ScheduleError(f"不能写入 {files[0][0].parent}：{error.strerror}。") from error
    try:
        _systemctl("daemon-reload")
        _systemctl("enable", "--now", files[1][0].name)
    except ScheduleError:
        for path, _ in files:
            path.unlink(missing_ok=True)
        raise
    return [] if _is_root() else [_LINGER]


def remove(name: str) -> None:
    """Stop the timer and remove both units."""
    place = units_folder() / f"{MARK}-{name}"
    _systemctl("disable", "--now", f"{place.name}.timer")
    for suffix in ("timer", "service"):
        Path(f"{place}.{suffix}").unlink(missing_ok=True)
    _systemctl("daemon-reload")


def _systemctl(*arguments: str) -> None:
    call(["systemctl", *([] if _is_root() else ["--user"]), *arguments])


def listed() -> Iterator[Entry]:
    """The entries of ours."""
    for path in sorted(units_folder().glob(f"{MARK}-*.service")):
        for line in path.read_text("utf-8", errors="replace").splitlines():
            if line.startswith("ExecStart="):
                told = line.removeprefix("ExecStart=").replace("$$", "$").replace("%%", "%")
                entry = entry_of(shlex.split(told))
                if entry is not None:
                    yield entry
