"""Parts of an Office document as trees: what the plain-text views of Word and Excel share."""

from __future__ import annotations

import io
import posixpath
import zipfile
from pathlib import Path
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element
Source: TypeAlias = Path | str | bytes

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TITLE = "{http://purl.org/dc/elements/1.1/}title"

BAR = " │ "  # between the cells of a row
ABOVE = "⇡"  # this cell continues the one above it
BREAK = "↵"  # a line break inside a paragraph or cell
TAB = "→"


def spanned(text: str, columns: int) -> str:
    """The text of a cell, with the number of columns it covers where that is more than one."""
    return f"{text} ⇠{columns}".lstrip() if columns > 1 else text


class Parts:
    """The members of one package, parsed when asked for."""

    def __init__(self, source: Source) -> None:
        stream = io.BytesIO(source) if isinstance(source, bytes) else source
        with zipfile.ZipFile(stream) as package:
            self._members = {name: package.read(name) for name in package.namelist()}

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def tree(self, name: str) -> Element:
        """The root element of a member that must be there."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        return etree.fromstring(self._members[name], parser)

    def maybe(self, name: str) -> Element:
        """The root element of a member, or an empty element where there is none."""
        return self.tree(name) if name in self else etree.Element("none")

    def targets(self, name: str) -> dict[str, str]:
        """Relationship id to member name (or outside address) for the part ``name``."""
        folder, base = posixpath.split(name)
        rels = self.maybe(f"{folder}/_rels/{base}.rels".lstrip("/"))
        return {rel.get("Id", ""): _member(folder, rel) for rel in rels.iter(REL + "Relationship")}

    def of_kind(self, name: str, kind: str) -> list[str]:
        """Members that ``name`` points to by relationships whose type ends in ``kind``."""
        folder, base = posixpath.split(name)
        rels = self.maybe(f"{folder}/_rels/{base}.rels".lstrip("/"))
        found = (rel for rel in rels.iter(REL + "Relationship") if rel.get("Type", "").endswith("/" + kind))
        return [_member(folder, rel) for rel in found]

    def title(self) -> str:
        """The title in the document's properties."""
        return self.maybe("docProps/core.xml").findtext(TITLE) or ""


def _member(folder: str, rel: Element) -> str:
    target = rel.get("Target", "")
    if rel.get("TargetMode") == "External":
        return target
    return posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
