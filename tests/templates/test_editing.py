"""A template is an ordinary document: what a person changes in it, the next run prints."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from docx.table import _Cell
from openpyxl.cell import Cell
from openpyxl.styles import Font

from docgen.packs import load_pack
from docgen.packs.read import home
from docgen.pipeline import pack_complaints, run

PACK = "xinxiang"
MINIMAL = home() / PACK / "sample" / "minimal.xlsx"
TEMPLATES = sorted({name for document in load_pack(PACK).documents.values() for name in document.templates})


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A pack of one's own that extends the shipped one, with copies of its templates to be changed."""
    folder = tmp_path / "mine"
    (folder / "documents").mkdir(parents=True)
    (folder / "pack.toml").write_text(f'id = "mine"\ntitle = "我县"\nextends = "{PACK}"\n', "utf-8")
    for name in TEMPLATES:
        shutil.copy(load_pack(PACK).template(name), folder / name)
    return folder


def printed(mine: Path, suffix: str) -> list[Path]:
    done = run(MINIMAL, pack=str(mine), out=mine.parent / "出", measure_pages=False)
    assert done.is_final
    return [
        done.stored.folder / e.path for e in done.stored.made if "/" in e.path and e.path.endswith(suffix)
    ]


def cells(path: Path) -> list[_Cell]:
    return [cell for table in Document(str(path)).tables for row in table.rows for cell in row.cells]


def test_a_font_and_a_label_changed_in_word_are_printed(mine: Path) -> None:
    path = mine / "documents/project-form.docx"
    document = Document(str(path))
    label = next(c for t in document.tables for r in t.rows for c in r.cells if c.text == "项目名称")
    run_ = label.paragraphs[0].runs[0]
    run_.text, run_.font.name, run_.font.bold = "项目全称", "KaiTi", True
    document.save(str(path))
    assert pack_complaints(str(mine)) == []
    found = [cell for form in printed(mine, ".docx") for cell in cells(form) if cell.text == "项目全称"]
    fonts = [cell.paragraphs[0].runs[0].font for cell in found]
    assert {(font.name, font.bold) for font in fonts} == {("KaiTi", True)}


def test_a_font_and_a_label_changed_in_excel_are_printed(mine: Path) -> None:
    path = mine / "documents/project-form.xlsx"
    book = openpyxl.load_workbook(path)
    label = next(cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == "项目名称")
    assert isinstance(label, Cell)
    label.value, label.font = "项目全称", Font(name="KaiTi", bold=True)
    book.save(path)
    assert pack_complaints(str(mine)) == []
    found = [
        openpyxl.load_workbook(form).worksheets[0][label.coordinate]
        for form in printed(mine, ".xlsx")
        if "自评表" in form.name and "整体" not in form.name
    ]
    assert found
    assert {(cell.value, cell.font.name, cell.font.b) for cell in found} == {("项目全称", "KaiTi", True)}


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_saved_by_another_program_still_prints(mine: Path, name: str) -> None:
    path = mine / name
    if path.suffix == ".docx":
        Document(str(path)).save(str(path))
    else:
        openpyxl.load_workbook(path).save(path)
    assert pack_complaints(str(mine)) == []
    assert printed(mine, path.suffix)
