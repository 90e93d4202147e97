from __future__ import annotations

from pathlib import Path

import pytest
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from docgen.render import RenderError, TemplateError, compile_template
from docgen.render.contents import MeasureError, measure
from docgen.render.office import find_soffice
from tests.real_office import needs_soffice
from tests.render.making import opened, part, word, word_template

CHAPTERS = [{"名": "一、总体<情况>", "节": ["（一）甲&乙", "（二）丙"]}, {"名": "二、结论", "节": []}]


def report(document: Document) -> None:
    document.add_heading("封面上的标题", 1)
    document.add_paragraph("{%p contents 1-2 %}")
    section = document.add_section(WD_SECTION.NEW_PAGE)
    start = section._sectPr.makeelement(qn("w:pgNumType"), {qn("w:start"): "1"})
    section._sectPr.find(qn("w:pgMar")).addnext(start)
    document.add_paragraph("{%p for 章 in 章节 %}")
    document.add_heading("{{ 章.名 }}", 1).paragraph_format.page_break_before = True
    document.add_paragraph("{%p for 节 in 章.节 %}")
    document.add_heading("{{ 节 }}", 2)
    document.add_heading("太深的标题", 3)
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")


def entries(document: Document) -> list[str]:
    """What a reader sees of the contents: words, a tab, a page."""
    links = document.element.body.iter(qn("w:hyperlink"))
    return [
        "".join(
            "\t" if one.tag == qn("w:tab") else one.text or "" for one in link.iter(qn("w:t"), qn("w:tab"))
        )
        for link in links
    ]


def test_the_contents_list_the_headings_after_them(tmp_path: Path) -> None:
    template = compile_template(word(tmp_path, change=report))
    assert template.has_contents
    rendered = template.render({"章节": CHAPTERS}, "a", pages=["1", "1", "2", "4"])
    assert entries(opened(rendered)) == ["一、总体<情况>\t1", "（一）甲&乙\t1", "（二）丙\t2", "二、结论\t4"]


def test_every_entry_points_at_the_bookmark_of_its_heading(tmp_path: Path) -> None:
    rendered = compile_template(word(tmp_path, change=report)).render({"章节": CHAPTERS}, "a")
    body = opened(rendered).element.body
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marks = {one.get(qn("w:name")): one for one in body.iter(qn("w:bookmarkStart"))}
    heads = ["".join(text.text for text in marks[anchor].getparent().iter(qn("w:t"))) for anchor in anchors]
    assert heads == ["一、总体<情况>", "（一）甲&乙", "（二）丙", "二、结论"]
    assert len({one.get(qn("w:id")) for one in marks.values()}) == len(marks)


def test_without_page_numbers_the_places_for_them_are_empty_and_nothing_prompts(tmp_path: Path) -> None:
    rendered = compile_template(word(tmp_path, change=report)).render({"章节": CHAPTERS}, "a")
    assert entries(opened(rendered))[0] == "一、总体<情况>\t"
    assert "updateFields" not in part(rendered, "word/settings.xml")
    assert "w:dirty" not in part(rendered, "word/document.xml")


def test_words_own_contents_field_is_taken_over(tmp_path: Path) -> None:
    def field(document: Document) -> None:
        for text, kind in (("旧目录", "begin"), ("旧条目", "end")):
            paragraph = document.add_paragraph(text)
            runs = f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="{kind}"/></w:r>'
            if kind == "begin":
                code = f'<w:r {nsdecls("w")}><w:instrText> TOC \\o "1-1" \\h </w:instrText></w:r>'
                separate = f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="separate"/></w:r>'
                for xml in (runs, code, separate):
                    paragraph._p.append(parse_xml(xml))
            else:
                paragraph._p.append(parse_xml(runs))
        document.add_heading("{{ 名 }}", 1)
        document.add_heading("二级", 2)

    template = compile_template(word(tmp_path, change=field))
    rendered = template.render({"名": "甲"}, "a", pages=["3"])
    assert entries(opened(rendered)) == ["甲\t3"]
    assert "旧" not in part(rendered, "word/document.xml")
    assert " TOC \\o &quot;1-1&quot; \\h " in part(rendered, "word/document.xml")


def test_levels_come_from_styles_and_from_what_they_are_based_on(tmp_path: Path) -> None:
    def styled(document: Document) -> None:
        own = document.styles.add_style("我的标题", WD_STYLE_TYPE.PARAGRAPH)
        own.base_style = document.styles["Heading 2"]
        document.add_paragraph("{%p contents 2 %}")
        document.add_paragraph("用样式", style="我的标题")
        direct = document.add_paragraph("用大纲级别")
        direct._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="1"/>'))
        document.add_heading("一级不列", 1)
        document.add_heading(" ", 2)

    rendered = compile_template(word(tmp_path, change=styled)).render({}, "a")
    assert entries(opened(rendered)) == ["用样式\t", "用大纲级别\t"]


def test_contents_of_nothing_are_still_a_whole_field(tmp_path: Path) -> None:
    rendered = word_template(tmp_path, "{%p contents 1-3 %}", "正文").render({}, "a", pages=[])
    kinds = [one.get(qn("w:fldCharType")) for one in opened(rendered).element.body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_wrong_numbers_of_pages_are_refused(tmp_path: Path) -> None:
    template = compile_template(word(tmp_path, change=report))
    with pytest.raises(RenderError, match="目录有 4 条，却给了 1 个页码"):
        template.render({"章节": CHAPTERS}, "a", pages=["1"])
    with pytest.raises(RenderError, match="没有目录"):
        word_template(tmp_path, "无目录").render({}, "a", pages=["1"])


def test_one_contents_is_enough(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="目录只能有一个"):
        word_template(tmp_path, "{%p contents 1-3 %}", "{%p contents 1-3 %}")


@needs_soffice
def test_page_numbers_are_those_displayed(tmp_path: Path) -> None:
    rendered = compile_template(word(tmp_path, change=report)).render({"章节": CHAPTERS}, "a")
    plain = word_template(tmp_path, "无目录").render({}, "b")
    soffice = find_soffice()
    assert soffice is not None
    numbers = measure({"报告": rendered.content, "无": plain.content}, timeout=120, soffice=soffice)
    assert numbers == {"报告": ["1", "1", "1", "2"], "无": []}


def test_a_program_that_fails_is_one_sentence(tmp_path: Path) -> None:
    rendered = compile_template(word(tmp_path, change=report)).render({"章节": CHAPTERS}, "a")
    with pytest.raises(MeasureError, match="运行失败"):
        measure({"a": rendered.content}, timeout=10, soffice=str(tmp_path / "none"))
