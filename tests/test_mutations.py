from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.mutate import FOUND_AT_LEAST, ROOT, sample, samples, verdicts_of
from benchmarks.mutation.derived import results
from benchmarks.mutation.oracle import contradictions, subject_of
from benchmarks.mutation.tables import Aim, aim


@pytest.mark.parametrize("path", samples(), ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_an_unchanged_sample_contradicts_nothing(path: Path) -> None:
    start = sample(path)
    assert contradictions(start.truth, start.truth, start.tables) == []


@pytest.mark.parametrize("path", samples(), ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_the_oracle_knows_what_each_written_explanation_is_about(path: Path) -> None:
    start = sample(path)
    lost = [cell for _, cell in start.truth.explained if subject_of(start.truth, cell) is None]
    assert lost == []


@pytest.mark.parametrize(
    "text, expected",
    [
        ("≥95%", Aim("≥", Decimal("0.95"), "%")),
        ("大于600元", Aim(">", Decimal(600), "元")),
        ("<10万元", Aim("<", Decimal(100_000), "元")),
        ("1元/平方米/天", Aim("", Decimal(1), "元/平方米/天")),
        ("8月31日前", None),
        ("11月", None),
        ("固话3台，专网8条", None),
    ],
)
def test_the_oracle_reads_targets_by_itself(text: str, expected: Aim | None) -> None:
    assert aim(text) == expected


@pytest.mark.parametrize(
    "name, result, expected",
    [
        ("gaoyi-2024", "支出进度", "2"),
        ("gaoyi-2024", "收入预算完成率", "1"),
        ("hengyang-2023", "“三公经费”控制率", "1"),
        ("national-sample", "完成及时率", "0.875"),
        ("national-sample", "重点工作办结率", "1"),
    ],
)
def test_the_oracle_reckons_results_by_itself(name: str, result: str, expected: str) -> None:
    start = sample(ROOT / "inputs" / f"{name}.xlsx")
    assert results(start.tables, start.forms)[result].value == Decimal(expected)


def test_wrong_entries_are_found_and_right_ones_are_left_alone() -> None:
    judged = verdicts_of(60, seed=1)
    contradicting = [each for each in judged if each.broken]
    assert [each for each in judged if not each.broken and each.findings] == []
    assert sum(each.is_found for each in contradicting) >= FOUND_AT_LEAST * len(contradicting)
