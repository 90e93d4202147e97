"""绩效监控 and 评价 in the report of a department: ``进度``, ``监控``, ``上年自评``, ``重点评价``."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.checks import Case
from docgen.figures.arithmetic import entered
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.report_results import Group, KeyEvaluation, MonitoringResult, QuarterResult
from docgen.figures.results import ProjectResult
from docgen.model import Project
from docgen.present.formats import Notation, count, numbering
from docgen.present.shown import View
from docgen.present.texts import clause, quoted, said

NO_PROJECT = Group(UNKNOWN, (), UNKNOWN, UNKNOWN, UNKNOWN)
UNWATCHED = MonitoringResult(*(NO_PROJECT,) * 7)


def progress_view(case: Case, notation: Notation) -> View:
    """Spending at the end of each quarter against its schedule."""
    quarters = case.figures.report.quarters
    missed = [said(row.line.quarter) for row in quarters if row.is_met is False]
    return {
        "季度": [_quarter(row, notation) for row in quarters],
        "未达": missed,
        "未达连写": run_together(missed),
        "全部达到": bool(quarters) and all(row.is_met for row in quarters),
        "达到数": notation.tally(case.figures.accounts.named.get("quarters_met", UNKNOWN)),
    }


def run_together(names: Sequence[str]) -> str:
    """Names as one: ``第一季度``, ``第二季度`` → ``第一、第二季度``."""
    shortest = min(map(len, names), default=0)
    common = next((n for n in range(shortest - 1, 0, -1) if len({name[-n:] for name in names}) == 1), 0)
    if len(names) == 1 or not common:
        return "、".join(names)
    return "、".join(name[:-common] for name in names) + names[0][-common:]


def _quarter(row: QuarterResult, notation: Notation) -> View:
    return {
        "名称": said(row.line.quarter),
        "累计": notation.department_money(row.cumulative),
        "进度": notation.ratio(row.share),
        "序时": notation.rate(row.scheduled),
        "达到": row.is_met is True,
        "原因": clause(said(row.line.reason)),
    }


def monitoring_view(case: Case, notation: Notation) -> View:
    """How far the projects were in June and in December, those that lagged, those of 直达资金."""
    watched = case.figures.report.monitoring or UNWATCHED
    progress = case.figures.accounts.named.get("project_progress", UNKNOWN)
    return {
        "项目数": count(len(case.figures.projects)),
        "总进度": notation.ratio(progress),
        "六月": {
            "达到": notation.tally(watched.reached.count),
            "中间": notation.tally(watched.between.count),
            "偏低": notation.tally(watched.low.count),
            "未开展": notation.tally(watched.not_started.count),
        },
        "年末": _year_end(watched, notation),
        "偏差项目": _lagging(case, notation),
        "直达": _direct(watched.direct, notation),
    }


def _year_end(watched: MonitoringResult, notation: Notation) -> View:
    missed = watched.missed
    return {
        "实现": notation.tally(watched.achieved.count),
        "实现资金": notation.money(watched.achieved.budget),
        "未实现": notation.tally(missed.count),
        "未实现资金": notation.money(missed.budget),
        "未实现项目": _names(missed),
        "未实现各项": [
            {**numbering(number), **_reasoned(project)} for number, project in enumerate(missed.projects, 1)
        ],
        "全部实现": bool(watched.achieved.projects) and not missed.projects,
    }


def _names(group: Group) -> list[str]:
    return [quoted(said(project.name)) for project in group.projects]


def _lags(case: Case, result: ProjectResult) -> bool:
    rate = result.total.execution_rate.value
    return rate is not None and rate < case.norms.low_execution_floor


def _lagging(case: Case, notation: Notation) -> list[View]:
    """The projects whose execution rate is so low that it has to be explained."""
    lagging = (result for result in case.figures.projects if _lags(case, result))
    return [
        {
            **numbering(number),
            **_reasoned(result.project),
            "执行率": notation.rate(result.total.execution_rate),
        }
        for number, result in enumerate(lagging, 1)
    ]


def _reasoned(project: Project) -> View:
    return {"名称": quoted(said(project.name)), "原因": clause(said(project.deviation_reason))}


def _direct(group: Group, notation: Notation) -> View:
    spent = group.spending.value is not None and group.spending.value == group.budget.value
    return {
        "有": bool(group.projects),
        "数": notation.tally(group.count),
        "预算": notation.money(group.budget),
        "支出": notation.money(group.spending),
        "进度": notation.ratio(group.rate),
        "项目": _names(group),
        "全部支出": bool(group.projects) and spent,
    }


def past_view(case: Case, notation: Notation) -> View:
    """Last year's self-evaluations counted by band of their score."""
    report = case.figures.report
    bands = [band.name for band in case.norms.score_bands]
    figures = {name: report.past_bands.get(name, UNKNOWN) for name in bands}
    return {
        "有": bool(report.past_count.value),
        "项目数": notation.tally(report.past_count),
        "分段": [{"名称": name, "数": notation.tally(figure)} for name, figure in figures.items()],
        "段": {name: notation.tally(figure) for name, figure in figures.items()},
    }


def key_evaluations(case: Case, notation: Notation) -> list[View]:
    """The projects of 重点评价 with their money by fund."""
    return [_evaluation(case, each, notation) for each in case.figures.report.key_evaluations]


def _evaluation(case: Case, result: KeyEvaluation, notation: Notation) -> View:
    def paid(cell: Figure) -> str:
        return notation.money(cell)

    return {
        "名称": quoted(result.name),
        "预算": paid(result.budget),
        "到位": paid(result.arrived),
        "支出": paid(result.spending),
        "到位率": notation.ratio(result.arrival_rate),
        "执行率": notation.ratio(result.execution_rate),
        "来源": [
            {
                "名称": said(row.fund),
                "预算": paid(entered(row.budget, case.number)),
                "支出": paid(entered(row.spending, case.number)),
            }
            for row in result.rows
        ],
    }
