"""Past runs, and what differs between two of them, as terminal text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

import typer

from docgen import console
from docgen.outputs.history import PastRun, Result
from docgen.outputs.snapshot import Change, Figures, changes

_STATUS = {0: "定稿", 1: "有草稿", 2: "有的工作簿或命令不能用", 3: "出错", 130: "被中断"}
_MOST = 40  # changed figures of one department that are listed


def status_words(status: int | None) -> str:
    """An exit status in words."""
    return "未结束" if status is None else f"{status} {_STATUS.get(status, '')}".strip()


def show_runs(runs: Sequence[PastRun]) -> None:
    """Past runs, the latest first."""
    rows = [
        [str(run.number), _when(run), _seconds(run), status_words(run.status), run.states, run.command]
        for run in runs
    ]
    for line in console.table([["编号", "开始", "用时（秒）", "退出状态", "结果", "命令"], *rows]):
        console.say(line)


def _when(run: PastRun) -> str:
    return run.started[:19].replace("T", " ")


def _seconds(run: PastRun) -> str:
    spent = run.milliseconds
    return "" if spent is None else f"{spent // 1000}.{spent % 1000 // 100}"


def show_past(run: PastRun, results: Sequence[Result]) -> None:
    """One run and what became of each workbook."""
    console.say(
        f"第 {run.number} 次运行：{_when(run)}，docgen {run.docgen}，退出状态 {status_words(run.status)}"
    )
    console.say(f"命令：{run.command}")
    if run.message:
        console.say(f"结果：{run.message}")
    rows = [
        [each.state, each.department, str(each.fiscal_year or ""), str(each.documents), each.workbook]
        for each in results
    ]
    if rows:
        console.say()
    for line in console.table([["结果", "部门", "年度", "份数", "工作簿"], *rows]) if rows else ():
        console.say(line)
    for each in results:
        if each.message:
            console.say(typer.style(each.message, fg="red"))


def show_differences(found: Iterable[tuple[str, Figures | None, Figures | None]], *, every: bool) -> bool:
    """The changed figures of each department; whether there were any."""
    differs = False
    for folder, before, after in found:
        differs = True
        console.say(typer.style(f"\n【{folder}】", bold=True))
        if before is None or after is None:
            console.say(f"  只有{'后' if before is None else '前'}一次运行有它的材料。")
            continue
        told = list(changes(before, after))
        for change in islice(told, None if every else _MOST):
            console.say(f"  {_change(change)}")
        if len(told) > _MOST and not every:
            console.say(f"  还有 {len(told) - _MOST} 处；全部列出请加 --all。")
    return differs


def _change(change: Change) -> str:
    old = "（没有）" if change.before is None else change.before
    new = "（没有）" if change.after is None else change.after
    return f"{change.document}：{change.name}  {old} → {new}"
