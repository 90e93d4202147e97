"""A5: last year's figures, the budgets by 类 and the projects that changed."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.checks.across import is_nearly
from docgen.checks.case import Case, at, equation, quoted, residue, sources_of
from docgen.checks.disclosed import CATEGORY
from docgen.checks.rule import rule
from docgen.figures.arithmetic import entered, total
from docgen.figures.changes import SANGONG
from docgen.figures.figure import UNKNOWN, Figure
from docgen.finding import Place, Related, Remark, Severity
from docgen.model import Entered
from docgen.quantity import Yuan

_COMPARED = "决算公开要与上年相比；上年为 0 的也要填 0"
_SAME = "同一项目的支出各处一致"


def _before(case: Case, name: str) -> Figure:
    change = case.figures.final_accounts.changes.get(name)
    return change.before if change else UNKNOWN


def _place(case: Case, figure: Figure) -> Place:
    return figure.sources[0] if figure.sources else case.sheet_place("last_year")


def _printed(case: Case) -> dict[str, str]:
    return {key: name for name, key in case.pack.ledger.last_year.items()}


@rule("A501", severity=Severity.ERROR, basis=_COMPARED)
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
    accounts = case.filing.final_accounts
    rows: list[tuple[str, str, Entered[Yuan]]] = [
        *(("sangong", line.item.otherwise(""), line.last_year) for line in case.filing.sangong),
        *(("running_costs", line.kind.otherwise(""), line.last_year) for line in accounts.running_costs),
        *(("categories", f"{line.code.otherwise('')} 类", line.last_year) for line in accounts.categories),
    ]
    for sheet, name, cell in rows:
        if not cell.is_given and not cell.text.strip():
            place = at(cell) if cell.place.cell else case.sheet_place(sheet)
            yield Remark(place, f"{name}没有填{case.label(sheet, 'last_year')}，无法与上年相比", "上年的数")


@rule("A503", severity=Severity.ERROR, basis="公开01、04表：收入总计＝支出总计，上年也是")
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


@rule("A504", severity=Severity.ERROR, basis="部分不大于整体")
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


@rule("A505", severity=Severity.ERROR, basis="各类之和＝一般公共预算财政拨款支出，上年也是")
def last_year_categories_add_up(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """分类预算里各类的上年决算数之和，等于“上年数”的一般公共预算财政拨款支出。

    错例：上年一般公共预算财政拨款支出 5496.64，各类上年决算数合计 5285
    正例：208 类 5211.03，210 类 73.94，221 类 211.67
    怎么改：改正抄错的类，补上今年没有支出而上年有的类。
    """
    cells = [line.last_year for line in case.filing.final_accounts.categories]
    summed = total((entered(cell, case.number) for cell in cells), case.number)
    whole = _before(case, "general_spending")
    given = all(cell.is_given for cell in cells)
    if not given or whole.value is None or summed.value is None or whole.value == summed.value:
        return
    gap = summed.value - whole.value
    text = (
        f"各类上年决算数合计 {equation(summed.how, case.number(summed.value))}，"
        f"上年一般公共预算财政拨款支出 {case.number(whole.value)}，相差 {case.amount(abs(gap))}"
    )
    tier = residue(gap, rounding_tolerance, len(cells))
    yield Remark(cells[0].place, text, case.number(whole.value), sources_of(whole, "上年数"), tier)


@rule("A506", severity=Severity.ERROR, basis="情况说明五：每个类写明年初预算、决算、用途和变动原因")
def category_has_its_line(case: Case) -> Iterator[Remark]:
    """一般公共预算财政拨款有支出的每个类，在“分类预算”里有一行。

    错例：“支出”里有 210 类，“分类预算”里没有
    正例：“分类预算”里有 208、210、221 三行
    怎么改：在“分类预算”里补一行，填年初预算数、上年决算数、用途和变动原因。
    """
    lines = case.filing.final_accounts.categories
    begun = {line.code.otherwise("")[:CATEGORY] for line in lines}
    for category in case.figures.final_accounts.categories if case.uses("categories") else ():
        if category.line is None and category.final.value and category.code not in begun:
            text = (
                f"{category.code} {category.name}决算数 {case.number(category.final.value)}，这里没有它的一行"
            )
            yield Remark(case.sheet_place("categories"), text, f"补填 {category.code}")


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


@rule("A508", severity=Severity.VERIFY, basis=_SAME)
def project_change_is_the_projects_spending(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """“项目变动”里项目的本年支出，等于“项目资金”里它的全年执行数。

    错例：“执法办案经费”本年支出 21.27，项目资金的全年执行数 23
    正例：两处都是 21.27
    怎么改：改正填错的一处；口径不同的，写核实说明。
    """
    spending = {
        project.project.name.value: project.total.annual_spending for project in case.figures.projects
    }
    for line in case.filing.final_accounts.project_changes:
        typed, figure = line.this_year.value, spending.get(line.name.value, UNKNOWN)
        if typed is None or figure.value is None or typed == figure.value:
            continue
        text = (
            f"{quoted(line.name.otherwise(''))}本年支出填 {case.number(typed)}，"
            f"项目资金的全年执行数是 {case.number(figure.value)}"
        )
        tier = residue(typed - figure.value, rounding_tolerance)
        related = sources_of(figure, "全年执行数")
        yield Remark(line.this_year.place, text, case.number(figure.value), related, tier)


@rule("A509", severity=Severity.VERIFY, basis="项目名称各处一致")
def disclosed_project_names_agree(case: Case) -> Iterator[Remark]:
    """“项目变动”“部门评价”里的项目，名称与“项目”“转移支付”里的一致。

    错例：“项目变动”写“县政府购买公益性岗位补贴”，“项目”里叫“县政府购买公益性岗位资金”
    正例：两处都写“县政府购买公益性岗位资金”
    怎么改：改成一致的名称；确是另一个项目的，写核实说明。
    """
    accounts = case.filing.final_accounts
    known = [project.name for project in case.filing.projects] + [each.name for each in case.filing.transfers]
    names = {cell.value for cell in known}
    cells = [line.name for line in accounts.project_changes] + [line.name for line in accounts.evaluations]
    for cell in cells:
        typed = cell.otherwise("").strip()
        near = next((one for one in known if is_nearly(one.otherwise(""), typed)), None)
        if typed and typed not in names and near is not None:
            text = f"{quoted(typed)}与{quoted(near.otherwise(''))}只差几个字，是不是同一个项目"
            yield Remark(cell.place, text, near.otherwise(""), (Related(near.place, "相近的名称"),))


@rule("A510", severity=Severity.NOTE, basis="项目变动只列有变动的项目")
def changed_project_has_changed(case: Case) -> Iterator[Remark]:
    """列入“项目变动”的项目，本年支出与上年不同。

    错例：“遗属补助经费”本年支出 5，上年支出 5
    正例：只列支出有变动的项目
    怎么改：删去没有变动的一行，或改正填错的数。
    """
    for each in case.figures.final_accounts.project_changes:
        if each.change.difference.value == 0:
            text = f"{quoted(each.line.name.otherwise(''))}本年支出与上年相同，没有变动"
            yield Remark(at(each.line.name), text, "只列有变动的项目")


@rule("A511", severity=Severity.VERIFY, basis="部分不大于整体")
def changed_projects_fit_into_project_spending(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """“项目变动”里各项目本年支出合计，不超过“支出”表的项目支出。

    错例：项目支出合计 2440.43，“项目变动”本年支出合计 24404.3
    正例：“项目变动”本年支出合计 2153
    怎么改：核对金额单位和各项目的数。
    """
    lines = case.filing.final_accounts.project_changes
    changed = total((entered(line.this_year, case.number) for line in lines), case.number)
    whole = case.account("project")
    if changed.value is not None and whole.value is not None:
        gap = changed.value - whole.value
        if gap > rounding_tolerance:
            text = f"本年支出合计 {case.number(changed.value)}，超过项目支出合计 {case.number(whole.value)}"
            yield Remark(changed.sources[0], text, f"不超过 {case.number(whole.value)}")


RULES = (
    last_year_totals_are_given,
    last_year_amounts_are_given,
    last_year_totals_balance,
    last_year_parts_fit,
    last_year_categories_add_up,
    category_has_its_line,
    category_line_is_a_category,
    project_change_is_the_projects_spending,
    disclosed_project_names_agree,
    changed_project_has_changed,
    changed_projects_fit_into_project_spending,
)
