"""Where a Word part can lose all rows of a table or all of a cell: known from its pieces."""

from __future__ import annotations

import pytest

from docgen.render.pieces import pieces_of
from docgen.render.template import Code
from docgen.render.word_gaps import closed, may_have_gaps

GRID, TABLE = "<w:tbl><w:tblGrid></w:tblGrid>", "</w:tbl>"
CELL, END = "<w:tc><w:tcPr></w:tcPr>", "</w:tc>"


@pytest.mark.parametrize(
    "parts, expected",
    [
        ((GRID, "{% for 行 in _each(表) %}", "<w:tr/>", "{% endfor %}", TABLE), True),
        ((GRID, "{% if 有 %}", "<w:tr/>", "{% endif %}", TABLE), True),
        ((GRID, "{% if 有 %}", "<w:tr/>", "{% else %}", "<w:tr></w:tr>", "{% endif %}", TABLE), False),
        ((GRID, "<w:tr/>", "{% for 行 in _each(表) %}", "<w:tr/>", "{% endfor %}", TABLE), False),
        ((CELL, "{% if 有 %}", "<w:p/>", "{% endif %}", END), True),
        ((CELL, "{% set 名 = 甲 %}", END), True),
        ((CELL, "<w:p><w:t>", "{{ 名 }}", "</w:t></w:p>", END), False),
        (("{% if 有 %}", f"{CELL}{END}", "{% endif %}"), True),
        ((GRID, TABLE), True),
        (
            ("{% for 行 in _each(表) %}", GRID, "{% for 项 in _each(行) %}", "{% endfor %}", "{% endfor %}"),
            True,
        ),
    ],
)
def test_a_part_that_can_lose_something_is_known(parts: tuple[str, ...], expected: bool) -> None:  # noqa: FBT001
    codes = [Code("正文", part, part) for part in parts if part.startswith("{")]
    numbers = iter(range(len(codes)))
    source = "".join(f"<?docgen {next(numbers)}?>" if part.startswith("{") else part for part in parts)
    assert may_have_gaps(pieces_of(f"{source}<w:sectPr/>", codes)) is expected


def test_gaps_are_closed() -> None:
    assert closed(f"<w:p/>{GRID}{TABLE}{CELL}{END}".encode()) == f"<w:p/>{CELL}<w:p/>{END}".encode()
