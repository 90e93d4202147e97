"""What is rendered opens in LibreOffice, passes the Open XML SDK, and carries recalculated values."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

import openpyxl
import xlsxwriter
from docx.document import Document
from docx.enum.section import WD_SECTION

from docgen.render import Rendered, Template, compile_template
from docgen.render.package import Package
from tests.real_office import assert_opens, assert_valid, needs_soffice, needs_validator, pdf_pages
from tests.render.making import cells, first_grid, merges, word

POINT = {"名": "三级指标", "分": "7.25", "倍": "14.50"}
PAGE: dict[str, object] = {
    "题": "甲&乙<丙> 😀\n第二行",
    "树": [
        {"名": "产出", "下级": [{"名": "数量", "下级": [POINT, POINT]}, {"名": "质量", "下级": [POINT]}]},
        {"名": "效益", "下级": [{"名": "社会", "下级": [POINT]}]},
    ],
    "总分": "29.00",
    "率": "78.10%",
    "无": "—",
    "长": "很长的文字，" * 40,
}
LEVELS = ["{%tr for 一 in 树 %}", "{%tr for 二 in 一.下级 %}", "{%tr for 三 in 二.下级 %}"]


def word_report(document: Document) -> None:
    document.add_paragraph("{%p contents 1-3 %}")
    document.add_section(WD_SECTION.NEW_PAGE).different_first_page_header_footer = True
    document.add_heading("{{ 题 }}", 1)
    table = document.add_table(8, 3)
    rows = [
        ["一级", "二级", "三级"],
        *([level, "", ""] for level in LEVELS),
        ["{% vm 一 %}{{ 一.名 }}", "{% vm 二 %}{{ 二.名 }}", "{{ 三.名 }}"],
        *[["{%tr endfor %}", "", ""]] * 3,
    ]
    for row, texts in enumerate(rows):
        for cell, text in zip(table.rows[row].cells, texts, strict=True):
            cell.text = text


def excel_form(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as made:
        page = made.add_worksheet("表1")
        wrap = made.add_format({"text_wrap": True, "border": 1})
        number, percent = made.add_format({"num_format": "0.00"}), made.add_format({"num_format": "0.00%"})
        page.merge_range("A1:E1", "{{ 题 }}", wrap)
        for row, level in enumerate(LEVELS, 2):
            page.write(row, 0, level)
        page.write_row(5, 0, ["{% vm 一 %}{{ 一.名 }}", "{% vm 二 %}{{ 二.名 }}", "{{ 三.名 }}"], wrap)
        page.write(5, 3, "{{ 三.分 }}", number)
        page.write_formula(5, 4, '=D6*2+N("{{ 三.倍 }}")', number)
        for row in (6, 7, 8):
            page.write(row, 0, "{%tr endfor %}")
        page.write(9, 0, "总分")
        page.write_formula(9, 3, '=SUM(D6:D6)+N("{{ 总分 }}")', number)
        page.write_formula(10, 3, '=ROUND(SUM(D6:D6)/37.13,4)+N("{{ 率 }}")', percent)
        page.write_formula(11, 3, '=IF(D10>0,"—","")+N("{{ 无 }}")')
        page.merge_range("A13:C13", "{{ 长 }}", wrap)
        page.data_validation("C6", {"validate": "list", "source": ["甲", "乙"]})
        page.conditional_format("D6", {"type": "cell", "criteria": ">", "value": 6, "format": number})
        page.autofilter("A2:E6")
        page.write_comment("A10", "批注")
        page.print_area("A1:E13")
        page.set_header("&L左")
    return path


def templates(folder: Path) -> dict[str, Template]:
    paths = {".docx": word(folder, change=word_report), ".xlsx": excel_form(folder / "form.xlsx")}
    return {suffix: compile_template(path) for suffix, path in paths.items()}


def documents(folder: Path) -> list[Path]:
    paths = []
    for suffix, template in templates(folder).items():
        for words in ("", "草稿"):
            paths.append(folder / f"out{words}{suffix}")
            paths[-1].write_bytes(template.render(PAGE, "a", watermark=words).content)
    return paths


@needs_validator
def test_the_open_xml_sdk_has_no_complaint(tmp_path: Path) -> None:
    assert_valid(documents(tmp_path))


@needs_soffice
def test_everything_opens_and_shows_its_text(tmp_path: Path) -> None:
    pdfs = assert_opens(documents(tmp_path), tmp_path)
    for path, pdf in pdfs.items():
        text = "".join("".join(pdf_pages(pdf)).split())
        assert "甲&乙<丙>" in text
        assert "产出" in text
        assert path.suffix == ".docx" or "29.00" in text


def converted(path: Path, folder: Path, suffix: str) -> Path:
    with tempfile.TemporaryDirectory(prefix="docgen-soffice-") as profile:
        command = [
            "soffice",
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--headless",
            "--convert-to",
            suffix,
        ]
        subprocess.run(
            [*command, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=120
        )
    return folder / f"{path.stem}.{suffix}"


def without_values(rendered: Rendered) -> bytes:
    """The workbook with formulas but none of their values, so that they have to be computed."""
    package = Package.read(rendered.content)
    name = "xl/worksheets/sheet1.xml"
    text = re.sub(r"(</f>)<v>[^<]*</v>", r"\1", package.bytes(name).decode())
    return package.replaced({name: text.encode()})


@needs_soffice
def test_the_values_beside_formulas_are_those_a_recalculation_gives(tmp_path: Path) -> None:
    rendered = templates(tmp_path)[".xlsx"].render(PAGE, "a")
    bare = tmp_path / "bare.xlsx"
    bare.write_bytes(without_values(rendered))
    folder = tmp_path / "computed"
    folder.mkdir()
    computed = openpyxl.load_workbook(converted(bare, folder, "xlsx"), data_only=True).worksheets[0]
    checked = 0
    for row, values in enumerate(cells(rendered, values=True), 1):
        for column, value in enumerate(values, 1):
            if value is not None:
                assert computed.cell(row, column).value == value, (row, column)
                checked += 1
    assert checked > 20


@needs_soffice
def test_templates_saved_by_libreoffice_render_alike(tmp_path: Path) -> None:
    resaved = tmp_path / "resaved"
    resaved.mkdir()
    excel = excel_form(tmp_path / "form.xlsx")
    ours, theirs = (
        compile_template(path).render(PAGE, "a") for path in (excel, converted(excel, resaved, "xlsx"))
    )
    assert cells(theirs, values=True) == cells(ours, values=True)
    assert merges(theirs) == merges(ours)
    document = word(tmp_path, change=word_report)
    ours, theirs = (
        compile_template(path).render(PAGE, "a") for path in (document, converted(document, resaved, "docx"))
    )
    assert first_grid(theirs) == first_grid(ours)
