"""The command `docgen watch`: documents are made again whenever a workbook is saved."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from docgen import console
from docgen.cli_command import FINAL, OUTPUTS, OutOption, PackOption, Workbooks, command_line
from docgen.errors import DocgenError

if TYPE_CHECKING:
    from docgen.batch.wishes import Wishes

_PAUSE = 10.0  # seconds until a folder that another docgen is using is tried again


def watch(
    files: Workbooks,
    pack: PackOption = None,
    out: OutOption = OUTPUTS,
    no_pages: Annotated[bool, typer.Option("--no-pages", help="不测量目录页码，快几秒")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="另用 LibreOffice 生成 PDF")] = False,
    poll: Annotated[bool, typer.Option("--poll", help="定时查看；网络盘上的文件要用它")] = False,
) -> None:
    """看着工作簿，一保存就重做它的材料；按 Ctrl+C 结束。

    例：docgen watch inputs/
    """
    from docgen.batch.wishes import Wishes
    from docgen.watch import saved

    missing = [path for path in files if not path.exists()]
    if missing:
        raise DocgenError(f"没有 {missing[0]}。")
    wishes, stop = Wishes(out, pack, measure_pages=not no_pages, pdf=pdf), Event()
    try:
        for batch in saved(files, out=out, stop=stop, poll=poll):
            for path in batch:
                console.tell(f"\n{datetime.now().astimezone():%H:%M:%S}  {path.name} 保存了。")
            _make(files, wishes, stop)
            if not batch:
                console.tell("正在看着这些工作簿，保存后会自动重做；按 Ctrl+C 结束。")
    except KeyboardInterrupt:
        console.tell("不再看着了。")
    raise typer.Exit(FINAL)


def _make(files: list[Path], wishes: Wishes, stop: Event) -> None:
    """Make what must be made of all of them: the county's own tables need every department."""
    from docgen import console_batch
    from docgen.batch.diary import remembered
    from docgen.outputs.lock import LockError

    while True:
        try:
            with console_batch.listener(quiet=False, explains=False) as listener:
                county, troubles = remembered(files, wishes, listener, command_line())
        except LockError as error:
            console.complain(f"{error}过一会儿再试。")
            if stop.wait(_PAUSE):
                return
        except DocgenError as error:
            console.complain(str(error))
            return
        else:
            for line in (console_batch.county_sentence(county), *troubles):
                console.say(line)
            return
