"""What the run of the year before recorded, for the figures that this year's text is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from docgen.quantity import Yuan


@dataclass(frozen=True, slots=True)
class LastYear:
    """Amounts of one year (元) by key, out of the record named ``record``.

    Keys: a total by its English name (``income_total``, ``vehicle_upkeep``, ``administrative``),
    ``category.208`` for a 类, ``project.`` and its name for a project or transfer. ``sha256`` is the
    digest of the record.
    """

    record: str
    department: str
    fiscal_year: int
    amounts: Mapping[str, Yuan] = field(default_factory=dict)
    sha256: str = ""
