"""What the clerk wrote for a report: ``文字`` in templates, by section."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.checks import Case
from docgen.present.shown import View
from docgen.present.texts import closed_paragraphs, said

DEPARTMENT_PREFIX = "整体·"


def narrative_view(case: Case, scope: str, per: str) -> dict[str, list[str]]:
    """``文字``: the paragraphs of each section for one scope, the clerk's, else the pack's own, or none."""
    written = _written(case, scope)
    sections = [section for section in case.pack.layout.sections.values() if section.per == per]
    return {
        (name := section.title.removeprefix(DEPARTMENT_PREFIX)): closed_paragraphs(
            written.get(name, "") or section.text if section.enabled else ""
        )
        for section in sections
    }


def scoped_texts(case: Case, scope: str, per: str) -> View:
    """``文字`` of a project or transfer, and ``文字文本``, the same joined for a cell."""
    texts = narrative_view(case, scope, per)
    return {"文字": texts, "文字文本": {name: "\n".join(lines) for name, lines in texts.items()}}


def _written(case: Case, scope: str) -> dict[str, str]:
    rows = [row for row in case.filing.narratives if said(row.scope) == scope]
    return _joined((said(row.section).removeprefix(DEPARTMENT_PREFIX), said(row.text)) for row in rows)


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    texts: dict[str, list[str]] = {}
    for name, text in pairs:
        texts.setdefault(name, []).append(text)
    return {name: "\n".join(parts) for name, parts in texts.items()}
