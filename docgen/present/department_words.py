"""The words of the department: ``部门`` in templates."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.checks import Case
from docgen.figures.figure import UNKNOWN
from docgen.figures.results import OverallRow
from docgen.model import Entered, Undertaking, UndertakingKind, Unit
from docgen.present.deductions import is_full, overall_lost
from docgen.present.formats import Notation, count
from docgen.present.profile_words import profile_view
from docgen.present.shown import Shown, View
from docgen.present.texts import closed_paragraphs, said

_BUDGET = {
    "总额": "initial_budget",
    "财政性资金": "fiscal_initial_budget",
    "其他资金": "other_initial_budget",
    "基本支出": "basic_initial_budget",
    "项目支出": "project_initial_budget",
}
_AMOUNTS = {
    "年初预算": "initial_budget",
    "调整预算": "annual_budget",
    "支出总额": "final",
    "结余": "surplus",
}
_RATES = {
    "预算执行率": "budget_execution_rate",
    "预算调整率": "budget_adjustment_rate",
    "结转结余率": "surplus_rate",
    "三公控制率": "sangong_control_rate",
    "采购执行率": "procurement_execution_rate",
}
_SANGONG = {
    "因公出国费": ("overseas_travel", "有出国"),
    "公务用车购置费": ("vehicle_purchase", "有购置"),
    "公务用车运行维护费": ("vehicle_upkeep", "有运行维护"),
    "公务接待费": ("official_reception", "有接待"),
}


def department_names(case: Case) -> View:
    """What every page knows of the department."""
    department = case.filing.department
    name, code = said(department.name), said(department.extras.get("code", Entered()))
    return {
        "名称": name,
        "简称": said(department.short_name) or name,
        "代码": code,
        "代码名称": _coded(code, name),
    }


def budget_unit(case: Case) -> View:
    """The unit whose budget the forms are about: the department's own office unless named otherwise."""
    department = case.filing.department
    code, unit = (said(department.extras.get(key, Entered())) for key in ("unit_code", "unit_name"))
    name = unit or said(department.name)
    return {"代码": code, "名称": name, "代码名称": _coded(code, name)}


def _coded(code: str, name: str) -> str:
    """A name behind its code in the budget: ``054-某某县某某局``."""
    return "-".join(part for part in (code, name) if part)


def department_view(case: Case, projects: list[View], units: list[View], notation: Notation) -> View:
    """Everything a template may print of the department as a whole."""
    return {
        **department_names(case),
        **{kind: _bodies(case, kind) for kind in case.pack.ledger.units},
        **_undertakings(case),
        **profile_view(case, notation),
        "项目": projects,
        "项目数": count(len(projects)),
        "单位": units,
        "单位数": count(len(units)),
        **_money(case, notation),
        "三公": _sangong(case, notation),
        "采购": _procurement(case, notation),
        "全部任务完成": _all_done(case, UndertakingKind.TASK),
        "全部目标完成": _all_done(case, UndertakingKind.GOAL),
    }


def bodies(case: Case, role: str) -> View:
    """The units of one role (``subordinate``, ``division``), whatever the county calls them."""
    printed = next((name for name, key in case.pack.ledger.units.items() if key == role), "")
    return _bodies(case, printed)


def _bodies(case: Case, kind: str) -> View:
    units = [unit for unit in case.filing.units if said(unit.kind) == kind]
    names = [said(unit.name) for unit in units]
    return {
        "有": bool(names),
        "数量": count(len(names)),
        "名称表": "、".join(names),
        "各项": names,
        "带级别": "、".join(map(_ranked, units)),
    }


def _ranked(unit: Unit) -> str:
    """A unit's name with its rank behind: ``某某中心（副科级）``."""
    rank = said(unit.extras.get("rank", Entered()))
    return f"{said(unit.name)}（{rank}）" if rank else said(unit.name)


def _undertakings(case: Case) -> View:
    goals = [_goal(row, number) for number, row in enumerate(_of(case, UndertakingKind.GOAL), 1)]
    tasks = [_task(row, number) for number, row in enumerate(_of(case, UndertakingKind.TASK), 1)]
    return {
        "目标": goals,
        "目标文本": "\n".join(str(goal["标签"]) for goal in goals),
        "目标连写": "".join(str(goal["内容"]).replace("\n", "") for goal in goals),
        "任务": tasks,
    }


def _of(case: Case, kind: UndertakingKind) -> Iterable[Undertaking]:
    return (row for row in case.filing.undertakings if row.kind.value is kind)


def _goal(row: Undertaking, number: int) -> View:
    content = "\n".join(closed_paragraphs(said(row.content) or said(row.name)))
    return {"序号": str(number), "标签": f"目标{number}：{content}", "内容": content}


def _task(row: Undertaking, number: int) -> View:
    name, content = said(row.name), "\n".join(closed_paragraphs(said(row.content)))
    return {"序号": str(number), "标签": f"任务{number}：{name}", "名称": name, "内容": content}


def _money(case: Case, notation: Notation) -> View:
    named = case.figures.accounts.named
    amount = notation.department_money
    return {
        "预算": {label: amount(named.get(name, UNKNOWN)) for label, name in _BUDGET.items()},
        **{label: amount(named.get(name, UNKNOWN)) for label, name in _AMOUNTS.items()},
        **{label: notation.rate(named.get(name, UNKNOWN)) for label, name in _RATES.items()},
    }


def _sangong(case: Case, notation: Notation) -> View:
    view: View = {**_stages(case, "sangong", notation)}
    for label, (name, claim) in _SANGONG.items():
        view[label] = stages = _stages(case, name, notation)
        view[claim] = any(shown.figure.value for shown in stages.values())
    return view


def _stages(case: Case, name: str, notation: Notation) -> dict[str, Shown]:
    named, amount = case.figures.accounts.named, notation.department_money
    return {
        "预算": amount(named.get(f"{name}_budget", UNKNOWN)),
        "决算": amount(named.get(f"{name}_final", UNKNOWN)),
    }


def _procurement(case: Case, notation: Notation) -> View:
    stages = _stages(case, "procurement", notation)
    contents = dict.fromkeys(said(line.content).rstrip("。；、") for line in case.filing.procurement)
    return {
        "预算": stages["预算"],
        "实际": stages["决算"],
        "内容": "、".join(content for content in contents if content),
    }


def _all_done(case: Case, kind: UndertakingKind) -> bool:
    rows = [row for row in case.figures.overall.rows if _is_of(row, kind)]
    return bool(rows) and all(is_full(overall_lost(row)) for row in rows)


def _is_of(row: OverallRow, kind: UndertakingKind) -> bool:
    return isinstance(row.origin, Undertaking) and row.origin.kind.value is kind
