"""Drop-down lists and input hints of a new workbook; the lists stand on a hidden sheet, named.

Names of units and projects come from the sheets where they are filled in, through names whose range ends
with the last entry: OFFSET and COUNTA behave alike in Excel, WPS and LibreOffice. (A range with blank cells
would let Excel accept anything.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from docgen.packs import Column, Layout
from docgen.workbook.book import LISTS, column_letter
from docgen.workbook.lists import closed_lists, scope_sheets

if TYPE_CHECKING:  # XlsxWriter takes 30 ms to load and serves only when a workbook is made
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_LAST = 500  # entries of a list of names
_TITLE, _MESSAGE = 32, 255  # what Excel shows of an input hint
_YES_NO = ("是", "否")


class Dropdowns:
    """The lists of one workbook, by the name columns use for them."""

    def __init__(
        self,
        book: Workbook,
        layout: Layout,
        tiers: tuple[str, ...],
        first_rows: Mapping[str, int],
    ) -> None:
        self._book, self._layout = book, layout
        self._closed = closed_lists(layout, tiers)
        self._first_rows = first_rows
        self._sheet = book.add_worksheet(LISTS)
        self._sheet.hide()
        self._columns: dict[str, tuple[str, ...]] = {}

    def validate(self, worksheet: Worksheet, area: tuple[int, int, int, int], column: Column) -> None:
        """Give the cells of an area (first row and column, last row and column) their list and hint."""
        options: dict[str, object] = {"validate": "any"}
        source = self._source(column)
        if source:
            options = {"validate": "list", "source": source, "error_title": "不在清单里"}
            options["error_message"] = f"“{column.label}”请从下拉清单里选。"
            options["show_error"] = not column.open_list
        message = column.hint or ("从清单里选" if source else "")
        if message:
            options |= {"input_title": column.label[:_TITLE], "input_message": message[:_MESSAGE]}
        if len(options) > 1:
            worksheet.data_validation(*area, options)

    def _source(self, column: Column) -> str:
        if column.type == "yes_no":
            return self._named("yes_no", _YES_NO)
        if column.type != "choice":
            return ""
        name = column.choices_from
        if name in self._closed:
            return self._named(name, self._closed[name])
        if name == "scopes":
            return "=list_scopes"
        if name:
            return f"={self._names(name)}"
        return self._named("_".join(column.choices), column.choices)

    def _named(self, name: str, entries: tuple[str, ...]) -> str:
        """A closed list on the hidden sheet; lists with the same entries share a column."""
        shared = next((known for known, have in self._columns.items() if have == entries), name)
        self._columns.setdefault(shared, entries)
        index = list(self._columns).index(shared)
        return f"=list_{index + 1}" if entries else ""

    def _names(self, source: str) -> str:
        return "list_" + source.replace(".", "_")

    def _range_of(self, source: str) -> tuple[str, str]:
        """First cell and whole range of the column that gives the names."""
        sheet, column = source.split(".")
        spec = self._layout.sheets[sheet]
        letter = column_letter(list(spec.used_columns).index(column))
        first = self._first_rows[sheet] + 1
        title = spec.title.replace("'", "''")
        return f"'{title}'!${letter}${first}", f"'{title}'!${letter}${first}:${letter}${first + _LAST}"

    def write(self, rows: Mapping[str, Sequence[Mapping[str, object]]]) -> None:
        """Fill the hidden sheet and define the names; call it after all columns have theirs."""
        for index, (_, entries) in enumerate(self._columns.items()):
            letter = column_letter(index)
            self._sheet.write_column(1, index, entries)
            self._book.define_name(
                f"list_{index + 1}", f"='{LISTS}'!${letter}$2:${letter}${len(entries) + 1}"
            )
        used = {c.choices_from for s in self._layout.used_sheets.values() for c in s.used_columns.values()}
        if "scopes" in used:
            used |= {f"{sheet}.name" for sheet in scope_sheets(self._layout)}
            self._write_scopes(len(self._columns), rows)
        for name in sorted(name for name in used if name.partition(".")[0] in self._first_rows):
            first, whole = self._range_of(name)
            self._book.define_name(self._names(name), f"=OFFSET({first},0,0,MAX(1,COUNTA({whole})),1)")

    def _write_scopes(self, index: int, rows: Mapping[str, Sequence[Mapping[str, object]]]) -> None:
        """The department as a whole, then every unit (project, transfer) as it is filled in."""
        sheets = scope_sheets(self._layout)
        names = [str(row.get("name", "")) for sheet in sheets for row in rows.get(sheet, ())]
        letter = column_letter(index)
        self._sheet.write_string(1, index, self._layout.department_scope)
        for number in range(_LAST):
            value = names[number] if number < len(names) else ""
            self._sheet.write_formula(2 + number, index, self._scope_formula(sheets, number), None, value)
        counts = "+".join(f"COUNTA({self._range_of(f'{sheet}.name')[1]})" for sheet in sheets)
        self._book.define_name("list_scopes", f"=OFFSET('{LISTS}'!${letter}$2,0,0,1+{counts},1)")

    def _scope_formula(self, sheets: Sequence[str], number: int) -> str:
        """The entry ``number`` (from 0) of the names of several sheets laid end to end."""
        if len(sheets) == 1:
            cell, start = self._range_of(f"{sheets[0]}.name")[0].rsplit("$", 1)
            return f'=IF({cell}{int(start) + number}="","",{cell}{int(start) + number})'
        formula, before = '""', [f"COUNTA({self._range_of(f'{sheet}.name')[1]})" for sheet in sheets]
        for place in reversed(range(len(sheets))):
            whole = self._range_of(f"{sheets[place]}.name")[1]
            rank = "-".join([str(number + 1), *before[:place]])
            formula = f"IF({rank}<={before[place]},INDEX({whole},{rank}),{formula})"
        return f"={formula}"
