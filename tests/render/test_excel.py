from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from docgen.render import Rendered, RenderError, TemplateError, compile_template
from docgen.render.package import Package
from tests.render.making import Rows, book, cells, merges, part, sheet, sheet_template

LEVELS: Rows = [
    ["一级", "二级", "三级", "分"],
    ["{%tr for 一 in 树 %}"],
    ["{%tr for 二 in 一.下级 %}"],
    ["{%tr for 三 in 二.下级 %}"],
    ["{% vm 一 %}{{ 一.名 }}", "{% vm 二 %}{{ 二.名 }}", "{{ 三.名 }}", "{{ 三.分 }}"],
    ["{%tr endfor %}"],
    ["{%tr endfor %}"],
    ["{%tr endfor %}"],
    ["总分", None, None, '=SUM(D5:D5)+N("{{ 总分 }}")'],
    ["注"],
]


def tree(*sizes: list[int]) -> list[dict[str, object]]:
    """一级 items with 二级 items of the given numbers of 三级, one point each."""
    return [
        {
            "名": f"甲{i}",
            "下级": [
                {"名": f"乙{i}{j}", "下级": [{"名": f"丙{k}", "分": "1.50"} for k in range(size)]}
                for j, size in enumerate(group)
            ],
        }
        for i, group in enumerate(sizes)
    ]


def number_format(page: Worksheet, code: str, *names: str) -> None:
    for name in names:
        page[name].number_format = code


@pytest.mark.parametrize("sizes", [[[1]], [[1, 1], [1]], [[2, 1, 3], [1], [4, 4]], [[0, 2], [1]]])
def test_three_levels_merge_over_their_own_rows(tmp_path: Path, sizes: list[list[int]]) -> None:
    rendered = sheet_template(tmp_path, LEVELS).render({"树": tree(*sizes), "总分": "1"}, "a")
    row, expected = 2, set()
    for group in sizes:
        if sum(group) > 1:
            expected.add(f"A{row}:A{row + sum(group) - 1}")
        for size in group:
            if size > 1:
                expected.add(f"B{row}:B{row + size - 1}")
            row += size
    assert merges(rendered) == expected
    assert cells(rendered)[row - 1 :] == [["总分", None, None, f"=SUM(D2:D{row - 1})"], ["注"]]


def test_a_loop_over_nothing_leaves_no_row_and_a_formula_that_still_holds(tmp_path: Path) -> None:
    rendered = sheet_template(tmp_path, LEVELS).render({"树": [], "总分": "0"}, "a")
    assert cells(rendered)[1:] == [["总分", None, None, "=SUM(0)"], ["注"]]
    assert merges(rendered) == set()


@pytest.mark.parametrize(
    "text", ["a<b>&c", "≥95%", "😀𠮷", "  两端  ", "=1+2", "_x0041_", "{{ 花括号 }}", "一\n二"]
)
def test_text_comes_out_as_it_went_in(tmp_path: Path, text: str) -> None:
    assert cells(sheet_template(tmp_path, [["{{ 值 }}"]]).render({"值": text}, "a")) == [[text]]


def test_data_never_becomes_a_formula(tmp_path: Path) -> None:
    rendered = sheet_template(tmp_path, [["{{ 值 }}"]]).render({"值": "=HYPERLINK(1)"}, "a")
    assert "<f>" not in part(rendered, "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    "shown, code, value",
    [
        ("1,234.50", "#,##0.00", 1234.5),
        ("-16.06", "0.00", -16.06),
        ("98.90%", "0.00%", 0.989),
        ("100%", "0%", 1),
        ("0.00", "0.00", 0),
        ("", "0.00", None),
        ("—", "0.00", "—"),
        ("98.90", "0.00%", "98.90"),
        ("98.90%", "0.00", "98.90%"),
        ("007", "0", "007"),
        ("1,23", "0", "1,23"),
        ("12345678901234567890", "0", "12345678901234567890"),
        ("16.06", "General", "16.06"),
        ("16.06", "@", "16.06"),
        ("2022", "yyyy-mm-dd", "2022"),
    ],
)
def test_a_lone_tag_takes_the_type_its_number_format_asks_for(
    tmp_path: Path, shown: str, code: str, value: object
) -> None:
    template = sheet_template(tmp_path, [["{{ 值 }}", "后"]], lambda page: number_format(page, code, "A1"))
    assert cells(template.render({"值": shown}, "a"))[0][0] == value


