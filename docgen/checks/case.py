"""What a rule looks at: one filing with its figures, under the norms and the pack it is made for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from docgen.checks.texts import Texts, texts_in
from docgen.figures.acceptance import folded
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.results import Figures, OverallLevel1, OverallRow, ProjectResult, Score
from docgen.figures.scoring import PERCENT
from docgen.finding import Place, Related, Severity
from docgen.model import Entered, Filing, Indicator, Narrative, Quantity, Target
from docgen.packs import Classification, Column, Norms, Pack, Sheet
from docgen.quantity import HUNDRED, ZERO, MoneyUnit, Points, in_unit, plain, rounded

_NO_REASON = frozenset({"", "无", "—", "——", "-", "－", "/"})


class Row(NamedTuple):
    """An indicator row of a project form, or of the department form (``project`` None), with its result.

    ``comment`` is the 评分理由 where the form has no column for 偏差原因, and so must say why points were
    lost; ``is_extra`` a bonus or deduction, which is no part of the full marks.
    """

    sheet: str
    project: ProjectResult | None
    level1: str
    level2: str
    level3: str
    place: Place
    target: Entered[Target]
    actual: Entered[Target]
    points: Entered[Points]
    score: Entered[Points]
    tier: Entered[str]
    deviation_reason: Entered[str]
    result: Score
    derived: Figure
    comment: Entered[str] = Entered()
    is_extra: bool = False
    counted: Entered[Target] = Entered()

    @property
    def title(self) -> str:
        """The indicator in quotation marks, for messages."""
        return quoted(self.level3)

    @property
    def target_text(self) -> str:
        """The 指标值 as typed."""
        return self.target.text.strip()

    @property
    def actual_text(self) -> str:
        """The 完成值 as typed, or as computed where it is derived."""
        typed = self.actual.text.strip()
        return typed or self.derived_text

    @property
    def derived_text(self) -> str:
        """The computed 完成值 in the measure of its target, rates to two places; blank for none."""
        counted = self.counted.value
        if self.derived.value is None or not isinstance(counted, Quantity):
            return ""
        return rate(self.derived.value) if counted.measure == PERCENT else counted.text

    @property
    def full(self) -> Points:
        """The points, 0 for none."""
        return self.points.otherwise(Points(ZERO))

    @property
    def claimed(self) -> Points:
        """The score the clerk entered, 0 for none."""
        return self.score.otherwise(Points(ZERO))

    @property
    def has_reason(self) -> bool:
        """Whether the 偏差原因 cell says anything, or the 评分理由 in its place."""
        return is_reason(self.deviation_reason) or is_reason(self.comment)

    @property
    def reason_place(self) -> Place:
        """Where the reason is written, or is to be."""
        return at(self.deviation_reason, self.comment, self.score, self.points)

    @property
    def lost(self) -> Decimal:
        """The points this row lost, 0 for a bonus that was not earned or while the score is unknown."""
        score, points = self.result.figure.value, self.points.value
        return ZERO if self.is_extra or score is None or points is None else max(points - score, ZERO)


@dataclass(frozen=True)
class Case:
    """One filing, what was computed from it, and the rules of its county."""

    filing: Filing
    figures: Figures
    norms: Norms
    pack: Pack

    @cached_property
    def project_rows(self) -> tuple[Row, ...]:
        """Every indicator row of every project, in the order of the forms; none where a column is lost."""
        return tuple(
            _project_row(project, level1.name, level2.name, row.indicator, row.score)
            for project in (self.figures.projects if self._has_its_columns("indicators") else ())
            for level1 in project.levels
            for level2 in level1.level2
            for row in level2.rows
        )

    @cached_property
    def overall_rows(self) -> tuple[Row, ...]:
        """Every row of the department form that counts, entered or made from a goal or task, likewise."""
        rows = (
            self._overall_row(level1.name, level2.name, row)
            for level1 in self.figures.overall.levels
            for level2 in level1.level2
            for row in level2.rows
            if not row.is_excluded
        )
        return tuple(row for row in rows if self._has_its_columns(row.sheet))

    def _overall_row(self, level1: str, level2: str, row: OverallRow) -> Row:
        sheet, options = _sheet_of(row), self.pack.options
        is_extra = level1 in {*options.bonus_levels, *options.deduction_levels}
        asked: Entered[str] = Entered()
        comment = asked if self.has_column(sheet, "deviation_reason") else row.comment
        return _overall_row(level1, level2, row, comment, is_extra=is_extra)

    def _has_its_columns(self, sheet: str) -> bool:
        return not any(gap.startswith(f"{sheet}.") for gap in self.filing.gaps)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all forms."""
        return (*self.project_rows, *self.overall_rows)

    @cached_property
    def indicator_names(self) -> dict[str, str]:
        """Every indicator that a problem may name, by its folded name: of all levels, of every form."""
        names = [name for row in self.project_rows for name in (row.level3, row.level2, row.level1)]
        for one in self.figures.overall.levels:
            names += [one.name, *(two.name for two in one.level2), *(row.level3 for row in one.rows)]
        return {folded(name): name for name in names if name}

    def points_due(self, row: Row) -> Points | None:
        """What the points of a row would be if they alone kept its 一级指标 from the sum the norm gives.

        None where the sum is right, and where there is no norm.
        """
        name = row.level1
        found = row.project.level(name) if row.project else self._overall_level(name)
        norms = self.norms.level1_points if row.project else self.norms.overall_level1_points
        summed, points, norm = found.points.value if found else None, row.points.value, norms.get(name)
        if summed is None or points is None or norm is None or summed == norm:
            return None
        return Points(points + norm - summed)

    def _overall_level(self, name: str) -> OverallLevel1 | None:
        return next((level for level in self.figures.overall.levels if level.name == name), None)

    @cached_property
    def texts(self) -> Texts:
        """Every text cell that is filled, in the order of the sheets."""
        return texts_in(self.filing)

    @cached_property
    def narratives(self) -> dict[str, list[Narrative]]:
        """The rows of the sheet 文字 by whom they speak of."""
        found: dict[str, list[Narrative]] = {}
        for row in self.filing.narratives:
            found.setdefault(row.scope.otherwise("").strip(), []).append(row)
        return found

    @cached_property
    def unit(self) -> MoneyUnit:
        """The unit the workbook's amounts are typed in."""
        return self.filing.department.money_unit.otherwise(MoneyUnit.WAN)

    @cached_property
    def classification(self) -> Classification:
        """The codes in force in the fiscal year; an empty one while the year is unknown."""
        return self.pack.classification_at(self.filing.department.fiscal_year.otherwise(0))

    def uses(self, sheet: str) -> bool:
        """Whether the county's workbook has this sheet."""
        return self._used_sheet(sheet) is not None

    def has_column(self, sheet: str, column: str) -> bool:
        """Whether the county's workbook has this column of this sheet."""
        return self._used_column(sheet, column) is not None

    def is_required(self, sheet: str, column: str) -> bool:
        """Whether the county's workbook has this column of this sheet, to be filled in every row."""
        found = self._used_column(sheet, column)
        return found is not None and found.required

    def _used_sheet(self, sheet: str) -> Sheet | None:
        found = self.pack.layout.sheets.get(sheet)
        return found if found and found.enabled else None

    def _used_column(self, sheet: str, column: str) -> Column | None:
        used = self._used_sheet(sheet)
        found = used.columns.get(column) if used else None
        return found if found and found.enabled else None

    def account(self, name: str) -> Figure:
        """A named figure of the final accounts, unknown where there is none."""
        return self.figures.final_accounts.named.get(name, UNKNOWN)

    def label(self, sheet: str, column: str) -> str:
        """The printed label of a column."""
        found = self.pack.layout.sheets.get(sheet)
        return found.columns[column].label if found and column in found.columns else column

    def sheet_place(self, sheet: str) -> Place:
        """The place of a whole sheet."""
        found = self.pack.layout.sheets.get(sheet)
        default = Place(self.filing.workbook, found.title if found else sheet)
        return self.filing.sheets.get(sheet, default)

    def number(self, amount: Decimal) -> str:
        """An amount in 元, in the workbook's unit, without its name."""
        return plain(in_unit(amount, self.unit))

    def amount(self, amount: Decimal) -> str:
        """An amount in 元, in the workbook's unit, with its name: ``16.06万元``."""
        return f"{self.number(amount)}{self.unit.value}"


