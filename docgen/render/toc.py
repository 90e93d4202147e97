"""The contents field of a Word document: found in the template, written from the rendered headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from lxml import etree

from docgen.render.escape import clean, xml
from docgen.render.template import RenderError
from docgen.render.word_tree import P, W, nearest, w

PLACE = "\x01contents\x02"  # cannot come from a page: control characters are dropped
TEXT_WIDTH = 8306  # twips; A4 with Word's usual margins, for a part without a section
_FIELD_CHAR, _INSTRUCTION = w("fldChar"), w("instrText")
_RANGE = re.compile(r'\\o\s+"?([1-9])-([1-9])')
_PROPERTIES = re.compile("<w:pPr>.*?</w:pPr>", re.DOTALL)
_STYLE = re.compile('<w:pStyle w:val="([^"]*)"')
_LEVEL = re.compile('<w:outlineLvl w:val="([0-8])"')
_SPOKEN = re.compile("<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(tab|br)/>")
_BOOKMARK_ID = re.compile('<w:bookmarkStart [^>]*?w:id="([0-9]+)"')
_NAME = re.compile("(?:heading|标题) ?([1-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TocField:
    """A contents field: levels, Word's instruction, where page numbers stand, the paragraphs it replaces."""

    low: int
    high: int
    instruction: str
    right: int
    replaced: tuple[etree._Element, ...] = ()

    @classmethod
    def at(cls, paragraph: etree._Element, low: int, high: int) -> Self:
        """A new field for the paragraph of a contents tag."""
        return cls(low, high, f' TOC \\o "{low}-{high}" \\h \\z \\u ', _text_width(paragraph))

    def cut(self, instruction: etree._Element) -> None:
        """Put one node in the place of the field's paragraphs."""
        self.replaced[0].addprevious(instruction)
        for paragraph in self.replaced:
            parent = paragraph.getparent()
            if parent is not None:
                parent.remove(paragraph)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the rendered text: its level, words, and where its inside begins and ends."""

    level: int
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TocStyles:
    """Style ids: heading styles with their level, and the style of each level of contents."""

    levels: Mapping[str, int]
    entries: Mapping[int, str]


def toc_fields(root: etree._Element) -> Iterator[TocField]:
    """Word's own contents fields whose paragraphs are siblings."""
    for instruction in list(root.iter(_INSTRUCTION)):
        words = (instruction.text or "").split()
        first = nearest(instruction, P)
        if words[:1] != ["TOC"] or first is None:
            continue
        text = _whole_instruction(first)
        levels = _RANGE.search(text)
        covered = _paragraphs_of_field(first)
        low, high = (int(levels[1]), int(levels[2])) if levels else (1, 3)
        yield TocField(low, high, text, _text_width(first), covered)


def read_styles(styles: etree._Element) -> TocStyles:
    """Outline levels of styles, through basedOn and Word's built-in names; ids of the toc styles."""
    by_id = {style.get(w("styleId"), ""): style for style in styles.iter(w("style"))}
    levels = {key: level for key, style in by_id.items() if (level := _style_level(style, by_id))}
    names = {_style_name(style).lower(): key for key, style in by_id.items()}
    return TocStyles(levels, {n: names[f"toc {n}"] for n in range(1, 10) if f"toc {n}" in names})


def with_entry_styles(styles: etree._Element, field: TocField) -> TocStyles:
    """The styles after those missing for the levels of the field have been added to the tree."""
    known = read_styles(styles).entries
    for level in range(field.low, field.high + 1):
        if level not in known:
            styles.append(etree.fromstring(_entry_style(level)))
    return read_styles(styles)


def headings(text: str, styles: TocStyles, start: int = 0) -> list[Heading]:
    """The headings with any text in a rendered part from `start` on."""
    found = []
    for properties in _PROPERTIES.finditer(text, start):
        style, direct = _STYLE.search(properties[0]), _LEVEL.search(properties[0])
        level = int(direct[1]) + 1 if direct else styles.levels.get(style[1], 0) if style else 0
        end = text.find("</w:p>", properties.end())
        words = _spoken(text[properties.end() : end]) if level else ""
        if words:
            found.append(Heading(level, words, properties.end(), end))
    return found


def write_contents(text: str, field: TocField, styles: TocStyles, pages: Sequence[str] | None) -> str:
    """The rendered part with the contents in place and a bookmark around each heading listed."""
    start = text.index(PLACE)
    listed = [one for one in headings(text, styles, start) if field.low <= one.level <= field.high]
    if pages is not None and len(pages) != len(listed):
        raise RenderError(f"目录有 {len(listed)} 条，却给了 {len(pages)} 个页码。")
    numbers = pages or [""] * len(listed)
    first_id = max((int(found[1]) for found in _BOOKMARK_ID.finditer(text)), default=0) + 1
    pieces, last = [text[:start], _field(field, styles, listed, numbers)], start + len(PLACE)
    for position, heading in enumerate(listed):
        mark = f'w:id="{first_id + position}"'
        pieces += [
            text[last : heading.start],
            f'<w:bookmarkStart {mark} w:name="{bookmark(position)}"/>',
            text[heading.start : heading.end],
            f"<w:bookmarkEnd {mark}/>",
        ]
        last = heading.end
    return "".join([*pieces, text[last:]])


