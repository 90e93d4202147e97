"""What is handed over: an archive per department, its list, and what is refused."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from pypdf import PdfWriter

from docgen.errors import DocgenError, StoreError
from docgen.outputs.bundle import LIST, Asked, Parcel, bundle
from docgen.outputs.entry import FINDINGS_BOOK, Product, Status
from docgen.outputs.printed import Printed
from docgen.outputs.record import Story
from docgen.outputs.store import store


def pdf(pages: int) -> bytes:
    writer, stream = PdfWriter(), BytesIO()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    writer.write(stream)
    return stream.getvalue()


FILES = {"本级/表.docx": b"w", "本级/表.pdf": pdf(3), "本级/表.xlsx": b"x", "报告.docx": b"r"}


def made(out: Path, department: str = "甲局", status: Status = "final", workbook: str = "w") -> Path:
    folder = out / department / "2024"
    prefix = "草稿/" if status == "draft" else ""
    products = [Product(prefix + path, content, "form") for path, content in FILES.items()]
    products.append(Product("校验结果.xlsx", b"f", FINDINGS_BOOK))
    story = Story("0.1.0", "p", "d", "局.xlsx", workbook, department, 2024, (), Printed())
    store(folder, products, status, story)
    return folder


def bundled(out: Path, asked: Asked | None = None) -> list[Parcel]:
    return bundle(out, out / "交付", asked or Asked())


def listed(path: Path) -> dict[str, tuple[object, ...]]:
    """Path → pages, size, status and digest, as the list in the archive tells them."""
    with ZipFile(path) as archive:
        sheet = openpyxl.load_workbook(BytesIO(archive.read(LIST))).active
    assert sheet is not None
    rows = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    return {str(row[1]): tuple(row[2:6]) for row in rows}


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_every_file_is_in_the_archive_and_on_its_list(tmp_path: Path) -> None:
    made(tmp_path)
    [parcel] = bundled(tmp_path)
    assert (parcel.department, parcel.fiscal_year, parcel.files) == ("甲局", 2024, 4)
    assert parcel.path == tmp_path / "交付" / "甲局-2024.zip"
    with ZipFile(parcel.path) as archive:
        assert archive.namelist()[0] == LIST
        assert {name: archive.read(name) for name in archive.namelist()[1:]} == FILES
    assert listed(parcel.path) == {
        "报告.docx": (None, 1, "定稿", digest(b"r")),
        "本级/表.docx": (3, 1, "定稿", digest(b"w")),
        "本级/表.pdf": (3, len(FILES["本级/表.pdf"]), "定稿", digest(FILES["本级/表.pdf"])),
        "本级/表.xlsx": (3, 1, "定稿", digest(b"x")),
    }


def test_the_same_set_gives_the_same_bytes(tmp_path: Path) -> None:
    made(tmp_path)
    archive = tmp_path / "交付" / "甲局-2024.zip"
    bundled(tmp_path)
    before = archive.read_bytes()
    bundled(tmp_path)
    assert archive.read_bytes() == before


def test_drafts_are_refused_unless_asked_for_and_the_rest_is_bundled(tmp_path: Path) -> None:
    made(tmp_path, "甲局", "draft")
    made(tmp_path, "乙局")
    refused, other = sorted(bundled(tmp_path), key=lambda parcel: parcel.path is not None)
    assert (refused.department, refused.path) == ("甲局", None)
    assert "还是草稿" in refused.refusal
    assert other.path is not None
    assert not (tmp_path / "交付" / "甲局-2024.zip").exists()
    [asked] = bundled(tmp_path, Asked(departments=["甲局"], drafts=True))
    assert asked.path is not None
    assert {row[2] for row in listed(asked.path).values()} == {"草稿"}


def test_finals_of_an_earlier_workbook_do_not_go_with_drafts(tmp_path: Path) -> None:
    made(tmp_path)
    folder = made(tmp_path, status="draft", workbook="w2")
    assert (folder / "报告.docx").exists()
    [parcel] = bundled(tmp_path, Asked(drafts=True))
    assert parcel.path is not None
    assert {path.partition("/")[0] for path in listed(parcel.path)} == {"草稿"}


def test_what_a_person_has_changed_goes_as_it_is_and_is_said(tmp_path: Path) -> None:
    folder = made(tmp_path)
    (folder / "本级" / "表.docx").write_bytes(b"edited")
    [parcel] = bundled(tmp_path)
    assert parcel.path is not None
    assert parcel.edited == ("本级/表.docx",)
    assert listed(parcel.path)["本级/表.docx"] == (None, 6, "被人改过", digest(b"edited"))


def test_a_changed_file_goes_along_with_the_new_one_beside_it(tmp_path: Path) -> None:
    folder = made(tmp_path)
    (folder / "报告.docx").write_bytes(b"edited")
    made(tmp_path)
    [parcel] = bundled(tmp_path)
    assert parcel.path is not None
    status = {path: row[2] for path, row in listed(parcel.path).items()}
    assert (status["报告.docx"], status["报告（新）.docx"]) == ("被人改过", "定稿")
    (folder / "报告.docx").unlink()
    [parcel] = bundled(tmp_path)
    assert parcel.path is not None
    assert "报告.docx" not in listed(parcel.path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    (made(tmp_path) / "报告.docx").unlink()
    [parcel] = bundled(tmp_path)
    assert parcel.path is None
    assert "报告.docx 读不出来" in parcel.refusal


def test_an_unfinished_run_is_refused(tmp_path: Path) -> None:
    (made(tmp_path) / ".docgen-killed").mkdir()
    [parcel] = bundled(tmp_path)
    assert "没有做完" in parcel.refusal


def test_findings_go_along_only_when_asked_for(tmp_path: Path) -> None:
    made(tmp_path)
    [parcel] = bundled(tmp_path, Asked(everything=True))
    assert parcel.path is not None
    assert "校验结果.xlsx" in listed(parcel.path)


def test_a_foreign_archive_is_not_written_over(tmp_path: Path) -> None:
    made(tmp_path)
    (tmp_path / "交付").mkdir()
    with ZipFile(tmp_path / "交付" / "甲局-2024.zip", "w") as archive:
        archive.writestr("别人的.txt", "x")
    before = (tmp_path / "交付" / "甲局-2024.zip").read_bytes()
    [parcel] = bundled(tmp_path)
    assert "不是 docgen 打的包" in parcel.refusal
    assert (tmp_path / "交付" / "甲局-2024.zip").read_bytes() == before


def test_nothing_to_bundle_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DocgenError, match="没有文件夹"):
        bundled(tmp_path / "出")
    with pytest.raises(DocgenError, match="没有要打包的部门"):
        bundled(tmp_path)
    made(tmp_path)
    with pytest.raises(DocgenError, match="没有“乙局”的材料。现有：甲局"):
        bundled(tmp_path, Asked(departments=["乙局"]))
    with pytest.raises(DocgenError, match="没有要打包的部门"):
        bundled(tmp_path, Asked(fiscal_year=2023))


def test_a_target_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    made(tmp_path)
    (tmp_path / "交付").write_bytes(b"a file in its place")
    with pytest.raises(StoreError, match="不能写入"):
        bundled(tmp_path)
    assert (tmp_path / "交付").read_bytes() == b"a file in its place"
