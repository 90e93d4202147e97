"""A5: last year's figures and the budgets by 类."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.checks.case import Case, at, equation, quoted, residue, sources_of
from docgen.checks.disclosed import CATEGORY, categories_are_known
from docgen.checks.report_sheets import typed_amounts_of_report
from docgen.checks.rule import rule
from docgen.figures.arithmetic import strict_total
from docgen.figures.changes import SANGONG
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.last_year import Typed, recorded_amount, typed_amounts
from docgen.finding import Place, Remark, Severity
from docgen.quantity import ZERO, Yuan

_COMPARED = "决算公开要与上年相比；上年为 0 的也要填 0"
_SANGONG = "sangong"
_RECORD = "上年数以上年定稿的运行记录为准"
_YEARLY = ("sangong", "running_costs", "categories")


def _recorded(case: Case, typed: Typed) -> Figure:
    """What the record of last year's run has for a cell; unknown when no record was given."""
    return recorded_amount(typed.key, case.figures.final_accounts.last_year, case.number)


def _called(typed: Typed) -> str:
    return f"{typed.name} 类" if typed.sheet == "categories" else typed.name


def _before(case: Case, name: str) -> Figure:
    change = case.figures.final_accounts.changes.get(name)
    return change.before if change else UNKNOWN


def _place(case: Case, figure: Figure) -> Place:
    """The first cell of a figure; the sheet 上年数 where it comes from last year's record."""
    return next((place for place in figure.sources if place.sheet), case.sheet_place("last_year"))


def _printed(case: Case) -> dict[str, str]:
    return {key: name for name, key in case.pack.ledger.last_year.items()}


@rule("A501", severity=Severity.ERROR, basis=_COMPARED, needs=("last_year",))
def last_year_totals_are_given(case: Case) -> Iterator[Remark]:
    """本年有数的总数，上年的数也填了。

    错例：没有“上年数”这张表，或缺“财政拨款支出总计”一行
    正例：收入总计、支出总计、财政拨款收入总计、财政拨款支出总计、一般公共预算财政拨款支出各一行
    怎么改：从上年决算公开抄录；新成立的部门填 0；有上年运行记录的，运行时用 --last-year 指明。
    """
    changes = case.figures.final_accounts.changes
    lacking = [
        printed
        for name, printed in _printed(case).items()
        if name in changes
        and name not in SANGONG
        and changes[name].now.value
        and changes[name].before == UNKNOWN
    ]
    if lacking and case.uses("last_year"):
        text = f"没有填上年的{'、'.join(lacking)}，无法与上年相比"
        yield Remark(case.sheet_place("last_year"), text, "上年决算公开印出的数")


@rule("A502", severity=Severity.ERROR, basis=_COMPARED)
def last_year_amounts_are_given(case: Case) -> Iterator[Remark]:
    """三公经费、机关运行经费、分类预算的每一行都填了上年数。

    错例：公务用车运行维护费决算数 5.56，上年决算数空着
    正例：上年决算数 17.5；上年没有的填 0
    怎么改：补填上年数，上年没有的填 0。
    """
    if not case.uses("last_year"):
        return
    for typed in typed_amounts(case.filing, case.pack.ledger):
        cell, given = typed.cell, typed.cell.is_given or typed.cell.text.strip()
        if typed.sheet in _YEARLY and not given and _recorded(case, typed) == UNKNOWN:
            label = case.label(typed.sheet, "last_year")
            yield Remark(cell.place, f"{_called(typed)}没有填{label}，无法与上年相比", "上年的数")


