"""What a batch is asked to do, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from docgen.outputs.stale import Reason


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a batch is to be run. ``jobs`` is the number of processes; 0 lets docgen choose.

    ``patience`` is how many seconds to wait while another docgen uses the output folder; ``last_year`` is
    the ``run.json`` of the year before, for many workbooks a folder that has one of each department.
    """

    out: Path = Path("outputs")
    pack: str | None = None
    jobs: int = 0
    force: bool = False
    measure_pages: bool = True
    watermark: str = ""
    pdf: bool = False
    patience: int = 0
    last_year: Path | None = None


class State(Enum):
    """What became of a workbook."""

    MADE = "新生成"
    UNCHANGED = "未变"
    DRAFT = "草稿"
    FAILED = "失败"
    FOREIGN = "不是填报工作簿"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one workbook.

    ``status`` is the exit status it asks for: 0 final, 1 drafts, 2 it cannot be used, 3 docgen or the disk
    failed. ``reasons`` say why it was made again, ``notes`` what the person should know, ``trouble`` is the
    traceback of a failure of ours. ``documents`` counts the files of the set. ``seconds`` are by stage;
    only a listener hears them.
    """

    workbook: Path
    state: State
    status: int = 0
    department: str = ""
    fiscal_year: int | None = None
    folder: Path | None = None
    reasons: tuple[Reason, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    documents: int = 0
    notes: tuple[str, ...] = ()
    message: str = ""
    trouble: str = ""
    seconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class County:
    """A finished batch: its outcomes in the order of the workbooks, and the summary over all of them.

    ``summary`` is the file 年终汇总.xlsx, None where it could not be made; ``notes`` are about the whole.
    """

    out: Path
    outcomes: tuple[Outcome, ...]
    summary: Path | None
    notes: tuple[str, ...]
    seconds: float
    summary_status: int = 0

    @property
    def status(self) -> int:
        """The exit status: that of the worst outcome; 2 where there was nothing for docgen."""
        if all(outcome.state is State.FOREIGN for outcome in self.outcomes):
            return 2
        return max(self.summary_status, *(outcome.status for outcome in self.outcomes))

    def number(self, state: State) -> int:
        """How many workbooks came to ``state``."""
        return sum(outcome.state is state for outcome in self.outcomes)


class Listener:
    """Hears how a batch goes on; this one does nothing with it."""

    def planned(self, total: int, stale: int) -> None:
        """``total`` workbooks were found, ``stale`` of them must be made."""

    def finished(self, outcome: Outcome) -> None:
        """One workbook is done, or needs nothing."""

    def summarising(self) -> None:
        """All are done; the county's own tables come last."""
