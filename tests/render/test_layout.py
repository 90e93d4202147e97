from __future__ import annotations

import pytest

from docgen.render.layout import Layout, Shape, Spot

# rows 1-2 head; 3 for group, 4 for item, 5 item, 6 end, 7 subtotal, 8 end; 9 tail
SHAPE = Shape(2, 9, {5: (1, 2), 7: (1,)})


def layout(*groups: int) -> Layout:
    made = Layout(SHAPE)
    for items in groups:
        made.enter(0)
        for _ in range(items):
            made.enter(1)
            made.row(5)
        made.row(7)
    return made


@pytest.mark.parametrize(
    "groups, row, numbers",
    [
        ((2, 1), 1, [1]),
        ((2, 1), 5, [3, 4, 6]),
        ((2, 1), 7, [5, 7]),
        ((2, 1), 9, [8]),
        ((), 9, [3]),
        ((), 5, []),
    ],
)
def test_rows_are_found_where_they_went(groups: tuple[int, ...], row: int, numbers: list[int]) -> None:
    assert layout(*groups).numbers(row) == numbers


@pytest.mark.parametrize(
    "area, blocks",
    [
        ((1, 2), [(1, 2)]),
        ((5, 5), [(3, 4), (6, 6)]),
        ((2, 9), [(2, 8)]),
        ((3, 8), [(3, 7)]),
        ((9, 12), [(8, 11)]),
    ],
)
def test_areas_are_whole_blocks_of_rows(area: tuple[int, int], blocks: list[tuple[int, int]]) -> None:
    assert layout(2, 1).area(*area) == blocks


def test_from_inside_a_group_only_its_own_rows_are_seen() -> None:
    made = layout(2, 1)
    second = made.instances[7][1][1]
    assert made.area(5, 5, Spot(7, second)) == [(6, 6)]
    assert made.numbers(7, Spot(5, made.instances[5][0][1])) == [5]


def test_repetitions_are_found_by_the_loops_rows_share() -> None:
    made = layout(2, 1)
    assert list(made.groups(range(5, 6))) == [(3, 3), (4, 4), (6, 6)]
    assert list(made.groups(range(5, 8))) == [(3, 5), (6, 7)]
    assert list(made.groups(range(2, 6))) == [(2, 6)]


@pytest.mark.parametrize(
    "groups, row, number", [((2, 1), 5, 3), ((), 5, 3), ((), 7, 3), ((0,), 5, 3), ((), 20, 14)]
)
def test_what_floats_over_a_row_that_is_gone_moves_to_the_next(
    groups: tuple[int, ...], row: int, number: int
) -> None:
    assert layout(*groups).point(row) == number
