from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.figures.acceptance import Acceptance
from docgen.figures.arithmetic import percent
from docgen.figures.results import Score
from docgen.figures.scoring import Scored, score_row
from docgen.finding import Place
from docgen.model import Comparison, Entered, Quantity, Statement, Target
from docgen.packs import Norms, load_pack, norms_at
from docgen.quantity import Points
from docgen.workbook.targets import parse_target

NORMS = norms_at(load_pack("xinxiang"), 2021)
NOTHING = Acceptance(frozenset())
Method = Literal["linear_2x", "ratio_t_over_a", "all_or_nothing"]


def cell(target: Target | None, column: str = "E") -> Entered[Target]:
    return Entered(target, Place("甲.xlsx", "绩效指标", f"{column}2"))


def scored(
    target: str, actual: str, points: str = "10", *, level2: str = "数量指标", norms: Norms = NORMS
) -> Score:
    row = Scored(
        level2,
        cell(parse_target(target)),
        cell(parse_target(actual), "F"),
        Entered(Points(Decimal(points)), Place("甲.xlsx", "绩效指标", "G2")),
        Entered(),
        Entered(),
    )
    return score_row(row, norms, NOTHING)


def worth(score: Score) -> str | None:
    return None if score.figure.value is None else str(score.figure.value)


@pytest.mark.parametrize(
    "target, actual, points, expected, how",
    [
        ("≥95%", "98%", "10", "10", "98%达到≥95%，10"),
        ("≥95%", "95%", "10", "10", "95%达到≥95%，10"),
        ("≥95%", "90%", "10", "9.47", "10×90%÷95%"),
        ("≥95%", "92%", "20", "19.37", "20×92%÷95%"),
        ("≥185人", "175人", "10", "9.46", "10×175÷185"),
        (">90%", "90%", "3", "3.00", "3×90%÷90%"),
        (">90%", "90.01%", "3", "3", "90.01%达到>90%，3"),
        ("47人", "47人", "10", "10", "47达到47人，10"),
        ("47人", "50", "10", "10", "50达到47人，10"),
        ("=5次", "6次", "5", "5", "6达到=5次，5"),
        ("=5次", "4次", "5", "4.00", "5×4÷5"),
        ("=0件", "0件", "5", "5", "0达到=0件，5"),
        ("=0件", "1件", "5", "0.00", "5×0"),
        ("0起", "0起", "5", "5", "0达到0起，5"),
        ("0起", "2起", "5", "0.00", "5×0"),
        ("≥0人", "-1人", "5", "0.00", "5×0"),
        ("≥5人", "-1人", "5", "0.00", "5×0"),
        ("<10万元", "7.14万元", "10", "10", "71400达到<10万元，10"),
        ("<10万元", "10万元", "10", "10.00", "10×(1−(100000−100000)÷100000)"),
        ("≤100元", "125元", "10", "7.50", "10×(1−(125−100)÷100)"),
        ("≤100元", "199元", "10", "0.10", "10×(1−(199−100)÷100)"),
        ("≤100元", "200元", "10", "0.00", "10×(1−(200−100)÷100)"),
        ("≤100元", "300元", "10", "0.00", "10×(1−(300−100)÷100)"),
        ("≤0件", "1件", "10", "0.00", "10×0"),
        ("≤20000元", "1万元", "2", "2", "10000达到≤20000元，2"),
        ("≥3人", "1人", "0.005", "0.00", "0.005×1÷3"),
        ("≥9999人", "9998人", "9.996", "9.996", "9.996×9998÷9999"),
        ("≥5人", "4人", "0", "0.00", "0×4÷5"),
    ],
)
def test_a_quantity_is_scored_by_the_comparison_its_target_demands(
    target: str, actual: str, points: str, expected: str, how: str
) -> None:
    score = scored(target, actual, points)
    assert (worth(score), score.figure.how, score.method) == (expected, how, "rule")
    assert [place.cell for place in score.figure.sources] == ["E2", "F2", "G2"]


@pytest.mark.parametrize(
    "method, expected, how",
    [
        ("linear_2x", "7.50", "10×(1−(125−100)÷100)"),
        ("ratio_t_over_a", "8.00", "10×100÷125"),
        ("all_or_nothing", "0.00", "10×0"),
    ],
)
def test_an_exceeded_limit_is_scored_by_the_method_the_pack_names(
    method: Method, expected: str, how: str
) -> None:
    norms = replace(NORMS, reverse_method=method)
    score = scored("≤100元", "125元", norms=norms)
    assert (worth(score), score.figure.how, score.is_met) == (expected, how, False)


def test_a_bare_cost_is_an_upper_limit_and_any_other_bare_number_a_lower_one() -> None:
    assert worth(scored("4.54万元", "4.49万元", level2="成本指标")) == "10"
    assert worth(scored("4万元", "5万元", level2="成本指标")) == "7.50"
    assert worth(scored("4万元", "5万元", level2="经济效益指标")) == "10"


