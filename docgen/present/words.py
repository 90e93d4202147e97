"""A case → every page of its pack: the words built once for each project, transfer, unit and department."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from docgen.checks import Case
from docgen.errors import Complaint, PackError
from docgen.figures.results import ProjectResult
from docgen.finding import Finding
from docgen.packs import Document
from docgen.present.account_style import AccountStyle
from docgen.present.account_tables import accounts_view
from docgen.present.account_words import situation_view
from docgen.present.department_words import budget_unit, department_names, department_view
from docgen.present.formats import Notation
from docgen.present.names import output_stem, safe, unused
from docgen.present.narrative_words import SCOPED, scoped_texts, whole_texts
from docgen.present.overall_words import overall_view
from docgen.present.page import Page
from docgen.present.project_words import project_view
from docgen.present.report_words import report_view
from docgen.present.shown import View
from docgen.present.summary_words import summary_row, summary_view
from docgen.present.texts import said
from docgen.present.transfer_words import transfer_view
from docgen.present.unit_words import unit_view

NO_UNIT = "未填单位"


@dataclass(frozen=True, slots=True)
class _Subject:
    """What one document is about: the fields its name may use, and its words."""

    fields: Mapping[str, str]
    context: View


@dataclass(frozen=True, slots=True)
class _Shared:
    """Words of every page, fields of every name, and by identity the view and summary row of each project."""

    base: View
    names: Mapping[str, str]
    notation: Notation
    views: Mapping[int, View]
    rows: Mapping[int, View]

    def rows_of(self, projects: Iterable[ProjectResult]) -> list[View]:
        """The summary rows of some projects, in their order."""
        return [self.rows[id(project)] for project in projects]


def present(case: Case, findings: Iterable[Finding] = ()) -> list[Page]:
    """Every page of every document of the pack, in the pack's order, then the workbook's.

    ``findings`` only decide ``是草稿``. Raises ``PackError`` for an output name the pack got wrong.
    """
    subjects = _subjects(case, any(finding.is_open for finding in findings))
    taken: set[str] = set()
    return [
        page
        for key, document in case.pack.documents.items()
        for page in _pages(case, key, document, subjects[document.per], taken)
    ]


def _pages(
    case: Case, key: str, document: Document, subjects: Iterable[_Subject], taken: set[str]
) -> Iterator[Page]:
    templates = [(PurePosixPath(name).suffix, case.pack.template(name)) for name in document.templates]
    for subject in subjects:
        stem = _stem(case, key, document, subject)
        for suffix, template in templates:
            yield Page(key, document.title, unused(stem, suffix, taken), template, subject.context)


def _stem(case: Case, key: str, document: Document, subject: _Subject) -> str:
    try:
        return output_stem(document.output, subject.fields)
    except KeyError as error:
        message = f"文件名里不能用 {{{error.args[0]}}}；可用的有：{'、'.join(subject.fields)}"
        complaint = Complaint(f"{case.pack.id}/pack.toml", f"documents.{key}.output", message)
        raise PackError(case.pack.id, [complaint]) from error


def _subjects(case: Case, is_draft: bool) -> dict[str, list[_Subject]]:  # noqa: FBT001 - goes straight to a context
    notation = Notation(case.pack.formats, case.norms.score_places)
    projects, numbers = case.figures.projects, _numbers(case)
    views = {id(result): project_view(case, result, numbers[id(result)], notation) for result in projects}
    rows = {id(result): summary_row(case, result, notation) for result in projects}
    shared = _Shared(_base(case, notation, is_draft), _names(case), notation, views, rows)
    units = [
        unit_view(case, unit, [views[id(p)] for p in unit.projects], notation) for unit in case.figures.units
    ]
    return {
        "project": _project_subjects(case, shared),
        "transfer": _transfer_subjects(case, shared),
        "unit": _unit_subjects(case, units, shared),
        "county": [],  # made from many workbooks, by ``county_pages``
        "department": [_department_subject(case, units, shared)],
    }


def _base(case: Case, notation: Notation, is_draft: bool) -> View:  # noqa: FBT001 - likewise
    department = case.filing.department
    return {
        "年度": str(department.fiscal_year.value or ""),
        "上年": str(department.fiscal_year.value - 1) if department.fiscal_year.value else "",
        "报告日期": notation.day(department.report_date),
        "报告年月": notation.month(department.report_date),
        "金额单位": case.pack.formats.money_unit,
        "部门": department_names(case),
        "预算单位": budget_unit(case),
        "是草稿": is_draft,
    }


def _names(case: Case) -> dict[str, str]:
    department = case.filing.department
    return {
        "部门": safe(said(department.name), "未填部门"),
        "年度": str(department.fiscal_year.value or "未填年度"),
    }


def _numbers(case: Case) -> dict[int, int]:
    """The number of each project (by identity) within its unit."""
    reached: Counter[str] = Counter()
    numbers = {}
    for result in case.figures.projects:
        reached[unit := said(result.project.unit)] += 1
        numbers[id(result)] = reached[unit]
    return numbers


def _project_subjects(case: Case, shared: _Shared) -> list[_Subject]:
    results, views = case.figures.projects, shared.views
    sizes = Counter(said(result.project.unit) for result in results)
    return [
        _Subject(
            {**shared.names, **_file_fields(result, views[id(result)], sizes[said(result.project.unit)])},
            {**shared.base, "项目": (view := views[id(result)]), **{name: view[name] for name in SCOPED}},
        )
        for result in results
    ]


def _transfer_subjects(case: Case, shared: _Shared) -> list[_Subject]:
    results = case.figures.transfers
    return [
        _Subject(
            {
                **shared.names,
                "转移支付": safe(name := said(result.transfer.name), "未填转移支付名称"),
                "序号": str(number).zfill(len(str(len(results)))),
            },
            {
                **shared.base,
                "转移": transfer_view(case, result, number, shared.notation),
                **scoped_texts(case, name, "transfer"),
            },
        )
        for number, result in enumerate(results, 1)
    ]


def _file_fields(result: ProjectResult, view: View, size: int) -> dict[str, str]:
    """``序号`` is padded so that a folder sorts in the order of the workbook."""
    return {
        "单位": safe(said(result.project.unit), NO_UNIT),
        "项目": safe(said(result.project.name), "未填项目名称"),
        "序号": str(view["序号"]).zfill(len(str(size))),
    }


def _unit_subjects(case: Case, views: list[View], shared: _Shared) -> list[_Subject]:
    subjects = []
    for result, view in zip(case.figures.units, views, strict=True):
        name, rows = said(result.unit.name), shared.rows_of(result.projects)
        words: View = {
            "单位": view,
            **whole_texts(case, name, "unit"),
            "汇总": summary_view(case, name, rows, result.totals, shared.notation),
        }
        subjects.append(_Subject({**shared.names, "单位": safe(name, NO_UNIT)}, {**shared.base, **words}))
    return subjects


def _department_subject(case: Case, units: list[View], shared: _Shared) -> _Subject:
    figures, notation, projects = case.figures, shared.notation, list(shared.views.values())
    name, rows = said(case.filing.department.name), shared.rows_of(figures.projects)
    words: View = {
        "部门": department_view(case, projects, units, notation),
        "整体": overall_view(case, notation),
        **whole_texts(case, case.pack.layout.department_scope, "department"),
        "汇总": summary_view(case, name, rows, figures.totals, notation),
        **report_view(case, projects, notation),
    }
    if "spending" in case.pack.layout.used_sheets:
        words["决算"] = accounts_view(case, AccountStyle(case.pack.formats))
        words["决算精确"] = accounts_view(case, AccountStyle(case.pack.formats, exact=True))
        words["情况"] = situation_view(case, projects, notation)
    return _Subject(shared.names, {**shared.base, **words})
