"""Last year's amounts out of the record of last year's run, and what this run leaves for the next."""

from __future__ import annotations

from decimal import Decimal

from docgen.figures import UNKNOWN
from docgen.figures.final_results import FinalAccountsResult
from docgen.figures.last_year import amounts_to_record
from docgen.model.last_year import LastYear
from docgen.quantity import Yuan
from tests.filing_tables import examined
from tests.final_tables import disclosed, disclosed_figures, final_pack


def compared(**amounts: int) -> FinalAccountsResult:
    """The base against a record with these amounts; ``__`` stands for the dot of a key."""
    found = {key.replace("__", "."): Yuan(Decimal(value)) for key, value in amounts.items()}
    return disclosed(last_year=LastYear("run.json", "东山县人社局", 2023, found)).figures.final_accounts


def test_the_record_goes_before_what_is_typed_and_says_where_it_is_from() -> None:
    before = compared(income_total=2000000).changes["income_total"].before
    assert before.value == Decimal(2000000)
    assert (before.how, [str(place) for place in before.sources]) == ("2000000", ["run.json"])


def test_what_the_record_lacks_is_taken_from_the_sheet() -> None:
    changes = compared(income_total=2000000).changes
    assert changes["spending_total"].before.value == Decimal(2200000)


def test_sums_of_items_are_made_from_the_record_and_the_sheet_together() -> None:
    changes = compared(vehicle_upkeep=70000, administrative=500000).changes
    assert changes["sangong"].before.how == "0+0+70000+2000"
    assert changes["official_vehicles"].before.value == Decimal(70000)
    assert changes["running_costs"].before.value == Decimal(580000)


def test_categories_and_projects_are_compared_with_the_record() -> None:
    result = compared(category__208=1500000, project__招聘服务经费=60000, category__210=5)
    assert result.categories[0].change.before.value == Decimal(1500000)
    assert result.project_changes[1].change.difference.value == Decimal(-60000)
    assert [item.code for item in result.categories] == ["208", "221"]


def test_a_run_records_what_the_next_year_compares_with() -> None:
    amounts = amounts_to_record(disclosed_figures(), final_pack())
    assert list(amounts) == sorted(amounts)
    expected = {
        "income_total": 2095000,
        "general_spending": 2000000,
        "vehicle_upkeep": 40000,
        "administrative": 500000,
        "category.208": 1800000,
        "project.窗口服务经费": 300000,
        "project.招聘服务经费": 0,
        "project.就业补助资金": 1050000,
    }
    assert {key: amounts[key] for key in expected} == {key: Decimal(value) for key, value in expected.items()}
    assert "government_fund_spending" not in amounts


def test_what_one_year_records_the_next_year_is_compared_with() -> None:
    amounts = amounts_to_record(disclosed_figures(), final_pack())
    changes = disclosed(
        last_year=LastYear("run.json", "东山县人社局", 2023, amounts)
    ).figures.final_accounts.changes
    known = [change for change in changes.values() if change.before != UNKNOWN]
    assert len(known) >= 10
    assert all(change.difference.value == 0 for change in known)


def test_a_county_without_final_accounts_records_its_accounts_and_projects() -> None:
    amounts = amounts_to_record(examined().figures, examined().case.pack)
    assert amounts == {
        "annual_budget": 1000000,
        "basic_final": 600000,
        "final": 980000,
        "fiscal_final": 980000,
        "initial_budget": 1000000,
        "official_reception": 2000,
        "other_final": 0,
        "project.技能培训经费": 200000,
        "project.招聘服务经费": 50000,
        "project.窗口服务经费": 100000,
        "project_final": 380000,
        "surplus": 20000,
        "vehicle_upkeep": 16000,
    }


def test_balances_at_the_end_of_the_year_are_recorded_by_fund() -> None:
    amounts = amounts_to_record(disclosed_figures(), final_pack())
    assert {key: amount for key, amount in amounts.items() if key.startswith("closing.")} == {
        "closing.general": 30000,
        "closing.other": 15000,
    }