@pytest.mark.parametrize(
    "shown, stored, code",
    [
        ("100%", "1", "0%"),
        ("94.7%", "0.947", "0.0%"),
        ("91.67%", "0.9167", "0.00%"),
        ("0.125%", "0.00125", "0.00%"),
    ],
)
def test_an_open_percentage_prints_just_the_decimals_shown(
    tmp_path: Path, shown: str, stored: str, code: str
) -> None:
    def prepare(page: Worksheet) -> None:
        number_format(page, "0.##%", "A1", "B1")

    rows: Rows = [["{{ 值 }}", '=1*1+N("{{ 值 }}")']]
    rendered = sheet_template(tmp_path, rows, prepare).render({"值": shown}, "a")
    assert [cell.number_format for cell in book(rendered).worksheets[0][1]] == [code, code]
    assert f"<v>{stored}</v></c>" in part(rendered, "xl/worksheets/sheet1.xml")


def test_words_around_a_tag_make_it_text(tmp_path: Path) -> None:
    template = sheet_template(
        tmp_path, [["{{ 值 }}元{% if 有 %}整{% endif %}"]], lambda page: number_format(page, "0.00", "A1")
    )
    assert cells(template.render({"值": "1.00", "有": True}, "a")) == [["1.00元整"]]


def test_fonts_inside_a_cell_stay(tmp_path: Path) -> None:
    def rich(page: Worksheet) -> None:
        page["A1"] = CellRichText(
            "注：", TextBlock(InlineFont(b=True), "{{ 甲"), TextBlock(InlineFont(i=True), " }}乙")
        )

    rendered = sheet_template(tmp_path, [[]], rich).render({"甲": "<值>"}, "a")
    assert cells(rendered) == [["注：<值>乙"]]
    assert "<i" in part(rendered, "xl/worksheets/sheet1.xml")


def test_formulas_follow_their_rows_and_keep_the_value_given(tmp_path: Path) -> None:
    rows: Rows = [
        ["起", '=SUM(B4:B4,B7)+N("{{ 合计 }}")'],
        [None],
        ["{%tr for 行 in 表 %}"],
        ["{{ 行.名 }}", "{{ 行.数 }}", '=B4*2+$B$1+N("{{ 行.倍 }}")'],
        ["{%tr endfor %}"],
        [None],
        ["尾", 7, '=IF(B7="","B4",B7)+N("{{ 文字 }}")'],
    ]
    template = sheet_template(tmp_path, rows, lambda page: number_format(page, "0", "B4"))
    lines = [
        {"名": "甲", "数": "1", "倍": "2"},
        {"名": "乙", "数": "2", "倍": "4"},
        {"名": "丙", "数": "3", "倍": "6"},
    ]
    page = {"表": lines, "合计": "1,013.00", "文字": "无"}
    rendered = template.render(page, "a")
    assert cells(rendered) == [
        ["起", "=SUM(B3:B5,B7)"],
        [],
        ["甲", 1, "=B3*2+$B$1"],
        ["乙", 2, "=B4*2+$B$1"],
        ["丙", 3, "=B5*2+$B$1"],
        [],
        ["尾", 7, '=IF(B7="","B4",B7)'],
    ]
    assert [row[-1] for row in cells(rendered, values=True) if row] == [1013, 2, 4, 6, "无"]


