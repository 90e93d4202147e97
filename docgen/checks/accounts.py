"""A: 收支, 三公经费 and 政府采购 agree with themselves and with the projects."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docgen.checks.amounts import adds_up
from docgen.checks.case import Case, at, equation, is_reason, quoted
from docgen.checks.rule import rule
from docgen.checks.targets import words
from docgen.figures.accounts import STAGES
from docgen.figures.arithmetic import total
from docgen.figures.execution import AMOUNTS
from docgen.figures.figure import UNKNOWN, Figure
from docgen.finding import Place, Related, Remark, Severity
from docgen.model import Entered
from docgen.quantity import Yuan

_PART = "部分不大于整体"
_SANGONG = "党政机关厉行节约：三公经费决算数不超过预算数"
_SANGONG_COLUMNS = ("budget", "final", "last_year")
_PROCUREMENT_COLUMNS = ("budget", "final", "contracted", "small_business", "micro_business")


def _related(places: tuple[Place, ...], note: str) -> tuple[Related, ...]:
    return tuple(Related(place, note) for place in places)


def _residue(gap: Decimal, tolerance: Decimal) -> Severity | None:
    return Severity.NOTE if abs(gap) <= tolerance else None


@rule(
    "A101",
    severity=Severity.ERROR,
    basis="部门（单位）整体绩效自评表：资金来源合计＝资金结构合计",
    needs=("accounts",),
)
def sources_equal_structure(
    case: Case, *, balanced_stages: str, carry_words: str, rounding_tolerance: Yuan
) -> Iterator[Remark]:
    """资金来源合计等于资金结构合计，每一栏都是；决算有结余的，收入可以大于支出。

    错例：财政性资金 1693.24，基本支出 690.71，项目支出 904.71
    正例：财政性资金 1693.24，基本支出 690.71，项目支出 1002.53
    怎么改：核对“收支”表这一栏，改正填错的一项；决算支出动用上年结转的，填在资金来源或“说明”里。
    """
    notes = "".join(line.note.otherwise("") for line in case.filing.accounts)
    carried = any(word in notes for word in words(carry_words))
    for stage in STAGES:
        sources, structure = case.figures.accounts[stage], case.figures.accounts[f"structure_{stage}"]
        if sources.value is None or structure.value is None or sources.value == structure.value:
            continue
        gap, must_balance = sources.value - structure.value, stage in words(balanced_stages)
        if not must_balance and (gap > 0 or carried):
            continue
        both = f"资金来源 {_sum(case, sources)}，资金结构 {_sum(case, structure)}"
        tier = _residue(gap, rounding_tolerance)
        places = [place for place in (*sources.sources, *structure.sources) if place.sheet]
        yield Remark(
            places[0],
            f"{case.label('accounts', stage)}：{both}，相差 {case.amount(abs(gap))}",
            "两个合计相等" if must_balance else "支出不大于收入，或写明动用的结转结余",
            _related(tuple(places[1:]), "计入合计"),
            tier if must_balance else tier or Severity.VERIFY,
        )


def _sum(case: Case, figure: Figure) -> str:
    return equation(figure.how, case.number(figure.value or Decimal(0)))


@rule("A102", severity=Severity.VERIFY, basis=_PART, needs=("accounts", "funding", "projects.name"))
def projects_fit_into_project_spending(
    case: Case, *, rounding_tolerance: Yuan, project_item: str
) -> Iterator[Remark]:
    """各项目预算数、执行数合计不超过“收支”里的项目支出。

    错例：11 个项目全年执行数合计 988.53，收支的项目支出决算数 904.71
    正例：项目支出决算数不小于 988.53
    怎么改：核对“收支”和“项目资金”；口径不同（如含上年结转）的，写核实说明。
    """
    stages = {
        "initial_budget": "initial_budget",
        "annual_budget": "annual_budget",
        "final": "annual_spending",
    }
    for stage, column in stages.items():
        whole = case.figures.accounts.named.get(f"{project_item}_{stage}", Figure())
        projects = _at_least(case, column)
        if whole.value is None or projects is None or projects - whole.value <= rounding_tolerance:
            continue
        text = (
            f"{case.label('accounts', stage)}：项目支出 {case.number(whole.value)}，"
            f"各项目合计 {case.number(projects)}，多出 {case.amount(projects - whole.value)}"
        )
        yield Remark(whole.sources[0], text, f"不小于 {case.number(projects)}")


def _at_least(case: Case, column: str) -> Decimal | None:
    """The sum over projects; of a total unlike its sources (B101) the smaller of the two counts."""
    least = Decimal(0)
    for project in case.figures.projects:
        summed: Decimal | None = getattr(project.total, column).value
        own = getattr(project.project.total, column).value if project.project.total else None
        if summed is None:
            if getattr(project.total, column) != UNKNOWN:
                return None
            continue
        least += summed if own is None else min(own, summed)
    return least


@rule("A103", severity=Severity.VERIFY, basis=_SANGONG)
def sangong_stays_within_budget(case: Case) -> Iterator[Remark]:
    """三公经费每一项的决算数不超过预算数。

    错例：公务接待费预算数 0.1，决算数 0.14，变动原因空着
    正例：公务接待费预算数 0.2，决算数 0.14
    怎么改：核对两个数；确实超出的，在“变动原因”里写明。
    """
    for line in case.filing.sangong:
        budget, final = line.budget.value, line.final.value
        if budget is not None and final is not None and final > budget and not is_reason(line.reason):
            text = f"{line.item.otherwise('')}决算数 {case.number(final)} 超过预算数 {case.number(budget)}"
            yield Remark(line.final.place, text, "写明原因", (Related(line.budget.place, "预算数"),))


@rule("A104", severity=Severity.VERIFY, basis="“三公经费”控制率＝决算数÷预算数，两数口径须一致")
def sangong_has_a_budget(case: Case) -> Iterator[Remark]:
    """三公经费有决算数的项，也有预算数。

    错例：公务接待费决算数 0.14，预算数空着
    正例：预算数 0.2；没有安排预算的填 0 并写明原因
    怎么改：补填预算数。
    """
    for line in case.filing.sangong:
        final, blank = line.final.value, line.budget.value is None and not line.budget.text.strip()
        if final and blank:
            text = f"{line.item.otherwise('')}有决算数 {case.number(final)}，没有预算数，控制率会算错"
            yield Remark(at(line.budget, line.item), text, "预算数", (Related(line.final.place, "决算数"),))


@rule("A105", severity=Severity.ERROR, basis="金额不能为负")
def amounts_are_not_negative(case: Case) -> Iterator[Remark]:
    """收支、三公经费、政府采购的金额不为负数。

    错例：决算数 -0.94
    正例：决算数 0.94
    怎么改：改成正数。
    """
    for sheet, column, cell in _amounts(case):
        if cell.value is not None and cell.value < 0:
            text = f"{case.label(sheet, column)}填 {case.number(cell.value)}，不能是负数"
            yield Remark(cell.place, text, "0 或正数")


def _amounts(case: Case) -> Iterator[tuple[str, str, Entered[Yuan]]]:
    sheets = (
        ("accounts", case.filing.accounts, STAGES),
        ("sangong", case.filing.sangong, _SANGONG_COLUMNS),
        ("procurement", case.filing.procurement, _PROCUREMENT_COLUMNS),
    )
    for sheet, lines, columns in sheets:
        for line in lines:
            for column in columns:
                yield sheet, column, getattr(line, column)


@rule("A106", severity=Severity.VERIFY, basis="政府采购按批准的预算执行")
def procurement_stays_within_budget(case: Case) -> Iterator[Remark]:
    """实际采购金额不超过采购预算。

    错例：货物采购预算 1，实际采购金额 1.35
    正例：采购预算 1.35，实际采购金额 1.35
    怎么改：核对两个数；年内追加过采购预算的，填追加后的数。
    """
    for line in case.filing.procurement:
        budget, final = line.budget.value, line.final.value
        if budget is not None and final is not None and final > budget:
            name = line.category.otherwise("")
            text = f"{name}实际采购金额 {case.number(final)} 超过采购预算 {case.number(budget)}"
            yield Remark(line.final.place, text, "核对后说明", (Related(line.budget.place, "采购预算"),))


def small_business_whole(case: Case) -> str:
    """The column that 授予中小企业 is a part of: the contracts, where the form asks for them."""
    return "contracted" if case.has_column("procurement", "contracted") else "final"


@rule("A107", severity=Severity.ERROR, basis=_PART)
def small_business_is_a_part(case: Case) -> Iterator[Remark]:
    """授予小微企业的不超过授予中小企业的，授予中小企业的不超过合同金额（没有这一栏的，实际采购金额）。

    错例：实际采购金额 1.35，授予中小企业 2
    正例：实际采购金额 1.35，授予中小企业 1.35，其中小微企业 0.8
    怎么改：改正填错的一项。
    """
    outer = small_business_whole(case)
    for line in case.filing.procurement:
        pairs: tuple[tuple[str, Entered[Yuan], str, Entered[Yuan]], ...] = (
            ("small_business", line.small_business, outer, getattr(line, outer)),
            ("micro_business", line.micro_business, "small_business", line.small_business),
        )
        for part_key, part, whole_key, whole in pairs:
            if part.value is not None and whole.value is not None and part.value > whole.value:
                small = f"{case.label('procurement', part_key)} {case.number(part.value)}"
                large = f"{case.label('procurement', whole_key)} {case.number(whole.value)}"
                text = f"{line.category.otherwise('')}：{small} 大于{large}"
                yield Remark(part.place, text, f"不超过 {case.number(whole.value)}")


@rule("A108", severity=Severity.VERIFY, basis=_PART, needs=("accounts",))
def department_is_spent_within_budget(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """部门决算数不超过全年预算数。

    错例：全年预算数合计 1687.4，决算数合计 1693.24
    正例：全年预算数 1693.24，决算数 1687.4
    怎么改：核对两栏有没有填反；年内追加过预算的，全年预算数填追加后的数。
    """
    surplus, final = case.figures.accounts["surplus"], case.figures.accounts["final"]
    if surplus.value is not None and -surplus.value > rounding_tolerance:
        text = f"决算数超过全年预算数：结余 {surplus.how}={case.number(surplus.value)}"
        place = (final.sources or surplus.sources)[0]
        yield Remark(place, text, "不超过全年预算数", _related(surplus.sources, "参与计算"))


@rule("A109", severity=Severity.ERROR, basis="一项填一行")
def account_item_is_entered_once(case: Case) -> Iterator[Remark]:
    """收支、三公经费、政府采购里每一项只填一行。

    错例：“三公经费”有两行“公务接待费”
    正例：合成一行
    怎么改：把几行的金额合到一行；填错名称的改正名称。
    """
    names = (
        [line.item for line in case.filing.accounts],
        [line.item for line in case.filing.sangong],
        [line.category for line in case.filing.procurement],
    )
    for cells in names:
        first: dict[str, Place] = {}
        for cell in cells:
            name = cell.otherwise("")
            if name and name in first:
                yield Remark(
                    cell.place,
                    f"{quoted(name)}填了不止一行",
                    "合成一行",
                    (Related(first[name], "前面的一行"),),
                )
            first.setdefault(name, cell.place)


@rule("A110", severity=Severity.ERROR, basis=_PART, needs=("accounts", "sangong"))
def sangong_is_a_part_of_spending(case: Case) -> Iterator[Remark]:
    """三公经费决算数合计不超过部门决算数。

    错例：部门决算数 1687.4 万元，三公经费决算数合计 9400 万元（按元填了）
    正例：三公经费决算数合计 0.94 万元
    怎么改：核对三公经费的金额单位。
    """
    sangong, final = case.figures.accounts["sangong_final"], case.figures.accounts["final"]
    if sangong.value is not None and final.value is not None and sangong.value > final.value:
        text = f"三公经费决算数 {_sum(case, sangong)}，超过部门决算数 {case.number(final.value)}"
        yield Remark(
            sangong.sources[0], text, f"不超过 {case.number(final.value)}", _related(final.sources, "决算数")
        )


@rule("A111", severity=Severity.VERIFY, basis=_PART, needs=("accounts", "funding", "projects.name"))
def unspent_projects_fit_into_surplus(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """各项目未执行数合计不超过部门结余。

    错例：部门结余 5.84，各项目未执行数合计 23.07
    正例：部门结余不小于 23.07
    怎么改：核对“收支”的全年预算数和决算数；年末被财政收回的，写核实说明。
    """
    surplus = case.figures.accounts["surplus"]
    sound = (project.unspent for project in case.figures.projects if adds_up(project, *AMOUNTS))
    unspent = total((each for each in sound if each.value), case.number)
    if surplus.value is None or unspent.value is None or surplus.value < 0:
        return
    if unspent.value - surplus.value > rounding_tolerance:
        text = (
            f"部门结余 {surplus.how}={case.number(surplus.value)}，"
            f"各项目未执行数合计 {equation(unspent.how, case.number(unspent.value))}，部分大于整体"
        )
        yield Remark(surplus.sources[0], text, f"不小于 {case.number(unspent.value)}")


@rule("A112", severity=Severity.VERIFY, basis=_SANGONG)
def sangong_growth_is_explained(case: Case) -> Iterator[Remark]:
    """三公经费决算数比上年增加的，写明变动原因。

    错例：公务接待费上年 0.1，本年 0.14，变动原因空着
    正例：变动原因写明本年承办全市现场会
    怎么改：在“变动原因”里写明。
    """
    for line in case.filing.sangong:
        last, final = line.last_year.value, line.final.value
        if last is not None and final is not None and final > last and not is_reason(line.reason):
            amounts = f"决算数 {case.number(final)}，上年 {case.number(last)}"
            text = f"{line.item.otherwise('')}{amounts}，没有写变动原因"
            related = (Related(line.last_year.place, "上年决算数"),)
            yield Remark(at(line.reason, line.final), text, "写明变动原因", related)


RULES = (
    sources_equal_structure,
    projects_fit_into_project_spending,
    sangong_stays_within_budget,
    sangong_has_a_budget,
    amounts_are_not_negative,
    procurement_stays_within_budget,
    small_business_is_a_part,
    department_is_spent_within_budget,
    account_item_is_entered_once,
    sangong_is_a_part_of_spending,
    unspent_projects_fit_into_surplus,
    sangong_growth_is_explained,
)