@rule(
    "A503", severity=Severity.ERROR, basis="公开01、04表：收入总计＝支出总计，上年也是", needs=("last_year",)
)
def last_year_totals_balance(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """上年的收入总计等于支出总计，财政拨款也是。

    错例：上年收入总计 5496.64，支出总计 5469.64
    正例：两数都是 5496.64
    怎么改：对照上年决算公开改正抄错的一个。
    """
    for left, right in (("income_total", "spending_total"), ("fiscal_income_total", "fiscal_spending_total")):
        income, spending = _before(case, left), _before(case, right)
        if income.value is None or spending.value is None or income.value == spending.value:
            continue
        names = _printed(case)
        text = (
            f"上年{names[left]} {case.number(income.value)}，{names[right]} {case.number(spending.value)}，"
            f"相差 {case.amount(abs(income.value - spending.value))}"
        )
        tier = residue(income.value - spending.value, rounding_tolerance)
        yield Remark(_place(case, spending), text, "两数相等", sources_of(income, names[left]), tier)


@rule("A504", severity=Severity.ERROR, basis="部分不大于整体", needs=("last_year",))
def last_year_parts_fit(case: Case) -> Iterator[Remark]:
    """上年的财政拨款不超过总计，一般公共预算财政拨款支出不超过财政拨款支出总计。

    错例：上年一般公共预算财政拨款支出 54966.4，财政拨款支出总计 5496.64
    正例：上年一般公共预算财政拨款支出 5496.64
    怎么改：对照上年决算公开改正抄错的一个。
    """
    names = _printed(case)
    pairs = (
        ("fiscal_income_total", "income_total"),
        ("fiscal_spending_total", "spending_total"),
        ("general_spending", "fiscal_spending_total"),
    )
    for small, large in pairs:
        part, whole = _before(case, small), _before(case, large)
        if part.value is not None and whole.value is not None and part.value > whole.value:
            text = (
                f"上年{names[small]} {case.number(part.value)}，大于{names[large]} {case.number(whole.value)}"
            )
            expected = f"不超过 {case.number(whole.value)}"
            yield Remark(_place(case, part), text, expected, sources_of(whole, names[large]))


@rule(
    "A505",
    severity=Severity.ERROR,
    basis="各类之和＝一般公共预算财政拨款支出，上年也是",
    needs=("last_year", "categories"),
)
def last_year_categories_add_up(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """分类预算里各类的上年决算数之和，等于“上年数”的一般公共预算财政拨款支出。

    错例：上年一般公共预算财政拨款支出 5496.64，各类上年决算数合计 5285
    正例：208 类 5211.03，210 类 73.94，221 类 211.67
    怎么改：改正抄错的类，补上今年没有支出而上年有的类。
    """
    figures = [each.change.before for each in case.figures.final_accounts.categories if each.line]
    summed, whole = strict_total(figures, case.number), _before(case, "general_spending")
    if whole.value is None or summed.value is None or whole.value == summed.value:
        return
    gap = summed.value - whole.value
    text = (
        f"各类上年决算数合计 {equation(summed.how, case.number(summed.value))}，"
        f"上年一般公共预算财政拨款支出 {case.number(whole.value)}，相差 {case.amount(abs(gap))}"
    )
    tier = residue(gap, rounding_tolerance, len(figures))
    place = next((place for place in summed.sources if place.sheet), case.sheet_place("categories"))
    yield Remark(place, text, case.number(whole.value), sources_of(whole, "上年数"), tier)


@rule(
    "A506",
    severity=Severity.ERROR,
    basis="情况说明五：每个类写明年初预算、决算、用途和变动原因",
    needs=("categories", "spending"),
)
def category_has_its_line(case: Case) -> Iterator[Remark]:
    """一般公共预算财政拨款有支出的每个类，在“分类预算”里有一行。

    错例：“支出”里有 210 类，“分类预算”里没有
    正例：“分类预算”里有 208、210、221 三行
    怎么改：在“分类预算”里补一行，填年初预算数、上年决算数、用途和变动原因。
    """
    lines = case.filing.final_accounts.categories
    begun = {line.code.otherwise("")[:CATEGORY] for line in lines}
    lacking = [
        category
        for category in case.figures.final_accounts.categories
        if category.line is None and category.final.value and category.code not in begun
    ]
    if lacking and case.uses("categories") and categories_are_known(case, "spending"):
        codes = "、".join(category.code for category in lacking)
        said = (f"{each.code} {each.name} {case.number(each.final.value or ZERO)}" for each in lacking)
        yield Remark(
            case.sheet_place("categories"), f"有支出而这里没有一行的类：{'、'.join(said)}", f"补填 {codes}"
        )


@rule("A515", severity=Severity.ERROR, basis="情况说明五：支出决算完成年初预算的百分之几")
def category_budget_is_given(case: Case) -> Iterator[Remark]:
    """分类预算的每个类都填了年初预算数。

    错例：208 类支出 4695.93，“年初预算数”空着
    正例：年初预算数 4729.7；年初没有安排预算的填 0
    怎么改：补填年初预算数；没有安排的填 0，文字里就不写完成率。
    """
    for category in case.figures.final_accounts.categories:
        if category.line is not None and category.final.value and category.initial_budget == UNKNOWN:
            cell = category.line.initial_budget
            text = f"{category.code} {category.name}没有填{case.label('categories', 'initial_budget')}"
            yield Remark(at(cell, category.line.code), text, "年初预算数，没有安排的填 0")


@rule("A507", severity=Severity.ERROR, basis="分类预算按类填写")
def category_line_is_a_category(case: Case) -> Iterator[Remark]:
    """分类预算里填三位的类代码。

    错例：类代码 20801
    正例：类代码 208
    怎么改：改成类代码，把几个款的数合成一行。
    """
    for line in case.filing.final_accounts.categories:
        code = line.code.otherwise("")
        if code and len(code) != CATEGORY:
            yield Remark(line.code.place, f"类代码填 {code}，不是三位的类", code[:CATEGORY])


@rule("A512", severity=Severity.VERIFY, basis=_RECORD)
def typed_last_year_is_the_recorded(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """填写的上年数，与上年定稿的运行记录（--last-year）一致。

    错例：“上年数”收入总计填 5469.64，上年运行记录是 5496.64
    正例：两处都是 5496.64；或上年数空着，由程序取用
    怎么改：改正填错的数，或清空由程序取用；上年数经批复调整过的，写核实说明。
    """
    typed_ones = (*typed_amounts(case.filing, case.pack.ledger), *typed_amounts_of_report(case))
    for typed in typed_ones:
        recorded, value = _recorded(case, typed), typed.cell.value
        if recorded.value is None or value is None or value == recorded.value:
            continue
        text = f"{typed.name}上年数填 {case.number(value)}，上年运行记录是 {case.number(recorded.value)}"
        tier = residue(value - recorded.value, rounding_tolerance)
        yield Remark(typed.cell.place, text, case.number(recorded.value), (), tier)


@rule("A513", severity=Severity.VERIFY, basis=_RECORD)
def record_is_of_this_department(case: Case) -> Iterator[Remark]:
    """上年的运行记录是本部门的。

    错例：部门名称“甲县人社局”，上年运行记录是“乙县人社局”的
    正例：两处部门名称相同
    怎么改：--last-year 指定本部门上年的 run.json；机构改革改了名称的，写核实说明。
    """
    record, name = case.figures.final_accounts.last_year, case.filing.department.name
    if record is not None and name.value is not None and record.department != name.value:
        text = f"上年的运行记录是{quoted(record.department)}的，本部门是{quoted(name.value)}"
        yield Remark(name.place, text, record.department)


@rule("A514", severity=Severity.ERROR, basis="“三公”经费＝各项之和，上年也是", needs=("last_year", "sangong"))
def sangong_of_last_year_adds_up(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """“上年数”里填了“三公”经费支出的，等于“三公经费”表各项上年决算数之和。

    错例：“上年数”的“三公”经费支出 17.8，各项上年决算数 17.5+1.22=18.72
    正例：空着，由程序合计
    怎么改：删去填写的总数，或改正某一项的上年决算数。
    """
    names, summed = case.pack.ledger.last_year, _before(case, _SANGONG)
    for line in case.filing.final_accounts.last_year:
        typed, due = line.amount.value, summed.value
        if names.get(line.item.otherwise("")) != _SANGONG or typed is None or due is None or typed == due:
            continue
        how = equation(summed.how, case.number(due))
        text = f"{line.item.otherwise('')}上年填 {case.number(typed)}，各项上年决算数合计 {how}"
        tier = residue(typed - due, rounding_tolerance, len(summed.sources))
        yield Remark(line.amount.place, text, case.number(due), sources_of(summed, "上年决算数"), tier)


RULES = (
    last_year_totals_are_given,
    last_year_amounts_are_given,
    last_year_totals_balance,
    last_year_parts_fit,
    last_year_categories_add_up,
    category_has_its_line,
    category_budget_is_given,
    category_line_is_a_category,
    typed_last_year_is_the_recorded,
    record_is_of_this_department,
    sangong_of_last_year_adds_up,
)