def test_a_subtotal_sees_only_the_rows_of_its_own_group(tmp_path: Path) -> None:
    rows: Rows = [
        ["{%tr for 组 in 组表 %}"],
        ["{%tr for 数 in 组.数 %}"],
        ["{{ 数 }}"],
        ["{%tr endfor %}"],
        ['=SUM(A3:A3)+N("{{ 组.计 }}")'],
        ["{%tr endfor %}"],
        ['=SUM(A3:A3)+N("{{ 总 }}")'],
    ]
    template = sheet_template(tmp_path, rows, lambda page: number_format(page, "0", "A3"))
    groups = [{"数": ["1", "2"], "计": "3"}, {"数": ["4"], "计": "4"}]
    assert cells(template.render({"组表": groups, "总": "7"}, "a")) == [
        [1], [2], ["=SUM(A1:A2)"], [4], ["=SUM(A4:A4)"], ["=SUM(A1:A2,A4:A4)"],
    ]  # fmt: skip


def test_an_area_with_fixed_rows_means_all_items_even_inside_the_loop(tmp_path: Path) -> None:
    rows: Rows = [
        ["{%tr for 行 in 表 %}"],
        ["{{ 行.数 }}", 1, '=A2/SUM($A$2:$A$2)+SUM(A2:B2)+N("{{ 行.份 }}")'],
        ["{%tr endfor %}"],
    ]
    template = sheet_template(tmp_path, rows, lambda page: number_format(page, "0", "A2"))
    lines = [{"数": "1", "份": "2.25"}, {"数": "3", "份": "4.75"}]
    assert [row[2] for row in cells(template.render({"表": lines}, "a"))] == [
        "=A1/SUM($A$1:$A$2)+SUM(A1:B1)",
        "=A2/SUM($A$1:$A$2)+SUM(A2:B2)",
    ]


def test_formulas_of_other_sheets_and_names_follow_too(tmp_path: Path) -> None:
    def second(page: Worksheet) -> None:
        whole = page.parent
        assert whole is not None
        other = whole.create_sheet("表 2")
        other["A1"] = '=SUM(表1!A2:A2)+表1!A4+N("{{ 计 }}")'
        whole.defined_names["区域"] = openpyxl.workbook.defined_name.DefinedName(
            "区域", attr_text="表1!$A$2:$A$4"
        )
        page.print_area = "A1:A4"
        page.print_title_rows = "1:1"

    rows: Rows = [["{%tr for 行 in 表 %}"], ["{{ 行 }}"], ["{%tr endfor %}"], ["尾"]]
    rendered = sheet_template(tmp_path, rows, second).render({"表": ["1", "2", "3"], "计": "6"}, "a")
    whole = book(rendered)
    assert whole["表 2"]["A1"].value == "=SUM(表1!A1:A3)+表1!A4"
    assert whole.defined_names["区域"].attr_text == "表1!$A$1:$A$4"
    assert whole["表1"].print_area == "'表1'!$A$1:$A$4"


def test_shared_formulas_are_written_out(tmp_path: Path) -> None:
    path = sheet(tmp_path, [["{{ 甲 }}", 1], ["x", 2], ["y", 3]])
    package = Package.read(path)
    name = "xl/worksheets/sheet1.xml"
    text = package.bytes(name).decode()
    text = text.replace(
        '<c r="B2" t="n"><v>2</v>', '<c r="B2"><f t="shared" ref="B2:B3" si="0">LEN("x")</f><v>1</v>'
    )
    text = text.replace('<c r="B3" t="n"><v>3</v>', '<c r="B3"><f t="shared" si="0"/><v>1</v>')
    path.write_bytes(package.replaced({name: text.encode()}))
    assert cells(compile_template(path).render({"甲": "1"}, "a")) == [
        ["1", 1],
        ["x", '=LEN("x")'],
        ["y", '=LEN("x")'],
    ]


