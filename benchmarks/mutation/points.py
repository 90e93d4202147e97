"""Indicator rows: points that add up, targets and results that can be compared, scores that follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from benchmarks.mutation.broken import Broken, Forms, Relation, broken, half_up
from benchmarks.mutation.derived import overall_rows
from benchmarks.mutation.funds import BUDGET, INITIAL, Funds, execution_score, funds_of
from benchmarks.mutation.marks import ACTUAL, COSTS, REASON, TARGET, Marked, alike, marked
from benchmarks.mutation.tables import Line, Tables, aim
from docgen.packs.norms import Tier

_FULL = Decimal(100)
_DEVIATION = "执行偏差原因及改进措施"


def scored_rows(tables: Tables, forms: Forms) -> Iterator[Marked]:
    """The rows of the sheets whose indicators are scored."""
    yield from map(marked, tables["绩效指标"])
    yield from overall_rows(tables, forms)


def points_add_up(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """The points of a 一级指标 are those the form prints, with nothing beside."""
    projects = {line.text("项目名称"): line for line in tables["项目"]}
    for name, project in projects.items():
        rows = [row for row in tables["绩效指标"] if row.text("项目名称") == name]
        if rows:
            used = {row.text("一级指标") for row in rows}
            others = (norm for norm in forms.norms.level1_alternatives if norm.keys() == used)
            norm = next(others, forms.norms.level1_points)
            yield from _levels(name, rows, norm, [project.cell("项目名称"), tables.title("绩效指标")])


def _levels(name: str, rows: list[Line], norm: Mapping[str, Decimal], cells: list[str]) -> Iterator[Broken]:
    for level, points in norm.items():
        own = [row for row in rows if row.text("一级指标") == level]
        if sum((row.money("分值") for row in own), Decimal(0)) != points:
            bound = [cell for row in rows for cell in (row.cell("分值"), row.cell("一级指标"))]
            yield broken(
                "分值合计", f"{name}{level}", *cells, *bound, *(row.cell("项目名称") for row in rows)
            )


def points_are_usable(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """Every row has points, with at most two decimals."""
    for row in scored_rows(tables, forms):
        line, points = row.line, row.line.amount("分值")
        if points is not None and (points <= 0 or points != half_up(points)):
            yield broken("分值", line.cell("分值"), line.cell("分值"))


def targets_and_results_compare(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """A number is set against a number of the same unit, words against words; results bear no sign."""
    for title in ("绩效指标", "整体指标", "整体目标与任务", "转移支付指标", "目标指标"):
        for line in tables[title]:
            row = marked(line)
            wanted, got = line.text(*TARGET), line.text(*ACTUAL)
            both = (line.cell(*TARGET), line.cell(*ACTUAL), line.cell("完成档次"))
            if not wanted or not got:
                continue
            degree = (
                title in {"转移支付指标", "目标指标"} and row.actual is not None and row.actual.unit == "%"
            )
            if (row.target is None) != (row.actual is None) and not (degree and row.target is None):
                yield broken("同为数或同为文字", both[0], *both)
            elif row.target and row.actual:
                if not alike(row.target, row.actual):
                    yield broken("单位", both[0], *both)
                elif "万元" in wanted + got and wanted.count("万元") != got.count("万元"):
                    yield broken("元与万元", both[0], *both)
            if row.actual is not None and row.actual.sign:
                yield broken("完成值带符号", both[1], *both)


def targets_point_the_right_way(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """Costs have ceilings, outputs and satisfaction floors; a bare number that differs says which."""
    for line in tables["绩效指标"]:
        yield from _direction(marked(line))
    for line in (*tables["整体指标"], *tables["整体目标与任务"]):
        row = marked(line)
        if row.target and row.target.sign in {"≤", "<"} and "满意度" in line.text("三级指标"):
            yield broken("方向", line.cell(*TARGET), *row.cells)
        yield from _bare(row)


def _direction(row: Marked) -> Iterator[Broken]:
    line, target = row.line, row.target
    if target is None:
        if line.text("三级指标").endswith("率") and row.line.text(*TARGET) and not _no_rate(line):
            yield broken("率是数", line.cell("三级指标"), *row.cells)
        if line.text("二级指标") in COSTS and _is_time(line.text(*TARGET)):
            yield broken("成本不写时间", line.cell(*TARGET), *row.cells)
        return
    level2, name, below = line.text("二级指标"), line.text("三级指标"), target.sign in {"≤", "<"}
    saving = any(word in name for word in ("节约", "节支", "降低", "压减", "核减"))
    counted = level2 == "数量指标" and target.unit != "%" and target.number > 0
    if (
        (level2 in COSTS and target.sign in {"≥", ">"} and not saving)
        or ("满意度" in name and below)
        or (counted and below and not line.says(*REASON))
    ):
        yield broken("方向", line.cell(*TARGET), *row.cells, sides=(target.number,))
    yield from _bare(row)


def _no_rate(line: Line) -> bool:
    return line.text("三级指标").endswith(("效率", "频率", "利率", "汇率", "税率", "费率"))


def _is_time(text: str) -> bool:
    return any(word in text for word in ("按时", "及时", "按月", "按期", "月底前", "日前"))


def _bare(row: Marked) -> Iterator[Broken]:
    line, target, actual = row.line, row.target, row.actual
    if target is None or actual is None or not alike(target, actual):
        return
    if not target.sign and (row.is_ceiling or target.number != actual.number):
        yield broken("没有写符号", line.cell(*TARGET), *row.cells)
    if target.sign in {">", "<"} and target.number == actual.number:
        yield broken("不含本数", line.cell(*TARGET), *row.cells)


def far_results_have_reasons(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """A result far beyond its target, or far below its ceiling, says why; satisfaction ends at 100 %."""
    limit = forms.norms.over_target_limit
    for row in scored_rows(tables, forms):
        line = row.line
        if (
            row.actual
            and "满意度" in line.text("三级指标")
            and row.actual.number > 1
            and row.actual.unit == "%"
        ):
            yield broken("满意度超过 100%", line.cell(*ACTUAL), *row.cells)
        gain = row.gain
        if row.due is None or gain is None:
            continue
        exempt = (
            (row.target and row.target.unit == "%")
            or line.text("二级指标") == "数量指标"
            or line.sheet != "绩效指标"
        )
        if row.is_ceiling:
            gain = Decimal(0) if exempt else -gain
        if gain > limit and not line.says(*REASON):
            yield broken("超出很多", line.cell(*ACTUAL), *row.cells)


def scores_follow(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """A typed score is the one due, lies within the points, and in the tier chosen."""
    tiers = {tier.name: tier for tier in forms.norms.tiers}
    for row in scored_rows(tables, forms):
        line = row.line
        typed, points = line.amount("得分"), line.amount("分值")
        if points is None:
            continue
        if typed is not None and not 0 <= typed <= points:
            yield broken("得分在分值内", line.cell("得分"), *row.cells)
        elif row.due is not None and typed not in {None, row.due}:
            asked = (row.target and row.target.number, row.actual and row.actual.number)
            yield broken("得分", line.cell("得分"), *row.cells, sides=(typed, row.due, *asked))
        elif row.due is None and not (line.text(*TARGET) and not line.text(*ACTUAL)):
            yield from _judged(row, tiers)


def _judged(row: Marked, tiers: Mapping[str, Tier]) -> Iterator[Broken]:
    line, typed, points = row.line, row.line.amount("得分"), row.line.money("分值")
    if typed is None or points <= 0:
        if aim(line.text(*TARGET)) is None:
            yield broken("定性得分", line.cell("得分"), *row.cells)
        return
    share, chosen = typed / points, line.text("完成档次") or line.text(*ACTUAL)
    tier, same = tiers.get(chosen), line.text(*TARGET) == line.text(*ACTUAL) != ""
    if tier is not None:
        slack = Decimal("0.005") / points
        low, high = tier.floor - slack, tier.ceiling
        if not (low <= share < high or share == high == 1):
            yield broken("档次", line.cell("得分"), *row.cells)
    elif share < 1 and line.has("完成档次"):
        yield broken("扣分要选档次", line.cell("得分"), *row.cells)
    if same and share < Decimal("0.8") and chosen != next(iter(tiers), ""):
        yield broken("照目标完成", line.cell("得分"), *row.cells)


def deductions_have_reasons(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """A row that loses points says why; one that meets its target to the point does not."""
    for row in scored_rows(tables, forms):
        line = row.line
        points = line.amount("分值")
        if points is None or row.score is None:
            continue
        if row.lost > 0 and not line.says(*REASON):
            yield broken("扣分原因", line.cell("得分"), *row.cells)
        same = line.text(*TARGET) == line.text(*ACTUAL)
        exact = row.due == points and row.target and row.actual and row.target.number == row.actual.number
        keeps = row.is_ceiling and line.text("二级指标") == "数量指标"
        full = row.lost == 0 and row.score == points
        if full and (same or exact) and line.says(*REASON) and not keeps:
            yield broken("没有偏差的原因", line.cell(*REASON), *row.cells)


def score_of(funds: Funds, tables: Tables, forms: Forms) -> tuple[Decimal | None, list[str]]:
    """The total of a project, and the cells it follows from; None while a part is unknown."""
    rows = [marked(line) for line in tables["绩效指标"] if line.text("项目名称") == funds.name]
    first = execution_score(funds, forms)
    cells = [*funds.rate_cells, *(cell for row in rows for cell in row.cells)]
    scores = [row.score for row in rows]
    if first is None or not rows or None in scores:
        return None, cells
    return first + sum((score for score in scores if score is not None), Decimal(0)), cells


def typed_totals_follow(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """A typed 自评总分 is the sum, a typed 评价等级 its band; a weak one names measures."""
    for funds in funds_of(tables):
        line = funds.project
        total, cells = score_of(funds, tables, forms)
        if total is None:
            continue
        claim, grade = line.amount("自评总分"), line.text("评价等级")
        unchanged = funds.sum(*INITIAL) in {None, funds.sum(BUDGET)}
        if total == _FULL and unchanged and funds.rate == 1 and line.says(_DEVIATION):
            yield broken("没有偏差的原因", funds.name, line.cell(_DEVIATION), line.cell("项目名称"), *cells)
        if claim is not None and claim != total:
            yield broken("总分", funds.name, line.cell("自评总分"), line.cell("项目名称"), *cells)
        band = next((each.name for each in forms.norms.grades if total >= each.floor), "")
        if grade and grade != band:
            yield broken("等级", funds.name, line.cell("评价等级"), line.cell("自评总分"), *cells)
        measures = "改进管理措施"
        if band in {"中", "差"} and line.has(measures) and not line.says(measures):
            yield broken("改进措施", funds.name, line.cell(measures), *cells)


RELATIONS: tuple[Relation, ...] = (
    points_add_up,
    points_are_usable,
    targets_and_results_compare,
    targets_point_the_right_way,
    far_results_have_reasons,
    scores_follow,
    deductions_have_reasons,
    typed_totals_follow,
)
