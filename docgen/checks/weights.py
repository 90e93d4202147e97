"""I1: the weights of a project's indicators, and the levels they stand under."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from docgen.checks.case import Case, Row, at, equation, quoted, shown
from docgen.checks.fitting import fitting_scores
from docgen.checks.rule import rule
from docgen.figures.levels import level1_points_of
from docgen.figures.results import Level1Result, ProjectResult
from docgen.finding import Place, Related, Remark, Severity
from docgen.model import Indicator
from docgen.quantity import Points, plain

_WEIGHTS = "财预〔2020〕10号：一级指标权重由财政部门统一设定"


def _name(project: ProjectResult) -> str:
    return quoted(project.project.name.otherwise(""))


def _points_places(level: Level1Result) -> list[Place]:
    return [row.indicator.points.place for row in level.rows if row.indicator.points.is_given]


def _deviates(level: Level1Result, norm: Points | None) -> bool:
    return norm is not None and level.points.value is not None and level.points.value != norm


def _levels_fit(project: ProjectResult, case: Case) -> bool:
    """Whether every row stands under a level of the form; else I106 or reading speaks of it."""
    levels = case.pack.layout.project_levels
    return all(two.name in levels.get(one.name, ()) for one in project.levels for two in one.level2)


@rule("I101", severity=Severity.ERROR, basis=_WEIGHTS, needs=("indicators",))
def level1_points_match_the_norm(case: Case) -> Iterator[Remark]:
    """每个一级指标下各三级指标的分值之和等于规定的分值。

    错例：效益指标两行各 10 分，合计 20，规定 30
    正例：效益指标三行各 10 分，合计 30
    怎么改：调整这一级各行的分值，或补上漏填的指标，使合计等于规定的分值。
    """
    for project in case.figures.projects:
        norms = level1_points_of(project, case.norms)
        wrong = [level for level in project.levels if _deviates(level, norms.get(level.name))]
        for level in wrong if _levels_fit(project, case) else ():
            norm = norms[level.name]
            how = "+".join(two.points.how for two in level.level2 if two.points.how)
            summed = equation(how, shown(level.points))
            first, *rest = _points_places(level)
            yield Remark(
                first,
                f"{_name(project)}{level.name}分值合计 {summed}，应为 {plain(norm)}",
                f"合计 {plain(norm)}",
                (
                    *(Related(place, "计入合计的分值") for place in rest),
                    *fitting_scores(case, project, level.name),
                ),
            )


@rule(
    "I102",
    severity=Severity.ERROR,
    basis="财预〔2020〕10号：总分 100 分（含预算执行率）",
    needs=("indicators",),
)
def points_total_is_full(case: Case, *, total_points: Points) -> Iterator[Remark]:
    """预算执行率分值与各指标分值合计为总分。

    错例：执行率 10，产出 50，效益 30，满意度 10，另有“投入指标”5，合计 105
    正例：合计 100
    怎么改：调整分值使合计等于总分。
    """
    for project in case.figures.projects:
        points, level1_points = project.points, level1_points_of(project, case.norms)
        off = any(_deviates(level, level1_points.get(level.name)) for level in project.levels)
        lacking = level1_points.keys() - {level.name for level in project.levels}
        if points.value in {None, total_points} or off or lacking or not project.levels:
            continue
        if not _levels_fit(project, case):
            continue
        text = f"{_name(project)}分值合计 {points.how}={shown(points)}，应为 {plain(total_points)}"
        yield Remark(at(project.project.name), text, f"合计 {plain(total_points)}")


@rule("I103", severity=Severity.ERROR, basis=_WEIGHTS, needs=("indicators",))
def required_levels_are_present(case: Case) -> Iterator[Remark]:
    """规定了分值的一级指标，每个项目都要有。

    错例：只有产出指标和效益指标，没有满意度指标
    正例：三个一级指标都有
    怎么改：补填缺少的一级指标；确无服务对象的，按当地规定把分值调到其他指标并在模板包里登记。
    """
    for project in case.figures.projects:
        present = {level.name for level in project.levels}
        for name, points in level1_points_of(project, case.norms).items():
            if present and name not in present:
                text = f"{_name(project)}没有{name}，规定 {plain(points)} 分"
                yield Remark(at(project.project.name), text, f"{name}合计 {plain(points)} 分")


@rule("I104", severity=Severity.ERROR, basis="绩效自评全覆盖：每个项目都要自评", needs=("indicators",))
def project_has_indicators(case: Case) -> Iterator[Remark]:
    """每个项目在“绩效指标”里至少有一行。

    错例：“项目”里有“技能培训经费”，“绩效指标”里没有它
    正例：按年初申报的绩效目标填写各行指标
    怎么改：在“绩效指标”里补填；不再实施的项目从“项目”里删去。
    """
    sheet = case.sheet_place("indicators").sheet
    for project in case.filing.projects if case.uses("indicators") else ():
        if not project.indicators and project.name.is_given:
            yield Remark(project.name.place, f"{quoted(project.name.otherwise(''))}在“{sheet}”里一行也没有")


@rule("I105", severity=Severity.ERROR, basis="分值须大于 0")
def points_are_positive(case: Case) -> Iterator[Remark]:
    """每个指标的分值大于 0。

    错例：分值 0
    正例：分值 2
    怎么改：填写分值；不考核的指标删去这一行。
    """
    for row in case.rows:
        if row.points.value is not None and row.points.value <= 0:
            text = f"{row.title}分值填 {plain(row.points.value)}，必须大于 0"
            yield Remark(row.points.place, text, "大于 0")


@rule("I106", severity=Severity.ERROR, basis="表式：二级指标归属固定的一级指标")
def level2_belongs_to_level1(case: Case) -> Iterator[Remark]:
    """二级指标填在它所属的一级指标下。

    错例：一级指标“效益指标”，二级指标“数量指标”
    正例：一级指标“产出指标”，二级指标“数量指标”
    怎么改：改正一级指标或二级指标。
    """
    layout = case.pack.layout
    for project in case.filing.projects:
        for entry in project.indicators:
            yield from _misplaced(entry, layout.project_levels)
    for entry in case.filing.overall:
        yield from _misplaced(entry, layout.overall_levels)


def _misplaced(entry: Indicator, levels: Mapping[str, tuple[str, ...]]) -> Iterator[Remark]:
    one, two = entry.level1.otherwise(""), entry.level2.value
    is_astray = one in levels and two not in levels[one]
    owners = [name for name, members in levels.items() if two in members] if is_astray else []
    if owners:
        text = f"二级指标填“{two}”，一级指标填“{one}”；“{two}”属于{owners[0]}"
        yield Remark(entry.level2.place, text, owners[0])


@rule("I107", severity=Severity.VERIFY, basis="同一内容不重复计分")
def level3_is_entered_once(case: Case) -> Iterator[Remark]:
    """同一项目、整体自评表的同一二级指标下，三级指标不重名。

    错例：“数量指标”下有两行“培训人数”
    正例：分别写明“线上培训人数”“线下培训人数”
    怎么改：重复填的删去一行；确是两个指标的，名称里写明区别。
    """
    first: dict[tuple[int, str, str], Row] = {}
    for row in case.rows:
        key = (id(row.project), row.level2, row.level3)
        if row.level3 and key in first:
            text = f"{row.title}在{row.level2}里出现了不止一次"
            yield Remark(row.place, text, "名称各不相同", (Related(first[key].place, "前面的一行"),))
        first.setdefault(key, row)


@rule("I108", severity=Severity.NOTE, basis="得分保留两位小数")
def points_are_not_overly_fine(case: Case, *, score_places: int) -> Iterator[Remark]:
    """分值的小数位不超过得分的小数位。

    错例：分值 3.333
    正例：分值 3.33，其余 3.33、3.34
    怎么改：把分值改成最多两位小数，合计仍等于规定的分值。
    """
    for row in case.rows:
        value = row.points.value
        if value is not None and _decimals(value) > score_places:
            text = f"{row.title}分值 {plain(value)} 超过 {score_places} 位小数"
            yield Remark(row.points.place, text, f"最多 {score_places} 位小数")


@lru_cache(maxsize=256)
def _decimals(value: Decimal) -> int:
    return -int(value.normalize().as_tuple().exponent)


RULES = (
    level1_points_match_the_norm,
    points_total_is_full,
    required_levels_are_present,
    project_has_indicators,
    points_are_positive,
    level2_belongs_to_level1,
    level3_is_entered_once,
    points_are_not_overly_fine,
)
