from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import docx
import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.render import Template
from docgen.render.escape import clean
from tests.render.making import cells, first_grid, merges, sheet_template, word_template

TEXT = st.text(st.characters(codec=None), max_size=40)
SIZES = st.lists(st.lists(st.integers(0, 3), max_size=3), max_size=3)
ROWS = [
    ["{%tr for 一 in 树 %}", "", ""],
    ["{%tr for 二 in 一.下级 %}", "", ""],
    ["{%tr for 三 in 二.下级 %}", "", ""],
    ["{% vm 一 %}{{ 一.名 }}", "{% vm 二 %}{{ 二.名 }}", "{{ 三 }}"],
    ["{%tr endfor %}", "", ""],
    ["{%tr endfor %}", "", ""],
    ["{%tr endfor %}", "", ""],
    ["尾", "", "{{ 值 }}"],
]


@cache
def word_rows() -> Template:
    return word_template(Path(mkdtemp()), ROWS, "{{ 值 }}")


@cache
def excel_rows() -> Template:
    return sheet_template(Path(mkdtemp()), [[text or None for text in row] for row in ROWS])


def page(sizes: list[list[int]], text: str = "") -> dict[str, object]:
    groups = [
        {
            "名": f"甲{i}",
            "下级": [{"名": f"乙{j}", "下级": [f"丙{k}" for k in range(n)]} for j, n in enumerate(group)],
        }
        for i, group in enumerate(sizes)
    ]
    return {"树": groups, "值": text}


@given(TEXT)
def test_any_text_survives_in_word(text: str) -> None:
    rendered = word_rows().render(page([], text), "a")
    assert docx.Document(io.BytesIO(rendered.content)).paragraphs[-1].text == clean(text)


@given(TEXT)
def test_any_text_survives_in_excel(text: str) -> None:
    rendered = excel_rows().render(page([], text), "a")
    value = openpyxl.load_workbook(io.BytesIO(rendered.content)).worksheets[0]["C1"].value
    assert (value or "") == clean(text)


@settings(max_examples=50)
@given(SIZES)
def test_word_and_excel_merge_the_same_rows(sizes: list[list[int]]) -> None:
    drawn = page(sizes)
    rows = first_grid(word_rows().render(drawn, "a"))
    areas = set()
    for column, letter in enumerate("AB"):
        below = "".join("^" if row[column] == "^" else "." for row in rows)
        areas |= {f"{letter}{run.start() + 1}:{letter}{run.end()}" for run in re.finditer(r"\.\^+", below)}
    rendered = excel_rows().render(drawn, "a")
    assert merges(rendered) == areas
    assert len(cells(rendered)) == len(rows)


@settings(max_examples=25)
@given(SIZES, TEXT)
def test_rendering_twice_gives_the_same_bytes(sizes: list[list[int]], text: str) -> None:
    drawn = page(sizes, text)
    for template in (word_rows(), excel_rows()):
        assert template.render(drawn, "a").content == template.render(drawn, "a").content
