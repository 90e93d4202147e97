"""The department form: entered indicators and those made from goals and tasks, scored like any other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from docgen.figures.acceptance import Acceptance, folded
from docgen.figures.arithmetic import entered, percent, quotient, strict_total, together
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.levels import Slot, grade_of, grouped, sums
from docgen.figures.results import (
    AccountResult,
    OverallLevel1,
    OverallLevel2,
    OverallResult,
    OverallRow,
    Score,
)
from docgen.figures.scoring import PERCENT, Scored, judged_extra, score_row
from docgen.figures.totals import scored
from docgen.model import Comparison, Entered, Filing, Indicator, Quantity, Target, Undertaking
from docgen.packs import Norms, Pack
from docgen.quantity import MoneyUnit, in_unit, plain, rounded

_SHOWN_PLACES = 4
_RATES = frozenset({"rate", "ratio", "share", "newness"})  # one of these is in the name of every rate
_NOTHING_OF_NOTHING = frozenset({"0÷0", "|0−0|÷0"})  # something of nothing is a fault, not inapplicable
_NO_SCORE = Score(UNKNOWN, UNKNOWN, "unknown", None, UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A row before it is scored and numbered."""

    level1: str
    level3: str
    scored: Scored
    derived: Figure
    origin: Indicator | Undertaking
    is_rate: bool = True  # whether what is derived is one, rather than an amount or a number of something


@dataclass(frozen=True, slots=True)
class _Form:
    """By what the rows are scored; ``extras`` are the 一级指标 of bonus and deductions.

    ``converts``: rows may be left out, and what was earned is converted.
    """

    norms: Norms
    accepted: Acceptance
    extras: frozenset[str]
    converts: bool


def overall_result(
    filing: Filing, accounts: AccountResult, norms: Norms, pack: Pack, accepted: Acceptance
) -> OverallResult:
    """The department form: levels in the order of the form, total, grade."""
    drafts = [*_entered_rows(filing, accounts, pack.derived), *_generated_rows(filing, pack)]
    tree = grouped(drafts, lambda draft: (draft.level1, draft.scored.level2), pack.layout.overall_levels)
    bonus, deductions = pack.options.bonus_levels, pack.options.deduction_levels
    form = _Form(norms, accepted, frozenset((*bonus, *deductions)), _converts(pack))
    levels = tuple(_level1(slot.name, tuple(_level2(each, form) for each in slot.items)) for slot in tree)
    counted = [level for level in levels if level.name not in form.extras and _counts(level.rows)]
    points = strict_total(level.points for level in counted)
    earned = strict_total(level.score for level in counted)
    earned = _with_extras(earned, levels, bonus, deductions)
    converted = earned
    if any(row.is_excluded for level in levels for row in level.rows):
        converted = _converted(earned, points, norms)
    return OverallResult(levels, points, earned, grade_of(converted, norms), converted)


def _converts(pack: Pack) -> bool:
    sheet = pack.layout.used_sheets.get("overall")
    return sheet is not None and "is_excluded" in sheet.used_columns


def _counts(rows: Iterable[OverallRow]) -> bool:
    """Whether a level belongs to the total: not when all that it has does not apply."""
    listed = list(rows)
    return any(_is_live(row) for row in listed) or not any(row.is_excluded for row in listed)


def _with_extras(
    earned: Figure, levels: Iterable[OverallLevel1], bonus: Iterable[str], deductions: Iterable[str]
) -> Figure:
    """What was earned, with what the bonus levels add and the deduction levels take away."""
    score = earned
    for level in levels:
        if level.name in (*bonus, *deductions) and any(_is_live(row) for row in level.rows):
            score = _joined(score, level.score, "−" if level.name in deductions else "+")
    return score


def _joined(score: Figure, extra: Figure, sign: str) -> Figure:
    if score.value is None or extra.value is None:
        return Figure(None, "缺项", together(score, extra))
    value = score.value - extra.value if sign == "−" else score.value + extra.value
    return Figure(value, f"{score.how}{sign}{plain(extra.value)}", together(score, extra))


def _converted(earned: Figure, points: Figure, norms: Norms) -> Figure:
    """What was earned of the points that apply, converted to the points of the whole form."""
    share = quotient(earned, points)
    if share.value is None:
        return UNKNOWN
    value = rounded(share.value * norms.total_points, norms.score_places)
    return Figure(value, f"{share.how}×{plain(norms.total_points)}", share.sources)


