"""The department form: entered indicators and those made from goals and tasks, scored like any other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from docgen.figures.acceptance import Acceptance, folded
from docgen.figures.arithmetic import entered, percent, strict_total
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.levels import Slot, grade_of, grouped, sums
from docgen.figures.results import (
    AccountResult,
    OverallLevel1,
    OverallLevel2,
    OverallResult,
    OverallRow,
)
from docgen.figures.scoring import PERCENT, Scored, score_row
from docgen.figures.totals import scored
from docgen.model import Comparison, Entered, Filing, Indicator, Quantity, Target, Undertaking
from docgen.packs import Norms, Pack
from docgen.quantity import rounded

_SHOWN_PLACES = 4


@dataclass(frozen=True, slots=True)
class _Draft:
    """A row before it is scored and numbered."""

    level1: str
    level3: str
    scored: Scored
    derived: Figure
    origin: Indicator | Undertaking


def overall_result(
    filing: Filing, accounts: AccountResult, norms: Norms, pack: Pack, accepted: Acceptance
) -> OverallResult:
    """The department form: levels in the order of the form, total, grade."""
    drafts = [*_entered_rows(filing, accounts, pack.derived), *_generated_rows(filing, pack)]
    tree = grouped(drafts, lambda draft: (draft.level1, draft.scored.level2), pack.layout.overall_levels)
    levels = tuple(
        _level1(slot.name, tuple(_level2(inner, norms, accepted) for inner in slot.items)) for slot in tree
    )
    points = strict_total(level.points for level in levels)
    score = strict_total(level.score for level in levels)
    return OverallResult(levels, points, score, grade_of(score, norms))


def _entered_rows(filing: Filing, accounts: AccountResult, derived: Mapping[str, str]) -> Iterator[_Draft]:
    by_name = {folded(label): name for label, name in derived.items()}
    for indicator in filing.overall:
        label = indicator.level3.otherwise("")
        figure = accounts.named.get(by_name.get(folded(label), ""), UNKNOWN)
        yield _Draft(indicator.level1.otherwise(""), label, scored(indicator), figure, indicator)


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


def _level2(slot: Slot[_Draft], norms: Norms, accepted: Acceptance) -> OverallLevel2:
    rows = tuple(_row(draft, number, norms, accepted) for number, draft in enumerate(slot.items, 1))
    live = [row for row in rows if _is_live(row)]
    added = sums((row.points for row in live), (row.score.figure for row in live))
    return OverallLevel2(slot.name, rows, added.points, added.score, added.score_rate)


def _is_live(row: OverallRow) -> bool:
    """Whether the row is more than a name that keeps its place on the form."""
    return row.points != UNKNOWN or row.target.is_given or row.actual.is_given or row.origin.score.is_given


def _row(draft: _Draft, number: int, norms: Norms, accepted: Acceptance) -> OverallRow:
    cells = draft.scored
    origin = draft.origin
    counted = replace(cells, actual=_derived_actual(cells.actual, draft.derived))
    return OverallRow(
        level3=draft.level3,
        target=cells.target,
        actual=cells.actual,
        actual_figure=draft.derived,
        points=entered(cells.points),
        score=score_row(counted, norms, accepted),
        deviation_reason=origin.deviation_reason,
        comment=origin.comment,
        origin=origin,
        place=origin.level3.place if isinstance(origin, Indicator) else origin.content.place,
        number=number,
    )


def _derived_actual(typed: Entered[Target], derived: Figure) -> Entered[Target]:
    """The computed 完成值 as a quantity to score by; the typed one where nothing could be computed."""
    if derived.value is None:
        return typed
    text = percent(rounded(derived.value, _SHOWN_PLACES))
    return Entered(Quantity(Comparison.NONE, derived.value, PERCENT, text), typed.place, text)
