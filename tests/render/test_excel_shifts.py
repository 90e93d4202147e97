"""Whatever of a sheet names rows follows them; the templates are made by XlsxWriter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from lxml import etree
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from docgen.render import Rendered, compile_template
from tests.render.making import book, cells, part

SHEET = "xl/worksheets/sheet1.xml"
ITEMS = ["一", "二", "三", "四"]


def rendered(
    folder: Path, change: Callable[[Workbook, Worksheet], object], items: list[str] | None = None
) -> Rendered:
    """Rows: 1 head, 2 for, 3 item, 4 endfor, 5 total, 6 foot."""
    path = folder / "shifts.xlsx"
    with xlsxwriter.Workbook(path) as made:
        page = made.add_worksheet("表1")
        for row, text in enumerate(
            ("头", "{%tr for 行 in 表 %}", "{{ 行 }}", "{%tr endfor %}", "合计", "尾")
        ):
            page.write(row, 0, text)
        change(made, page)
    return compile_template(path).render({"表": ITEMS if items is None else items}, "a.xlsx")


def found(document: Rendered, element: str, attribute: str, member: str = SHEET) -> list[str | None]:
    return [
        one.get(attribute)
        for one in etree.fromstring(part(document, member).encode()).iter()
        if str(one.tag).endswith(f"}}{element}")
    ]


def test_rows_before_stay_and_rows_after_move(tmp_path: Path) -> None:
    assert cells(rendered(tmp_path, lambda *_: None)) == [
        ["头"],
        *([item] for item in ITEMS),
        ["合计"],
        ["尾"],
    ]


def test_the_dimension_covers_all_rows(tmp_path: Path) -> None:
    assert found(rendered(tmp_path, lambda *_: None), "dimension", "ref") == ["A1:A7"]


def test_drop_downs_follow_and_vanish_with_their_rows(tmp_path: Path) -> None:
    def rules(_: Workbook, page: Worksheet) -> None:
        page.data_validation("B3", {"validate": "list", "source": "=$A$3:$A$3"})
        page.data_validation("B5:B6", {"validate": "custom", "value": "=B5>A5"})

    document = rendered(tmp_path, rules)
    assert found(document, "dataValidation", "sqref") == ["B2:B5", "B6:B7"]
    text = part(document, SHEET)
    assert "<formula1>$A$2:$A$5</formula1>" in text
    assert "<formula1>B6&gt;A6</formula1>" in text
    assert found(rendered(tmp_path, rules, []), "dataValidation", "sqref") == ["B2:B3"]
    assert found(rendered(tmp_path, rules, []), "dataValidations", "count") == ["1"]


def test_a_list_of_rules_vanishes_with_its_last_rule(tmp_path: Path) -> None:
    def rule(_: Workbook, page: Worksheet) -> None:
        page.data_validation("B3", {"validate": "list", "source": ["甲"]})
        page.write_url("C3", "https://example.org", string="链接")

    text = part(rendered(tmp_path, rule, []), SHEET)
    assert "dataValidation" not in text
    assert "hyperlink" not in text


def test_conditional_formats_follow(tmp_path: Path) -> None:
    def rules(made: Workbook, page: Worksheet) -> None:
        red = made.add_format({"bg_color": "#FFC7CE"})
        page.conditional_format("B3", {"type": "formula", "criteria": "=$B3>$B$5", "format": red})
        page.conditional_format("B5:B6", {"type": "cell", "criteria": ">", "value": 3, "format": red})
        page.conditional_format("D3", {"type": "data_bar", "data_bar_2010": True})

    document = rendered(tmp_path, rules)
    assert found(document, "conditionalFormatting", "sqref") == ["B2:B5", "B6:B7", "D2:D5", None]
    assert "<formula>$B2&gt;$B$6</formula>" in part(document, SHEET)
    assert "<xm:sqref>D2:D5</xm:sqref>" in part(document, SHEET)


def test_links_follow_and_point_at_moved_rows(tmp_path: Path) -> None:
    def links(_: Workbook, page: Worksheet) -> None:
        page.write_url("B5", "internal:'表1'!A6", string="去尾")

    document = rendered(tmp_path, links)
    assert found(document, "hyperlink", "ref") == ["B6"]
    assert found(document, "hyperlink", "location") == ["'表1'!A7"]


def test_filters_breaks_and_names_follow(tmp_path: Path) -> None:
    def more(_: Workbook, page: Worksheet) -> None:
        page.autofilter("A1:A4")
        page.set_h_pagebreaks([5])
        page.print_area("A1:C6")
        page.repeat_rows(0)

    document = rendered(tmp_path, more)
    assert found(document, "autoFilter", "ref") == ["A1:A5"]
    assert found(document, "brk", "id") == ["6"]
    text = part(document, "xl/workbook.xml")
    assert "表1!$A$1:$C$7<" in text
    assert "表1!$1:$1<" in text
    assert "表1!$A$1:$A$5<" in text


def test_frozen_panes_above_the_loop_stay(tmp_path: Path) -> None:
    document = rendered(tmp_path, lambda _, page: page.freeze_panes(1, 0))
    assert found(document, "pane", "ySplit") == ["1"]


def test_charts_and_drawings_follow(tmp_path: Path) -> None:
    def chart(made: Workbook, page: Worksheet) -> None:
        column = made.add_chart({"type": "column"})
        column.add_series({"values": "=表1!$B$3:$B$3", "categories": "=表1!$A$3:$A$3"})
        page.insert_chart("B6", column, {"object_position": 2})

    document = rendered(tmp_path, chart)
    chart_text = part(document, "xl/charts/chart1.xml")
    assert "表1!$B$2:$B$5" in chart_text
    assert "表1!$A$2:$A$5" in chart_text
    drawing = part(document, "xl/drawings/drawing1.xml")
    rows = [int(one.text or "") for one in etree.fromstring(drawing.encode()).iter("{*}row")]
    assert rows[0] == 6
    assert rows[1] - rows[0] == 14


def test_comments_and_tables_follow(tmp_path: Path) -> None:
    def more(_: Workbook, page: Worksheet) -> None:
        page.write_comment("A6", "批注")
        page.add_table("D5:E6", {"columns": [{"header": "甲"}, {"header": "乙"}]})

    document = rendered(tmp_path, more)
    assert found(document, "comment", "ref", "xl/comments1.xml") == ["A7"]
    assert found(document, "table", "ref", "xl/tables/table1.xml") == ["D6:E7"]
    assert "<x:Row>6</x:Row>" in part(document, "xl/drawings/vmlDrawing1.vml")
    comment = book(document).worksheets[0]["A7"].comment
    assert comment is not None
    assert comment.text.endswith("批注")


@pytest.mark.parametrize("items", [[], ["一"], ITEMS])
def test_row_heights_move_with_their_rows(tmp_path: Path, items: list[str]) -> None:
    document = rendered(tmp_path, lambda _, page: page.set_row(5, 30), items)
    assert book(document).worksheets[0].row_dimensions[len(items) + 3].height == 30
