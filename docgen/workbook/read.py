"""A file → ``Book``. Refuses, in one sentence, what cannot be read as a workbook."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Sequence
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from docgen.errors import WorkbookError
from docgen.workbook.book import Book, Grid
from docgen.workbook.container import Container
from docgen.workbook.scan import Attributes, parse, percent_styles, scan

_OLE = b"\xd0\xcf\x11\xe0"
_LOCK = "~$"
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
    data = _bytes(path)
    try:
        return _book(path, Container(data))
    except WorkbookError as error:
        raise WorkbookError(f"{path.name}：{error}") from error


def _bytes(path: Path) -> bytes:
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
    parts, recalculates = sheet_parts(container)
    percents = percent_styles(container.read("xl/styles.xml"))
    marks = {title: scan(container.read(part), percents, title) for title, part in parts.items()}
    container.read(
        "xl/sharedStrings.xml"
    )  # a member that lies about its size is refused before it is unpacked
    sheets = tuple(
        Grid(path.name, title, rows, marks[title], hidden, recalculates)
        for title, rows, hidden in _values(container.data)
        if title in marks
    )
    return Book(
        path.name,
        sheets,
        has_macros="xl/vbaProject.bin" in container,
        is_open=path.with_name(_LOCK + path.name).exists(),
    )


def _values(data: bytes) -> list[tuple[str, Sequence[Sequence[object]], bool]]:
    """Title, values from A1 on, and whether it is hidden, of every sheet."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [
                (
                    sheet.name,
                    book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False),
                    sheet.visible != SheetVisibleEnum.Visible,
                )
                for sheet in book.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet
            ]
    except (CalamineError, ValueError, OSError) as error:
        raise WorkbookError("文件内容已损坏；请用 Excel 或 WPS 打开，按提示修复后另存为 .xlsx。") from error


def sheet_parts(container: Container) -> tuple[dict[str, str], bool]:
    """The worksheet parts by title, and whether the formulas wait for their first computation."""
    titles: dict[str, str] = {}
    recalculates: list[str] = []

    def on_sheet(attributes: Attributes) -> None:
        link = next((value for name, value in attributes.items() if name.endswith(":id")), "")
        titles[attributes.get("name", "")] = link

    def on_calculation(attributes: Attributes) -> None:
        recalculates.append(attributes.get("fullCalcOnLoad", "0"))

    handlers = {"sheet": on_sheet, "calcPr": on_calculation}
    parse(container.read("xl/workbook.xml"), handlers, lambda _text: None)
    targets = relations(container, "xl/workbook.xml", "/worksheet")
    parts = {title: targets[link] for title, link in titles.items() if link in targets}
    return parts, bool({"1", "true"} & set(recalculates))


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
        parse(links, {"Relationship": on_relationship}, lambda _text: None)
    return found
