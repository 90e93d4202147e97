"""B1: the amounts of 项目资金 agree with one another."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docgen.checks.case import Case, at, quoted
from docgen.checks.rule import rule
from docgen.figures.execution import AMOUNTS, execution_claim
from docgen.figures.results import ProjectResult
from docgen.finding import Place, Related, Remark, Severity
from docgen.model import Entered, FundingLine
from docgen.quantity import ZERO, Yuan

_FORM = "项目支出绩效自评表：年度资金总额＝当年财政拨款＋上年结转资金＋其他资金"
_ARITHMETIC = "算术关系"
_TEN_THOUSAND = Decimal(10_000)
_LEAST = 3  # fewer projects are no measure of what is usual


def _parts(project: ProjectResult, column: str) -> list[Entered[Yuan]]:
    cells: list[Entered[Yuan]] = [getattr(line, column) for line in project.project.funding]
    return [cell for cell in cells if cell.is_given]


def adds_up(project: ProjectResult, *columns: str) -> bool:
    """Whether the row 年度资金总额 says the same as the sources; where it does not, B101 speaks of it."""
    own = project.project.total
    cells: list[Entered[Yuan]] = [getattr(own, column) for column in columns] if own else []
    sums = [getattr(project.total, column) for column in columns] if own else []
    return all(cell.value in {None, summed.value} for cell, summed in zip(cells, sums, strict=True))


def _residue(gap: Decimal, tolerance: Decimal) -> Severity | None:
    """A note for what rounding to 0.01 万元 explains, else the rule's own tier."""
    return Severity.NOTE if abs(gap) <= tolerance else None


def unit_hint(one: Decimal, other: Decimal) -> str:
    """A word on 元 and 万元 where two amounts differ ten-thousandfold."""
    low, high = sorted((abs(one), abs(other)))
    if low and abs(high / low / _TEN_THOUSAND - 1) < Decimal("0.01"):
        return "；两数相差一万倍，是不是元和万元填混了"
    return ""


