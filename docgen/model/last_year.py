"""What the run of the year before recorded: what this year is compared with, and what it may carry on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from docgen.quantity import Points, Yuan


@dataclass(frozen=True, slots=True)
class PastIndicator:
    """An indicator of last year: its place among the levels, and 指标值 as it was typed."""

    level2: str
    level3: str
    target: str


@dataclass(frozen=True, slots=True)
class PastProject:
    """A project of last year; amounts in 元 and its total score, None where they could not be computed."""

    name: str
    unit: str = ""
    budget: Yuan | None = None
    spending: Yuan | None = None
    unspent: Yuan | None = None
    indicators: tuple[PastIndicator, ...] = ()
    score: Points | None = None


@dataclass(frozen=True, slots=True)
class PastExplanation:
    """A 核实 that a written reason closed last year, with the figures it spoke of."""

    code: str
    where: str
    reason: str
    figures: str = ""


@dataclass(frozen=True, slots=True)
class LastYear:
    """Amounts of one year (元) by key, out of the record named ``record``.

    Keys: a total by its English name (``income_total``, ``vehicle_upkeep``, ``administrative``, and of 收支
    ``final``, ``project_final`` …), ``category.208`` for a 类, ``closing.general`` for the balance of a fund
    at the end of that year, ``balance.cash`` for an item of the balance sheet then; ``function.``,
    ``nontax.`` and ``project.`` with the name of a 类 of spending, of a charge, of a project or transfer.
    ``sha256`` is the digest of the record. ``units`` and ``about`` (the department) are rows of those
    sheets, column key → text.
    """

    record: str
    department: str
    fiscal_year: int
    amounts: Mapping[str, Yuan] = field(default_factory=dict)
    sha256: str = ""
    pack: str = ""
    projects: tuple[PastProject, ...] = ()
    overall: tuple[PastIndicator, ...] = ()
    explanations: tuple[PastExplanation, ...] = ()
    units: tuple[Mapping[str, str], ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)
