from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import pytest

from docgen.render import deflate as engine
from docgen.render.package import Package, PackageError


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


class Unseekable(io.BytesIO):
    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise io.UnsupportedOperation


def streamed(members: dict[str, bytes]) -> bytes:
    """A zip whose sizes stand behind the data, as streaming writers leave them."""
    stream = Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


MEMBERS = {"word/表.xml": "文字".encode() * 500, "[Content_Types].xml": b"<Types/>", "empty": b""}


@pytest.mark.parametrize("data", [zipped(MEMBERS), zipped(MEMBERS, zipfile.ZIP_STORED), streamed(MEMBERS)])
def test_members_read_back_whatever_wrote_them(data: bytes) -> None:
    package = Package.read(data)
    assert {name: package.bytes(name) for name in package.members} == MEMBERS


def test_content_types_come_first_and_times_are_fixed() -> None:
    with zipfile.ZipFile(io.BytesIO(Package.read(zipped(MEMBERS)).replaced({}))) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


def test_members_are_replaced_added_and_removed() -> None:
    package = Package.read(
        Package.read(zipped(MEMBERS)).replaced({"empty": None, "neu": b"1", "word/表.xml": b"2"})
    )
    assert (package.bytes("neu"), package.bytes("word/表.xml"), "empty" in package) == (b"1", b"2", False)


def test_the_same_changes_give_the_same_bytes() -> None:
    package = Package.read(zipped(MEMBERS))
    assert package.replaced({"neu": b"1" * 999}) == package.replaced({"neu": b"1" * 999})


def test_a_composed_file_is_a_good_zip() -> None:
    composer = Package.read(zipped(MEMBERS)).composer(["empty", "word/表.xml"])
    with zipfile.ZipFile(io.BytesIO(composer.compose([b"a", b"b" * 70000]))) as archive:
        assert archive.testzip() is None
        assert archive.read("word/表.xml") == b"b" * 70000


def test_both_compressors_give_raw_deflate() -> None:
    data = "≥95%".encode() * 1000
    assert zlib.decompress(engine.deflate(data), -15) == data
    assert zlib.decompress(engine._zlib_deflate(data), -15) == data
    assert engine.crc32(data) == zlib.crc32(data)


@pytest.mark.parametrize(
    "data, message",
    [
        (b"", "不是有效的 Office 文件"),
        (b"text,csv", "不是有效的 Office 文件"),
        (zipped(MEMBERS)[:200], "不是有效的 Office 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "加密"),
        (zipped({"bomb.xml": bytes(8 * 1024 * 1024)}), "压缩炸弹"),
        (zipped({"a": b"x"}, zipfile.ZIP_BZIP2), "不支持的压缩方式"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_in_one_sentence(data: bytes, message: str) -> None:
    with pytest.raises(PackageError, match=message):
        Package.read(data)


def test_a_member_that_differs_from_its_header_is_refused() -> None:
    data = zipped({"a.xml": b"hello world"}, zipfile.ZIP_STORED).replace(b"hello", b"HELLO")
    with pytest.raises(PackageError, match="校验值"):
        Package.read(data).bytes("a.xml")


def test_a_missing_member_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(zipped(MEMBERS))
    with pytest.raises(PackageError, match=r"缺少 word/document\.xml"):
        Package.read(path).bytes("word/document.xml")
