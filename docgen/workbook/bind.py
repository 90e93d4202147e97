"""``Book`` + ``Layout`` → ``Filing``: typed values with their cells, everything wrong reported at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum
from functools import cache
from itertools import pairwise
from typing import Any

from docgen.finding import Finding, Place, Related
from docgen.model import (
    AccountLine,
    Department,
    Entered,
    Explanation,
    Filing,
    FundingLine,
    Indicator,
    Narrative,
    ProcurementLine,
    Project,
    SangongLine,
    Undertaking,
    UndertakingKind,
    Unit,
)
from docgen.packs import Layout
from docgen.quantity import MoneyUnit, plain
from docgen.workbook import complaints
from docgen.workbook.absent import absent_sheets
from docgen.workbook.assemble import (
    CLASSES,
    RATED,
    by_owner,
    department_report,
    final_accounts,
    transfers,
    with_tier,
)
from docgen.workbook.book import GUIDE, LISTS, Book
from docgen.workbook.folding import key, packed
from docgen.workbook.lists import SCOPES, lists_of
from docgen.workbook.locate import Located, locate
from docgen.workbook.reading import Choices, Context
from docgen.workbook.records import (
    Notes,
    Reading,
    Record,
    fields_record,
    layout_notes,
    table_records,
)
from docgen.workbook.strange import strange_columns
from docgen.workbook.unread import gaps_of, once_for_each_name

# The one label that must be known before any pack is: the row that names the pack.
PACK_LABEL = "模板包"
_CLASSES: Mapping[str, type] = {
    "department": Department,
    "units": Unit,
    "projects": Project,
    "funding": FundingLine,
    "indicators": Indicator,
    "undertakings": Undertaking,
    "overall": Indicator,
    "accounts": AccountLine,
    "sangong": SangongLine,
    "procurement": ProcurementLine,
    "narratives": Narrative,
    "explanations": Explanation,
    **CLASSES,
}
# The columns whose entries are an enumeration.
_KINDS: Mapping[type, tuple[str, type[Enum]]] = {
    Department: ("money_unit", MoneyUnit),
    Undertaking: ("kind", UndertakingKind),
}
_ROWS_OF_PROJECTS = ("funding", "indicators")  # without projects nobody expects any


@dataclass(frozen=True, slots=True)
class Bound:
    """The filing, what reading found wrong, and how every target and actual was understood."""

    filing: Filing
    findings: tuple[Finding, ...]
    readings: tuple[Reading, ...]


def pack_named_in(book: Book) -> str | None:
    """The pack the workbook says it is for; None when it does not say."""
    for grid in book.sheets:
        for line in grid.rows[:40]:
            for left, right in pairwise(line):
                if isinstance(left, str) and key(left).rstrip("*:") == PACK_LABEL and str(right).strip():
                    return packed(str(right))
    return None


def bind(book: Book, layout: Layout, tiers: tuple[str, ...]) -> Bound:
    """The filing in ``book``. ``tiers`` are the 完成档次 that the pack's norms know."""
    notes = Notes()
    _file_notes(book, notes)
    stranger = _nothing_to_read(book, layout)
    if stranger is not None:
        notes.findings.append(stranger)
        unread = frozenset(layout.used_sheets)
        return Bound(Filing(book.name, gaps=unread), tuple(notes.findings), ())
    located, missing = locate(book, layout)
    lost, absent = absent_sheets(book, layout, located)
    notes.findings += [*absent, *missing]
    lists = lists_of(layout, located, tiers, lost)
    records = _records(layout, located, lists, notes)
    filing = _filing(book, layout, located, _made(records, tiers), notes)
    filing = replace(filing, gaps=gaps_of(layout, located, records, lost))
    return Bound(filing, tuple(once_for_each_name(notes.findings)), tuple(notes.readings))


def _file_notes(book: Book, notes: Notes) -> None:
    place = Place(book.name)
    if book.is_open:
        notes.findings.append(
            complaints.FILE_OPEN.at(place, "这个工作簿正在 Excel 里开着，读到的是上一次保存的内容。")
        )
    if book.has_macros:
        notes.findings.append(complaints.MACROS.at(place, "工作簿带有宏，宏没有运行。"))