def test_merges_of_the_template_repeat_grow_or_move(tmp_path: Path) -> None:
    rows: Rows = [
        ["题"],
        ["组", "名", None, "值"],
        [None, "{%tr for 行 in 表 %}"],
        [None, "{{ 行 }}", None, "{% vm %}同"],
        ["{%tr endfor %}"],
        ["尾"],
    ]

    def merge(page: Worksheet) -> None:
        for area in ("A1:D1", "A2:A4", "B4:C4", "A6:D6"):
            page.merge_cells(area)

    rendered = sheet_template(tmp_path, rows, merge).render({"表": ["一", "二", "三"]}, "a")
    assert merges(rendered) == {"A1:D1", "A2:A5", "B3:C3", "B4:C4", "B5:C5", "D3:D5", "A6:D6"}


def test_a_wide_cell_merged_down_is_one_block(tmp_path: Path) -> None:
    rows: Rows = [["{%tr for 行 in 表 %}"], ["{% vm %}同", None, "{{ 行 }}"], ["{%tr endfor %}"]]
    template = sheet_template(tmp_path, rows, lambda page: page.merge_cells("A2:B2"))
    assert merges(template.render({"表": ["一", "二"]}, "a")) == {"A1:B2"}


def test_conditional_rows_come_and_go(tmp_path: Path) -> None:
    rows: Rows = [
        ["头"],
        ["{%tr if 有 %}"],
        ["{{ 值 }}"],
        ["{%tr else %}"],
        ["无"],
        ["{%tr endif %}"],
        ["尾"],
    ]
    template = sheet_template(tmp_path, rows)
    assert cells(template.render({"有": True, "值": "x"}, "a")) == [["头"], ["x"], ["尾"]]
    assert cells(template.render({"有": False, "值": "x"}, "a")) == [["头"], ["无"], ["尾"]]


def test_rows_the_template_leaves_out_are_left_out_in_every_repetition(tmp_path: Path) -> None:
    rows: Rows = [
        ["{%tr for 行 in 表 %}"],
        ["{{ 行 }}"],
        [None],
        [None],
        ["线"],
        ["{%tr endfor %}"],
        [None],
        ["尾"],
    ]
    rendered = sheet_template(tmp_path, rows).render({"表": ["一", "二"]}, "a")
    assert cells(rendered) == [["一"], [], [], ["线"], ["二"], [], [], ["线"], [], ["尾"]]


def test_a_too_long_text_is_an_error_not_a_cut(tmp_path: Path) -> None:
    template = sheet_template(tmp_path, [["{{ 值 }}"]])
    assert len(str(cells(template.render({"值": "长" * 32767}, "a"))[0][0])) == 32767
    with pytest.raises(RenderError, match=r"工作表“表1” A1 \{\{ 值 \}\}：文字有 32768 个字符"):
        template.render({"值": "长" * 32768}, "a")


def test_a_missing_name_is_an_error_naming_its_cell(tmp_path: Path) -> None:
    template = sheet_template(tmp_path, [["{{ 甲.乙 }}", "{{ 甲.丙 }}"]])
    with pytest.raises(
        RenderError, match=r"template\.xlsx 工作表“表1” B1 \{\{ 甲\.丙 \}\}：没有名为“丙”的内容"
    ):
        template.render({"甲": {"乙": "1"}}, "a")


@pytest.mark.parametrize(
    "row, message",
    [
        (["{{ 甲() }}"], "不能调用函数"),
        (["{{ 甲"], "不成对"),
        (["{%tr for 行 in 表 %}"], "没有对应的 endfor"),
        (["{%tr if 甲 %}", "字"], "除标签外不能再有内容"),
        (["{%tr if 甲 %}", "{{ 乙 }}"], "只能有"),
        (["{% vm %}x"], "循环的行里"),
        (["{% cellbg 甲 %}x"], "只能用在 Word"),
        (["甲{%p if 乙 %}"], "段内标签"),
        (["{{ 甲 }}", "=A2+1"], "没有写明结果"),
        (["{{ 甲 }}", '=A1&"{{ 甲 }}"&A1'], "只能写在末尾"),
    ],
)
def test_a_bad_tag_is_named_with_its_place(tmp_path: Path, row: list[str], message: str) -> None:
    with pytest.raises(TemplateError, match=message) as caught:
        sheet_template(tmp_path, [["好"], row])
    assert all("工作表“表1”" in complaint.place for complaint in caught.value.complaints)


