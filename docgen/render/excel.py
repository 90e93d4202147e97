"""Excel templates: compiled once, rendered as text for any number of pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from lxml import etree

from docgen.render.escape import plain_text, sheet_text
from docgen.render.excel_parts import moved_parts, sheets_of
from docgen.render.late import Late, Resolver
from docgen.render.layout import Layout
from docgen.render.meaning import each
from docgen.render.merge import Opening
from docgen.render.package import Package, PackageError
from docgen.render.page_header import stamped_sheets
from docgen.render.plain_part import PlainPart
from docgen.render.program import Program
from docgen.render.relations import related, serialised, without_part
from docgen.render.sheet import SheetPart
from docgen.render.sheet_plan import Book
from docgen.render.sheet_style import exact_percents, m, read_looks
from docgen.render.sheet_text import SharedStrings, cell_text
from docgen.render.template import (
    Environment,
    Rendered,
    RenderError,
    TagComplaint,
    TemplateError,
)

_USUAL_SIZE = Decimal(11)


class _Sheet:
    """A compiled sheet."""

    def __init__(self, file: str, part: SheetPart, environment: Environment) -> None:
        self.name = part.name
        self.part = part
        self._program = Program(file, part.source(), part.outline.codes, environment)
        part.outline.codes = []

    def write(self, context: Mapping[str, object]) -> tuple[bytes, Resolver]:
        """The sheet with its rows written and its holes open, and what knows how to fill them."""
        layout = Layout(self.part.shape)
        writer = self.part.writer(layout)
        functions = {
            "_line": writer.line,
            "_skip": layout.skip,
            "_enter": layout.enter,
        }
        text = self._program.run({**context, **functions})
        self.part.finish(writer)
        return text, Resolver({}, self.name, writer)

    @property
    def late(self) -> Sequence[Late]:
        """What fills the sheet's holes."""
        return self.part.late


class _Variant:
    """The template with one watermark (or none): its programs and everything that never changes."""

    def __init__(self, file: str, package: Package) -> None:
        self.names: dict[str, str] = {}
        self.complaints: list[TagComplaint] = []
        workbook = workbook_of(package)
        strings = SharedStrings(_shared_strings(package, workbook))
        package, book = _book(package, workbook, strings)
        parts = {
            name: SheetPart(package.bytes(name), title, book) for name, title in sheets_of(package, workbook)
        }
        self._check(parts)
        environment = Environment(sheet_text, {"_each": each, "_opening": Opening})
        moves = any(not part.shape.is_fixed for part in parts.values())
        for part in parts.values():
            if moves:
                part.take_tail()
        self._sheets = {
            name: _Sheet(file, part, environment)
            for name, part in parts.items()
            if (part.has_tags or part.late) and not self.complaints
        }
        self._moved = (
            dict(moved_parts(package, workbook, dict(sheets_of(package, workbook)))) if moves else {}
        )
        self._plain = dict(self._properties(file, package))
        package = _cleaned(package, workbook, strings, moves=moves)
        self._composer = package.composer([*self._sheets, *self._moved, *self._plain])

    def render(self, context: Mapping[str, object]) -> bytes:
        """The file for one page."""
        return self._composer.compose(self._parts(context))

    def _parts(self, context: Mapping[str, object]) -> Iterator[bytes]:
        written = [(sheet, *sheet.write(context)) for sheet in self._sheets.values()]
        layouts = {sheet.name: one.writer.layout for sheet, _, one in written if one.writer}
        for sheet, text, one in written:
            yield Resolver(layouts, one.own, one.writer).fill(text, sheet.late)
        for part in self._moved.values():
            yield part.content(layouts)
        for program in self._plain.values():
            yield program.run(context)

    def _check(self, parts: Mapping[str, SheetPart]) -> None:
        tagged = {part.name: part.shape for part in parts.values() if part.has_tags}
        for part in parts.values():
            part.check_formulas(tagged)
            self.names |= part.outline.names
            self.complaints += part.outline.complaints

    def _properties(self, file: str, package: Package) -> Iterator[tuple[str, Program]]:
        for name in related(package, "core-properties"):
            plain = PlainPart(package.bytes(name), "文档属性")
            self.names |= plain.outline.names
            self.complaints += plain.outline.complaints
            if plain.has_tags and not self.complaints:
                environment = Environment(plain_text, {"_each": each})
                yield name, Program(file, plain.source(), plain.outline.codes, environment)


