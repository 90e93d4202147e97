"""A page to be rendered: which template, under which name, with which words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from docgen.present.shown import View


@dataclass(frozen=True, slots=True)
class Page:
    """One output document.

    ``document`` is the key in the pack, ``title`` what people call it, ``output`` the path below the run's
    folder with suffix. ``context`` holds only text, lists, mappings and yes/no; pages of one scope share it.
    """

    document: str
    title: str
    output: str
    template: Path
    context: View
