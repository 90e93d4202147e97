"""Projects counted: by how far they were in June, by how the year ended, by last year's scores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from docgen.figures.arithmetic import quotient, strict_total
from docgen.figures.books import Books
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.levels import highest
from docgen.figures.report_results import Group, KeyEvaluation, MonitoringResult
from docgen.figures.results import ProjectResult
from docgen.finding import Place
from docgen.model import Entered
from docgen.model.department_report import PastEvaluation
from docgen.model.final_accounts import EvaluationLine
from docgen.packs import Norms
from docgen.quantity import ZERO

_NONE = Figure(ZERO, "0")
_COLUMNS = ("midyear_progress", "is_achieved", "is_direct")


def monitoring_of(books: Books) -> MonitoringResult | None:
    """The groups; None when none of the columns was filled for any project.

    Up to ``midyear_low`` (included) a project is low, from ``midyear_reached`` it has reached the mark.
    """
    if not books.filing.is_whole("projects"):
        return None
    if not any(_is_filled(getattr(each.project, name)) for each in books.projects for name in _COLUMNS):
        return None
    june = {name: _in_june(books, name) for name in ("reached", "between", "low", "not_started")}
    return MonitoringResult(
        **june,
        achieved=_by_answer(books, "is_achieved", answer=True),
        missed=_by_answer(books, "is_achieved", answer=False),
        direct=_by_answer(books, "is_direct", answer=True),
    )


def _is_filled(cell: Entered[Any]) -> bool:
    return cell.is_given or bool(cell.text.strip())


def june_band(progress: Decimal, norms: Norms) -> str:
    """Which of the four groups a project is in that had reached this share of its goals in June."""
    if progress <= 0:
        return "not_started"
    if progress >= norms.midyear_reached:
        return "reached"
    return "low" if progress <= norms.midyear_low else "between"


def _in_june(books: Books, band: str) -> Group:
    cells = [(each, each.project.midyear_progress) for each in books.projects]
    chosen = [
        each for each, cell in cells if cell.value is not None and june_band(cell.value, books.norms) == band
    ]
    return _group(books, chosen, [cell for _, cell in cells])


def _by_answer(books: Books, column: str, *, answer: bool) -> Group:
    cells: list[tuple[ProjectResult, Entered[bool]]]
    cells = [(each, getattr(each.project, column)) for each in books.projects]
    return _group(books, [each for each, cell in cells if cell.value is answer], [cell for _, cell in cells])


def _group(books: Books, chosen: Sequence[ProjectResult], cells: Sequence[Entered[Any]]) -> Group:
    """The projects chosen by ``cells``; one that cannot be read leaves their number unknown."""
    count = counted(len(chosen), cells)
    budget, spending = (
        books.total(getattr(each.total, name) for each in chosen) if chosen else _NONE
        for name in ("annual_budget", "annual_spending")
    )
    rate = quotient(spending, budget, books.write)
    return Group(count, tuple(each.project for each in chosen), budget, spending, rate)


def counted(number: int, cells: Iterable[Entered[Any]]) -> Figure:
    """How many were counted by what stands in ``cells``; unknown when one of them cannot be read."""
    filled = [cell for cell in cells if _is_filled(cell)]
    places: tuple[Place, ...] = tuple(cell.place for cell in filled)
    if any(not cell.is_given for cell in filled):
        return Figure(None, "无法读取", places)
    return Figure(Decimal(number), str(number), places)


def past_evaluations(books: Books) -> tuple[dict[str, Figure], Figure]:
    """Last year's projects by band of score, and how many there were; blank without any.

    The sheet goes before the record of last year's run, which stands in when the sheet is empty.
    """
    rows: tuple[PastEvaluation, ...] = books.rows("past_evaluations") or _recorded(books)
    if not rows or not books.filing.is_whole("past_evaluations"):
        return {}, UNKNOWN
    names = [highest(row.score.value, books.norms.score_bands) for row in rows if row.score.value is not None]
    cells = [row.score for row in rows]
    whole = len(names) == len(rows)
    bands = {
        band.name: counted(names.count(band.name), cells) if whole else UNKNOWN
        for band in books.norms.score_bands
    }
    return bands, counted(len(rows), [row.name for row in rows])


def _recorded(books: Books) -> tuple[PastEvaluation, ...]:
    if books.last_year is None:
        return ()
    place = Place(books.last_year.record)
    return tuple(
        PastEvaluation(Entered(past.name, place), Entered(past.score, place))
        for past in books.last_year.projects
        if past.score is not None
    )


def key_evaluations(books: Books) -> tuple[KeyEvaluation, ...]:
    """The rows of 部门评价 by project, in the order of the sheet."""
    by_name: dict[str, list[EvaluationLine]] = {}
    for line in books.lines.evaluations if books.filing.is_whole("evaluations") else ():
        by_name.setdefault(line.name.otherwise(""), []).append(line)
    return tuple(_key_evaluation(books, name, lines) for name, lines in by_name.items())


def _key_evaluation(books: Books, name: str, lines: Sequence[EvaluationLine]) -> KeyEvaluation:
    budget, spending = books.added(lines, "budget"), books.added(lines, "spending")
    arrived = strict_total((_arrived(books, line) for line in lines), books.write)
    return KeyEvaluation(
        name=name,
        rows=tuple(lines),
        budget=budget,
        arrived=arrived,
        spending=spending,
        arrival_rate=quotient(arrived, budget, books.write),
        execution_rate=quotient(spending, budget, books.write),
    )


def _arrived(books: Books, line: EvaluationLine) -> Figure:
    """What arrived of one fund: all of its budget, where nothing else was typed."""
    arrived = books.cell(line.arrived)
    return books.cell(line.budget) if arrived == UNKNOWN else arrived
