"""N3: the words of the 决算公开 that a person writes: what must be said, and what must not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from docgen.checks.case import Case, at, is_reason, is_written, quoted
from docgen.checks.rule import rule
from docgen.checks.targets import words
from docgen.checks.texts import matching, texts
from docgen.checks.uses import printed_sangong, sangong_final
from docgen.figures.changes import SANGONG
from docgen.figures.final_results import Change
from docgen.finding import Remark, Severity
from docgen.model import Entered
from docgen.quantity import ZERO

_EITHER = re.compile(r"(?:增加|增长|上升|减少|下降)\s*[（(]\s*(?:增加|增长|上升|减少|下降)\s*[）)]")
_MAIN_REASON = re.compile("主要原因")
_NO_REASON = re.compile(r"主要原因(?:[是为][:：]?|[:：])\s*(?=[，。；、,;]|$)")
_GROWTH = re.compile(
    r"(?:增长|增加|上升|减少|下降|提高|降低)(?:了|约|近)?\s*\d+(?:\.\d+)?\s*[%％]|完成(?:了)?(?:年初|全年)?预算(?:数)?的?\s*\d+(?:\.\d+)?\s*[%％]"
)
_OF_WHICH = re.compile("占")
_SHARE = re.compile(r"占(?:比|[^，。；、\d]{0,12}的)\s*(?:为|约)?\s*\d+\.\d+\s*(?=[，。；、,;）)]|$)")
_WHY = "情况说明：“主要原因是”后面要有原因"


class Compared(NamedTuple):
    """What a sentence compares with last year: its name, its change, the cell of its reason.

    ``asked`` when A112 already asks for the reason of a growth.
    """

    name: str
    change: Change
    reason: Entered[str]
    asked: bool = False


def _compared(case: Case) -> Iterator[Compared]:
    """Every comparison whose reason has a cell of its own: 三公 items, 机关运行经费, 类."""
    figures, filing = case.figures.final_accounts, case.filing
    names = case.pack.ledger.sangong
    for line in filing.sangong:
        key = names.get(line.item.otherwise(""), "")
        if key in figures.changes:
            change = figures.changes[key]
            grown = line.last_year.is_given and (change.difference.value or ZERO) > 0
            yield Compared(line.item.otherwise(""), change, line.reason, asked=grown)
    costs = filing.final_accounts.running_costs
    if costs and "running_costs" in figures.changes:
        said = next((line.reason for line in costs if is_reason(line.reason)), costs[0].reason)
        yield Compared("机关运行经费", figures.changes["running_costs"], said)
    for category in figures.categories:
        if category.line is not None:
            yield Compared(f"{category.code} {category.name}", category.change, category.line.reason)


@rule("N301", severity=Severity.ERROR, basis=_WHY, needs=("spending", "sangong"))
def change_has_a_reason(case: Case) -> Iterator[Remark]:
    """与上年不同的，写明变动原因。

    错例：机关运行经费 79.1，上年 85.11，变动原因空着
    正例：变动原因写明人员减少、压减办公费
    怎么改：在“变动原因”一栏写明。
    """
    if not case.uses("last_year"):
        return
    for name, change, reason, asked in _compared(case):
        if change.difference.value and not asked and not is_reason(reason):
            now, before = (case.number(each.value or ZERO) for each in (change.now, change.before))
            text = f"{name}本年 {now}，上年 {before}，没有写变动原因"
            yield Remark(at(reason, Entered(place=change.now.sources[0])), text, "写明变动原因")
    yield from _totals_without_reason(case)


def _totals_without_reason(case: Case) -> Iterator[Remark]:
    """The totals share one reason: the projects that changed, or what 上年数 says."""
    accounts, changes = case.filing.final_accounts, case.figures.final_accounts.changes
    totals = {item: key for item, key in case.pack.ledger.last_year.items() if key not in SANGONG}
    said = [line for line in accounts.last_year if line.item.value in totals and is_reason(line.reason)]
    moved = [item for item, key in totals.items() if key in changes and changes[key].difference.value]
    if moved and not said and not accounts.project_changes:
        text = f"{'、'.join(moved)}与上年不同，“项目变动”没有填，“上年数”也没有写变动原因"
        yield Remark(case.sheet_place("last_year"), text, "填写“项目变动”，或写明变动原因")


@rule(
    "N302",
    severity=Severity.ERROR,
    basis="情况说明：“用于”“主要用于”后面要有用途",
    needs=("spending", "sangong", "sangong_uses"),
)
def spending_has_a_use(case: Case) -> Iterator[Remark]:
    """有支出的类和三公经费，写明用途。

    错例：208 类支出 4695.93，“用途”空着；公务用车运行维护费 5.56，“三公用途”里没有它
    正例：“用途”写明主要用于人员经费、公用经费和就业补助
    怎么改：在“分类预算”的“用途”或“三公用途”里写明。
    """
    accounts = case.filing.final_accounts
    for category in case.figures.final_accounts.categories:
        if category.line is not None and category.final.value and not is_reason(category.line.use):
            text = f"{category.code} {category.name}决算数 {case.number(category.final.value)}，没有写用途"
            yield Remark(at(category.line.use, category.line.code), text, "写明用途")
    used = {line.item.value for line in accounts.sangong_uses if is_written(line.use)}
    lacking = [
        printed
        for key, printed in printed_sangong(case).items()
        if sangong_final(case, key).value and printed not in used
    ]
    if lacking and case.uses("sangong_uses"):
        text = f"{'、'.join(lacking)}有支出，没有写用途"
        yield Remark(case.sheet_place("sangong_uses"), text, "补填用途")


@rule(
    "N303",
    severity=Severity.ERROR,
    basis="预算绩效情况说明：自评结果为中和差的项目写明改进管理措施",
    needs=("funding", "indicators"),
)
def weak_project_has_measures(case: Case) -> Iterator[Remark]:
    """评价等级为中、差的项目，写明改进管理措施。

    错例：“创业服务经费”总分 77.93，等级“中”，“改进管理措施”空着
    正例：“改进管理措施”写明年初按月排支付计划、三季度通报进度
    怎么改：在“项目”表这一列写明。
    """
    for project in case.figures.projects:
        measures = project.project.next_steps
        if project.grade in case.pack.options.weak_grades and not is_reason(measures):
            name = quoted(project.project.name.otherwise(""))
            text = f"{name}评价等级“{project.grade}”，没有写{measures.place.label or '改进管理措施'}"
            yield Remark(at(measures, project.project.name), text, "写明措施")


@rule("N304", severity=Severity.VERIFY, basis="各类的用途只写本类的科目")
def use_speaks_of_its_own_category(case: Case, *, category_words: str) -> Iterator[Remark]:
    """一个类的用途，不写属于别的类的开支。

    错例：208 类的用途写“人员工资、住房公积金”（住房公积金在 221 类）
    正例：住房公积金写在 221 类的用途里
    怎么改：把这几个字移到所属的类。
    """
    pairs = [pair.split("=") for pair in words(category_words)]
    booked = {category.code for category in case.figures.final_accounts.categories}
    for line in case.filing.final_accounts.categories:
        for word, code in pairs:
            if word in line.use.otherwise("") and code != line.code.value and code in booked:
                text = f"{line.code.otherwise('')} 类的用途写到“{word}”，它属于 {code} 类"
                yield Remark(line.use.place, text, f"移到 {code} 类")
                break


@rule("N305", severity=Severity.VERIFY, basis="法定名称不写错字")
def terms_are_the_legal_ones(case: Case, *, wrong_terms: str) -> Iterator[Remark]:
    """预算和科目的名称写法正确。

    错例：“国有资金经营预算”“文化体育与传媒支出”
    正例：“国有资本经营预算”“文化旅游体育与传媒支出”
    怎么改：改成正确的名称。
    """
    page = case.texts.page
    pairs = [pair.split("=") for pair in words(wrong_terms) if pair.partition("=")[0] in page]
    for cell in texts(case) if pairs else ():
        for wrong, right in pairs:
            if wrong in cell.otherwise(""):
                yield Remark(cell.place, f"写着“{wrong}”，应为“{right}”", right)
                break


@rule("N306", severity=Severity.ERROR, basis="公开文件不留填表提示")
def direction_is_chosen(case: Case) -> Iterator[Remark]:
    """不留“增加（减少）”这样没有选定的字样。

    错例：“比上年增加（减少）12 万元”
    正例：文字里不写增减，由程序按两年的数填写
    怎么改：删去，或只留一个方向。
    """
    for cell, found in matching(case, _EITHER):
        yield Remark(cell.place, f"写着“{found[0]}”，没有选定是增还是减", "只写一个方向")


@rule("N307", severity=Severity.ERROR, basis=_WHY)
def reason_follows_its_words(case: Case) -> Iterator[Remark]:
    """“主要原因是”后面写有原因。

    错例：“支出减少，主要原因是：。”
    正例：“支出减少，主要原因是项目年内完工。”
    怎么改：写上原因，或删去“主要原因是”。
    """
    for cell, _ in matching(case, _MAIN_REASON):
        found = _NO_REASON.search(cell.otherwise("").strip())
        if found:
            yield Remark(cell.place, f"“{found[0]}”后面没有原因", "写明原因")


@rule("N308", severity=Severity.VERIFY, basis="基数为 0 时没有增长率，预算为 0 时没有完成率")
def no_rate_over_nothing(case: Case) -> Iterator[Remark]:
    """上年数或预算数为 0 的，文字里不写增减百分之几、完成预算百分之几。

    错例：上年公务接待费 0，变动原因写“比上年增长100%”
    正例：“上年没有接待，本年承办一次现场会”
    怎么改：删去百分比，只写原因。
    """
    budgets = {line.reason.place: line.budget for line in case.filing.sangong}
    for name, change, reason, _ in _compared(case):
        found = _GROWTH.search(reason.otherwise(""))
        if found is None:
            continue
        over_budget = "预算" in found[0]
        base = budgets.get(reason.place, Entered()).value if over_budget else change.before.value
        if base == 0:
            word = "预算数" if over_budget else "上年数"
            yield Remark(reason.place, f"{name}{word}是 0，却写着“{found[0]}”", "不写百分比")


@rule("N309", severity=Severity.NOTE, basis="占比写百分号")
def share_has_its_sign(case: Case) -> Iterator[Remark]:
    """“占……的”后面的数写百分号。

    错例：“占支出合计的76.23。”
    正例：“占支出合计的76.23%。”
    怎么改：补上百分号；占比由程序填写，文字里可以不写。
    """
    for cell, _ in matching(case, _OF_WHICH):
        found = _SHARE.search(cell.otherwise(""))
        if found:
            yield Remark(cell.place, f"“{found[0].strip()}”没有写百分号", f"{found[0].strip()}%")


RULES = (
    change_has_a_reason,
    spending_has_a_use,
    weak_project_has_measures,
    use_speaks_of_its_own_category,
    terms_are_the_legal_ones,
    direction_is_chosen,
    reason_follows_its_words,
    no_rate_over_nothing,
    share_has_its_sign,
)
