"""What a report lists: ``清单``, ``问题``, ``职能活动`` and ``评价组`` in templates."""

from __future__ import annotations

from itertools import chain

from docgen.checks import Case
from docgen.checks.goals import named_projects
from docgen.figures.arithmetic import entered
from docgen.figures.figure import UNKNOWN
from docgen.figures.report_results import ListedGroup
from docgen.model import Entered
from docgen.model.department_report import Evaluator, ListedItem, ProblemLine
from docgen.present.formats import Notation, numbering
from docgen.present.shown import View
from docgen.present.texts import clause, closed_paragraphs, in_sentence, paragraphs, said

_YES = "是"


def listed_view(case: Case, notation: Notation) -> View:
    """The items of 事项清单 by category: every category of the pack, whether it has items or not."""
    sheet = case.pack.layout.sheets.get("listed_items")
    choices = sheet.columns["category"].choices if sheet else ()
    found = case.figures.report.listed
    return {
        category: _category(case, found.get(category), notation)
        for category in dict.fromkeys([*choices, *found])
    }


def _category(case: Case, group: ListedGroup | None, notation: Notation) -> View:
    items = group.items if group else ()
    views = [_item(case, item, number, notation) for number, item in enumerate(items, 1)]
    return {
        "数量": notation.tally(group.count if group else UNKNOWN) or str(len(items)),
        "有": bool(items),
        "合计": notation.department_money(group.amount if group else UNKNOWN),
        "各项": views,
        "首项": views[0] if views else _item(case, ListedItem(), 1, notation),
        "名称表": "、".join(str(view["名称"]) for view in views),
        "全部按时": bool(items) and all(map(_is_on_time, items)),
    }


def _item(case: Case, item: ListedItem, number: int, notation: Notation) -> View:
    content = said(item.content)
    return {
        **numbering(number),
        "名称": in_sentence(said(item.name)),
        "内容": closed_paragraphs(content),
        "内容语": clause(content),
        "金额": notation.department_money(entered(item.amount, case.number)),
        "有金额": bool(item.amount.value),
        "期限": notation.day(item.due),
        "完成日期": notation.day(item.done),
        "月日期限": notation.month_day(item.due),
        "月日完成": notation.month_day(item.done),
        "按时": _is_on_time(item),
    }


def _is_on_time(item: ListedItem) -> bool:
    """Whether both days are known and the second did not come after the first."""
    return item.due.value is not None and item.done.value is not None and item.done.value <= item.due.value


def problem_views(case: Case) -> list[View]:
    """Problems with their measures; the rows of one title are one problem."""
    by_title: dict[str, list[ProblemLine]] = {}
    for row in case.filing.report.problems:
        by_title.setdefault(in_sentence(said(row.title)), []).append(row)
    return [_problem(title, rows, number) for number, (title, rows) in enumerate(by_title.items(), 1)]


def _problem(title: str, rows: list[ProblemLine], number: int) -> View:
    content, measure = (_once(rows, name) for name in ("content", "measure"))
    return {
        **numbering(number),
        "名称": title,
        "内容": closed_paragraphs(content),
        "内容语": clause(content),
        "指标": "、".join(paragraphs(_once(rows, "indicator"))),
        "措施": closed_paragraphs(measure),
        "措施语": clause(measure),
    }


def _once(rows: list[ProblemLine], column: str) -> str:
    """The paragraphs of a column over several rows, none twice."""
    return "\n".join(dict.fromkeys(line for row in rows for line in paragraphs(said(getattr(row, column)))))


def duty_views(case: Case) -> list[View]:
    """The duties with their activities, goals and projects, as the clerk ordered them."""
    return [
        {
            "序号": str(number),
            "职能": "\n".join(paragraphs(said(row.duty))),
            "活动": "\n".join(paragraphs(said(row.activity))),
            "目标": "\n".join(paragraphs(said(row.goal))),
            "项目": (names := [*chain(*named_projects(case, said(row.projects)))]),
            "项目文本": "\n".join(names),
        }
        for number, row in enumerate(case.filing.report.duties, 1)
    ]


def evaluators_view(case: Case) -> View:
    """The evaluating group. Names and telephone numbers are blank unless the clerk asks for them."""
    asked = said(case.filing.department.extras.get("prints_evaluators", Entered())) == _YES
    return {
        "成员": [_member(row, asked=asked) for row in case.filing.report.evaluators],
        "印姓名": asked,
    }


def _member(row: Evaluator, *, asked: bool) -> View:
    return {
        "姓名": said(row.name) if asked else "",
        "工作单位": said(row.organisation),
        "职务": said(row.position),
        "电话": said(row.phone) if asked else "",
    }
