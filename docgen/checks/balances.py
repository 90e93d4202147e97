"""A2: 收入, 支出, 结转结余 and 基本支出经济分类 of the 决算公开 agree with one another."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docgen.checks.amounts import adds_up
from docgen.checks.case import Case, amount_or_zero, residue, sources_of
from docgen.checks.disclosed import AMOUNT_COLUMNS, categories_are_known, parents_agree, stray_economic_lines
from docgen.checks.rule import rule
from docgen.checks.targets import words
from docgen.figures.arithmetic import entered, together, total
from docgen.figures.execution import AMOUNTS
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.final_results import CodeRow, FundBalance
from docgen.finding import Place, Related, Remark, Severity
from docgen.quantity import ZERO, Yuan

_TABLE_01 = "公开01、04表：收入＋年初结转和结余＝支出＋年末结转和结余，每种资金都是"
_TABLE_06 = "公开06表：人员经费＋公用经费＝公开05表的基本支出"
_FISCAL_KINDS = ("basic", "project")
_GENERAL = "general"
Side = tuple[tuple[str, Figure], ...]
_LEAF = 2  # the depth of a 项


def _sum(*figures: Figure) -> Decimal | None:
    """Σ with blanks as 0; None as soon as a cell could not be read."""
    values = [amount_or_zero(figure) for figure in figures]
    known = [value for value in values if value is not None]
    return sum(known, ZERO) if len(known) == len(values) else None


def printed_funds(case: Case) -> dict[str, str]:
    """The English name of each fund → the word the sheet 支出 uses for it."""
    return {key: printed for printed, key in case.pack.ledger.funds.items()}


def _surplus(case: Case, fund: str, column: str) -> Figure:
    funds = case.pack.ledger.funds
    lines = [
        line for line in case.filing.final_accounts.carryover if funds.get(line.fund.otherwise("")) == fund
    ]
    return total((entered(getattr(line, column), case.number) for line in lines), case.number)


@rule("A201", severity=Severity.ERROR, basis=_TABLE_01, needs=("income", "spending", "carryover"))
def income_equals_spending_and_balance(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """每种资金的年初结转和结余加本年收入，等于本年支出加年末结转和结余。

    错例：一般公共预算财政拨款收入 5061.13，支出 5000，年初、年末结转和结余都是 0
    正例：收入 5061.13，支出 5000，年末结转和结余 61.13
    怎么改：核对“收入”“支出”“结转结余”三张表里这种资金的数；没有花完的钱填在年末结转和结余。
    """
    if not parents_agree(case, "income", "spending", "carryover"):
        return
    for fund, balance in case.figures.final_accounts.balances.items():
        used, distributed = (_surplus(case, fund, name) for name in ("surplus_used", "surplus_distributed"))
        left = _sum(balance.opening, balance.income, used)
        right = _sum(balance.spending, balance.closing, distributed)
        if left is None or right is None or left == right:
            continue
        parts = _sides(balance, used, distributed)
        sources = together(*(figure for side in parts for _, figure in side))
        yield Remark(
            _balance_place(case, balance),
            f"{printed_funds(case).get(fund, fund)}：{_side_words(case, parts[0], left)}；"
            f"{_side_words(case, parts[1], right)}；相差 {case.amount(abs(left - right))}",
            "两边相等",
            tuple(Related(place, "参与计算") for place in sources),
            residue(left - right, rounding_tolerance, len(sources)),
        )


def _sides(balance: FundBalance, used: Figure, distributed: Figure) -> tuple[Side, Side]:
    came = (("年初结转和结余", balance.opening), ("本年收入", balance.income), ("使用非财政拨款结余", used))
    went = (("本年支出", balance.spending), ("结余分配", distributed), ("年末结转和结余", balance.closing))
    return came, went


def _side_words(case: Case, side: Side, summed: Decimal) -> str:
    """``年初结转和结余 3＋本年收入 5＝8``, without what is 0."""
    said = [f"{name} {case.number(figure.value)}" for name, figure in side if figure.value]
    return (
        f"{'＋'.join(said)}＝{case.number(summed)}" if len(said) > 1 else "".join(said) or f"{side[1][0]} 0"
    )


def _balance_place(case: Case, balance: FundBalance) -> Place:
    """The balance of the fund; a column of 支出 that is not there, since the sum lacks it."""
    cells = (getattr(line, kind) for line in case.filing.final_accounts.spending for kind in _FISCAL_KINDS)
    lost = (cell.place for cell in cells if not cell.place.cell)
    sources = (*lost, *together(balance.closing, balance.opening))
    return sources[0] if sources else case.sheet_place("carryover")


@rule("A202", severity=Severity.ERROR, basis="公开05、07、08表：财政拨款支出只有基本支出和项目支出")
def fiscal_funds_pay_basic_and_project_spending(case: Case) -> Iterator[Remark]:
    """财政拨款只列基本支出和项目支出，上缴上级、经营、对附属单位补助支出用其他资金。

    错例：资金性质“一般公共预算财政拨款”，经营支出 12
    正例：资金性质“其他资金”，经营支出 12
    怎么改：改正资金性质，或把金额移到基本支出、项目支出。
    """
    ledger = case.pack.ledger
    for line in case.filing.final_accounts.spending:
        if ledger.funds.get(line.fund.otherwise("")) not in ledger.fiscal:
            continue
        for column in AMOUNT_COLUMNS["spending"]:
            cell = getattr(line, column)
            if column not in _FISCAL_KINDS and cell.value:
                label = case.label("spending", column)
                text = f"{line.fund.otherwise('')}填了{label} {case.number(cell.value)}，这种资金没有这类支出"
                yield Remark(cell.place, text, "空着", (Related(line.fund.place, "资金性质"),))


@rule("A203", severity=Severity.ERROR, basis=_TABLE_06, needs=("spending", "economic"))
def economic_lines_equal_basic_spending(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """基本支出经济分类合计等于一般公共预算财政拨款的基本支出。

    错例：基本支出 2620.69，经济分类各科目合计 2600.69
    正例：经济分类各科目合计 2620.69
    怎么改：核对“基本支出经济分类”有没有漏填的科目；只填一般公共预算财政拨款的基本支出。
    """
    basic, economic = case.account("general_basic"), case.account("economic")
    if basic.value is None or economic.value is None or basic.value == economic.value:
        return
    if stray_economic_lines(case) or not parents_agree(case, "economic", "spending"):
        return
    gap = economic.value - basic.value
    text = (
        f"经济分类各科目合计 {case.number(economic.value)}，基本支出 {case.number(basic.value)}，"
        f"{'多' if gap > 0 else '少'}了 {case.amount(abs(gap))}"
    )
    tier = residue(gap, rounding_tolerance, len(economic.sources) + len(basic.sources))
    yield Remark(
        case.sheet_place("economic"), text, case.number(basic.value), sources_of(basic, "基本支出"), tier
    )


@rule(
    "A204",
    severity=Severity.NOTE,
    basis="同一笔钱的功能分类和经济分类相互印证（各单位口径可能不同）",
    needs=("spending", "economic"),
)
def functions_match_economic_lines(
    case: Case, *, function_ties: str, rounding_tolerance: Yuan
) -> Iterator[Remark]:
    """养老、医疗、住房公积金等，功能科目与经济科目的数相符。

    错例：机关事业单位基本养老保险缴费（30108）210.5，功能科目 2080505 基本支出 200.5
    正例：两处都是 210.5
    怎么改：核对是不是记错了科目；口径确实不同的，不用改。
    """
    rows = {row.code: row for row in _general_rows(case)}
    economic = case.figures.final_accounts.economic
    for left, right in (tie.split("=") for tie in words(function_ties)):
        ours = total((economic.get(code, UNKNOWN) for code in left.split("+")), case.number)
        theirs = total(
            (rows[code].cells.get("basic", UNKNOWN) for code in right.split("+") if code in rows), case.number
        )
        if ours.value is None or theirs.value is None:
            continue
        addends = len(ours.sources) + len(theirs.sources)
        if residue(ours.value - theirs.value, rounding_tolerance, addends) is None:
            text = (
                f"经济科目 {left} 合计 {case.number(ours.value)}，"
                f"功能科目 {right} 的基本支出 {case.number(theirs.value)}，两数不同"
            )
            yield Remark(ours.sources[0], text, "核对科目", sources_of(theirs, "功能科目"))


def _general_rows(case: Case) -> Iterator[CodeRow]:
    """The rows of 公开05表."""
    table = case.figures.final_accounts.by_fund.get(_GENERAL)
    yield from table.rows if table else ()


@rule(
    "A205",
    severity=Severity.VERIFY,
    basis="部分不大于整体：自评的项目都在项目支出里",
    needs=("spending", "funding", "projects.name"),
)
def projects_fit_into_disclosed_spending(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """各项目全年执行数合计不超过“支出”表的项目支出。

    错例：10 个项目执行数合计 96.68，“支出”表项目支出合计 90
    正例：项目支出合计 2440.43
    怎么改：核对“支出”和“项目资金”；项目由别的单位列支的，写核实说明。
    """
    whole, projects = case.account("project"), case.figures.totals.annual_spending
    if whole.value is None or projects.value is None:
        return
    if not all(adds_up(project, *AMOUNTS) for project in case.figures.projects):
        return
    gap = projects.value - whole.value
    if gap > rounding_tolerance:
        text = (
            f"“支出”表项目支出合计 {case.number(whole.value)}，各项目全年执行数合计"
            f" {case.number(projects.value)}，多出 {case.amount(gap)}"
        )
        place = whole.sources[0] if whole.sources else case.sheet_place("spending")
        yield Remark(place, text, f"不小于 {case.number(projects.value)}", sources_of(projects, "全年执行数"))


@rule(
    "A206",
    severity=Severity.VERIFY,
    basis="没有结转结余的资金，公开02表与03表各科目相同",
    needs=("income", "spending", "carryover"),
)
def income_equals_spending_by_code(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """没有结转结余的资金，每个科目的收入等于支出。

    错例：一般公共预算财政拨款没有结转，2080101 收入 1160，支出 1150；2080199 收入 40，支出 50
    正例：每个科目的收入、支出相同
    怎么改：核对这几个科目是不是记串了；有结转的补填“结转结余”。
    """
    if not parents_agree(case, "income", "spending", "carryover"):
        return
    if not categories_are_known(case, "income", "spending"):
        return
    for fund, balance in case.figures.final_accounts.balances.items():
        if balance.opening.value or balance.closing.value or balance.income.value != balance.spending.value:
            continue
        gaps = dict(_gaps(case, fund, rounding_tolerance))
        if gaps:
            code, (income, spending) = next(iter(gaps.items()))
            text = (
                f"{printed_funds(case).get(fund, fund)}没有结转结余，"
                f"科目 {'、'.join(gaps)} 的收入与支出不同："
                f"{code} 收入 {case.number(income.value or ZERO)}，支出 {case.number(spending.value or ZERO)}"
            )
            places = together(income, spending)
            yield Remark(
                places[0], text, "收入、支出相同", sources_of(Figure(None, "", places[1:]), "参与比较")
            )


def _gaps(case: Case, fund: str, tolerance: Decimal) -> Iterator[tuple[str, tuple[Figure, Figure]]]:
    accounts = case.figures.final_accounts
    income = {row.code: row.cells.get(fund, UNKNOWN) for row in accounts.income.rows if row.depth == _LEAF}
    table = accounts.by_fund.get(fund)
    spending = {row.code: row.total for row in table.rows if row.depth == _LEAF} if table else {}
    for code in sorted({*income, *spending}):
        pair = income.get(code, UNKNOWN), spending.get(code, UNKNOWN)
        values = [figure.value or ZERO for figure in pair]
        if any(values) and residue(values[0] - values[1], tolerance) is None:
            yield code, pair


RULES = (
    income_equals_spending_and_balance,
    fiscal_funds_pay_basic_and_project_spending,
    economic_lines_equal_basic_spending,
    functions_match_economic_lines,
    projects_fit_into_disclosed_spending,
    income_equals_spending_by_code,
)
