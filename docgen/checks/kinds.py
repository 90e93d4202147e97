"""The checks a pack may declare without Python: a closed list of kinds over the columns of one sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any, NamedTuple

from docgen.checks.case import Case, equation, rate
from docgen.checks.execution import agree_as_typed
from docgen.checks.rule import Rule
from docgen.figures.acceptance import folded
from docgen.finding import Related, Remark, Severity
from docgen.model import Entered, Filing
from docgen.packs import CheckSetting, Pack
from docgen.quantity import ZERO, plain

_OF_TRANSFER = "transfer_"


class Row(NamedTuple):
    """One row of the sheet a check is declared for."""

    case: Case
    setting: CheckSetting
    record: object

    def cell(self, column: str) -> Entered[Any]:
        """The cell of a column, of the model or of the pack's own."""
        extras: dict[str, Entered[str]] = getattr(self.record, "extras", {})
        found: Entered[Any] = getattr(self.record, column, extras.get(column, Entered()))
        return found

    def number(self, column: str) -> Decimal | None:
        """The cell as a number; amounts in 元, percentages as fractions."""
        value = self.cell(column).value
        try:
            return None if value is None else Decimal(str(value).removesuffix("%"))
        except InvalidOperation:
            return None

    def words(self, column: str) -> str:
        """The cell as text."""
        cell = self.cell(column)
        return cell.value if isinstance(cell.value, str) else cell.text

    def label(self, column: str) -> str:
        """The printed label of a column."""
        return self.case.label(self.setting.sheet, column)

    def written(self, column: str, value: Decimal) -> str:
        """A number as it is typed in this column."""
        sheet = self.case.pack.layout.sheets[self.setting.sheet]
        kind = sheet.columns[column].type
        if kind == "money":
            return self.case.number(value)
        return rate(value) if kind == "ratio" else plain(value)

    def remark(self, message: str, expected: str) -> Remark:
        """What the check says, at the checked column; the other columns are related."""
        others = (self.cell(column) for column in self.setting.others)
        related = tuple(Related(cell.place, cell.place.label) for cell in others if cell.place.sheet)
        return Remark(self.cell(self.setting.column).place, message, expected, related)


def sum_equals(row: Row) -> Iterator[Remark]:
    """``column`` = Σ ``others``; blank addends count for nothing."""
    column, setting = row.setting.column, row.setting
    whole = row.number(column)
    parts = [part for other in setting.others if (part := row.number(other)) is not None]
    if whole is not None and parts and whole != sum(parts, ZERO):
        total = row.written(column, sum(parts, ZERO))
        how = equation("+".join(row.written(column, part) for part in parts), total)
        yield row.remark(f"{row.label(column)}填 {row.written(column, whole)}，各项合计 {how}", total)


def ratio_equals(row: Row) -> Iterator[Remark]:
    """``column`` = ``others[0]`` ÷ ``others[1]``, rounded as typed."""
    column, (over, under) = row.setting.column, row.setting.others
    claim, dividend, divisor = row.number(column), row.number(over), row.number(under)
    if claim is None or dividend is None or not divisor:
        return
    if not agree_as_typed(claim, dividend / divisor):
        how = f"{row.written(over, dividend)}÷{row.written(under, divisor)}"
        due = rate(dividend / divisor)
        yield row.remark(f"{row.label(column)}填 {row.written(column, claim)}，{how}={due}", due)


def within(row: Row) -> Iterator[Remark]:
    """``lowest`` ≤ ``column`` ≤ ``highest``; either bound may be left out."""
    column, setting, value = row.setting.column, row.setting, row.number(row.setting.column)
    if value is None:
        return
    said = f"{row.label(column)}填 {row.written(column, value)}"
    if setting.lowest is not None and value < setting.lowest:
        limit = row.written(column, setting.lowest)
        yield row.remark(f"{said}，低于 {limit}", f"不低于 {limit}")
    elif setting.highest is not None and value > setting.highest:
        limit = row.written(column, setting.highest)
        yield row.remark(f"{said}，高于 {limit}", f"不高于 {limit}")


def one_of(row: Row) -> Iterator[Remark]:
    """``column`` is one of ``values``."""
    said = row.words(row.setting.column).strip()
    if said and folded(said) not in {folded(value) for value in row.setting.values}:
        choices = "、".join(row.setting.values)
        yield row.remark(f"{row.label(row.setting.column)}填“{said}”，只能是 {choices} 之一", choices)


