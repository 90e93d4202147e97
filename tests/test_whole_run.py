"""The sample department in full: every document there, valid, and open to the real programs."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from docgen.pipeline import Run, run
from tests.real_office import assert_opens, assert_valid, needs_soffice, needs_validator

INPUTS = Path(__file__).parent.parent / "inputs"
SAMPLES = sorted(path for path in INPUTS.glob("*.xlsx") if not path.name.startswith("~$"))


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda path: path.stem)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A sample made into its documents."""
    out = tmp_path_factory.mktemp("outputs")
    return run(request.param, out=out, measure_pages=False, today=date(2026, 1, 5))


def documents(made: Run) -> list[Path]:
    return [made.stored.folder / entry.path for entry in made.stored.made]


def test_each_unit_and_project_has_its_documents(made: Run) -> None:
    pack = made.titles
    kinds = Counter(entry.document for entry in made.stored.made)
    assert set(pack) <= set(kinds)
    assert all(path.is_file() for path in documents(made))
    assert len({entry.path for entry in made.stored.made}) == len(made.stored.made)


@needs_validator
def test_every_document_is_valid(made: Run) -> None:
    assert_valid(documents(made))


@needs_soffice
def test_every_document_opens(made: Run, tmp_path: Path) -> None:
    assert_opens(documents(made), tmp_path)


@needs_soffice
def test_page_numbers_are_measured_and_the_same_every_time(tmp_path: Path) -> None:
    runs = [run(SAMPLES[0], out=tmp_path / name, today=date(2026, 1, 5)) for name in ("一", "二")]
    assert [made.notes for made in runs] == [(), ()]
    assert len({tuple(entry.sha256 for entry in made.stored.made) for made in runs}) == 1
