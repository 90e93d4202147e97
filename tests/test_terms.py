from __future__ import annotations

from pathlib import Path

import pytest

from docgen.packs import load_pack, pack_ids
from docgen.terms import groups, printed_name, terms, terms_page

ROOT = Path(__file__).parent.parent


def test_a_concept_has_one_english_name() -> None:
    names = [term.english for term in terms()]
    assert sorted(names) == sorted(set(names))
    assert all(term.chinese and term.type and term.meaning for term in terms())


def test_every_column_of_the_workbook_is_in_the_glossary() -> None:
    known = {term.english.rpartition(".")[2] for term in terms()}
    sheets = load_pack("_base").layout.sheets
    assert {key for sheet in sheets.values() for key in sheet.columns} - known == set()


@pytest.mark.parametrize("pack_id", pack_ids())
def test_a_pack_renames_only_what_there_is(pack_id: str) -> None:
    assert set(load_pack(pack_id).terms) - {term.english for term in terms()} == set()


def test_a_form_prints_its_own_word_or_the_glossarys() -> None:
    assert printed_name("execution_rate", {}) == "执行率"
    assert printed_name("execution_rate", {"execution_rate": "预算执行率"}) == "预算执行率"
    with pytest.raises(KeyError):
        printed_name("nothing", {})


def test_the_page_lists_every_term_in_its_group() -> None:
    page = terms_page()
    assert all(f"## {title}\n" in page for title in groups())
    assert all(f"| {term.chinese} | `{term.english}` |" in page for term in terms())


def test_the_page_in_the_repository_is_current() -> None:
    assert (ROOT / "TERMS.md").read_text("utf-8") == terms_page()