def test_a_tag_in_a_page_header_is_refused(tmp_path: Path) -> None:
    def header(page: Worksheet) -> None:
        assert page.oddHeader is not None
        page.oddHeader.center.text = "{{ 名 }}"

    with pytest.raises(TemplateError, match=r"页眉页脚 .*只能写在单元格里"):
        sheet_template(tmp_path, [["{{ 甲 }}"]], header)


@pytest.mark.parametrize(
    "old, new, message",
    [
        ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/x", "严格"),
        ("</workbook>", "", "已损坏"),
    ],
)
def test_a_workbook_that_is_not_one_is_refused_in_one_sentence(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    path = sheet(tmp_path, [["{{ 甲 }}"]])
    package = Package.read(path)
    text = package.bytes("xl/workbook.xml").decode().replace(old, new)
    path.write_bytes(package.replaced({"xl/workbook.xml": text.encode()}))
    with pytest.raises(TemplateError, match=message):
        compile_template(path)


def test_a_sheet_whose_elements_have_a_prefix_renders_alike(tmp_path: Path) -> None:
    path = sheet(tmp_path, LEVELS)
    package, name = Package.read(path), "xl/worksheets/sheet1.xml"
    plain = compile_template(path).render({"树": tree([2, 1]), "总分": "1"}, "a")
    text = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", package.bytes(name).decode()).replace(
        " xmlns=", " xmlns:x="
    )
    path.write_bytes(package.replaced({name: text.encode()}))
    prefixed = compile_template(path).render({"树": tree([2, 1]), "总分": "1"}, "a")
    assert cells(prefixed) == cells(plain)
    assert merges(prefixed) == merges(plain)


def test_one_cell_that_becomes_many_cannot_be_meant_in_a_formula(tmp_path: Path) -> None:
    rows: Rows = [["{%tr for 行 in 表 %}"], ["{{ 行 }}"], ["{%tr endfor %}"], ['=A2+N("{{ 计 }}")']]
    with pytest.raises(TemplateError, match="请写成区域 A2:A2"):
        sheet_template(tmp_path, rows)


def wrapped(width: int, **heights: int) -> Callable[[Worksheet], None]:
    def change(page: Worksheet) -> None:
        page.column_dimensions["A"].width = width
        for row in page.iter_rows():
            for cell in row:
                cell.alignment = Alignment(wrap_text=True)
        for row_name, height in heights.items():
            page.row_dimensions[int(row_name[1:])].height = height

    return change


def height(rendered: Rendered, row: int) -> Decimal | None:
    found = book(rendered).worksheets[0].row_dimensions[row].height
    return None if found is None else Decimal(str(found))


def test_a_fixed_row_grows_only_when_its_text_needs_more(tmp_path: Path) -> None:
    template = sheet_template(tmp_path, [["{{ 值 }}"]], wrapped(20, r1=30))
    assert height(template.render({"值": "短"}, "a"), 1) == 30
    grown = height(template.render({"值": "长" * 100}, "a"), 1)
    assert grown is not None
    assert 150 < grown < 200


def test_an_ordinary_row_is_left_to_excel(tmp_path: Path) -> None:
    template = sheet_template(tmp_path, [["{{ 值 }}"]], wrapped(20))
    assert height(template.render({"值": "长" * 100}, "a"), 1) is None


