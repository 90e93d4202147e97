from __future__ import annotations

from pathlib import Path

import pytest
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from docgen.render import RenderError, TemplateError, compile_template
from docgen.render.package import Package
from tests.render.making import (
    first_grid,
    opened,
    paragraphs,
    part,
    word,
    word_template,
)

LEVELS = [
    ["一级", "二级", "三级"],
    ["{%tr for 一 in 树 %}", "", ""],
    ["{%tr for 二 in 一.下级 %}", "", ""],
    ["{%tr for 三 in 二.下级 %}", "", ""],
    ["{% vm 一 %}{{ 一.名 }}", "{% vm 二 %}{{ 二.名 }}", "{{ 三 }}"],
    ["{%tr endfor %}", "", ""],
    ["{%tr endfor %}", "", ""],
    ["{%tr endfor %}", "", ""],
    ["总分", "", "{{ 总分 }}"],
]


def tree(*sizes: list[int]) -> list[dict[str, object]]:
    """一级 items with 二级 items of the given numbers of 三级."""
    return [
        {
            "名": f"甲{i}",
            "下级": [
                {"名": f"乙{i}{j}", "下级": [f"丙{k}" for k in range(size)]} for j, size in enumerate(group)
            ],
        }
        for i, group in enumerate(sizes)
    ]


def test_values_are_printed_where_their_tags_stand(tmp_path: Path) -> None:
    template = word_template(tmp_path, "甲{{ 项目.名称 }}乙", "{{ 年度 }}")
    assert paragraphs(template.render({"项目": {"名称": "名"}, "年度": "2021"}, "a.docx")) == [
        "甲名乙",
        "2021",
    ]


@pytest.mark.parametrize(
    "text", ["a<b>&c", "≥95%", "引\"号'", "😀𠮷", "  两端  ", "{{ 花括号 }}", "{% if %}", "]]>"]
)
def test_text_comes_out_as_it_went_in(tmp_path: Path, text: str) -> None:
    assert paragraphs(word_template(tmp_path, "{{ 值 }}").render({"值": text}, "a"))[0] == text


def test_line_breaks_and_tabs_become_words_own(tmp_path: Path) -> None:
    rendered = word_template(tmp_path, "{{ 值 }}").render({"值": "一\r\n二\t三"}, "a")
    assert paragraphs(rendered) == ["一\n二\t三"]
    assert "<w:br/>" in part(rendered, "word/document.xml")


def test_characters_xml_cannot_hold_are_dropped(tmp_path: Path) -> None:
    rendered = word_template(tmp_path, "{{ 值 }}").render({"值": "甲\x00\x0b\x1f\ud800\uffff乙"}, "a")
    assert paragraphs(rendered) == ["甲乙"]


def test_a_tag_cut_into_runs_is_one_tag(tmp_path: Path) -> None:
    def cut(document: Document) -> None:
        paragraph = document.add_paragraph()
        for text in ("前{", "{ 项", "目", ".名 }", "}后"):
            paragraph.add_run(text).bold = text == "目"

    template = compile_template(word(tmp_path, change=cut))
    assert paragraphs(template.render({"项目": {"名": "值"}}, "a")) == ["前值后"]


def test_curly_quotes_and_wide_spaces_inside_a_tag_are_understood(tmp_path: Path) -> None:
    template = word_template(tmp_path, "{% if　等级 == “优” %}好{% else %}差{% endif %}")
    assert paragraphs(template.render({"等级": "优"}, "a")) == ["好"]


def test_a_dash_in_a_tag_drops_the_space_beside_it(tmp_path: Path) -> None:
    assert paragraphs(word_template(tmp_path, "甲 {{- 值 -}} 乙").render({"值": "x"}, "a")) == ["甲x乙"]


