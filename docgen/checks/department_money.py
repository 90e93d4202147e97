"""A8: the money of the department report: 支出功能分类, 基本支出, 支出进度 and 采购合同."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docgen.checks.amounts import unit_hint
from docgen.checks.case import Case, equation, is_reason, quoted, rate, residue, sources_of
from docgen.checks.report_sheets import column_total, exceeding, named, place_of
from docgen.checks.rule import rule
from docgen.figures.accounts import STAGES
from docgen.figures.arithmetic import entered, total
from docgen.figures.figure import Figure
from docgen.finding import Related, Remark, Severity
from docgen.model.ledger import ProcurementLine
from docgen.quantity import MoneyUnit, Yuan

_BASIC = "basic"
_PAIR = 2
_ONE_UNIT = "工作簿的金额单位只声明一次"


def _differs(
    case: Case, parts: Figure, whole: Figure, tolerance: Decimal
) -> tuple[str, Severity | None] | None:
    """By how much a sum differs from what it should be, in words, and the tier of it; None for no gap."""
    if parts.value is None or whole.value is None or parts.value == whole.value:
        return None
    gap = parts.value - whole.value
    said = f"相差 {case.amount(abs(gap))}{unit_hint(parts.value, whole.value)}"
    return said, residue(gap, tolerance, len(parts.sources))


def _sum(case: Case, figure: Figure) -> str:
    return equation(figure.how, case.number(figure.value or Decimal(0)))


@rule(
    "A801",
    severity=Severity.ERROR,
    basis="支出按功能分类合计＝支出合计，每一栏都是",
    needs=("accounts", "functions"),
)
def functions_equal_spending(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """各功能分类之和等于“收支”的支出合计，每一栏都是。

    错例：支出合计 2544.94，社会保障和就业支出 2399.37，卫生健康支出 48.54，没有住房保障支出
    正例：另有住房保障支出 97.03
    怎么改：补上漏填的类，或改正填错的一栏。
    """
    for stage in STAGES:
        functions, spending = column_total(case, "functions", stage), named(case, f"structure_{stage}")
        differs = _differs(case, functions, spending, rounding_tolerance)
        if differs is not None:
            text = (
                f"{case.label('functions', stage)}：功能分类合计 {_sum(case, functions)}，"
                f"支出合计 {_sum(case, spending)}，{differs[0]}"
            )
            place, due = place_of(case, functions, "functions"), case.number(spending.value or Decimal(0))
            yield Remark(place, text, due, sources_of(spending, "计入支出合计"), differs[1])


@rule("A802", severity=Severity.ERROR, basis="基本支出＝人员经费＋公用经费", needs=("accounts",))
def basic_spending_equals_its_parts(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """填了基本支出，又填了人员经费、公用经费的，基本支出等于两项之和。

    错例：基本支出 817.44，人员经费 783.80，公用经费 30
    正例：公用经费 33.64；或基本支出不填，由程序合计
    怎么改：改正填错的一项；基本支出可以不填。
    """
    keys = case.pack.ledger.structure
    for stage in STAGES:
        cells = [
            (keys.get(line.item.otherwise("")), entered(getattr(line, stage), case.number))
            for line in case.filing.accounts
        ]
        basic = total((figure for key, figure in cells if key == _BASIC), case.number)
        parts = total((f for key, f in cells if key in case.pack.ledger.basic_parts), case.number)
        differs = _differs(case, parts, basic, rounding_tolerance)
        if differs is not None:
            text = (
                f"{case.label('accounts', stage)}：基本支出填 {_sum(case, basic)}，"
                f"各项合计 {_sum(case, parts)}，{differs[0]}"
            )
            due = case.number(parts.value or Decimal(0))
            yield Remark(basic.sources[0], text, due, sources_of(parts, "基本支出的一项"), differs[1])


@rule("A803", severity=Severity.VERIFY, basis=_ONE_UNIT, needs=("accounts",))
def report_sheets_share_one_unit(case: Case, *, outlier_factor: Decimal) -> Iterator[Remark]:
    """非税收入、三保支出、资产各表的金额，与“收支”用同一个单位填写。

    错例：金额单位是万元，支出合计 1687.4，“非税收入”年初计划 100500
    正例：年初计划 10.05
    怎么改：按“单位信息”里的金额单位改写；金额确实这么大的，写核实说明。
    """
    stages = (named(case, f"structure_{stage}") for stage in ("final", "annual_budget", "initial_budget"))
    usual = next((figure.value for figure in stages if figure.value), None)
    sheets = (
        ("nontax", "plan"),
        ("guarantees", "arranged"),
        ("balance_sheet", "closing"),
        ("asset_stock", "gross"),
    )
    for sheet, column in sheets if usual else ():
        summed = column_total(case, sheet, column)
        limit, ten_thousandth = (usual or 0) * outlier_factor, MoneyUnit.WAN.in_yuan
        if summed.value is None or not limit <= summed.value <= limit * ten_thousandth:
            continue
        label = case.label(sheet, column)
        text = f"{label}合计 {case.amount(summed.value)}，是部门支出的几千倍，是不是按元填的"
        scaled = case.number(summed.value / ten_thousandth)
        yield Remark(summed.sources[0], text, f"如按元填，合计应为 {scaled}", sources_of(summed, label)[1:])


@rule("A809", severity=Severity.VERIFY, basis=_ONE_UNIT, needs=("accounts",))
def stages_of_an_item_share_one_unit(case: Case, *, outlier_factor: Decimal) -> Iterator[Remark]:
    """“收支”同一项的各栏，用同一个单位填写，不相差上千倍。

    错例：金额单位是万元，年初预算数 777.97，决算数 22133800
    正例：决算数 2213.38
    怎么改：按“单位信息”里的金额单位改写；金额确实这么大的，写核实说明。
    """
    for line in case.filing.accounts:
        amounts = [
            (cell.value, cell.place, stage)
            for stage in STAGES
            if (cell := getattr(line, stage)).value is not None and cell.value > 0
        ]
        if len(amounts) < _PAIR:
            continue
        (least, low, small), *_, (most, high, large) = sorted(amounts, key=lambda each: each[0])
        if most < least * outlier_factor:
            continue
        text = (
            f"{quoted(line.item.otherwise(''))}{case.label('accounts', large)} {case.number(most)}，"
            f"{case.label('accounts', small)} {case.number(least)}，相差上千倍，是不是单位不同"
        )
        yield Remark(high, text, "同一个单位", (Related(low, case.label("accounts", small)),))


@rule("A804", severity=Severity.VERIFY, basis="按批准的采购预算签合同，按合同付款", needs=("procurement",))
def procurement_follows_its_contracts(case: Case) -> Iterator[Remark]:
    """采购合同金额不超过采购预算，实际采购金额不超过合同金额。

    错例：货物合同金额 9，实际采购金额 9.6；服务采购预算 10，合同金额 12
    正例：货物合同金额 9.6，实际采购金额 9.6
    怎么改：核对三个数；付的是上年合同的款、年内追加过采购预算的，写核实说明。
    """
    for line in case.filing.procurement:
        if _is_overspent(line):
            continue
        name = quoted(line.category.otherwise(""))
        beyond = list(exceeding(case, name, line.contracted, line.budget))
        yield from beyond or exceeding(case, name, line.final, line.contracted)


def _is_overspent(line: ProcurementLine) -> bool:
    """Whether A106 already speaks of the row."""
    return (
        line.budget.value is not None
        and line.final.value is not None
        and line.final.value > line.budget.value
    )


@rule(
    "A805",
    severity=Severity.ERROR,
    basis="各季度支出之和＝全年支出",
    needs=("accounts", "quarters"),
)
def quarters_equal_spending(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """四个季度都填了，各季度支出之和等于“收支”的支出合计（决算数）。

    错例：支出合计 105，四个季度填 28、56、84、105（填成了累计数）
    正例：28、28、28、21
    怎么改：填当季支出，不填累计数；漏填的季度补上，没有支出的填 0。
    """
    lines, wanted = case.filing.report.quarters, case.pack.ledger.quarters
    given = [line.quarter.otherwise("") for line in lines]
    lacking = [name for name in wanted if name not in given]
    if lines and lacking:
        yield Remark(case.sheet_place("quarters"), f"没有填{'、'.join(lacking)}的支出", "四个季度各一行")
    summed, spending = column_total(case, "quarters", "spending"), named(case, "structure_final")
    differs = _differs(case, summed, spending, rounding_tolerance)
    if differs is None or lacking or len(set(given)) < len(given):
        return
    hint = "，是不是填成了累计数" if lines[-1].spending.value == spending.value else ""
    text = f"各季度合计 {_sum(case, summed)}，支出合计 {_sum(case, spending)}，{differs[0]}{hint}"
    place, due = summed.sources[0], case.number(spending.value or Decimal(0))
    yield Remark(place, text, due, sources_of(spending, "计入支出合计"), differs[1])


@rule(
    "A806",
    severity=Severity.VERIFY,
    basis="支出进度：到各季度末应达到序时进度",
    needs=("accounts", "quarters"),
)
def late_quarter_is_explained(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """没有达到序时进度的季度，写明原因。

    错例：第二季度累计支出 42%，序时进度 50%，“未达进度原因”空着
    正例：未达进度原因写明设备采购 7 月签订合同
    怎么改：在“未达进度原因”里写明；季度支出填错的改正。
    """
    summed, spending = column_total(case, "quarters", "spending"), named(case, "structure_final")
    differs = _differs(case, summed, spending, rounding_tolerance)
    if differs is not None and differs[1] is None:
        return  # A805 speaks of it
    for quarter in case.figures.report.quarters:
        share, due, line = quarter.share.value, quarter.scheduled.value, quarter.line
        if quarter.is_met is False and share is not None and due is not None and not is_reason(line.reason):
            text = (
                f"{line.quarter.otherwise('')}累计支出 {quarter.share.how}={rate(share)}，"
                f"没有达到序时进度 {rate(due)}，没有写原因"
            )
            yield Remark(line.reason.place, text, "写明原因", (Related(line.spending.place, "当季支出"),))


RULES = (
    functions_equal_spending,
    basic_spending_equals_its_parts,
    report_sheets_share_one_unit,
    stages_of_an_item_share_one_unit,
    procurement_follows_its_contracts,
    quarters_equal_spending,
    late_quarter_is_explained,
)
