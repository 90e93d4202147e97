"""The goals of the department with their indicators: ``目标`` in templates."""

from __future__ import annotations

from docgen.checks import Case
from docgen.figures.report_results import GoalIndicatorResult, GoalResult
from docgen.model import Quantity, UndertakingKind
from docgen.present.formats import Notation, numbering
from docgen.present.measured_words import amount_of, asked
from docgen.present.shown import View
from docgen.present.texts import clause, closed_paragraphs, in_sentence, said, shown_target


def goals_view(case: Case, notation: Notation) -> View:
    """Every goal in the order of the sheet, and whether all of them were reached."""
    goals = case.figures.report.goals or _unmeasured(case)
    return {
        "目标": [_goal(goal, number, notation) for number, goal in enumerate(goals, 1)],
        "全部目标完成": bool(goals) and all(goal.is_met for goal in goals),
    }


def _unmeasured(case: Case) -> tuple[GoalResult, ...]:
    """The goals of a county that sets them no indicators of their own."""
    rows = (row for row in case.filing.undertakings if row.kind.value is UndertakingKind.GOAL)
    return tuple(GoalResult(row, (), None) for row in rows)


def _goal(result: GoalResult, number: int, notation: Notation) -> View:
    content = said(result.goal.content)
    return {
        **numbering(number),
        "名称": in_sentence(said(result.goal.name)),
        "内容": closed_paragraphs(content),
        "内容语": clause(content),
        "指标": [_indicator(row, order, notation) for order, row in enumerate(result.rows, 1)],
        "有指标": bool(result.rows),
        "完成": result.is_met is True,
    }


def _indicator(row: GoalIndicatorResult, order: int, notation: Notation) -> View:
    indicator = row.indicator
    return {
        **numbering(order),
        "名称": in_sentence(said(indicator.level3)),
        "指标值": shown_target(indicator.target),
        "指标值语": asked(indicator.target),
        "实际值": shown_target(indicator.actual),
        "实际值语": amount_of(indicator.actual),
        "完成率": notation.ratio(row.completion),
        "完成": row.is_met is True,
        "未完成": row.is_met is False,
        "未完成原因": clause(said(indicator.deviation_reason)),
        "是定量": isinstance(indicator.target.value, Quantity),
    }
