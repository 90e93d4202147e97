"""A run compared with the record that last year's run left."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from docgen.cli import app
from docgen.errors import DocgenError
from docgen.pipeline import examine, run

SAMPLE = Path(__file__).parent.parent / "inputs" / "zezhou-2024.xlsx"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the run of the sample's year left."""
    return run(SAMPLE, out=tmp_path_factory.mktemp("上年"), measure_pages=False).stored.folder / "run.json"


@pytest.fixture(scope="module")
def next_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as if it were of the year after."""
    path = tmp_path_factory.mktemp("今年") / "下年.xlsx"
    book = openpyxl.load_workbook(SAMPLE)
    cell = next(row[1] for row in book["单位信息"].iter_rows() if row[0].value == "年度")
    cell.value = 2025
    book.save(path)
    return path


def test_last_years_totals_are_taken_from_its_record(record: Path, next_year: Path) -> None:
    told = json.loads(record.read_text("utf-8"))
    examined = examine(next_year, last_year=record)
    before = examined.case.figures.final_accounts.changes["income_total"].before
    assert before.value == Decimal(told["amounts"]["income_total"])
    assert [str(place) for place in before.sources] == ["run.json"]
    assert "A512" in {finding.code for finding in examined.findings}


def test_a_run_says_which_record_it_was_compared_with(record: Path, next_year: Path, tmp_path: Path) -> None:
    done = run(next_year, out=tmp_path, measure_pages=False, last_year=record)
    told = json.loads((done.stored.folder / "run.json").read_text("utf-8"))
    assert len(told["last_year"]["sha256"]) == 64
    assert "last_year" not in json.loads(record.read_text("utf-8"))


def test_a_record_of_another_year_is_refused(record: Path) -> None:
    with pytest.raises(DocgenError, match=r"run\.json 是 2024 年度的记录，2024 年度要和 2023 年度比"):
        examine(SAMPLE, last_year=record)


@pytest.mark.parametrize("command", ["check", "run"])
def test_a_record_that_is_not_there_is_one_sentence_and_status_2(command: str, tmp_path: Path) -> None:
    arguments = [command, str(SAMPLE), "--last-year", str(tmp_path / "没有.json")]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert "读不了上年的运行记录" in result.output
