"""A finished department report: its page of names and words, and the text a reader sees."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from docgen.pipeline import Examined, examine
from docgen.present import present
from docgen.quantity import rounded
from docgen.render import compile_template
from tests.docxtext import docx_text

README = Path(__file__).parent.parent.parent / "inputs" / "README.md"
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@cache
def examined(sample: Path) -> Examined:
    """A sample, read and checked once."""
    return examine(sample)


@cache
def page_of(sample: Path) -> Mapping[str, Any]:
    """The names and words its report is made from."""
    case, findings = examined(sample).case, examined(sample).findings
    return present(case, findings)[0].context


@cache
def report_of(sample: Path) -> str:
    """The report as text."""
    made = present(examined(sample).case, examined(sample).findings)[0]
    return docx_text(compile_template(made.template).render(made.context, "report").content)


def at(sample: Path, name: str) -> str:
    """The words under a name; ``各项[甲]`` is the row called 甲."""
    found: Any = page_of(sample)
    for step, row in re.findall(r"([^.\[\]]+)(?:\[([^\]]+)\])?", name):
        found = found[step]
        if row:
            found = next(each for each in found if each["名称"] == row)
    return str(found)


def to_the_places_of(published: str, words: str) -> str:
    """``words`` with their number rounded to the decimals of the published one: 6.54% beside 6.5%."""
    theirs, ours = _NUMBER.search(published), _NUMBER.search(words)
    if theirs is None or ours is None:
        return words
    places = len(theirs[0].partition(".")[2])
    return words.replace(ours[0], str(rounded(Decimal(ours[0]), places)), 1)


def rows_of_the_readme(title: str) -> list[list[str]]:
    """The rows of the tables in one sample's part of the README."""
    text = README.read_text("utf-8").split(f"\n# {title}\n")[1].split("\n# ")[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
