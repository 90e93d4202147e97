"""One row of the department form: ``三级`` of ``整体`` in templates."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.figures.results import OverallRow
from docgen.figures.scoring import PERCENT
from docgen.model import Quantity
from docgen.present.deductions import is_full, is_short, overall_lost
from docgen.present.formats import Notation, chinese, circled
from docgen.present.shown import Shown, View
from docgen.present.texts import clause, closed_paragraphs, in_sentence, said, sentence, shown_target


@dataclass(slots=True)
class Counter:
    """Numbers only the rows that carry points: the others are not printed in the report."""

    reached: int = 0

    def next_for(self, row: OverallRow) -> str:
        """The circled number of ``row``, blank for one without points."""
        if not row.points.is_known:
            return ""
        self.reached += 1
        return circled(self.reached)


def actual_shown(row: OverallRow, notation: Notation) -> str:
    """The 完成值 of a row: the computed one where the pack derives it, else what the clerk wrote.

    A computed one is a rate, or something in the measure of its 指标值 (``2个季度``), or else an amount.
    """
    figure = row.actual_figure
    if not figure.is_known:
        return shown_target(row.actual)
    counted = row.counted.value
    measure = counted.measure if isinstance(counted, Quantity) else ""
    if measure == PERCENT:
        return notation.rate(figure)
    return Shown(row.counted.text, figure) if measure else notation.department_money(figure)


def row_view(row: OverallRow, counter: Counter, notation: Notation) -> View:
    """Everything a template may print of one row."""
    reason, comment = said(row.deviation_reason), said(row.comment)
    return {
        "序号": str(row.number),
        "中文序号": chinese(row.number),
        "圈号": counter.next_for(row),
        "名称": in_sentence(row.level3),
        "指标值": shown_target(row.target),
        "完成值": actual_shown(row, notation),
        "分值": notation.score(row.points),
        "有分值": row.points.is_known,
        **_outcome(row, notation),
        "理由": closed_paragraphs(comment),
        "理由语": clause(comment),
        "偏差原因": reason,
        "偏差原因句": sentence(reason),
        "偏差原因语": clause(reason),
    }


def _outcome(row: OverallRow, notation: Notation) -> View:
    """The score and what is missing of it; a row that does not apply has neither."""
    if row.is_excluded:
        claims = {"满分": False, "未达标": False, "达到": False, "不适用": True}
        return {"得分": notation.not_applicable, "扣分": "", **claims}
    lost = overall_lost(row)
    return {
        "得分": notation.score(row.score.figure),
        "扣分": notation.score(lost) if is_short(lost) else "",
        "满分": is_full(lost),
        "未达标": is_short(lost) or row.score.is_met is False,
        "达到": row.score.is_met is True,
        "不适用": False,
    }
