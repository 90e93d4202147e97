"""The plain-text view of Word documents."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.docxtext import docx_text


def text_of(draw: Callable[[Document], object]) -> list[str]:
    document = docx.Document()
    draw(document)
    stream = io.BytesIO()
    document.save(stream)
    return docx_text(stream.getvalue()).splitlines()


def add(document: Document, inner: str) -> None:
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"))


def test_a_table_shows_both_kinds_of_merge() -> None:
    def draw(document: Document) -> None:
        table = document.add_table(3, 3)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "产出"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "数量"
        table.cell(2, 1).text = "甲\n乙"

    assert text_of(draw)[:3] == ["│ 产出 │ 数量 ⇠2", "│ ⇡ │  │", "│  │ 甲↵乙 │"]


def test_a_heading_carries_its_level_and_a_repeated_row_its_mark() -> None:
    def draw(document: Document) -> None:
        document.add_heading("一、项目", level=2)
        row = document.add_table(1, 1).rows[0]
        row.cells[0].text = "名称"
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))

    assert text_of(draw)[:2] == ["## 一、项目", "‖ 名称"]


def test_fields_show_results_and_page_numbers_show_as_such() -> None:
    def field(instruction: str, result: str) -> str:
        return (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    lines = text_of(lambda document: add(document, field(" REF a ", "见表") + field(" PAGE ", "7")))
    assert lines[0] == "见表‹页码›"


def test_hidden_and_deleted_text_is_not_seen() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
    deleted = '<w:del w:id="1" w:author="a"><w:r><w:delText>删</w:delText></w:r></w:del>'
    inserted = '<w:ins w:id="2" w:author="a"><w:r><w:t>增</w:t></w:r></w:ins>'
    assert text_of(lambda document: add(document, hidden + deleted + inserted))[0] == "增"


def test_a_page_break_parts_the_lines() -> None:
    inner = '<w:r><w:t>上</w:t><w:br w:type="page"/><w:t>下</w:t></w:r>'
    assert text_of(lambda document: add(document, inner))[:3] == ["上", "── 分页 ──", "下"]


def test_a_section_ends_with_its_paper_and_header() -> None:
    def draw(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "内部资料"

    assert text_of(draw)[-2:] == ["── 节：216×279mm，纵向 ──", "页眉：内部资料"]
