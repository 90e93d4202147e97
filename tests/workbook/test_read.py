"""Files that are no workbook end in one sentence; whatever stands in a workbook is seen."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from docgen.errors import WorkbookError
from docgen.workbook import Book, read
from docgen.workbook.book import Cell, Merge
from tests.workbook.clerk import written

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def made(folder: Path, fill: Callable[[Workbook], None], name: str = "a.xlsx") -> Path:
    path = folder / name
    with Workbook(path, {"strings_to_formulas": False}) as book:
        fill(book)
    return path


def cells(book: Book) -> dict[str, Cell]:
    sheet = book.sheets[0]
    width = max(map(len, sheet.rows))
    every = [sheet.cell(row, column) for row in range(len(sheet.rows)) for column in range(width)]
    return {cell.place.cell: cell for cell in every if not cell.is_blank}


def refused(path: Path) -> str:
    with pytest.raises(WorkbookError) as error:
        read(path)
    sentence = str(error.value)
    assert "\n" not in sentence
    assert path.name in sentence or path.name.removeprefix("~$") in sentence
    return sentence


def saved(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "name,data,words",
    [
        ("a.xls", OLE, "另存为 .xlsx"),
        ("a.csv", b"a,b\n", "docgen new"),
        ("a.et", OLE, "用 WPS 打开后另存为 .xlsx"),
        ("a.ods", b"PK", "另存为 .xlsx"),
        ("a.xlsb", b"PK", "另存为 .xlsx"),
        ("a.pdf", b"%PDF", "只读 .xlsx"),
        ("noname", b"", "只读 .xlsx"),
        ("a.xlsx", b"", "0 字节"),
        ("a.xlsx", OLE, "旧版 .xls"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "取消密码"),
        ("a.xlsx", b"<html><table></table></html>", "不是 Excel 工作簿"),
        ("a.xlsx", b"PK\x03\x04 and then nothing", "不完整"),
        ("~$a.xlsx", b"\x05owner", "锁文件"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_advice(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    assert words in refused(saved(tmp_path, name, data))


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    assert "没有" in refused(tmp_path / "没有.xlsx")
    (tmp_path / "夹.xlsx").mkdir()
    assert "文件夹" in refused(tmp_path / "夹.xlsx")


def test_a_word_document_called_xlsx_is_recognised(tmp_path: Path) -> None:
    Document().save(str(tmp_path / "a.xlsx"))
    assert "Word" in refused(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    "part,words", [("ppt/presentation.xml", "演示文稿"), ("xl/workbook.bin", ".xlsb"), ("a", "不是")]
)
def test_another_kind_of_package_is_recognised(tmp_path: Path, part: str, words: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        package.writestr(part, "x")
    assert words in refused(tmp_path / "a.xlsx")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_workbook_is_refused(tmp_path: Path, share: float) -> None:
    data = written(tmp_path).read_bytes()
    assert "不完整" in refused(saved(tmp_path, "a.xlsx", data[: int(len(data) * share)]))


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", bytes(80 * 1024 * 1024))
    assert "炸弹" in refused(path)


def test_a_member_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b" " * 1_000_000)
    data = stream.getvalue()
    lie = data.replace(struct.pack("<L", 1_000_000), struct.pack("<L", 10))
    assert "损坏" in refused(saved(tmp_path, "a.xlsx", lie))


def test_more_than_fits_is_refused_before_unpacking(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", Random(1).randbytes(1_000_003))  # noqa: S311 - noise, not a secret
    data = stream.getvalue()
    lie = data.replace(struct.pack("<L", 1_000_003), struct.pack("<L", 600 * 1024 * 1024))
    assert "过大" in refused(saved(tmp_path, "a.xlsx", lie))


def test_a_password_on_the_zip_itself_is_seen(tmp_path: Path) -> None:
    data = bytearray(written(tmp_path).read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "密码" in refused(saved(tmp_path, "a.xlsx", bytes(data)))


def test_a_value_far_outside_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = made(tmp_path, lambda book: book.add_worksheet("远").write(1_000_000, 16_000, 1))
    assert "XFD" not in (sentence := refused(path))
    assert "WQK1000001" in sentence


def test_a_doctype_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>')
    assert "XML 声明" in refused(path)


@given(st.binary(max_size=300), st.integers(0, 2**31))
def test_broken_bytes_never_end_in_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("noise")
    whole = bytearray(_whole(folder))
    at = Random(seed).randrange(len(whole))  # noqa: S311 - noise, not a secret
    whole[at : at + len(noise)] = noise
    path = saved(folder, "a.xlsx", bytes(whole))
    with suppress(WorkbookError):
        assert read(path).name == "a.xlsx"


def _whole(folder: Path) -> bytes:
    return made(folder, lambda book: book.add_worksheet("甲").write("A1", "文字")).read_bytes()


def test_values_keep_what_the_clerk_typed(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet = book.add_worksheet("甲")
        sheet.write("A1", 16.06)
        sheet.write("B1", 0.803, book.add_format({"num_format": "0.0%"}))
        sheet.write("C1", 0.98, book.add_format({"num_format": '0.0"%"'}))
        sheet.write_datetime("D1", datetime(2022, 7, 11), book.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001
        sheet.write_boolean("E1", True)  # noqa: FBT003
        sheet.write_string("F1", "=1+1")
        sheet.write_string("G1", "<甲&乙>\x01")
        sheet.write("H1", 0.1 + 0.2)
        sheet.write("I1", 0.05, book.add_format({"num_format": 9}))

    found = cells(read(made(tmp_path, fill)))
    assert {name: cell.text for name, cell in found.items()} == {
        "A1": "16.06",
        "B1": "80.3%",
        "C1": "0.98",
        "D1": "2022年7月11日",
        "E1": "TRUE",
        "F1": "=1+1",
        "G1": "<甲&乙>\x01",
        "H1": "0.3",
        "I1": "5%",
    }
    assert found["A1"].value == Decimal("16.06")
    assert not found["F1"].formula


def test_a_formula_knows_whether_it_was_ever_computed(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet = book.add_worksheet("甲")
        sheet.write_formula("A1", "=1+1")
        sheet.write_formula("B1", "=1+1", None, 2)
        sheet.write_formula("C1", '="x"', None, "x")
        sheet.write_formula("D1", "=1/0", None, "#DIV/0!")
        sheet.write("E1", 0)

    found = cells(read(made(tmp_path, fill)))
    assert {name: (cell.formula, cell.cached, cell.error) for name, cell in found.items()} == {
        "A1": (True, False, ""),
        "B1": (True, True, ""),
        "C1": (True, True, ""),
        "D1": (True, True, "#DIV/0!"),
        "E1": (False, True, ""),
    }


def test_what_is_hidden_or_merged_is_marked(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet = book.add_worksheet("甲")
        sheet.write("A1", "x")
        sheet.merge_range("B2:C4", "合并")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column("D:E", None, None, {"hidden": True})
        book.add_worksheet("藏").hide()

    book = read(made(tmp_path, fill))
    marks = book.sheets[0].marks
    assert marks.merges == (Merge(1, 1, 3, 2),)
    assert marks.hidden_rows == {2}
    assert marks.hidden_columns == {3, 4}
    assert [sheet.hidden for sheet in book.sheets] == [False, True]


def test_a_sheet_with_prefixes_and_without_cell_names_is_read_alike(tmp_path: Path) -> None:
    path = made(tmp_path, lambda book: book.add_worksheet("甲").write_formula("A1", "=0/0", None, "#DIV/0!"))
    xml = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        '<x:row><x:c><x:v>1</x:v></x:c><x:c t="e"><x:v>#REF!</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    members["xl/worksheets/sheet1.xml"] = xml.encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    assert read(path).sheets[0].marks.errors == {"B1": "#REF!"}


@pytest.mark.parametrize("code", ["yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "[$-804]yyyy/m/d;@", "m月d日", 14, 58])
def test_a_number_with_a_date_format_is_a_day(tmp_path: Path, code: str | int) -> None:
    def fill(book: Workbook) -> None:
        sheet = book.add_worksheet("甲")
        day = book.add_format({"num_format": code})
        sheet.write_row("A1", [44753, 44753.75, 20220711, -3, 0.5], day)
        sheet.write("F1", 44753, book.add_format({"num_format": '0.00"d"'}))

    found = cells(read(made(tmp_path, fill)))
    assert [found[f"{letter}1"].text for letter in "ABCDEF"] == [
        "2022年7月11日", "2022年7月11日", "20220711", "-3", "0.5", "44753",
    ]  # fmt: skip


def test_dates_counted_from_1904_are_the_same_days(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with Workbook(path, {"date_1904": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet("甲").write_datetime("A1", datetime(2022, 7, 11), day)  # noqa: DTZ001
    assert cells(read(path))["A1"].text == "2022年7月11日"


def test_a_lock_file_beside_the_workbook_is_noticed(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert not read(path).is_open
    saved(tmp_path, f"~${path.name}", b"\x05owner")
    assert read(path).is_open


def test_macros_are_noticed_and_not_run(tmp_path: Path) -> None:
    path = written(tmp_path).rename(tmp_path / "a.xlsm")
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"macro")
    assert read(path).has_macros


def test_a_cell_that_claims_to_lie_far_out_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = made(tmp_path, lambda book: book.add_worksheet("甲").write("A1", 1))
    changed(path, "xl/worksheets/sheet1.xml", b'r="A1"', b'r="ZZZ99999999"')
    assert "太远" in refused(path)


@pytest.mark.parametrize(
    "part,old,new",
    [
        ("xl/worksheets/sheet1.xml", b'r="A1"', b'r="A"'),
        ("xl/worksheets/sheet1.xml", b"<v>0</v>", b"<v>77</v>"),
        ("xl/worksheets/sheet1.xml", b"</sheetData>", b""),
        ("xl/workbook.xml", b"UTF-8", b"UTF-es"),
        ("xl/sharedStrings.xml", b"</si>", b""),
    ],
)
def test_damaged_contents_are_one_sentence(tmp_path: Path, part: str, old: bytes, new: bytes) -> None:
    path = made(tmp_path, lambda book: book.add_worksheet("甲").write("A1", "文字"))
    changed(path, part, old, new)
    assert "损坏" in refused(path)


def changed(path: Path, part: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    assert old in members[part]
    members[part] = members[part].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)


def test_a_day_written_out_in_the_file_is_a_day(tmp_path: Path) -> None:
    path = made(tmp_path, lambda book: book.add_worksheet("甲").write("A1", 1))
    changed(path, "xl/worksheets/sheet1.xml", b"<v>1</v>", b"<v>2022-07-11T00:00:00</v>")
    changed(path, "xl/worksheets/sheet1.xml", b'r="A1">', b'r="A1" t="d">')
    assert cells(read(path))["A1"].text in {"2022年7月11日", "2022-07-11T00:00:00"}


@pytest.mark.parametrize("kind", ["0.00", "0%", "yyyy-mm-dd"])
@pytest.mark.parametrize("number", [b"NaN", b"inf", b"-1e999"])
def test_a_number_that_is_none_is_a_text(tmp_path: Path, number: bytes, kind: str) -> None:
    def fill(book: Workbook) -> None:
        book.add_worksheet("甲").write("A1", 1, book.add_format({"num_format": kind}))

    path = made(tmp_path, fill)
    changed(path, "xl/worksheets/sheet1.xml", b"<v>1</v>", b"<v>%s</v>" % number)
    cell = cells(read(path))["A1"]
    assert cell.value == cell.text
    assert cell.text in {"nan", "inf", "-inf"}


@pytest.mark.parametrize("title", ["填写说明", "清单"])
def test_a_sheet_without_data_is_not_opened(tmp_path: Path, title: str) -> None:
    def fill(book: Workbook) -> None:
        book.add_worksheet(title).write("A1", "x")
        book.add_worksheet("甲").write("A1", "y")

    path = made(tmp_path, fill)
    aside, sheet = read(path).sheets
    assert (aside.title, aside.is_empty) == (title, True)
    assert sheet.raw(0, 0) == "y"
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    members["xl/worksheets/sheet1.xml"] = b"<worksheet"
    with zipfile.ZipFile(path, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    assert read(path).sheets[1].raw(0, 0) == "y"
