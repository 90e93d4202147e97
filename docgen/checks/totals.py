"""S2: totals and grades."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docgen.checks.case import Case, is_written, quoted, shown
from docgen.checks.rule import rule
from docgen.figures.execution import execution_claim
from docgen.figures.results import ProjectResult
from docgen.finding import Related, Remark, Severity
from docgen.model import Entered
from docgen.quantity import ZERO, Points, plain


def _name(project: ProjectResult) -> str:
    return quoted(project.project.name.otherwise(""))


@rule(
    "S201", severity=Severity.ERROR, basis="总分＝执行率得分＋各指标得分之和", needs=("funding", "indicators")
)
def entered_total_is_the_sum(case: Case) -> Iterator[Remark]:
    """填写的自评总分等于各项得分之和。

    错例：执行率 8，产出 50，效益 18.5，满意度 9.47，自评总分填 96.97
    正例：自评总分 85.97，或空着由程序计算
    怎么改：删去填写的总分；总分对而得分错的，改正得分。
    """
    for project in case.figures.projects:
        claim, computed = project.project.total_score, project.total_score
        if claim.value is None or computed.value is None:
            continue
        if project.total.execution_rate.value is not None and project.total.execution_rate.value < 0:
            continue
        if claim.value in {computed.value, _sum_as_entered(project)}:
            continue
        due = shown(computed)
        text = f"{_name(project)}自评总分填 {plain(claim.value)}，各项得分 {computed.how}={due}"
        parts = [
            ("执行率", project.execution_score),
            *((level.name, level.score) for level in project.levels),
        ]
        related = (
            Related(figure.sources[0], f"{name}得分 {shown(figure)}")
            for name, figure in parts
            if figure.sources
        )
        yield Remark(claim.place, text, due, tuple(related))


def _sum_as_entered(project: ProjectResult) -> Decimal:
    """The sum of the scores as entered: where only they are wrong, S101 and S102 speak of them."""
    rows = [row.indicator.score.otherwise(Points(row.score.figure.value or ZERO)) for row in project.rows]
    execution = execution_claim(project.project).otherwise(Points(project.execution_score.value or ZERO))
    return sum(rows, execution)


@rule(
    "S202",
    severity=Severity.ERROR,
    basis="财预〔2020〕10号：总分按 90、80、60（含）分为优、良、中、差",
    needs=("funding", "indicators"),
)
def entered_grade_is_the_band(case: Case) -> Iterator[Remark]:
    """填写的评价等级与总分所在的等级相同。

    错例：总分 89.6，评价等级填“优”
    正例：评价等级“良”，或空着由程序评定
    怎么改：删去填写的等级；用词与表式一致（“优”不写“优秀”）。
    """
    for project in case.figures.projects:
        claim: Entered[str] = project.project.grade
        score = project.total_score.value
        if is_written(claim) and project.grade and score is not None:
            word = claim.otherwise("").strip()
            if word != project.grade:
                text = f"{_name(project)}评价等级填“{word}”，总分 {plain(score)} 属于“{project.grade}”"
                yield Remark(claim.place, text, project.grade)


RULES = (
    entered_total_is_the_sum,
    entered_grade_is_the_band,
)
