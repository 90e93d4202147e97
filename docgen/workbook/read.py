"""A file → ``Book``. Refuses, in one sentence, what cannot be read as a workbook."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from docgen.errors import WorkbookError
from docgen.workbook.book import EPOCH, EPOCH_1904, GUIDE, LISTS, Book, Grid, Marks
from docgen.workbook.container import Container
from docgen.workbook.folding import key
from docgen.workbook.scan import Attributes, number_styles, parse, scan

_OLE = b"\xd0\xcf\x11\xe0"
_LOCK = "~$"
_TRUE = {"1", "true"}
_STYLES = "xl/styles.xml"
_NO_STYLES = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
_ADVICE = {
    ".xls": "这是旧版 .xls 文件，请用 Excel 或 WPS 打开后另存为 .xlsx。",
    ".et": "这是 WPS 的 .et 文件，请用 WPS 打开后另存为 .xlsx。",
    ".csv": "这是 .csv 文件，只有一张表的文字；请用 docgen new 生成工作簿，把数据填进去。",
    ".xlsb": "这是二进制的 .xlsb 文件，请用 Excel 打开后另存为 .xlsx。",
    ".ods": "这是 .ods 文件，请另存为 .xlsx。",
    ".xltx": "这是 Excel 模板 .xltx，请另存为 .xlsx。",
    ".xltm": "这是 Excel 模板 .xltm，请另存为 .xlsx。",
}


def read(path: Path) -> Book:
    """The workbook at ``path``. Raises ``WorkbookError``: what is wrong with the file, and what to do."""
    return book_of(path, content_of(path))


def book_of(path: Path, data: bytes) -> Book:
    """The workbook whose bytes were read from ``path``; as ``read``."""
    try:
        return _book(path, Container(data))
    except WorkbookError as error:
        raise WorkbookError(f"{path.name}：{error}") from error


def content_of(path: Path) -> bytes:
    """The bytes of a workbook. Raises ``WorkbookError`` where they cannot be those of one."""
    if path.name.startswith(_LOCK):
        real = path.name.removeprefix(_LOCK)
        raise WorkbookError(f"{path.name} 是 Excel 打开文件时留下的锁文件，请改用 {real}。")
    if not path.exists():
        raise WorkbookError(f"没有 {path} 这个文件，请检查文件名和所在文件夹。")
    if path.is_dir():
        raise WorkbookError(f"{path} 是文件夹，请指明其中的 .xlsx 工作簿。")
    suffix = path.suffix.lower()
    if suffix not in {".xlsx", ".xlsm"}:
        advice = _ADVICE.get(suffix, "docgen 只读 .xlsx 工作簿，请用 Excel 或 WPS 另存为 .xlsx。")
        raise WorkbookError(f"{path.name}：{advice}")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise WorkbookError(f"{path.name} 打不开（{error.strerror}），请关闭占用它的程序后再试。") from error
    return _checked(path.name, data)


def _checked(name: str, data: bytes) -> bytes:
    if not data:
        raise WorkbookError(f"{name} 是空文件（0 字节），请重新取得完整的文件。")
    if data[:4] == _OLE:
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        advice = "加了密码，请取消密码后另存" if encrypted else "其实是旧版 .xls 文件，请另存为 .xlsx"
        raise WorkbookError(f"{name} {advice}，再试一次。")
    return data


def _not_a_workbook(container: Container) -> str:
    if "word/document.xml" in container:
        return "这是 Word 文档，不是 Excel 工作簿。"
    if "ppt/presentation.xml" in container:
        return "这是演示文稿，不是 Excel 工作簿。"
    if "xl/workbook.bin" in container:
        return _ADVICE[".xlsb"]
    return "这不是 Excel 工作簿，请用 Excel 或 WPS 打开后另存为 .xlsx。"


def _book(path: Path, container: Container) -> Book:
    if "xl/workbook.xml" not in container:
        raise WorkbookError(_not_a_workbook(container))
    contents = sheet_parts(container)
    styles = number_styles(container.read(_STYLES))
    marks = {
        title: scan(container.read(part), styles, title) if _holds_data(title) else Marks()
        for title, part in contents.parts.items()
    }
    container.read("xl/sharedStrings.xml")  # refused here if it unpacks to more than it says
    epoch = EPOCH_1904 if contents.counts_from_1904 else EPOCH
    sheets = tuple(
        Grid(path.name, title, rows, marks[title], hidden, contents.recalculates, epoch)
        for title, rows, hidden in _values(container)
        if title in marks
    )
    return Book(
        path.name,
        sheets,
        has_macros="xl/vbaProject.bin" in container,
        is_open=path.with_name(_LOCK + path.name).exists(),
    )


def _holds_data(title: str) -> bool:
    """Whether a sheet may be read for what it says; of the others the title is enough."""
    return key(title) not in {GUIDE, LISTS}


def _values(container: Container) -> list[tuple[str, Sequence[Sequence[object]], bool]]:
    """Title, values from A1 on, and whether it is hidden, of every sheet.

    The reader is shown no styles: a number too large for its date format would make it give up the file.
    """
    plain = container.rewritten({_STYLES: _NO_STYLES}) if _STYLES in container else container.data
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(plain)) as book:
            return [
                (
                    sheet.name,
                    book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
                    if _holds_data(sheet.name)
                    else (),
                    sheet.visible != SheetVisibleEnum.Visible,
                )
                for sheet in book.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet
            ]
    except (CalamineError, ValueError, OSError) as error:
        raise WorkbookError("文件内容已损坏；请用 Excel 或 WPS 打开，按提示修复后另存为 .xlsx。") from error


@dataclass(slots=True)
class Contents:
    """What the workbook part says: worksheet parts by title, and how numbers are to be taken.

    ``recalculates``: no program has computed the formulas yet. ``counts_from_1904``: as old Macintoshes did.
    """

    parts: dict[str, str] = field(default_factory=dict)
    recalculates: bool = False
    counts_from_1904: bool = False


def sheet_parts(container: Container) -> Contents:
    """The worksheets of the file. Raises ``WorkbookError`` for a damaged one."""
    contents = Contents()
    titles: dict[str, str] = {}

    def on_sheet(attributes: Attributes) -> None:
        link = next((value for name, value in attributes.items() if name.endswith(":id")), "")
        titles[attributes.get("name", "")] = link

    def on_calculation(attributes: Attributes) -> None:
        contents.recalculates = attributes.get("fullCalcOnLoad") in _TRUE

    def on_properties(attributes: Attributes) -> None:
        contents.counts_from_1904 = attributes.get("date1904") in _TRUE

    handlers = {"sheet": on_sheet, "calcPr": on_calculation, "workbookPr": on_properties}
    parse(container.read("xl/workbook.xml"), handlers)
    targets = relations(container, "xl/workbook.xml", "/worksheet")
    contents.parts = {title: targets[link] for title, link in titles.items() if link in targets}
    return contents


def relations(container: Container, part: str, kind: str) -> dict[str, str]:
    """Relationship id → member name, of the relationships of ``part`` whose type ends in ``kind``."""
    folder, base = posixpath.split(part)
    found: dict[str, str] = {}

    def on_relationship(attributes: Attributes) -> None:
        if attributes.get("Type", "").endswith(kind) and attributes.get("TargetMode") != "External":
            target = posixpath.join("/" + folder, attributes.get("Target", ""))
            found[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/")

    links = container.read(f"{folder}/_rels/{base}.rels")
    if links:
        parse(links, {"Relationship": on_relationship})
    return found
