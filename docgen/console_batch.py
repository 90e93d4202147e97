"""A batch as terminal text: a progress bar on a terminal, plain lines elsewhere, a closing table."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Self

import typer

from docgen import console
from docgen.batch import County, Listener, Outcome, State

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn, Task, TaskID

_COLOURS = {State.MADE: "green", State.DRAFT: "yellow", State.FAILED: "red"}
_TIERS = ("错误", "核实", "已说明", "提示")
_FEW = 20  # like notes that are listed one by one


class Lines(Listener):
    """Plain lines, one for each workbook that is done; unchanged ones only when reasons are asked for."""

    def __init__(self, *, explains: bool) -> None:
        self.explains = explains
        self.total = self.done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to put away."""

    def planned(self, total: int, stale: int) -> None:
        """Say how much there is to do."""
        self.total = total
        self.write(f"工作簿 {total} 份，其中 {stale} 份要生成。")

    def finished(self, outcome: Outcome) -> None:
        """Say what became of one workbook."""
        self.done += 1
        if self.explains or outcome.state not in {State.UNCHANGED, State.FOREIGN}:
            self.write(f"[{self.done:>{len(str(self.total))}}/{self.total}] {_line(outcome, self.explains)}")

    def summarising(self) -> None:
        """Say that the county's tables come last."""
        self.write("正在汇总……")

    def write(self, text: str) -> None:
        """A line about what is going on."""
        console.tell(text)


class Bar(Lines):
    """A bar with rate and remaining time; what went wrong, and reasons asked for, are lines above it."""

    def __init__(self, *, explains: bool) -> None:
        super().__init__(explains=explains)
        self._progress = _progress()
        self._task: TaskID = self._progress.add_task("生成", total=None)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def planned(self, total: int, stale: int) -> None:
        """The bar knows its length."""
        self.total = total
        self._progress.update(self._task, total=total, description=f"生成 {stale} 份")

    def finished(self, outcome: Outcome) -> None:
        """The bar moves on; a line above it for what needs one."""
        self.done += 1
        self._progress.advance(self._task)
        if self.explains or outcome.state is State.FAILED:
            self.write(_line(outcome, self.explains))

    def summarising(self) -> None:
        """The bar says so."""
        self._progress.update(self._task, description="汇总")

    def write(self, text: str) -> None:
        """A line above the bar."""
        self._progress.console.print(text, markup=False, highlight=False)


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn
    from rich.text import Text

    class Pace(ProgressColumn):
        """Workbooks a minute, and how long the rest will take."""

        def render(self, task: Task) -> Text:
            if not task.speed or task.remaining is None:
                return Text("")
            left = int(task.remaining / task.speed)
            return Text(f"{task.speed * 60:.0f} 份/分，还要 {left // 60}:{left % 60:02}")

    columns: tuple[ProgressColumn, ...] = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Pace(),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)


class Silence(Lines):
    """Says nothing until the end."""

    def write(self, text: str) -> None:
        """Nothing."""


def listener(*, quiet: bool, explains: bool) -> Lines:
    """The way to report that suits where the messages go."""
    if quiet:
        return Silence(explains=False)
    return Bar(explains=explains) if sys.stderr.isatty() else Lines(explains=explains)


def _line(outcome: Outcome, explains: bool) -> str:  # noqa: FBT001 - private
    if outcome.message:
        return f"{outcome.state.value}：{outcome.message}"
    who = f"{outcome.department} {outcome.fiscal_year or '未填年度'}"
    why = (
        f"（{'、'.join(reason.value for reason in outcome.reasons)}）" if explains and outcome.reasons else ""
    )
    found = "，".join(f"{tier} {outcome.counts[tier]}" for tier in _TIERS if outcome.counts.get(tier))
    return f"{outcome.state.value} {who}：{outcome.documents} 份{why}{'；' + found if found else ''}"


def show_county(county: County) -> None:
    """What became of everything: what a person must know, then the table, then where it lies."""
    for note in _notes(county):
        console.say(typer.style(note, fg="yellow"))
    for outcome in county.outcomes:
        if outcome.state in {State.FAILED, State.FOREIGN}:
            console.say(typer.style(outcome.message, fg=_COLOURS.get(outcome.state)))
    console.say()
    for line in console.table(list(_rows(county))):
        console.say(line)
    console.say()
    if county.summary:
        console.say(f"汇总：{county.summary}")
    console.say(f"位置：{county.out}")
    console.say(f"用时：{county.seconds:.1f} 秒{_pace(county)}")


def county_sentence(county: County) -> str:
    """The whole batch in one sentence."""
    counts = "，".join(
        f"{state.value} {county.number(state)}"
        for state in State
        if state is not State.FOREIGN or county.number(state)
    )
    return f"{len(county.outcomes)} 份工作簿：{counts}。"


def _rows(county: County) -> Iterator[list[str]]:
    yield ["结果", "部门", "材料"]
    for state in State:
        of_state = [outcome for outcome in county.outcomes if outcome.state is state]
        if of_state or state is not State.FOREIGN:
            drafts = sum(outcome.status == 1 for outcome in of_state) if state is State.UNCHANGED else 0
            name = f"{state.value}（其中草稿 {drafts}）" if drafts else _NAMES.get(state, state.value)
            yield [name, str(len(of_state)), str(sum(outcome.documents for outcome in of_state) or "")]


_NAMES = {State.MADE: "新生成（定稿）", State.DRAFT: "新生成（草稿）"}


def _notes(county: County) -> Iterator[str]:
    """Notes on departments: those that many share are told once."""
    yield from county.notes
    shared = Counter(note for outcome in county.outcomes for note in outcome.notes)
    told: set[str] = set()
    shown = 0
    for outcome in county.outcomes:
        for note in outcome.notes:
            if shared[note] > 1 and note not in told:
                told.add(note)
                yield f"{shared[note]} 个部门：{note}"
            elif shared[note] == 1 and shown < _FEW:
                shown += 1
                yield f"{outcome.department}：{note}"
    rest = sum(count == 1 for count in shared.values()) - shown
    if rest > 0:
        yield f"还有 {rest} 条类似的说明，见各部门的文件夹。"


def _pace(county: County) -> str:
    made = sum(o.documents for o in county.outcomes if o.state in {State.MADE, State.DRAFT})
    return f"（每秒 {made / county.seconds:.0f} 份材料）" if made and county.seconds else ""