def _project_row(project: ProjectResult, level1: str, level2: str, entry: Indicator, score: Score) -> Row:
    return Row(
        "indicators",
        project,
        level1,
        level2,
        entry.level3.otherwise(""),
        at(entry.level3, entry.level2, entry.project),
        entry.target,
        entry.actual,
        entry.points,
        entry.score,
        entry.tier,
        entry.deviation_reason,
        score,
        UNKNOWN,
    )


def _sheet_of(row: OverallRow) -> str:
    return "overall" if isinstance(row.origin, Indicator) else "undertakings"


def _overall_row(level1: str, level2: str, row: OverallRow, comment: Entered[str], *, is_extra: bool) -> Row:
    return Row(
        _sheet_of(row),
        None,
        level1,
        level2,
        row.level3,
        row.place,
        row.target,
        row.actual,
        row.origin.points,
        row.origin.score,
        row.origin.tier,
        row.deviation_reason,
        row.score,
        row.actual_figure,
        comment,
        is_extra,
        row.counted,
    )


def at(*cells: Entered[Any]) -> Place:
    """The first of these cells that has a place: a column missing from the workbook has none."""
    placed = [cell for cell in cells if cell.place.sheet]
    return (placed or cells)[0].place


def is_written(cell: Entered[str]) -> bool:
    """Whether a text cell says anything."""
    return bool(cell.otherwise("").strip())


def is_reason(cell: Entered[str]) -> bool:
    """Whether a cell for a reason holds more than the sign that there is none."""
    return cell.otherwise("").strip().rstrip("。") not in _NO_REASON


def quoted(name: str) -> str:
    """A name in Chinese quotation marks, those inside it made single; nothing for a blank one."""
    return f"“{name.replace('“', '‘').replace('”', '’')}”" if name else ""


def sources_of(figure: Figure, note: str) -> tuple[Related, ...]:
    """The cells a figure was made from, each with ``note``."""
    return tuple(Related(place, note) for place in figure.sources)


def residue(gap: Decimal, tolerance: Decimal, addends: int = 1) -> Severity | None:
    """A note for what rounding explains, else the rule's own tier.

    ``tolerance`` is what one rounded addend and its rounded sum may differ by; each further one adds half.
    """
    return Severity.NOTE if abs(gap) * 2 <= tolerance * (addends + 1) else None


def amount_or_zero(figure: Figure) -> Decimal | None:
    """An amount that counts as 0 while blank; None where a cell could not be read."""
    return ZERO if figure == UNKNOWN else figure.value


def equation(how: str, value: str) -> str:
    """``10+10=20``, or only ``20`` where there was nothing to add."""
    return value if how == value else f"{how}={value}"


def rate(value: Decimal) -> str:
    """A fraction as a percentage with at most two decimals: ``98.9%``."""
    return f"{plain(rounded(value * HUNDRED, 2))}%"


def shown(figure: Figure) -> str:
    """A figure's value in plain writing; ``未知`` while it is unknown."""
    return "未知" if figure.value is None else plain(figure.value)
