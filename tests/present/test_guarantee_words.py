from __future__ import annotations

import pytest

from tests.present.report_words import report_words


def test_charges_are_told_as_planned_and_as_paid_in() -> None:
    words = report_words()["非税"]
    assert (words["有"], words["计划合计"], words["实缴合计"], words["足额"]) == (
        True,
        "15.00",
        "15.00",
        True,
    )
    assert words["计划"] == [{"名称": "职称评审费", "金额": "10.00"}, {"名称": "考试报名费", "金额": "5.00"}]
    assert words["实缴"][0] == {"名称": "职称评审费", "金额": "9.00"}


def test_paying_in_less_than_planned_is_not_called_full() -> None:
    assert report_words({"非税收入!C2": "8.9"})["非税"]["足额"] is False


def test_a_charge_that_moved_by_the_limit_or_began_from_nothing_is_named_with_its_reason() -> None:
    words = report_words({"非税收入!B2": "10.4", "非税收入!E2": "标准提高。"})["非税"]
    assert words["变动大"] == [
        {"名称": "职称评审费", "率": "30%", "增减": "增加", "原因": "标准提高"},
        {"名称": "考试报名费", "率": "", "增减": "增加", "原因": "新开考试"},
    ]
    fell = report_words({"非税收入!B2": "5", "非税收入!3": None})["非税"]["变动大"]
    assert (fell[0]["率"], fell[0]["增减"]) == ("37.5%", "减少")


@pytest.mark.parametrize(
    "changes, claimed",
    [
        ({"非税收入!D3": "5"}, True),
        ({"非税收入!D3": "3"}, False),
        ({"非税收入!D3": ""}, False),
        ({"非税收入!B3": "", "非税收入!D3": ""}, True),
        ({"非税收入!2": None, "非税收入!3": None}, False),
    ],
    ids=["little moved", "one moved much", "last year unknown", "neither planned nor known", "no charge"],
)
def test_that_nothing_moved_much_is_said_only_where_the_figures_allow_it(
    changes: dict[str, str | None],
    claimed: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    assert report_words(changes)["非税"]["无大变动"] is claimed


def test_guarantees_are_told_by_kind_with_what_was_not_spent() -> None:
    words = report_words()["三保"]
    assert words["保运转"] == {
        "有": True,
        "安排": "12.00",
        "支出": "10.00",
        "支出率": "83.33%",
        "足额": False,
        "各项": [
            {"名称": "日常公用经费", "安排": "10.00", "支出": "8.00"},
            {"名称": "物业费", "安排": "2.00", "支出": "2.00"},
        ],
        "未支出原因": "年末结算",
    }
    assert (words["保工资"]["足额"], words["保基本民生"]["有"]) == (True, False)
    assert (words["有"], words["合计安排"], words["合计支出"]) == (True, "52.00", "50.00")


def test_all_is_full_only_when_every_kind_that_has_money_is() -> None:
    assert report_words()["三保"]["全部足额"] is False
    assert report_words({"三保支出!D2": "10"})["三保"]["全部足额"] is True
    nothing = report_words({"三保支出!2": None, "三保支出!3": None, "三保支出!4": None})["三保"]
    assert (nothing["全部足额"], nothing["有"], nothing["合计安排"]) == (False, False, "")
