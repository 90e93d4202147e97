"""What a finding is: a place, a tier, a sentence, and the places it follows from."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

EXPLAINED = "已说明"


class Severity(Enum):
    """The three tiers of the 部门决算 software."""

    ERROR = "错误"
    VERIFY = "核实"
    NOTE = "提示"

    @property
    def rank(self) -> int:
        """0 for the gravest tier; for sorting."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A cell of the clerk's workbook, with the label this form prints for it.

    ``sheet`` and ``cell`` may be empty for a finding about the whole file.
    """

    workbook: str
    sheet: str = ""
    cell: str = ""
    label: str = field(default="", compare=False)

    def __hash__(self) -> int:
        """By the cell alone: places are counted by the ten thousand, nearly all in one workbook."""
        return hash(self.cell)

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet or self.workbook


@dataclass(frozen=True, slots=True)
class Related:
    """Another place a finding speaks of, with its own words."""

    place: Place
    note: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule says: the engine adds code, tier and basis.

    ``message`` says what was found and why it is wrong, ``expected`` what should stand there,
    ``severity`` (seldom) overrides the rule's own tier, e.g. for a rounding residue.
    """

    place: Place
    message: str
    expected: str = ""
    related: tuple[Related, ...] = ()
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A remark with its rule: what the clerk, the run record and the checked copy see."""

    code: str
    severity: Severity
    place: Place
    message: str
    expected: str = ""
    basis: str = ""
    fix: str = ""
    related: tuple[Related, ...] = ()
    explained: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether documents must stay drafts: an error, or a 核实 without a written reason."""
        if self.severity is Severity.VERIFY:
            return self.explained is None
        return self.severity is Severity.ERROR

    @property
    def tier(self) -> str:
        """错误, 核实, 提示, or 已说明 for a 核实 that a written reason has closed."""
        return EXPLAINED if self.explained is not None else self.severity.value

    @property
    def sort_key(self) -> tuple[int, str, str, int, str]:
        """Gravest first, then by code, sheet, row and column."""
        column = self.place.cell.rstrip("0123456789")
        row = self.place.cell.removeprefix(column)
        return (self.severity.rank, self.code, self.place.sheet, int(row or 0), column.rjust(3))
