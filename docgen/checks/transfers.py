"""A7: 转移支付: funds, management and indicators of each transfer."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docgen.checks.case import Case, at, is_reason, is_written, quoted, rate, residue
from docgen.checks.rule import rule
from docgen.figures.final_results import TransferResult
from docgen.finding import Place, Related, Remark, Severity
from docgen.model import Entered
from docgen.model.transfer import Transfer, TransferFunding
from docgen.quantity import ZERO, Yuan

_FORM = "转移支付绩效目标自评表"
_PART = "执行数≤到位数≤全年预算数"


def _name(transfer: Transfer) -> str:
    return quoted(transfer.name.otherwise(""))


def _funding(case: Case) -> Iterator[tuple[Transfer, TransferFunding]]:
    for transfer in case.filing.transfers:
        for line in transfer.funding:
            yield transfer, line


@rule("A701", severity=Severity.ERROR, basis=_PART)
def transfer_is_spent_within_budget(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """转移支付每项资金的执行数不超过到位数，到位数不超过全年预算数。

    错例：省级资金全年预算数 7.6，全年执行数 74
    正例：全年预算数 7.6，全年执行数 7.4
    怎么改：改正填错的一项；足额到位的，实际到位数空着。
    """
    for transfer, line in _funding(case):
        pairs = (
            (line.arrived, "实际到位数", line.annual_budget, "全年预算数"),
            (line.annual_spending, "全年执行数", _limit(line), _limit(line).place.label or "全年预算数"),
        )
        for part, part_name, whole, whole_name in pairs:
            if part.value is None or whole.value is None or part.value <= whole.value:
                continue
            text = (
                f"{_name(transfer)}{line.source.otherwise('')}{part_name} {case.number(part.value)}"
                f" 超过{whole_name} {case.number(whole.value)}"
            )
            tier = residue(part.value - whole.value, rounding_tolerance)
            expected = f"不超过 {case.number(whole.value)}"
            yield Remark(part.place, text, expected, (Related(whole.place, whole_name),), tier)


def _limit(line: TransferFunding) -> Entered[Yuan]:
    """What may be spent: what arrived, where that is given and less than the budget."""
    arrived, budget = line.arrived, line.annual_budget
    if arrived.value is not None and (budget.value is None or arrived.value < budget.value):
        return arrived
    return budget


@rule("A702", severity=Severity.ERROR, basis="金额不能为负")
def transfer_amounts_are_not_negative(case: Case) -> Iterator[Remark]:
    """转移支付资金各栏金额不为负数。

    错例：全年执行数 -7.4
    正例：全年执行数 7.4
    怎么改：改成正数。
    """
    for transfer, line in _funding(case):
        for column in ("annual_budget", "annual_spending", "arrived"):
            cell: Entered[Yuan] = getattr(line, column)
            if cell.value is not None and cell.value < 0:
                label = case.label("transfer_funding", column)
                yield Remark(
                    cell.place,
                    f"{_name(transfer)}{label}填 {case.number(cell.value)}，不能是负数",
                    "0 或正数",
                )


@rule("A703", severity=Severity.ERROR, basis="一项转移支付的一种资金来源填一行，一个方面填一行")
def transfer_row_is_entered_once(case: Case) -> Iterator[Remark]:
    """同一转移支付的同一资金来源、同一管理方面只填一行。

    错例：“就业补助资金”有两行“中央财政资金”
    正例：合成一行
    怎么改：把几行合到一行；填错来源的改正来源。
    """
    for transfer in case.filing.transfers:
        lists = ([line.source for line in transfer.funding], [row.aspect for row in transfer.management])
        for cells in lists:
            first: dict[str, Place] = {}
            for cell in cells:
                word = cell.otherwise("")
                if word and word in first:
                    related = (Related(first[word], "前面的一行"),)
                    yield Remark(cell.place, f"{_name(transfer)}的{word}填了不止一行", "合成一行", related)
                first.setdefault(word, cell.place)


@rule("A704", severity=Severity.ERROR, basis=_FORM, needs=("transfer_funding", "transfer_indicators"))
def transfer_has_funds_and_indicators(case: Case) -> Iterator[Remark]:
    """每项转移支付都有资金和绩效指标。

    错例：“转移支付”里有“就业补助资金”，“转移支付资金”里没有它
    正例：“转移支付资金”“转移支付指标”里都有它的行
    怎么改：补填；不再实施的从“转移支付”里删去。
    """
    for transfer in case.filing.transfers:
        parts = (("transfer_funding", transfer.funding), ("transfer_indicators", transfer.indicators))
        for sheet, rows in parts:
            if not rows and transfer.name.is_given:
                text = f"{_name(transfer)}在“{case.sheet_place(sheet).sheet}”里一行也没有"
                yield Remark(transfer.name.place, text, "补填")


@rule(
    "A705",
    severity=Severity.ERROR,
    basis="转移支付绩效自评表：资金管理情况七个方面都要说明",
    needs=("transfer_management",),
)
def every_aspect_is_described(case: Case) -> Iterator[Remark]:
    """资金管理情况的每个方面各有一行说明。

    错例：“就业补助资金”缺“支出责任履行情况”
    正例：七个方面各一行
    怎么改：在“转移支付管理”里补填。
    """
    sheet = case.pack.layout.sheets.get("transfer_management")
    aspects = sheet.columns["aspect"].choices if sheet and sheet.enabled else ()
    for transfer in case.filing.transfers:
        described = {row.aspect.value for row in transfer.management}
        lacking = [aspect for aspect in aspects if aspect not in described]
        if lacking and transfer.name.is_given:
            text = f"{_name(transfer)}没有说明{'、'.join(lacking)}"
            yield Remark(case.sheet_place("transfer_management"), text, "每个方面一行")


@rule(
    "A706",
    severity=Severity.VERIFY,
    basis="绩效自评报告：未执行完的资金说明原因",
    needs=("transfer_funding",),
)
def transfer_balance_is_explained(
    case: Case, *, low_execution_floor: Decimal, rounding_tolerance: Yuan
) -> Iterator[Remark]:
    """执行率低的转移支付，写明结余原因。

    错例：全年预算数 2335.45，全年执行数 1812.78，各行“结余原因”都空着
    正例：“结余原因”写明社会保险补贴年底前未申请拨付
    怎么改：在“转移支付资金”里结余最多的一行写明原因。
    """
    for result in case.figures.transfers:
        executed, balance = result.total.execution_rate, result.total.balance.value
        if executed.value is None or balance is None or balance <= rounding_tolerance:
            continue
        if executed.value >= low_execution_floor or _is_explained(result):
            continue
        text = (
            f"{_name(result.transfer)}执行率 {executed.how}={rate(executed.value)}，"
            f"结余 {case.amount(balance)}，没有写结余原因"
        )
        yield Remark(_largest_balance(result), text, "写明原因")


def _is_explained(result: TransferResult) -> bool:
    return any(is_reason(line.balance_reason) for line in result.transfer.funding)


def _largest_balance(result: TransferResult) -> Place:
    rows = [row for row in result.sources.values() if row.line is not None]
    worst = max(rows, key=lambda row: row.balance.value or ZERO)
    line = worst.line or TransferFunding()
    return at(line.balance_reason, line.annual_spending)


@rule("A707", severity=Severity.ERROR, basis="表式：二级指标归属固定的一级指标")
def transfer_level2_belongs_to_level1(case: Case) -> Iterator[Remark]:
    """转移支付指标的二级指标属于所填的一级指标。

    错例：一级指标“效益指标”，二级指标“质量指标”
    正例：一级指标“产出指标”，二级指标“质量指标”
    怎么改：改正一级或二级指标。
    """
    levels = case.pack.layout.transfer_levels
    for transfer in case.filing.transfers:
        for row in transfer.indicators:
            level1, level2 = row.level1.otherwise(""), row.level2.otherwise("")
            owners = [name for name, members in levels.items() if level2 in members]
            if level1 and owners and level1 not in owners:
                name = quoted(row.level3.otherwise(""))
                text = f"{name}的二级指标“{level2}”属于“{owners[0]}”，不属于“{level1}”"
                yield Remark(
                    row.level2.place, text, f"“{owners[0]}”", (Related(row.level1.place, "一级指标"),)
                )


@rule("A708", severity=Severity.VERIFY, basis="未完成的指标说明原因和改进措施")
def missed_transfer_target_is_explained(case: Case) -> Iterator[Remark]:
    """没有完成的指标，写明原因和改进措施。

    错例：指标值 ≥150人，全年实际完成值 120人，“未完成原因和改进措施”空着
    正例：写明见习单位 9 月才签约，下年提前征集岗位
    怎么改：在这一行写明为什么没有完成、下一步怎么办。
    """
    for result in case.figures.transfers:
        rows = (row for level in result.levels for row in level.rows)
        for row in rows:
            entry = row.indicator
            if row.score.is_met is False and not is_reason(entry.deviation_reason):
                text = (
                    f"{quoted(entry.level3.otherwise(''))}指标值 {entry.target.text.strip()}，"
                    f"全年实际完成值 {entry.actual.text.strip()}，没有完成，也没有写原因"
                )
                yield Remark(at(entry.deviation_reason, entry.actual), text, "写明原因和改进措施")


@rule("A709", severity=Severity.VERIFY, basis="绩效自评报告一：写明资金的下达文件和用途")
def transfer_source_names_its_documents(case: Case) -> Iterator[Remark]:
    """有预算的每项资金，写明下达文件和资金用途。

    错例：中央财政资金 1104，“下达文件”空着
    正例：“下达文件”写明文件名和文号，“资金用途”写明主要用于哪些补贴
    怎么改：在“转移支付资金”这一行补填；确实没有文件的，写核实说明。
    """
    for transfer, line in _funding(case):
        blank = [cell for cell in (line.documents, line.use) if not is_written(cell)]
        if line.annual_budget.value and blank:
            names = "、".join(
                case.label("transfer_funding", name)
                for name in ("documents", "use")
                if not is_written(getattr(line, name))
            )
            text = f"{_name(transfer)}{line.source.otherwise('')}没有写{names}"
            yield Remark(at(*blank, line.source), text, f"填写{names}")


RULES = (
    transfer_is_spent_within_budget,
    transfer_amounts_are_not_negative,
    transfer_row_is_entered_once,
    transfer_has_funds_and_indicators,
    every_aspect_is_described,
    transfer_balance_is_explained,
    transfer_level2_belongs_to_level1,
    missed_transfer_target_is_explained,
    transfer_source_names_its_documents,
)
