"""X3: this year against the record of last year's run (--last-year)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from docgen.checks.case import Case, Row, at, is_reason, quoted, rate, sources_of
from docgen.checks.rule import rule
from docgen.figures.figure import Figure
from docgen.figures.last_year import CLOSING, PROJECT, account_keys
from docgen.figures.results import ProjectResult
from docgen.finding import Place, Related, Remark, Severity
from docgen.model import AccountLine, Entered, Quantity, SangongLine
from docgen.model.last_year import LastYear, PastIndicator
from docgen.quantity import ZERO, Ratio, Yuan
from docgen.workbook.folding import key, nearest
from docgen.workbook.targets import parse_target

_YEARLY = "与上年相比变化大的，要说明原因"
_RECORD = "上年定稿的运行记录"
_LONGEST_LIST = 10


def _record(case: Case) -> LastYear | None:
    return case.figures.final_accounts.last_year


def _before(case: Case, name: str) -> Yuan | None:
    record = _record(case)
    return record.amounts.get(name) if record else None


def _listed(case: Case) -> set[str]:
    """Projects that the sheet 项目变动 speaks of: their change is printed and explained there."""
    lines = case.filing.final_accounts.project_changes
    return {key(line.name.otherwise("")) for line in lines}


@rule("X301", severity=Severity.VERIFY, basis=_YEARLY)
def big_changes_of_the_department_are_explained(
    case: Case, *, yearly_change_limit: Ratio, yearly_change_floor: Yuan
) -> Iterator[Remark]:
    """收支、三公经费的决算数与上年相比变化超过限度的，写了说明。

    错例：项目支出上年 996.69，本年 1500，说明空着
    正例：说明写明本年新增中央就业补助资金
    怎么改：核对两年的数；属实的，在“说明”“变动原因”里写明，或写核实说明。
    """
    for name, line, reason in _lines(case):
        before, now = _before(case, name), line.final.value
        if before is None or now is None or is_reason(reason) or _is_asked_by_a112(line, now):
            continue
        jump = _jump(before, now, yearly_change_limit, yearly_change_floor)
        if jump is not None:
            text = f"{quoted(line.item.otherwise(''))}{_told(case, before, now, jump)}，没有说明"
            yield Remark(line.final.place, text, "核对，或写明原因")


def _lines(case: Case) -> Iterator[tuple[str, AccountLine | SangongLine, Entered[str]]]:
    """Key, line and reason of every row whose 决算数 last year's record may have."""
    accounts = {item: name for name, item in account_keys(case.pack.ledger).items()}
    for line in case.filing.accounts:
        yield accounts.get(line.item.otherwise(""), ""), line, line.note
    for item in case.filing.sangong:
        yield case.pack.ledger.sangong.get(item.item.otherwise(""), ""), item, item.reason


def _is_asked_by_a112(line: AccountLine | SangongLine, now: Decimal) -> bool:
    """Whether the growth of 三公 over the typed amount of last year is asked about already."""
    typed = line.last_year.value if isinstance(line, SangongLine) else None
    return typed is not None and now > typed


def _jump(before: Decimal, now: Decimal, limit: Ratio, floor: Yuan) -> Decimal | None:
    """The signed rate of a change beyond the limit; None for a small one, or one without a base."""
    change = now - before
    if before <= 0 or abs(change) <= floor or abs(change) <= before * limit:
        return None
    return change / before


def _told(case: Case, before: Decimal, now: Decimal, jump: Decimal) -> str:
    way = "增加" if jump > 0 else "减少"
    return f"上年 {case.number(before)}，本年 {case.number(now)}，{way} {rate(abs(jump))}"


@rule("X302", severity=Severity.VERIFY, basis=_YEARLY)
def big_changes_of_projects_are_explained(
    case: Case, *, yearly_change_limit: Ratio, yearly_change_floor: Yuan
) -> Iterator[Remark]:
    """延续项目的全年执行数与上年相比变化超过限度的，写了原因。

    错例：“人事局工作经费”上年执行 7.14，本年 21.4，预算调整原因、偏差原因都空着
    正例：变化在限度以内，或写了原因
    怎么改：核对有没有多敲少敲一位、元和万元有没有填混；属实的，写核实说明。
    """
    listed = _listed(case)
    for project in case.figures.projects:
        name, now = project.project.name.otherwise(""), project.total.annual_spending
        before = _before(case, f"{PROJECT}{name}")
        if before is None or now.value is None or key(name) in listed or _has_reason(project):
            continue
        jump = _jump(before, now.value, yearly_change_limit, yearly_change_floor)
        if jump is not None:
            text = f"{quoted(name)}全年执行数{_told(case, before, now.value, jump)}，没有说明"
            yield Remark(_first(now, project.project.name), text, "核对，或写明原因", _others(now))


def _has_reason(project: ProjectResult) -> bool:
    return is_reason(project.project.adjustment_reason) or is_reason(project.project.deviation_reason)


def _first(figure: Figure, otherwise: Entered[str]) -> Place:
    return figure.sources[0] if figure.sources else at(otherwise)


def _others(figure: Figure) -> tuple[Related, ...]:
    return sources_of(figure, "计入合计")[1:]


