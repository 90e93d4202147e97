"""A pack as frozen values: what a county's forms look like and which numbers its rules use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Literal

from docgen.packs.layout import Layout
from docgen.packs.norms import NormBook

Scope = Literal["project", "unit", "department", "county"]
CheckKind = Literal[
    "", "sum-equals", "ratio-equals", "within", "one-of", "required-when", "same-as", "no-longer-than"
]


@dataclass(frozen=True, slots=True)
class Document:
    """One kind of document: its templates (one per format), what it is made for, and its name.

    What is made ``per`` county comes from many workbooks at once; its name may use ``{年度}`` only.

    ``output`` is a path below the run's folder, without suffix; it may name ``{部门}``, ``{年度}``,
    ``{单位}``,
    ``{项目}`` and ``{序号}``.
    """

    title: str
    per: Scope
    output: str
    templates: tuple[str, ...]
    enabled: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """Printing habits of a form.

    ``indicator_prefix`` is printed before each 三级指标 (``{序号}``: its number within the 二级), blank for
    none;
    ``placeholder_rows`` is the least number of rows a 二级 prints, 0 for only the used ones;
    ``all_level2`` prints every 二级 of the form even when it has no indicator.
    """

    indicator_prefix: str = ""
    placeholder_rows: int = 0
    all_level2: bool = False
    summary_total: bool = False
    level1_points_label: str = "（{分值}分）"


@dataclass(frozen=True, slots=True)
class Formats:
    """How figures are written. ``-1`` places means: as many as needed, no padding zeros.

    ``rate_places`` is the most decimals a percentage shows; percentages are never padded.
    """

    money_unit: Literal["元", "万元"] = "万元"
    project_money_places: int = -1
    department_money_places: int = 2
    rate_places: int = 2
    score_places: int = -1
    date: str = "{年}年{月}月{日}日"
    not_applicable: str = "—"


@dataclass(frozen=True, slots=True)
class CheckSetting:
    """What a pack says of one rule: its tier, parameters, or that it is off (with a reason).

    With a ``kind`` it is a check of the pack's own (code ``P`` and three digits) on every row of ``sheet``:
    ``column`` is compared with ``others``, ``values``, the bounds (amounts in 元, rates as fractions) or
    ``longest`` (characters), as the kind asks; ``summary`` and ``fix`` are its page.
    """

    enabled: bool = True
    reason: str = ""
    severity: str = ""
    basis: str = ""
    parameters: Mapping[str, Decimal | str | int] = field(default_factory=dict)
    kind: CheckKind = ""
    summary: str = ""
    fix: str = ""
    sheet: str = ""
    column: str = ""
    others: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    lowest: Decimal | None = None
    highest: Decimal | None = None
    longest: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """Which figure each printed item of 收支 and 三公经费 feeds: printed name → English name."""

    sources: Mapping[str, str] = field(default_factory=dict)
    structure: Mapping[str, str] = field(default_factory=dict)
    sangong: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UndertakingRow:
    """The indicator of the department form that each goal or task yields; ``{序号}`` is its number."""

    level1: str
    level2: str
    label: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack with everything it inherits, and where each part came from.

    ``derived`` names the department indicators whose 完成值 is computed: printed name → figure.
    ``folders`` runs from the pack itself to the root of its ancestry; templates are looked up in that order.
    ``origin`` maps a dotted key to the file that gave its value.
    """

    id: str
    title: str
    folders: tuple[Path, ...]
    documents: Mapping[str, Document]
    options: Options
    formats: Formats
    terms: Mapping[str, str]
    layout: Layout
    norm_book: NormBook
    checks: Mapping[str, CheckSetting]
    derived: Mapping[str, str]
    origin: Mapping[str, str]
    ledger: Ledger = field(default_factory=Ledger)
    undertakings: Mapping[str, UndertakingRow] = field(default_factory=dict)

    def template(self, name: str) -> Path:
        """The file ``name`` from the nearest folder that has it."""
        for folder in self.folders:
            if (folder / name).is_file():
                return folder / name
        return self.folders[0] / name
