"""A8: what the report of the department cannot be written without."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.checks.case import Case, at
from docgen.checks.report_sheets import named
from docgen.checks.rule import rule
from docgen.checks.targets import words
from docgen.finding import Place, Remark, Severity

_SIDES = {"sources": "资金来源", "structure": "资金结构"}


@rule("A807", severity=Severity.ERROR, basis="报告列示各栏的收入和支出", needs=("accounts",))
def printed_stages_are_filled(case: Case, *, source_stages: str, structure_stages: str) -> Iterator[Remark]:
    """报告要印的每一栏，资金来源、资金结构至少有一个数。

    错例：“年初预算数”一栏，资金来源各行都空着
    正例：一般公共预算财政拨款收入年初预算数 777.97；没有的填 0
    怎么改：补填这一栏。
    """
    report = case.figures.report
    sides = (("sources", report.sources, source_stages), ("structure", report.structure, structure_stages))
    for side, told, stages in sides:
        for stage in words(stages):
            if stage not in told:
                label = case.label("accounts", stage)
                text = f"“{label}”一栏，{_SIDES[side]}一个数也没有填"
                yield Remark(_first_cell(case, side, stage), text, "补填，没有的填 0")


def _first_cell(case: Case, side: str, stage: str) -> Place:
    """Where the first amount of one side of a column belongs; the sheet while it has no such row."""
    items = case.pack.ledger.sources if side == "sources" else case.pack.ledger.structure
    cells = [getattr(line, stage) for line in case.filing.accounts if line.item.value in items]
    place = at(cells[0]) if cells else Place("")
    return place if place.sheet else case.sheet_place("accounts")


@rule("A808", severity=Severity.ERROR, basis="有项目支出的，逐个项目说明", needs=("accounts", "projects"))
def project_spending_has_projects(case: Case, *, project_item: str) -> Iterator[Remark]:
    """有项目支出的，“项目”里有项目。

    错例：“收支”的项目支出决算数 1004.73，“项目”里一个也没有
    正例：项目逐个填写；没有项目支出的，项目支出填 0 或不填
    怎么改：补填“项目”和“项目资金”，或改正“收支”的项目支出。
    """
    spent = (named(case, f"{project_item}_{stage}") for stage in ("final", "annual_budget"))
    figure = next((figure for figure in spent if figure.value), None)
    if figure is not None and figure.value is not None and not case.filing.projects:
        place = case.sheet_place("projects")
        text = f"“收支”里项目支出 {case.amount(figure.value)}，“{place.sheet}”里一个项目也没有"
        yield Remark(place, text, "填写项目")


RULES = (printed_stages_are_filled, project_spending_has_projects)
