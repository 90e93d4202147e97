"""The findings list as machines read it: held against its JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from docgen.checks.catalogue import RULES
from docgen.cli import app
from docgen.finding import Severity
from docgen.outputs.record import finding_data
from docgen.pipeline import examine

ROOT = Path(__file__).parent.parent.parent
SCHEMA: dict[str, Any] = json.loads((ROOT / "docgen/outputs/findings.schema.json").read_text("utf-8"))
SAMPLES = sorted((ROOT / "inputs").glob("*.xlsx"))
RIGHT: dict[str, Any] = {
    "code": "B201",
    "tier": "错误",
    "workbook": "甲.xlsx",
    "sheet": "项目资金",
    "cell": "F2",
    "label": "执行率",
    "message": "执行率填 80.3%",
    "expected": "100%",
    "basis": "算术关系",
    "related": [{"sheet": "项目资金", "cell": "E2", "label": "全年执行数", "note": "参与计算"}],
    "explained": None,
}


def complaints(data: object) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(data)]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("workbook", SAMPLES, ids=lambda path: path.stem)
def test_findings_of_every_sample_fit_it(workbook: Path) -> None:
    assert complaints([finding_data(finding) for finding in examine(workbook).findings]) == []


def test_what_the_command_prints_fits_it() -> None:
    told_of = [path for path in SAMPLES if examine(path).findings][:2]
    result = CliRunner().invoke(app, ["check", *map(str, told_of), "--format", "json"])
    told = json.loads(result.stdout)
    assert complaints(told) == []
    assert {entry["workbook"] for entry in told} == {path.name for path in told_of}
    assert len(told_of) == 2


def test_every_code_and_tier_fits_it() -> None:
    pairs = [{**RIGHT, "code": rule.code, "tier": tier.value} for rule in RULES for tier in Severity]
    assert complaints(pairs) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"tier": "警告"},
        {"code": "B20"},
        {"cell": "六行"},
        {"explained": 1},
        {"message": ""},
        {"more": ""},
        {"related": [{}]},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_anything_else_does_not(wrong: dict[str, Any]) -> None:
    assert complaints([RIGHT]) == []
    assert len(complaints([RIGHT | wrong])) >= 1


def test_no_field_may_be_left_out() -> None:
    for name in RIGHT:
        assert complaints([{key: value for key, value in RIGHT.items() if key != name}])
