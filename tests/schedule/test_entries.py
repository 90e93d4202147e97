"""Entries of the system's scheduler: what would be installed, and how it is read back."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest

from docgen.schedule import Moment, ScheduleError, System, cron, job_of, moment_of, planned, systemd, windows
from docgen.schedule.job import Entry, Job, entry_of

PATH = '/data/报 送/100% "甲" $局\'s'
SPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
TIMES = {
    "12-31 20:00": (Moment(20, 0, 12, 31), "0 20 31 12 *", "*-12-31 20:00:00", "每年 12 月 31 日 20:00"),
    "25 8:05": (Moment(8, 5, None, 25), "5 8 25 * *", "*-*-25 08:05:00", "每月 25 日 08:05"),
    "周五 20:30": (Moment(20, 30, weekday=5), "30 20 * * 5", "Fri *-*-* 20:30:00", "每周五 20:30"),
    "星期天 0:00": (Moment(0, 0, weekday=7), "0 0 * * 7", "Sun *-*-* 00:00:00", "每周日 00:00"),
    "２３：５９": (Moment(23, 59), "59 23 * * *", "*-*-* 23:59:00", "每天 23:59"),
}


def job(at: str = "12-31 20:00", name: str = "year-end") -> Job:
    return job_of(name, at, ["run", PATH, "--out", "/data/出"], Path("/data/出"))


def tree(task: str) -> ET.Element:
    return ET.fromstring(task.partition("?>")[2])  # noqa: S314 - made by docgen


@pytest.mark.parametrize("text", TIMES)
def test_a_time_means_the_same_to_every_scheduler(text: str) -> None:
    moment, fields, calendar, words = TIMES[text]
    assert moment_of(text) == moment
    assert cron.line_of(job(text)).startswith(f"{fields} cd ")
    assert systemd.calendar_of(moment) == calendar
    assert moment.words == words


@pytest.mark.parametrize(
    "text",
    ["", "20点", "24:00", "12:60", "02-30 20:00", "02-29 20:00", "13-01 8:00", "29 20:00", "周八 8:00"],
)
def test_a_time_that_is_none_or_not_always_there_is_refused(text: str) -> None:
    with pytest.raises(ScheduleError, match="时间"):
        moment_of(text)


def test_an_entry_takes_its_name_from_its_time() -> None:
    names = [job(text, "").name for text in TIMES]
    assert names == ["1231-2000", "day25-0805", "week5-2030", "week7-0000", "daily-2359"]


@pytest.mark.parametrize("name", ["年终", "a b", "A", "-x", "../x", "x" * 42])
def test_a_name_that_not_every_scheduler_takes_is_refused(name: str) -> None:
    with pytest.raises(ScheduleError, match="小写字母"):
        job(name=name)


def test_a_path_with_a_line_break_is_refused() -> None:
    with pytest.raises(ScheduleError, match="换行"):
        job_of("x", "20:00", ["run", "甲\n* * * * * rm"], Path("/data"))


def test_the_shell_gets_from_cron_exactly_the_words_meant(tmp_path: Path) -> None:
    made = job()
    command = cron.line_of(made).split(" ", 5)[5].replace("\\%", "%")  # what cron hands to the shell
    printing = command.replace(f"cd {shlex.quote(str(made.folder))} && exec", "printf '%s\\n'")
    done = subprocess.run(["/bin/sh", "-c", printing], capture_output=True, check=True, cwd=tmp_path)
    assert tuple(done.stdout.decode().splitlines()) == made.command


def test_percent_signs_are_escaped_for_cron() -> None:
    fields = cron.line_of(job())
    assert fields.count("%") == fields.count("\\%") == 1


def test_systemd_units_read_back_as_the_entry() -> None:
    service, timer = planned(job(), System.SYSTEMD)
    assert (Path(service.title).name, Path(timer.title).name) == (
        "docgen-year-end.service",
        "docgen-year-end.timer",
    )
    assert "Persistent=true" in timer.text
    line = next(line for line in service.text.splitlines() if line.startswith("ExecStart="))
    assert "100%% " in line
    assert "$$局" in line


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="not on this machine: systemd-analyze")
def test_systemd_takes_the_units_as_they_are(tmp_path: Path) -> None:
    for unit in planned(job(), System.SYSTEMD):
        (tmp_path / Path(unit.title).name).write_text(unit.text, "utf-8")
    files = [str(path) for path in sorted(tmp_path.iterdir())]
    command = ["systemd-analyze", "verify", "--man=no", *files]
    done = subprocess.run(command, capture_output=True, check=False)
    complaints = [line for line in done.stderr.decode().splitlines() if "docgen-year-end" in line]
    assert complaints == []


def test_the_windows_task_is_whole() -> None:
    [task] = planned(job(), System.WINDOWS)
    assert task.title == "\\docgen\\year-end"
    root = tree(task.text)
    found = {
        name: root.findtext(f".//{SPACE}{name}")
        for name in ("URI", "Command", "MultipleInstancesPolicy", "StartWhenAvailable", "LogonType")
    }
    assert found == {
        "URI": "\\docgen\\year-end",
        "Command": sys.executable,
        "MultipleInstancesPolicy": "IgnoreNew",
        "StartWhenAvailable": "true",
        "LogonType": "S4U",
    }
    assert root.find(f".//{SPACE}Months/{SPACE}December") is not None
    assert root.findtext(f".//{SPACE}Day") == "31"


@pytest.mark.parametrize(
    "at, tag",
    [("周三 8:00", "Wednesday"), ("8:00", "DaysInterval"), ("5 8:00", "Months"), ("02-05 8:00", "February")],
)
def test_windows_gets_every_kind_of_time(at: str, tag: str) -> None:
    root = tree(windows.task_of(job(at), date(2026, 11, 20)))
    assert root.find(f".//{SPACE}{tag}") is not None
    assert str(root.findtext(f".//{SPACE}StartBoundary")) == "2026-11-20T08:00:00"


@pytest.mark.parametrize("text", ["a b", 'say "x"', "back\\slash\\", 'c:\\a b\\"', "", "报 送\\\\", "100%"])
def test_windows_words_are_split_as_they_were_joined(text: str) -> None:
    words = ["x", text, "y z", text]
    assert windows.split(subprocess.list2cmdline(words)) == words


def test_every_scheduler_tells_the_entry_again() -> None:
    made = job()
    entry = Entry("year-end", "每年 12 月 31 日 20:00", made.log, ("run", PATH, "--out", "/data/出"))
    assert entry_of(made.command) == entry
    assert windows.entry_in(windows.task_of(made, date(2026, 11, 20))) == entry
    line = cron.line_of(made).replace("\\%", "%")
    assert entry_of(shlex.split(line, comments=True)) == entry


def test_systemd_entries_are_found_among_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(systemd, "units_folder", lambda: tmp_path)
    for unit in systemd.planned(job()):
        Path(unit.title).write_text(unit.text, "utf-8")
    (tmp_path / "docgen-other.service").write_text("[Service]\nExecStart=/bin/true\n")
    assert [(entry.name, entry.run[1]) for entry in systemd.listed()] == [("year-end", PATH)]


def test_other_tasks_are_not_ours() -> None:
    assert entry_of(["python", "-m", "docgen", "run", "x"]) is None
    assert entry_of(["python", "-m", "docgen", "schedule", "run"]) is None
    assert windows.entry_in("nothing") is None
    listed = '"\\docgen\\year-end","2026/12/31 20:00:00","Ready"\n"\\Microsoft\\x","N/A","Ready"\n\n'
    assert windows.names_in(listed) == ["\\docgen\\year-end"]
