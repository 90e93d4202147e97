"""The numbers of the rules: dated, with unit and source. No defaults for law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from docgen.quantity import Points, Ratio, Yuan


@dataclass(frozen=True, slots=True)
class Tier:
    """A 完成档次 of qualitative indicators.

    The score lies between ``floor`` and ``ceiling`` of the points, the floor as ``floor_included`` says.
    """

    name: str
    floor: Ratio
    ceiling: Ratio
    floor_included: bool


@dataclass(frozen=True, slots=True)
class Band:
    """From ``floor`` (included) upwards: a grade of the total score, or the share a banded 执行率 earns."""

    floor: Decimal
    name: str = ""
    share: Ratio = Ratio(Decimal(1))


@dataclass(frozen=True, slots=True)
class Norms:
    """The norms in force in one fiscal year; every field must come from the pack."""

    total_points: Points
    execution_points: Points
    execution_method: Literal["linear", "banded"]
    execution_bands: tuple[Band, ...]
    low_execution_floor: Ratio
    score_places: int
    level1_points: Mapping[str, Points]
    overall_level1_points: Mapping[str, Points]
    reverse_method: Literal["linear_2x", "ratio_t_over_a", "all_or_nothing"]
    over_target_limit: Ratio
    upper_limit_level2: tuple[str, ...]
    tiers: tuple[Tier, ...]
    grades: tuple[Band, ...]
    rounding_tolerance: Yuan
    yearly_change_limit: Ratio
    yearly_change_floor: Yuan
    level1_alternatives: tuple[Mapping[str, Points], ...]
    score_bands: tuple[Band, ...]
    midyear_reached: Ratio
    midyear_low: Ratio
    quarter_schedule: tuple[Ratio, ...]
    nontax_change_limit: Ratio
    full_guarantee_floor: Ratio


@dataclass(frozen=True, slots=True)
class DatedNorm:
    """One norm over the years: ``values`` maps the first fiscal year of validity to the value."""

    unit: str
    source: str
    checked: str
    values: Mapping[int, Any]

    def at(self, year: int) -> Any:  # noqa: ANN401 - the type is the Norms field's
        """The value in force in ``year``. Raises ``KeyError`` for a year before the first value."""
        years = [since for since in self.values if since <= year]
        if not years:
            raise KeyError(year)
        return self.values[max(years)]


@dataclass(frozen=True, slots=True)
class NormBook:
    """Every norm of a pack by name; ``read.norms_at`` turns it into ``Norms`` for a year."""

    norms: Mapping[str, DatedNorm]

    @property
    def first_year(self) -> int:
        """The first fiscal year in which every norm has a value."""
        return max((min(norm.values) for norm in self.norms.values() if norm.values), default=0)
