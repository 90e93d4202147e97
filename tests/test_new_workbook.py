"""A new workbook with what last year's record hands on."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from docgen.cli import app
from docgen.errors import DocgenError
from docgen.new_workbook import new_workbook
from docgen.outputs.last_year import last_year_in
from docgen.packs import default_pack, load_pack
from docgen.pipeline import examine, run
from docgen.workbook import pack_named_in, read

SAMPLE = Path(__file__).parent.parent / "inputs" / "xinxiang-2021.xlsx"
REASON = "调查范围不同"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run(SAMPLE, out=tmp_path_factory.mktemp("上年"), measure_pages=False).stored.folder / "run.json"


@pytest.fixture(scope="module")
def made(record: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("今年") / "2022年度.xlsx"
    result = CliRunner().invoke(app, ["new", str(path), "--last-year", str(record)])
    assert result.exit_code == 0, result.output
    assert "2022 年度" in result.output
    return path


def rows(path: Path, sheet: str) -> list[list[object]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path)[sheet].iter_rows()]


def test_names_of_the_department_units_and_projects_are_carried_over(made: Path) -> None:
    filing, before = examine(made).case.filing, examine(SAMPLE).case.filing
    assert filing.department.fiscal_year.value == 2022
    assert filing.department.name.value == before.department.name.value
    assert filing.department.money_unit.value is before.department.money_unit.value
    assert [unit.name.value for unit in filing.units] == [unit.name.value for unit in before.units]
    assert [unit.self_evaluates.value for unit in filing.units] == [
        unit.self_evaluates.value for unit in before.units
    ]
    assert [(p.name.value, p.unit.value) for p in filing.projects] == [
        (p.name.value, p.unit.value) for p in before.projects
    ]


def test_amounts_and_results_are_not(made: Path) -> None:
    assert all(project.funding == () for project in examine(made).case.filing.projects)


def test_reasons_come_along_as_reminders_with_the_figures_they_explained(made: Path) -> None:
    listed = [row for row in rows(made, "核实说明")[1:] if row[0]]
    (row,) = [row for row in listed if row[0] == "X205"]
    assert str(row[2]).startswith(f"（上年说明）{REASON}")
    assert {"95%", "92%"} <= set(str(row[3]).split("、"))


def test_a_reminder_closes_nothing_and_is_not_complained_of(made: Path) -> None:
    findings = examine(made).findings
    assert [finding for finding in findings if finding.explained] == []
    assert [finding.code for finding in findings if finding.code in {"X901", "X902", "X903"}] == []


def test_a_record_of_another_year_is_refused(record: Path, tmp_path: Path) -> None:
    with pytest.raises(DocgenError, match="是 2021 年度的记录，不是 2024 年度的"):
        new_workbook(tmp_path / "新.xlsx", "", 2025, last_year_in(record))


def test_what_lies_there_already_stays(made: Path) -> None:
    before = made.read_bytes()
    with pytest.raises(DocgenError, match="没有覆盖"):
        new_workbook(made, "xinxiang", 2022)
    assert made.read_bytes() == before


def test_without_a_pack_it_is_for_the_default_one(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["new", str(tmp_path / "新.xlsx"), "--year", "2025"])
    assert result.exit_code == 0, result.output
    assert load_pack(default_pack()).title in result.output
    assert pack_named_in(read(tmp_path / "新.xlsx")) == default_pack()
