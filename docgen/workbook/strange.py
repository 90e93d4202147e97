"""Columns that no label of the layout names: only worth a note, unless amounts stand in them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docgen.finding import Finding, Severity
from docgen.packs import Column
from docgen.quantity import ZERO, plain
from docgen.workbook import complaints
from docgen.workbook.book import Grid, cell_name, column_letter
from docgen.workbook.folding import bare_label_key, nearest
from docgen.workbook.locate import Located
from docgen.workbook.numbers import amount
from docgen.workbook.records import is_example

# Headings of numbers that are no amounts, by how they end.
_NO_AMOUNTS = ("号", "码", "年", "年度", "年份", "日期", "时间", "电话", "行次", "比例", "率", "人数", "数量")
_NUMBERS = {"money", "count", "points", "ratio"}
_FEWEST_LISTED = 2


def strange_columns(located: Located) -> Iterator[Finding]:
    """A finding for each column that is not read: an error where it holds typed amounts."""
    grid, heading = located.grid, located.heading
    for index in located.strange:
        title = str(grid.raw(heading, index)).strip()
        place = grid.place(heading, index, title)
        amounts = _amounts(located, index, title)
        if not amounts:
            if title:
                yield complaints.COLUMN_UNKNOWN.at(place, f"多出的列“{title}”没有读取。")
            continue
        near = _renamed(located, title)
        guess = f"是不是“{near}”改了名？" if near else ""
        known = "、".join(f"“{column.label}”" for column in _of(located, {"money"}).values())
        message = (
            f"{column_letter(index)} 列{f'“{title}”不是这张表的列' if title else '没有列名'}，没有读取，"
            f"里面有 {len(amounts)} 个数，合计 {plain(sum(amounts.values(), ZERO))}。{guess}"
        )
        tier = Severity.VERIFY if _are_formulas(grid, index, amounts) else Severity.ERROR
        yield complaints.AMOUNTS_UNKNOWN.at(place, message, f"金额填在{known}里", severity=tier)


def mistaken(located: Located) -> Iterator[str]:
    """The columns of numbers that may stand under a strange heading: what they hold is not known."""
    grid, heading = located.grid, located.heading
    if any(_amounts(located, index, str(grid.raw(heading, index))) for index in located.strange):
        yield from (name for name in _of(located, _NUMBERS) if name not in located.columns)


def _of(located: Located, types: set[str]) -> dict[str, Column]:
    columns = located.sheet.used_columns
    return {name: column for name, column in columns.items() if column.type in types}


def _renamed(located: Located, title: str) -> str:
    """The label of the column that this one may be."""
    numbers = _of(located, _NUMBERS).items()
    missing = [column.label for name, column in numbers if name not in located.columns]
    return nearest(title, missing) or (missing[0] if len(missing) == 1 else "")


def _amounts(located: Located, index: int, title: str) -> dict[int, Decimal]:
    """The amounts in a column by row; none where it holds mostly words or numbers of another kind."""
    if not _of(located, {"money"}) or bare_label_key(title).endswith(_NO_AMOUNTS):
        return {}
    grid = located.grid
    rows = [row for row in range(located.heading + 1, grid.height) if not _is_example(grid, row)]
    cells = {row: cell for row in rows if not (cell := grid.cell(row, index)).is_blank}
    found: dict[int, Decimal] = {}
    for row, cell in cells.items():
        if isinstance(cell.value, Decimal) and not cell.percent:
            found[row] = cell.value
        elif isinstance(cell.value, str) and (written := amount(cell.value)) is not None:
            found[row] = written[0]
    numbers = list(found.values())
    counts = len(numbers) >= _FEWEST_LISTED and numbers == [Decimal(n + 1) for n in range(len(numbers))]
    return {} if counts or not any(numbers) or len(found) * 2 < len(cells) else found


def _is_example(grid: Grid, row: int) -> bool:
    line = grid.rows[row] if row < len(grid.rows) else ()
    first = next((value for value in line if isinstance(value, str) and value.strip()), "")
    return is_example(first)


def _are_formulas(grid: Grid, index: int, rows: dict[int, Decimal]) -> bool:
    return all(cell_name(row, index) in grid.marks.formulas for row in rows)
