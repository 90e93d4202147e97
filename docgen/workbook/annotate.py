"""A copy of the clerk's workbook with the findings as comments and colours on its cells; nothing else."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from docgen.finding import Finding, Severity
from docgen.workbook.cells import restyled
from docgen.workbook.comments import with_comments, with_shapes
from docgen.workbook.container import Container
from docgen.workbook.fills import Fills
from docgen.workbook.read import relations, sheet_parts
from docgen.workbook.splice import appended, utf8

_COLOURS = {Severity.ERROR: "FFFFC7CE", Severity.VERIFY: "FFFFE0A3", Severity.NOTE: "FFDDEBF7"}
_TYPES, _STYLES = "[Content_Types].xml", "xl/styles.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NEW_RELATIONS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_PACKAGE}"/>'
)
_NOWHERE = "A1"  # where a finding about a whole sheet is shown
_MOST = 8000  # characters on one cell; a comment holds 32,767


def annotate(source: Path | bytes, findings: Iterable[Finding]) -> bytes:
    """The workbook with every finding as a comment on its cell; ``WorkbookError`` for a damaged file."""
    copy = _Copy(Container(source if isinstance(source, bytes) else source.read_bytes()))
    findings = list(findings)
    if not findings:
        return copy.container.rewritten({})
    parts = sheet_parts(copy.container).parts
    fills = Fills(utf8(copy.part(_STYLES)))
    for title, cells in _by_sheet(findings, tuple(parts)).items():
        _annotate_sheet(copy, parts[title], cells, fills)
    if copy.changes:
        copy.changes[_STYLES] = fills.written()
    return copy.container.rewritten({name: data for name, data in copy.changes.items() if data})


@dataclass(slots=True)
class _Copy:
    """The parts of the workbook, changed ones first."""

    container: Container
    changes: dict[str, bytes] = field(default_factory=dict)

    def part(self, name: str) -> bytes:
        return self.changes[name] if name in self.changes else self.container.read(name)

    def free(self, pattern: str) -> str:
        """The first name of this pattern that no part has."""
        number = 1
        while (name := pattern.format(number)) in self.changes or name in self.container:
            number += 1
        return name


def _by_sheet(findings: Iterable[Finding], titles: tuple[str, ...]) -> dict[str, dict[str, list[Finding]]]:
    """Findings by sheet and cell, in the order given; what is about no sheet goes to the first."""
    found: dict[str, dict[str, list[Finding]]] = {}
    for finding in findings:
        here = finding.place.sheet in titles
        title = finding.place.sheet if here else next(iter(titles), "")
        cell = finding.place.cell if here and finding.place.cell else _NOWHERE
        if title:
            found.setdefault(title, {}).setdefault(cell, []).append(finding)
    return found


def _annotate_sheet(copy: _Copy, part: str, cells: Mapping[str, list[Finding]], fills: Fills) -> None:
    texts = {cell: "\n\n".join(map(_words, found))[:_MOST] for cell, found in cells.items()}
    colours = {cell: _COLOURS[min((f.severity for f in found), key=_rank)] for cell, found in cells.items()}
    links = _Links(copy, part)
    copy.changes[part], used = restyled(utf8(copy.part(part)), colours, fills.twin, links.fresh)
    comments, new = with_comments(utf8(copy.part(links.comments)), texts)
    drawing = links.drawing(used)
    copy.changes[links.comments] = comments
    copy.changes[drawing] = with_shapes(copy.part(drawing), {cell: texts[cell] for cell in new})
    links.write(used, drawing)


def _rank(severity: Severity) -> int:
    return severity.rank


def _words(finding: Finding) -> str:
    lines = [f"【{finding.severity.value} {finding.code}】{finding.message}"]
    if finding.expected:
        lines.append(f"应为：{finding.expected}")
    if finding.explained is not None:
        lines.append(f"已说明：{finding.explained}")
    elif finding.fix:
        lines.append(f"怎么改：{finding.fix}")
    return "\n".join(lines)


class _Links:
    """The relationships of one sheet to its comments and its drawing of comments, found or to be made."""

    def __init__(self, copy: _Copy, part: str) -> None:
        folder, base = posixpath.split(part)
        self._copy, self._folder = copy, folder
        self._name = f"{folder}/_rels/{base}.rels"
        self._had_comments = relations(copy.container, part, "/comments")
        self._had_drawings = relations(copy.container, part, "/vmlDrawing")
        self.comments = next(iter(self._had_comments.values()), "") or copy.free("xl/comments{}.xml")
        copy.changes.setdefault(self.comments, copy.part(self.comments))
        self.fresh = self._free_id("drawing")

    def _free_id(self, kind: str) -> str:
        xml, number = self._copy.part(self._name), 1
        while re.search(rb"[\"']docgen-%s-%d[\"']" % (kind.encode(), number), xml):
            number += 1
        return f"docgen-{kind}-{number}"

    def drawing(self, used: str) -> str:
        """The member that the relationship ``used`` leads to, a new one if it is ours."""
        return self._had_drawings.get(used) or self._copy.free("xl/drawings/vmlDrawing{}.vml")

    def write(self, used: str, drawing: str) -> None:
        """Put down what is new: relationships and content types."""
        if not self._had_comments:
            self._relate(self._free_id("comments"), "comments", self.comments)
            self._type(f'<Override PartName="/{self.comments}" ContentType="{_COMMENTS_TYPE}"/>')
        if used not in self._had_drawings:
            self._relate(used, "vmlDrawing", drawing)
        if not re.search(rb"Extension=[\"']vml[\"']", self._copy.part(_TYPES), re.IGNORECASE):
            self._type(f'<Default Extension="vml" ContentType="{_DRAWING_TYPE}"/>')

    def _relate(self, link: str, kind: str, part: str) -> None:
        target = posixpath.relpath(part, self._folder)
        xml = f'<Relationship Id="{link}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        before = utf8(self._copy.part(self._name)) or _NEW_RELATIONS.encode()
        self._copy.changes[self._name] = appended(before, "Relationships", xml.encode())

    def _type(self, xml: str) -> None:
        self._copy.changes[_TYPES] = appended(utf8(self._copy.part(_TYPES)), "Types", xml.encode())