def required_when(row: Row) -> Iterator[Remark]:
    """``column`` is filled when ``others[0]`` is (or is one of ``values``, where some are given)."""
    other = row.setting.others[0]
    said = row.words(other).strip()
    demanded = folded(said) in {folded(value) for value in row.setting.values} if row.setting.values else said
    if demanded and not row.cell(row.setting.column).is_given:
        label = row.label(row.setting.column)
        yield row.remark(f"{row.label(other)}填了“{said}”，{label}却空着", f"填写{label}")


def same_as(row: Row) -> Iterator[Remark]:
    """``column`` says what ``others[0]`` says."""
    other = row.setting.others[0]
    mine, theirs = row.words(row.setting.column).strip(), row.words(other).strip()
    if mine and theirs and folded(mine) != folded(theirs):
        yield row.remark(
            f"{row.label(row.setting.column)}填“{mine}”，{row.label(other)}是“{theirs}”，应当相同", theirs
        )


def no_longer_than(row: Row) -> Iterator[Remark]:
    """``column`` has at most ``longest`` characters."""
    column, limit = row.setting.column, row.setting.longest
    length = len(row.words(column).strip())
    if length > limit:
        yield row.remark(f"{row.label(column)}有 {length} 字，最多 {limit} 字", f"不超过 {limit} 字")


KINDS: dict[str, tuple[Callable[[Row], Iterator[Remark]], int]] = {
    "sum-equals": (sum_equals, 1),
    "ratio-equals": (ratio_equals, 2),
    "within": (within, 0),
    "one-of": (one_of, 0),
    "required-when": (required_when, 1),
    "same-as": (same_as, 1),
    "no-longer-than": (no_longer_than, 0),
}
"""Each kind with the least number of other columns it needs."""


def records(filing: Filing, sheet: str) -> Iterator[object]:
    """The rows of a sheet by its key."""
    if sheet == "department":
        yield filing.department
    elif sheet == "funding":
        for project in filing.projects:
            yield from (*project.funding, *([project.total] if project.total else []))
    elif sheet == "indicators":
        for project in filing.projects:
            yield from project.indicators
    elif sheet.startswith(_OF_TRANSFER):
        for transfer in filing.transfers:
            yield from getattr(transfer, sheet.removeprefix(_OF_TRANSFER))
    else:
        holders = (filing, filing.final_accounts, filing.report)
        yield from next((getattr(each, sheet) for each in holders if hasattr(each, sheet)), ())


def declared(pack: Pack) -> Iterator[Rule]:
    """The checks a pack declares, as rules."""
    for code, setting in pack.checks.items():
        if setting.kind:
            yield Rule(
                code=code,
                slug=setting.kind,
                severity=Severity.VERIFY,
                basis=setting.basis,
                summary=setting.summary,
                wrong="",
                right="",
                fix=setting.fix,
                function=partial(_run, setting),
            )


def _run(setting: CheckSetting, case: Case) -> Iterator[Remark]:
    check, _ = KINDS[setting.kind]
    for record in records(case.filing, setting.sheet):
        yield from check(Row(case, setting, record))


def complaints(pack: Pack) -> Iterator[tuple[str, str]]:
    """What is wrong in the declared checks, by key: code, texts, sheet, columns."""
    for code, setting in pack.checks.items():
        if not setting.kind:
            continue
        if not (code.startswith("P") and code[1:].isdigit()):
            yield code, "模板包自己的检查用 P 加三位数字编号，如 P101"
        for name in ("basis", "summary", "fix"):
            if not getattr(setting, name):
                yield f"{code}.{name}", "缺少这一项"
        yield from _columns_missing(pack, code, setting)


def _columns_missing(pack: Pack, code: str, setting: CheckSetting) -> Iterator[tuple[str, str]]:
    sheet = pack.layout.sheets.get(setting.sheet)
    if sheet is None:
        yield f"{code}.sheet", f"没有表 {setting.sheet}；可用的有：{'、'.join(pack.layout.sheets)}"
        return
    for column in (setting.column, *setting.others):
        if column not in sheet.columns:
            known = "、".join(sheet.columns)
            yield f"{code}.column", f"表 {setting.sheet} 没有列 {column}；可用的有：{known}"
    needed = KINDS[setting.kind][1]
    if len(setting.others) < needed:
        yield f"{code}.others", f"{setting.kind} 要在 others 里写 {needed} 列"
