"""Word templates: compiled once, rendered as text for any number of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from lxml import etree

from docgen.render.escape import plain_text, word_text, xml
from docgen.render.grammar import Outline
from docgen.render.meaning import each
from docgen.render.merge import Opening
from docgen.render.package import Package, PackageError
from docgen.render.plain_part import PlainPart
from docgen.render.program import Program
from docgen.render.relations import related, serialised
from docgen.render.template import (
    Environment,
    Rendered,
    RenderError,
    TagComplaint,
    TemplateError,
)
from docgen.render.toc import TocField, TocStyles, with_entry_styles, write_contents
from docgen.render.watermark import stamped
from docgen.render.word_gaps import closed, may_have_gaps
from docgen.render.word_part import WordPart
from docgen.render.word_text import text_of
from docgen.render.word_tree import parse

_NOTE_KINDS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}


class _Variant:
    """The template with one watermark (or none): its programs and everything that never changes."""

    def __init__(self, file: str, package: Package) -> None:
        self._file = file
        self._body = _document(package)
        self.names: dict[str, str] = {}
        self.complaints: list[TagComplaint] = []
        self.contents: TocField | None = None
        self._styles = TocStyles({}, {})
        self._programs = dict(self._compile(package))
        package = self._with_styles(package)
        self._composer = package.composer(self._programs)

    def render(self, context: Mapping[str, object], pages: Sequence[str] | None) -> bytes:
        """The file for one page."""
        return self._composer.compose(self._part(name, context, pages) for name in self._programs)

    def _part(self, name: str, context: Mapping[str, object], pages: Sequence[str] | None) -> bytes:
        part = self._programs[name].run(context)
        if self._has_gaps[name]:
            part = closed(part)
        if name == self._body and self.contents:
            return write_contents(part.decode(), self.contents, self._styles, pages).encode()
        return part

    @cached_property
    def _has_gaps(self) -> Mapping[str, bool]:
        return {name: may_have_gaps(program.pieces) for name, program in self._programs.items()}

    def _compile(self, package: Package) -> Iterator[tuple[str, Program]]:
        functions: dict[str, Callable[..., object]] = {
            "_each": each,
            "_opening": Opening,
            "_attribute": _attribute,
        }
        environment = Environment(word_text, functions)
        for name, label in _parts(package):
            part = WordPart(package.bytes(name), label)
            self._note(part.outline)
            if name == self._body:
                self.contents = part.contents
            if part.has_tags and not self.complaints:
                yield name, Program(self._file, part.source(), part.outline.codes, environment)
        for name in related(package, "core-properties"):
            plain = PlainPart(package.bytes(name), "文档属性")
            self._note(plain.outline)
            if plain.has_tags and not self.complaints:
                codes = plain.outline.codes
                yield (
                    name,
                    Program(self._file, plain.source(), codes, Environment(plain_text, {"_each": each})),
                )

    def _note(self, outline: Outline) -> None:
        self.names |= outline.names
        self.complaints += outline.complaints

    def _with_styles(self, package: Package) -> Package:
        found = related(package, "styles", self._body)
        if self.contents is None or not found:
            return package
        root = etree.fromstring(package.bytes(found[0]))
        self._styles = with_entry_styles(root, self.contents)
        return package.changed({found[0]: serialised(root)})


class WordTemplate:
    """A .docx template."""

    def __init__(self, path: Path) -> None:
        self._file = path.name
        self._package = Package.read(path)
        self._variants: dict[str, _Variant] = {}
        plain = self._variant("")
        if plain.complaints:
            raise TemplateError(self._file, plain.complaints)
        self.names = tuple(plain.names)
        self.places: Mapping[str, str] = plain.names
        self.has_contents = plain.contents is not None

    def text(self) -> list[str]:
        """What the template says, tags included: one line per paragraph or row."""
        lines = []
        for name, label in _parts(self._package):
            said = text_of(parse(self._package.bytes(name)))
            lines += [f"〔{label}〕", *said] if said else []
        return lines

    def render(
        self,
        context: Mapping[str, object],
        name: str,
        *,
        watermark: str = "",
        pages: Sequence[str] | None = None,
    ) -> Rendered:
        """The document for one page; `pages` are the page numbers of the contents, one for each entry."""
        if pages is not None and not self.has_contents:
            raise RenderError(f"模板 {self._file} 没有目录，不能给页码。")
        return Rendered(name, self._variant(watermark).render(context, pages))

    def _variant(self, watermark: str) -> _Variant:
        found = self._variants.get(watermark)
        if found is None:
            package = (
                stamped(self._package, _document(self._package), watermark) if watermark else self._package
            )
            found = self._variants[watermark] = _Variant(self._file, package)
        return found


def _document(package: Package) -> str:
    found = related(package, "officeDocument")
    if not found:
        raise PackageError("不是有效的 Word 文档")
    return found[0]


def _parts(package: Package) -> Iterator[tuple[str, str]]:
    """The members that may hold tags, each with the name people call it by."""
    body = _document(package)
    yield body, "正文"
    for kind, label in _NOTE_KINDS.items():
        names = related(package, kind, body)
        for number, name in enumerate(names, 1):
            yield name, f"{label}{number}" if len(names) > 1 else label


def _attribute(value: object) -> str:
    if not isinstance(value, str):
        raise RenderError("合并列数和底色只能是文字。")
    return xml("".join(value.split()))
