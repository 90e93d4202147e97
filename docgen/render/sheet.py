"""One sheet of an Excel template: its text with marks, and what is asked of it when all rows are known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from lxml import etree

from docgen.render.formula import parse, references, split_result
from docgen.render.grammar import Outline
from docgen.render.late import Late, holes, without_namespaces
from docgen.render.layout import Layout, Shape
from docgen.render.package import PackageError
from docgen.render.sheet_cells import NUMBER, RowHeight, RowPlan
from docgen.render.sheet_plan import Book, Cells, Grid, Spotted, Taken
from docgen.render.sheet_rows import Rows
from docgen.render.sheet_style import m
from docgen.render.sheet_tail import down_groups, read_merges, take_merges, take_tail
from docgen.render.sheet_text import cell_text, column_widths, number_cells, split_reference, unshare_formulas
from docgen.render.sheet_writer import Line, RowWriter
from docgen.render.tag import TAG
from docgen.render.word_part import DECLARATION
from docgen.render.word_tree import parse as parse_xml

_USUAL_HEIGHT = "15"  # points, when the sheet says nothing
_HEIGHT = ' ht="\ue0f6"'
_CELL = re.compile("<\\?docgen-cell ?\\?>")


class SheetPart:
    """The sheet's tree while its tags are being replaced."""

    def __init__(self, xml: bytes, name: str, book: Book) -> None:
        self.name = name
        self.outline = Outline()
        self.late: list[Late] = []
        self._book = book
        self._root = parse_xml(xml)
        data = self._root.find(m("sheetData"))
        if data is None:
            raise PackageError(f"工作表“{name}”里没有单元格")
        number_cells(data)
        unshare_formulas(data)
        self._merges = read_merges(self._root)
        self._rows = Rows(data, self._said)
        grid = Grid(column_widths(self._root), self._merges)
        self._cells = Cells(book, grid, self.outline)
        self._plans: list[RowPlan] = []
        self._read(data)
        self._refuse_elsewhere()
        form = self._root.find(m("sheetFormatPr"))
        usual = _USUAL_HEIGHT if form is None else form.get("defaultRowHeight", _USUAL_HEIGHT)
        self._usual = int(Decimal(usual) * 10)

    @property
    def shape(self) -> Shape:
        """Which rows stay, move or repeat."""
        return self._rows.shape

    @property
    def has_tags(self) -> bool:
        """Whether any cell depends on the page."""
        return bool(self.outline.codes)

    def source(self) -> str:
        """The sheet as text with marks and holes."""
        return DECLARATION + holes(etree.tostring(self._root, encoding="unicode"))

    def take_tail(self) -> None:
        """Leave marks wherever the sheet names rows; needed when rows of any sheet of the book move."""
        take_tail(self._root, self.late)
        take_merges(self._root, self._merges, self._cells.down, self.shape, self.late)

    def writer(self, layout: Layout) -> RowWriter:
        """What writes the rows of one rendering."""
        return RowWriter(self._lines, layout, self._usual)

    def finish(self, writer: RowWriter) -> None:
        """After the rows of one rendering: see that text merged downwards finds room."""
        writer.spread_tall(down_groups(self._cells.down, writer.layout))

    @cached_property
    def _lines(self) -> list[Line]:
        return [Line.of(plan, number) for number, plan in enumerate(self._plans)]

    def check_formulas(self, tagged: Mapping[str, Shape]) -> None:
        """Complain about formulas whose value or meaning the rendered workbook could not know."""
        for text, row, place in self._cells.formulas:
            body, tag = split_result(text)
            for one in references(parse(body)):
                shape = tagged.get(one.sheet or self.name)
                if shape is None:
                    continue
                if not tag:
                    self.outline.complain(
                        place, f"={text}", '公式没有写明结果，请在末尾加上 +N("{{ 名称 }}")'
                    )
                    break
                source = row if not one.sheet or one.sheet == self.name else 0
                if not one.last and not shape.is_reachable(one.first, source):
                    cell = f"{one.left}{one.first}"
                    self.outline.complain(place, f"={text}", f"{cell} 会变成许多行，请写成区域 {cell}:{cell}")

    def _refuse_elsewhere(self) -> None:
        """Complain about tags where they would be printed as they are."""
        for element in self._root.iterfind(f"{m('headerFooter')}/*"):
            for tag in TAG.findall(element.text or ""):
                self.outline.complain(f"工作表“{self.name}” 页眉页脚", tag, "标签只能写在单元格里")

    def _said(self, row: etree._Element) -> list[str]:
        return [text for cell in row.iter(m("c")) if (text := cell_text(cell, self._book.strings)).strip()]

    def _read(self, data: etree._Element) -> None:
        for row in list(data):
            number = int(row.get("r", "0"))
            self._rows.before(row, number, self.outline)
            if self._rows.is_structural(number):
                self._rows.take(row, f"工作表“{self.name}” 第{number}行", self.outline)
                continue
            self._rows.enter(number, self.outline)
            spotted = [Spotted(cell, number, self.name) for cell in row.iter(m("c"))]
            taken = [(cell.element, found) for cell in spotted if (found := self._cells.take(cell))]
            if taken or self._rows.moves(number):
                self._take_row(row, number, taken)
        self.outline.finish()

    def _take_row(self, row: etree._Element, number: int, taken: list[tuple[etree._Element, Taken]]) -> None:
        """Replace a row by the call that writes it."""
        height = _take_height(row) if any(one.plan.line_height for _, one in taken) else None
        for before in (node for _, one in taken for node in one.before):
            row.addprevious(before)
        for element, _ in taken:
            element.addnext(etree.ProcessingInstruction("docgen-cell", ""))
            row.remove(element)
        head, literals = _literals(row)
        plan = RowPlan(number, head, literals, tuple(one.plan for _, one in taken), height)
        groups = (one.group for _, one in taken if one.group)
        arguments = ", ".join([str(len(self._plans)), *(one.value for _, one in taken), *groups])
        self._plans.append(plan)
        place = f"工作表“{self.name}” 第{number}行"
        code = self.outline.code(place, "", f"{{{{ _line({arguments}) }}}}")
        self.outline.codes[code].parts += [(one.plan.place, one.plan.tag) for _, one in taken]
        row.addprevious(etree.ProcessingInstruction("docgen", str(code)))
        parent = row.getparent()
        if parent is not None:
            parent.remove(row)


def _take_height(row: etree._Element) -> RowHeight:
    """Leave the height open: the text decides whether the template's is enough."""
    points = str(row.attrib.pop("ht", ""))
    fixed = row.attrib.pop("customHeight", "0") in {"1", "true"}
    row.set("ht", "\ue0f6")
    return RowHeight(points, int(Decimal(points or "0") * 10), fixed and bool(points))


def _literals(row: etree._Element) -> tuple[str, tuple[str, ...]]:
    """The markup of a row up to its height, where that is open, and what stands around its tagged cells."""
    row.set("r", "\ue0f8")
    for cell in row.iter(m("c")):
        cell.set("r", split_reference(cell)[0] + "\ue0f8")
    first, *others = _CELL.split(without_namespaces(row).replace("\ue0f8", NUMBER))
    head, height, rest = first.partition(_HEIGHT)
    return (head, (rest, *others)) if height else ("", (first, *others))
