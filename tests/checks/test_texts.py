"""The page of all texts: a search on it finds what a search of each cell would have found."""

from __future__ import annotations

import re

import pytest

from docgen.checks.texts import Texts
from docgen.finding import Place
from docgen.model import Entered

SAID = ("一是保工资", "支出 ", "0出", "（一）起步\n（二）收尾", "的", "的确", "X", "2023", "年", "保工资")


def texts_of(*said: str) -> Texts:
    return Texts(tuple(Entered(text, Place("局.xlsx", "文字", f"C{row}")) for row, text in enumerate(said)))


@pytest.mark.parametrize(
    "pattern",
    [
        r"^\s*（([一二])）",
        r"支\s*\d",
        r"的的",
        r"(?<!保)工资",
        r"\d{4}\s*年",
        r"出$",
        r"[^。]*年",
        r"\s",
        r"x",
        r"",
        r"没有",
    ],
)
def test_a_search_of_the_page_finds_what_each_cell_holds_and_nothing_across_cells(pattern: str) -> None:
    compiled = re.compile(pattern, re.MULTILINE)
    texts = texts_of(*SAID)
    alone = [(cell, compiled.search(cell.otherwise(""))) for cell in texts.cells]
    expected = [(cell.place.cell, found.span()) for cell, found in alone if found]
    assert [(cell.place.cell, found.span()) for cell, found in texts.matching(compiled)] == expected


def test_the_first_found_in_a_cell_is_told_once() -> None:
    [(cell, found)] = texts_of("甲", "乙1乙2乙3", "丙").matching(re.compile(r"\d"))
    assert (cell.place.cell, found[0]) == ("C1", "1")


def test_without_texts_there_is_nothing_to_find() -> None:
    assert not list(texts_of().matching(re.compile("")))
