"""The funds of a project: as the forms of one county print them by name, and row by row for others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from docgen.checks import Case
from docgen.figures.arithmetic import entered
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.results import FundingResult, ProjectResult
from docgen.present.formats import Notation
from docgen.present.shown import Shown, View
from docgen.present.texts import clause, said
from docgen.quantity import ZERO

_CARRIED_IN = "carried_in"
_AMOUNTS = {
    "目标申报数": "declared",
    "预算编制数": "prepared",
    "年初预算数": "initial_budget",
    "全年预算数": "annual_budget",
    "全年执行数": "annual_spending",
    "结转结余": "balance",
}
Write = Callable[[Figure], Shown]


def fund_sources(case: Case) -> tuple[str, ...]:
    """The sources the county's form knows, without the row that adds them up."""
    sheet = case.pack.layout.sheets.get("funding")
    source = sheet.columns.get("source") if sheet else None
    return tuple(name for name in source.choices if name != source.total) if source else ()


def has_carried_in(case: Case, result: ProjectResult) -> bool:
    """Whether a project had money of the year before."""
    kinds = case.pack.ledger.funding
    return any(has_money(row) for name, row in result.sources.items() if kinds.get(name) == _CARRIED_IN)


def has_money(funding: FundingResult) -> bool:
    """Whether any amount of a source is other than 0."""
    return any((funding.initial_budget.value, funding.annual_budget.value, funding.annual_spending.value))


def funding_row(funding: FundingResult | None, notation: Notation) -> View:
    """One line of 项目资金; blank amounts for a source the project does not have."""
    row: View = dict.fromkeys(("年初预算数", "全年预算数", "全年执行数", "执行率", "完成年初预算"), "")
    if funding is not None:
        row = {
            "年初预算数": notation.money(funding.initial_budget),
            "全年预算数": notation.money(funding.annual_budget),
            "全年执行数": notation.money(funding.annual_spending),
            "执行率": notation.rate_over(funding.execution_rate, funding.annual_budget),
            "完成年初预算": notation.rate(funding.initial_completion),
        }
    return {**row, "分值": notation.not_applicable, "得分": notation.not_applicable}


def fund_table(result: ProjectResult, notation: Notation) -> View:
    """``资金行`` and ``资金合计`` in the form's unit and in 元, and the rate against the initial budget."""
    lines = _lines(result, notation)
    in_yuan = [line.view(notation.listed_yuan) for line in lines]
    in_form_unit = [line.view(notation.money) for line in lines]
    return {
        "资金行": in_form_unit[1:],
        "资金合计": in_form_unit[0],
        "资金行元": in_yuan[1:],
        "资金合计元": in_yuan[0],
        "年初执行率": notation.rate(result.total.initial_completion),
        "预算有调整": is_adjusted(result.total),
        "执行率数": notation.bare_rate(result.total.execution_rate),
        "到位数": notation.money(result.total.annual_budget),
    }


def is_adjusted(funding: FundingResult) -> bool:
    """Whether the budget of the year is another than the one it began with."""
    initial, annual = funding.initial_budget.value, funding.annual_budget.value
    return None not in {initial, annual} and initial != annual


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of 项目资金 before its amounts are written in one unit or the other."""

    source: str
    funding: FundingResult
    reason: str
    rate: Shown
    score: Shown
    initial_rate: Shown

    def view(self, write: Write) -> View:
        balance = self.funding.balance.value
        return {
            "来源": self.source,
            **{label: write(getattr(self.funding, name)) for label, name in _AMOUNTS.items()},
            "年初执行率": self.initial_rate,
            "有结转结余": balance is not None and balance != ZERO,
            "偏差原因": self.reason,
            "执行率": self.rate,
            "得分": self.score,
        }


def _lines(result: ProjectResult, notation: Notation) -> list[_Line]:
    """The total first. A single source repeats the score of the total; several have none of their own."""
    total, reason = result.total, clause(said(result.project.deviation_reason))
    score = notation.padded_score(result.execution_score if len(result.sources) == 1 else UNKNOWN)
    initial = notation.rate(total.initial_completion)
    rate, total_score = notation.bare_rate(total.execution_rate), notation.score(result.execution_score)
    return [
        _Line("", total, "", rate, total_score, initial),
        *(
            _Line(
                source,
                funding,
                reason,
                notation.bare_rate(funding.execution_rate, padded=True),
                score,
                notation.rate(funding.initial_completion),
            )
            for source, funding in result.sources.items()
        ),
    ]


def cost_list(case: Case, name: str, notation: Notation) -> View:
    """``费用明细``: the items that add up to what a project needs, in 元."""
    items = [item for item in case.filing.final_accounts.cost_items if said(item.project) == name]
    return {
        "费用明细": [
            {
                "序号": str(number),
                "名称": clause(said(item.name)),
                "金额": notation.listed_yuan(entered(item.amount, case.number)),
            }
            for number, item in enumerate(items, 1)
        ],
        "费用合计": notation.listed_yuan(case.figures.final_accounts.cost_needs.get(name, UNKNOWN)),
    }
