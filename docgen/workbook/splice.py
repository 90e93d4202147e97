"""Changes to an XML part at byte positions: every byte that is not changed stays as it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from xml.parsers import expat

from docgen.errors import WorkbookError
from docgen.workbook.folding import cleaned

_TAG = re.compile(rb"<([^\s/>]+)((?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*(/?)>")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ENCODING = re.compile(r"encoding=([\"'])[^\"']*\1")


class Edit(NamedTuple):
    """Bytes ``start`` to ``end`` become ``data``."""

    start: int
    end: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag in the bytes of a part; ``end`` is just behind its ``>``."""

    start: int
    end: int
    name: bytes
    attributes: bytes
    is_empty: bool

    @property
    def prefix(self) -> bytes:
        """The namespace prefix with its colon, or nothing."""
        return self.name.rpartition(b":")[0] + b":" if b":" in self.name else b""

    def opened(self) -> bytes:
        """The tag as one with content."""
        return b"<" + self.name + self.attributes + b">"

    def closing(self) -> bytes:
        """The end tag that belongs to it."""
        return b"</" + self.name + b">"

    def with_attributes(self, **values: str) -> bytes:
        """The tag with attributes set to plain values (numbers), others as they were."""
        attributes = self.attributes
        for name, value in values.items():
            written = f'{name}="{value}"'.encode()
            pattern = re.compile(rb"(?<=\s)" + name.encode() + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')")
            if pattern.search(attributes):
                attributes = pattern.sub(lambda _, written=written: written, attributes)  # type: ignore[misc]
            else:
                attributes += b" " + written
        return b"<" + self.name + attributes + (b"/>" if self.is_empty else b">")


def tag_at(xml: bytes, start: int) -> Tag:
    """The start tag at a position the parser has named."""
    match = _TAG.match(xml, start)
    if match is None:
        raise WorkbookError("文件内容已损坏，无法在上面批注；请用 Excel 或 WPS 另存为 .xlsx。")
    return Tag(start, match.end(), match[1], match[2], bool(match[3]))


def applied(xml: bytes, edits: Iterable[Edit]) -> bytes:
    """The part with all edits made. Edits at the same place keep their order."""
    pieces: list[bytes] = []
    position = 0
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        pieces += (xml[position : edit.start], edit.data)
        position = edit.end
    return b"".join((*pieces, xml[position:]))


def utf8(xml: bytes) -> bytes:
    """The part in UTF-8, which nearly every part is already."""
    if not xml.startswith(_UTF16):
        return xml
    return _ENCODING.sub('encoding="UTF-8"', xml.decode("utf-16"), count=1).encode()


def walk(
    xml: bytes,
    starts: Mapping[str, Callable[[int, dict[str, str], int], None]],
    ends: Mapping[str, Callable[[int], None]],
) -> None:
    """Call handlers by local name: with position, attributes, depth at a start, with position at an end.

    The position of an end is that of its end tag, or just behind an empty-element tag.
    """
    parser = expat.ParserCreate()
    depth = [0]

    def on_start(name: str, attributes: dict[str, str]) -> None:
        handler = starts.get(name.rpartition(":")[2])
        if handler is not None:
            handler(parser.CurrentByteIndex, attributes, depth[0])
        depth[0] += 1

    def on_end(name: str) -> None:
        depth[0] -= 1
        handler = ends.get(name.rpartition(":")[2])
        if handler is not None:
            handler(parser.CurrentByteIndex)

    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    try:
        parser.Parse(xml, True)  # noqa: FBT003 - expat takes it by position
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise WorkbookError("文件内容已损坏，无法在上面批注；请用 Excel 或 WPS 另存为 .xlsx。") from error


def appended(xml: bytes, element: str, content: bytes) -> bytes:
    """The part with ``content`` added at the end of its first ``element``; unchanged when it has none."""
    found: list[int] = []
    walk(xml, {element: lambda position, _attributes, _depth: found.append(position)}, {})
    if not found:
        return xml
    tag = tag_at(xml, found[0])
    if tag.is_empty:
        return applied(xml, [Edit(tag.start, tag.end, tag.opened() + content + tag.closing())])
    end = xml.index(tag.closing(), tag.end)
    return applied(xml, [Edit(end, end, content)])


def text_of(text: str) -> bytes:
    """A text as XML content."""
    return cleaned(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()