def _entered_rows(filing: Filing, accounts: AccountResult, derived: Mapping[str, str]) -> Iterator[_Draft]:
    by_name = {folded(label): name for label, name in derived.items()}
    for indicator in filing.overall:
        label = indicator.level3.otherwise("")
        name = by_name.get(folded(label), "")
        figure = accounts.named.get(name, UNKNOWN)
        is_rate = not _RATES.isdisjoint(name.split("_"))
        yield _Draft(indicator.level1.otherwise(""), label, scored(indicator), figure, indicator, is_rate)


def _generated_rows(filing: Filing, pack: Pack) -> Iterator[_Draft]:
    counts: dict[str, int] = {}
    for undertaking in filing.undertakings:
        kind = undertaking.kind.value.value if undertaking.kind.value else ""
        template = pack.undertakings.get(kind)
        if template is None:
            continue
        counts[kind] = counts.get(kind, 0) + 1
        label = template.label.replace("{序号}", str(counts[kind]))
        cells = Scored(
            template.level2,
            undertaking.target,
            undertaking.actual,
            undertaking.points,
            undertaking.score,
            undertaking.tier,
        )
        yield _Draft(template.level1, label, cells, UNKNOWN, undertaking)


def _level1(name: str, levels: tuple[OverallLevel2, ...]) -> OverallLevel1:
    live = [level for level in levels if any(_is_live(row) for row in level.rows)]
    added = sums((level.points for level in live), (level.score for level in live))
    return OverallLevel1(name, levels, added.points, added.score, added.score_rate)


def _level2(slot: Slot[_Draft], form: _Form) -> OverallLevel2:
    rows = tuple(_row(draft, number, form) for number, draft in enumerate(slot.items, 1))
    live = [row for row in rows if _is_live(row)]
    added = sums((row.points for row in live), (row.score.figure for row in live))
    return OverallLevel2(slot.name, rows, added.points, added.score, added.score_rate)


def _is_live(row: OverallRow) -> bool:
    """Whether the row applies and is more than a name that keeps its place on the form."""
    if row.is_excluded:
        return False
    return row.points != UNKNOWN or row.target.is_given or row.actual.is_given or row.origin.score.is_given


def _row(draft: _Draft, number: int, form: _Form) -> OverallRow:
    cells = draft.scored
    origin = draft.origin
    counted = _counted(draft)
    excluded = _is_marked(origin) or (form.converts and _has_no_base(draft))
    return OverallRow(
        level3=draft.level3,
        target=cells.target,
        actual=cells.actual,
        actual_figure=draft.derived,
        points=entered(cells.points),
        score=_NO_SCORE if excluded else _score(draft, counted, form),
        deviation_reason=origin.deviation_reason,
        comment=origin.comment,
        origin=origin,
        place=origin.level3.place if isinstance(origin, Indicator) else origin.content.place,
        number=number,
        is_excluded=excluded,
        counted=counted,
    )


def _is_marked(origin: Indicator | Undertaking) -> bool:
    return isinstance(origin, Indicator) and origin.is_excluded.value is True


def _has_no_base(draft: _Draft) -> bool:
    """Whether the rate of a row is 0÷0, and the clerk has not judged it herself."""
    judged = draft.scored.actual.is_given or draft.scored.score.is_given
    return draft.derived.value is None and draft.derived.how in _NOTHING_OF_NOTHING and not judged


def _score(draft: _Draft, counted: Entered[Target], form: _Form) -> Score:
    cells = draft.scored._replace(actual=counted)
    if draft.level1 in form.extras:
        return judged_extra(cells, form.norms)
    return score_row(cells, form.norms, form.accepted)


def _counted(draft: _Draft) -> Entered[Target]:
    """The computed 完成值 as a quantity to score by; the typed one where nothing could be computed."""
    value, typed, target = draft.derived.value, draft.scored.actual, draft.scored.target.value
    if value is None:
        return typed
    if draft.is_rate or not isinstance(target, Quantity):
        text = percent(rounded(value, _SHOWN_PLACES)) if draft.is_rate else plain(value)
        measure = PERCENT if draft.is_rate else ""
    else:
        text, measure = _in_measure(value, target), target.measure
    return Entered(Quantity(Comparison.NONE, value, measure, text), typed.place, text)


def _in_measure(value: Decimal, target: Quantity) -> str:
    """A number in the measure of its target: ``3个季度``; amounts in the unit the target is written in."""
    wan = MoneyUnit.WAN.value
    if wan in target.text:
        return f"{plain(in_unit(value, MoneyUnit.WAN))}{wan}"
    return f"{plain(value)}{target.measure}"
