"""The words of a table over all departments of a county, in the form that the pack has for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from docgen.checks import Case
from docgen.errors import Complaint, PackError
from docgen.figures.results import Totals
from docgen.packs import Document, Pack, norms_at
from docgen.present.formats import Notation
from docgen.present.names import output_stem, unused
from docgen.present.page import Page
from docgen.present.shown import View
from docgen.present.summary_words import summary_rows, totals_view
from docgen.present.texts import said

_NAME, _NUMBER = "项目名称", "序号"


@dataclass(frozen=True, slots=True)
class Volume:
    """A part of the table short enough for one file: ``rows`` as departments print them, with their names.

    ``first`` is the number of its first row, ``number`` its own (0: the only one). The totals stand in the
    last volume.
    """

    rows: Sequence[tuple[str, View]]
    first: int
    number: int
    is_last: bool


def county_pages(pack: Pack, year: int, volume: Volume, sums: tuple[int, Totals]) -> Iterator[Page]:
    """A page for each template of the documents that the pack makes for the whole county.

    ``sums`` are the number of departments and the totals over all their projects so far.
    """
    norms = norms_at(pack, max(year, pack.norm_book.first_year))
    notation = Notation(pack.formats, norms.score_places)
    context = _context(pack, year, _summary(volume, sums, notation))
    taken: set[str] = set()
    for key, document in pack.documents.items():
        if document.per == "county":
            stem = _stem(pack, key, document, year) + _mark(volume)
            for template in document.templates:
                path = unused(stem, PurePosixPath(template).suffix, taken)
                yield Page(key, document.title, path, pack.template(template), context)


def specimen_pages(case: Case) -> Iterator[Page]:
    """The county documents over one department alone: what their templates are tried with."""
    rows = [(said(case.filing.department.name), row) for row in summary_rows(case)]
    year = case.filing.department.fiscal_year.otherwise(case.pack.norm_book.first_year)
    yield from county_pages(case.pack, year, Volume(rows, 1, 0, is_last=True), (1, case.figures.totals))


def _stem(pack: Pack, key: str, document: Document, year: int) -> str:
    try:
        return output_stem(document.output, {"年度": str(year)})
    except KeyError as error:
        message = f"文件名里不能用 {{{error.args[0]}}}；可用的有：年度"
        complaint = Complaint(f"{pack.id}/pack.toml", f"documents.{key}.output", message)
        raise PackError(pack.id, [complaint]) from error


def _mark(volume: Volume) -> str:
    return f"（第{volume.number}册）" if volume.number else ""


def _context(pack: Pack, year: int, summary: View) -> View:
    return {
        "年度": str(year),
        "报告日期": "",
        "金额单位": pack.formats.money_unit,
        "汇总": summary,
        "是草稿": False,
    }


def _summary(volume: Volume, sums: tuple[int, Totals], notation: Notation) -> View:
    departments, totals = sums
    return {
        "单位名称": f"全部部门（{departments} 个）",
        "层级": "",
        "日期": "",
        "行": [_row(name, row, number) for number, (name, row) in enumerate(volume.rows, volume.first)],
        "合计": totals_view(totals, notation),
        "显示合计": volume.is_last,
    }


def _row(department: str, row: View, number: int) -> View:
    return row | {_NUMBER: str(number), _NAME: f"{department}：{row.get(_NAME, '')}"}
