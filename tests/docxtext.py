"""A Word document as a reader sees it, in plain text: one line per paragraph or table row.

Headings carry ``#``, cells are parted by ``│``, ``⇠n`` says that a cell covers n columns, ``⇡`` that it
continues the cell above, ``‖`` opens a row repeated on every page, ``¶`` parts the paragraphs of a cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.ooxml import ABOVE, BAR, BREAK, TAB, Element, Parts, R, Source, spanned

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
WORDART = "{urn:schemas-microsoft-com:vml}textpath"
PICTURES = frozenset(
    {
        "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
        "{urn:schemas-microsoft-com:vml}imagedata",
    }
)
UNSEEN = frozenset(
    {*(W + name for name in ("delText", "del", "moveFrom", "pPr", "rPr", "sdtPr", "tblPr")), FALLBACK}
)
TRANSPARENT = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "smartTag"))
SIGNS = {"tab": TAB, "cr": BREAK, "noBreakHyphen": "-", "ptab": TAB}
COUNTERS = {"PAGE": "‹页码›", "NUMPAGES": "‹页数›", "SECTIONPAGES": "‹节页数›"}
KINDS = {"default": "", "first": "（首页）", "even": "（偶数页）"}
TWIPS_PER_MM = 1440 / 25.4
BODY_TEXT = 9
PAGE_BREAK = "── 分页 ──"


def docx_text(source: Source) -> str:
    """All that a reader sees of a .docx, ending in a line feed."""
    parts = Parts(source)
    main = parts.of_kind("", "officeDocument")[0]
    view = _View(parts, main, _levels(parts, main))
    title = [f"〔标题〕{parts.title()}"] if parts.title() else []
    body = parts.tree(main).find(W + "body")
    lines = [*title, *(view.blocks(body) if body is not None else ()), *view.notes()]
    return "\n".join(line.rstrip() for line in lines) + "\n"


@dataclass(frozen=True, slots=True)
class _View:
    parts: Parts
    main: str
    levels: dict[str, int]

    def blocks(self, parent: Element) -> Iterator[str]:
        for block in _children(parent, "p", "tbl", "sectPr"):
            if block.tag == W + "p":
                yield from self.paragraph(block)
            elif block.tag == W + "tbl":
                yield from (_row(row) for row in _children(block, "tr"))
            else:
                yield from self.section(block)

    def paragraph(self, block: Element) -> Iterator[str]:
        if _on(block, "pPr/pageBreakBefore"):
            yield PAGE_BREAK
        heading = "#" * self.level(block)
        number = "‹编号›" if _find(block, "pPr/numPr") is not None else ""
        first, *rest = _text(block).split("\f")
        yield f"{heading} {number}{first}" if heading else number + first
        for text in rest:
            yield from (PAGE_BREAK, text) if text else (PAGE_BREAK,)
        section = _find(block, "pPr/sectPr")
        if section is not None:
            yield from self.section(section)

    def level(self, block: Element) -> int:
        own = _value(block, "pPr/outlineLvl")
        return _heading(own) if own else self.levels.get(_value(block, "pPr/pStyle"), 0)

    def section(self, section: Element) -> Iterator[str]:
        yield f"── 节：{_paper(section)} ──"
        targets = self.parts.targets(self.main)
        for kind, label in (("headerReference", "页眉"), ("footerReference", "页脚")):
            for reference in section.iterfind(W + kind):
                root = self.parts.tree(targets[reference.get(R + "id", "")])
                text = " ¶ ".join(line for line in self.blocks(root) if line.strip())
                if text:
                    yield f"{label}{KINDS[reference.get(W + 'type', 'default')]}：{text}"

    def notes(self) -> Iterator[str]:
        for kind in ("footnotes", "endnotes"):
            for part in self.parts.of_kind(self.main, kind):
                for note in self.parts.tree(part):
                    if note.get(W + "type") is None:
                        yield f"[注{note.get(W + 'id')}] " + " ¶ ".join(self.blocks(note))


def _row(row: Element) -> str:
    before = _value(row, "trPr/gridBefore")
    cells = [spanned("", int(before))] if before else []
    cells += [_cell(cell) for cell in _children(row, "tc")]
    return ("‖ " if _on(row, "trPr/tblHeader") else "│ ") + BAR.join(cells)


def _cell(cell: Element) -> str:
    merge = _find(cell, "tcPr/vMerge")
    continues = merge is not None and merge.get(W + "val", "continue") == "continue"
    text = ABOVE if continues else " ¶ ".join(_inner(cell)).strip(" ¶").replace("\f", BREAK)
    return spanned(text, int(_value(cell, "tcPr/gridSpan") or 1))


def _inner(cell: Element) -> Iterator[str]:
    for block in _children(cell, "p", "tbl"):
        if block.tag == W + "p":
            yield _text(block)
        else:
            yield "［" + " ／ ".join(_row(row) for row in _children(block, "tr")) + "］"


def _text(block: Element) -> str:
    return "".join(_Runs().read(block))


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    has_result: bool = False

    @property
    def counter(self) -> str:
        return COUNTERS.get((self.instruction.split() or [""])[0].upper(), "")


@dataclass(slots=True)
class _Runs:
    """Walks the inline content of a paragraph; knows which fields are open."""

    fields: list[_Field] = field(default_factory=list)

    def read(self, node: Element) -> Iterator[str]:
        for child in node:
            if child.tag not in UNSEEN and not _on(child, "rPr/vanish"):
                yield from self.piece(child)

    def piece(self, node: Element) -> Iterator[str]:
        name = str(node.tag).removeprefix(W)
        if name == "fldChar":
            yield from self.field(node.get(W + "fldCharType", ""))
        elif name == "instrText":
            self.fields[-1].instruction += node.text or ""
        elif name == "fldSimple" and _Field(node.get(W + "instr", "")).counter:
            yield _Field(node.get(W + "instr", "")).counter
        elif not any(each.counter or not each.has_result for each in self.fields):
            yield from self.content(name, node)
        else:
            yield from self.read(node)

    def field(self, kind: str) -> Iterator[str]:
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate":
            self.fields[-1].has_result = True
        elif self.fields:  # the contents end paragraphs below where they began
            yield self.fields.pop().counter

    def content(self, name: str, node: Element) -> Iterator[str]:
        if name == "t":
            yield node.text or ""
        elif name in SIGNS:
            yield SIGNS[name]
        elif name == "br":
            yield "\f" if node.get(W + "type") == "page" else BREAK
        elif name == "sym":
            yield chr(int(node.get(W + "char", "20"), 16))
        elif name in {"footnoteReference", "endnoteReference"}:
            yield f"[注{node.get(W + 'id')}]"
        elif name == "txbxContent":
            yield "［" + " ¶ ".join(_inner(node)) + "］"
        elif node.tag == WORDART:
            yield f"［水印：{node.get('string')}］"
        elif node.tag in PICTURES:
            yield "［图］"
        else:
            yield from self.read(node)


def _levels(parts: Parts, main: str) -> dict[str, int]:
    """Style id to heading level (1 to 9, 0 for none), inherited from the style it is based on."""
    styles = {
        style.get(W + "styleId", ""): style
        for part in parts.of_kind(main, "styles")
        for style in parts.tree(part).iterfind(W + "style")
    }
    return {name: _inherited(styles, name) for name in styles}


def _inherited(styles: dict[str, Element], name: str) -> int:
    while name in styles:
        own = _value(styles[name], "pPr/outlineLvl")
        if own:
            return _heading(own)
        name = _value(styles[name], "basedOn")
    return 0


def _heading(outline: str) -> int:
    """Heading level of an outline level, which counts from 0 and calls body text 9."""
    return (int(outline) + 1) % (BODY_TEXT + 1)


def _paper(section: Element) -> str:
    size = _find(section, "pgSz")
    if size is None:
        return "未定纸张"
    width, height = (round(int(size.get(W + side, "0")) / TWIPS_PER_MM) for side in ("w", "h"))
    facts = [f"{width}×{height}mm", "横向" if width > height else "纵向"]
    start = _find(section, "pgNumType")
    if start is not None and start.get(W + "start"):
        facts.append(f"页码从 {start.get(W + 'start')} 起")
    return "，".join([*facts, *(["首页不同"] if _on(section, "titlePg") else [])])


def _children(parent: Element, *names: str) -> Iterator[Element]:
    """Children of these names, seen through content controls and tracked insertions."""
    for child in parent:
        if child.tag in TRANSPARENT:
            yield from _children(child, *names)
        elif child.tag in {W + name for name in names}:
            yield child


def _find(node: Element, path: str) -> Element | None:
    return node.find("/".join(W + step for step in path.split("/")))


def _value(node: Element, path: str) -> str:
    found = _find(node, path)
    return "" if found is None else found.get(W + "val", "")


def _on(node: Element, path: str) -> bool:
    found = _find(node, path)
    return found is not None and found.get(W + "val", "true") not in {"0", "false", "off"}
