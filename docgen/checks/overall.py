"""X2: the department form agrees with the sheets it is derived from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from docgen.checks.case import Case, Row, at, equation, quoted, shown
from docgen.checks.execution import agree_as_typed, rate_residue
from docgen.checks.fitting import fitting_scores
from docgen.checks.rule import rule
from docgen.figures.acceptance import folded
from docgen.figures.arithmetic import strict_total
from docgen.figures.figure import Figure
from docgen.figures.results import OverallLevel1
from docgen.figures.scoring import comparable
from docgen.finding import Related, Remark, Severity
from docgen.model import Quantity, Undertaking
from docgen.quantity import Points, plain

_NOTE = "部门（单位）整体绩效自评表注 1：一级指标分值统一设置，合计 100 分"
_DERIVED = "完成值由收支、三公经费、政府采购和项目算出"


def _points(level: OverallLevel1) -> Figure:
    """Σ分值 of a 一级指标 as the form prints it: with the rows that do not apply."""
    if not any(row.is_excluded for row in level.rows):
        return level.points
    return strict_total(row.points for row in level.rows)


def _deviates(level: OverallLevel1, norm: Points | None) -> bool:
    return norm is not None and _points(level).value not in {None, norm}


@rule("X201", severity=Severity.ERROR, basis=_NOTE, needs=("overall", "undertakings"))
def overall_level1_points_match_the_norm(
    case: Case, *, overall_level1_points: Mapping[str, Points]
) -> Iterator[Remark]:
    """整体自评表每个一级指标的分值合计等于规定的分值。

    错例：投入指标五行合计 14，规定 15
    正例：合计 15
    怎么改：调整这一级各行的分值；由目标和任务生成的行，分值在“整体目标与任务”里。
    """
    for level in case.figures.overall.levels:
        norm = overall_level1_points.get(level.name)
        if norm is None or not _deviates(level, norm):
            continue
        summed = strict_total(row.points for row in level.rows if row.origin.points.is_given)
        text = f"{level.name}分值合计 {equation(summed.how, shown(summed))}，应为 {plain(norm)}"
        rows = [row.origin.points.place for row in level.rows if row.origin.points.is_given]
        scores = fitting_scores(case, None, level.name)
        related = (*(Related(place, "计入合计") for place in rows[1:]), *scores)
        yield Remark(rows[0], text, f"合计 {plain(norm)}", related)


@rule("X202", severity=Severity.ERROR, basis=_NOTE, needs=("overall", "undertakings"))
def overall_points_total_is_full(
    case: Case, *, total_points: Points, overall_level1_points: Mapping[str, Points]
) -> Iterator[Remark]:
    """整体自评表的分值合计为满分。

    错例：四个一级指标之外另有一行 5 分，合计 105
    正例：合计 100
    怎么改：调整分值使合计等于满分。
    """
    overall, options = case.figures.overall, case.pack.options
    beside = {*options.bonus_levels, *options.deduction_levels}
    levels = [level for level in overall.levels if level.name not in beside]
    off = any(_deviates(level, overall_level1_points.get(level.name)) for level in levels)
    lacking = overall_level1_points.keys() - {level.name for level in levels}
    strange = {level.name for level in overall.levels} - case.pack.layout.overall_levels.keys()
    summed = strict_total(_points(level) for level in levels)
    if summed.value in {None, total_points} or off or lacking or strange:
        return
    how = "+".join(shown(_points(level)) for level in levels)
    text = f"整体指标分值合计 {equation(how, shown(summed))}，应为 {plain(total_points)}"
    cells = [cell for level in levels for row in level.rows if (cell := row.origin.points).is_given]
    related = tuple(Related(cell.place, "计入合计") for cell in cells[1:])
    yield Remark(cells[0].place, text, f"合计 {plain(total_points)}", related)


@rule("X203", severity=Severity.ERROR, basis=_NOTE, needs=("overall", "undertakings"))
def overall_levels_are_present(
    case: Case, *, overall_level1_points: Mapping[str, Points]
) -> Iterator[Remark]:
    """整体自评表有每个规定的一级指标。

    错例：“整体指标”里没有“过程指标”
    正例：投入、过程、产出、效益都有
    怎么改：在“整体指标”里补填；由目标和任务生成的，在“整体目标与任务”里填写。
    """
    present = {level.name for level in case.figures.overall.levels}
    for name, points in overall_level1_points.items():
        if name not in present:
            yield Remark(case.sheet_place("overall"), f"没有{name}，规定 {plain(points)} 分", f"补填{name}")


@rule("X204", severity=Severity.ERROR, basis=_DERIVED)
def entered_result_is_the_derived_one(case: Case) -> Iterator[Remark]:
    """能由程序算出的完成值，填写的与算出的相同。

    错例：“三公经费”控制率填 60.8%，1.08÷2.4=45%
    正例：45%，或空着由程序计算
    怎么改：删去填写的完成值；算出的不对，改“收支”“三公经费”或“政府采购”里的数。
    """
    for row in case.overall_rows:
        typed, derived = row.actual.value, row.derived.value
        if not isinstance(typed, Quantity) or derived is None or agree_as_typed(abs(typed.number), derived):
            continue
        text = f"{row.title}完成值填 {typed.text}，{row.derived.how}={row.derived_text}"
        yield Remark(
            row.actual.place,
            text + _saving_hint(typed.number, row.derived),
            row.derived_text,
            tuple(Related(place, "由此算出") for place in row.derived.sources),
            rate_residue(abs(typed.number), derived),
        )


def _saving_hint(typed: Decimal, derived: Figure) -> str:
    if derived.value is not None and agree_as_typed(typed, 1 - derived.value):
        return "；填的是节约的比例"
    return ""


@rule("X205", severity=Severity.VERIFY, basis="同名指标各处结果一致")
def same_indicator_has_one_result(case: Case) -> Iterator[Remark]:
    """整体指标与项目指标同名的，完成值相同，或在各项目的完成值之间。

    错例：整体“社会公众满意度”95%，项目“人事局工作经费”的社会公众满意度 92%
    正例：两处都是 92%
    怎么改：核对调查结果；对象或口径不同的，写核实说明或在名称里写明。
    """
    named: dict[str, list[Row]] = {}
    for row in case.project_rows if case.overall_rows else ():
        named.setdefault(folded(row.level3), []).append(row)
    for row in case.overall_rows:
        others = named.get(folded(row.level3), []) if row.level3 else []
        pairs = [
            (other, pair) for other in others if (pair := comparable(row.actual.value, other.actual.value))
        ]
        numbers = [theirs.number for _, (_, theirs) in pairs]
        if not pairs or min(numbers) <= pairs[0][1][0].number <= max(numbers):
            continue
        other, (mine, theirs) = pairs[0]
        owner = quoted(other.project.project.name.otherwise("") if other.project else "")
        text = f"{row.title}完成值 {mine.text}，项目{owner}的同名指标是 {theirs.text}"
        related = tuple(Related(each.actual.place, "同名指标") for each, _ in pairs)
        yield Remark(row.actual.place, text, "一致，或说明口径", related)


@rule("X206", severity=Severity.ERROR, basis="整体自评表：每个目标、每项任务占一行产出指标")
def undertaking_is_scored(case: Case) -> Iterator[Remark]:
    """每个目标、每项任务都有指标值、完成值和分值。

    错例：第 3 项任务的分值空着
    正例：指标值 100%，完成值 100%，分值 2
    怎么改：补填空着的各栏。
    """
    for row in case.figures.overall.rows:
        if not isinstance(row.origin, Undertaking):
            continue
        cells = (("target", row.target), ("actual", row.actual), ("points", row.origin.points))
        for column, cell in cells:
            if not cell.is_given and not cell.text.strip():
                text = f"“{row.level3}”的{case.label('undertakings', column)}空着"
                yield Remark(at(cell, row.origin.content, row.origin.kind), text, "补填")


@rule("X207", severity=Severity.ERROR, basis="整体自评表须列年度履职目标和主要任务", needs=("undertakings",))
def goals_and_tasks_are_listed(case: Case) -> Iterator[Remark]:
    """年度履职目标和主要任务都至少有一行。

    错例：“整体目标与任务”里只有任务，没有目标
    正例：目标、任务都有
    怎么改：按年初批复的整体绩效目标补填。
    """
    kinds = {entry.kind.value.value for entry in case.filing.undertakings if entry.kind.value}
    for kind in case.pack.undertakings:
        if kind not in kinds:
            yield Remark(case.sheet_place("undertakings"), f"没有一行“{kind}”", f"补填{kind}")


@rule(
    "X208",
    severity=Severity.ERROR,
    basis=_DERIVED,
    needs=("accounts", "sangong", "procurement", "projects", "indicators", "quarters"),
)
def derived_result_can_be_computed(case: Case) -> Iterator[Remark]:
    """由程序算的完成值，所需的数都已填写。

    错例：整体指标有“政府采购执行率”，完成值空着，“政府采购”表也空着
    正例：填写“政府采购”表；没有采购的，完成值填“不涉及”，并填得分
    怎么改：补填所需的表；没有发生、算不出比例的，完成值写“不涉及”之类的文字，并填得分。
    """
    by_name = {folded(label) for label in case.pack.derived}
    for row in case.overall_rows:
        blank = not row.actual.is_given and not row.actual.text.strip()
        if folded(row.level3) in by_name and blank and not row.derived.is_known and row.points.is_given:
            text = f"{row.title}完成值空着，也算不出来（{row.derived.how or '所需的数没有填'}）"
            yield Remark(at(row.actual, row.points), text, "补填所需的数，或填完成值")


@rule("X209", severity=Severity.ERROR, basis="每个指标都要有完成值")
def overall_result_is_entered(case: Case) -> Iterator[Remark]:
    """不能由程序算出的整体指标，填写完成值。

    错例：“资金使用合规性”指标值“合规”，完成值空着
    正例：完成值“合规”
    怎么改：填写完成值。
    """
    asked = case.has_column("overall", "actual")
    by_name = {folded(label) for label in case.pack.derived}
    for row in case.overall_rows:
        blank = not row.actual.is_given and not row.actual.text.strip()
        if (
            row.sheet == "overall"
            and asked
            and blank
            and row.target.is_given
            and folded(row.level3) not in by_name
        ):
            yield Remark(at(row.actual, row.target), f"{row.title}完成值空着", "填写完成值")


RULES = (
    overall_level1_points_match_the_norm,
    overall_points_total_is_full,
    overall_levels_are_present,
    entered_result_is_the_derived_one,
    same_indicator_has_one_result,
    undertaking_is_scored,
    goals_and_tasks_are_listed,
    derived_result_can_be_computed,
    overall_result_is_entered,
)
