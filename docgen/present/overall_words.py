"""The words of the department form: ``整体`` in templates."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.checks import Case
from docgen.figures.arithmetic import difference, total
from docgen.figures.levels import Sums, sums
from docgen.figures.results import OverallLevel1, OverallLevel2, OverallResult
from docgen.present.deductions import is_full, overall_deduction
from docgen.present.formats import Notation, chinese
from docgen.present.overall_rows import Counter, actual_shown, row_view
from docgen.present.project_words import level1_label
from docgen.present.shown import View
from docgen.present.texts import in_sentence

_SUMS = ("分值", "得分", "得分率")
_MISSED = ("名称", "指标值", "完成值", "扣分", "达到")
_BLANK_LEVEL2: View = {
    **dict.fromkeys(("名称", "序号", "中文序号", *_SUMS, "扣分值", "指标名表"), ""),
    **dict.fromkeys(("满分", "全部达到", "直接评分"), False),
    "未达标": [],
    "三级": [],
}
_BLANK_LEVEL1: View = {
    **dict.fromkeys(("名称", "标签", "序号", "中文序号", *_SUMS, "扣分值"), ""),
    **dict.fromkeys(("满分", "是加分", "是扣分"), False),
    "二级": [],
}


def overall_view(case: Case, notation: Notation) -> View:
    """The indicator tree of the department form, its sums by name, total, grade and deductions."""
    overall = case.figures.overall
    used = [level for level in overall.levels if level.rows]
    tree = [_level1(case, level, order, notation) for order, level in enumerate(used, 1)]
    deductions = _deductions(case, notation)
    return {
        "指标树": tree,
        **_by_name(case, tree),
        "总分": {"分值": notation.score(overall.points), "得分": notation.score(overall.total_score)},
        "等级": overall.grade,
        "有扣分": bool(deductions),
        "扣分项": deductions,
        **_conversion(case, overall, notation),
        "合计": {
            name: _together(overall, names, notation)
            for name, names in case.pack.options.level1_groups.items()
        },
        "不适用项": [row["名称"] for row in _rows(tree) if row["不适用"]],
    }


def _deductions(case: Case, notation: Notation) -> list[View]:
    """Where points were lost. Bonus and deduction levels have no full marks to fall short of."""
    apart = {*case.pack.options.bonus_levels, *case.pack.options.deduction_levels}
    rows = (row for level in case.figures.overall.levels if level.name not in apart for row in level.rows)
    losses = (
        overall_deduction(row, actual_shown(row, notation), notation) for row in rows if not row.is_excluded
    )
    return [view for view in losses if view is not None]


def _conversion(case: Case, overall: OverallResult, notation: Notation) -> View:
    """The full marks, what was earned, and what that is of the usual total."""
    earned, converted = overall.total_score, overall.converted_score
    converted = converted if converted.is_known else earned
    options = case.pack.options
    apart = {"加分": options.bonus_levels, "扣分": options.deduction_levels}
    return {
        "满分": notation.score(overall.points),
        "换算得分": notation.score(converted),
        "有换算": any(row.is_excluded for row in overall.rows),
        **{
            label: notation.score(total(level.score for level in overall.levels if level.name in names))
            for label, names in apart.items()
        },
    }


def _together(overall: OverallResult, names: Sequence[str], notation: Notation) -> View:
    """One sum over several 一级指标."""
    levels = [level for level in overall.levels if level.name in names and level.rows]
    added = sums((level.points for level in levels), (level.score for level in levels))
    return _sums(added, notation)


def _by_name(case: Case, tree: list[View]) -> View:
    """Levels by their printed names, those of the form that have no rows too."""
    layout = case.pack.layout.overall_levels
    built1 = {str(view["名称"]): view for view in tree}
    built2: View = {}
    for view in _children(tree, "二级"):
        built2.setdefault(str(view["名称"]), view)
    names2 = dict.fromkeys([*(name for names in layout.values() for name in names), *built2])
    return {
        "一级": {name: built1.get(name, _BLANK_LEVEL1) for name in dict.fromkeys([*layout, *built1])},
        "二级": {name: built2.get(name, _BLANK_LEVEL2) for name in names2},
    }


def _children(views: list[View], name: str) -> list[View]:
    found: list[View] = []
    for view in views:
        inner = view[name]
        found.extend(inner if isinstance(inner, list) else ())
    return found


def _rows(tree: list[View]) -> list[View]:
    return _children(_children(tree, "二级"), "三级")


def _level1(case: Case, level: OverallLevel1, order: int, notation: Notation) -> View:
    points = notation.score(level.points)
    used = [level2 for level2 in level.level2 if level2.rows]
    is_deduction = level.name in case.pack.options.deduction_levels
    shown = _sums(level, notation)
    return {
        "名称": level.name,
        "标签": level1_label(level.name, points, case.pack.options.level1_points_label),
        "序号": str(order),
        "中文序号": chinese(order),
        **shown,
        "扣分值": shown["得分"] if is_deduction else shown["扣分值"],
        "是加分": level.name in case.pack.options.bonus_levels,
        "是扣分": is_deduction,
        "二级": [_level2(level2, number, notation) for number, level2 in enumerate(used, 1)],
    }


def _sums(level: OverallLevel1 | OverallLevel2 | Sums, notation: Notation) -> View:
    lost = difference(level.points, level.score)
    return {
        "分值": notation.score(level.points),
        "得分": notation.score(level.score),
        "得分率": notation.rate(level.score_rate),
        "扣分值": notation.score(lost),
        "满分": is_full(lost),
    }


def _level2(level: OverallLevel2, order: int, notation: Notation) -> View:
    counter = Counter()
    rows = [row_view(row, counter, notation) for row in level.rows]
    printed = [row for row in rows if row["有分值"]]
    live = [row for row in printed if not row["不适用"]]
    missed = [row for row in live if row["未达标"]]
    return {
        "名称": level.name,
        "序号": str(order),
        "中文序号": chinese(order),
        **_sums(level, notation),
        "指标名表": "、".join(str(row["名称"]) for row in live),
        "未达标": [{name: row[name] for name in _MISSED} for row in missed],
        "直接评分": [row["名称"] for row in printed] in ([""], [in_sentence(level.name)]),
        "全部达到": bool(live) and all(row["满分"] for row in live) and not missed,
        "三级": rows,
    }
