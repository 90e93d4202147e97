"""X4: what the report counts and lists in 事项清单 is there, in time, and adds up."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.checks.case import Case, equation, quoted, residue, sources_of
from docgen.checks.report_sheets import named
from docgen.checks.rule import rule
from docgen.checks.targets import words
from docgen.finding import Related, Remark, Severity
from docgen.model.department_report import ListedItem
from docgen.quantity import ZERO, Yuan

_COUNTED = "报告里列出的事项、件数出自同一份清单"


@rule("X431", severity=Severity.VERIFY, basis="按要求的期限完成")
def listed_item_is_done_in_time(case: Case) -> Iterator[Remark]:
    """事项清单里实际完成日期不晚于要求完成日期。

    错例：要求 2023-12-25 前核销票据，实际 2024-01-03 完成
    正例：实际 2023-12-20 完成
    怎么改：核对两个日期有没有填反；确实晚了的，写核实说明。
    """
    for item in case.filing.report.listed_items:
        due, done = item.due.value, item.done.value
        if due is not None and done is not None and done > due:
            name = quoted(item.name.otherwise(""))
            text = f"{name}要求 {due.isoformat()} 前完成，实际 {done.isoformat()} 才完成"
            related = (Related(item.due.place, "要求完成日期"),)
            yield Remark(item.done.place, text, f"不晚于 {due.isoformat()}", related)


@rule("X432", severity=Severity.NOTE, basis=_COUNTED, needs=("listed_items",))
def expected_categories_are_listed(case: Case, *, expected_categories: str) -> Iterator[Remark]:
    """模板包要求的类别，在事项清单里至少有一行。

    错例：报告要列重点任务，事项清单里一项重点任务也没有
    正例：每项重点任务一行
    怎么改：在事项清单里补填；确实没有的不用改，报告里印“无”。
    """
    groups = case.figures.report.listed
    for category in words(expected_categories):
        if category in groups and not groups[category].items:
            text = f"事项清单里没有一行“{category}”"
            yield Remark(case.sheet_place("listed_items"), text, f"补填{category}")


@rule("X433", severity=Severity.ERROR, basis="明细之和＝总数", needs=("listed_items", "accounts"))
def listed_amounts_add_up(case: Case, *, listed_totals: str, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """事项清单里有明细的类别，各项金额之和等于它所说明的数。

    错例：其他收入 4.29，其他收入明细 1.09、1.7、1.4，合计 4.19
    正例：1.09、1.7、1.5，合计 4.29
    怎么改：补上漏列的一项，或改正金额。
    """
    for pair in words(listed_totals):
        category, _, name = pair.partition("=")
        group, whole = case.figures.report.listed.get(category), named(case, name)
        if group is None or not group.items or group.amount.value is None or whole.value is None:
            continue
        gap = group.amount.value - whole.value
        if gap:
            text = (
                f"{category}合计 {equation(group.amount.how, case.number(group.amount.value))}，"
                f"总数是 {case.number(whole.value)}，相差 {case.amount(abs(gap))}"
            )
            tier = residue(gap, rounding_tolerance, len(group.items))
            related = sources_of(whole, "总数")
            yield Remark(group.amount.sources[0], text, case.number(whole.value), related, tier)


@rule("X434", severity=Severity.VERIFY, basis=_COUNTED, needs=("listed_items", "procurement"))
def procurement_and_its_list_go_together(case: Case, *, procurement_category: str) -> Iterator[Remark]:
    """有政府采购金额的，事项清单里列出采购项目；没有金额的，也没有采购项目。

    错例：政府采购实际采购金额 8，事项清单里一个“政府采购项目”也没有，报告会印“0 个项目”
    正例：每个采购项目一行
    怎么改：在事项清单里补填采购项目，或改正采购金额。
    """
    group = case.figures.report.listed.get(procurement_category)
    if group is None:
        return
    columns = ("budget", "contracted", "final")
    amounts = [named(case, f"procurement_{column}") for column in columns]
    bought = next((figure for figure in amounts if figure.value), None)
    if bought is not None and not group.items:
        amount = case.number(bought.value or ZERO)
        text = f"政府采购有金额 {amount}，事项清单里没有一行“{procurement_category}”"
        place = case.sheet_place("listed_items")
        yield Remark(place, text, "列出采购项目", sources_of(bought, "采购金额"))
    elif (
        bought is None
        and group.items
        and (_buys_nothing(case) or any(figure.value == 0 for figure in amounts))
    ):
        text = f"事项清单里有 {len(group.items)} 个{procurement_category}，政府采购却没有金额"
        yield Remark(group.items[0].name.place, text, "补填采购金额，或删去这一行")


def _buys_nothing(case: Case) -> bool:
    """Whether 政府采购 has no row, or only such as are shown beside its total."""
    names, memo = case.pack.ledger.procurement, case.pack.ledger.procurement_memo
    return all(names.get(line.category.otherwise("")) in memo for line in case.filing.procurement)


@rule("X435", severity=Severity.VERIFY, basis="事项清单列的是本年度的工作")
def due_dates_lie_in_the_year(case: Case) -> Iterator[Remark]:
    """事项清单里要求完成的日期，在自评年度以内。

    错例：2023 年度，要求完成日期 2024-12-25
    正例：要求完成日期 2023-12-25
    怎么改：改正日期或年度；要求次年完成的，写核实说明。
    """
    year = case.filing.department.fiscal_year.value
    strange: dict[int, list[ListedItem]] = {}
    for item in case.filing.report.listed_items if year else ():
        if item.due.value is not None and item.due.value.year != year:
            strange.setdefault(item.due.value.year, []).append(item)
    for found, items in strange.items():
        first = items[0]
        many = f"等 {len(items)} 项" if len(items) > 1 else ""
        text = f"{quoted(first.name.otherwise(''))}{many}要求 {found} 年完成，自评的是 {year} 年度"
        related = tuple(Related(item.due.place, f"也是 {found} 年") for item in items[1:])
        yield Remark(first.due.place, text, f"{year}年以内", related)


RULES = (
    listed_item_is_done_in_time,
    expected_categories_are_listed,
    listed_amounts_add_up,
    procurement_and_its_list_go_together,
    due_dates_lie_in_the_year,
)
