"""Many workbooks in one go, side by side; one that cannot be made never stops the rest."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from sys import intern
from time import perf_counter
from typing import Any

from docgen.batch.county import SUMMARY, Chapter, Summary, contents_of, summarise
from docgen.batch.inputs import workbooks_in
from docgen.batch.jobs import Identity, Task, identify, make
from docgen.batch.past import Past
from docgen.batch.wishes import County, Listener, Outcome, State, Wishes
from docgen.batch.workers import Lost, Workers
from docgen.outputs.entry import ABOUT_THE_RUN
from docgen.outputs.headline import Headline, headline
from docgen.outputs.lock import Lock, locked
from docgen.outputs.stale import Reason

__all__ = [
    "SUMMARY",
    "County",
    "Listener",
    "Outcome",
    "Reason",
    "State",
    "Wishes",
    "run_county",
    "workbooks_in",
]


def run_county(paths: Iterable[Path], wishes: Wishes, listener: Listener | None = None) -> County:
    """Make what must be made of every workbook meant by ``paths``, and the county's own tables.

    Raises ``DocgenError`` when there is no workbook at all, ``LockError`` when another docgen is at work.
    """
    start = perf_counter()
    workbooks = workbooks_in(paths, wishes.out)
    with locked(wishes.out, wishes.patience) as lock, Workers(_processes(wishes, len(workbooks))) as workers:
        batch = _Batch(wishes, lock, workers, listener or Listener(), workbooks)
        batch.look()
        batch.refuse_twins()
        batch.make()
        done = batch.summarise()
        notes = ("上一次运行没有正常结束，这次已接着做完。",) if lock.recovered else ()
    outcomes = tuple(batch.outcomes[path] for path in workbooks)
    return County(wishes.out, outcomes, done.path, (*notes, *done.notes), perf_counter() - start, done.status)


def _processes(wishes: Wishes, workbooks: int) -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    available = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(min(wishes.jobs or available, workbooks), 1)


@dataclass(slots=True)
class _Batch:
    """One batch under way.

    ``places`` says to which folder each workbook goes, ``stale`` why it must be made, ``outcomes`` what
    became of it; ``alike`` holds once what many of them say.
    """

    wishes: Wishes
    lock: Lock
    workers: Workers
    listener: Listener
    workbooks: list[Path]
    outcomes: dict[Path, Outcome] = field(default_factory=dict)
    stale: dict[Path, tuple[Reason, ...]] = field(default_factory=dict)
    places: dict[Path, Path] = field(default_factory=dict)
    alike: dict[object, Any] = field(default_factory=dict)

    def look(self) -> None:
        """Tell what must be made and what need not; the contents of workbooks not seen before are asked."""
        past = Past(self.wishes)
        unknown = []
        for path in self.workbooks:
            last = past.last_of(path)
            if last is None:
                unknown.append(path)
            elif why := past.reasons(path, last):
                self.stale[path], self.places[path] = why, last.folder
            else:
                self.outcomes[path] = _unchanged(path, last)
                self.places[path] = last.folder
        for path, identity in self._identities(unknown):
            if identity.is_foreign:
                self.outcomes[path] = _foreign(path)
                continue
            self.stale[path] = (Reason.NEW,)
            if identity.folder is not None:
                self.places[path] = identity.folder
                self.stale[path] = past.reasons(path, headline(identity.folder))

    def _identities(self, paths: Iterable[Path]) -> Iterator[tuple[Path, Identity]]:
        tasks = [Task(path, self.wishes, self.lock, ()) for path in paths]
        for task, identity in self.workers.each(identify, tasks):
            yield task.path, Identity(None) if isinstance(identity, Lost) else identity

    def refuse_twins(self) -> None:
        """Two workbooks of one department and year: only a person can tell which is right."""
        rivals = defaultdict(list)
        for path in self.workbooks:
            if path in self.places:
                rivals[os.path.normcase(self.places[path]).casefold()].append(path)
        for twins in rivals.values():
            for path in twins if len(twins) > 1 else ():
                others = "、".join(str(other) for other in twins if other != path)
                place = self.places[path]
                self.outcomes[path] = Outcome(
                    workbook=path,
                    state=State.FAILED,
                    status=2,
                    message=f"{path} 与 {others} 都是“{place.parent.name}”{place.name} 年度的工作簿，"
                    "只能留一份；这几份都没有处理，原有的成品没有改动。",
                )
                self.stale.pop(path, None)
        self.places.clear()
        self.listener.planned(len(self.workbooks), len(self.stale))

    def make(self) -> None:
        """Make what is stale, side by side."""
        for path, outcome in self.outcomes.items():
            if path not in self.stale:
                self.listener.finished(outcome)
        ordered = [path for path in self.workbooks if path in self.stale]
        tasks = (Task(path, self.wishes, self.lock, self.stale[path]) for path in ordered)
        for task, made in self.workers.each(make, tasks):
            outcome = _lost(task, made) if isinstance(made, Lost) else made
            self.listener.finished(outcome)
            self.outcomes[task.path] = self._slim(task.path, outcome)

    def _slim(self, path: Path, outcome: Outcome) -> Outcome:
        """What is kept of an outcome once it is told: a county has a thousand, and many say the same."""
        reasons = self.stale.pop(path)
        return replace(
            outcome,
            workbook=path,
            department=intern(outcome.department),
            reasons=self.alike.setdefault(reasons, reasons),
            counts=self.alike.setdefault(frozenset(outcome.counts.items()), outcome.counts),
            notes=self.alike.setdefault(outcome.notes, outcome.notes),
            seconds={},
        )

    def summarise(self) -> Summary:
        """The county's own tables, made by one of the processes."""
        self.listener.summarising()
        contents = contents_of(_chapter(self.outcomes[path]) for path in self.workbooks)
        return summarise(self.wishes, self.lock, self.workers, contents)


def _unchanged(path: Path, last: Headline) -> Outcome:
    return Outcome(
        workbook=path,
        state=State.UNCHANGED,
        status=0 if last.status == "final" else 1,
        department=last.department,
        fiscal_year=last.fiscal_year,
        folder=last.folder,
        counts=last.counts,
        documents=sum(
            file.status == last.status and file.document not in ABOUT_THE_RUN for file in last.files
        ),
    )


def _foreign(path: Path) -> Outcome:
    return Outcome(path, State.FOREIGN, message=f"{path} 不是填报工作簿，没有处理。")


def _lost(task: Task, lost: Lost) -> Outcome:
    message = f"{task.path.name}：{lost.message}，文件没有生成。"
    return Outcome(task.path, State.FAILED, 3, reasons=task.reasons, message=message, trouble=lost.trouble)


def _chapter(outcome: Outcome) -> Chapter:
    path = outcome.workbook
    return Chapter(path.name, outcome.folder, outcome.message, path.parent)
