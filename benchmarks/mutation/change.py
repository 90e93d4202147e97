"""One cell changed, at random, to another value that its kind may plausibly have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from random import Random

from benchmarks.mutation.tables import is_filled
from docgen.packs import Column, Layout
from docgen.workbook.book import Book, Grid, cell_name
from docgen.workbook.dates import parse_date

PACK = "模板包"
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SIGN = re.compile(r"^(?:≥|≤|>|<|=)")
_NUMERIC = frozenset({"money", "points", "count", "ratio"})
_BLANK_SHARE = 0.12


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed: the cell, its column, its kind, the value before and after."""

    sheet: str
    cell: str
    column: str
    kind: str
    before: object
    after: object

    @property
    def place(self) -> str:
        """``项目资金!E6``."""
        return f"{self.sheet}!{self.cell}"


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell that may be changed."""

    grid: Grid
    row: int
    index: int
    column: Column
    others: tuple[object, ...]

    @property
    def value(self) -> object:
        """What stands there."""
        line = self.grid.rows[self.row]
        return line[self.index] if self.index < len(line) else ""


def spots_of(book: Book, layout: Layout) -> dict[str, list[Spot]]:
    """Every cell a clerk types into, by sheet: all cells of filled rows but the computed ones.

    模板包 is left out: another value there is another set of forms, not another fact.
    """
    found: dict[str, list[Spot]] = {}
    for sheet in layout.used_sheets.values():
        grid = book.sheet(sheet.title)
        if grid is None or not grid.rows:
            continue
        labels = {column.label: column for column in sheet.used_columns.values() if not column.is_computed}
        fields = sheet.kind == "fields"
        spots = list(_field_spots(grid, labels) if fields else _table_spots(grid, labels))
        if spots:
            found[sheet.title] = spots
    return found


def _field_spots(grid: Grid, labels: dict[str, Column]) -> Iterator[Spot]:
    for row, line in enumerate(grid.rows):
        column = labels.get(str(line[0]).strip())
        if column is not None and column.label != PACK:
            yield Spot(grid, row, 1, column, ())


def _table_spots(grid: Grid, labels: dict[str, Column]) -> Iterator[Spot]:
    for index, head in enumerate(grid.rows[0]):
        column = labels.get(str(head).strip())
        if column is None:
            continue
        rows = [row for row in range(1, len(grid.rows)) if is_filled(grid, row)]
        values = [grid.raw(row, index) for row in rows]
        others = tuple(dict.fromkeys(value for value in values if value != ""))
        for row in rows:
            if cell_name(row, index) not in grid.marks.formulas:
                yield Spot(grid, row, index, column, others)


def changed(book: Book, spots: Mapping[str, list[Spot]], random: Random) -> tuple[Book, Change]:
    """The book with one cell changed; sheets are drawn first, so that small ones are not forgotten."""
    while True:
        title = random.choice(sorted(spots))
        spot = random.choice(spots[title])
        if spot.value == "" and random.random() > _BLANK_SHARE:
            continue
        after = _another(spot, random)
        if after is not None and after != spot.value:
            change = Change(
                title, cell_name(spot.row, spot.index), spot.column.label, spot.column.type, spot.value, after
            )
            return _with(book, spot, after), change


def _with(book: Book, spot: Spot, value: object) -> Book:
    rows = [list(line) for line in spot.grid.rows]
    rows[spot.row] += [""] * (spot.index + 1 - len(rows[spot.row]))
    rows[spot.row][spot.index] = value
    grid = replace(spot.grid, rows=rows)
    return replace(book, sheets=tuple(grid if each is spot.grid else each for each in book.sheets))


def _another(spot: Spot, random: Random) -> object | None:
    """Another value for a cell; None when there is none, and another cell has to be drawn."""
    kind, value, text = spot.column.type, spot.value, str(spot.value)
    if value != "" and random.random() < _BLANK_SHARE / 2:
        return ""
    if kind in _NUMERIC:
        return _number(spot, random)
    makers: dict[str, Callable[[], object | None]] = {
        "choice": lambda: _other(_offered(spot.column) or spot.others, value, random),
        "yes_no": lambda: _other(_offered(spot.column), value, random),
        "target": lambda: _target(text, spot.others, random),
        "date": lambda: _date(value, random),
        "year": lambda: float(text) + random.choice((-1, 1)) if text else None,
        "code": lambda: _code(text, spot.others, random),
    }
    words = lambda: _words(text, spot.others, random, long=kind == "paragraphs")  # noqa: E731
    return makers.get(kind, words)()


def _offered(column: Column) -> tuple[object, ...]:
    return ("是", "否") if column.type == "yes_no" else column.choices


def _other(choices: Sequence[object], value: object, random: Random) -> object | None:
    left = [choice for choice in choices if choice != value]
    return random.choice(left) if left else None


def _number(spot: Spot, random: Random) -> object | None:
    """A slip of the pen (digits swapped, one digit, the point) or the number of another row."""
    value = spot.value
    if value == "" or not isinstance(value, int | float):
        return _other(spot.others, value, random)
    whole = spot.column.type == "count" or float(value).is_integer()
    ways = [_digit, _swapped, _shifted, _more_or_less]
    if random.random() < 0.25:  # noqa: PLR2004 - a quarter is copied from another row
        return _other(spot.others, value, random)
    made = float(random.choice(ways)(f"{float(value):.15g}", random))
    return float(round(made)) if whole and spot.column.type == "count" else made


def _digit(text: str, random: Random) -> str:
    places = [index for index, sign in enumerate(text) if sign.isdigit()]
    place = random.choice(places)
    return text[:place] + random.choice([d for d in "0123456789" if d != text[place]]) + text[place + 1 :]


def _swapped(text: str, random: Random) -> str:
    places = [i for i in range(len(text) - 1) if (text[i] + text[i + 1]).isdigit() and text[i] != text[i + 1]]
    if not places:
        return _digit(text, random)
    place = random.choice(places)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _shifted(text: str, random: Random) -> str:
    value = Decimal(text)
    return f"{float(value * 10 if random.random() < 0.5 else value / 10):.15g}"  # noqa: PLR2004


def _more_or_less(text: str, random: Random) -> str:
    value, share = Decimal(text), Decimal(random.choice((80, 90, 95, 105, 110, 120))) / 100
    made = value * share if value else Decimal(random.randint(1, 20))
    return f"{float(made.quantize(Decimal('0.01'))):.15g}"


def _target(value: str, others: Sequence[object], random: Random) -> object | None:
    """Another number, another sign, another unit, or the text of another row."""
    found, way = _NUMBER.search(value), random.random()
    if not value or found is None or way < 0.2:  # noqa: PLR2004
        return _other(others, value, random)
    if way < 0.35 and _SIGN.match(value):  # noqa: PLR2004
        sign = random.choice([sign for sign in "≥≤>" if sign != value[0]])
        return sign + value[1:]
    number = random.choice((_digit, _swapped, _shifted, _more_or_less))(found[0], random)
    return value[: found.start()] + number + value[found.end() :]


def _date(value: object, random: Random) -> object | None:
    if isinstance(value, str):
        return None
    days = random.choice((-366, -30, -7, 7, 30, 366))
    if isinstance(value, int | float):
        return float(value) + days
    day = parse_date(str(value))
    return day + timedelta(days=days) if day else None


def _code(value: str, others: Sequence[object], random: Random) -> object | None:
    if not value or random.random() < 0.4:  # noqa: PLR2004
        return _other(others, value, random)
    return _digit(value.removesuffix(".0"), random)


def _words(value: str, others: Sequence[object], random: Random, *, long: bool) -> object | None:
    """The text of another row, a sentence more or less, or two characters changed about."""
    way = random.random()
    if not value or way < 0.3:  # noqa: PLR2004
        return _other(others, value, random)
    if long and way < 0.6:  # noqa: PLR2004
        return value + "各项工作按规定办理。"
    if long:
        first = re.split(r"(?<=[。；])", value)[0]
        return first if first != value else f"{value}（请修改）"
    places = [
        index for index in range(len(value) - 1) if value[index].isalpha() and value[index + 1].isalpha()
    ]
    pairs = [index for index in places if value[index] != value[index + 1]]
    if not pairs:
        return None
    place = random.choice(pairs)
    return value[:place] + value[place + 1] + value[place] + value[place + 2 :]
