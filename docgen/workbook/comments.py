"""Cell comments in a sheet's comments part and the drawing that shows them; those already there are kept."""

from __future__ import annotations

import re
from collections.abc import Mapping

from docgen.workbook.book import column_index
from docgen.workbook.splice import Edit, appended, applied, tag_at, text_of, walk

AUTHOR = "docgen"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_NEW_COMMENTS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{_MAIN}">'
    "<authors/><commentList/></comments>"
).encode()
_NEW_DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel">'
    b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;width:240pt;height:{height}pt;'
    'z-index:{order};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_SHAPE_ID = re.compile(rb"_x0000_s(\d+)")
_NAMESPACES = re.compile(rb"xmlns:([\w.-]+)=[\"'](urn:schemas-microsoft-com:[\w:]+)[\"']")
_CELL = re.compile(r"([A-Z]+)(\d+)$")
_FIRST_SHAPE = 1025  # shapes are numbered in blocks of 1,024, the first block is not used
_CHARACTERS, _LINE_POINTS, _ROW_POINTS = 22, 15, 15  # of a line in a box 240 pt wide; a sheet's row


def with_comments(xml: bytes, texts: Mapping[str, str]) -> tuple[bytes, list[str]]:
    """The comments part with ``texts`` (cell → text) added, and the cells that had no comment before."""
    xml = xml or _NEW_COMMENTS
    authors: list[int] = []
    cells: dict[str, int] = {}

    def on_comment(position: int, attributes: dict[str, str], _depth: int) -> None:
        cells[attributes.get("ref", "")] = position

    starts = {"author": lambda position, _attributes, _depth: authors.append(position), "comment": on_comment}
    walk(xml, starts, {})
    new = [cell for cell in texts if cell not in cells]
    edits = [_joined(xml, position, texts[cell]) for cell, position in cells.items() if cell in texts]
    prefix = tag_at(xml, _root(xml)).prefix
    xml = applied(xml, edits)
    author = b"<%sauthor>%s</%sauthor>" % (prefix, AUTHOR.encode(), prefix)
    xml = appended(xml, "authors", author)
    return appended(
        xml, "commentList", b"".join(_comment(prefix, cell, len(authors), texts[cell]) for cell in new)
    ), new


def _root(xml: bytes) -> int:
    found: list[int] = []
    walk(xml, {"comments": lambda position, _attributes, _depth: found.append(position)}, {})
    return found[0]


def _runs(prefix: bytes, text: str) -> bytes:
    return b'<%sr><%st xml:space="preserve">%s</%st></%sr>' % (prefix, prefix, text_of(text), prefix, prefix)


def _comment(prefix: bytes, cell: str, author: int, text: str) -> bytes:
    inner = b"<%stext>%s</%stext>" % (prefix, _runs(prefix, text), prefix)
    return b'<%scomment ref="%s" authorId="%d">%s</%scomment>' % (
        prefix,
        cell.encode(),
        author,
        inner,
        prefix,
    )


def _joined(xml: bytes, position: int, text: str) -> Edit:
    """Our words below those already on the cell."""
    tag = tag_at(xml, position)
    end = xml.index(b"</" + tag.prefix + b"text>", position)
    return Edit(end, end, _runs(tag.prefix, f"\n{text}"))


def with_shapes(vml: bytes, texts: Mapping[str, str]) -> bytes:
    """The drawing with a hidden box for each cell of ``texts``."""
    vml = vml or _NEW_DRAWING
    end = vml.rfind(b"</xml>")
    first = max((int(number) for number in _SHAPE_ID.findall(vml)), default=_FIRST_SHAPE - 1) + 1
    shapes = "".join(
        _shape(first + order, order, cell, text) for order, (cell, text) in enumerate(texts.items())
    )
    return vml[:end] + _declared(vml, shapes).encode() + vml[end:]


def _declared(vml: bytes, shapes: str) -> str:
    """The shapes with the namespaces that a drawing of another program does not declare as we use them."""
    ours = dict(_NAMESPACES.findall(_NEW_DRAWING))
    theirs = dict(_NAMESPACES.findall(vml))
    if all(theirs.get(prefix) == address for prefix, address in ours.items()):
        return shapes
    declarations = "".join(
        f' xmlns:{prefix.decode()}="{address.decode()}"' for prefix, address in ours.items()
    )
    return shapes.replace("<v:shape ", f"<v:shape{declarations} ")


def _shape(number: int, order: int, cell: str, text: str) -> str:
    match = _CELL.match(cell)
    letters, digits = match.groups() if match else ("A", "1")
    row, column = int(digits) - 1, column_index(letters)
    lines = sum(len(line) // _CHARACTERS + 1 for line in text.split("\n")) + 1
    rows = lines * _LINE_POINTS // _ROW_POINTS + 1
    top = max(row - 1, 0)
    anchor = f"{column + 1}, 15, {top}, 4, {column + 4}, 15, {top + rows}, 4"
    height = lines * _LINE_POINTS
    return _SHAPE.format(id=number, height=height, order=order + 1, anchor=anchor, row=row, column=column)
