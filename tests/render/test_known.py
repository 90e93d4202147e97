"""What short texts come to is remembered, within bounds, and never mixed up with what is no text."""

from __future__ import annotations

import pytest

from docgen.render import known
from docgen.render.escape import RefusedError, plain_text
from docgen.render.known import Known, known_by


def test_a_short_text_is_worked_out_once() -> None:
    asked: list[str] = []

    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    lengths = Known(length)
    assert (lengths["甲"], lengths["甲"], asked) == (1, 1, ["甲"])


def test_long_texts_and_what_is_no_text_are_not_kept() -> None:
    shown = known_by(plain_text)
    before = dict(shown)
    assert (shown["长" * 1000], shown[1]) == (("长" * 1000).encode(), b"1")
    with pytest.raises(RefusedError):
        shown[True]
    with pytest.raises(RefusedError):
        shown[None]
    assert shown == before


def test_a_full_memory_begins_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "_MOST", 2)
    lengths = Known(len)
    assert [lengths[text] for text in ("a", "bb", "ccc")] == [1, 2, 3]
    assert lengths == {"ccc": 3}
