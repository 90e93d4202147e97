"""Sheets written as usual are searched, all others parsed: both ways tell the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from docgen.errors import WorkbookError
from docgen.workbook.book import Marks, Merge
from docgen.workbook.plain_cells import plain_cells
from docgen.workbook.scan import NumberStyles, scan

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES = NumberStyles(frozenset({"3"}), frozenset({"4"}))
PLAIN = (
    '<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="3"/><c r="C1" s="3"><v>0.5</v></c></row>'
    '<row r="12"><c r="A12" s="4"><v>44753</v></c><c r="B12" s="3" t="str"><f>A1</f><v>x</v></c>'
    '<c r="C12" t="inlineStr"><is><t>y</t></is></c><c r="D12" s="3"><f t="shared" si="0"/><v>1</v></c>'
    '<c r="E12"><f>1+1</f></c></row>'
)
FOUND = Marks(
    formulas=frozenset({"B12", "D12", "E12"}),
    strings=frozenset({"B12"}),
    percents=frozenset({"C1", "D12"}),
    dates=frozenset({"A12"}),
    last_row=11,
)
# What makes a sheet one to be parsed, and what that tells beyond the cells of ``PLAIN``.
UNUSUAL: dict[str, dict[str, Any]] = {
    '<c r="F12" t="e"><v>#REF!</v></c>': {"errors": {"F12": "#REF!"}},
    "<!-- a comment -->": {},
    "<?an instruction?>": {},
    '</row></sheetData><sheetData><row r="13"><c r="A13" t="e"><v>#N/A</v></c>': {
        "errors": {"A13": "#N/A"},
        "last_row": 12,
    },
    "<c><v>7</v></c>": {},
    '<c t="n" r="F12"><v>7</v></c>': {},
    "<c r='F12'><v>7</v></c>": {},
    '<c r="F12"> <v>7</v></c>': {},
    '<c r="F12"><v>7</v><f>1+6</f></c>': {"formulas": FOUND.formulas | {"F12"}},
    '<c r="F12"><f\n>1+6</f><v>7</v></c>': {"formulas": FOUND.formulas | {"F12"}},
    '</row><row r="13" hidden="1">': {"hidden_rows": frozenset({12})},
}


def sheet(data: str, behind: str = "", opening: str = DECLARED) -> bytes:
    return f"{opening}<worksheet {MAIN}><sheetData>{data}</sheetData>{behind}</worksheet>".encode()


@pytest.mark.parametrize(
    "opening", [DECLARED, "", "\ufeff" + DECLARED, "<?xml version='1.0' encoding='utf-8'?>"]
)
def test_a_sheet_of_plain_cells_is_searched(opening: str) -> None:
    xml = sheet(PLAIN, "<conditionalFormatting><formula>A1</formula></conditionalFormatting>", opening)
    assert plain_cells(xml) is not None
    assert scan(xml, STYLES, "甲") == FOUND


@pytest.mark.parametrize("cell", UNUSUAL)
def test_any_other_sheet_is_parsed(cell: str) -> None:
    xml = sheet(PLAIN.removesuffix("</row>") + cell + "</row>")
    assert plain_cells(xml) is None
    assert scan(xml, STYLES, "甲") == replace(FOUND, **UNUSUAL[cell])


@pytest.mark.parametrize("end", ["</sheetData>", "</sheetData >"])
def test_merged_areas_are_found_by_parsing(end: str) -> None:
    xml = sheet(PLAIN, '<mergeCells><mergeCell ref="B2:C4"/></mergeCells>')
    merged = scan(xml.replace(b"</sheetData>", end.encode()), STYLES, "甲")
    assert merged.merges == (Merge(1, 1, 3, 2),)
    assert merged.formulas == FOUND.formulas


def test_an_instruction_in_a_sheet_without_declaration_holds_no_cells() -> None:
    instruction = '<?an <c r="ZZ99"><v>1</v></c>?>'
    assert plain_cells(sheet(PLAIN + instruction, opening="")) is None
    assert scan(sheet(PLAIN + instruction, opening=""), STYLES, "甲") == FOUND


@pytest.mark.parametrize("unusual", ["", "<!-- parsed -->"])
def test_of_a_cell_written_twice_each_is_looked_at(unusual: str) -> None:
    twice = '<row r="13"><c r="A13" t="s"><v>0</v></c><c r="A13" s="3"><v>0.5</v></c></row>'
    marks = scan(sheet(PLAIN + twice, unusual), STYLES, "甲")
    assert marks == replace(FOUND, percents=FOUND.percents | {"A13"}, last_row=12)


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030"])
def test_a_sheet_in_another_encoding_is_parsed_or_refused(encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'
    xml = sheet(PLAIN, "", declared).decode().encode(encoding)
    assert plain_cells(xml) is None
    if encoding == "utf-16":
        assert scan(xml, STYLES, "甲") == FOUND
    else:
        with pytest.raises(WorkbookError):
            scan(xml, STYLES, "甲")


def test_a_formula_of_another_vocabulary_is_none_of_the_last_cell() -> None:
    listed = '<extLst><xm:f xmlns:xm="urn:office:main">$A$1</xm:f></extLst>'
    assert plain_cells(sheet(PLAIN, listed)) is not None
    assert scan(sheet(PLAIN, listed), STYLES, "甲") == FOUND
    parsed = scan(sheet(PLAIN, listed + "<!-- parsed -->"), STYLES, "甲")
    assert parsed == FOUND


@pytest.mark.parametrize("damage", ["<c", "&nothing;", "\x01", "</row>"])
def test_plain_cells_in_a_damaged_sheet_are_refused(damage: str) -> None:
    with pytest.raises(WorkbookError, match="已损坏"):
        scan(sheet(PLAIN + damage), STYLES, "甲")


@pytest.mark.parametrize("unusual", ["", "<!-- parsed -->"])
def test_a_value_far_out_is_refused_either_way(unusual: str) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(WorkbookError, match="XFD1048576"):
        scan(sheet(far, unusual), STYLES, "甲")
