"""The drawn 部门决算公开: sections, tables, numbering, the wordings of its sentences, live totals."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from docgen.render import Template, compile_template
from docgen.render.package import Package
from tests.docxtext import docx_text
from tests.ooxml import Element, Parts
from tests.real_office import needs_soffice
from tests.xlsxtext import xlsx_text

DOCUMENTS = Path(__file__).parents[2] / "templates" / "zezhou" / "documents"
WORD, EXCEL = DOCUMENTS / "final-accounts.docx", DOCUMENTS / "final-accounts.xlsx"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LANDSCAPE = {2, 3, 4, 6, 9}
HEADS = [3, 3, 3, 3, 3, 2, 3, 3, 4, 0]  # rows repeated on a second page; 公开10 never has one
ENTRIES = 27  # of the contents: five parts and 22 sections
EMPTY_LINES = {"本年度无此项收支。", "本年度无此项支出。", "无。"}
CHANGE = {"增减": "减少", "差": "435.51", "升降": "下降", "率": "7.92%"}

View = dict[str, Any]


def page(template: Template, leaf: str, items: int, **given: object) -> View:
    """A page with every name the template uses: ``leaf`` for each text and flag, lists of ``items``.

    ``given`` puts other things in some places: ``收入变动={…}`` below 情况.
    """
    tree: View = {}
    for name in template.names:
        branch = tree
        for step in name.replace("[]", ".[]").split("."):
            branch = branch.setdefault(step, {})
    view = grown(tree, leaf, items)
    assert isinstance(view, dict)
    view["情况"] = {**view.get("情况", {}), **given}
    return view


def grown(tree: Mapping[str, Any], leaf: str, items: int) -> object:
    if "[]" in tree:
        return [grown(tree["[]"], leaf, items)] * items
    return {name: grown(inner, leaf, items) for name, inner in tree.items()} if tree else leaf


def lines(template: Template, view: View) -> list[str]:
    return docx_text(template.render(view, "a").content).splitlines()


def body() -> Element:
    return Parts(WORD).tree("word/document.xml")


def tables() -> list[list[list[str]]]:
    return [
        [
            ["".join(text.text or "" for text in cell.iter(W + "t")) for cell in row.iter(W + "tc")]
            for row in table.iter(W + "tr")
        ]
        for table in body().iter(W + "tbl")
    ]


def numbered(rows: Iterable[list[str]], column: int) -> list[int]:
    return [int(row[column]) for row in rows if len(row) > column and row[column].isdigit()]


def test_every_table_has_a_section_of_its_own_turned_as_it_needs() -> None:
    turned, found = [], 0
    for element in body().iter(W + "tbl", W + "sectPr"):
        if element.tag == W + "tbl":
            found += 1
            continue
        size = element.find(W + "pgSz")
        assert size is not None
        turned.append((found, size.get(W + "orient") == "landscape"))
    counted = [number for number, _ in turned]
    assert counted == [0, 0, *range(1, 11), 10]  # cover and contents, 第一部分, ten tables, the rest
    assert {number for number, is_turned in turned if is_turned} == LANDSCAPE


def test_pages_are_numbered_from_the_first_part_and_covers_are_not() -> None:
    cover, first, *others = body().iter(W + "sectPr")
    assert cover.find(W + "footerReference") is None
    start = first.find(W + "pgNumType")
    assert start is not None
    assert start.get(W + "start") == "1"
    assert all(section.find(W + "footerReference") is not None for section in (first, *others))
    assert all(section.find(W + "pgNumType") is None for section in others)


def test_heads_are_repeated_with_the_line_of_column_numbers() -> None:
    assert [len([*table.iter(W + "tblHeader")]) for table in body().iter(W + "tbl")] == HEADS


def test_contents_list_every_part_section_and_table() -> None:
    template = compile_template(WORD)
    found = lines(template, page(template, "12.34", 2))
    headings = [line.lstrip("# ") for line in found if re.match("##? ", line)]
    assert len(headings) == ENTRIES
    text = Parts(template.render(page(template, "1", 1), "a").content).tree("word/document.xml")
    assert len([*text.iter(W + "hyperlink")]) == ENTRIES


def test_lines_of_the_fixed_tables_are_numbered_without_a_gap() -> None:
    grids = tables()
    assert numbered(grids[0][3:], 1) + numbered(grids[0][3:], 4) == [*range(1, 63)]
    assert numbered(grids[3][3:], 1) + numbered(grids[3][3:], 4) == [*range(1, 65)]
    assert numbered(grids[9], 1) == [*range(1, 17)]


def test_economic_codes_run_down_the_blocks_and_are_all_asked_for() -> None:
    rows = tables()[5][2:-1]
    cells = [(row[at], row[at + 1], row[at + 2]) for at in (0, 3, 6, 9) for row in rows if row[at]]
    persons = [code for code, *_ in cells if code.startswith(("301", "303"))]
    public = [code for code, *_ in cells if not code.startswith(("301", "303"))]
    assert persons == sorted(persons)
    assert public == sorted(public)
    assert all(name for _, name, _ in cells)
    for code, _, value in cells:
        applies = not code.startswith(("309", "311"))
        assert value == (f'{{{{ 决算.经济["{code}"] }}}}' if applies else "——")


def test_word_and_excel_print_the_same_figures() -> None:
    shown, exact = (
        {name.removeprefix(root) for name in compile_template(path).names if name.startswith(root)}
        for path, root in ((WORD, "决算."), (EXCEL, "决算精确."))
    )
    assert {name for name in shown ^ exact if not name.endswith(".是汇总")} == set()


def test_funds_without_money_print_their_grid_and_say_so() -> None:
    template = compile_template(WORD)
    found = lines(template, page(template, "", 0))
    assert set(found) >= EMPTY_LINES
    assert len([line for line in found if "说明：本表无数据。" in line]) == len(("公开07", "公开08"))
    book = compile_template(EXCEL)
    assert xlsx_text(book.render(page(book, "", 0), "a").content).count("说明：本表无数据。") == len(
        ("公开07", "公开08")
    )


def test_funds_with_money_have_their_sentences() -> None:
    template = compile_template(WORD)
    text = "\n".join(lines(template, page(template, "12.34", 2)))
    assert "政府性基金预算财政拨款年初结转和结余12.34万元，本年收入12.34万元，本年支出12.34万元" in text
    assert "国有资本经营预算财政拨款支出12.34万元，其中：基本支出12.34万元" in text
    assert not any(line in text.splitlines() for line in EMPTY_LINES)
    assert "本表无数据" not in text


@pytest.mark.parametrize(
    "change, sentence",
    [
        ({"有上年": True, "相同": False, "有率": True}, "收入总计减少435.51万元，下降7.92%，"),
        ({"有上年": True, "相同": False, "有率": False}, "收入总计减少435.51万元，支出总计"),
        ({"有上年": True, "相同": True, "有率": True}, "收入总计与上年相同，"),
    ],
)
def test_a_change_is_said_by_amount_and_rate_where_there_is_one(change: View, sentence: str) -> None:
    template = compile_template(WORD)
    other = {**CHANGE, "有上年": True, "相同": False, "有率": True}
    text = "\n".join(lines(template, page(template, "1", 1, 收入变动={**CHANGE, **change}, 支出变动=other)))
    assert f"与上年相比，{sentence}" in text


def test_totals_that_did_not_change_are_followed_by_no_reason() -> None:
    template = compile_template(WORD)
    same = {**CHANGE, "有上年": True, "相同": True, "有率": True}
    view = page(template, "1", 1, 收入变动=same, 支出变动=same)
    view["情况"]["财政"] |= {"收入变动": same, "支出变动": same}
    view["情况"]["一般"] |= {"变动": same}
    ends = [line for line in lines(template, view) if line.endswith("与上年相同。")]
    totals = ("收入总计、支出总计均", "财政拨款收入总计、财政拨款支出总计均", "一般公共预算财政拨款支出")
    assert [line.split("。")[-2] for line in ends] == [f"{total}与上年相同" for total in totals]


def test_nothing_is_said_of_last_year_when_it_is_not_known() -> None:
    template = compile_template(WORD)
    text = "\n".join(lines(template, page(template, "", 0)))
    assert "与上年" not in text
    assert "比上年" not in text


@pytest.mark.parametrize("leaf, items", [("", 0), ("1", 0), ("1", 1), ("1", 3)])
def test_no_sentence_is_left_with_two_marks_or_none(leaf: str, items: int) -> None:
    template = compile_template(WORD)
    view = page(template, leaf, items)
    view["文字"] = {name: ["甲。"] * items for name in view["文字"]}
    for line in lines(template, view):
        assert not re.search("[，、；。：]{2}", line), line


def codes(*rows: tuple[str, str]) -> View:
    """Table 05 of 项 with their exact 基本支出; 款 and 类 are added up here."""
    amounts = {code: Decimal(amount) for code, amount in rows}
    names = sorted({code[:size] for code in amounts for size in (3, 5, 7)})
    printed = []
    for code in names:
        total = str(sum(amount for one, amount in amounts.items() if one.startswith(code)))
        printed.append(
            {
                "代码": code,
                "名称": "科目",
                "是汇总": len(code) < 7,
                "小计": total,
                "基本支出": total,
                "项目支出": "",
            }
        )
    whole = str(sum(amounts.values()))
    return {"有数据": True, "行": printed, "合计": {"小计": whole, "基本支出": whole, "项目支出": ""}}


@needs_soffice
def test_live_totals_come_out_as_printed_though_each_line_is_rounded(tmp_path: Path) -> None:
    template = compile_template(EXCEL)
    view = page(template, "", 0)
    view["决算精确"]["表05"] = codes(("2080101", "1.004"), ("2080104", "1.004"), ("2210201", "1.004"))
    rendered = template.render(view, "a").content
    computed = openpyxl.load_workbook(recalculated(rendered, tmp_path), data_only=True)["公开05表"]
    cached = openpyxl.load_workbook(_written(tmp_path / "cached.xlsx", rendered), data_only=True)["公开05表"]
    column = [[drawn.cell(row, 4).value for row in range(7, 15)] for drawn in (computed, cached)]
    assert column[0] == pytest.approx([3.012, 2.008, 2.008, 1.004, 1.004, 1.004, 1.004, 1.004])
    assert column[0] == pytest.approx(column[1])
    assert "合计 ⇠2 │ =SUM(D7:E7) ⇒ 3.01 " in xlsx_text(rendered)


def recalculated(content: bytes, folder: Path) -> Path:
    """The workbook after LibreOffice has computed every formula anew."""
    package = Package.read(content)
    bare = {
        name: re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", package.bytes(name))
        for name in package.members
        if name.startswith("xl/worksheets/sheet")
    }
    source = _written(folder / "bare.xlsx", package.replaced(bare))
    with tempfile.TemporaryDirectory(prefix="docgen-soffice-") as profile:
        command = ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
        command += ["--convert-to", "xlsx", "--outdir", str(folder / "computed"), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / "computed" / "bare.xlsx"


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
