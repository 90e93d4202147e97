"""The drawn templates: what a person opening them in Word, WPS or Excel relies on, page by page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from docgen.render import compile_template
from tests.ooxml import Element, Parts
from tests.real_office import assert_valid, needs_validator

ROOT = Path(__file__).parents[2]
DRAWN = sorted(ROOT.glob("templates/*/documents/*.*"))
WORD = [path for path in DRAWN if path.suffix == ".docx"]
EXCEL = [path for path in DRAWN if path.suffix == ".xlsx"]
REPORTS = [path for path in WORD if path.stem.endswith("-report")]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A4 = 9
FEWEST_ROWS = 4  # of a form: its heads and a line
TWIPS_PER_MM = 1440 / 25.4
NOTHING = re.compile(r"\{%tr .*?%\}")

word = pytest.mark.parametrize("path", WORD, ids=lambda path: path.name)
excel = pytest.mark.parametrize("path", EXCEL, ids=lambda path: path.name)
reports = pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)


def body(path: Path) -> Element:
    return Parts(path).tree("word/document.xml")


def number(element: Element | None, name: str) -> int:
    assert element is not None
    return int(element.get(W + name, "0"))


def style_name(style: Element) -> str:
    name = style.find(W + "name")
    assert name is not None
    return name.get(W + "val", "")


def said(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(W + "t"))


def sheets(path: Path) -> Sequence[Worksheet]:
    return openpyxl.load_workbook(path).worksheets


def spoken_cells(drawn: Worksheet) -> Iterator[Cell | MergedCell]:
    return (cell for row in drawn.iter_rows() for cell in row if says_something(cell))


def says_something(cell: Cell | MergedCell) -> bool:
    text = str(cell.value or "")
    return bool(text) and not NOTHING.fullmatch(text)


@word
def test_every_column_has_its_width_twice_so_that_wps_draws_it(path: Path) -> None:
    for table in body(path).iter(W + "tbl"):
        widths = [number(column, "w") for column in table.iter(W + "gridCol")]
        assert table.find(f"{W}tblPr/{W}tblLayout[@{W}type='fixed']") is not None
        for row in table.iter(W + "tr"):
            at = 0
            for cell in row.iter(W + "tcPr"):
                span = cell.find(W + "gridSpan")
                end = at + (1 if span is None else number(span, "val"))
                assert number(cell.find(W + "tcW"), "w") == sum(widths[at:end]), said(row)
                at = end
            assert at == len(widths), said(row)


@word
def test_no_table_is_wider_than_the_paper_between_its_margins(path: Path) -> None:
    tables: list[Element] = []
    for element in body(path).iter(W + "tbl", W + "sectPr"):
        if element.tag == W + "tbl":
            tables.append(element)
            continue
        room = number(element.find(W + "pgSz"), "w") - sum(
            number(element.find(W + "pgMar"), side) for side in ("left", "right")
        )
        assert all(number(table.find(f"{W}tblPr/{W}tblW"), "w") <= room for table in tables)
        tables = []
    assert not tables


@word
def test_no_row_breaks_over_a_page_and_header_rows_come_first(path: Path) -> None:
    tables = [*body(path).iter(W + "tbl")]
    for table in tables:
        rows = [row.find(W + "trPr") for row in table.iter(W + "tr")]
        assert all(row is not None and row.find(W + "cantSplit") is not None for row in rows)
        heads = [row is not None and row.find(W + "tblHeader") is not None for row in rows]
        assert [head for head, _ in groupby(heads)] in ([True, False], [False])
    assert not tables or any([*table.iter(W + "tblHeader")] for table in tables)


@word
def test_fonts_are_named_in_styles_and_nowhere_left_to_a_theme(path: Path) -> None:
    parts = Parts(path)
    styles = parts.tree("word/styles.xml")
    assert styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts[@{W}eastAsia]") is not None
    named = list(styles.iter(W + "rFonts"))
    assert all(fonts.get(W + "eastAsia") and fonts.get(W + "ascii") for fonts in named)
    assert not [name for fonts in named for name in fonts.attrib if "heme" in str(name)]
    assert {
        str(name).removeprefix(W)
        for fonts in parts.tree("word/document.xml").iter(W + "rFonts")
        for name in fonts.attrib
    } <= {"hint"}


@word
def test_only_styles_that_are_used_are_kept(path: Path) -> None:
    parts = Parts(path)
    styles = {
        style.get(W + "styleId", ""): style for style in parts.tree("word/styles.xml").iter(W + "style")
    }
    members = ("word/document.xml", "word/footer1.xml")
    used = {
        element.get(W + "val", "")
        for member in members
        for tag in ("pStyle", "rStyle", "tblStyle")
        for element in parts.maybe(member).iter(W + tag)
    }
    based = {style.get(W + "val", "") for style in parts.tree("word/styles.xml").iter(W + "basedOn")}
    contents = {"TOC1", "TOC2", "TOC3"} if compile_template(path).has_contents else set[str]()
    default = {key for key, style in styles.items() if style.get(W + "default") == "1"}
    assert used <= set(styles)
    assert set(styles) - contents == (used | based | default) - contents


@reports
def test_reports_keep_the_page_of_official_documents(path: Path) -> None:
    for page in body(path).iter(W + "sectPr"):
        margins = page.find(W + "pgMar")
        millimetres = [
            round(number(margins, side) / TWIPS_PER_MM) for side in ("top", "bottom", "left", "right")
        ]
        assert millimetres == [37, 35, 28, 26]
        assert (number(page.find(W + "pgSz"), "w"), number(page.find(W + "pgSz"), "h")) == (11906, 16838)


@reports
def test_headings_carry_their_outline_level(path: Path) -> None:
    styles = Parts(path).tree("word/styles.xml")
    levels = {
        style_name(style): number(style.find(f"{W}pPr/{W}outlineLvl"), "val") + 1
        for style in styles.iter(W + "style")
        if (style.get(W + "styleId") or "").startswith("Heading")
    }
    assert levels == {f"heading {level}": level for level in levels.values()}
    assert set(levels.values()) >= {1, 2, 3}


@excel
def test_sheets_print_on_a4_one_page_wide_with_heads_repeated(path: Path) -> None:
    for drawn in sheets(path):
        assert drawn.page_setup.paperSize == A4
        assert (drawn.page_setup.fitToWidth, drawn.page_setup.fitToHeight) == (1, 0)
        assert drawn.print_area
        assert drawn.print_title_rows


@excel
def test_every_formula_carries_the_figure_it_will_show(path: Path) -> None:
    for drawn in sheets(path):
        formulas = [text for cell in spoken_cells(drawn) if (text := str(cell.value)).startswith("=")]
        assert formulas
        assert all(re.fullmatch(r'=.+\+N\("\{\{ [^{}"]+ \}\}"\)', formula) for formula in formulas)


@excel
def test_printed_cells_are_boxed_wrapped_and_in_song(path: Path) -> None:
    for drawn in sheets(path):
        boxed = [row for row in drawn.iter_rows() if any(cell.border.left.style for cell in row)]
        assert len(boxed) >= FEWEST_ROWS
        for cell in (cell for row in boxed for cell in row if says_something(cell)):
            assert cell.border.left.style == "thin", cell.coordinate
            assert cell.alignment.wrap_text, cell.coordinate
            assert cell.font.name == "宋体", cell.coordinate


@needs_validator
def test_templates_are_valid_office_documents() -> None:
    assert_valid(DRAWN)
