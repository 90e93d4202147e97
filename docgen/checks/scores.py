"""S1: the score of every indicator, and what must be said about it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from docgen.checks.amounts import adds_up
from docgen.checks.case import Case, Row, at, is_reason, is_written, quoted, rate, shown
from docgen.checks.fitting import fitting_points, has_sound_points, lies_in
from docgen.checks.rule import rule
from docgen.figures.acceptance import folded
from docgen.figures.execution import execution_claim
from docgen.figures.results import ProjectResult
from docgen.figures.scoring import comparable
from docgen.finding import Place, Related, Remark, Severity
from docgen.model import Entered, Quantity, Statement
from docgen.packs import Tier
from docgen.quantity import Points, plain

_QUANTITATIVE = "财预〔2020〕10号：定量指标达到指标值得满分，未达到按完成值与指标值的比例计分"
_TIERS = "财预〔2020〕10号：定性指标分三档，100%—80%（含）、80%—60%（含）、60%—0%"
_REASON = "项目支出绩效自评表：偏差原因分析及改进措施"


def _name(project: ProjectResult) -> str:
    return quoted(project.project.name.otherwise(""))


def _sources(places: tuple[Place, ...]) -> tuple[Related, ...]:
    return tuple(Related(place, "由此算出") for place in dict.fromkeys(places) if place.sheet)


def _share(row: Row) -> Decimal | None:
    """What share of the points a judged row was given; nothing for a bonus or deduction."""
    if row.result.method != "judged" or row.is_extra:
        return None
    score, points = row.score.value, row.points.value
    if score is None or not points or not 0 <= score <= points:
        return None
    return score / points


def _has_full_score(row: Row, case: Case) -> bool:
    """Whether the score entered is the whole of the points the row should have."""
    return row.score.value is not None and fitting_points(row, case) == row.claimed


def _same_words(row: Row) -> bool:
    target, actual = row.target.value, row.actual.value
    if not isinstance(target, Statement) or not isinstance(actual, Statement):
        return False
    return folded(target.text) == folded(actual.text)


@rule("S101", severity=Severity.VERIFY, basis=_QUANTITATIVE)
def entered_score_follows_the_rule(case: Case) -> Iterator[Remark]:
    """定量指标填写的得分等于按规则算出的得分。

    错例：指标值 ≥95%，完成值 98%，分值 10，得分填 9.8（拿完成值当了得分率）
    正例：得分 10，或空着由程序计算
    怎么改：删去填写的得分；确需另行评分的，在核实说明里写明理由，就按填写的得分印。
    """
    for row in case.rows:
        claim, ruled = row.score.value, row.result.by_rule
        if claim is None or ruled.value in {None, claim} or not 0 <= claim <= row.full:
            continue
        if not has_sound_points(row, case):
            continue
        due = shown(ruled)
        why = f"按规则 {ruled.how}={due}"
        if row.result.is_met:
            why = f"{row.actual_text} 已达到指标值 {row.target_text}，应得 {due}"
        text = f"{row.title}得分填 {plain(claim)}，{why}"
        yield Remark(row.score.place, text, due, _sources(ruled.sources))


@rule(
    "S102",
    severity=Severity.VERIFY,
    basis="财预〔2020〕10号：执行率得分＝分值×执行率，最高为分值",
    needs=("funding",),
)
def entered_execution_score_follows_the_rule(case: Case, *, execution_points: Points) -> Iterator[Remark]:
    """填写的执行率得分等于按规则算出的得分。

    错例：执行率 7.58%，得分填 7.6
    正例：得分 0.76，或空着由程序计算
    怎么改：删去填写的得分；确需另行评分的，在核实说明里写明理由，就按填写的得分印。
    """
    for project in case.figures.projects:
        claim, ruled = execution_claim(project.project), project.execution_by_rule
        if claim.value is None or ruled.value in {None, claim.value}:
            continue
        if 0 <= claim.value <= execution_points and adds_up(project, "annual_budget", "annual_spending"):
            due = shown(ruled)
            text = f"{_name(project)}执行率得分填 {plain(claim.value)}，按规则 {ruled.how}={due}"
            yield Remark(claim.place, text, due, _sources(ruled.sources))


@rule("S103", severity=Severity.ERROR, basis="得分不超过分值，不小于 0")
def score_is_within_points(case: Case, *, execution_points: Points) -> Iterator[Remark]:
    """得分在 0 和分值之间。

    错例：分值 5，得分 10
    正例：分值 5，得分 5
    怎么改：改正得分或分值。
    """
    for row in case.rows:
        if _is_beyond(row.score, row.points.value) and has_sound_points(row, case):
            yield _beyond(row.title, row.score, row.full)
    for project in case.figures.projects:
        claim = execution_claim(project.project)
        if _is_beyond(claim, execution_points):
            yield _beyond(f"{_name(project)}执行率", claim, execution_points)


def _is_beyond(score: Entered[Points], points: Points | None) -> bool:
    return score.value is not None and points is not None and not 0 <= score.value <= points


def _beyond(name: str, score: Entered[Points], points: Points) -> Remark:
    claim = score.otherwise(points)
    text = f"{name}得分填 {plain(claim)}，分值只有 {plain(points)}"
    if claim < 0:
        text = f"{name}得分填 {plain(claim)}，不能是负数"
    return Remark(score.place, text, f"0 到 {plain(points)}")


@rule("S104", severity=Severity.ERROR, basis=_TIERS)
def judged_score_is_entered(case: Case) -> Iterator[Remark]:
    """不能按规则计分的指标，得分由人填写。

    错例：指标值“及时”，完成值“及时”，得分空着
    正例：得分 5
    怎么改：填写得分，选了完成档次的按档次；能按规则计分的，补填指标值。
    """
    for row in case.rows:
        is_open = row.result.method == "unknown" and row.points.is_given and _is_blank(row.score)
        why = _why_judged(case, row) if is_open else None
        if why is not None:
            related = (Related(row.target.place, "指标值"),) if row.target.place.cell else ()
            yield Remark(at(row.score, row.points), f"{row.title}{why}", f"0 到 {plain(row.full)}", related)


def _is_blank(cell: Entered[Any]) -> bool:
    return not cell.is_given and not cell.text.strip()


def _why_judged(case: Case, row: Row) -> str | None:
    """Why a person has to score the row; None for one that a wrong result or measure keeps from its rule."""
    if not case.has_column(row.sheet, "actual"):
        return "得分没有填"
    known = row.actual.is_given or row.derived.is_known
    if _is_blank(row.target):
        by_name = {folded(label) for label in case.pack.derived}
        asked = case.is_required(row.sheet, "target") or (not known and folded(row.level3) in by_name)
        return None if asked else "没有指标值，不能按规则计分，得分也没有填"  # X208 speaks of the derived
    pair = comparable(row.target.value, row.actual.value)
    if known and (isinstance(row.target.value, Statement) or pair is not None):
        return f"是定性指标（指标值“{row.target_text}”），得分没有填"
    return None


@rule("S105", severity=Severity.ERROR, basis=_TIERS)
def judged_score_lies_in_its_tier(case: Case, *, tiers: tuple[Tier, ...]) -> Iterator[Remark]:
    """定性指标的得分在所选完成档次的区间内。

    错例：分值 7，档次“达成预期指标”，得分 5（71.43%）
    正例：得分 5.6 到 7；或档次选“部分达成预期指标并具有一定效果”
    怎么改：改正完成档次或得分。
    """
    by_name = {tier.name: tier for tier in tiers}
    for row in case.rows:
        share, tier = _share(row), by_name.get(row.tier.otherwise(""))
        if share is None or tier is None or lies_in(share, tier, row.full, case.norms):
            continue
        if not has_sound_points(row, case):
            continue
        low, high = plain(row.full * tier.floor), plain(row.full * tier.ceiling)
        text = f"{row.title}完成档次是“{tier.name}”，得分 {plain(row.claimed)} 是分值的 {rate(share)}"
        yield Remark(row.score.place, text, f"{low} 到 {high}", (Related(row.tier.place, "完成档次"),))


@rule("S106", severity=Severity.NOTE, basis=_TIERS)
def deduction_has_a_tier(case: Case) -> Iterator[Remark]:
    """扣了分的定性指标选明完成档次。

    错例：指标值“提高”，完成值“提高”，分值 10，得分 9，完成档次空着
    正例：完成档次选“达成预期指标”
    怎么改：在完成档次一栏选一档。
    """
    for row in case.rows:
        share = _share(row)
        if share is None or share >= 1 or is_written(row.tier) or row.tier.text.strip():
            continue
        if case.has_column(row.sheet, "tier") and not _has_full_score(row, case):
            text = f"{row.title}得分 {plain(row.claimed)}，扣了分，没有选完成档次"
            yield Remark(at(row.tier, row.score), text, "选一档")


@rule("S107", severity=Severity.VERIFY, basis=_REASON)
def deduction_is_explained(case: Case) -> Iterator[Remark]:
    """扣了分的指标，写明偏差原因和改进措施。

    错例：指标值 ≥95%，完成值 90%，得 9.47 分，“偏差原因分析及改进措施”空着
    正例：写明调查期间系统升级、等候时间长，已增设窗口
    怎么改：在这一行的偏差原因栏里写明为什么没有完成、怎样改进。
    """
    for row in case.rows:
        if not row.lost or row.has_reason or _has_full_score(row, case):
            continue
        text = (
            f"{row.title}{_result(row)}分值 {plain(row.full)}，"
            f"得 {plain(row.full - row.lost)} 分，扣了 {plain(row.lost)} 分，没有写原因"
        )
        yield Remark(row.reason_place, text, "写明原因和改进措施")


def _result(row: Row) -> str:
    """指标值 and 完成值, of forms that ask for them."""
    parts = (("指标值", row.target_text), ("完成值", row.actual_text))
    return "".join(f"{name} {text}，" for name, text in parts if text)


@rule("S108", severity=Severity.VERIFY, basis=_TIERS)
def done_as_wished_scores_high(case: Case, *, tiers: tuple[Tier, ...]) -> Iterator[Remark]:
    """完成值与指标值文字相同的，得分在最高一档。

    错例：指标值“确保”，完成值“确保”，分值 7，得分 5（71.43%）
    正例：得分 5.6 到 7；或完成值如实写“基本确保”
    怎么改：改正得分，或把完成值写成实际情况，选相应的档次。
    """
    for row in case.rows:
        share = _share(row)
        if share is None or not tiers or share >= tiers[0].floor or not _same_words(row):
            continue
        if row.tier.value != tiers[0].name and has_sound_points(row, case):
            text = (
                f"{row.title}完成值与指标值都是“{row.target_text}”，得分"
                f" {plain(row.claimed)} 却只有分值的 {rate(share)}"
            )
            yield Remark(row.score.place, text, f"不低于 {plain(row.full * tiers[0].floor)}")


@rule("S109", severity=Severity.VERIFY, basis="没有完成的指标不得满分")
def zero_result_is_not_full(case: Case) -> Iterator[Remark]:
    """完成值是 0 的指标不得满分。

    错例：补贴已经取消，完成值 0元，得 1 分（满分 1 分）
    正例：得 0 分，或年中申请取消这个指标
    怎么改：改正得分；以 0 为好的，把指标值写成 0 或 ≤ 的数。
    """
    for row in case.rows:
        actual = row.actual.value
        if isinstance(actual, Quantity) and actual.number == 0 and _share(row) == 1:
            text = f"{row.title}指标值“{row.target_text}”，完成值 {actual.text}，却得了满分"
            yield Remark(row.score.place, text, "核对得分", (Related(row.actual.place, "完成值"),))


@rule("S110", severity=Severity.NOTE, basis=_REASON)
def reason_belongs_to_a_deviation(case: Case, *, quantity_level2: str) -> Iterator[Remark]:
    """完成值正好等于指标值、得满分的指标，不写偏差原因。

    错例：指标值 ≤77.47万元，完成值 77.47万元，满分，偏差原因写“因案件减少”
    正例：没有偏差，原因空着
    怎么改：核对这段原因是不是从别的行复制来的；没有偏差就删去。
    """
    for row in case.rows:
        if not is_reason(row.deviation_reason) or (row.level2 == quantity_level2 and _is_ceiling(row)):
            continue
        score = row.result.figure.value
        exact = row.result.method == "rule" and row.result.is_met and row.result.over.value is None
        unchallenged = row.score.value in {None, score}
        full = score is not None and score == row.points.value
        if full and unchallenged and (exact or _same_words(row)):
            text = f"{row.title}完成值等于指标值、得满分，却写了偏差原因"
            yield Remark(row.deviation_reason.place, text, "空着，或改正完成值")


def _is_ceiling(row: Row) -> bool:
    """Whether the target is an upper limit, whose reason I206 asks for."""
    target = row.target.value
    return isinstance(target, Quantity) and target.comparison.is_upper_limit


RULES = (
    entered_score_follows_the_rule,
    entered_execution_score_follows_the_rule,
    score_is_within_points,
    judged_score_is_entered,
    judged_score_lies_in_its_tier,
    deduction_has_a_tier,
    deduction_is_explained,
    done_as_wished_scores_high,
    zero_result_is_not_full,
    reason_belongs_to_a_deviation,
)