def test_conditions_choose_words_paragraphs_and_tables(tmp_path: Path) -> None:
    template = word_template(
        tmp_path,
        "{%p if 有 %}",
        "段",
        [["表"]],
        "{%p else %}",
        "无",
        "{%p endif %}",
        "{% if 有 %}甲{% endif %}乙",
    )
    with_table, without = template.render({"有": True}, "a"), template.render({"有": False}, "a")
    assert (paragraphs(with_table), len(opened(with_table).tables)) == (["段", "甲乙"], 1)
    assert (paragraphs(without), len(opened(without).tables)) == (["无", "乙"], 0)


def test_paragraphs_repeat_with_their_place_in_the_loop(tmp_path: Path) -> None:
    template = word_template(
        tmp_path,
        "{%p for 段 in 段落 %}",
        "{{ loop.index }}.{{ 段 }}{% if loop.last %}。{% endif %}",
        "{%p endfor %}",
    )
    assert paragraphs(template.render({"段落": ["甲", "乙"]}, "a")) == ["1.甲", "2.乙。"]


def test_a_section_break_survives_in_the_paragraph_of_a_tag(tmp_path: Path) -> None:
    def sections(document: Document) -> None:
        document.add_paragraph("{%p if 有 %}")
        document.add_paragraph("正文")
        document.add_section(WD_SECTION.NEW_PAGE)
        tagged = document.paragraphs[-1]
        tagged.text = "{%p endif %}"
        document.add_paragraph("后")

    template = compile_template(word(tmp_path, change=sections))
    assert len(opened(template.render({"有": True}, "a")).sections) == 2
    assert paragraphs(template.render({"有": False}, "a")) == ["后"]


@pytest.mark.parametrize("sizes", [[[1]], [[1, 1], [1]], [[2, 1, 3], [1], [4, 4]], [[0, 2], [1]], [[]], []])
def test_three_levels_merge_over_their_own_rows(tmp_path: Path, sizes: list[list[int]]) -> None:
    rendered = word_template(tmp_path, LEVELS).render({"树": tree(*sizes), "总分": "100"}, "a")
    expected = [["一级", "二级", "三级"]]
    for i, group in enumerate(sizes):
        first = True
        for j, size in enumerate(group):
            for k in range(size):
                expected.append([f"甲{i}" if first else "^", f"乙{i}{j}" if k == 0 else "^", f"丙{k}"])
                first = False
    assert first_grid(rendered) == [*expected, ["总分", "", "100"]]


def test_a_merge_starts_at_the_first_row_printed_not_at_the_first_item(tmp_path: Path) -> None:
    rows = [
        ["{%tr for 组 in 组表 %}", ""],
        ["{%tr for 行 in 组.行 %}", ""],
        ["{%tr if 行.有 %}", ""],
        ["{% vm 组 %}{{ 组.名 }}", "{{ 行.名 }}"],
        ["{%tr endif %}", ""],
        ["{%tr endfor %}", ""],
        ["{% vm 组 %}", "小计"],
        ["{%tr endfor %}", ""],
    ]
    lines = [{"名": "一", "有": False}, {"名": "二", "有": True}]
    rendered = word_template(tmp_path, rows).render(
        {"组表": [{"名": "甲", "行": lines}, {"名": "乙", "行": []}]}, "a"
    )
    assert first_grid(rendered) == [["甲", "二"], ["^", "小计"], ["", "小计"]]


def test_vm_alone_merges_over_the_innermost_loop(tmp_path: Path) -> None:
    rows = [["{%tr for 行 in 表 %}", ""], ["{% vm %}同", "{{ 行 }}"], ["{%tr endfor %}", ""]]
    assert first_grid(word_template(tmp_path, rows).render({"表": ["一", "二"]}, "a")) == [
        ["同", "一"],
        ["^", "二"],
    ]


