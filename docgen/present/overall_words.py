"""The words of the department form: ``整体`` in templates."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.checks import Case
from docgen.figures.results import OverallLevel1, OverallLevel2, OverallRow
from docgen.present.deductions import overall_deduction
from docgen.present.formats import Notation, circled
from docgen.present.project_words import level1_label
from docgen.present.shown import View
from docgen.present.texts import closed_paragraphs, in_sentence, said, sentence, shown_target


def overall_view(case: Case, notation: Notation) -> View:
    """The indicator tree of the department form, its sums by name, total, grade and deductions."""
    overall = case.figures.overall
    tree = [_level1(case, level, notation) for level in overall.levels if level.rows]
    built = {str(view["名称"]): view for view in tree}
    losses = [overall_deduction(row, actual_shown(case, row, notation), notation) for row in overall.rows]
    deductions = [view for view in losses if view is not None]
    return {
        "指标树": tree,
        "一级": {name: _named(built.get(name)) for name in (case.pack.layout.overall_levels or built)},
        "总分": {"分值": notation.score(overall.points), "得分": notation.score(overall.total_score)},
        "等级": overall.grade,
        "有扣分": bool(deductions),
        "扣分项": deductions,
    }


def actual_shown(case: Case, row: OverallRow, notation: Notation) -> str:
    """The 完成值 of a row: the computed one where the pack derives it, else what the clerk wrote."""
    if not row.actual_figure.is_known:
        return shown_target(row.actual)
    is_rate = case.pack.derived.get(row.level3, "_rate").endswith("_rate")
    return (notation.rate if is_rate else notation.department_money)(row.actual_figure)


def _named(view: View | None) -> View:
    blank: View = {"分值": "", "得分": "", "得分率": "", "二级": []}
    return blank if view is None else {name: view[name] for name in blank}


def _level1(case: Case, level: OverallLevel1, notation: Notation) -> View:
    points = notation.score(level.points)
    used = [level2 for level2 in level.level2 if level2.rows]
    return {
        "名称": level.name,
        "标签": level1_label(level.name, points, case.pack.options.level1_points_label),
        "分值": points,
        "得分": notation.score(level.score),
        "得分率": notation.rate(level.score_rate),
        "二级": [_level2(case, level2, order, notation) for order, level2 in enumerate(used, 1)],
    }


def _level2(case: Case, level: OverallLevel2, order: int, notation: Notation) -> View:
    counter = _Counter()
    return {
        "名称": level.name,
        "序号": str(order),
        "分值": notation.score(level.points),
        "得分": notation.score(level.score),
        "得分率": notation.rate(level.score_rate),
        "三级": [_row(case, row, counter, notation) for row in level.rows],
    }


@dataclass(slots=True)
class _Counter:
    """Numbers only the rows that carry points: the others are not printed in the report."""

    reached: int = 0

    def next_for(self, row: OverallRow) -> str:
        if not row.points.is_known:
            return ""
        self.reached += 1
        return circled(self.reached)


def _row(case: Case, row: OverallRow, counter: _Counter, notation: Notation) -> View:
    reason = said(row.deviation_reason)
    return {
        "序号": str(row.number),
        "圈号": counter.next_for(row),
        "名称": in_sentence(row.level3),
        "指标值": shown_target(row.target),
        "完成值": actual_shown(case, row, notation),
        "分值": notation.score(row.points),
        "得分": notation.score(row.score.figure),
        "理由": closed_paragraphs(said(row.comment)),
        "偏差原因": reason,
        "偏差原因句": sentence(reason),
    }
