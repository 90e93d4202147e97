"""其他重要事项 and 名词解释 of the 部门决算公开: parts of ``情况`` in templates."""

from __future__ import annotations

from docgen.checks import Case
from docgen.figures.arithmetic import entered
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.final_results import Evaluated
from docgen.model import Project
from docgen.packs import Definition
from docgen.present.account_style import AccountStyle
from docgen.present.account_tables import named_figure
from docgen.present.change_words import change_view
from docgen.present.department_words import bodies
from docgen.present.formats import chinese
from docgen.present.funding_words import is_adjusted
from docgen.present.shown import View
from docgen.present.texts import clause, quoted, said

_FUNDS = {"一般": "general", "基金": "government_fund", "国资": "state_capital", "社保": "social_insurance"}


def other_matters(case: Case, projects: list[View], style: AccountStyle) -> View:
    """The sections after 三公."""
    return {
        "机关运行": _running_costs(case, style),
        "采购": _procurement(case, style),
        "资产": _assets(case, style),
        "绩效": {**_self_evaluations(case, projects, style), "部门评价": _evaluations(case, style)},
        "机构": {"下属": bodies(case, "subordinate"), "股室": bodies(case, "division")},
        "名词": _definitions(case),
    }


def _running_costs(case: Case, style: AccountStyle) -> View:
    rows = case.filing.final_accounts.running_costs
    return {
        "金额": style.amount(named_figure(case, "running_costs")),
        "变动": change_view(case.figures.final_accounts.changes.get("running_costs"), style),
        "原因": clause("\n".join(said(row.reason) for row in rows)),
        "有数据": bool(named_figure(case, "running_costs").value),
    }


def _procurement(case: Case, style: AccountStyle) -> View:
    amounts = {
        "总额": "procurement",
        "货物": "goods",
        "工程": "works",
        "服务": "services",
        "中小": "small_business",
        "小微": "micro_business",
    }
    shares = {"中小占比": "small_business_share", "小微占比": "micro_business_share"}
    return {
        **{label: style.amount(named_figure(case, name)) for label, name in amounts.items()},
        **{label: style.percent(named_figure(case, name)) for label, name in shares.items()},
        "有占比": named_figure(case, "small_business_share").is_known,
    }


def _assets(case: Case, style: AccountStyle) -> View:
    counts, ledger = case.figures.final_accounts.counts, case.pack.ledger
    vehicles = {
        printed: counts.get(key, UNKNOWN) for printed, key in ledger.assets.items() if key in ledger.vehicles
    }
    return {
        "车辆": style.count(named_figure(case, "vehicles")),
        "车型": [
            {"名称": printed, "数量": style.count(figure), "用途": _vehicle_uses(case, printed, style)}
            for printed, figure in vehicles.items()
            if figure.value
        ],
        "用车": _vehicle_uses(case, "", style),
        "设备": style.count(counts.get("equipment", UNKNOWN)),
    }


def _vehicle_uses(case: Case, printed: str, style: AccountStyle) -> list[View]:
    """What the vehicles of one kind are used for; of every kind when none is named."""
    rows = case.filing.final_accounts.asset_uses
    return [
        {"用途": clause(said(row.use)), "数量": style.count(entered(row.count))}
        for row in rows
        if printed in {"", said(row.item)}
    ]


def _self_evaluations(case: Case, projects: list[View], style: AccountStyle) -> View:
    named = {label: named_figure(case, f"evaluated_{key}") for label, key in _FUNDS.items()}
    grades = case.figures.final_accounts.grade_counts
    return {
        "项目数": style.count(named_figure(case, "evaluated_projects")),
        "资金": style.amount(named_figure(case, "evaluated_spending")),
        **{label: style.amount(figure) for label, figure in named.items()},
        "等级": [{"等级": grade, "数量": style.count(figure)} for grade, figure in grades.items()],
        "弱等级": "和".join(f"“{grade}”" for grade in case.pack.options.weak_grades),
        "中差": _weak(case, projects),
    }


def _weak(case: Case, projects: list[View]) -> list[View]:
    """The projects whose grade asks for measures, with them."""
    results = zip(case.figures.projects, projects, strict=True)
    return [
        {"项目": quoted(str(view["名称"])), "等级": result.grade, "措施": _measures(result.project)}
        for result, view in results
        if result.grade in case.pack.options.weak_grades
    ]


def _measures(project: Project) -> str:
    """What the clerk says will be done better: the short form on the sheet 项目."""
    return clause(said(project.next_steps))


def _evaluations(case: Case, style: AccountStyle) -> View:
    items = case.figures.final_accounts.evaluations
    named = {label: named_figure(case, f"department_evaluated_{key}") for label, key in _FUNDS.items()}
    return {
        "有": bool(items),
        "数量": style.count(named_figure(case, "department_evaluated")),
        "资金": style.amount(named_figure(case, "department_evaluated_budget")),
        **{label: style.amount(figure) for label, figure in named.items()},
        "项目": [_evaluated(case, item, style) for item in items],
        "项目名称表": "".join(f"“{quoted(said(item.line.name))}”" for item in items),
    }


def _evaluated(case: Case, item: Evaluated, style: AccountStyle) -> View:
    """The execution rate; and where the budget was adjusted, what was spent of the one it began with."""
    initial = _initial_completion(case, said(item.line.name))
    return {
        "名称": quoted(said(item.line.name)),
        "率": style.percent(item.rate),
        "有率": item.rate.is_known,
        "年初率": style.percent(initial),
        "有年初率": initial.is_known,
    }


def _initial_completion(case: Case, name: str) -> Figure:
    named = (result for result in case.figures.projects if said(result.project.name) == name)
    adjusted = (result.total for result in named if is_adjusted(result.total))
    return next((funding.initial_completion for funding in adjusted), UNKNOWN)


def _definitions(case: Case) -> list[View]:
    """The terms that occur, numbered as they come."""
    used = [(term, entry) for term, entry in case.pack.definitions.items() if _occurs(case, entry)]
    return [
        {"序号中文": chinese(number), "名称": term, "解释": entry.text}
        for number, (term, entry) in enumerate(used, 1)
    ]


def _occurs(case: Case, entry: Definition) -> bool:
    return not entry.when or any(named_figure(case, name).value for name in entry.when)