def test_merged_text_gets_the_room_excel_would_not_give(tmp_path: Path) -> None:
    def change(page: Worksheet) -> None:
        wrapped(10)(page)
        page.merge_cells("A1:B1")

    template = sheet_template(tmp_path, [["{{ 值 }}", None]], change)
    needed = height(template.render({"值": "长" * 100}, "a"), 1)
    assert needed is not None
    assert 140 < needed < 260


def test_text_merged_down_makes_its_last_row_high_enough(tmp_path: Path) -> None:
    rows: Rows = [["{%tr for 行 in 表 %}"], ["{% vm %}{{ 长 }}", "{{ 行 }}"], ["{%tr endfor %}"]]
    template = sheet_template(tmp_path, rows, wrapped(10))
    rendered = template.render({"表": ["一", "二"], "长": "长" * 30}, "a")
    assert height(rendered, 1) is None
    last = height(rendered, 2)
    assert last is not None
    assert last > 60


def test_a_group_of_one_row_gets_room_like_any_cell(tmp_path: Path) -> None:
    rows: Rows = [["{%tr for 行 in 表 %}"], ["{% vm %}{{ 长 }}", "{{ 行 }}"], ["{%tr endfor %}"]]
    template = sheet_template(tmp_path, rows, wrapped(10, r2=15))
    grown = height(template.render({"表": ["一"], "长": "长" * 30}, "a"), 1)
    assert grown is not None
    assert grown > 60


def test_what_the_template_says_is_shown_with_tags(tmp_path: Path) -> None:
    template = sheet_template(tmp_path, [["甲{{ 乙 }}", '=SUM(A1)+N("{{ 丙 }}")'], [], [3]])
    assert template.text() == ["〔工作表 表1〕", '甲{{ 乙 }} │ =SUM(A1)+N("{{ 丙 }}")', "3"]


def test_names_follow_loops_to_the_lists_they_come_from(tmp_path: Path) -> None:
    assert sheet_template(tmp_path, LEVELS).names == (
        "树", "树[].下级", "树[].下级[].下级", "树[].名", "树[].下级[].名", "树[].下级[].下级[].名",
        "树[].下级[].下级[].分", "总分",
    )  # fmt: skip


def test_no_tag_is_left_among_the_shared_strings(tmp_path: Path) -> None:
    path = tmp_path / "shared.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("表1").write_row(0, 0, ["{{ 甲 }}", "留"])
    rendered = compile_template(path).render({"甲": "1"}, "a")
    assert "{{" not in part(rendered, "xl/sharedStrings.xml")
    assert cells(rendered) == [["1", "留"]]


def test_the_draft_words_stand_in_the_page_header(tmp_path: Path) -> None:
    def header(page: Worksheet) -> None:
        assert page.oddHeader is not None
        assert page.oddFooter is not None
        page.oddHeader.left.text = "左"
        page.oddHeader.center.text = "中"
        page.oddFooter.center.text = "第 &P 页"

    template = sheet_template(tmp_path, [["{{ 甲 }}"]], header)
    rendered = template.render({"甲": "1"}, "a", watermark="草稿&1")
    page = book(rendered).worksheets[0]
    assert page.oddHeader is not None
    assert page.oddFooter is not None
    assert "KD9D9D9草稿&amp;&amp;1<" in part(rendered, "xl/worksheets/sheet1.xml")
    assert str(page.oddHeader.center.text).startswith("中")
    assert page.oddHeader.left.text == "左"
    assert page.oddFooter.center.text == "第 &P 页"
    assert "草稿" not in part(template.render({"甲": "1"}, "a"), "xl/worksheets/sheet1.xml")


def test_rendering_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    template = sheet_template(tmp_path, LEVELS)
    page = {"树": tree([2, 1]), "总分": "1"}
    assert template.render(page, "a").digest == template.render(page, "a").digest


def test_page_numbers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="没有目录"):
        sheet_template(tmp_path, [["{{ 甲 }}"]]).render({"甲": "1"}, "a", pages=["1"])
