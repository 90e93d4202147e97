"""The command `docgen history`: past runs, and what differs between two of them."""

from __future__ import annotations

from typing import Annotated

import typer

from docgen.cli_command import DRAFTS, FINAL, HELP, OUTPUTS, Command, Group, OutOption

history = typer.Typer(
    cls=Group,
    help="过去的运行：列出、查看、比较。\n\n例：docgen history diff 3 4",
    context_settings=HELP,
    rich_markup_mode=None,
)


@history.callback(invoke_without_command=True)
def _list(
    context: typer.Context,
    out: OutOption = OUTPUTS,
    most: Annotated[int, typer.Option("--most", "-n", metavar="N", min=1, help="列出最近几次")] = 20,
) -> None:
    if context.invoked_subcommand is None:
        from docgen import console_history
        from docgen.outputs.history import History

        console_history.show_runs(History(out).runs(most))


@history.command("show", cls=Command)
def show_past(
    number: Annotated[int, typer.Argument(metavar="编号", help="哪一次运行", show_default=False)],
    out: OutOption = OUTPUTS,
) -> None:
    """列出一次运行里每份工作簿的结果。

    例：docgen history show 3
    """
    from docgen import console_history
    from docgen.outputs.history import History

    past = History(out)
    console_history.show_past(past.run(number), past.results(number))


@history.command("diff", cls=Command)
def compare(
    before: Annotated[int, typer.Argument(metavar="前一次", help="编号", show_default=False)],
    after: Annotated[int, typer.Argument(metavar="后一次", help="编号", show_default=False)],
    out: OutOption = OUTPUTS,
    every: Annotated[bool, typer.Option("--all", help="全部列出")] = False,
) -> None:
    """比较两次运行：哪些材料里的哪些数变了。有变化时退出状态为 1。

    例：docgen history diff 3 4
    """
    from docgen import console, console_history
    from docgen.outputs.history import History

    past = History(out)
    runs = past.run(before), past.run(after)
    console.say(
        "比较"
        + "与".join(f"第 {run.number} 次（{run.started[:19].replace('T', ' ')}）" for run in runs)
        + "："
    )
    if console_history.show_differences(past.figures(before, after), every=every):
        raise typer.Exit(DRAFTS)
    console.say("印出的数没有变化。")
    raise typer.Exit(FINAL)
