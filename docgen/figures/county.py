"""Sums over the projects of many departments, added one by one so that none has to be kept."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from docgen.figures.arithmetic import difference, quotient
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.results import Totals
from docgen.quantity import ZERO


@dataclass(slots=True)
class _Sum:
    """Σ of amounts; ``gaps`` counts those that are missing."""

    value: Decimal = ZERO
    terms: int = 0
    gaps: int = 0

    def add(self, amount: Decimal | None) -> None:
        if amount is None:
            self.gaps += 1
        else:
            self.value += amount
            self.terms += 1

    @property
    def figure(self) -> Figure:
        return Figure(self.value) if self.terms else UNKNOWN

    @property
    def whole(self) -> Figure:
        return UNKNOWN if self.gaps else self.figure


class CountySums:
    """Budget, spending (元) and scores (分) of all projects added so far."""

    def __init__(self) -> None:
        self._initial, self._budget, self._spending, self._score = _Sum(), _Sum(), _Sum(), _Sum()
        self.projects = 0

    def add(
        self, initial: Decimal | None, budget: Decimal | None, spending: Decimal | None, score: Decimal | None
    ) -> None:
        """One more project. A missing budget or spending leaves the sum of its column unknown."""
        self.projects += 1
        for total, amount in zip(
            (self._initial, self._budget, self._spending, self._score),
            (initial, budget, spending, score),
            strict=True,
        ):
            total.add(amount)

    def totals(self) -> Totals:
        """The sums, the rates of the sums, and the mean of the scores that are known."""
        initial, budget, spending = self._initial.figure, self._budget.whole, self._spending.whole
        scores = self._score
        return Totals(
            initial_budget=initial,
            annual_budget=budget,
            annual_spending=spending,
            execution_rate=quotient(spending, budget),
            initial_completion=quotient(spending, initial),
            unspent=difference(budget, spending),
            average_score=Figure(scores.value / scores.terms) if scores.terms else UNKNOWN,
        )
