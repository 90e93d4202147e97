"""校验报告.html: one page without script or any outside resource, from the words that present gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.errors import DocgenError, StoreError

if TYPE_CHECKING:
    from jinja2 import Template

_TEMPLATE = Path(__file__).with_name("findings_page.html")
_MARK = b"<!doctype html><!-- docgen -->"
_SUFFIXES = frozenset({".html", ".htm"})


@cache
def _compiled() -> Template:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_TEMPLATE.read_text("utf-8"))


def findings_page(views: Sequence[Mapping[str, object]]) -> bytes:
    """The page about one workbook or several; it depends on ``views`` alone."""
    rules = {rule["编号"]: rule for view in views for rule in _rules_of(view)}
    text = _compiled().render(工作簿表=views, 规则表=[rules[code] for code in sorted(rules)])
    return text.encode("utf-8", errors="replace")


def _rules_of(view: Mapping[str, object]) -> list[dict[str, str]]:
    found = view["规则"]
    return found if isinstance(found, list) else []


def write_findings_page(path: Path, views: Sequence[Mapping[str, object]]) -> None:
    """Write the page to ``path``; an older page of ours there is replaced.

    Raises ``DocgenError`` for a name that is no web page's, or when something else lies there.
    """
    if path.suffix.lower() not in _SUFFIXES:
        raise DocgenError(f"{path.name} 的后缀应是 .html。")
    try:
        if path.exists() and not path.read_bytes().startswith(_MARK):
            raise DocgenError(f"{path} 已经存在，不是 docgen 的校验报告，没有覆盖；请换一个文件名。")
        path.write_bytes(findings_page(views))
    except OSError as error:
        raise StoreError(f"不能写入 {path}：文件夹不存在、没有权限，或磁盘已满。") from error
