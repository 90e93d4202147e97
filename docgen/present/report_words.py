"""The views behind the report of a whole department, for the sheets that the county's workbook has."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from docgen.checks import Case
from docgen.present.asset_words import asset_view
from docgen.present.formats import Notation
from docgen.present.goal_words import goals_view
from docgen.present.guarantee_words import guarantee_view, nontax_view
from docgen.present.income_words import income_view
from docgen.present.listed_words import duty_views, evaluators_view, listed_view, problem_views
from docgen.present.monitoring_words import key_evaluations, monitoring_view, past_view, progress_view
from docgen.present.purchase_words import procurement_view, sangong_stages
from docgen.present.shown import View

Build = Callable[[Case, Notation], object]

# name on the page → the sheets it is made from (any of them), and how
_VIEWS: Mapping[str, tuple[tuple[str, ...], Build]] = {
    "收支": (("accounts", "functions"), income_view),
    "三公": (("sangong",), sangong_stages),
    "采购": (("procurement",), procurement_view),
    "资产": (("balance_sheet", "asset_stock", "acquisitions"), asset_view),
    "非税": (("nontax",), nontax_view),
    "三保": (("guarantees",), guarantee_view),
    "进度": (("quarters",), progress_view),
    "监控": (("projects",), monitoring_view),
    "上年自评": (("past_evaluations",), past_view),
    "重点评价": (("evaluations",), key_evaluations),
    "职能活动": (("duties",), lambda case, _: duty_views(case)),
    "清单": (("listed_items",), listed_view),
    "问题": (("problems",), lambda case, _: problem_views(case)),
    "评价组": (("evaluators",), lambda case, _: evaluators_view(case)),
}


def report_view(case: Case, projects: list[View], notation: Notation) -> View:
    """The top-level names of the department report; ``projects`` are the views of the projects."""
    used = case.pack.layout.used_sheets
    views: View = {
        name: build(case, notation)
        for name, (sheets, build) in _VIEWS.items()
        if any(sheet in used for sheet in sheets)
    }
    goals = goals_view(case, notation) if "undertakings" in used else {}
    return {**views, **goals, "项目表": projects}
