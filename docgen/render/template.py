"""A part compiled once to a sandboxed, strict Jinja program that writes escaped text.

Templates see nested mappings of strings, lists and yes/no. They may loop and test; they never compute, call
or reach for a Python attribute.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from types import TracebackType
from typing import Protocol, Self

import jinja2
from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment

from docgen.errors import DocgenError
from docgen.render.escape import RefusedError

LOOP_WORDS = frozenset({"first", "last", "index"})
_LOOP_FIELDS = LOOP_WORDS | {"length"}  # the engine itself needs the length for merges across
_BRACE = re.compile(r"\{(?=[{%#])")
_TOKEN = re.compile("<\\?docgen ([0-9]+)\\?>|\ue0f0([0-9]+)\ue0f1")


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


class MissingError(LookupError):
    """A mapping of the page has no entry of that name."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished document: its file name, its bytes and their SHA-256."""

    name: str
    content: bytes
    digest: str

    @classmethod
    def of(cls, name: str, content: bytes) -> Self:
        """The document with its digest taken."""
        return cls(name, content, sha256(content).hexdigest())


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


class Environment(SandboxedEnvironment):
    """Strict and closed: names of mappings, the words of a loop, the engine's own functions, no more."""

    def __init__(
        self, finish: Callable[[object], str], functions: Mapping[str, Callable[..., object]]
    ) -> None:
        super().__init__(
            autoescape=False,  # `finish` escapes every value, so that one function holds the whole policy
            finalize=finish,
            undefined=StrictUndefined,
            keep_trailing_newline=True,
        )
        self.filters.clear()
        self.tests.clear()
        self.globals.clear()
        self.globals.update(functions)

    def getattr(self, obj: object, attribute: str) -> object:
        """An entry of a mapping, or a permitted word of `loop`."""
        if isinstance(obj, dict):
            try:
                return obj[attribute]
            except KeyError:
                raise MissingError(attribute) from None
        if isinstance(obj, LoopContext) and attribute in _LOOP_FIELDS:
            found: object = getattr(obj, attribute)
            return found
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        raise MissingError(attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """As `getattr`, and the item of a list at a constant position."""
        if isinstance(obj, (list, tuple)) and isinstance(argument, int) and argument < len(obj):
            return obj[argument]
        return self.getattr(obj, str(argument))

    def call(
        self, _context: object, function: Callable[..., object], /, *args: object, **_scopes: object
    ) -> object:
        """The engine's own functions; tags cannot hold a call, so nothing else gets here."""
        return function(*args)


def each(value: object) -> Sequence[object]:
    """The items of a list; a string or a mapping is not one."""
    if isinstance(value, (list, tuple)):
        return value
    raise RefusedError.of_kind(value)


class Program:
    """One part ready to be written for any number of pages; compiled when it is first run.

    A run of drafts never runs the parts without the watermark, and compiling is most of a short run.
    """

    def __init__(self, file: str, source: str, codes: Sequence[Code], environment: Environment) -> None:
        self._file = file
        self._lines: list[tuple[int, Code]] = []
        self._source = self._assemble(source, codes)
        self._environment = environment

    @cached_property
    def _template(self) -> jinja2.Template:
        return self._environment.from_string(self._source)

    def run(self, context: Mapping[str, object]) -> str:
        """The text of the part; RenderError naming tag and place when the page does not fit."""
        template = self._template
        try:
            return "".join(template.root_render_func(template.new_context(dict(context))))
        except (UndefinedError, MissingError, RefusedError, SecurityError) as error:
            raise self._failure(error) from error

    def _assemble(self, source: str, codes: Sequence[Code]) -> str:
        """Literal text with each tag's Jinja in its place, every tag beginning a line of the source."""
        pieces: list[str] = []
        line = 1
        parts = _TOKEN.split(source)
        for literal, block, inline in zip(
            parts[::3], [*parts[1::3], None], [*parts[2::3], None], strict=True
        ):
            text = _BRACE.sub('{{ "{" }}', literal)
            number = block or inline
            if number is not None:
                code = codes[int(number)]
                main = code.main[:2] + "\n" + code.main[2:] if code.main.startswith("{") else code.main
                line += text.count("\n") + 1
                self._lines.append((line, code))
                text += code.before + main + code.after
                line += code.main.count("\n") + code.before.count("\n") + code.after.count("\n")
            pieces.append(text)
        return "".join(pieces)

    def _failure(self, error: Exception) -> RenderError:
        code = self._code_at(error.__traceback__)
        where = getattr(error, "where", "")
        if code and not where:
            where = code.where(_missing_name(error))
        return RenderError(f"模板 {self._file} {where}：{_reason(error)}")

    def _code_at(self, traceback: TracebackType | None) -> Code | None:
        found = None
        while traceback is not None:
            if traceback.tb_frame.f_globals.get("__jinja_template__") is self._template:
                line = self._template.get_corresponding_lineno(traceback.tb_lineno)
                found = next((code for at, code in reversed(self._lines) if at <= line), found)
            traceback = traceback.tb_next
        return found


def _missing_name(error: Exception) -> str:
    if isinstance(error, MissingError):
        return str(error)
    found = re.match("'(.*)' is undefined", str(error))
    return found[1] if found else ""


def _reason(error: Exception) -> str:
    if isinstance(error, MissingError):
        return f"没有名为“{error}”的内容"
    if isinstance(error, RefusedError):
        return str(error)
    return f"没有名为“{_missing_name(error)}”的内容"