def bookmark(position: int) -> str:
    """The name of the bookmark of the entry at that position, from 0."""
    return f"_Toc{position + 1:09d}"


def _field(field: TocField, styles: TocStyles, listed: Sequence[Heading], pages: Sequence[str]) -> str:
    opening = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{xml(field.instruction)}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    closing = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    if not listed:
        return f"<w:p>{opening}</w:p>{closing}"
    entries = []
    for position, (heading, page) in enumerate(zip(listed, pages, strict=True)):
        style = styles.entries[heading.level]
        entries.append(
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:tabs>'
            f'<w:tab w:val="right" w:leader="dot" w:pos="{field.right}"/></w:tabs></w:pPr>'
            f"{opening if position == 0 else ''}{_link(bookmark(position), heading.text, page)}</w:p>"
        )
    return "".join(entries) + closing


def _link(name: str, words: str, page: str) -> str:
    return (
        f'<w:hyperlink w:anchor="{name}" w:history="1"><w:r><w:t xml:space="preserve">{words}</w:t></w:r>'
        '<w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> PAGEREF {name} \\h </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{xml(clean(page))}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:hyperlink>'
    )


def _spoken(inside: str) -> str:
    """The words of a heading, still escaped, on one line."""
    return "".join(" " if found[2] else found[1] for found in _SPOKEN.finditer(inside)).strip()


def _whole_instruction(paragraph: etree._Element) -> str:
    """The instruction of the first field of a paragraph; Word may cut it into runs."""
    return "".join(part.text or "" for part in _before_result(paragraph))


def _before_result(paragraph: etree._Element) -> Iterator[etree._Element]:
    for element in paragraph.iter(_FIELD_CHAR, _INSTRUCTION):
        if element.tag == _INSTRUCTION:
            yield element
        elif element.get(w("fldCharType")) != "begin":
            return


def _paragraphs_of_field(first: etree._Element) -> tuple[etree._Element, ...]:
    covered, depth = [], 0
    for sibling in [first, *first.itersiblings()]:
        covered.append(sibling)
        for char in sibling.iter(_FIELD_CHAR):
            depth += {"begin": 1, "end": -1}.get(char.get(w("fldCharType"), ""), 0)
        if depth == 0:
            break
    return tuple(covered)


def _style_name(style: etree._Element) -> str:
    name = style.find(w("name"))
    return "" if name is None else name.get(w("val"), "")


def _style_level(style: etree._Element | None, by_id: Mapping[str, etree._Element], depth: int = 0) -> int:
    """Outline level from 1, or 0 for body text."""
    if style is None or depth > len(by_id):
        return 0
    level = style.find(f"{w('pPr')}/{w('outlineLvl')}")
    if level is not None:
        value = int(level.get(w("val"), "9"))
        return value + 1 if value < len("123456789") else 0
    if named := _NAME.fullmatch(_style_name(style)):
        return int(named[1])
    base = style.find(w("basedOn"))
    return 0 if base is None else _style_level(by_id.get(base.get(w("val"), "")), by_id, depth + 1)


def _entry_style(level: int) -> str:
    return (
        f'<w:style xmlns:w="{W}" w:type="paragraph" w:styleId="DocgenTOC{level}">'
        f'<w:name w:val="toc {level}"/>'
        '<w:uiPriority w:val="39"/><w:unhideWhenUsed/>'
        f'<w:pPr><w:ind w:left="{420 * (level - 1)}"/></w:pPr></w:style>'
    )


def _text_width(paragraph: etree._Element) -> int:
    """Width between the margins, in twips, of the section a paragraph lies in."""
    section = _section_of(paragraph)
    size = None if section is None else section.find(w("pgSz"))
    margins = None if section is None else section.find(w("pgMar"))
    if size is None or margins is None:
        return TEXT_WIDTH
    return int(size.get(w("w"), "0")) - int(margins.get(w("left"), "0")) - int(margins.get(w("right"), "0"))


def _section_of(paragraph: etree._Element) -> etree._Element | None:
    """The properties of a section stand at its end: in its last paragraph, or at the end of the body."""
    for sibling in [paragraph, *paragraph.itersiblings()]:
        found = next(sibling.iter(w("sectPr")), None)
        if found is not None:
            return found
    return next(reversed(list(paragraph.getroottree().getroot().iter(w("sectPr")))), None)