def test_cells_span_and_repeat_across(tmp_path: Path) -> None:
    rows = [
        ["{% colspan 列数 %}宽", "{% cellbg 底色 %}彩"],
        ["{%tc for 名 in 名表 %}", "{{ 名 }}", "{%tc endfor %}"],
        ["{%tc for 名 in 名表 %}", "{% hm %}合", "{%tc endfor %}"],
    ]
    rendered = word_template(tmp_path, rows).render(
        {"列数": "2", "底色": "FF0000", "名表": ["甲", "乙"]}, "a"
    )
    body = part(rendered, "word/document.xml")
    assert first_grid(rendered) == [["宽", "彩", ""], ["甲", "乙"], ["合"]]
    assert body.count('<w:gridSpan w:val="2"/>') == 2
    assert 'w:fill="FF0000"' in body


def test_a_cell_or_table_left_empty_stays_a_valid_one(tmp_path: Path) -> None:
    def fill(document: Document) -> None:
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "{%p for 段 in 段落 %}"
        cell.add_paragraph("{{ 段 }}")
        cell.add_paragraph("{%p endfor %}")
        rows = document.add_table(3, 1)
        for row, text in zip(
            rows.rows, ("{%tr for 行 in 段落 %}", "{{ 行 }}", "{%tr endfor %}"), strict=True
        ):
            row.cells[0].text = text

    rendered = compile_template(word(tmp_path, change=fill)).render({"段落": []}, "a")
    assert [len(table.rows) for table in opened(rendered).tables] == [1]
    assert opened(rendered).tables[0].cell(0, 0).paragraphs[0].text == ""