def _nothing_to_read(book: Book, layout: Layout) -> Finding | None:
    """One finding instead of many for an empty book, and for a book that is something else altogether."""
    place = Place(book.name)
    ours = {key(t) for sheet in layout.used_sheets.values() for t in (sheet.title, *sheet.aliases)}
    filled = [grid for grid in book.sheets if not grid.is_empty and key(grid.title) not in {GUIDE, LISTS}]
    if not filled:
        return complaints.NOTHING_FILLED.at(place, "工作簿是空的。", "用 docgen new 生成工作簿，填好后再运行")
    if not any(key(grid.title) in ours for grid in filled):
        titles = "、".join(f"“{sheet.title}”" for sheet in list(layout.used_sheets.values())[:4])
        message = f"这不是本模板包的工作簿：{titles} 等表一张也没有。"
        return complaints.SHEET_MISSING.at(place, message, "用 docgen new 生成工作簿，把数据填进去")
    return None


def _records(
    layout: Layout, located: Mapping[str, Located], lists: Mapping[str, Choices], notes: Notes
) -> dict[str, list[Record]]:
    context = Context(lists=lists)
    found: dict[str, list[Record]] = {}
    for name, sheet in layout.used_sheets.items():
        place = located.get(name)
        if place is None or not place.is_usable:
            found[name] = []
        elif sheet.kind == "fields":
            found[name] = [fields_record(place, context, notes)]
        else:
            found[name] = table_records(place, context, notes)
        if name == "department" and found[name]:
            context = Context(MoneyUnit(_money_unit(layout, found[name][0])), lists)
        if place is not None and place.is_usable:
            layout_notes(place, notes)
            notes.findings.extend(strange_columns(place))
    _nothing_filled(located, found, notes)
    return found


def _money_unit(layout: Layout, record: Record) -> str:
    """The declared unit; where it is missing (a finding of its own), the first one the list offers."""
    column = layout.sheets["department"].columns.get("money_unit")
    offered = column.choices if column else ()
    declared = record.get("money_unit", Entered()).value
    return str(declared or next(iter(offered), MoneyUnit.WAN.value))


def _nothing_filled(located: Mapping[str, Located], found: Mapping[str, list[Record]], notes: Notes) -> None:
    for name, place in located.items():
        if name in _ROWS_OF_PROJECTS and not found.get("projects"):
            continue
        if place.sheet.filled and place.is_usable and not found.get(name):
            where = Place(place.grid.workbook, place.grid.title)
            notes.findings.append(
                complaints.NOTHING_FILLED.at(where, f"“{place.sheet.title}”里一行也没有填。")
            )


def _made(records: Mapping[str, list[Record]], tiers: tuple[str, ...]) -> dict[str, list[Any]]:
    """The rows of every sheet as instances of its class; a 完成值 that names a tier chooses it."""
    made = {name: _models(_CLASSES[name], rows) for name, rows in records.items() if name in _CLASSES}
    by_key = {key(tier): tier for tier in tiers}
    rated = {name: [with_tier(row, by_key) for row in made[name]] for name in RATED if name in made}
    return made | rated


def _filing(
    book: Book,
    layout: Layout,
    located: Mapping[str, Located],
    made: Mapping[str, list[Any]],
    notes: Notes,
) -> Filing:
    departments = made.get("department", [])
    units = _unique(made.get("units", []), "单位名称", notes)
    _narratives_fit(layout, made, notes)
    return Filing(
        workbook=book.name,
        department=departments[0] if departments else Department(),
        units=units,
        projects=_projects(layout, made, notes),
        undertakings=tuple(made.get("undertakings", [])),
        overall=tuple(made.get("overall", [])),
        accounts=tuple(made.get("accounts", [])),
        sangong=tuple(made.get("sangong", [])),
        procurement=tuple(made.get("procurement", [])),
        narratives=tuple(made.get("narratives", [])),
        explanations=tuple(made.get("explanations", [])),
        transfers=transfers(made, _unique(made.get("transfers", []), "转移支付名称", notes)),
        final_accounts=final_accounts(made),
        report=department_report(made),
        sheets={name: Place(book.name, place.grid.title) for name, place in located.items()},
    )


@cache
def _fields_of(cls: type) -> frozenset[str]:
    return frozenset(spec.name for spec in fields(cls))


def _models(cls: type, records: list[Record]) -> list[Any]:
    """Instances of a model class; columns it does not know go into its extras as text."""
    known = _fields_of(cls)
    names = records[0].keys() if records else ()  # all rows of a sheet have the same
    own = [name for name in names if name in known]
    others = [name for name in names if name not in known]
    made = []
    for record in records:
        values: dict[str, Any] = {name: record[name] for name in own}
        if "extras" in known:
            values["extras"] = {name: _as_text(record[name]) for name in others}
        if cls in _KINDS:
            name, kind = _KINDS[cls]
            values |= {name: _of_kind(kind, record[name])} if name in record else {}
        made.append(cls(**values))
    return made


