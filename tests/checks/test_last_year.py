"""The rules about last year when the record of last year's run is given."""

from __future__ import annotations

from decimal import Decimal

from docgen.finding import Severity
from docgen.model.last_year import LastYear
from docgen.quantity import Yuan
from tests.final_tables import disclosed

NAME = "东山县人社局"


def record(department: str = NAME, **amounts: str) -> LastYear:
    """A record of the year before; ``__`` stands for the dot of a key."""
    found = {key.replace("__", "."): Yuan(Decimal(value)) for key, value in amounts.items()}
    return LastYear("run.json", department, 2023, found)


def test_a_record_that_agrees_raises_no_alarm() -> None:
    agreeing = record(
        income_total="2200000", vehicle_upkeep="50000", administrative="520000", category__208="1870000"
    )
    assert disclosed(last_year=agreeing).found == []


def test_a_typed_amount_that_differs_from_the_record_is_named_where_it_stands() -> None:
    differing = record(
        income_total="2210000",
        vehicle_upkeep="51000",
        civil_service_like="81000",
        category__221="190000",
        project__宣传培训经费="99000",
    )
    found = disclosed(last_year=differing).only("A512")
    assert [str(finding.place) for finding in found] == [
        "三公经费!D4",
        "上年数!B2",
        "分类预算!D3",
        "机关运行经费!C3",
        "项目变动!C2",
    ]
    assert {finding.severity for finding in found} == {Severity.VERIFY}
    assert found[1].message == "收入总计上年数填 2200000，上年运行记录是 2210000"
    assert found[1].expected == "2210000"


def test_a_rounding_residue_against_the_record_is_only_a_note() -> None:
    (finding,) = disclosed(last_year=record(income_total="2200000.37")).only("A512")
    assert finding.severity is Severity.NOTE


def test_what_the_record_has_need_not_be_typed() -> None:
    blank = {"三公经费!D4": "", "机关运行经费!C2": "", "分类预算!D2": "", "上年数!B2": ""}
    codes = [finding.code for finding in disclosed(blank).findings]
    assert codes.count("A502") == 3
    assert "A501" in codes
    full = record(
        vehicle_upkeep="50000", administrative="520000", category__208="1870000", income_total="2200000"
    )
    assert disclosed(blank, full).found == []


def test_the_record_of_another_department_is_asked_about() -> None:
    (finding,) = disclosed(last_year=record("西山县人社局")).only("A513")
    assert str(finding.place) == "单位信息!B1"
    assert finding.message == "上年的运行记录是“西山县人社局”的，本部门是“东山县人社局”"
