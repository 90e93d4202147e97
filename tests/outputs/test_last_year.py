"""Last year's ``run.json`` as the source of last year's figures."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from docgen.errors import DocgenError
from docgen.outputs.carried import carried_over
from docgen.outputs.last_year import last_year_in
from tests.filing_tables import examined

RIGHT = {"status": "final", "department": "某局", "fiscal_year": 2023, "amounts": {"income_total": "1234.5"}}


def written(folder: Path, text: str) -> Path:
    path = folder / "run.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_its_amounts_are_exact_and_its_digest_is_kept(tmp_path: Path) -> None:
    found = last_year_in(written(tmp_path, json.dumps(RIGHT)))
    assert (found.record, found.department, found.fiscal_year) == ("run.json", "某局", 2023)
    assert found.amounts == {"income_total": Decimal("1234.5")}
    assert len(found.sha256) == 64


@pytest.mark.parametrize(
    "text, told",
    [
        ("不是 JSON", "不是 docgen 的运行记录"),
        ("[]", "没有可以比较的上年数"),
        (json.dumps({**RIGHT, "amounts": None}), "没有可以比较的上年数"),
        (json.dumps({**RIGHT, "amounts": {"income_total": "一千"}}), "没有可以比较的上年数"),
        (json.dumps({**RIGHT, "fiscal_year": None}), "没有可以比较的上年数"),
        (json.dumps({**RIGHT, "status": "draft"}), "记的是草稿"),
    ],
)
def test_what_is_no_such_record_is_refused_in_a_sentence(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(DocgenError, match=told):
        last_year_in(written(tmp_path, text))


def test_a_record_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocgenError, match=r"没有\.json"):
        last_year_in(tmp_path / "没有.json")


def test_a_project_comes_with_its_total_score(tmp_path: Path) -> None:
    case = examined({"绩效指标!H12": ""}).case
    carried = {**RIGHT, "carried": carried_over(case, [])}
    found = last_year_in(written(tmp_path, json.dumps(carried)))
    assert [(past.name, past.score) for past in found.projects[:2]] == [
        ("窗口服务经费", case.figures.projects[0].total_score.value),
        ("技能培训经费", None),
    ]
