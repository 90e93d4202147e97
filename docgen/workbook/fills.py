"""Coloured twins of a workbook's cell formats: the same in everything but the fill."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from docgen.workbook.splice import Edit, Tag, applied, tag_at, walk


@dataclass(slots=True)
class Fills:
    """The styles part of a workbook, with formats added as they are asked for."""

    xml: bytes
    _formats: list[int] = field(default_factory=list)
    _format_table: int | None = None
    _fill_table: int | None = None
    _fill_count: int = 0
    _colours: list[str] = field(default_factory=list)
    _made: dict[tuple[int, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.xml:
            inside = [""]

            def table(name: str) -> Callable[[int, dict[str, str], int], None]:
                return lambda position, _attributes, _depth: self._enter(name, position, inside)

            starts = {name: table(name) for name in ("cellXfs", "fills", "xf", "fill")}
            leave = {name: lambda _position: inside.__setitem__(0, "") for name in ("cellXfs", "fills")}
            walk(self.xml, starts, leave)

    def _enter(self, name: str, position: int, inside: list[str]) -> None:
        if name == "xf" and inside[0] == "cellXfs":
            self._formats.append(position)
        elif name == "fill" and inside[0] == "fills":
            self._fill_count += 1
        elif name == "cellXfs":
            self._format_table, inside[0] = position, name
        elif name == "fills":
            self._fill_table, inside[0] = position, name

    def twin(self, base: int, colour: str) -> int:
        """The index of the format ``base`` with this fill colour (``FFFFC7CE``)."""
        if not self._can_colour:
            return base
        if colour not in self._colours:
            self._colours.append(colour)
        base = base if base < len(self._formats) else 0
        return self._made.setdefault((base, colour), len(self._formats) + len(self._made))

    @property
    def _can_colour(self) -> bool:
        return self._fill_table is not None and self._format_table is not None and bool(self._formats)

    def written(self) -> bytes:
        """The styles part with the fills and formats asked for."""
        if not self._made or self._fill_table is None or self._format_table is None:
            return self.xml
        fills, formats = tag_at(self.xml, self._fill_table), tag_at(self.xml, self._format_table)
        edits = [
            *self._grown(
                fills, b"".join(map(self._fill, self._colours)), self._fill_count + len(self._colours)
            ),
            *self._grown(
                formats, b"".join(map(self._format, self._made)), len(self._formats) + len(self._made)
            ),
        ]
        return applied(self.xml, edits)

    def _grown(self, table: Tag, content: bytes, count: int) -> list[Edit]:
        end = self.xml.index(table.closing(), table.end)
        return [
            Edit(table.start, table.end, table.with_attributes(count=str(count))),
            Edit(end, end, content),
        ]

    def _fill(self, colour: str) -> bytes:
        prefix = tag_at(self.xml, self._fill_table or 0).prefix.decode()
        pattern = f'<{prefix}fgColor rgb="{colour}"/><{prefix}bgColor indexed="64"/>'
        inner = f'<{prefix}patternFill patternType="solid">{pattern}</{prefix}patternFill>'
        return f"<{prefix}fill>{inner}</{prefix}fill>".encode()

    def _format(self, wanted: tuple[int, str]) -> bytes:
        base, colour = wanted
        tag = tag_at(self.xml, self._formats[base])
        fill = self._fill_count + self._colours.index(colour)
        start = tag.with_attributes(fillId=str(fill), applyFill="1")
        if tag.is_empty:
            return start
        end = self.xml.index(tag.closing(), tag.end) + len(tag.closing())
        return start + self.xml[tag.end : end]
