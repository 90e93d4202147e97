"""The programs that judge our documents do judge them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from tests.real_office import assert_opens, assert_valid, needs_soffice, needs_validator, pdf_pages


def document(path: Path, text: str) -> Path:
    made = docx.Document()
    made.add_paragraph(text)
    made.save(str(path))
    return path


@needs_soffice
def test_documents_open_in_one_call_even_when_names_differ_by_folder_only(tmp_path: Path) -> None:
    for folder in ("甲", "乙", "out"):
        (tmp_path / folder).mkdir()
    first, second = (document(tmp_path / folder / "表.docx", f"自评 {folder}") for folder in ("甲", "乙"))
    pdfs = assert_opens([first, second], tmp_path / "out")
    assert ["自评 甲" in pdf_pages(pdfs[first])[0], "自评 乙" in pdf_pages(pdfs[second])[0]] == [True, True]


@needs_validator
def test_a_broken_document_is_named_with_the_place(tmp_path: Path) -> None:
    good = document(tmp_path / "good.docx", "文字")
    bad = tmp_path / "bad.docx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"<w:body>", b"<w:body><w:t>x</w:t>"))
    assert_valid([good])
    with pytest.raises(AssertionError, match=r"bad\.docx/word/document\.xml"):
        assert_valid([good, bad])
