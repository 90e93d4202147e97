"""A pack as frozen values: what a county's forms look like and which numbers its rules use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Literal

from docgen.packs.classification import Classification
from docgen.packs.layout import Layout
from docgen.packs.norms import NormBook

Scope = Literal["project", "transfer", "unit", "department", "county"]
CheckKind = Literal[
    "", "sum-equals", "ratio-equals", "within", "one-of", "required-when", "same-as", "no-longer-than"
]


@dataclass(frozen=True, slots=True)
class Document:
    """One kind of document: its templates (one per format), what it is made for, and its name.

    What is made ``per`` county comes from many workbooks at once; its name may use ``{年度}`` only.

    ``output`` is a path below the run's folder, without suffix; it may name ``{部门}``, ``{年度}``,
    ``{单位}``, ``{项目}``, ``{转移支付}`` and ``{序号}``, each where it means something.
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
    ``all_level2`` prints every 二级 of the form even when it has no indicator;
    ``weak_grades`` are the grades for which a report names what will be done better;
    ``bonus_levels`` and ``deduction_levels`` are the 一级指标 of the department form whose score is added to
    or taken from the total, without being part of its full marks;
    ``level1_groups`` are sums over several 一级指标 that a report states: its name → their names.
    """

    indicator_prefix: str = ""
    placeholder_rows: int = 0
    all_level2: bool = False
    summary_total: bool = False
    level1_points_label: str = "（{分值}分）"
    weak_grades: tuple[str, ...] = ()
    bonus_levels: tuple[str, ...] = ()
    deduction_levels: tuple[str, ...] = ()
    level1_groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Formats:
    """How figures are written. ``-1`` places means: as many as needed, no padding zeros.

    ``project_money_most`` bounds the decimals of project amounts printed as needed (all of them unless set).
    ``rate_places`` is the most decimals a percentage shows, ``share_places`` those of the share that a part
    has in its total; percentages of the forms are never padded.
    ``nothing`` is what a form prints where it asks for problems and there are none.
    """

    money_unit: Literal["元", "万元"] = "万元"
    project_money_places: int = -1
    project_money_most: int = 6
    department_money_places: int = 2
    rate_places: int = 2
    share_places: int = 2
    score_places: int = -1
    date: str = "{年}年{月}月{日}日"
    not_applicable: str = "—"
    nothing: str = "无"


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
    """Which figure each printed item of a money sheet feeds: printed name → English name.

    ``units`` are the kinds of 单位, ``funding`` the sources of 项目资金, ``income`` those of 收入, ``funds``
    the funds of 支出 and 结转结余;
    ``counts``, ``assets``, ``running_costs``, ``procurement`` and ``last_year`` the items of those sheets.
    ``staff``, ``balance``, ``stock``, ``guarantees`` and ``quarters`` the items of 人员, 资产负债, 资产存量,
    三保支出 and 支出进度, ``listed`` the categories of 事项清单 whose completion is reckoned;
    ``basic_parts`` are the items of the structure of 收支 that make up 基本支出,
    ``procurement_memo`` those of 政府采购 that are shown beside its total and are no part of it.
    ``fiscal`` are the English names of the funds that are 财政拨款, ``vehicles`` those of the assets that are
    vehicles; ``economic`` gathers the 类 of the economic classification: English name → codes.
    """

    units: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    structure: Mapping[str, str] = field(default_factory=dict)
    sangong: Mapping[str, str] = field(default_factory=dict)
    funding: Mapping[str, str] = field(default_factory=dict)
    income: Mapping[str, str] = field(default_factory=dict)
    funds: Mapping[str, str] = field(default_factory=dict)
    procurement: Mapping[str, str] = field(default_factory=dict)
    running_costs: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, str] = field(default_factory=dict)
    assets: Mapping[str, str] = field(default_factory=dict)
    last_year: Mapping[str, str] = field(default_factory=dict)
    staff: Mapping[str, str] = field(default_factory=dict)
    balance: Mapping[str, str] = field(default_factory=dict)
    stock: Mapping[str, str] = field(default_factory=dict)
    guarantees: Mapping[str, str] = field(default_factory=dict)
    quarters: Mapping[str, str] = field(default_factory=dict)
    listed: Mapping[str, str] = field(default_factory=dict)
    basic_parts: tuple[str, ...] = ()
    procurement_memo: tuple[str, ...] = ()
    fiscal: tuple[str, ...] = ()
    vehicles: tuple[str, ...] = ()
    economic: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UndertakingRow:
    """The indicator of the department form that each goal or task yields; ``{序号}`` is its number."""

    level1: str
    level2: str
    label: str


@dataclass(frozen=True, slots=True)
class Definition:
    """An entry of 名词解释, printed when one of the figures ``when`` is not zero; always when it has none."""

    text: str
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack with everything it inherits, and where each part came from.

    ``derived`` names the department indicators whose 完成值 is computed: printed name → figure.
    ``folders`` runs from the pack itself to the root of its ancestry; templates are looked up in that order.
    ``origin`` maps a dotted key to the file that gave its value.
    ``definitions`` are the entries of 名词解释 in order, by the term they explain.
    ``classifications`` are the function and economic codes by first year of validity.
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
    classifications: Mapping[int, Classification] = field(default_factory=dict)
    definitions: Mapping[str, Definition] = field(default_factory=dict)

    def classification_at(self, year: int) -> Classification:
        """The classification in force in ``year``; an empty one for a year before the first."""
        known = [since for since in self.classifications if since <= year]
        return self.classifications[max(known)] if known else Classification()

    def template(self, name: str) -> Path:
        """The file ``name`` from the nearest folder that has it."""
        for folder in self.folders:
            if (folder / name).is_file():
                return folder / name
        return self.folders[0] / name
