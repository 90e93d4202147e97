"""Look over the templates of a pack: every tag, every name, and docxtpl's own opinion of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from docgen.errors import Complaint, DocgenError
from docgen.packs import Pack
from docgen.present import Page
from docgen.render import RenderError, Template, TemplateError, compile_template

Shape = dict[str, "Shape"]
_ITEM, _TEXT = "[]", ""  # names no page can have: the items of a list, and that this is text


def template_complaints(pack: Pack, pages: Iterable[Page]) -> list[Complaint]:
    """What is wrong with the templates of ``pack``; ``pages`` are what they will be given.

    A tag that cannot be compiled is told with its place; a name that no page has, with the nearest one that
    some page has; and every page is rendered once, strictly.
    """
    by_template: dict[Path, list[Page]] = {}
    for page in pages:
        by_template.setdefault(page.template, []).append(page)
    files = {pack.template(name) for document in pack.documents.values() for name in document.templates}
    return [
        complaint for path in sorted(files) for complaint in _template(pack, path, by_template.get(path, []))
    ]


def _template(pack: Pack, path: Path, pages: list[Page]) -> Iterator[Complaint]:
    file = (
        f"{pack.id}/{path.relative_to(pack.folders[0]).as_posix()}"
        if pack.folders[0] in path.parents
        else path.name
    )
    if not path.is_file():
        yield Complaint(file, "", "没有这个模板文件")
        return
    try:
        template = compile_template(path)
    except TemplateError as error:
        yield from (Complaint(file, c.place, f"{c.tag}　{c.message}".strip("　")) for c in error.complaints)
        return
    except DocgenError as error:
        yield Complaint(file, "", str(error))
        return
    unknown = [*_unknown_names(file, template, shape_of(page.context for page in pages))]
    yield from unknown or _render_failures(file, template, pages)
    yield from _second_opinion(file, path, template)


def _second_opinion(file: str, path: Path, template: Template) -> Iterator[Complaint]:
    """Names that docxtpl finds and we do not; silent where it does not know our tags."""
    if path.suffix.lower() != ".docx":
        return
    from docxtpl import DocxTemplate
    from jinja2 import TemplateSyntaxError

    try:
        seen: set[str] = DocxTemplate(path).get_undeclared_template_variables()
    except TemplateSyntaxError:
        return
    ours = {name.partition(".")[0].removesuffix(_ITEM) for name in template.names}
    for name in sorted(seen - ours):
        yield Complaint(file, "", f"“{name}”的标签写得不寻常，docxtpl 和 docgen 的理解不同，请改写")


def _called(pack: Pack, path: Path) -> str:
    """``county/documents/form.docx``: the file as a pack author knows it."""
    folder = next((folder for folder in pack.folders if folder in path.parents), path.parent)
    return f"{folder.name}/{path.relative_to(folder).as_posix()}"


def _render_failures(file: str, template: Template, pages: Iterable[Page]) -> Iterator[Complaint]:
    for page in pages:
        try:
            template.render(page.context, page.output)
        except RenderError as error:
            yield Complaint(file, page.output, str(error))
            return


def shape_of(contexts: Iterable[object]) -> Shape:
    """All names of ``contexts`` together; the items of every list under ``[]``."""
    shape: Shape = {}
    for context in contexts:
        _lay(context, shape)
    return shape


def _lay(value: object, shape: Shape) -> None:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _lay(inner, shape.setdefault(name, {}))
    elif isinstance(value, list):
        items = shape.setdefault(_ITEM, {})
        for inner in value:
            _lay(inner, items)
    else:
        shape[_TEXT] = {}


def _unknown_names(file: str, template: Template, shape: Shape) -> Iterator[Complaint]:
    for name, place in template.places.items():
        missing = _first_unknown(name, shape)
        if missing:
            step, known = missing
            near = get_close_matches(step, known, n=1, cutoff=0.4)
            hint = f"，是不是“{near[0]}”？" if near else ""
            yield Complaint(file, place, f"{name} 里没有“{step}”这个名称{hint}")


def _first_unknown(name: str, shape: Shape) -> tuple[str, list[str]] | None:
    """The first step of a dotted name that no page has, and what stands there instead."""
    for step in name.replace(_ITEM, f".{_ITEM}").split("."):
        if step not in shape:
            # a list that is empty on every page says nothing about what its items hold
            return (step, [other for other in shape if other not in {_ITEM, _TEXT}]) if shape else None
        shape = shape[step]
    return None
