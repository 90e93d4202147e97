"""Texts: sections that must be there, dates in order, words that no signed paper holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from benchmarks.mutation.broken import Broken, Forms, Relation, broken
from benchmarks.mutation.tables import Line, Tables, day

_LEFT_OVER = re.compile(r"XX|××|某某|（示例）|请修改|（待定|、待定|待填|待补|200字以内")
_COPIED, _SHORT, _LEAST_NAME = 40, 60, 4
_NAME_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年")
_PAIRS = (("“", "”"), ("（", "）"), ("《", "》"))
_SCOPE = ("适用单位", "适用对象")


def sections_are_written(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """Every section that the reports need is written, each for whom it is meant."""
    layout = forms.pack.layout
    owners = [
        *(("unit", line.text("单位名称")) for line in tables["单位"] if line.text("单独自评") == "是"),
        *(("project", line.text("项目名称")) for line in tables["项目"]),
        *(("transfer", line.text("转移支付名称")) for line in tables["转移支付"]),
        ("department", layout.department_scope),
    ]
    lines = tables["文字"]
    written = {(line.text(*_SCOPE), line.text("章节")) for line in lines if line.text("正文")}
    cells = ["文字", *(line.cell(label) for line in lines for label in (*_SCOPE, "章节") if line.has(label))]
    for per, owner in owners:
        for section in layout.sections_of(per).values():
            if owner and section.required and not section.text and (owner, section.title) not in written:
                yield broken("章节", f"{owner}{section.title}", *cells)
    kinds: dict[str, set[str]] = {}
    for per, owner in (*owners, *(("unit", line.text("单位名称")) for line in tables["单位"])):
        kinds.setdefault(owner, set()).add(per)
    for line in lines:
        titles = {
            s.title for per in kinds.get(line.text(*_SCOPE), ()) for s in layout.sections_of(per).values()
        }
        if line.text(*_SCOPE) in kinds and line.text("章节") and line.text("章节") not in titles:
            yield broken("章节与对象", line.cell("章节"), line.cell("章节"), line.cell(*_SCOPE))


def dates_are_in_order(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """Evaluated after the year, by the units before the department."""
    year, last = tables.field("年度"), day(tables.field("汇总日期"))
    cells = [tables.field_cell("汇总日期"), tables.field_cell("年度")]
    days = [(last, tables.field_cell("汇总日期"))]
    days += [
        (day(line.text("落款日期")), line.cell("落款日期")) for line in tables["单位"] if line.has("落款日期")
    ]
    for own, cell in days:
        if own and year.isdigit() and own <= date(int(year), 12, 31):
            yield broken("日期在年度后", cell, cell, *cells, sides=(own, year))
        elif own and last and own > last:
            yield broken("日期先后", cell, cell, *cells)


def results_are_no_copies(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """What was achieved is not what was expected word by word, nor one unit's report another's."""
    for line in tables["项目"]:
        if line.text("预期目标") and line.text("预期目标") == line.text("实际完成情况"):
            yield broken("照抄目标", line.cell("项目名称"), line.cell("预期目标"), line.cell("实际完成情况"))
        name, ours = line.text("主管部门"), tables.field("部门（单位）名称")
        if name and name != ours and sorted(set(name)) == sorted(set(ours)):
            yield broken("主管部门", line.cell("主管部门"), line.cell("主管部门"))
    first: dict[str, Line] = {}
    for line in tables["文字"]:
        text = line.text("正文")
        earlier = first.setdefault(text, line)
        if len(text) >= _COPIED and earlier.text(*_SCOPE) != line.text(*_SCOPE):
            cells = [each.cell(label) for each in (earlier, line) for label in ("正文", *_SCOPE)]
            yield broken("照抄文字", text[:20], *cells)


def names_are_spelled_alike(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """No name is another one with two characters changed about."""
    named = [(tables.field("部门（单位）名称"), tables.field_cell("部门（单位）名称"))]
    for title, label in (("单位", "单位名称"), ("项目", "项目名称"), ("转移支付", "转移支付名称")):
        named += [(line.text(label), line.cell(label)) for line in tables[title]]
    first: dict[tuple[str, ...], tuple[str, str]] = {}
    for name, cell in named:
        other, place = first.setdefault(tuple(sorted(name)), (name, cell))
        if other != name:
            yield broken("写法", cell, cell, place)
    right = tuple((key, name) for key, (name, _) in first.items() if len(name) >= _LEAST_NAME)
    places = [cell for _, cell in named]
    for text, cell in tables.fields.values():
        if _is_misspelled(text, right):
            yield broken("写法", cell, cell, *places)
    for lines in tables.lines.values():
        for line in lines:
            for label in _misspelled(line, right):
                yield broken("写法", line.cell(label), line.cell(label), *places)


_Names = tuple[tuple[tuple[str, ...], str], ...]


@lru_cache(maxsize=20_000)
def _misspelled(line: Line, right: _Names) -> tuple[str, ...]:
    """The columns whose short texts hold a name with two characters changed about."""
    return tuple(label for label in line.columns if _is_misspelled(line.text(label), right))


@lru_cache(maxsize=20_000)
def _is_misspelled(text: str, right: _Names) -> bool:
    return _LEAST_NAME <= len(text) <= _SHORT and any(
        tuple(sorted(window := text[start : start + len(name)])) == key and window != name
        for key, name in right
        for start in range(len(text) - len(name) + 1)
    )


def nothing_is_left_over(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """No hints, no marks without their other half, no reason that says nothing."""
    for text, cell in set(tables.fields.values()):
        yield from _slips(text, cell)
    for title, lines in tables.lines.items():
        if title == "核实说明":
            continue
        for line in lines:
            yield from _left_over(line)


@lru_cache(maxsize=20_000)
def _left_over(line: Line) -> tuple[Broken, ...]:
    return tuple(found for label in line.columns for found in _slips(line.text(label), line.cell(label)))


def _slips(text: str, cell: str) -> Iterator[Broken]:
    if _LEFT_OVER.search(text):
        yield broken("占位", cell, cell)
    if any(text.count(left) != text.count(right) for left, right in _PAIRS):
        yield broken("标点成对", cell, cell)


def names_speak_of_the_year(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """An indicator, or a form, with a year in its name speaks of the year evaluated."""
    for line in tables["绩效指标"]:
        years = _NAME_YEAR.findall(line.text("三级指标"))
        if any(year != tables.field("年度") for year in years):
            yield broken(
                "名称的年份",
                line.cell("三级指标"),
                line.cell("三级指标"),
                tables.field_cell("年度"),
                sides=(tables.field("年度"), *years),
            )
    if any(year != tables.field("年度") for year in re.findall(r"(?:19|20)\d\d", tables.field("自评表名称"))):
        yield broken("自评表的年份", "", tables.field_cell("自评表名称"), tables.field_cell("年度"))


def reports_have_their_texts(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """A unit that reports project by project says what each project's money is for."""
    style = {line.text("单位名称"): line for line in tables["单位"] if line.text("报告写法") == "分项目"}
    for line in tables["项目"]:
        own = style.get(line.text("实施单位"))
        if own is not None and line.has("资金用途") and not line.text("资金用途"):
            cells = (line.cell("资金用途"), line.cell("实施单位"), own.cell("报告写法"))
            yield broken("资金用途", line.cell("项目名称"), *cells)


RELATIONS: tuple[Relation, ...] = (
    sections_are_written,
    dates_are_in_order,
    results_are_no_copies,
    names_are_spelled_alike,
    nothing_is_left_over,
    names_speak_of_the_year,
    reports_have_their_texts,
)
