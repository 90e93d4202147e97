"""What of 事项清单 was done and done in time; and rates over nothing, which leave the department form."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from docgen.figures import Figure
from docgen.packs import Pack
from tests.figures.report_filing import report_figures, report_pack
from tests.filing_tables import Changes


@pytest.fixture(scope="module")
def pack() -> Pack:
    """A county that reckons the completion of its 重点任务."""
    made = report_pack()
    ledger = replace(made.ledger, listed={"重点任务": "key", "没有的类别": "none"})
    return replace(made, ledger=ledger, derived={**made.derived, "重点任务办结率": "key_done_rate"})


def named(pack: Pack, changes: Changes = {}) -> dict[str, Figure]:  # noqa: B006 - read only
    figures = report_figures(changes, pack=pack).accounts.named
    return {name: figures[f"key_{name}"] for name in ("count", "done_rate", "timely_rate")}


def test_done_is_what_has_a_day_of_completion(pack: Pack) -> None:
    found = named(pack)
    assert (found["count"].value, found["done_rate"].value) == (Decimal(2), Decimal("0.5"))
    assert found["done_rate"].how == "1÷2"
    assert {"E2", "F2", "E3"} <= {place.cell for place in found["done_rate"].sources}


@pytest.mark.parametrize(
    "due, done, rate",
    [
        ("2021-06-30", "2021-06-30", "1÷2"),
        ("2021-06-30", "2021-07-01", "0÷2"),
        ("", "2021-12-01", "1÷2"),
        ("2021-06-30", "", "0÷2"),
    ],
)
def test_in_time_is_what_was_done_by_its_limit_or_has_none(
    pack: Pack, due: str, done: str, rate: str
) -> None:
    assert named(pack, {"事项清单!E2": due, "事项清单!F2": done})["timely_rate"].how == rate


def test_a_day_that_cannot_be_read_leaves_both_rates_open(pack: Pack) -> None:
    found = named(pack, {"事项清单!F3": "年底"})
    assert [found[name].value for name in ("done_rate", "timely_rate")] == [None, None]


def test_a_category_without_items_has_no_rate(pack: Pack) -> None:
    found = named(pack, {"事项清单!2": None, "事项清单!3": None})
    assert (found["done_rate"].value, found["done_rate"].how) == (None, "0÷0")


def test_a_category_the_form_does_not_have_has_no_figures(pack: Pack) -> None:
    assert "none_count" not in report_figures(pack=pack).accounts.named


NOTHING_BOUGHT: Changes = {
    **{f"政府采购!{column}{row}": "0" for column in "BCDEF" for row in (2, 3)},
    "整体指标!C4": "政府采购执行率",
    "整体指标!D4": "≥95%",
}


def test_a_rate_over_nothing_does_not_apply_and_the_total_is_converted(pack: Pack) -> None:
    overall = report_figures(NOTHING_BOUGHT, pack=pack).overall
    assert [row.level3 for row in overall.rows if row.is_excluded] == ["政府采购执行率"]
    assert (overall.points.value, overall.total_score.value) == (Decimal(95), Decimal(95))
    assert overall.converted_score.value == 100


@pytest.mark.parametrize("cell, entry", [("E4", "100%"), ("G4", "5")])
def test_what_the_clerk_judged_herself_counts(pack: Pack, cell: str, entry: str) -> None:
    overall = report_figures({**NOTHING_BOUGHT, f"整体指标!{cell}": entry}, pack=pack).overall
    assert [row.level3 for row in overall.rows if row.is_excluded] == []
    assert overall.points.value == 100


def test_a_form_that_leaves_nothing_out_asks_for_the_result(pack: Pack) -> None:
    sheets = dict(pack.layout.sheets)
    columns = {name: c for name, c in sheets["overall"].columns.items() if name != "is_excluded"}
    sheets["overall"] = replace(sheets["overall"], columns=columns)
    strict = replace(pack, layout=replace(pack.layout, sheets=sheets))
    overall = report_figures({**NOTHING_BOUGHT, "整体指标!H4": ""}, pack=strict).overall
    assert [row.level3 for row in overall.rows if row.is_excluded] == []
    assert overall.total_score.value is None


def test_a_result_that_is_merely_missing_is_asked_for(pack: Pack) -> None:
    missing = {**NOTHING_BOUGHT, "政府采购!B2": "", "政府采购!B3": ""}
    overall = report_figures(missing, pack=pack).overall
    assert [row.level3 for row in overall.rows if row.is_excluded] == []