@rule("X303", severity=Severity.VERIFY, basis="延续项目前后可比")
def projects_of_last_year_are_still_there(case: Case) -> Iterator[Remark]:
    """上年的项目，今年还在，或说明了去向。

    错例：上年有“事业单位招聘”，今年的“项目”表里没有
    正例：今年仍有“事业单位招聘”，或在“项目变动”表里列出
    怎么改：漏填的补上；改了名称的，核对是不是同一个项目；已经完成或取消的，写核实说明。
    """
    record, listed = _record(case), _listed(case)
    now = {key(name): name for project in case.filing.projects if (name := project.name.otherwise(""))}
    gone = [each.name for each in record.projects if key(each.name) not in now] if record else []
    gone = [name for name in gone if key(name) not in listed]
    if gone and now:
        before = {key(each.name) for each in record.projects} if record else set()
        new = [name for folded, name in now.items() if folded not in before]
        said = "、".join(quoted(name) + _renamed(name, new) for name in gone[:_LONGEST_LIST])
        more = f"等 {len(gone)} 个" if len(gone) > _LONGEST_LIST else ""
        yield Remark(case.sheet_place("projects"), f"上年的项目今年没有了：{said}{more}", "补填，或说明去向")


def _renamed(name: str, new: Iterable[str]) -> str:
    near = nearest(name, list(new))
    return f"（是不是改名为{quoted(near)}？）" if near else ""


@rule("X304", severity=Severity.VERIFY, basis="绩效目标一经批复不随意调整，延续指标前后可比")
def targets_are_not_eased_quietly(case: Case) -> Iterator[Remark]:
    """延续指标的指标值没有悄悄放宽、换单位或改成文字。

    错例：“服务对象满意度”上年 ≥95%，今年 ≥85%，偏差原因空着
    正例：今年 ≥95% 或更高；确须放宽的，写明依据
    怎么改：改回原来的指标值；调整有依据的，在偏差原因或核实说明里写明。
    """
    for row, past in _continued(case):
        how = _eased(row, past.target)
        if how and not row.has_reason:
            text = f"{row.title}指标值上年是“{past.target}”，今年是“{row.target_text}”，{how}，没有说明"
            yield Remark(row.target.place, text, past.target)


def _continued(case: Case) -> Iterator[tuple[Row, PastIndicator]]:
    """Rows whose indicator last year's record has, under the same project (or the department)."""
    record = _record(case)
    if record is None:
        return
    past = {
        (key(each.name), key(i.level2), key(i.level3)): i for each in record.projects for i in each.indicators
    }
    past |= {("", key(i.level2), key(i.level3)): i for i in record.overall}
    for row in case.rows:
        owner = row.project.project.name.otherwise("") if row.project else ""
        found = past.get((key(owner), key(row.level2), key(row.level3)))
        if found is not None and found.target and row.level3:
            yield row, found


def _eased(row: Row, typed: str) -> str:
    """How this year's target asks less than last year's; empty where it does not, or none can be told."""
    before, now = parse_target(typed), row.target.value
    if now is None or not isinstance(before, Quantity):
        return ""
    if not isinstance(now, Quantity):
        return "数改成了文字"
    if before.measure != now.measure:
        return "换了计量单位"
    if before.comparison.is_upper_limit != now.comparison.is_upper_limit:
        return "方向相反"
    asks_less = now.number > before.number if now.comparison.is_upper_limit else now.number < before.number
    return "放宽了" if asks_less else ""


@rule("X305", severity=Severity.VERIFY, basis="年初结转和结余＝上年年末结转和结余")
def opening_balances_are_last_years_closing(case: Case) -> Iterator[Remark]:
    """年初结转和结余，就是上年决算的年末结转和结余。

    错例：一般公共预算财政拨款年初结转和结余 3，上年运行记录年末是 5
    正例：两处都是 5
    怎么改：改正填错的数；经批准调整过年初数的，写核实说明。
    """
    names = {fund: printed for printed, fund in case.pack.ledger.funds.items()}
    for fund, balance in case.figures.final_accounts.balances.items():
        before, opening = _before(case, f"{CLOSING}{fund}"), balance.opening
        if before is None or opening.value is None or opening.value == before:
            continue
        text = (
            f"{names.get(fund, fund)}年初结转和结余 {case.number(opening.value)}，"
            f"{_RECORD}年末是 {case.number(before)}，相差 {case.amount(abs(opening.value - before))}"
        )
        place = opening.sources[0] if opening.sources else case.sheet_place("carryover")
        yield Remark(place, text, case.number(before), _others(opening))


@rule("X306", severity=Severity.VERIFY, basis="上年结转资金是上年没有执行完的预算")
def carried_in_funds_are_last_years_unspent(
    case: Case, *, carried_in: str, rounding_tolerance: Yuan
) -> Iterator[Remark]:
    """项目的上年结转资金，不超过这个项目上年没有执行的数。

    错例：“劳动保障监察日常办公经费”上年结转资金 0.73，上年运行记录未执行 0.05
    正例：上年结转资金 0.05
    怎么改：核对“项目资金”；结转来自别的项目或更早年度的，写核实说明。
    """
    record = _record(case)
    sources = {name for name, english in case.pack.ledger.funding.items() if english == carried_in}
    for project in case.figures.projects if record else ():
        name = project.project.name.otherwise("")
        past = record.project(name) if record else None
        for source, funds in project.sources.items():
            amount, left = funds.annual_budget, past.unspent if past else None
            if source not in sources or amount.value is None or left is None:
                continue
            unspent = max(left, ZERO)
            if amount.value - unspent > rounding_tolerance:
                text = (
                    f"{quoted(name)}{source}全年预算数 {case.number(amount.value)}，"
                    f"{_RECORD}里这个项目未执行 {case.number(unspent)}"
                )
                yield Remark(amount.sources[0], text, f"不超过 {case.number(unspent)}", _others(amount))


RULES = (
    big_changes_of_the_department_are_explained,
    big_changes_of_projects_are_explained,
    projects_of_last_year_are_still_there,
    targets_are_not_eased_quietly,
    opening_balances_are_last_years_closing,
    carried_in_funds_are_last_years_unspent,
)
