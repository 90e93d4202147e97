"""The command `docgen schedule`: entries of the system's own scheduler that make documents unattended."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docgen import console
from docgen.cli_command import HELP, OUTPUTS, Command, Group, OutOption, PackOption, Workbooks

if TYPE_CHECKING:
    from docgen.schedule import Job, System

_PATIENCE = "60"  # minutes an entry waits for a person who is at work in the folder

schedule = typer.Typer(
    cls=Group,
    help='定时任务：到时候自动生成。\n\n例：docgen schedule install --at "12-31 20:00" inputs/',
    context_settings=HELP,
    no_args_is_help=True,
    rich_markup_mode=None,
)

At = Annotated[
    str,
    typer.Option(
        "--at",
        metavar="时间",
        help='"12-31 20:00" 每年，"25 20:00" 每月，"周五 20:00" 每周，"20:00" 每天',
        show_default=False,
    ),
]
Name = Annotated[str, typer.Option("--name", metavar="名称", help="不写就按时间取名")]
SystemOption = Annotated[
    str, typer.Option("--system", metavar="系统", help="systemd、cron 或 windows；不写就用这台电脑的")
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", metavar="N", min=0, help="同时用几个进程，0 为自动")]
Pdf = Annotated[bool, typer.Option("--pdf", help="另用 LibreOffice 生成 PDF")]


def _system(name: str) -> System:
    from docgen.schedule import ScheduleError, System, own_system

    try:
        return System(name.lower()) if name else own_system()
    except ValueError:
        raise ScheduleError(f"没有“{name}”这种系统，只有 {'、'.join(s.value for s in System)}。") from None


def _job(files: list[Path], at: str, name: str, pack: str | None, out: Path, jobs: int, pdf: bool) -> Job:
    from docgen.schedule import job_of

    paths = [str(path.absolute()) for path in files]
    arguments = ["run", *paths, "--out", str(out.absolute()), "--wait", _PATIENCE]
    if pack:
        arguments += ["--pack", str(Path(pack).absolute()) if Path(pack).is_dir() else pack]
    if jobs:
        arguments += ["--jobs", str(jobs)]
    if pdf:
        arguments += ["--pdf"]
    return job_of(name, at, arguments, out.absolute())


@schedule.command(cls=Command)
def install(
    files: Workbooks,
    at: At,
    name: Name = "",
    pack: PackOption = None,
    out: OutOption = OUTPUTS,
    jobs: Jobs = 0,
    pdf: Pdf = False,
    system: SystemOption = "",
) -> None:
    """装一项定时任务，到时候运行 docgen run。

    例：docgen schedule install --at "12-31 20:00" inputs/
    """
    from docgen import schedule as entries

    chosen, job = _system(system), _job(files, at, name, pack, out, jobs, pdf)
    notes = entries.install(job, chosen)
    console.say(f"已装好（{chosen.value}）：{job.name}，{job.moment.words}。日志：{job.log}")
    for note in notes:
        console.say(note)


@schedule.command(cls=Command)
def show(
    files: Workbooks,
    at: At,
    name: Name = "",
    pack: PackOption = None,
    out: OutOption = OUTPUTS,
    jobs: Jobs = 0,
    pdf: Pdf = False,
    system: SystemOption = "",
) -> None:
    """只打印会装进系统的内容，什么也不装。

    例：docgen schedule show --at "12-31 20:00" inputs/
    """
    from docgen import schedule as entries

    for each in entries.planned(_job(files, at, name, pack, out, jobs, pdf), _system(system)):
        console.tell(f"# {each.title}")
        console.say(each.text)


@schedule.command("list", cls=Command)
def list_entries(system: SystemOption = "") -> None:
    """列出装好的定时任务，和上次的结果。

    例：docgen schedule list
    """
    from docgen import console_history
    from docgen import schedule as entries

    found = entries.listed(_system(system))
    if not found:
        console.say("没有 docgen 的定时任务。")
        return
    rows = [["名称", "时间", "上次", "退出状态", "日志"]]
    for entry in found:
        last = entries.last_of(entry.log) if entry.log else None
        told = [last.started, console_history.status_words(last.status)] if last else ["还没有运行过", ""]
        rows.append([entry.name, entry.at, *told, str(entry.log or "")])
    for line in console.table(rows):
        console.say(line)


@schedule.command(cls=Command)
def remove(
    name: Annotated[str, typer.Argument(metavar="名称", help="见 docgen schedule list", show_default=False)],
    system: SystemOption = "",
) -> None:
    """删掉一项定时任务；材料和日志都留着。

    例：docgen schedule remove year-end
    """
    from docgen import schedule as entries

    entries.remove(name, _system(system))
    console.say(f"已删掉定时任务 {name}。")


@schedule.command("run", cls=Command, hidden=True)
def run_entry(
    arguments: Annotated[list[str], typer.Argument(metavar="参数…")],
    name: Annotated[str, typer.Option("--name")],
    log: Annotated[Path, typer.Option("--log")],
    at: Annotated[str, typer.Option("--at")] = "",
) -> None:
    """What an installed entry runs; ``name`` and ``at`` are for those who read logs and lists."""
    from docgen.schedule import attend

    title = f"{name}（{at}）" if at else name
    raise typer.Exit(attend(title, arguments, log, lambda: datetime.now().astimezone()))
