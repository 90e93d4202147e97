"""B2: execution rates and what must be said about them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docgen.checks.amounts import adds_up
from docgen.checks.case import Case, at, is_reason, quoted, rate
from docgen.checks.rule import rule
from docgen.figures.results import FundingResult, ProjectResult
from docgen.finding import Place, Related, Remark, Severity
from docgen.model import Entered
from docgen.quantity import HUNDRED, Ratio, plain, rounded

_RATE = "财预〔2020〕10号：执行率＝全年执行数÷全年预算数（调整后，含上年结转）"
_MOST_PLACES = 4
_LAST_DIGIT = Decimal("0.0001")


def typed_places(value: Decimal) -> int:
    """With how many decimals a percentage was typed: 0.803 is 80.3 %, one decimal."""
    exponent = (value * HUNDRED).normalize().as_tuple().exponent
    return min(max(-int(exponent), 0), _MOST_PLACES)


def agree_as_typed(claim: Decimal, computed: Decimal) -> bool:
    """Whether a typed percentage is the computed one, rounded as it was typed."""
    places = typed_places(claim)
    return rounded(claim * HUNDRED, places) == rounded(computed * HUNDRED, places)


def rate_residue(claim: Decimal, computed: Decimal) -> Severity | None:
    """A note when only the second decimal of the percentage is off by one."""
    return Severity.NOTE if abs(claim - rounded(computed, _MOST_PLACES)) <= _LAST_DIGIT else None


def _name(project: ProjectResult) -> str:
    return quoted(project.project.name.otherwise(""))


def _funds(project: ProjectResult) -> Iterator[FundingResult]:
    yield project.total
    yield from project.sources.values()


@rule("B201", severity=Severity.ERROR, basis=_RATE, needs=("funding",))
def entered_rate_is_computed_rate(case: Case) -> Iterator[Remark]:
    """填写的执行率等于全年执行数÷全年预算数。

    错例：全年预算数 16.06、全年执行数 16.06，执行率填 80.3%（拿年初预算数 20 作了分母）
    正例：执行率 100%
    怎么改：删去填写的数，让程序计算；分母是全年（调整后）预算数，不是年初预算数。
    """
    for project in case.figures.projects:
        for funds in _funds(project):
            claim: Entered[Ratio] = funds.line.execution_rate if funds.line else Entered()
            if funds is project.total and not adds_up(project, "annual_budget", "annual_spending"):
                continue
            computed = funds.execution_rate
            if claim.value is None or computed.value is None or agree_as_typed(claim.value, computed.value):
                continue
            text = f"{_name(project)}执行率填 {rate(claim.value)}，{computed.how}={rate(computed.value)}"
            yield Remark(
                claim.place,
                text + _denominator_hint(claim.value, funds),
                rate(computed.value),
                tuple(Related(place, "参与计算") for place in computed.sources),
                rate_residue(claim.value, computed.value),
            )


def _denominator_hint(claim: Decimal, funds: FundingResult) -> str:
    wrong = funds.initial_completion.value
    if wrong is not None and agree_as_typed(claim, wrong):
        return f"；填的是 {funds.initial_completion.how}，分母误用了年初预算数"
    return ""


@rule(
    "B202", severity=Severity.NOTE, basis="项目支出绩效自评表：只有年度资金总额一行计分", needs=("funding",)
)
def only_the_total_scores(case: Case) -> Iterator[Remark]:
    """执行率得分只填在年度资金总额一行。

    错例：“当年财政拨款”和“上年结转资金”两行都填了得分 10
    正例：只有“年度资金总额”一行有得分
    怎么改：删去来源各行的得分。
    """
    for project in case.filing.projects:
        if project.total is None and len(project.funding) == 1:
            continue
        for line in project.funding:
            if line.score.value is not None:
                source = line.source.otherwise("")
                text = f"{quoted(project.name.otherwise(''))}{source}填了得分 {plain(line.score.value)}"
                yield Remark(line.score.place, f"{text}，这一行不计分，不会采用", "空着")


@rule(
    "B203", severity=Severity.VERIFY, basis="单位自评表填表说明：年度预算有调整的须说明", needs=("funding",)
)
def adjustment_is_explained(case: Case, *, rounding_tolerance: Decimal) -> Iterator[Remark]:
    """全年预算数与年初预算数不同的，写明调整原因。

    错例：年初预算数 20，全年预算数 16.06，“预算调整原因”空着
    正例：“预算调整原因”写明实际申报人数少于预计、年中收回 3.94 万元
    怎么改：在“项目”表的“预算调整原因”里写明何时、为什么、调了多少。
    """
    for project in case.figures.projects:
        initial, annual = project.total.initial_budget, project.total.annual_budget
        reason = project.project.adjustment_reason
        if initial.value is None or annual.value is None or is_reason(reason):
            continue
        if initial.value < 0 or not adds_up(project, "initial_budget", "annual_budget"):
            continue
        if annual.value == 0 and project.total.annual_spending.value:
            continue  # B105 asks for the budget
        change = annual.value - initial.value
        if abs(change) > rounding_tolerance:
            word = "调增" if change > 0 else "调减"
            text = (
                f"{_name(project)}年初预算数 {case.number(initial.value)}，全年预算数"
                f" {case.number(annual.value)}，{word} {case.amount(abs(change))}，没有写调整原因"
            )
            yield _at_reason(project, reason, text, (*initial.sources, *annual.sources))


def _at_reason(project: ProjectResult, reason: Entered[str], text: str, sources: tuple[Place, ...]) -> Remark:
    related = tuple(Related(place, "由此算出") for place in sources)
    return Remark(at(reason, project.project.name), text, "写明原因", related)


@rule("B204", severity=Severity.VERIFY, basis="单位自评表填表说明：执行率低的须说明原因", needs=("funding",))
def low_execution_is_explained(case: Case, *, low_execution_floor: Ratio) -> Iterator[Remark]:
    """执行率低于下限的，写明原因和改进措施。

    错例：执行率 71.4%，“执行偏差原因及改进措施”空着
    正例：写明设备招标流标、12 月重新挂网，次年一季度支付
    怎么改：在“项目”表的“执行偏差原因及改进措施”里写明为什么没有花完、下一步怎么办。
    """
    for project in case.figures.projects:
        executed, reason = project.total.execution_rate, project.project.deviation_reason
        if executed.value is None or executed.value >= low_execution_floor or is_reason(reason):
            continue
        if not adds_up(project, "annual_budget", "annual_spending") or achieves_for_nothing(project):
            continue
        text = (
            f"{_name(project)}执行率 {executed.how}={rate(executed.value)}，"
            f"低于 {rate(low_execution_floor)}，没有写原因"
        )
        yield _at_reason(project, reason, text, executed.sources)


def achieves_for_nothing(project: ProjectResult) -> bool:
    """Whether its goals are said to be reached though nothing of its budget was spent; X402 speaks of it."""
    total = project.total
    unspent = total.annual_spending.value == 0 and bool(total.annual_budget.value)
    return unspent and bool(project.project.is_achieved.value)


@rule("B205", severity=Severity.NOTE, basis="偏差原因只在有偏差时填写", needs=("funding", "indicators"))
def reason_has_a_deviation(case: Case) -> Iterator[Remark]:
    """预算没有调整、全部执行、没有扣分的项目，不写执行偏差原因。

    错例：执行率 100%、总分 100，却写着“因案件减少，未全部支出”
    正例：没有偏差，原因空着
    怎么改：核对这段原因是不是从别的项目复制来的；没有偏差就删去。
    """
    for project in case.figures.projects:
        funds, reason = project.total, project.project.deviation_reason
        unchanged = funds.initial_budget.value in {None, funds.annual_budget.value}
        full = project.total_score.value is not None and project.total_score.value == project.points.value
        missed = project.project.is_achieved.value is False
        if is_reason(reason) and unchanged and full and not missed and funds.execution_rate.value == 1:
            text = f"{_name(project)}执行率 100%、没有扣分，却写了执行偏差原因"
            yield Remark(reason.place, text, "空着，或改正数字")


@rule("B206", severity=Severity.VERIFY, basis="绩效与预算执行相互印证", needs=("funding", "indicators"))
def output_matches_spending(
    case: Case, *, level1: str, execution_ceiling: Ratio, output_floor: Ratio
) -> Iterator[Remark]:
    """钱用得很少而任务全部完成的，说明原因。

    错例：执行率 7.58%，产出指标却全部满分
    正例：核实说明写明上级补助 12 月才下达，先由县级资金垫付
    怎么改：核对执行数和完成值；都属实的，在核实说明里写明任务是用什么钱完成的。
    """
    for project in case.figures.projects:
        level, executed = project.level(level1), project.total.execution_rate
        earned = level.score_rate.value if level else None
        if executed.value is None or earned is None:
            continue
        if not adds_up(project, "annual_budget", "annual_spending") or achieves_for_nothing(project):
            continue
        if executed.value < execution_ceiling and earned >= output_floor:
            text = (
                f"{_name(project)}执行率只有 {rate(executed.value)}，"
                f"{level1}得分率却有 {rate(earned)}，两者不相称"
            )
            related = tuple(Related(place, "由此算出执行率") for place in executed.sources)
            yield Remark(at(project.project.name), text, "核对后写明原因", related)


RULES = (
    entered_rate_is_computed_rate,
    only_the_total_scores,
    adjustment_is_explained,
    low_execution_is_explained,
    reason_has_a_deviation,
    output_matches_spending,
)