class ExcelTemplate:
    """An .xlsx template."""

    has_contents = False

    def __init__(self, path: Path) -> None:
        self._file = path.name
        self._package = Package.read(path)
        self._variants: dict[str, _Variant] = {}
        plain = self._variant("")
        if plain.complaints:
            raise TemplateError(self._file, plain.complaints)
        self.names = tuple(plain.names)
        self.places: Mapping[str, str] = plain.names

    def text(self) -> list[str]:
        """What the template says, tags included: one line per row."""
        workbook = workbook_of(self._package)
        strings = SharedStrings(_shared_strings(self._package, workbook))
        lines = []
        for name, title in sheets_of(self._package, workbook):
            lines.append(f"〔工作表 {title}〕")
            for row in etree.fromstring(self._package.bytes(name)).iter(m("row")):
                said = [text for cell in row.iter(m("c")) if (text := cell_text(cell, strings)).strip()]
                lines += [" │ ".join(said)] if said else []
        return lines

    def render(
        self,
        context: Mapping[str, object],
        name: str,
        *,
        watermark: str = "",
        pages: Sequence[str] | None = None,
    ) -> Rendered:
        """The document for one page; a workbook has no contents, so `pages` must stay None."""
        if pages is not None:
            raise RenderError(f"模板 {self._file} 没有目录，不能给页码。")
        return Rendered(name, self._variant(watermark).render(context))

    def _variant(self, watermark: str) -> _Variant:
        found = self._variants.get(watermark)
        if found is None:
            package = self._package
            if watermark:
                names = [name for name, _ in sheets_of(package, workbook_of(package))]
                package = stamped_sheets(package, names, watermark)
            found = self._variants[watermark] = _Variant(self._file, package)
        return found


def workbook_of(package: Package) -> str:
    """The member that is the workbook."""
    found = related(package, "officeDocument")
    if not found:
        raise PackageError("不是有效的 Excel 工作簿")
    if etree.fromstring(package.bytes(found[0])).tag != m("workbook"):
        raise PackageError("这是“严格 Open XML”格式，请另存为普通的 .xlsx")
    return found[0]


def _shared_strings(package: Package, workbook: str) -> etree._Element | None:
    found = related(package, "sharedStrings", workbook)
    return etree.fromstring(package.bytes(found[0])) if found else None


def _book(package: Package, workbook: str, strings: SharedStrings) -> tuple[Package, Book]:
    """What the sheets share, and the package with the cell formats that open decimals need."""
    found = related(package, "styles", workbook)
    if not found:
        return package, Book(strings, [], _USUAL_SIZE)
    styles = etree.fromstring(package.bytes(found[0]))
    looks, exact = read_looks(styles), exact_percents(styles)
    size = styles.find(f"{m('fonts')}/{m('font')}/{m('sz')}")
    usual = _USUAL_SIZE if size is None else Decimal(size.get("val", "11"))
    if exact:
        package = package.changed({found[0]: serialised(styles)})
    return package, Book(strings, looks, usual, exact)


def _cleaned(package: Package, workbook: str, strings: SharedStrings, *, moves: bool) -> Package:
    """Without the tags among the shared strings and, when formulas move, without the calculation chain."""
    if strings.root is not None and strings.blank_tagged():
        package = package.changed({related(package, "sharedStrings", workbook)[0]: serialised(strings.root)})
    chain = related(package, "calcChain", workbook)
    return package.changed(without_part(package, chain[0], workbook)) if chain and moves else package
