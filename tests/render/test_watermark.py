from __future__ import annotations

from pathlib import Path

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn

from docgen.render import Rendered, compile_template
from docgen.render.package import Package
from tests.render.making import opened, word


def stamped(rendered: Rendered) -> list[str]:
    """The header parts that carry the words."""
    package = Package.read(rendered.content)
    return [
        name
        for name in package.members
        if "/header" in name and 'string="草稿"' in package.bytes(name).decode()
    ]


def references(document: Document) -> list[set[str]]:
    """The kinds of header each section refers to."""
    return [
        {str(one.get(qn("w:type"))) for one in section._sectPr.findall(qn("w:headerReference"))}
        for section in document.sections
    ]


def test_without_words_nothing_is_added(tmp_path: Path) -> None:
    assert stamped(compile_template(word(tmp_path, "{{ 甲 }}")).render({"甲": "1"}, "a")) == []


def test_a_section_without_header_gets_one(tmp_path: Path) -> None:
    rendered = compile_template(word(tmp_path, "{{ 甲 }}")).render({"甲": "1"}, "a", watermark="草稿")
    assert stamped(rendered) == ["word/header1.xml"]
    assert references(opened(rendered)) == [{"default"}]
    assert opened(rendered).paragraphs[0].text == "1"


def test_every_header_there_is_carries_the_words_beside_its_own(tmp_path: Path) -> None:
    def headers(document: Document) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = True
        section.header.paragraphs[0].text = "常规{{ 甲 }}"
        section.first_page_header.paragraphs[0].text = "首页"
        second = document.add_section(WD_SECTION.NEW_PAGE)
        second.header.is_linked_to_previous = False
        second.header.paragraphs[0].text = "第二节"

    rendered = compile_template(word(tmp_path, change=headers)).render({"甲": "1"}, "a", watermark="草稿")
    assert len(stamped(rendered)) == 3
    assert [section.header.paragraphs[0].text for section in opened(rendered).sections] == ["常规1", "第二节"]


def test_a_section_that_inherits_keeps_inheriting(tmp_path: Path) -> None:
    def headers(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "页眉"
        document.add_section(WD_SECTION.NEW_PAGE)

    rendered = compile_template(word(tmp_path, change=headers)).render({}, "a", watermark="草稿")
    assert references(opened(rendered)) == [{"default"}, set()]


def test_first_and_even_pages_are_covered_where_they_differ(tmp_path: Path) -> None:
    def headers(document: Document) -> None:
        document.settings.odd_and_even_pages_header_footer = True
        document.add_section(WD_SECTION.NEW_PAGE).different_first_page_header_footer = True

    rendered = compile_template(word(tmp_path, change=headers)).render({}, "a", watermark="草稿")
    assert references(opened(rendered)) == [{"default", "even"}, {"default", "even", "first"}]


def test_two_words_make_two_variants_and_the_plain_one_stays_plain(tmp_path: Path) -> None:
    template = compile_template(word(tmp_path, "{{ 甲 }}"))
    plain = template.render({"甲": "1"}, "a")
    assert template.render({"甲": "1"}, "a", watermark="草稿").digest != plain.digest
    assert template.render({"甲": "1"}, "a", watermark="仅供内部审核").digest != plain.digest
    assert template.render({"甲": "1"}, "a").digest == plain.digest
