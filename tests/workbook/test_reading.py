"""What one cell is read as, by the type of its column."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from docgen.finding import Place
from docgen.model import Statement
from docgen.packs import Column
from docgen.packs.layout import ColumnType
from docgen.quantity import MoneyUnit
from docgen.workbook.book import Cell, Value, shown
from docgen.workbook.reading import Choices, Context, read_cell

PLACE = Place("填报.xlsx", "表", "A1")
LIST = ("当年财政拨款", "上年结转资金", "其他资金")


def cell(value: Value, *, percent: bool = False) -> Cell:
    return Cell(value, shown(value, percent=percent), PLACE, percent=percent)


def value(
    kind: ColumnType, typed: Value, *, percent: bool = False, unit: MoneyUnit = MoneyUnit.WAN
) -> object:
    column = Column("名称", kind, choices=LIST)
    read, trouble = read_cell(cell(typed, percent=percent), column, Context(unit))
    assert trouble is None
    return read


def trouble(kind: ColumnType, typed: Value, *, percent: bool = False) -> str:
    column = Column("名称", kind, choices=LIST)
    _, found = read_cell(cell(typed, percent=percent), column, Context())
    assert found is not None
    return f"{found.complaint.code} {found.message} {found.expected}".strip()


def test_an_amount_without_unit_is_in_the_unit_of_the_workbook() -> None:
    assert value("money", Decimal("16.06")) == Decimal(160600)
    assert value("money", Decimal("16.06"), unit=MoneyUnit.YUAN) == Decimal("16.06")


def test_an_amount_with_a_unit_is_in_that_unit() -> None:
    assert value("money", "16.06万元", unit=MoneyUnit.YUAN) == Decimal(160600)
    assert value("money", "160600元") == Decimal(160600)


def test_a_text_in_an_amount_says_what_was_found_and_expected() -> None:
    expected = "V101 “名称”应填金额，现为“约20”。 一个数，如 16.06（万元），或带单位的 16.06万元"
    assert trouble("money", "约20") == expected
    assert trouble("money", Decimal("0.2"), percent=True).startswith("V101 “名称”应填金额，现为“20%”。")
    assert trouble("money", date(2022, 3, 5)).startswith("V101 “名称”应填金额，现为“2022年3月5日”。")
    assert trouble("money", True).startswith("V101")  # noqa: FBT003


@pytest.mark.parametrize(
    "typed,percent,ratio",
    [
        (Decimal("0.803"), True, "0.803"),
        (Decimal("1.05"), True, "1.05"),
        ("80.3％", False, "0.803"),
        ("105%", False, "1.05"),
        (Decimal("0.803"), False, "0.803"),
        (Decimal(1), False, "1"),
        ("0.803", False, "0.803"),
        (Decimal(0), False, "0"),
    ],
)
def test_a_ratio_is_a_fraction_of_one(typed: Value, percent: bool, ratio: str) -> None:  # noqa: FBT001
    assert value("ratio", typed, percent=percent) == Decimal(ratio)


def test_a_forgotten_percent_sign_is_read_and_mentioned() -> None:
    read, note = read_cell(cell(Decimal("80.3")), Column("执行率", "ratio"), Context())
    assert read == Decimal("0.803")
    assert note is not None
    assert note.complaint.code == "V111"


@pytest.mark.parametrize("typed", [Decimal("1.05"), "1.5", Decimal(2)])
def test_a_ratio_that_may_be_either_is_asked_back(typed: Value) -> None:
    assert trouble("ratio", typed).startswith("V102")


@pytest.mark.parametrize("typed", ["八成", date(2022, 1, 1), True])
def test_what_is_no_ratio_is_asked_back(typed: Value) -> None:
    assert trouble("ratio", typed).startswith("V102")


def test_points_and_counts_are_numbers() -> None:
    assert (
        value("points", Decimal("9.5"))
        == value("points", "9.5分")
        == value("points", "９．５")
        == Decimal("9.5")
    )
    assert value("count", "12人") == Decimal(12)
    assert trouble("points", "满分").startswith("V101 “名称”应填分数，现为“满分”。")
    assert trouble("points", Decimal("0.1"), percent=True).startswith("V101")


def test_a_number_in_a_target_is_read_as_it_is_shown() -> None:
    assert getattr(value("target", Decimal("0.98"), percent=True), "text", "") == "98%"
    assert getattr(value("target", Decimal(47)), "text", "") == "47"
    assert value("target", date(2021, 8, 31)) == Statement("2021年8月31日")


def test_dates_and_years() -> None:
    assert value("date", date(2022, 7, 11)) == value("date", "2022.7.11") == date(2022, 7, 11)
    assert value("year", Decimal(2021)) == value("year", "2021年度") == 2021
    assert trouble("date", "7月") == "V103 “名称”应填日期，现为“7月”。 如 2022-07-11 或 2022年7月11日"
    assert trouble("date", True).startswith("V103")  # noqa: FBT003
    assert trouble("year", "今年").startswith("V104")


@pytest.mark.parametrize("typed", ["是", "√", " 是 ", "Y", "yes", True, Decimal(1), "有"])
def test_yes_in_its_habits(typed: Value) -> None:
    assert value("yes_no", typed) is True


@pytest.mark.parametrize("typed", ["否", "×", "N", "no", False, Decimal(0), "无"])
def test_no_in_its_habits(typed: Value) -> None:
    assert value("yes_no", typed) is False


def test_neither_yes_nor_no_is_asked_back() -> None:
    assert trouble("yes_no", "部分") == "V105 “名称”应填“是”或“否”，现为“部分”。 是 或 否"


@pytest.mark.parametrize("typed", ["当年财政拨款", " 当年 财政拨款", "当年财政\n拨款"])
def test_a_choice_is_known_whatever_spaces_stand_in_it(typed: str) -> None:
    assert value("choice", typed) == "当年财政拨款"


def test_an_unlisted_choice_is_answered_with_the_nearest_or_the_list() -> None:
    assert trouble("choice", "财政拨款") == (
        "V106 “名称”填“财政拨款”，清单里没有。是不是“当年财政拨款”？ 当年财政拨款"
    )
    assert (
        trouble("choice", "县级") == "V106 “名称”填“县级”，清单里没有。 当年财政拨款、上年结转资金、其他资金"
    )


def test_an_open_list_takes_anything_and_tidies_what_it_knows() -> None:
    column = Column("名称", "choice", choices=LIST, open_list=True)
    assert read_cell(cell("县级"), column, Context()) == ("县级", None)
    assert read_cell(cell("其他 资金"), column, Context()) == ("其他资金", None)


def test_a_list_that_another_sheet_should_give_takes_anything_without_it() -> None:
    column = Column("名称", "choice", choices_from="units.name")
    assert read_cell(cell("某局"), column, Context()) == ("某局", None)
    lists = {"units.name": Choices.of(("某县民政局",))}
    assert read_cell(cell("某局"), column, Context(lists=lists))[1] is not None


def test_a_long_list_is_shortened_in_the_answer() -> None:
    lists = {"sections": Choices.of(tuple(f"第{number}节" for number in range(30)))}
    _, found = read_cell(cell("@"), Column("章节", "choice", choices_from="sections"), Context(lists=lists))
    assert found is not None
    assert found.expected.endswith("第9节……")


@pytest.mark.parametrize("typed", ["2080101", Decimal(2080101), " 208 01 01 ", "２０８０１０１"])
def test_a_code_is_its_digits_however_it_is_typed(typed: Value) -> None:
    assert value("code", typed) == "2080101"


@pytest.mark.parametrize("typed", ["208", "20801"])
def test_a_code_may_be_that_of_a_class(typed: str) -> None:
    assert value("code", typed) == typed


@pytest.mark.parametrize("typed", ["2080", "208-1", "行政运行", "20801010", Decimal("208.1")])
def test_what_is_no_code_says_what_a_code_looks_like(typed: Value) -> None:
    assert trouble("code", typed).startswith("V112 “名称”应填科目代码，现为“")
    assert trouble("code", typed).endswith("3、5 或 7 位数字，如 2080101")


@pytest.mark.parametrize("typed", [None, "", "  ", "\n"])
@pytest.mark.parametrize(
    "kind", ["text", "paragraphs", "money", "ratio", "points", "target", "date", "choice"]
)
def test_a_blank_cell_has_no_value(kind: ColumnType, typed: str | None) -> None:
    assert value(kind, typed) is None


@pytest.mark.parametrize("kind", ["money", "ratio", "points", "target", "date", "choice", "code"])
def test_a_stroke_is_a_blank_where_forms_print_one(kind: ColumnType) -> None:
    assert value(kind, "—") is None


def test_texts_are_tidied_and_kept() -> None:
    assert value("text", " 某县\n民政局 ") == "某县民政局"
    assert value("text", "—") == "—"
    assert value("text", Decimal(2021)) == "2021"
    assert value("paragraphs", "\u3000\u3000甲。\r\n乙。") == "甲。\n乙。"
    assert value("paragraphs", "=SUM(A1)") == "=SUM(A1)"
    assert value("paragraphs", "长" * 3000) == "长" * 3000


def test_a_long_text_in_a_number_is_quoted_in_part() -> None:
    assert trouble("points", "长" * 100).startswith(f"V101 “名称”应填分数，现为“{'长' * 40}……”。")


def test_an_error_value_and_an_uncomputed_formula_are_no_values() -> None:
    broken = Cell(None, "#REF!", PLACE, formula=True, error="#REF!")
    waiting = Cell(Decimal(0), "0", PLACE, formula=True, cached=False)
    column = Column("名称", "money")
    for given, code in ((broken, "V109"), (waiting, "V108")):
        read, found = read_cell(given, column, Context())
        assert read is None
        assert found is not None
        assert found.complaint.code == code


def test_a_computed_formula_is_as_good_as_a_number() -> None:
    given = Cell(Decimal(3), "3", PLACE, formula=True)
    assert read_cell(given, Column("名称", "points"), Context()) == (Decimal(3), None)


def test_a_percentage_that_never_ends_is_shown_with_four_decimals() -> None:
    third = Decimal(1) / Decimal(3)
    assert shown(third, percent=True) == "33.3333%"
    assert value("ratio", third, percent=True) == third
