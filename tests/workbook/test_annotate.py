"""The checked copy: comments and colours on the cells of the findings, and not a byte else."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook
from xlsxwriter import Workbook as NewWorkbook

from docgen.errors import WorkbookError
from docgen.finding import Finding, Place, Severity
from docgen.workbook import annotate, bind, read
from tests.real_office import assert_opens, assert_valid, needs_soffice, needs_validator
from tests.workbook.clerk import pack, tiers, written

COLOURS = {Severity.ERROR: "FFFFC7CE", Severity.VERIFY: "FFFFE0A3", Severity.NOTE: "FFDDEBF7"}


def finding(sheet: str, cell: str, severity: Severity = Severity.ERROR, message: str = "不对。") -> Finding:
    return Finding("V101", severity, Place("填报.xlsx", sheet, cell), message, "一个数", fix="改正。")


EVERYWHERE = [
    finding("项目资金", "D2"),
    finding("项目资金", "G2", Severity.VERIFY),  # no such cell in a row that is there
    finding("项目资金", "A990", Severity.NOTE),  # no such row
    finding("项目资金", "Z2", Severity.NOTE),  # behind the last cell of its row
    finding("绩效指标", "", Severity.NOTE),  # the whole sheet
    finding("没有这张表", "B7"),  # a sheet that is not there
    finding("", ""),  # the whole file
]


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def comments(data: bytes) -> dict[str, str]:
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in opened(data)
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def test_every_finding_is_a_comment_and_a_colour_on_its_cell(tmp_path: Path) -> None:
    copy = annotate(written(tmp_path), EVERYWHERE)
    words = comments(copy)
    assert list(words) == [
        "填写说明!A1",
        "项目资金!D2",
        "项目资金!G2",
        "项目资金!Z2",
        "项目资金!A990",
        "绩效指标!A1",
    ]
    assert words["项目资金!D2"] == "【错误 V101】不对。\n应为：一个数\n怎么改：改正。"
    assert words["填写说明!A1"].count("【错误 V101】") == 2
    book = opened(copy)
    for cell, severity in (("D2", Severity.ERROR), ("G2", Severity.VERIFY), ("A990", Severity.NOTE)):
        assert book["项目资金"][cell].fill.fgColor.rgb == COLOURS[severity]


def test_a_coloured_cell_keeps_value_format_and_protection(tmp_path: Path) -> None:
    path = written(tmp_path)
    before, after = openpyxl.load_workbook(path)["项目资金"], opened(annotate(path, EVERYWHERE))["项目资金"]
    for cell in ("D2", "G2", "A990"):
        assert after[cell].value == before[cell].value
        assert after[cell].alignment.vertical == "top"
        assert not after[cell].protection.locked
    assert after["D2"].number_format == before["D2"].number_format


def test_the_gravest_finding_of_a_cell_gives_the_colour(tmp_path: Path) -> None:
    several = [finding("项目", "A2", Severity.NOTE, "一"), finding("项目", "A2", Severity.ERROR, "二")]
    copy = annotate(written(tmp_path), several)
    assert opened(copy)["项目"]["A2"].fill.fgColor.rgb == COLOURS[Severity.ERROR]
    assert comments(copy)["项目!A2"].index("一") < comments(copy)["项目!A2"].index("二")


def test_an_explained_finding_tells_the_reason(tmp_path: Path) -> None:
    place = Place("", "项目", "A2")
    explained = Finding("B204", Severity.VERIFY, place, "偏低。", fix="说明。", explained="招标流标")
    words = comments(annotate(written(tmp_path), [explained]))
    assert words == {"项目!A2": "【核实 B204】偏低。\n已说明：招标流标"}


def test_all_other_members_keep_their_bytes_and_the_sheets_everything_else(tmp_path: Path) -> None:
    path = written(tmp_path)
    before, after = members(path.read_bytes()), members(annotate(path, EVERYWHERE))
    new = {"xl/comments1.xml", "xl/comments2.xml", "xl/comments3.xml"}
    new |= {f"xl/drawings/vmlDrawing{number}.vml" for number in (1, 2, 3)}
    assert {name for name in after if name not in before} - new == {
        f"xl/worksheets/_rels/sheet{number}.xml.rels" for number in (1, 5, 6)
    }
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "[Content_Types].xml",
        "xl/styles.xml",
        *(f"xl/worksheets/sheet{number}.xml" for number in (1, 5, 6)),
    }
    assert stripped(after["xl/worksheets/sheet5.xml"]) == stripped(before["xl/worksheets/sheet5.xml"])


def stripped(sheet: bytes) -> bytes:
    """A sheet without cell styles, empty cells and rows, and the link to comments."""
    sheet = re.sub(rb"(<c [^>]*?) s=\"\d+\"", rb"\1", sheet)
    sheet = re.sub(rb"<c r=\"\w+\"\s*/>", b"", sheet)
    sheet = re.sub(rb"<legacyDrawing [^>]*/>", b"", sheet)
    return re.sub(rb"<row r=\"\d+\"></row>", b"", sheet)


def test_unchanged_members_are_copied_as_compressed(tmp_path: Path) -> None:
    path = written(tmp_path)
    copy = annotate(path, EVERYWHERE)
    with zipfile.ZipFile(path) as package:
        info = package.getinfo("xl/worksheets/sheet4.xml")
        start = info.header_offset + 30 + len(info.filename)
        packed = path.read_bytes()[start : start + info.compress_size]
    assert packed in copy


def test_no_finding_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert members(annotate(path, [])) == members(path.read_bytes())


def test_the_same_findings_give_the_same_bytes(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert annotate(path, EVERYWHERE) == annotate(path.read_bytes(), EVERYWHERE)


def test_the_copy_is_read_like_the_workbook(tmp_path: Path) -> None:
    path = written(tmp_path)
    copy = tmp_path / "批注" / "填报.xlsx"
    copy.parent.mkdir()
    copy.write_bytes(annotate(path, EVERYWHERE))
    layout, names = pack().layout, tiers(pack())
    assert bind(read(copy), layout, names) == bind(read(path), layout, names)


def with_comment(book: Workbook) -> None:
    book["项目"]["A2"].comment = Comment("请核对", "领导")
    book["项目"]["B2"].comment = Comment("另一条", "领导")


def test_comments_already_there_are_kept_and_ours_put_below(tmp_path: Path) -> None:
    path = written(tmp_path, spoil=with_comment)
    words = comments(annotate(path, [finding("项目", "A2"), finding("项目", "C2")]))
    assert words["项目!A2"].startswith("请核对\n【错误 V101】")
    assert words["项目!B2"] == "另一条"
    assert words["项目!C2"].startswith("【错误 V101】")


def test_a_copy_can_be_annotated_again(tmp_path: Path) -> None:
    once = annotate(written(tmp_path), [finding("项目", "A2", message="一")])
    again = [finding("项目", "A2", message="二"), finding("项目", "D2", message="三")]
    words = comments(annotate(once, again))
    assert "一" in words["项目!A2"]
    assert "二" in words["项目!A2"]
    assert "三" in words["项目!D2"]


def test_words_with_markup_and_control_characters_are_safe(tmp_path: Path) -> None:
    copy = annotate(written(tmp_path), [finding("项目", "A2", message="<甲>&\x01“乙”")])
    assert comments(copy)["项目!A2"].startswith("【错误 V101】<甲>&“乙”")


def test_an_empty_sheet_takes_comments_too(tmp_path: Path) -> None:
    with NewWorkbook(tmp_path / "空.xlsx") as book:
        book.add_worksheet("空")
    copy = annotate(tmp_path / "空.xlsx", [finding("空", "C3"), finding("空", "A1"), finding("空", "B3")])
    assert list(comments(copy)) == ["空!A1", "空!B3", "空!C3"]


def rebuilt(path: Path, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with its first sheet put down in another way."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in members(path.read_bytes()).items():
            package.writestr(name, change(data) if name == "xl/worksheets/sheet1.xml" else data)
    return stream.getvalue()


def prefixed(sheet: bytes) -> bytes:
    sheet = re.sub(rb"<(/?)(?=[a-z])", rb"<\1x:", sheet.partition(b"?>")[2])
    return sheet.replace(b"xmlns=", b"xmlns:x=", 1)


def without_row(sheet: bytes) -> bytes:
    return sheet.replace(b'<row r="2" spans="1:2">', b'<row r="2" s="0" hidden="0" spans="1:2">')


def in_utf16(sheet: bytes) -> bytes:
    return sheet.decode().replace("UTF-8", "UTF-16").encode("utf-16")


def with_tail(sheet: bytes) -> bytes:
    tail = b'<pageSetup paperSize="9"/><tableParts count="0"/><extLst><ext uri="{0}"/></extLst></worksheet>'
    return sheet.replace(b"</worksheet>", tail)


def without_names(sheet: bytes) -> bytes:
    return re.sub(rb" r=\"\w+\"", b"", sheet)


@pytest.mark.parametrize("change", [prefixed, without_row, in_utf16, with_tail, without_names])
def test_sheets_of_other_programs_are_annotated_alike(
    tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    with NewWorkbook(tmp_path / "甲.xlsx") as book:
        sheet = book.add_worksheet("甲")
        sheet.write_row("A1", ["一", "二"])
        sheet.write_row("A2", ["三", "四"])
    data = rebuilt(tmp_path / "甲.xlsx", change)
    copy = annotate(data, [finding("甲", cell) for cell in ("A1", "B2", "D2", "A9")])
    assert list(comments(copy)) == ["甲!A1", "甲!B2", "甲!D2", "甲!A9"]
    sheet = members(copy)["xl/worksheets/sheet1.xml"]
    assert sheet.index(b"legacyDrawing") > sheet.index(b"sheetData")
    if b"tableParts" in sheet:
        assert sheet.index(b"legacyDrawing") < sheet.index(b"tableParts")


def test_a_row_format_is_kept_on_a_new_cell(tmp_path: Path) -> None:
    with NewWorkbook(tmp_path / "行.xlsx") as book:
        sheet = book.add_worksheet("行")
        sheet.set_row(1, None, book.add_format({"bold": True}))
        sheet.set_column("C:C", None, book.add_format({"italic": True}))
    copy = opened(annotate(tmp_path / "行.xlsx", [finding("行", "B2"), finding("行", "C5")]))
    assert copy["行"]["B2"].font.bold
    assert copy["行"]["C5"].font.italic


def test_a_damaged_sheet_is_one_sentence(tmp_path: Path) -> None:
    with NewWorkbook(tmp_path / "坏.xlsx") as book:
        book.add_worksheet("坏").write("A1", "一")
    with pytest.raises(WorkbookError, match="损坏"):
        annotate(rebuilt(tmp_path / "坏.xlsx", lambda sheet: sheet[:-9]), [finding("坏", "A1")])


@pytest.fixture
def copies(tmp_path: Path) -> list[Path]:
    made = {
        "新.xlsx": annotate(written(tmp_path), EVERYWHERE),
        "再.xlsx": annotate(annotate(written(tmp_path), EVERYWHERE), EVERYWHERE),
        "旧.xlsx": annotate(written(tmp_path, spoil=with_comment), [finding("项目", "A2"), *EVERYWHERE]),
    }
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    return [tmp_path / name for name in made]


@needs_validator
def test_the_open_xml_sdk_finds_nothing_wrong(copies: list[Path]) -> None:
    assert_valid(copies[:2])


@needs_soffice
def test_copies_open_in_libreoffice(copies: list[Path], tmp_path: Path) -> None:
    assert len(assert_opens(copies, tmp_path)) == 3
