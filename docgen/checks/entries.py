"""A2: every row of the 决算公开 sheets stands alone and holds an amount or a count."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.checks.case import Case, quoted
from docgen.checks.disclosed import AMOUNT_COLUMNS, COUNT_COLUMNS, NAME_COLUMNS, cells, lines_of
from docgen.checks.rule import rule
from docgen.finding import Place, Related, Remark, Severity
from docgen.quantity import plain


@rule("A207", severity=Severity.VERIFY, basis="金额一般不为负；红字冲销须说明")
def disclosed_amounts_are_not_negative(case: Case) -> Iterator[Remark]:
    """决算公开各表的金额不为负数。

    错例：年末结转和结余 -3.2
    正例：年末结转和结余 3.2
    怎么改：改成正数；确是红字冲销的，写核实说明。
    """
    for sheet, column, cell in cells(case, AMOUNT_COLUMNS):
        if cell.value is not None and cell.value < 0:
            text = f"{case.label(sheet, column)}填 {case.number(cell.value)}，一般不为负数"
            yield Remark(cell.place, text, "0 或正数")


@rule("A208", severity=Severity.ERROR, basis="辆、台、批次、人次是整数")
def counts_are_whole(case: Case) -> Iterator[Remark]:
    """车辆、设备、批次、人次是 0 或正整数。

    错例：国内公务接待人次 12.5
    正例：12
    怎么改：改成整数；金额填在金额一列。
    """
    for sheet, column, cell in cells(case, COUNT_COLUMNS):
        if cell.value is not None and (cell.value < 0 or cell.value % 1):
            text = f"{case.label(sheet, column)}填 {plain(cell.value)}，应是 0 或正整数"
            yield Remark(cell.place, text, "0 或正整数")


@rule("A209", severity=Severity.ERROR, basis="一项填一行")
def disclosed_item_is_entered_once(case: Case) -> Iterator[Remark]:
    """决算公开各表里，同一科目同一资金、同一事项只填一行。

    错例：“收入”有两行 2080101、一般公共预算财政拨款
    正例：合成一行
    怎么改：把几行的金额合到一行；填错代码或名称的改正。
    """
    for sheet, columns in NAME_COLUMNS.items():
        first: dict[tuple[str, ...], Place] = {}
        for line in lines_of(case.filing.final_accounts, sheet):
            named = [getattr(line, column) for column in columns]
            key = tuple(cell.otherwise("") for cell in named)
            if not any(key):
                continue
            if key in first:
                text = f"{quoted('、'.join(filter(None, key)))}填了不止一行"
                yield Remark(named[0].place, text, "合成一行", (Related(first[key], "前面的一行"),))
            first.setdefault(key, named[0].place)


RULES = (
    disclosed_amounts_are_not_negative,
    counts_are_whole,
    disclosed_item_is_entered_once,
)
