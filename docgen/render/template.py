"""What templates are made of: tags as Jinja, the sandboxed and strict environment, what can go wrong.

Templates see nested mappings of strings, lists and yes/no. They may loop and test; they never compute, call
or reach for a Python attribute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from docgen.errors import DocgenError

LOOP_WORDS = frozenset({"first", "last", "index"})


@dataclass(frozen=True, slots=True)
class TagComplaint:
    """One bad tag: where it stands, how it reads, what is wrong with it."""

    place: str
    tag: str
    message: str

    def __str__(self) -> str:
        return f"{self.place} {self.tag}：{self.message}" if self.tag else f"{self.place}：{self.message}"


class TemplateError(DocgenError):
    """A template cannot be used; carries every bad tag, not the first."""

    def __init__(self, file: str, complaints: Iterable[TagComplaint]) -> None:
        self.file = file
        self.complaints = tuple(dict.fromkeys(complaints))
        lines = "\n".join(f"  {complaint}" for complaint in self.complaints)
        super().__init__(f"模板 {file} 有 {len(self.complaints)} 处问题：\n{lines}")


class RenderError(DocgenError):
    """A page does not fit its template: a name is missing or a value is of the wrong kind."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished document: its file name and its bytes."""

    name: str
    content: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 of the bytes, taken when it is asked for."""
        return sha256(self.content).hexdigest()


class Template(Protocol):
    """What every compiled template can do."""

    @property
    def names(self) -> tuple[str, ...]:
        """Dotted names the template uses; `[]` stands for an item of a list."""

    @property
    def places(self) -> Mapping[str, str]:
        """Each of these names with the place and the tag where it is used first."""

    @property
    def has_contents(self) -> bool:
        """Whether the template holds a contents field whose page numbers can be given."""

    def text(self) -> list[str]:
        """What the template says, tags included: one line per paragraph or row."""

    def render(
        self,
        context: Mapping[str, object],
        name: str,
        *,
        watermark: str = "",
        pages: Sequence[str] | None = None,
    ) -> Rendered:
        """The document for one page; RenderError where the page does not fit."""


@dataclass(slots=True)
class Code:
    """A tag's place and the Jinja it becomes; `before` and `after` are added by merges and layouts.

    The code of a whole row names the place and tag of each of its cells as `parts`.
    """

    place: str
    tag: str
    main: str
    before: str = ""
    after: str = ""
    parts: list[tuple[str, str]] = field(default_factory=list)

    def where(self, name: str) -> str:
        """Place and tag; of a row, those of the first part that says `name`."""
        place, tag = next((part for part in self.parts if name and name in part[1]), (self.place, self.tag))
        return f"{place} {tag}".strip()


@dataclass(frozen=True, slots=True)
class Environment:
    """What the tags of a part have besides the page: one policy for all text, the engine's own functions."""

    finish: Callable[[object], str]
    functions: Mapping[str, Callable[..., object]]
