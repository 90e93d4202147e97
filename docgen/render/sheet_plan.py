"""The cells of one template sheet: each cell with a tag becomes a plan and the Jinja that calls for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from lxml import etree

from docgen.render.escape import xml
from docgen.render.formula import column_number, in_its_row, parse, split_result
from docgen.render.grammar import Outline
from docgen.render.plain_part import mark_tags
from docgen.render.sheet_cells import NUMBER, CellPlan
from docgen.render.sheet_style import Look, line_height, m
from docgen.render.sheet_tail import Downward, Merge
from docgen.render.sheet_text import SharedStrings, content, split_reference, spoken
from docgen.render.tag import CELL_WORDS, STRAY, TAG, Tag

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True)
class Book:
    """What the sheets of a workbook have in common: strings, cell formats, the usual font size in points."""

    strings: SharedStrings
    looks: Sequence[Look]
    usual_size: Decimal
    exact: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    def look(self, cell: etree._Element) -> Look:
        """The format of a cell."""
        index = int(cell.get("s", "0"))
        return self.looks[index] if index < len(self.looks) else Look()


@dataclass(frozen=True)
class Grid:
    """The columns and merges of a sheet: how much room there is for a text, in narrow characters."""

    widths: dict[int, Decimal]
    merges: list[Merge]

    def last_column(self, row: int, column: int) -> int:
        """The last column of the merge that begins in a cell, or the cell's own."""
        own = (one.last_column for one in self.merges if (one.first_row, one.first_column) == (row, column))
        return max(own, default=column)

    def last_row(self, row: int, column: int) -> int:
        """The last row of that merge."""
        own = (one.last_row for one in self.merges if (one.first_row, one.first_column) == (row, column))
        return max(own, default=row)

    def room(self, first: int, last: int) -> Decimal:
        """The width of columns taken together."""
        return sum((self.widths.get(column, self.widths[0]) for column in range(first, last + 1)), Decimal(0))


