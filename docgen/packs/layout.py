"""The clerk's workbook as data: which sheets and columns, by printed label, never by cell address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

ColumnType = Literal[
    "text",
    "paragraphs",
    "money",
    "ratio",
    "points",
    "count",
    "target",
    "date",
    "year",
    "yes_no",
    "choice",
    "code",
]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table sheet, or a row of a fields sheet.

    ``choices`` is a closed list; ``choices_from`` names a column (``units.name``) whose entries are the list;
    with ``open_list`` other entries are allowed. ``computed`` columns hold a live ``formula`` (by printed
    labels in brackets, ``=IF([全年预算数]=0,"",[全年执行数]/[全年预算数])``) and are locked: reading ignores
    the formula and takes a typed value as the clerk's claim. ``aliases`` are other labels accepted when
    reading. ``total`` is the choice whose row
    stands for the sum of the other rows.
    """

    label: str
    type: ColumnType = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    choices_from: str = ""
    open_list: bool = False
    hint: str = ""
    example: str = ""
    width: int = 14
    formula: str = ""
    aliases: tuple[str, ...] = ()
    total: str = ""
    enabled: bool = True
    reason: str = ""

    @property
    def is_computed(self) -> bool:
        """Whether the column is filled by a formula."""
        return bool(self.formula)


@dataclass(frozen=True)  # without slots: what is switched on is worked out once and kept
class Sheet:
    """A sheet: ``table`` has one record a row below its heading row, ``fields`` one value a row.

    ``required``: the workbook has the sheet. ``filled``: and at least one row in it.
    """

    title: str
    kind: Literal["table", "fields"] = "table"
    columns: Mapping[str, Column] = field(default_factory=dict)
    required: bool = True
    filled: bool = False
    help: str = ""
    aliases: tuple[str, ...] = ()
    enabled: bool = True
    reason: str = ""

    @cached_property
    def used_columns(self) -> Mapping[str, Column]:
        """The columns that are switched on, in order."""
        return {key: column for key, column in self.columns.items() if column.enabled}


@dataclass(frozen=True, slots=True)
class Section:
    """A narrative section the clerk may write in the sheet 文字, and for whom.

    ``per`` is ``unit``, ``department``, ``project`` or ``transfer``; ``text`` is the pack's own wording,
    used when the clerk writes none; it may name ``{年度}``, ``{上年}``, ``{部门}`` and ``{简称}``. Sections
    of one ``group`` are printed under headings numbered over those that are on; ``heading`` is what the
    document prints there, the title where it is blank.
    """

    title: str
    per: Literal["unit", "department", "project", "transfer"] = "unit"
    required: bool = False
    hint: str = ""
    text: str = ""
    group: str = ""
    heading: str = ""
    enabled: bool = True
    reason: str = ""


@dataclass(frozen=True)  # without slots, as Sheet
class Layout:
    """All sheets in order, the indicator levels of the forms, and the narrative sections.

    ``department_scope`` is what the sheet 文字 calls the department as a whole, beside its units.
    """

    sheets: Mapping[str, Sheet]
    project_levels: Mapping[str, tuple[str, ...]]
    overall_levels: Mapping[str, tuple[str, ...]]
    sections: Mapping[str, Section]
    transfer_levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    department_scope: str = "部门整体"

    @cached_property
    def used_sheets(self) -> Mapping[str, Sheet]:
        """The sheets that are switched on, in order."""
        return {key: sheet for key, sheet in self.sheets.items() if sheet.enabled}

    def sections_of(self, per: str) -> Mapping[str, Section]:
        """The sections that are switched on for one kind of scope, by key."""
        return self._sections_by_scope.get(per, {})

    @cached_property
    def _sections_by_scope(self) -> Mapping[str, Mapping[str, Section]]:
        found: dict[str, dict[str, Section]] = {}
        for key, section in self.sections.items():
            if section.enabled:
                found.setdefault(section.per, {})[key] = section
        return found
