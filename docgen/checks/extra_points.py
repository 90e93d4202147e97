"""S3: rows of the department form that do not apply, and bonus and deductions beside its full marks."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.checks.case import Case, at, is_reason, quoted
from docgen.checks.rule import rule
from docgen.finding import Related, Remark, Severity
from docgen.quantity import plain

_EXCLUDED = "不适用的指标不考核，用适用指标的得分按百分制折算"


@rule("S301", severity=Severity.ERROR, basis=_EXCLUDED)
def excluded_row_has_no_score(case: Case) -> Iterator[Remark]:
    """不适用的指标不填得分。

    错例：“债务管理情况”不适用填“是”，得分填 1
    正例：不适用填“是”，得分空着
    怎么改：删去得分；确实考核的，“不适用”改填“否”或空着。
    """
    for row in case.figures.overall.rows:
        score = row.origin.score
        if row.is_excluded and score.value:
            text = f"{quoted(row.level3)}填了不适用，又填了得分 {plain(score.value)}"
            yield Remark(score.place, text, "空着，或不填不适用")


@rule("S302", severity=Severity.ERROR, basis=_EXCLUDED, needs=("overall", "undertakings"))
def form_has_applicable_rows(case: Case) -> Iterator[Remark]:
    """整体指标里至少有一个考核的指标。

    错例：每一行“不适用”都填“是”
    正例：只有本部门没有的业务填“是”
    怎么改：核对“不适用”一列，考核的指标空着。
    """
    options, rows = case.pack.options, case.figures.overall.levels
    beside = {*options.bonus_levels, *options.deduction_levels}
    ordinary = [row for level in rows if level.name not in beside for row in level.rows]
    if ordinary and all(row.is_excluded for row in ordinary):
        text = f"{len(ordinary)} 个指标都填了不适用，没有可以计分的"
        yield Remark(case.sheet_place("overall"), text, "考核的指标不填不适用")


@rule("S303", severity=Severity.VERIFY, basis="加分、扣分须有依据")
def extra_points_are_explained(case: Case) -> Iterator[Remark]:
    """有加分或扣分的，写明依据。

    错例：“参与财政改革创新情况”得分 2，“评分理由”空着
    正例：评分理由写明承担了预算绩效管理改革试点
    怎么改：在“评分理由”（或偏差原因）里写明加分、扣分的依据。
    """
    bonus, deductions = case.pack.options.bonus_levels, case.pack.options.deduction_levels
    for level in case.figures.overall.levels:
        for row in level.rows if level.name in {*bonus, *deductions} else ():
            score = row.origin.score
            told = is_reason(row.comment) or is_reason(row.deviation_reason)
            if not score.value or row.is_excluded or told:
                continue
            what = "扣分" if level.name in deductions else "加分"
            text = f"{quoted(row.level3)}{what} {plain(score.value)}，没有写依据"
            place = at(row.comment, row.deviation_reason, score)
            yield Remark(place, text, "写明依据", (Related(score.place, what),))


RULES = (excluded_row_has_no_score, form_has_applicable_rows, extra_points_are_explained)
