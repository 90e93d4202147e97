"""The sample of a department report with some cells changed, and what then is found and printed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from docgen.finding import Finding
from docgen.pipeline import examine
from docgen.present import present
from docgen.render import compile_template
from tests.docxtext import docx_text

INPUTS = Path(__file__).parent.parent.parent / "inputs"


@dataclass(frozen=True)
class Told:
    """The findings of a variant, and its report as text."""

    findings: tuple[Finding, ...]
    text: str

    @property
    def open_codes(self) -> list[str]:
        """The codes of what keeps the report from being final.

        Without A113: the third sample's budgets equal its final accounts, which it explains for its own
        amounts.
        """
        return [finding.code for finding in self.findings if finding.is_open and finding.code != "A113"]


class Variant:
    """A sample workbook under change; rows are named by a text in one of their cells, columns by label."""

    def __init__(self, sample: str) -> None:
        self.book = openpyxl.load_workbook(INPUTS / sample)

    def put(self, sheet: str, row: str, column: str, value: object) -> None:
        """One cell; in 单位信息 and its like ``column`` is blank and the row is the label."""
        cells: Any = self.book[sheet]
        found = self._row(sheet, row)
        index = self._column(sheet, column) if column else 2
        cells.cell(found, index).value = value
        if isinstance(value, str):
            cells.cell(found, index).data_type = "s"  # also what begins with =

    def add(self, sheet: str, *values: object) -> None:
        """A row below the last one."""
        cells: Any = self.book[sheet]
        last = max(row for row in range(1, cells.max_row + 1) if self._is_filled(sheet, row))
        for index, value in enumerate(values, 1):
            cells.cell(last + 1, index).value = value

    def clear(self, sheet: str, *, keep: tuple[str, ...] = ()) -> None:
        """All rows but those that hold one of the texts ``keep``."""
        kept = {1, *(self._row(sheet, each) for each in keep)}
        for row in range(1, self.book[sheet].max_row + 1):
            if row not in kept:
                self._blank(sheet, row)

    def drop(self, sheet: str, *rows: str) -> None:
        """These rows."""
        for each in rows:
            self._blank(sheet, self._row(sheet, each))

    def blank(self, sheet: str, column: str) -> None:
        """All cells of one column."""
        cells: Any = self.book[sheet]
        for row in range(2, cells.max_row + 1):
            cells.cell(row, self._column(sheet, column)).value = None

    def told(self, folder: Path) -> Told:
        """The variant, read, checked and printed."""
        path = folder / "variant.xlsx"
        self.book.save(path)
        seen = examine(path)
        page = present(seen.case, seen.findings)[0]
        made = compile_template(page.template).render(page.context, "report")
        return Told(tuple(seen.findings), docx_text(made.content))

    def _row(self, sheet: str, text: str) -> int:
        for number, row in enumerate(self.book[sheet].iter_rows(), 1):
            if any(cell.value == text for cell in row):
                return number
        raise KeyError(f"{sheet}: {text}")

    def _column(self, sheet: str, label: str) -> int:
        for cell in self.book[sheet][1]:
            if cell.value == label:
                return int(cell.column)
        raise KeyError(f"{sheet}: {label}")

    def _blank(self, sheet: str, row: int) -> None:
        for cell in self.book[sheet][row]:
            cell.value = None

    def _is_filled(self, sheet: str, row: int) -> bool:
        values = (cell.value for cell in self.book[sheet][row])
        return any(value not in {None, ""} and not str(value).startswith("=IF(") for value in values)
