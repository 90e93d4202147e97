"""Strict reading of plain tables into dataclasses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

import pytest

from docgen.packs.structure import Reader


@dataclass(frozen=True)
class Inner:
    """A nested record."""

    name: str


@dataclass(frozen=True)
class Outer:
    """One field of every kind."""

    number: Decimal = Decimal(0)
    count: int = 0
    flag: bool = False
    kind: Literal["a", "b"] = "a"
    names: tuple[str, ...] = ()
    by_year: Mapping[int, str] = field(default_factory=dict)
    inner: Inner | None = None
    either: int | str = 0
    anything: Any = None


def test_every_kind_of_value_is_read() -> None:
    reader = Reader([])
    table = {
        "number": 3,
        "count": 2,
        "flag": True,
        "kind": "b",
        "names": ["x", "y"],
        "by_year": {"2020": "z"},
        "inner": {"name": "n"},
        "either": "s",
        "anything": [1],
    }
    outer = reader.record(Outer, table, "")
    assert reader.complaints == []
    assert outer == Outer(Decimal(3), 2, True, "b", ("x", "y"), {2020: "z"}, Inner("n"), "s", [1])  # noqa: FBT003


@pytest.mark.parametrize(
    "table, key, words",
    [
        ({"number": "三"}, "number", "应为数"),
        ({"number": True}, "number", "应为数"),
        ({"count": True}, "count", "应为整数"),
        ({"kind": "c"}, "kind", "只能是 a、b 之一"),
        ({"names": "x"}, "names", "应为列表"),
        ({"names": [1]}, "names[0]", "应为文字"),
        ({"by_year": []}, "by_year", "应为表"),
        ({"by_year": {"x": "y"}}, "by_year.x", "应为整数"),
        ({"inner": {}}, "inner", "应为"),
        ({"nmaes": []}, "nmaes", "是不是 names"),
        ({"zzzz": 1}, "zzzz", "可用的有"),
    ],
)
def test_a_wrong_value_is_a_complaint_at_its_key(table: dict[str, Any], key: str, words: str) -> None:
    reader = Reader([])
    assert reader.record(Outer, table, "") is None
    assert [(k, words in text) for k, text in reader.complaints] == [(key, True)]


def test_a_missing_required_key_and_a_table_that_is_none_are_complaints() -> None:
    reader = Reader([])
    assert reader.record(Inner, {}, "p") is None
    assert reader.value(Inner, 3, "q") is None
    assert [key for key, _ in reader.complaints] == ["p.name", "q"]