def test_headers_footers_and_properties_are_filled_too(tmp_path: Path) -> None:
    def fill(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "页眉{{ 名 }}"
        document.sections[0].footer.paragraphs[0].text = "页脚{{ 名 }}"
        document.core_properties.title = "{{ 名 }}报告"

    rendered = compile_template(word(tmp_path, "正文", change=fill)).render({"名": "甲&乙\n丙"}, "a")
    document = opened(rendered)
    assert document.sections[0].header.paragraphs[0].text == "页眉甲&乙\n丙"
    assert document.sections[0].footer.paragraphs[0].text == "页脚甲&乙\n丙"
    assert document.core_properties.title == "甲&乙\n丙报告"


def test_what_is_repeated_repeats_no_identity(tmp_path: Path) -> None:
    def mark(document: Document) -> None:
        row = document.tables[0].rows[1]._tr
        paragraph = row.tc_lst[0].p_lst[0]
        paragraph.set("{http://schemas.microsoft.com/office/word/2010/wordml}paraId", "1A2B3C4D")
        start = paragraph.makeelement(qn("w:bookmarkStart"), {qn("w:id"): "7", qn("w:name"): "书签"})
        end = paragraph.makeelement(qn("w:bookmarkEnd"), {qn("w:id"): "7"})
        paragraph.extend([start, end])

    rows = [["{%tr for 行 in 表 %}"], ["{{ 行 }}"], ["{%tr endfor %}"]]
    rendered = compile_template(word(tmp_path, rows, change=mark)).render({"表": ["一", "二"]}, "a")
    body = part(rendered, "word/document.xml")
    assert "paraId" not in body
    assert "书签" not in body


def test_unchanged_members_are_copied_as_they_were_compressed(tmp_path: Path) -> None:
    path = word(tmp_path, "{{ 名 }}")
    before, after = (
        Package.read(path),
        Package.read(compile_template(path).render({"名": "甲"}, "a").content),
    )
    changed = [name for name in before.members if before._members[name] != after._members[name]]
    assert changed == ["word/document.xml"]


def test_rendering_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    template = word_template(tmp_path, LEVELS)
    page = {"树": tree([2, 1]), "总分": "1"}
    assert template.render(page, "a").digest == template.render(page, "a").digest


def test_a_missing_name_is_an_error_with_its_place(tmp_path: Path) -> None:
    template = word_template(tmp_path, "前", [["甲", "{{ 项目.得分 }}"]], "{{ 全无 }}")
    with pytest.raises(
        RenderError, match=r"template\.docx 正文 表1 第1行 第2格 第1段 \{\{ 项目\.得分 \}\}：.*“得分”"
    ):
        template.render({"项目": {}, "全无": "x"}, "a")
    with pytest.raises(RenderError, match=r"正文 第2段 \{\{ 全无 \}\}：.*“全无”"):
        template.render({"项目": {"得分": "1"}}, "a")


@pytest.mark.parametrize(
    "text, value",
    [
        ("{{ 值 }}", True),
        ("{{ 值 }}", ["x"]),
        ("{{ 值 }}", None),
        ("{% for x in 值 %}{{ x }}{% endfor %}", "文字"),
    ],
)
def test_a_value_of_the_wrong_kind_is_an_error(tmp_path: Path, text: str, value: object) -> None:
    with pytest.raises(RenderError, match="用不上"):
        word_template(tmp_path, text).render({"值": value}, "a")


def test_python_attributes_of_values_are_out_of_reach(tmp_path: Path) -> None:
    template = word_template(tmp_path, "{{ 值.__class__ }}", "{{ 值.upper }}")
    with pytest.raises(RenderError, match="__class__"):
        template.render({"值": "x"}, "a")


def test_names_follow_loops_to_the_lists_they_come_from(tmp_path: Path) -> None:
    template = word_template(tmp_path, LEVELS, "{% set 别名 = 单位.名称 %}{{ 别名 }}{{ loop字段 }}")
    assert template.names == (
        *("树", "树[].下级", "树[].下级[].下级", "树[].名", "树[].下级[].名", "树[].下级[].下级[]"),
        *("总分", "单位.名称", "loop字段"),
    )


def test_the_items_of_a_list_written_out_are_what_it_names(tmp_path: Path) -> None:
    template = word_template(tmp_path, "{%p for 表 in [项目.树] %}", "{{ 表.名 }}", "{%p endfor %}")
    assert template.names == ("项目.树", "项目.树.名")
    assert paragraphs(template.render({"项目": {"树": {"名": "甲"}}}, "a")) == ["甲"]


def test_text_shows_the_template_with_its_tags(tmp_path: Path) -> None:
    assert word_template(tmp_path, "甲{{ 乙 }}", [["{{ 丙 }}", "丁"]]).text() == [
        "〔正文〕", "甲{{ 乙 }}", "{{ 丙 }} │ 丁",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text, message",
    [
        ("{{ 甲() }}", "不能调用函数"),
        ("{{ 甲|upper }}", "过滤器"),
        ("{{ 甲 + 1 }}", "不能计算"),
        ("{{ -甲 }}", "不能计算"),
        ("{{ 甲 ~ 乙 }}", "不能拼接"),
        ("{{ 甲[乙] }}", "方括号"),
        ("{{ 甲[1:2] }}", "方括号"),
        ("{{ _甲 }}", "下划线"),
        ("{{ 甲 乙 }}", "写法不对"),
        ("{{ }}", "写法不对"),
        ("{{ 甲 if 乙 else 丙 }}", "改用"),
        ("{{ loop.index }}", "只能用在循环里"),
        ("{% for x in 甲 %}{{ loop.cycle }}{% endfor %}", "first、last 或 index"),
        ("{% if 甲 > 1 %}{% endif %}", "不能比大小"),
        ("{% if 甲 == 乙 %}{% endif %}", "固定的文字"),
        ("{% if 甲 is defined %}{% endif %}", "is 判断"),
        ("{% for a, b in 甲 %}{% endfor %}", "for 名称 in 列表"),
        ("{% set 甲 %}", "set 名称 = 值"),
        ("{% include 'x' %}", "没有“include”这种标签"),
        ("{% macro x() %}", "没有“macro”这种标签"),
        ("{% if 甲 %}", "没有对应的 endif"),
        ("{% endif %}", "没有与它对应的"),
        ("{% if 甲 %}{% endfor %}", "没有与它对应的"),
        ("{% if 甲 %}{% else %}{% elif 乙 %}{% endif %}", "else 之后"),
        ("{{ 甲 ", "不成对"),
        ("{%tr if 甲 %}", "写在表格里"),
        ("{% vm %}", "表格的格里"),
        ("{%p if 甲 %}多余的字", "除标签外不能再有内容"),
        ("{%p contents 一 %}", "contents 1-3"),
    ],
)
def test_a_bad_tag_is_named_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(TemplateError, match=message) as caught:
        word_template(tmp_path, "好", text)
    assert {complaint.place for complaint in caught.value.complaints} == {"正文 第2段"}


@pytest.mark.parametrize(
    "cells, message",
    [
        (["{% vm 组 %}", "甲"], "外面没有以“组”循环"),
        (["{% vm %}", "甲"], "循环的行里"),
        (["{% hm %}", "甲"], "循环的格里"),
        (["{% if 甲 %}", "{% endif %}"], "不在同一段"),
        (["{%tr if 甲 %}", "{% endif %}"], "种类不同"),
        (["{%tr if 甲 %}", "留下的字"], "除标签外不能再有内容"),
    ],
)
def test_a_bad_tag_in_a_table_is_named_with_its_cell(tmp_path: Path, cells: list[str], message: str) -> None:
    with pytest.raises(TemplateError, match=message) as caught:
        word_template(tmp_path, [["表头", ""], cells])
    assert all(complaint.place.startswith("正文 表1 第2行 第") for complaint in caught.value.complaints)


def test_every_bad_tag_is_reported_not_the_first(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        word_template(tmp_path, "{{ 甲() }}", "{{ 乙|x }}", [["{% if 丙 %}"]])
    assert [complaint.tag for complaint in caught.value.complaints] == [
        "{{ 甲() }}",
        "{{ 乙|x }}",
        "{% if 丙 %}",
    ]


@pytest.mark.parametrize(
    "old, new, message",
    [
        (
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/x",
            "严格",
        ),
        ("</w:document>", "", "已损坏"),
    ],
)
def test_a_document_that_is_not_one_is_refused_in_one_sentence(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    path = word(tmp_path, "{{ 甲 }}")
    package = Package.read(path)
    text = package.bytes("word/document.xml").decode().replace(old, new)
    path.write_bytes(package.replaced({"word/document.xml": text.encode()}))
    with pytest.raises(TemplateError, match=message):
        compile_template(path)


def test_something_else_under_the_name_of_a_template_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(b"text")
    with pytest.raises(TemplateError, match="不是有效的 Office 文件"):
        compile_template(path)


def test_only_word_and_excel_templates_are_known(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"只支持 \.docx 和 \.xlsx"):
        compile_template(tmp_path / "x.txt")


def test_styles_of_the_template_stay(tmp_path: Path) -> None:
    def style(document: Document) -> None:
        run = document.add_paragraph(style="Heading 2").add_run("{{ 名 }}")
        run.font.name = "仿宋_GB2312"

    rendered = compile_template(word(tmp_path, change=style)).render({"名": "甲"}, "a")
    paragraph = opened(rendered).paragraphs[0]
    assert paragraph.style is not None
    assert (paragraph.style.name, paragraph.runs[0].font.name) == ("Heading 2", "仿宋_GB2312")


def test_text_boxes_are_filled(tmp_path: Path) -> None:
    def box(document: Document) -> None:
        run = document.add_paragraph("外{{ 甲 }}").add_run()
        inside = parse_xml(
            f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><v:shape>'
            "<v:textbox><w:txbxContent><w:p><w:r><w:t>内{{ 乙 }}</w:t></w:r></w:p></w:txbxContent>"
            "</v:textbox></v:shape></w:pict>"
        )
        run._r.append(inside)

    rendered = compile_template(word(tmp_path, change=box)).render({"甲": "1", "乙": "2"}, "a")
    body = part(rendered, "word/document.xml")
    assert "外1<" in body
    assert "内2<" in body
