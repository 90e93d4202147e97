"""``<``, ``&``, ``=``, tags, control characters, 3,000 characters in any cell: printed whole, files valid."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook

from docgen.packs import load_pack
from docgen.pipeline import Run, run
from tests.docxtext import docx_text
from tests.real_office import assert_opens, assert_valid, needs_soffice, needs_validator
from tests.test_spoiled_workbooks import SAMPLE, spoiled
from tests.xlsxtext import xlsx_text

HIGHEST = 409  # points, the most a row of Excel can have
BEGINNING, END = "=1+1<b>&amp;]]>{{ 项目 }}", "，到此为止"
LONG = BEGINNING + "长" * 3000 + END
LEFT_ALONE = {("projects", "name"), ("units", "name"), ("units", "short_name"), ("units", "kind")}
LEFT_ALONE |= {("explanations", "code"), ("explanations", "where"), ("indicators", "level3")}
LEFT_ALONE |= {("overall", "level3")}


def text_cells(book: Workbook, row: int) -> Iterator[tuple[str, Cell]]:
    """The cells for words of one row of every sheet; names by which rows find each other are left alone."""
    for name, sheet in load_pack("xinxiang").layout.used_sheets.items():
        if sheet.kind == "fields":
            continue
        labels = {heading.value: number for number, heading in enumerate(book[sheet.title][1], 1)}
        for key, column in sheet.used_columns.items():
            if column.type in {"text", "paragraphs"} and (name, key) not in LEFT_ALONE:
                if column.label not in labels:  # the sample leaves out what may be left out
                    continue
                cell = book[sheet.title].cell(row, labels[column.label])
                assert isinstance(cell, Cell)
                yield f"{name}.{key}", cell


def fill(book: Workbook) -> None:
    for name, cell in text_cells(book, 3):
        cell.value = BEGINNING + name + LONG.removeprefix(BEGINNING)
        cell.data_type = "s"


@cache
def made() -> Run:
    folder = Path(mkdtemp(prefix="docgen-"))
    return run(spoiled(folder, fill), out=folder / "出", measure_pages=False)


@pytest.fixture(scope="module", autouse=True)
def _folder_is_removed() -> Iterator[None]:
    yield
    rmtree(made().stored.folder.parents[2])
    made.cache_clear()


def documents(suffix: str = "") -> list[Path]:
    done = made()
    paths = [done.stored.folder / entry.path for entry in done.stored.made if "/" in entry.path]
    return [path for path in paths if path.name.endswith(suffix)]


def test_every_text_is_printed_whole_in_word() -> None:
    texts = "".join(docx_text(path) for path in documents(".docx"))
    printed = {"projects.expected", "projects.achieved", "projects.usage", "indicators.deviation_reason"}
    printed |= {"undertakings.content", "narratives.text", "overall.comment"}
    assert {name for name in printed if BEGINNING + name + "长" * 3000 + END not in texts} == set()


def test_every_text_is_printed_whole_in_excel() -> None:
    texts = "".join(xlsx_text(path) for path in documents(".xlsx"))
    printed = {"projects.expected", "projects.achieved", "indicators.deviation_reason"}
    assert {name for name in printed if BEGINNING + name + "长" * 3000 + END not in texts} == set()


def test_no_text_becomes_a_formula_and_no_row_is_higher_than_excel_allows() -> None:
    for path in documents(".xlsx"):
        for sheet in openpyxl.load_workbook(path):
            formulas = [str(c.value) for row in sheet.iter_rows() for c in row if c.data_type == "f"]
            assert [formula for formula in formulas if formula.startswith(BEGINNING)] == []
            heights = [dimension.height or 0 for dimension in sheet.row_dimensions.values()]
            assert max(heights) <= HIGHEST


@needs_validator
def test_every_document_is_valid() -> None:
    assert_valid(documents())


@needs_soffice
def test_every_document_opens(tmp_path: Path) -> None:
    assert_opens(documents(), tmp_path)


def test_control_characters_are_dropped_and_told(tmp_path: Path) -> None:
    from tests.workbook.test_read import changed

    path = tmp_path / "填报.xlsx"
    path.write_bytes(SAMPLE.read_bytes())
    shown = openpyxl.load_workbook(SAMPLE)["项目"]["D3"].value
    word = str(shown)[:4].encode()
    changed(path, "xl/sharedStrings.xml", word, word[:6] + b"_x0007_" + word[6:])
    done = run(path, out=tmp_path / "出", measure_pages=False)
    assert "V110" in {finding.code for finding in done.findings}
    assert done.is_final
    assert all(
        "\x07" not in docx_text(done.stored.folder / e.path) for e in done.stored.made if "docx" in e.path
    )


def test_reasons_too_long_for_one_cell_are_a_finding_and_still_give_drafts(tmp_path: Path) -> None:
    def fill_all(book: Workbook) -> None:
        for row in range(2, 15):
            cell = book["绩效指标"].cell(row, 10)
            assert isinstance(cell, Cell)
            cell.value = f"{row}{LONG}" * 4

    done = run(spoiled(tmp_path, fill_all), out=tmp_path / "出", measure_pages=False)
    assert "N108" in {finding.code for finding in done.findings if finding.is_open}
    assert done.stored.made
