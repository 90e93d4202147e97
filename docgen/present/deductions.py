"""扣分项: where points were lost, with what was asked, what was reached and why."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from docgen.checks import Case
from docgen.figures.arithmetic import difference, entered
from docgen.figures.figure import Figure
from docgen.figures.results import IndicatorResult, OverallRow, ProjectResult
from docgen.present.formats import Notation
from docgen.present.shown import View
from docgen.present.texts import in_sentence, quoted, said, sentence, shown_target
from docgen.quantity import ZERO
from docgen.terms import printed_name

FULL_EXECUTION = "100%"


def is_short(figure: Figure) -> bool:
    """Whether points were lost."""
    return figure.value is not None and figure.value > ZERO


def is_full(figure: Figure) -> bool:
    """Whether it is known that none were."""
    return figure.value is not None and figure.value <= ZERO


def execution_lost(case: Case, result: ProjectResult) -> Figure:
    """The points a project lost on its execution rate."""
    return difference(Figure(case.norms.execution_points), result.execution_score)


def points_lost(row: IndicatorResult) -> Decimal | None:
    """The points an indicator row of a project lost; None where that is not known."""
    points, score = row.indicator.points.value, row.score.figure.value
    return None if points is None or score is None else points - score


def overall_lost(row: OverallRow) -> Figure:
    """The points a row of the department form lost."""
    return difference(row.points, row.score.figure)


def project_deductions(case: Case, result: ProjectResult, notation: Notation) -> list[View]:
    """The deductions of one project: its execution first, then its rows in the order of the form."""
    missing = execution_lost(case, result)
    found = [_of_execution(case, result, missing, notation)] if is_short(missing) else []
    found += [_of_row(row) for row in result.rows if (points_lost(row) or ZERO) > ZERO]
    name = quoted(said(result.project.name))
    return [deduction.view(name, notation) for deduction in found]


def overall_deduction(row: OverallRow, actual: str, notation: Notation) -> View | None:
    """The deduction of a row of the department form; None when it lost nothing."""
    missing = overall_lost(row)
    if not is_short(missing):
        return None
    reason = said(row.deviation_reason)
    return _Deduction(in_sentence(row.level3), missing, shown_target(row.target), actual, reason).view(
        "", notation
    )


def _of_execution(case: Case, result: ProjectResult, missing: Figure, notation: Notation) -> _Deduction:
    return _Deduction(
        printed_name("budget_execution_rate", case.pack.terms),
        missing,
        FULL_EXECUTION,
        notation.rate(result.total.execution_rate),
        said(result.project.deviation_reason),
    )


def _of_row(row: IndicatorResult) -> _Deduction:
    indicator = row.indicator
    return _Deduction(
        in_sentence(said(indicator.level3)),
        difference(entered(indicator.points), row.score.figure),
        shown_target(indicator.target),
        shown_target(indicator.actual),
        said(indicator.deviation_reason),
    )


@dataclass(frozen=True, slots=True)
class _Deduction:
    name: str
    missing: Figure
    target: str
    actual: str
    reason: str

    def view(self, project: str, notation: Notation) -> View:
        return {
            "名称": self.name,
            "扣分": notation.score(self.missing),
            "指标值": self.target,
            "完成值": self.actual,
            "偏差原因": self.reason,
            "偏差原因句": sentence(self.reason),
            "项目": project,
        }
