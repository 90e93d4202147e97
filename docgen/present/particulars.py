"""Columns that a county added to a sheet: ``资料`` of the department, a project, an indicator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from functools import cache

from docgen.checks import Case
from docgen.figures.figure import Figure
from docgen.model import Entered
from docgen.packs import Column
from docgen.present.formats import Notation
from docgen.present.shown import View
from docgen.present.texts import said


def extra_columns(case: Case, sheet: str, model: type) -> dict[str, Column]:
    """The columns of ``sheet`` in use for which ``model`` has no field of its own."""
    found = case.pack.layout.sheets.get(sheet)
    own = _fields_of(model)
    if found is None or found.columns.keys() <= own:
        return {}
    return {key: column for key, column in found.used_columns.items() if key not in own}


@cache
def _fields_of(model: type) -> frozenset[str]:
    return frozenset(field.name for field in fields(model))


def particulars(
    columns: Mapping[str, Column], extras: Mapping[str, Entered[str]], notation: Notation
) -> View:
    """``资料``: what was entered in such columns, by their printed labels; blank where nothing was."""
    return {
        column.label: _written(column, extras.get(key, Entered()), notation)
        for key, column in columns.items()
    }


def _written(column: Column, entered: Entered[str], notation: Notation) -> str:
    """Amounts and rates as the form writes them, anything else as it was typed."""
    if column.type not in {"money", "ratio"} or not entered.is_given:
        return said(entered)
    figure = Figure(Decimal(said(entered)), said(entered), (entered.place,))
    return notation.money(figure) if column.type == "money" else notation.rate(figure)
