"""Pages → bytes: templates compiled once per process, page numbers and PDFs where LibreOffice is at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from docgen.present import Page
from docgen.render import Template, compile_template

_MEASURING_SECONDS = 180.0
_UPDATE = "在 Word 或 WPS 里右击目录，选“更新域”即可补上。"
Tell = Callable[[str], None]


@cache
def _compiled(path: Path, _changed: int) -> Template:
    return compile_template(path)


def template_of(path: Path) -> Template:
    """The template at ``path``, compiled once for as long as the file does not change."""
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        changed = 0
    return _compiled(path, changed)


@dataclass(slots=True)
class Rendering:
    """Pages → bytes. ``tell`` is None when page numbers are not wanted."""

    watermark: str
    tell: Tell | None
    notes: list[str] = field(default_factory=list)
    pages_are_right: bool = True
    pdfs_are_whole: bool = False
    _templates: dict[Path, Template] = field(default_factory=dict)

    def template(self, path: Path) -> Template:
        """The template at ``path``, the same one throughout."""
        if path not in self._templates:
            self._templates[path] = template_of(path)
        return self._templates[path]

    def all(self, pages: Sequence[Page]) -> dict[str, bytes]:
        """The bytes of every page by output; contents pages get the numbers that LibreOffice finds."""
        made = {page.output: self.one(page) for page in pages}
        listed = [page for page in pages if self.template(page.template).has_contents]
        numbers = self.measured({page.output: made[page.output] for page in listed}) if listed else {}
        self.pages_are_right = len(numbers) == len(listed)
        again = {p.output: self.one(p, numbers[p.output]) for p in listed if p.output in numbers}
        return made | again

    def one(self, page: Page, numbers: Sequence[str] | None = None) -> bytes:
        """The bytes of one page."""
        template = self.template(page.template)
        return template.render(page.context, page.output, watermark=self.watermark, pages=numbers).content

    def pdfs(self, documents: Mapping[str, bytes], tell: Tell) -> dict[str, bytes]:
        """The PDF of every document by its output, of one format each; what is missing is in the notes."""
        from docgen.render.office import find_soffice
        from docgen.render.pdf import NO_OFFICE, pdfs_of, sources_in

        soffice = find_soffice()
        if soffice is None:
            self.notes.append(NO_OFFICE)
            return {}
        tell("正在用 LibreOffice 生成 PDF……")
        done = pdfs_of({name: documents[name] for name in sources_in(documents)}, soffice=soffice)
        self.pdfs_are_whole = not done.failed
        self.notes.extend(f"{name} 没有转成 PDF（LibreOffice 试了两次）。" for name in done.failed)
        return dict(done.made)

    def measured(self, documents: Mapping[str, bytes]) -> dict[str, list[str]]:
        """Output → page number of each heading; empty, with a note, where they cannot be had."""
        if self.tell is None:
            self.notes.append(f"目录页码按要求没有测量；{_UPDATE}")
            return {}
        from docgen.render.contents import MeasureError, measure
        from docgen.render.office import find_soffice

        soffice = find_soffice()
        if soffice is None:
            self.notes.append(f"目录页码没有测量，因为这台电脑上没有 LibreOffice；{_UPDATE}")
            return {}
        self.tell("正在用 LibreOffice 测量目录页码……")
        try:
            numbers = measure(documents, timeout=_MEASURING_SECONDS, soffice=soffice)
        except MeasureError as error:
            self.notes.append(f"{error}{_UPDATE}")
            return {}
        lost = [output for output in documents if output not in numbers]
        self.notes.extend(f"{output} 的目录页码没有量出来；{_UPDATE}" for output in lost)
        return numbers
