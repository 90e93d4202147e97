"""What the figures of the 部门决算公开 are made from: the sheets, the county's words for them, how to add."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docgen.figures.arithmetic import Write, entered, total
from docgen.figures.code_tables import Entry
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.results import AccountResult, ProjectResult
from docgen.model import Entered, Filing
from docgen.model.final_accounts import FinalAccounts
from docgen.model.last_year import LastYear
from docgen.packs import Classification, Ledger, Norms
from docgen.quantity import Yuan


@dataclass(frozen=True, slots=True)
class Books:
    """One filing with what was computed of it before, under the classification of its year."""

    filing: Filing
    projects: Sequence[ProjectResult]
    accounts: AccountResult
    ledger: Ledger
    classification: Classification
    norms: Norms
    write: Write
    last_year: LastYear | None = None

    @property
    def lines(self) -> FinalAccounts:
        """The sheets of the 部门决算公开."""
        return self.filing.final_accounts

    def rows(self, sheet: str) -> tuple[Any, ...]:
        """The rows of a sheet of the department report; none of one that was not read whole."""
        rows: tuple[Any, ...] = getattr(self.filing.report, sheet)
        return rows if self.filing.is_whole(sheet) else ()

    def function_name(self, code: str) -> str:
        """The name of a function code; for an unknown one what the clerk typed beside it."""
        return self.classification.functions.get(code) or self._typed(code)

    def _typed(self, code: str) -> str:
        lines: tuple[Any, ...] = (*self.lines.spending, *self.lines.income, *self.lines.categories)
        names = (line.name.value for line in lines if line.code.value == code)
        return next((name for name in names if name), "")

    def cell(self, given: Entered[Yuan]) -> Figure:
        """The amount of one cell."""
        return entered(given, self.write)

    def added(self, lines: Iterable[Any], column: str) -> Figure:
        """The sum of one column of money over some lines of a sheet."""
        return total((entered(getattr(line, column), self.write) for line in lines), self.write)

    def total(self, figures: Iterable[Figure]) -> Figure:
        """The sum of amounts that are not blank."""
        return total(figures, self.write)

    def entries(
        self, lines: Iterable[Any], columns: Sequence[str], by: str, keys: Mapping[str, str]
    ) -> list[Entry]:
        """An entry for each amount given, its group the English name of the fund or source of the line."""
        return [
            Entry(line.code.value, column, amount, keys.get(getattr(line, by).otherwise(""), ""))
            for line in lines
            if line.code.is_given
            for column in columns
            if (amount := entered(getattr(line, column), self.write)) != UNKNOWN
        ]