@rule("B101", severity=Severity.ERROR, basis=_FORM, needs=("funding",))
def fund_parts_add_up(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """年度资金总额等于各资金来源之和，每一栏都是。

    错例：全年执行数：总额 24.52，财政拨款 24.52，上年结转 24.52
    正例：全年执行数：总额 24.52，财政拨款 6.26，上年结转 18.26
    怎么改：改正填错的来源或总额；总额可以不填，由程序合计。
    """
    for project in case.figures.projects:
        own = project.project.total
        for column in AMOUNTS if own else ():
            cell: Entered[Yuan] = getattr(own, column)
            parts, summed = _parts(project, column), getattr(project.total, column)
            if cell.value is None or summed.value is None or not parts or cell.value == summed.value:
                continue
            gap = cell.value - summed.value
            if any(part.otherwise(Yuan(ZERO)) < 0 for part in (cell, *parts)):
                continue
            if _is_one_overspent_source(project, column, gap):
                continue
            yield Remark(
                cell.place,
                f"{quoted(project.project.name.otherwise(''))}{case.label('funding', column)}总额填"
                f" {case.number(cell.value)}，各来源 {summed.how}={case.number(summed.value)}，"
                f"相差 {case.amount(abs(gap))}{unit_hint(cell.value, summed.value)}",
                case.number(summed.value),
                tuple(Related(part.place, "计入合计的来源") for part in parts),
                _residue(gap, rounding_tolerance),
            )


def _is_one_overspent_source(project: ProjectResult, column: str, gap: Decimal) -> bool:
    """Whether the same amount is wrong that makes one source overspent, of which B102 or B105 speaks."""
    over = [excess for line in project.project.funding if (excess := _excess(line)) > 0]
    least = {"annual_budget": gap, "annual_spending": -gap}.get(column, ZERO)
    return len(over) == 1 and least >= over[0]


def _excess(line: FundingLine) -> Decimal:
    """By how much the spending of a source exceeds its budget; 0 while either is not known."""
    budget, spending = line.annual_budget.value, line.annual_spending.value
    return ZERO if budget is None or spending is None or budget < 0 else spending - budget


@rule("B102", severity=Severity.ERROR, basis=_ARITHMETIC)
def part_is_spent_within_its_budget(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """每项资金来源的执行数不超过它的全年预算数。

    错例：上年结转资金全年预算数 6.26，全年执行数 24.52
    正例：上年结转资金全年预算数 18.26，全年执行数 18.26
    怎么改：核对这一来源实际用了多少；不要把总额重复填进每个来源。
    """
    for project in case.figures.projects:
        for line in project.project.funding:
            budget, spending = line.annual_budget.value, line.annual_spending.value
            if budget and spending and spending > budget > 0:
                yield _overspent(case, line, line.source.otherwise(""), rounding_tolerance)


def _overspent(case: Case, line: FundingLine, source: str, tolerance: Decimal) -> Remark:
    budget, spending = line.annual_budget.otherwise(Yuan(ZERO)), line.annual_spending.otherwise(Yuan(ZERO))
    name = quoted(line.project.otherwise(""))
    return Remark(
        line.annual_spending.place,
        f"{name}{source}全年执行数 {case.number(spending)} 超过全年预算数 {case.number(budget)}，"
        f"多出 {case.amount(spending - budget)}{unit_hint(spending, budget)}",
        f"不超过 {case.number(budget)}",
        (Related(line.annual_budget.place, "全年预算数"),),
        _residue(spending - budget, tolerance),
    )


@rule("B103", severity=Severity.ERROR, basis=_ARITHMETIC)
def project_is_spent_within_its_budget(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """只填了年度资金总额的项目，执行数不超过全年预算数。

    错例：年度资金总额全年预算数 10，全年执行数 12
    正例：年内追加了预算，全年预算数改为 12
    怎么改：核对执行数；年内调增过预算的，全年预算数填调整后的数。
    """
    for project in case.figures.projects:
        own = project.project.total
        if own is None or _parts(project, "annual_spending"):
            continue
        budget, spending = own.annual_budget.value, own.annual_spending.value
        if budget and spending and spending > budget > 0:
            yield _overspent(case, own, own.source.otherwise(""), rounding_tolerance)


@rule("B104", severity=Severity.ERROR, basis="预算数、执行数不能为负")
def funds_are_not_negative(case: Case) -> Iterator[Remark]:
    """项目资金各栏金额不为负数。

    错例：全年执行数 -3.2
    正例：全年执行数 3.2
    怎么改：改成正数；冲减的金额直接从执行数里减去。
    """
    for line in _all_lines(case):
        for column in AMOUNTS:
            cell: Entered[Yuan] = getattr(line, column)
            if cell.value is not None and cell.value < 0:
                name = quoted(line.project.otherwise(""))
                text = f"{name}{case.label('funding', column)}填 {case.number(cell.value)}，不能是负数"
                yield Remark(cell.place, text, "0 或正数")


def _all_lines(case: Case) -> Iterator[FundingLine]:
    for project in case.filing.projects:
        yield from project.funding
        if project.total is not None:
            yield project.total


@rule("B105", severity=Severity.ERROR, basis="无预算不得支出（《预算法》第十三条）")
def spending_has_a_budget(case: Case) -> Iterator[Remark]:
    """有执行数的资金来源必须有全年预算数。

    错例：其他资金全年预算数 0，全年执行数 5
    正例：其他资金全年预算数 5，全年执行数 5
    怎么改：补填调整后的全年预算数，或把执行数填到有预算的来源。
    """
    odd = [each.project.total for each in case.figures.projects if not adds_up(each, "annual_budget")]
    for line in _all_lines(case):
        budget, spending = line.annual_budget, line.annual_spending
        if any(line is total for total in odd):
            continue  # B101 speaks of this total
        if budget.value is not None and budget.value == 0 and spending.value and spending.value > 0:
            name = quoted(line.project.otherwise("")) + line.source.otherwise("")
            text = f"{name}全年预算数是 0，却有执行数 {case.number(spending.value)}"
            yield Remark(budget.place, text, "填写全年预算数", (Related(spending.place, "全年执行数"),))


@rule("B106", severity=Severity.VERIFY, basis="财预〔2020〕10号：执行率＝全年执行数÷全年预算数")
def project_has_a_budget(case: Case) -> Iterator[Remark]:
    """项目的全年预算数不为 0，否则执行率无法计算。

    错例：全年预算数 0，全年执行数 0，得分空着
    正例：全年预算数按调整后的数填；确实为 0 的，填写得分并在核实说明里写明原因
    怎么改：核对全年预算数；确实为 0 的，在得分栏填自评分，并写核实说明。
    """
    for project in case.figures.projects:
        budget, spending = project.total.annual_budget, project.total.annual_spending
        if budget.value != 0 or (spending.value or ZERO) > 0:
            continue
        claimed = execution_claim(project.project).is_given
        name = quoted(project.project.name.otherwise(""))
        text = f"{name}全年预算数合计为 0，执行率无法计算" + ("" if claimed else "，得分也没有填")
        severity = None if claimed else Severity.ERROR
        yield Remark(budget.sources[0], text, "全年预算数大于 0，或填写得分并说明", severity=severity)


@rule("B107", severity=Severity.ERROR, basis="项目支出绩效自评表须填项目资金", needs=("funding",))
def project_has_funds(case: Case) -> Iterator[Remark]:
    """每个项目在“项目资金”里至少有一行。

    错例：“项目”里有“技能培训经费”，“项目资金”里没有它
    正例：“项目资金”里有一行“技能培训经费、当年财政拨款”
    怎么改：在“项目资金”里按资金来源补填；不再实施的项目从“项目”里删去。
    """
    sheet = case.sheet_place("funding").sheet
    for project in case.filing.projects:
        if not project.funding and project.total is None and project.name.is_given:
            yield Remark(project.name.place, f"{quoted(project.name.otherwise(''))}在“{sheet}”里一行也没有")


@rule("B108", severity=Severity.NOTE, basis=_FORM, needs=("funding",))
def total_has_sources(case: Case) -> Iterator[Remark]:
    """填了年度资金总额的项目，也填各资金来源。

    错例：只有“年度资金总额”一行，自评表的“其中”各行会空着
    正例：另有“当年财政拨款”一行
    怎么改：按资金来源补填各行。
    """
    for project in case.filing.projects:
        if project.total is not None and not project.funding:
            name = quoted(project.name.otherwise(""))
            text = f"{name}只填了年度资金总额，没有按来源分列，自评表“其中”各行会空着"
            yield Remark(at(project.total.source, project.total.project), text)


@rule("B109", severity=Severity.ERROR, basis="一个项目的一种资金来源填一行")
def source_is_entered_once(case: Case) -> Iterator[Remark]:
    """同一项目的同一资金来源只填一行。

    错例：“技能培训经费”有两行“当年财政拨款”
    正例：两笔拨款合成一行填
    怎么改：把几行的金额合到一行；填错来源的改正来源。
    """
    for project in case.filing.projects:
        first: dict[str, Place] = {}
        for line in project.funding:
            source = line.source.otherwise("")
            if source and source in first:
                text = f"{quoted(project.name.otherwise(''))}的{source}填了不止一行"
                yield Remark(line.source.place, text, "合成一行", (Related(first[source], "前面的一行"),))
            first.setdefault(source, line.source.place)


@rule("B110", severity=Severity.VERIFY, basis="工作簿的金额单位只声明一次", needs=("funding",))
def amounts_share_one_unit(case: Case, *, outlier_factor: Decimal) -> Iterator[Remark]:
    """各项目的金额用同一个单位填写。

    错例：金额单位是万元，别的项目几十，这个项目 160600
    正例：16.06
    怎么改：按“单位信息”里的金额单位改写；金额确实这么大的，写核实说明。
    """
    known = [(p, v) for p in case.figures.projects if (v := p.total.annual_budget.value) and v > 0]
    if len(known) < _LEAST:
        return
    ordered = sorted(value for _, value in known)
    usual = (ordered[(len(known) - 1) // 2] + ordered[len(known) // 2]) / 2  # the median
    for project, value in known:
        if value >= usual * outlier_factor and value / _TEN_THOUSAND <= usual * outlier_factor:
            name = quoted(project.project.name.otherwise(""))
            text = f"{name}全年预算数 {case.amount(value)}，是其他项目的几千倍，是不是按元填的"
            scaled = case.number(value / _TEN_THOUSAND)
            yield Remark(project.total.annual_budget.sources[0], text, f"如按元填，应为 {scaled}")


RULES = (
    fund_parts_add_up,
    part_is_spent_within_its_budget,
    project_is_spent_within_its_budget,
    funds_are_not_negative,
    spending_has_a_budget,
    project_has_a_budget,
    project_has_funds,
    total_has_sources,
    source_is_entered_once,
    amounts_share_one_unit,
)
