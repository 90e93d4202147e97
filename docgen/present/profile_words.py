"""What a report says of the department itself: its particulars, boxes, basis documents and staff."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.checks import Case
from docgen.figures.figure import UNKNOWN
from docgen.model import Department, Entered
from docgen.present.formats import Notation
from docgen.present.particulars import extra_columns, particulars
from docgen.present.shown import View
from docgen.present.texts import paragraphs, said

_TICKED, _EMPTY = "☑", "□"


def profile_view(case: Case, notation: Notation) -> View:
    """``资料``, ``勾选``, ``依据文件`` and ``人员``: parts of ``部门`` in templates."""
    columns = extra_columns(case, "department", Department)
    extras = case.filing.department.extras
    entries = {key: said(extras.get(key, Entered())) for key in columns}
    documents = paragraphs(entries.get("basis_documents", ""))
    return {
        "资料": particulars(columns, extras, notation),
        "勾选": {
            column.label: _boxes(column.choices, entries[key])
            for key, column in columns.items()
            if column.choices
        },
        "依据文件": documents,
        "依据文件连写": joined_by_and(documents),
        "人员": _staff(case, notation),
    }


def _boxes(choices: Sequence[str], chosen: str) -> list[View]:
    return [
        {"名称": name, "选中": name == chosen, "记号": _TICKED if name == chosen else _EMPTY}
        for name in choices
    ]


def joined_by_and(names: Sequence[str]) -> str:
    """``甲``, ``乙``, ``丙`` → ``甲、乙和丙``."""
    return "和".join(filter(None, ("、".join(names[:-1]), names[-1] if names else "")))


def _staff(case: Case, notation: Notation) -> View:
    named = case.figures.accounts.named
    return {
        **{
            printed: notation.tally(named.get(f"staff_{key}", UNKNOWN))
            for printed, key in case.pack.ledger.staff.items()
        },
        "控制率": notation.ratio(named.get("staff_control_rate", UNKNOWN)),
    }
