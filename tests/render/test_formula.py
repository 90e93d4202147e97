from __future__ import annotations

import pytest

from docgen.render.formula import (
    Reference,
    column_letters,
    column_number,
    in_its_row,
    moved,
    parse,
    references,
    split_result,
    write,
)


def found(text: str) -> list[str]:
    return [one.write(one.first, one.last) for one in references(parse(text))]


@pytest.mark.parametrize(
    "formula, expected",
    [
        ("A1+B$2*$C3-$D$4", ["A1", "B$2", "$C3", "$D$4"]),
        ("SUM(A1:B2,Sheet1!C3:C4)", ["A1:B2", "Sheet1!C3:C4"]),
        ("'表 1''s'!A1&汇总表!B2", ["'表 1''s'!A1", "汇总表!B2"]),
        ('IF(A1="B2","C3",LOG10(D4))', ["A1", "D4"]),
        ("1:3+$2:$5", ["1:3", "$2:$5"]),
        ("[1]外部!A1+'[2]外 部'!A2", []),
        ("A:A+名称_A1+TRUE", []),
        ("Table1[A1]", []),
        ("1.5E10+A0+ABCD1", []),
    ],
)
def test_references_are_found_and_nothing_else(formula: str, expected: list[str]) -> None:
    assert found(formula) == expected


@pytest.mark.parametrize("formula", ["A1", 'SUM(A1:B2)&"A1"', "'表 1'!$A$1:$B$2", "1:3", "", "A1:A1"])
def test_a_formula_written_where_it_stood_is_itself(formula: str) -> None:
    assert write(parse(formula), lambda _: None, "0") == formula


def test_an_area_in_pieces_is_written_as_several() -> None:
    assert write(parse("SUM($A3:A3)"), lambda _: [(2, 4), (6, 6)], "0") == "SUM($A2:A4,$A6:A6)"


def test_an_area_that_is_gone_is_written_as_nothing() -> None:
    assert write(parse("SUM(A3:A3)+A3"), lambda _: [], "0") == "SUM(0)+#REF!"


@pytest.mark.parametrize(
    "text, expected",
    [
        ('SUM(A1:A2)+N("{{ 甲.乙 }}")', ("SUM(A1:A2)", "{{ 甲.乙 }}")),
        ('A1&T("{{ 甲 }}") ', ("A1", "{{ 甲 }}")),
        ('A1+N("x")', ('A1+N("x")', "")),
        ("A1", ("A1", "")),
    ],
)
def test_the_result_tag_is_taken_off_the_end(text: str, expected: tuple[str, str]) -> None:
    assert split_result(text) == expected


def test_a_shared_formula_moves_what_is_not_fixed() -> None:
    assert moved(parse("A1+$B2+C$3+$D$4+SUM(E5:F6)"), 2, 1) == "B3+$B4+D$3+$D$4+SUM(F7:G8)"


@pytest.mark.parametrize("number, letters", [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (16384, "XFD")])
def test_columns_have_numbers_and_letters(number: int, letters: str) -> None:
    assert (column_letters(number), column_number(f"${letters}")) == (letters, number)


def test_the_sheet_of_a_reference_is_told_without_quotes() -> None:
    assert [one.sheet for one in references(parse("'表 1''s'!A1+B2+汇总!C3"))] == ["表 1's", "", "汇总"]


def test_rows_of_an_area_are_in_order() -> None:
    assert Reference("", "A", "", 5, "A", "", 2).rows == (2, 5)


@pytest.mark.parametrize(
    "formula, expected",
    [
        ('IF(C6=0,"",ROUND(D$6/C6,4))', 'IF(C#=0,"",ROUND(D$#/C#,4))'),
        ("SUM(C6:F6)", "SUM(C#:F#)"),
        ("1+1", "1+1"),
        ("C6+C7", ""),
        ("SUM(C6:C7)", ""),
        ("SUM($C$6:$F$6)", ""),
        ("总表!C6", ""),
    ],
)
def test_a_formula_of_its_own_row_is_known_at_once(formula: str, expected: str) -> None:
    assert in_its_row(parse(formula), 6, "#") == expected
