"""Render: a page and a compiled template give a finished document. Nothing here adds, rounds or decides."""

from __future__ import annotations

from pathlib import Path

from docgen.render.package import PackageError
from docgen.render.template import (
    Rendered,
    RenderError,
    TagComplaint,
    Template,
    TemplateError,
)

__all__ = ["RenderError", "Rendered", "TagComplaint", "Template", "TemplateError", "compile_template"]


def compile_template(path: Path) -> Template:
    """The template at `path`, ready for any number of pages; TemplateError naming every bad tag."""
    from lxml.etree import XMLSyntaxError

    try:
        return _compiled(path)
    except (XMLSyntaxError, PackageError) as error:
        message = str(error) if isinstance(error, PackageError) else "文件已损坏，请用 Office 重新保存"
        raise TemplateError(path.name, [TagComplaint("模板", "", message)]) from error


def _compiled(path: Path) -> Template:
    if path.suffix.lower() == ".xlsx":
        from docgen.render.excel import ExcelTemplate

        return ExcelTemplate(path)
    if path.suffix.lower() == ".docx":
        from docgen.render.word import WordTemplate

        return WordTemplate(path)
    raise TemplateError(path.name, [TagComplaint("模板", "", "只支持 .docx 和 .xlsx")])