@pytest.mark.parametrize(
    "target, actual",
    [
        ("1年", "100%"),
        ("≥95%", "98"),
        ("≤5000元", "4000"),
        ("≥95%", "完成"),
        ("符合标准", "90%"),
        ("及时", "及时"),
        ("≥-5%", "-8%"),
    ],
)
def test_what_cannot_be_compared_is_left_to_a_person(target: str, actual: str) -> None:
    score = scored(target, actual)
    assert (score.by_rule.value, score.figure.value, score.method) == (None, None, "unknown")


@pytest.mark.parametrize(
    "target, actual, outcome",
    [
        ("≥300人", "434人", (True, Decimal(134) / 300)),
        ("≥300人", "300人", (True, None)),
        ("≥300人", "200人", (False, None)),
        ("≤20000元", "1万元", (True, Decimal("0.5"))),
        ("≥-5%", "-3%", (True, None)),
        (">90%", "90%", (False, None)),
    ],
)
def test_how_far_a_result_is_beyond_its_target_is_known(
    target: str, actual: str, outcome: tuple[bool, Decimal | None]
) -> None:
    score = scored(target, actual)
    assert (score.is_met, score.over.value) == outcome


def judged(score: str | None, points: str | None = "10", tier: str | None = None) -> Score:
    row = Scored(
        "质量指标",
        cell(Statement("及时")),
        cell(Statement("及时"), "F"),
        Entered(Points(Decimal(points)) if points else None),
        Entered(Points(Decimal(score)) if score else None),
        Entered(tier),
    )
    return score_row(row, NORMS, NOTHING)


def test_a_judged_score_is_the_persons_and_stays_within_the_points() -> None:
    assert [worth(judged(score)) for score in ("9", "11", "-1", None)] == ["9", "10", "0", None]
    assert judged("9").method == "judged"
    assert worth(judged("9", None)) is None


def test_only_the_first_tier_counts_as_met() -> None:
    assert judged("9").is_met is None
    assert judged("9", tier=NORMS.tiers[0].name).is_met is True
    assert judged("7", tier=NORMS.tiers[1].name).is_met is False
    untiered = replace(NORMS, tiers=())
    row = Scored("", cell(Statement("好")), cell(None), Entered(), Entered(), Entered("优"))
    assert score_row(row, untiered, NOTHING).is_met is None


def test_points_below_zero_score_nothing_by_rule() -> None:
    assert scored("≥5人", "4人", "-1").by_rule.value is None


def test_a_claim_counts_only_when_accepted_at_its_place() -> None:
    claim = Entered(Points(Decimal(9)), Place("甲.xlsx", "绩效指标", "H2"))
    row = Scored(
        "数量指标",
        cell(parse_target("≥5人")),
        cell(parse_target("5人"), "F"),
        Entered(Points(Decimal(10))),
        claim,
        Entered(),
    )
    accepted = Acceptance(frozenset({("S101", "绩效指标", "H2")}))
    assert worth(score_row(row, NORMS, NOTHING)) == "10"
    assert worth(score_row(row, NORMS, accepted)) == "9"
    assert (
        worth(score_row(row._replace(score=Entered(Points(Decimal(11)), claim.place)), NORMS, accepted))
        == "10"
    )


class Asked(NamedTuple):
    """What a row asks, drawn at random."""

    comparison: Comparison
    target: Decimal
    points: Decimal
    method: Method
    level2: str

    @property
    def less_is_better(self) -> bool:
        if self.comparison in {Comparison.NONE, Comparison.EQUAL} and self.target == 0:
            return True
        bare_cost = self.comparison is Comparison.NONE and self.level2 in NORMS.upper_limit_level2
        return self.comparison.is_upper_limit or bare_cost

    def earns(self, actual: Decimal) -> Decimal | None:
        row = Scored(
            self.level2,
            cell(Quantity(self.comparison, self.target, "个", "目标")),
            cell(Quantity(Comparison.NONE, actual, "个", "结果")),
            Entered(Points(self.points)),
            Entered(),
            Entered(),
        )
        return score_row(row, replace(NORMS, reverse_method=self.method), NOTHING).figure.value


numbers = st.decimals(min_value=-1000, max_value=1000, places=2)
asked = st.builds(
    Asked,
    st.sampled_from(list(Comparison)),
    numbers,
    st.decimals(min_value=0, max_value=100, places=2),
    st.sampled_from(["linear_2x", "ratio_t_over_a", "all_or_nothing"]),
    st.sampled_from(["数量指标", "成本指标"]),
)


@given(asked, numbers)
def test_a_score_lies_between_zero_and_its_points(row: Asked, actual: Decimal) -> None:
    value = row.earns(actual)
    assert value is None or 0 <= value <= row.points


@given(asked, numbers, numbers)
def test_a_score_never_falls_when_the_result_improves(row: Asked, one: Decimal, two: Decimal) -> None:
    worse, better = sorted((one, two), reverse=row.less_is_better)
    low, high = row.earns(worse), row.earns(better)
    assert low is None or high is None or low <= high


def test_a_working_shows_a_percentage_with_four_decimals_at_most() -> None:
    assert percent(Decimal(2) / Decimal(3)) == "66.6667%"
    assert percent(Decimal("0.803")) == "80.3%"
