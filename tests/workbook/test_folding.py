from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.workbook.folding import (
    bare_label_key,
    cleaned,
    has_control,
    key,
    label_key,
    nearest,
    one_line,
    paragraphs,
)


@pytest.mark.parametrize(
    "typed", ["年初预算数", " 年初 预算数 ", "年初预算数：", "年初预算数*", "年初\n预算数", "年初预算数 :"]
)
def test_a_label_is_known_whatever_stands_around_it(typed: str) -> None:
    assert label_key(typed) == "年初预算数"


def test_a_bracketed_note_behind_a_label_does_not_count() -> None:
    assert bare_label_key("年初预算数（万元）") == bare_label_key("年初预算数(万元)：") == "年初预算数"


@pytest.mark.parametrize(
    "one,other", [("Ａ（１）", "a(1)"), ("“三公”经费", '"三公" 经费'), ("甲\u3000乙", "甲乙")]
)
def test_names_are_compared_without_width_space_and_quotes(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_characters_with_a_meaning_of_their_own_are_kept() -> None:
    assert key("㎡") != key("m2")
    assert key("①") != key("1")


@pytest.mark.parametrize("text", ["甲\x00乙", "甲\x01乙", "甲\x0b乙", "甲\x85乙", "甲\ufffe乙"])
def test_control_characters_are_seen_and_removed(text: str) -> None:
    assert has_control(text)
    assert cleaned(text) == "甲乙"


def test_invisible_characters_are_removed_without_a_word() -> None:
    assert not has_control("甲\u200b乙\ufeff")
    assert cleaned("甲\u200b乙\ufeff") == "甲乙"


@pytest.mark.parametrize(
    "typed,line",
    [("某县\n民政局", "某县民政局"), ("  甲 乙 ", "甲 乙"), ("plan\nA", "plan A"), ("甲\r\n\r\n乙", "甲乙")],
)
def test_a_short_text_stands_on_one_line(typed: str, line: str) -> None:
    assert one_line(typed) == line


def test_paragraphs_lose_indents_and_blank_lines() -> None:
    assert paragraphs("\u3000\u3000第一段。 \r\n\n  第二段。\n") == "第一段。\n第二段。"


def test_the_nearest_name_is_given_as_written() -> None:
    assert nearest("事业单位公开招聘", ["高龄津贴", "事业单位招聘"]) == "事业单位招聘"
    assert not nearest("完全不同", ["高龄津贴"])


@given(st.text())
def test_a_clean_text_stays_as_it_is(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)
    assert not has_control(cleaned(text))
