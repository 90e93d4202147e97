"""This year against last in words: amounts, 增加 or 减少, 增长 or 下降, or that nothing changed."""

from __future__ import annotations

from docgen.checks import Case
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.final_results import Change, ProjectChange
from docgen.present.account_style import AccountStyle
from docgen.present.formats import Notation
from docgen.present.shown import View
from docgen.present.texts import said
from docgen.quantity import ZERO

NO_CHANGE = Change(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN)


def change_view(change: Change | None, style: AccountStyle) -> View:
    """A change; ``有上年`` only when last year is known, ``有率`` only over a base that is not 0."""
    change = change or NO_CHANGE
    return {
        "现": style.amount(change.now),
        "原": style.amount(change.before),
        "差": style.size(change.difference),
        "率": style.percent(change.rate),
        **_direction(change.difference),
        "有上年": change.difference.is_known,
        "相同": style.is_even(change.difference),
        "有率": change.rate.is_known,
    }


def _direction(difference: Figure) -> View:
    fell = difference.value is not None and difference.value < ZERO
    return {"增减": "减少" if fell else "增加", "升降": "下降" if fell else "增长"}


def difference_view(difference: Figure, rate: Figure, notation: Notation) -> View:
    """A difference (元) in the report of a department: its size and direction, and its rate.

    ``持平`` and ``相同`` say that nothing is left of it at the precision printed.
    """
    is_even = notation.is_even(difference)
    return {
        "差": notation.money_size(difference),
        "率": notation.rate_size(rate),
        **_direction(difference),
        "持平": is_even,
        "相同": is_even,
        "有": difference.is_known,
        "有率": rate.is_known,
    }


def project_changes(case: Case, style: AccountStyle, notation: Notation) -> View:
    """The list behind every change of a total: projects that went on or began, and those not carried out."""
    changes = [item for item in case.figures.final_accounts.project_changes if not _is_idle(item)]
    stopped = [item for item in changes if is_stopped(item)]
    ongoing = [item for item in changes if not is_stopped(item)]
    return {
        "项目变动": [_project(item, style, notation) for item in ongoing],
        "未开展": [
            {"名称": said(item.line.name), "去年": notation.bare_yuan(item.change.before)} for item in stopped
        ],
    }


def is_stopped(item: ProjectChange) -> bool:
    """Whether a project had money last year and spent none this year."""
    return item.change.now.value == ZERO and bool(item.change.before.value)


def _is_idle(item: ProjectChange) -> bool:
    """Whether a project had no money in either year."""
    return item.change.now.value == item.change.before.value == ZERO


def _project(item: ProjectChange, style: AccountStyle, notation: Notation) -> View:
    change = item.change
    return {
        "名称": said(item.line.name),
        "今年": notation.bare_yuan(change.now),
        "去年": notation.bare_yuan(change.before),
        "差": notation.bare_size(change.difference),
        "率": style.percent(change.rate),
        **_direction(change.difference),
        "有去年": bool(change.before.value),
        "相同": change.difference.value == ZERO,
        "有率": change.rate.is_known,
    }
