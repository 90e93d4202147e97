"""What the county's tables need of one department: kept in its ``run.json``, so as to be made once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from docgen.quantity import plain

if TYPE_CHECKING:  # a run that finds nothing changed needs none of the stages before
    from docgen.checks import Case
    from docgen.figures.results import ProjectResult
    from docgen.finding import Finding, Place
    from docgen.present import View


@dataclass(frozen=True, slots=True)
class ProjectExtract:
    """One project: amounts in 元, ``row`` as the pack's summary prints it, ``findings`` on its own rows."""

    name: str
    unit: str
    initial_budget: Decimal | None
    annual_budget: Decimal | None
    annual_spending: Decimal | None
    execution_rate: Decimal | None
    score: Decimal | None
    grade: str
    findings: int
    row: View


@dataclass(frozen=True, slots=True)
class Extract:
    """One department; amounts and rates are those over its projects."""

    initial_budget: Decimal | None
    annual_budget: Decimal | None
    annual_spending: Decimal | None
    execution_rate: Decimal | None
    average_score: Decimal | None
    overall_score: Decimal | None
    overall_grade: str
    projects: tuple[ProjectExtract, ...]


def extract_of(case: Case, findings: Sequence[Finding]) -> Extract:
    """The extract of a department that has been computed and checked."""
    from docgen.present import summary_rows

    totals, overall = case.figures.totals, case.figures.overall
    found = _by_project(case, findings)
    return Extract(
        initial_budget=totals.initial_budget.value,
        annual_budget=totals.annual_budget.value,
        annual_spending=totals.annual_spending.value,
        execution_rate=totals.execution_rate.value,
        average_score=totals.average_score.value,
        overall_score=overall.total_score.value,
        overall_grade=overall.grade,
        projects=tuple(
            _project(result, found[number], row)
            for number, (result, row) in enumerate(
                zip(case.figures.projects, summary_rows(case), strict=True)
            )
        ),
    )


def _project(result: ProjectResult, findings: int, row: View) -> ProjectExtract:
    return ProjectExtract(
        name=result.project.name.otherwise(""),
        unit=result.project.unit.otherwise(""),
        initial_budget=result.total.initial_budget.value,
        annual_budget=result.total.annual_budget.value,
        annual_spending=result.total.annual_spending.value,
        execution_rate=result.total.execution_rate.value,
        score=result.total_score.value,
        grade=result.grade,
        findings=findings,
        row=row,
    )


def _by_project(case: Case, findings: Iterable[Finding]) -> Counter[int]:
    """How many findings lie on the rows of each project, by its number."""
    owner = {
        _row(place): number
        for number, result in enumerate(case.figures.projects)
        for place in _places(result)
        if place.cell
    }
    numbers = (owner.get(_row(finding.place)) for finding in findings)
    return Counter(number for number in numbers if number is not None)


def _row(place: Place) -> tuple[str, str]:
    return place.sheet, place.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _places(result: ProjectResult) -> Iterator[Place]:
    project = result.project
    yield project.name.place
    lines = (*project.funding, *((project.total,) if project.total else ()))
    yield from (line.project.place for line in lines)
    yield from (indicator.level3.place for indicator in project.indicators)


def extract_data(extract: Extract) -> dict[str, object]:
    """``extract`` as JSON holds it: exact numbers as text."""
    return _data(extract) | {"projects": [_data(project) for project in extract.projects]}


def _data(extract: Extract | ProjectExtract) -> dict[str, object]:
    values = {each.name: getattr(extract, each.name) for each in fields(extract)}
    return {name: plain(value) if isinstance(value, Decimal) else value for name, value in values.items()}


def extract_from(data: Mapping[str, Any]) -> Extract:
    """The extract that ``extract_data`` told. Raises ``TypeError`` or ``ValueError`` for anything else."""
    projects = tuple(ProjectExtract(**_exact(project)) for project in data["projects"])
    return Extract(
        **_exact({name: value for name, value in data.items() if name != "projects"}), projects=projects
    )


_NUMBERS = {
    "initial_budget",
    "annual_budget",
    "annual_spending",
    "execution_rate",
    "average_score",
    "overall_score",
    "score",
}


def _exact(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: Decimal(value) if name in _NUMBERS and value is not None else value
        for name, value in data.items()
    }
