"""Runs that are remembered: each leaves its lines in the logs and its results in the history."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic_ns
from typing import TYPE_CHECKING

import docgen
from docgen.batch import run_county
from docgen.batch.wishes import County, Listener, Outcome, State, Wishes
from docgen.errors import DocgenError, StoreError
from docgen.outputs.history import History, HistoryError, Result
from docgen.outputs.log import Log

if TYPE_CHECKING:  # an unchanged county is told without the stages of a run
    from docgen.pipeline import Run

_MISUSED, _FAILED, _INTERRUPTED = 2, 3, 130


def _now() -> datetime:
    return datetime.now().astimezone()


@dataclass(slots=True)
class Diary:
    """One run being written down. ``status`` and ``results`` are told before it ends.

    Nothing is made for a run that finds nothing to do: the history waits until there is an output folder.
    A history that cannot be written never stops a run: ``trouble`` then says why.
    """

    out: Path
    command: str
    log: Log
    started: str = ""
    number: int = 0
    status: int = 0
    summary: str = ""
    results: Sequence[Result] = ()
    trouble: list[str] = field(default_factory=list)

    def begin(self) -> None:
        """The first line, and a number in the history."""
        self.started = self.log.clock().isoformat(timespec="milliseconds")
        self._enter()
        told = {"run": self.started, "command": self.command, "docgen": docgen.__version__}
        self.log.write("start", f"开始：{self.command}", **told)

    def _enter(self) -> None:
        if self.number or self.trouble or not self.out.is_dir():
            return
        try:
            self.number = History(self.out).begin(self.started, self.command, docgen.__version__)
        except HistoryError as error:
            self.trouble.append(str(error))

    def end(self, milliseconds: int) -> None:
        """The last line, and the results in the history."""
        self._enter()
        seconds = f"{milliseconds // 1000}.{milliseconds % 1000 // 100}"
        sentence = f"第 {self.number} 次运行结束，退出状态 {self.status}，用时 {seconds} 秒。{self.summary}"
        facts = {"run": self.started, "number": self.number, "status": self.status}
        self.log.write("end", sentence, **facts, milliseconds=milliseconds)
        if not self.number:
            return
        try:
            History(self.out).finish(self.number, milliseconds, self.status, self.summary, self.results)
        except HistoryError as error:
            self.trouble.append(str(error))

    def done(self, result: Result, milliseconds: int, **facts: object) -> None:
        """A line about one workbook."""
        year = f"（{result.fiscal_year}）" if result.fiscal_year else ""
        made = f"{result.department or '？'}{year}，{result.documents} 份，{result.workbook}。"
        sentence = f"{result.state}：{result.message or made}"
        told = {
            "run": self.started,
            "workbook": result.workbook,
            "department": result.department,
            "fiscal_year": result.fiscal_year,
            "state": result.state,
            "status": result.status,
            "documents": result.documents,
            "milliseconds": milliseconds,
            **facts,
        }
        self.log.write("workbook", sentence, **told)


@contextmanager
def diary(out: Path, command: str) -> Iterator[Diary]:
    """Write down the run that happens inside, however it ends."""
    told = Diary(out, command, Log(out, _now))
    start = monotonic_ns()  # a clock that is set back changes no duration
    told.begin()
    try:
        yield told
    except BaseException as error:
        told.status, told.summary = _ending(error)
        if told.status == _FAILED:
            told.log.write("trouble", told.summary, run=told.started, traceback=traceback.format_exc())
        raise
    finally:
        told.end((monotonic_ns() - start) // 1_000_000)


def _ending(error: BaseException) -> tuple[int, str]:
    if isinstance(error, KeyboardInterrupt):
        return _INTERRUPTED, "被中断。"
    if isinstance(error, DocgenError):
        return (_FAILED if isinstance(error, StoreError) else _MISUSED), str(error)
    return _FAILED, f"docgen 出错了（{type(error).__name__}）。"


@dataclass(slots=True)
class Scribe(Listener):
    """Writes down what it hears of a batch, and passes it on."""

    diary: Diary
    listener: Listener

    def planned(self, total: int, stale: int) -> None:
        """A line about the size of the batch."""
        facts = {"run": self.diary.started, "workbooks": total, "stale": stale}
        self.diary.log.write("plan", f"工作簿 {total} 份，其中 {stale} 份要生成。", **facts)
        self.listener.planned(total, stale)

    def finished(self, outcome: Outcome) -> None:
        """A line about one workbook; one that has not changed is worth a line to machines only at the end."""
        if outcome.state is not State.UNCHANGED:
            spent = sum(int(seconds * 1000) for seconds in outcome.seconds.values())
            facts = {
                "reasons": [reason.value for reason in outcome.reasons],
                "notes": outcome.notes,
                "trouble": outcome.trouble,
            }
            told = {name: value for name, value in facts.items() if value}
            self.diary.done(result_of(outcome, self.diary.out), spent, **told)
        self.listener.finished(outcome)

    def summarising(self) -> None:
        """Passed on."""
        self.listener.summarising()


def remembered(
    paths: Iterable[Path], wishes: Wishes, listener: Listener | None = None, command: str = ""
) -> tuple[County, tuple[str, ...]]:
    """``run_county``, written down; with it, why something could not be."""
    with diary(wishes.out, command) as told:
        county = run_county(paths, wishes, Scribe(told, listener or Listener()))
        told.status, told.summary = county.status, _counted(county)
        told.results = [result_of(outcome, wishes.out) for outcome in county.outcomes]
    return county, tuple(told.trouble)


def _counted(county: County) -> str:
    counts = {state: county.number(state) for state in State}
    return "，".join(f"{state.value} {count} 份" for state, count in counts.items() if count) + "。"


def remember(told: Diary, path: Path, run: Run) -> None:
    """Write down the run of a single workbook."""
    from docgen.outputs.entry import ABOUT_THE_RUN

    state = State.MADE if run.is_final else State.DRAFT
    result = Result(
        workbook=str(path),
        department=run.department,
        fiscal_year=run.fiscal_year,
        folder=_below(run.stored.folder, told.out),
        state=state.value,
        status=0 if run.is_final else 1,
        documents=sum(entry.document not in ABOUT_THE_RUN for entry in run.stored.made),
    )
    told.status, told.results = result.status, (result,)
    told.done(result, sum(int(seconds * 1000) for seconds in run.seconds.values()))


def result_of(outcome: Outcome, out: Path) -> Result:
    """One outcome of a batch as history keeps it."""
    made = outcome.folder is not None and outcome.state is not State.FAILED
    return Result(
        workbook=str(outcome.workbook),
        department=outcome.department,
        fiscal_year=outcome.fiscal_year,
        folder=_below(outcome.folder, out) if made and outcome.folder else "",
        state=outcome.state.value,
        status=outcome.status,
        documents=outcome.documents,
        message=outcome.message,
        is_unchanged=outcome.state is State.UNCHANGED,
    )


def _below(folder: Path, out: Path) -> str:
    return folder.relative_to(out).as_posix()
