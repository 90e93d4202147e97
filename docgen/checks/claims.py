"""N2: 足额, 全部, 未调整, 没有 … are written only while the figures allow it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from docgen.checks.case import Case, is_written, quoted, rate
from docgen.checks.report_sheets import named
from docgen.checks.rule import rule
from docgen.checks.targets import words
from docgen.figures.figure import Figure
from docgen.finding import Place, Remark, Severity

_SENTENCES = re.compile(r"[。；;！!\n]+")
_LONGEST = 40  # characters of a sentence that a message repeats
Doubt = Callable[[Case], str]


def _guarantees_full(case: Case) -> str:
    short = [each for each in case.figures.report.guarantees.values() if not each.is_full]
    return _rate_of(f"{short[0].kind}支出率", short[0].rate) if short else ""


def _rate_of(name: str, figure: Figure) -> str:
    return "" if figure.value is None else f"{name} {figure.how}={rate(figure.value)}"


def _nontax_full(case: Case) -> str:
    plan, final = named(case, "nontax_plan"), named(case, "nontax_final")
    if plan.value is None or final.value is None or final.value >= plan.value:
        return ""
    return f"非税收入计划 {case.number(plan.value)}，实际上缴 {case.number(final.value)}"


def _nontax_steady(case: Case) -> str:
    limit = case.norms.nontax_change_limit
    moved = (
        f"{quoted(charge.line.item.otherwise(''))}计划比上年上缴数变动 {rate(abs(change))}"
        for charge in case.figures.report.nontax
        if (change := charge.change_rate.value) is not None and abs(change) >= limit
    )
    return next(moved, "")


def _goals_met(case: Case) -> str:
    missed = [project.name for project in case.filing.projects if project.is_achieved.value is False]
    if missed:
        return f"有 {len(missed)} 个项目年末没有实现目标（如{quoted(missed[0].otherwise(''))}）"
    unmet = [
        row.indicator.level3 for goal in case.figures.report.goals for row in goal.rows if row.is_met is False
    ]
    return f"目标指标{quoted(unmet[0].otherwise(''))}没有达到" if unmet else ""


def _indicators_met(case: Case) -> str:
    missed = [row for row in case.overall_rows if row.result.is_met is False]
    return f"整体指标{missed[0].title}没有达到" if missed else _goals_met(case)


def _unadjusted(case: Case) -> str:
    initial, annual = named(case, "initial_budget"), named(case, "annual_budget")
    if initial.value is None or annual.value is None or initial.value == annual.value:
        return ""
    return f"年初预算数 {case.number(initial.value)}，全年预算数 {case.number(annual.value)}"


def _direct_spent(case: Case) -> str:
    monitoring = case.figures.report.monitoring
    share = monitoring.direct.rate if monitoring else Figure()
    return "" if share.value is None or share.value >= 1 else _rate_of("直达资金支出进度", share)


def _nothing_deducted(case: Case) -> str:
    lost = [row for row in case.overall_rows if row.lost]
    return f"整体自评有 {len(lost)} 个指标扣了分（如{lost[0].title}）" if lost else ""


def _on_schedule(case: Case) -> str:
    late = [quarter for quarter in case.figures.report.quarters if quarter.is_met is False]
    return _rate_of(f"{late[0].line.quarter.otherwise('')}累计支出进度", late[0].share) if late else ""


def _within_sangong(case: Case) -> str:
    budget, final = named(case, "sangong_budget"), named(case, "sangong_final")
    if budget.value is None or final.value is None or final.value <= budget.value:
        return ""
    return f"三公经费预算数 {case.number(budget.value)}，决算数 {case.number(final.value)}"


def _none_of(name: str, label: str) -> Doubt:
    """A claim that an amount is nothing."""

    def doubt(case: Case) -> str:
        value = named(case, name).value
        return f"{label} {case.number(value)}" if value else ""

    return doubt


DOUBTS: Mapping[str, Doubt] = {
    "guarantees_full": _guarantees_full,
    "nontax_full": _nontax_full,
    "nontax_steady": _nontax_steady,
    "goals_met": _goals_met,
    "indicators_met": _indicators_met,
    "unadjusted": _unadjusted,
    "direct_spent": _direct_spent,
    "nothing_deducted": _nothing_deducted,
    "on_schedule": _on_schedule,
    "within_sangong": _within_sangong,
    "no_procurement": _none_of("procurement_final", "政府采购实际采购金额"),
    "no_surplus": _none_of("surplus", "结转结余"),
    "no_travel": _none_of("overseas_travel_final", "因公出国（境）费决算数"),
    "no_vehicle": _none_of("vehicle_purchase_final", "公务用车购置费决算数"),
    "no_reception": _none_of("official_reception_final", "公务接待费决算数"),
}


@rule("N205", severity=Severity.VERIFY, basis="“足额”“全部”“没有”等字样与数字相符")
def claims_agree_with_figures(
    case: Case, *, claims: str, unless_words: str, plan_sections: str
) -> Iterator[Remark]:
    """部门报告的文字里写“足额”“全部完成”“未调整”“没有”的，数字确实如此。

    错例：文字写“足额保障‘三保’支出”，保工资安排 12300、支出 5387.31
    正例：文字写“按进度保障‘三保’支出”，或不写这一句，由程序按数字写
    怎么改：改正文字，或改正填错的数；属实的写核实说明。
    """
    wanted = [(pair.partition("=")[0].split("+"), pair.partition("=")[2]) for pair in words(claims)]
    exempt = words(unless_words)
    doubts = {name: DOUBTS[name](case) for _, name in wanted if name in DOUBTS}
    told = list(_told(case, words(plan_sections)))
    page = "\n".join(text for _, _, text in told)
    doubted = [(said, why) for said, name in wanted if (why := doubts.get(name)) and _says(page, said)]
    for place, whose, text in told if doubted else ():
        for sentence in _SENTENCES.split(text):
            if any(word in sentence for word in exempt):
                continue
            why = next((why for said, why in doubted if _says(sentence, said)), "")
            if why:
                said = sentence.strip()[:_LONGEST].replace("“", "‘").replace("”", "’")
                yield Remark(place, f"{whose}写“{said}”，而{why}", "文字与数字一致")
                break


def _says(text: str, said: Iterable[str]) -> bool:
    return all(word in text for word in said)


def _told(case: Case, plan_sections: tuple[str, ...]) -> Iterator[tuple[Place, str, str]]:
    """What is told of the department: place, whose words, text; its plans and aims are no claims."""
    layout, written = case.pack.layout, set()
    for row in case.filing.narratives:
        if row.scope.value == layout.department_scope and is_written(row.text):
            written.add(row.section.otherwise(""))
            if not row.section.otherwise("").endswith(plan_sections):
                yield row.text.place, "文字里", row.text.otherwise("")
    for section in layout.sections_of("department").values():
        if section.text and section.title not in written and not section.title.endswith(plan_sections):
            yield case.sheet_place("narratives"), f"“{section.title}”没有写，模板包的文字", section.text
    for overall in case.figures.overall.rows:
        yield overall.comment.place, f"{quoted(overall.level3)}评分理由", overall.comment.otherwise("")
    for cells in (
        (line.note for line in case.filing.accounts),
        (line.content for line in case.filing.procurement),
        (line.note for line in case.filing.report.asset_stock),
    ):
        yield from ((cell.place, "说明里", cell.otherwise("")) for cell in cells)


RULES = (claims_agree_with_figures,)
