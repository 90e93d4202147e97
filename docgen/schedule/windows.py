"""Entries of the Windows Task Scheduler: one XML text each, in the folder ``docgen`` of its library."""

from __future__ import annotations

import csv
import getpass
import os
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from docgen.schedule.job import MARK, Entry, Job, Planned, entry_of
from docgen.schedule.moment import Moment
from docgen.schedule.system import call

_SPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_OEM = "oem"  # in what Windows' own programs print; known to Python there only
_TASK = """<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="{space}">
  <RegistrationInfo>
    <Description>{title}</Description>
    <URI>\\{mark}\\{name}</URI>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>{start}T{clock}:00</StartBoundary>
      <Enabled>true</Enabled>
      {schedule}
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>{user}</UserId>
      <LogonType>S4U</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <AllowHardTerminate>true</AllowHardTerminate>
    <StartWhenAvailable>true</StartWhenAvailable>
    <Enabled>true</Enabled>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{program}</Command>
      <Arguments>{arguments}</Arguments>
      <WorkingDirectory>{folder}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


def task_of(job: Job, today: date) -> str:
    """The XML of ``job``; it runs whether or not the user is logged in, without a stored password."""
    return _TASK.format(
        space=_SPACE,
        mark=MARK,
        title=escape(job.title),
        name=job.name,
        start=today.isoformat(),
        clock=job.moment.clock,
        schedule=_schedule(job.moment),
        user=escape(_user()),
        program=escape(job.command[0]),
        arguments=escape(subprocess.list2cmdline(job.command[1:])),
        folder=escape(str(job.folder)),
    )


def _user() -> str:
    domain = os.environ.get("USERDOMAIN", "")
    return f"{domain}\\{getpass.getuser()}" if domain else getpass.getuser()


def _schedule(moment: Moment) -> str:
    if moment.weekday:
        days = f"<DaysOfWeek><{_WEEKDAYS[moment.weekday - 1]} /></DaysOfWeek>"
        return f"<ScheduleByWeek>{days}<WeeksInterval>1</WeeksInterval></ScheduleByWeek>"
    if moment.day:
        months = (_MONTHS[moment.month - 1],) if moment.month else _MONTHS
        named = "".join(f"<{month} />" for month in months)
        days = f"<DaysOfMonth><Day>{moment.day}</Day></DaysOfMonth>"
        return f"<ScheduleByMonth>{days}<Months>{named}</Months></ScheduleByMonth>"
    return "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>"


def planned(job: Job) -> list[Planned]:
    """The XML of ``job`` under the name it has in the Task Scheduler."""
    return [Planned(_path(job.name), task_of(job, _today()))]


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the machine's own day


def _path(name: str) -> str:
    return f"\\{MARK}\\{name}"


def install(job: Job) -> list[str]:  # pragma: no cover - Windows
    """Hand the XML to the Task Scheduler; gives what the person should know."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "task.xml"
        file.write_text(task_of(job, _today()), "utf-16")
        call(["schtasks", "/Create", "/TN", _path(job.name), "/XML", str(file), "/F"], encoding=_OEM)
    return ["任务运行时不保存密码，因此到不了网络盘：工作簿和成品请放在本机。"]


def remove(name: str) -> None:  # pragma: no cover - Windows
    """Delete the task."""
    call(["schtasks", "/Delete", "/TN", _path(name), "/F"], encoding=_OEM)


def listed() -> Iterator[Entry]:  # pragma: no cover - Windows
    """The entries of ours."""
    for path in names_in(call(["schtasks", "/Query", "/FO", "CSV", "/NH"], encoding=_OEM)):
        entry = entry_in(call(["schtasks", "/Query", "/TN", path, "/XML"], encoding=_OEM))
        if entry is not None:
            yield entry


def names_in(table: str) -> list[str]:
    """The paths of our tasks in what ``schtasks /Query`` lists."""
    rows = csv.reader(StringIO(table))
    return sorted({row[0] for row in rows if row and row[0].startswith(f"\\{MARK}\\")})


def entry_in(task: str) -> Entry | None:
    """The entry that the XML of a task describes."""
    text = task[task.index("<Task") :] if "<Task" in task else "<Task/>"
    arguments = ET.fromstring(text).findtext(f".//{{{_SPACE}}}Arguments") or ""  # noqa: S314 - the system's own
    return entry_of(split(arguments))


def split(line: str) -> list[str]:
    """The words of a Windows command line as ``subprocess.list2cmdline`` joins them."""
    words: list[str] = []
    word, slashes, quoted, started = "", 0, False, False
    for char in [*line, " "]:
        if char == "\\":
            slashes += 1
            continue
        if char == '"':
            word, started = word + "\\" * (slashes // 2), True
            if slashes % 2:
                word += char
            else:
                quoted = not quoted
        else:
            word, started = word + "\\" * slashes, started or bool(slashes)
            if char in " \t" and not quoted:
                words += [word] if started else []
                word, started = "", False
            else:
                word, started = word + char, True
        slashes = 0
    return words