@dataclass(frozen=True)
class Spotted:
    """One cell of the template: where it is and what people call the place."""

    element: etree._Element
    row: int
    sheet: str

    @cached_property
    def letters(self) -> str:
        """Its column."""
        return split_reference(self.element)[0]

    @property
    def column(self) -> int:
        """Its column, from 1."""
        return column_number(self.letters)

    @property
    def place(self) -> str:
        """What people call it."""
        return f"工作表“{self.sheet}” {self.letters}{self.row}"

    @property
    def style(self) -> str:
        """Its format as an attribute."""
        style = self.element.get("s")
        return f' s="{style}"' if style else ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A cell that has become a plan: what to ask the page for, and what must be written before its row.

    ``group`` is the name of what tells the first cell of a merge downwards from those that continue it.
    """

    plan: CellPlan
    value: str
    group: str = ""
    before: tuple[etree._Element, ...] = ()


class Cells:
    """The tagged cells of one sheet, taken in order."""

    def __init__(self, book: Book, grid: Grid, outline: Outline) -> None:
        self.down: list[Downward] = []
        self.formulas: list[tuple[str, int, str]] = []
        self._book = book
        self._grid = grid
        self._outline = outline
        self._captures = 0

    def take(self, cell: Spotted) -> Taken | None:
        """The plan of a cell with tags; None for any other."""
        formula = cell.element.find(m("f"))
        if formula is not None:
            return self._take_formula(cell, formula.text or "")
        item = content(cell.element, self._book.strings)
        if item is None or not (TAG.search(spoken(item)) or STRAY.search(spoken(item))):
            return None
        _join_tags(list(item.iter(m("t"))))
        group = self._take_down(item, cell)
        words = spoken(item).strip()
        tag = Tag.read(words) if TAG.fullmatch(words) and len(TAG.findall(words)) == 1 else None
        kind = self._book.look(cell.element).kind
        is_plain = len(item) == 1 and item[0].tag == m("t")
        if tag and tag.kind == "value" and (is_plain or kind != "text"):
            return Taken(self._plan(cell, kind, tag.source, group), self._value(tag, cell), group)
        return self._take_mixed(cell, item, words, group)

    def _take_formula(self, cell: Spotted, text: str) -> Taken | None:
        self.formulas.append((text, cell.row, cell.place))
        body, source = split_result(text)
        if TAG.search(body):
            self._outline.complain(cell.place, f"={text}", '公式里的标签只能写在末尾的 +N("…") 中')
        if not source:
            return None
        tag = Tag.read(source)
        return Taken(self._plan(cell, "result", source, "", body), self._value(tag, cell))

    def _take_mixed(self, cell: Spotted, item: etree._Element, words: str, group: str) -> Taken:
        """A cell of words and tags, or of several fonts: its content is written first and then put in."""
        self._captures += 1
        name = f"_content{self._captures}"
        before = (
            self._instruct(cell, words, f"{{% set {name} %}}"),
            *self._inside(item, cell.place),
            self._instruct(cell, words, "{% endset %}"),
        )
        return Taken(self._plan(cell, "mixed", words, group), name, group, before)

    def _take_down(self, item: etree._Element, cell: Spotted) -> str:
        """Take a `vm` tag out of a cell's words; the name of its group, if there is one."""
        group = ""
        for text in item.iter(m("t")):
            for found in TAG.finditer(text.text or ""):
                tag = Tag.read(found[0])
                if tag.word not in CELL_WORDS:
                    continue
                text.text = (text.text or "").replace(found[0], "")
                if tag.word == "vm":
                    group = self._outline.group(tag, cell.place)
                    self._note_down(tag, cell)
                else:
                    self._outline.complain(cell.place, tag.source, "这个标签只能用在 Word 模板里")
        return group

    def _note_down(self, tag: Tag, cell: Spotted) -> None:
        loops = [
            frame for frame in self._outline.frames if frame.tag.word == "for" and frame.tag.level == "tr"
        ]
        named = [depth for depth, frame in enumerate(loops, 1) if frame.variable == tag.rest]
        if not loops or (tag.rest and not named):
            return
        depth = named[-1] if tag.rest else len(loops) - 1
        loop = loops[depth - 1] if tag.rest else loops[-1]
        last = self._grid.last_column(cell.row, cell.column)
        self.down.append(Downward(cell.row, cell.column, last, depth, loop.number))

    def _inside(self, item: etree._Element, place: str) -> list[etree._Element]:
        """The content of a string item, its tags replaced by marks."""
        for element in list(item.iter(m("rPh"), m("phoneticPr"))):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
        for text in item.iter(m("t")):
            text.text = mark_tags(self._outline, text.text or "", place, place)
            text.set(_XML_SPACE, "preserve")
        return list(item)

    def _value(self, tag: Tag, cell: Spotted) -> str:
        return self._outline.expression(tag, tag.rest, cell.place) or '""'

    def _instruct(self, cell: Spotted, source: str, jinja: str) -> etree._Element:
        number = self._outline.code(cell.place, source, jinja)
        return etree.ProcessingInstruction("docgen", str(number))

    def _plan(self, cell: Spotted, kind: str, tag: str, group: str, formula: str = "") -> CellPlan:
        prefix = f"{cell.element.prefix}:" if cell.element.prefix else ""
        last = self._grid.last_column(cell.row, cell.column)
        look = self._book.look(cell.element)
        room = self._grid.room(cell.column, last) * self._book.usual_size / look.size
        opening = f'<{prefix}c r="{cell.letters}{NUMBER}"'
        exact = self._book.exact.get(int(cell.element.get("s", "0")), ())
        return CellPlan(
            kind=kind,
            row=cell.row,
            column=cell.column,
            place=cell.place,
            tag=tag,
            opening=f"{opening}{cell.style}",
            prefix=prefix,
            room=max(int(room), 2),
            line_height=line_height(look) if look.wraps else 0,
            is_wide=last > cell.column,
            is_tall=bool(group) or self._grid.last_row(cell.row, cell.column) > cell.row,
            is_down=bool(group),
            formula=parse(formula),
            own_formula=xml(in_its_row(parse(formula), cell.row, NUMBER)),
            exact=tuple(f'{opening} s="{style}"' for style in exact),
        )


def _join_tags(texts: list[etree._Element]) -> None:
    """Move a tag cut into runs into the first of them."""
    whole = "".join(text.text or "" for text in texts)
    for found in reversed(list(TAG.finditer(whole))):
        offset, is_first = 0, True
        for text in texts:
            said = text.text or ""
            begin, stop = max(found.start() - offset, 0), min(found.end() - offset, len(said))
            offset += len(said)
            if begin < stop:
                text.text = said[:begin] + (found[0] if is_first else "") + said[stop:]
                is_first = False
