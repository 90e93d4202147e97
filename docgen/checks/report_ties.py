"""A8: the sheets of the department report bear one another out: 收支, 支出功能分类, 支出进度, 三保支出."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.checks.amounts import unit_hint
from docgen.checks.case import Case, equation, is_reason, quoted, residue, sources_of
from docgen.checks.report_sheets import column_total, named, place_of
from docgen.checks.rule import rule
from docgen.checks.targets import words
from docgen.figures.accounts import STAGES
from docgen.figures.figure import Figure
from docgen.finding import Related, Remark, Severity
from docgen.model.department_report import GuaranteeLine
from docgen.quantity import ZERO, Yuan

_CAUSE = "原因只在有偏差时填写"


def _sum(case: Case, figure: Figure) -> str:
    return equation(figure.how, case.number(figure.value or ZERO))


@rule(
    "A820",
    severity=Severity.ERROR,
    basis="预算收支平衡，决算支出不超过收入和动用的结转结余",
    needs=("accounts", "functions"),
)
def functions_equal_sources(
    case: Case, *, balanced_stages: str, carry_words: str, rounding_tolerance: Yuan
) -> Iterator[Remark]:
    """“收支”只填资金来源的，预算栏各功能分类之和等于资金来源合计，决算栏不超过它。

    错例：年初预算数：资金来源合计 2544.94，功能分类合计 2544.89
    正例：两个合计都是 2544.94
    怎么改：补上漏填的来源或类，或改正填错的数；决算动用上年结转结余的，在“收支”的说明里写明。
    """
    sheet = case.pack.layout.used_sheets.get("accounts")
    if sheet is None or not case.pack.ledger.structure.keys().isdisjoint(sheet.columns["item"].choices):
        return  # A101 and A801 compare both with the structure
    notes = "".join(line.note.otherwise("") for line in case.filing.accounts)
    carried = any(word in notes for word in words(carry_words))
    for stage in STAGES:
        functions, sources = column_total(case, "functions", stage), named(case, stage)
        if functions.value is None or sources.value is None:
            continue
        gap, must_balance = functions.value - sources.value, stage in words(balanced_stages)
        if not gap or (not must_balance and (gap < 0 or carried)):
            continue
        text = (
            f"{case.label('functions', stage)}：功能分类合计 {_sum(case, functions)}，资金来源合计"
            f" {_sum(case, sources)}，相差 {case.amount(abs(gap))}{unit_hint(functions.value, sources.value)}"
        )
        expected = "两个合计相等" if must_balance else "支出不大于收入，或写明动用的结转结余"
        tier = residue(gap, rounding_tolerance, len(functions.sources))
        tier = tier if must_balance else tier or Severity.VERIFY
        place = place_of(case, functions, "functions")
        yield Remark(place, text, expected, sources_of(sources, "计入资金来源"), tier)


@rule("A821", severity=Severity.NOTE, basis=_CAUSE, needs=("accounts", "quarters"))
def reason_belongs_to_a_late_quarter(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """达到序时进度的季度，不写未达进度原因。

    错例：第一季度累计支出 26%，序时进度 25%，“未达进度原因”写“部分项目尚未开工”
    正例：“未达进度原因”空着
    怎么改：核对季度支出；确实达到进度的，删去原因。
    """
    summed, spending = column_total(case, "quarters", "spending"), named(case, "structure_final")
    if summed.value is not None and spending.value is not None:
        gap = summed.value - spending.value
        if residue(gap, rounding_tolerance, len(summed.sources)) is None:
            return  # A805 speaks of it
    for quarter in case.figures.report.quarters:
        line = quarter.line
        if quarter.is_met and is_reason(line.reason):
            text = f"{line.quarter.otherwise('')}达到了序时进度（{quarter.share.how}），却写了未达进度原因"
            related = (Related(line.spending.place, "当季支出"),)
            yield Remark(line.reason.place, text, "空着，或改正当季支出", related)


@rule("A822", severity=Severity.NOTE, basis=_CAUSE)
def reason_belongs_to_an_unspent_guarantee(case: Case) -> Iterator[Remark]:
    """“三保”全部支出了的项，不写未支出原因。

    错例：保运转安排资金 20.1，实际支出 20.1，“未支出原因”写“压减办公费”
    正例：“未支出原因”空着
    怎么改：核对两个数；确实全部支出的，删去原因。
    """
    for line in case.filing.report.guarantees:
        arranged, spent = line.arranged.value, line.spent.value
        if arranged is not None and arranged == spent and is_reason(line.reason):
            text = f"{line.kind.otherwise('')}{quoted(line.name.otherwise(''))}全部支出了，却写了未支出原因"
            related = (Related(line.spent.place, "实际支出"),)
            yield Remark(line.reason.place, text, "空着，或改正实际支出", related)


@rule("A823", severity=Severity.VERIFY, basis="同一笔钱各处一致", needs=("funding", "projects.name"))
def guaranteed_project_has_its_amounts(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """“三保支出”里写的是“项目”里的项目的，安排资金、实际支出与项目资金一致。

    错例：保基本民生“就业补助资金”实际支出 121，这个项目的全年执行数 122
    正例：两处都是 122
    怎么改：改正填错的一处；只有一部分算“三保”的，写核实说明。
    """
    projects = {each.project.name.value: each.total for each in case.figures.projects}
    for line in case.filing.report.guarantees:
        total = projects.get(line.name.value)
        if total is not None:
            pairs = (("arranged", total.annual_budget), ("spent", total.annual_spending))
            for column, figure in pairs:
                yield from _unlike(case, line, column, figure, rounding_tolerance)


def _unlike(
    case: Case, line: GuaranteeLine, column: str, figure: Figure, tolerance: Yuan
) -> Iterator[Remark]:
    cell = line.arranged if column == "arranged" else line.spent
    if cell.value is None or figure.value is None or cell.value == figure.value:
        return
    funds = case.label("funding", "annual_budget" if column == "arranged" else "annual_spending")
    text = (
        f"{line.kind.otherwise('')}{quoted(line.name.otherwise(''))}{case.label('guarantees', column)}"
        f" {case.number(cell.value)}，这个项目的{funds}是 {case.number(figure.value)}"
    )
    tier = residue(cell.value - figure.value, tolerance)
    yield Remark(cell.place, text, case.number(figure.value), sources_of(figure, funds), tier)


RULES = (
    functions_equal_sources,
    reason_belongs_to_a_late_quarter,
    reason_belongs_to_an_unspent_guarantee,
    guaranteed_project_has_its_amounts,
)
