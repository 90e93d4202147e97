"""What is written in a report besides figures, by section: ``文字``, ``文字组`` and ``文字号``."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.checks import Case
from docgen.packs import Section
from docgen.present.formats import numbering
from docgen.present.shown import View
from docgen.present.texts import closed_paragraphs, said

DEPARTMENT_PREFIX = "整体·"
_OFF = frozenset({"（不印）", "(不印)"})
_UNNUMBERED: View = dict.fromkeys(("序号", "中文序号", "圈号", "标题"), "")
Texts = dict[str, list[str]]
SCOPED = ("文字", "文字组", "文字号", "文字文本")  # what ``scoped_texts`` gives


def narrative_view(case: Case, scope: str, per: str) -> Texts:
    """``文字``: the paragraphs of each section for one scope, the clerk's, else the pack's own, or none.

    A section whose text is just （不印） is switched off: it has none.
    """
    written = _written(case, scope)
    return {
        (name := _bare(section.title)): _on(
            written.get(name, "") or _filled(case, section.text) if section.enabled else ""
        )
        for section in case.pack.layout.sections.values()
        if section.per == per
    }


def whole_texts(case: Case, scope: str, per: str) -> View:
    """``文字`` of a unit or of the department, with ``文字组`` and ``文字号``."""
    texts = narrative_view(case, scope, per)
    return {"文字": texts, **_grouped(case, texts, per)}


def scoped_texts(case: Case, scope: str, per: str) -> View:
    """The same of a project or transfer, and ``文字文本``, the texts joined for a cell."""
    texts = narrative_view(case, scope, per)
    joined = {name: "\n".join(lines) for name, lines in texts.items()}
    return {"文字": texts, **_grouped(case, texts, per), "文字文本": joined}


def _grouped(case: Case, texts: Texts, per: str) -> View:
    """``文字组``: the sections of each group that are on, numbered in the order of the pack.

    ``文字号``: number and heading of every such section by its title, blank where it is off.
    """
    groups: dict[str, list[View]] = {}
    numbers: View = {}
    for section in case.pack.layout.sections.values():
        if section.group and section.per == per:
            group, name = groups.setdefault(section.group, []), _bare(section.title)
            entry = _entry(section, texts[name], len(group) + 1) if texts[name] else _UNNUMBERED
            numbers[name] = {key: entry[key] for key in _UNNUMBERED}
            group.extend([entry] if texts[name] else [])
    return {"文字组": groups, "文字号": numbers}


def _entry(section: Section, lines: list[str], number: int) -> View:
    heading = section.heading or _bare(section.title)
    return {**numbering(number), "标题": heading, "段落": lines, "首段": lines[0], "余段": lines[1:]}


def _bare(title: str) -> str:
    return title.removeprefix(DEPARTMENT_PREFIX)


def _on(text: str) -> list[str]:
    return [] if text.strip() in _OFF else closed_paragraphs(text)


def _filled(case: Case, text: str) -> str:
    """The pack's own wording for this department and year."""
    if "{" not in text:
        return text
    department = case.filing.department
    year, name = department.fiscal_year.value, said(department.name)
    words = {
        "{年度}": str(year or ""),
        "{上年}": str(year - 1) if year else "",
        "{部门}": name,
        "{简称}": said(department.short_name) or name,
    }
    for slot, word in words.items():
        text = text.replace(slot, word)
    return text


def _written(case: Case, scope: str) -> dict[str, str]:
    rows = case.narratives.get(scope, ())
    return _joined((_bare(said(row.section)), said(row.text)) for row in rows)


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    texts: dict[str, list[str]] = {}
    for name, text in pairs:
        texts.setdefault(name, []).append(text)
    return {name: "\n".join(parts) for name, parts in texts.items()}
