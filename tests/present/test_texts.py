from __future__ import annotations

from decimal import Decimal

import pytest

from docgen.model import Comparison, Entered, Quantity
from docgen.present.texts import (
    closed,
    closed_paragraphs,
    in_sentence,
    paragraphs,
    quoted,
    reasons,
    sentence,
    shown_target,
)


@pytest.mark.parametrize(
    "written,printed",
    [
        ("已经完成", "已经完成。"),
        ("已经完成。", "已经完成。"),
        ("已经完成；", "已经完成；"),
        ("“好！”", "“好！”"),
        ("详见附件（略）", "详见附件（略）。"),
        ("一是甲，", "一是甲。"),
        ("  ", ""),
    ],
)
def test_a_paragraph_ends_with_a_closing_mark(written: str, printed: str) -> None:
    assert closed(written) == printed


def test_lines_that_say_nothing_are_no_paragraphs() -> None:
    assert paragraphs(" 甲 \n\n\u3000\r\n乙") == ["甲", "乙"]
    assert closed_paragraphs("甲\n乙。") == ["甲。", "乙。"]


@pytest.mark.parametrize(
    "written,printed",
    [
        ("政策取消", "政策取消。"),
        ("政策取消。。", "政策取消。"),
        ("政策取消；\n 资金收回 ", "政策取消；资金收回。"),
        ("政策取消\n资金收回", "政策取消。资金收回。"),
        ("", ""),
    ],
)
def test_a_reason_in_a_sentence_is_closed_once(written: str, printed: str) -> None:
    assert sentence(written) == printed


def test_reasons_are_joined_without_doubling() -> None:
    assert reasons(["采购流标。", "", "政策取消", "采购流标"]) == "采购流标；政策取消。"


def test_reasons_of_several_sentences_are_joined_as_sentences() -> None:
    assert reasons(["采购流标。已重新挂网。", "政策取消"]) == "采购流标。已重新挂网。政策取消。"


def test_a_single_reason_stays_as_it_was_written() -> None:
    assert reasons(["", "政策取消"]) == "政策取消"
    assert reasons([]) == ""


def test_a_target_prints_as_the_clerk_wrote_it() -> None:
    quantity = Quantity(Comparison.AT_LEAST, Decimal("0.95"), "%", "≥95%")
    assert shown_target(Entered(quantity, text=" ≥ 95%")) == "≥95%"
    assert shown_target(Entered(None, text=" #REF! ")) == "#REF!"


def test_a_name_inside_a_sentence_loses_its_full_stop() -> None:
    assert in_sentence("统一要求，规范着装。") == "统一要求，规范着装"


def test_a_quoted_name_has_single_quotation_marks_inside() -> None:
    assert quoted("“三支一扶”计划") == "‘三支一扶’计划"