def _of_kind(kind: type[Enum], given: Entered[Any]) -> Entered[Any]:
    return Entered(kind(given.value) if given.is_given else None, given.place, given.text)


def _as_text(given: Entered[Any]) -> Entered[str]:
    value = given.value
    if value is None or isinstance(value, str):
        return given
    if isinstance(value, bool):
        return Entered("是" if value else "否", given.place, given.text)
    return Entered(given.text if not hasattr(value, "as_tuple") else plain(value), given.place, given.text)


def _unique(items: Iterable[Any], what: str, notes: Notes) -> tuple[Any, ...]:
    """The items with a name of their own; a second one of the same name is reported and left out."""
    by_name: dict[str, Any] = {}
    for item in items:
        name = item.name
        if not name.is_given:
            continue
        first = by_name.setdefault(key(name.value), item)
        if first is not item:
            related = (Related(first.name.place, "第一次出现在这里"),)
            message = f"{what}“{name.value}”重复，第一次在 {first.name.place.cell}；这一行没有读取。"
            notes.findings.append(complaints.NAME_TWICE.at(name.place, message, related=related))
    return tuple(by_name.values())


def _projects(layout: Layout, made: Mapping[str, list[Any]], notes: Notes) -> tuple[Project, ...]:
    """The projects with the rows of 项目资金 and 绩效指标 that name them."""
    funding = by_owner(made.get("funding", []), "project")
    indicators = by_owner(made.get("indicators", []), "project")
    total = _total_source(layout)
    projects = []
    for project in _unique(made.get("projects", []), "项目名称", notes):
        lines = funding.get(project.name.value, [])
        totals = [line for line in lines if line.source.value == total]
        notes.findings.extend(_totals_after_the_first(project, totals))
        values = {name: getattr(project, name) for name in _fields_of(Project)}
        values["funding"] = tuple(line for line in lines if line.source.value != total)
        values["total"] = totals[0] if totals else None
        values["indicators"] = tuple(indicators.get(project.name.value, []))
        projects.append(Project(**values))
    return tuple(projects)


def _totals_after_the_first(project: Project, totals: list[FundingLine]) -> Iterator[Finding]:
    for line in totals[1:]:
        related = (Related(totals[0].source.place, "第一行在这里"),)
        message = f"“{project.name.value}”的“{line.source.value}”写了两行；这一行没有读取。"
        yield complaints.TOTAL_TWICE.at(line.source.place, message, related=related)


def _total_source(layout: Layout) -> str:
    sheet = layout.sheets.get("funding")
    column = sheet.columns.get("source") if sheet else None
    return column.total if column else ""


def _narratives_fit(layout: Layout, made: Mapping[str, list[Any]], notes: Notes) -> None:
    """A section is written once per scope, and for whom it is meant."""
    per: dict[str, set[str]] = {}
    for each in layout.sections.values():
        per.setdefault(each.title, set()).add(each.per)
    kinds = _scope_kinds(layout, made)
    seen: dict[tuple[str, str], Entered[str]] = {}
    for narrative in made.get("narratives", []):
        scope, section = narrative.scope.value, narrative.section.value
        if scope is None or section is None:
            continue
        if section in per and not per[section] & kinds.get(scope, set(SCOPES)):
            message = f"“{section}”不是写给“{scope}”的章节。"
            notes.findings.append(complaints.SECTION_ELSEWHERE.at(narrative.section.place, message))
        first = seen.setdefault((scope, section), narrative.section)
        if first is not narrative.section:
            related = (Related(first.place, "第一次出现在这里"),)
            message = f"“{scope}”的“{section}”写了两行，第一行在 {first.place.cell}。"
            notes.findings.append(complaints.TEXT_TWICE.at(narrative.section.place, message, related=related))


def _scope_kinds(layout: Layout, made: Mapping[str, list[Any]]) -> dict[str, set[str]]:
    """What each name of the column 适用单位 stands for: the department, a unit, a project, a transfer."""
    kinds = {layout.department_scope: {"department"}}
    for kind, sheet in SCOPES.items():
        for row in made.get(sheet, []):
            if row.name.is_given:
                kinds.setdefault(row.name.value, set()).add(kind)
    return kinds
