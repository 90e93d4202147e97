"""The text of a cell → the value its column asks for: forgiving about form, strict about meaning.

A ratio is a fraction when its cell is formatted as a percentage or carries a % sign. A bare number up to 1
is a fraction (0.803), from 2 upwards a percentage whose sign was forgotten (80.3, read with a 提示); between
the two nobody can know whether 1.05 is 105 % or 1.05 %, so it is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from docgen.model import Quantity
from docgen.packs import Column
from docgen.quantity import HUNDRED, MoneyUnit, plain, yuan
from docgen.workbook import complaints, dates, numbers
from docgen.workbook.book import Cell
from docgen.workbook.complaints import Complaint
from docgen.workbook.folding import key, nearest, one_line, packed, paragraphs
from docgen.workbook.targets import parse_target


class Trouble(NamedTuple):
    """What is wrong with a cell: the rule broken, what to say, what should stand there."""

    complaint: Complaint
    message: str
    expected: str = ""


Read = tuple[object, Trouble | None]
_YES = {"是", "√", "✓", "✔", "☑", "y", "yes", "true", "1", "有", "对"}
_NO = {"否", "×", "✗", "✘", "x", "n", "no", "false", "0", "无", "不", "没有"}
_COUNTED = ("个", "人", "项", "次", "家", "户", "辆", "台", "套", "台(套)", "批", "批次", "人次")
_LONGEST_LIST = 10
_CODE = re.compile(r"[1-9]\d{2}(?:\d{2}){0,2}", re.ASCII)
_BEYOND_BELIEF = Decimal(10) ** 15  # in 元 more than all the budgets of the country


@dataclass(frozen=True, slots=True)
class Choices:
    """The entries of one list: by key → the entry as it should be written. ``source`` names the list."""

    entries: Mapping[str, str]
    source: str = ""
    complaint: Complaint = complaints.NOT_A_CHOICE

    @classmethod
    def of(cls, names: tuple[str, ...]) -> Choices:
        """A closed list given by the pack."""
        return cls({key(name): name for name in names})


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a value depends on besides the cell: the money unit, and the list of each list name."""

    money_unit: MoneyUnit = MoneyUnit.WAN
    lists: Mapping[str, Choices] = field(default_factory=dict)


def read_cell(cell: Cell, column: Column, context: Context) -> Read:
    """The value of ``cell`` as ``column`` asks for it (none for a blank), and what is wrong with it."""
    if cell.error:
        return None, Trouble(complaints.FORMULA_FAILED, f"“{column.label}”显示错误值 {cell.error}。")
    if not cell.cached:
        message = f"“{column.label}”是公式，还没有算出结果。"
        return None, Trouble(complaints.NOT_CALCULATED, message)
    if cell.is_blank or (column.type in _STROKE_IS_BLANK and numbers.is_dash(cell.text)):
        return None, None
    value, trouble = _READERS[column.type](cell, column, context)
    size = value.number if isinstance(value, Quantity) else value
    if isinstance(size, Decimal) and abs(size) >= _BEYOND_BELIEF:
        return None, Trouble(complaints.NOT_A_NUMBER, f"“{column.label}”的数大得不可能，请看看是不是多敲了。")
    return value, trouble


def _unread(cell: Cell, column: Column, complaint: Complaint, wanted: str, expected: str) -> Read:
    shown = one_line(cell.text)
    short = shown if len(shown) <= 40 else f"{shown[:40]}……"  # noqa: PLR2004 - as much as a line of the list shows
    return None, Trouble(complaint, f"“{column.label}”应填{wanted}，现为“{short}”。", expected)


def _text(cell: Cell, _column: Column, _context: Context) -> Read:
    return one_line(cell.text) or None, None


def _paragraphs(cell: Cell, _column: Column, _context: Context) -> Read:
    return paragraphs(cell.text) or None, None


def _money(cell: Cell, column: Column, context: Context) -> Read:
    if isinstance(cell.value, Decimal) and not cell.percent:
        return yuan(cell.value, context.money_unit), None
    found = numbers.amount(cell.value) if isinstance(cell.value, str) else None
    if found is None:
        expected = f"一个数，如 16.06（{context.money_unit.value}），或带单位的 16.06万元"
        return _unread(cell, column, complaints.NOT_A_NUMBER, "金额", expected)
    value, per_unit = found
    return value * per_unit if per_unit else yuan(value, context.money_unit), None


def _number(*measures: str, wanted: str) -> Callable[[Cell, Column, Context], Read]:
    def reader(cell: Cell, column: Column, _context: Context) -> Read:
        if isinstance(cell.value, Decimal) and not cell.percent:
            return cell.value, None
        value = numbers.number(cell.value, *measures) if isinstance(cell.value, str) else None
        if value is None:
            return _unread(cell, column, complaints.NOT_A_NUMBER, wanted, "一个数，如 10 或 9.5")
        return value, None

    return reader


def _ratio(cell: Cell, column: Column, _context: Context) -> Read:
    if isinstance(cell.value, Decimal) and cell.percent:
        return cell.value, None
    found = None if isinstance(cell.value, bool | date) else numbers.ratio(cell.text)
    if found is None:
        return _unread(cell, column, complaints.NOT_A_RATIO, "百分比", "百分比，如 80.3%")
    value, is_share = found
    if is_share or abs(value) <= 1:
        return value, None
    if abs(value) <= 2:  # noqa: PLR2004 - see the module's docstring
        wanted = f"带百分号的数（是 {plain(value)}% 还是 {plain(value * HUNDRED)}%？）"
        return _unread(
            cell, column, complaints.NOT_A_RATIO, wanted, f"{plain(value * HUNDRED)}% 或 {plain(value)}%"
        )
    message = f"“{column.label}”填 {plain(value)}，没有百分号，按 {plain(value)}% 读取。"
    return value / HUNDRED, Trouble(complaints.PERCENT_ASSUMED, message, f"{plain(value)}%")


def _target(cell: Cell, _column: Column, _context: Context) -> Read:
    target = parse_target(cell.text)
    if isinstance(target, Quantity) and not target.text:
        return None, None
    return target, None


def _date(cell: Cell, column: Column, _context: Context) -> Read:
    value = cell.value
    found = value if isinstance(value, date) else None
    if isinstance(value, Decimal | str):
        found = dates.parse_date(value)
    if found is None:
        return _unread(cell, column, complaints.NOT_A_DATE, "日期", "如 2022-07-11 或 2022年7月11日")
    return found, None


def _year(cell: Cell, column: Column, _context: Context) -> Read:
    found = dates.parse_year(cell.text)
    if found is None:
        return _unread(cell, column, complaints.NOT_A_YEAR, "四位数的年份", "如 2021")
    return found, None


def _yes_no(cell: Cell, column: Column, _context: Context) -> Read:
    word = packed(cell.text).casefold()
    if word in _YES or word in _NO:
        return word in _YES, None
    return _unread(cell, column, complaints.NOT_YES_OR_NO, "“是”或“否”", "是 或 否")


def _code(cell: Cell, column: Column, _context: Context) -> Read:
    code = packed(cell.text)
    if _CODE.fullmatch(code):
        return code, None
    return _unread(cell, column, complaints.NOT_A_CODE, "科目代码", "3、5 或 7 位数字，如 2080101")


def _choice(cell: Cell, column: Column, context: Context) -> Read:
    text = one_line(cell.text)
    choices = context.lists.get(column.choices_from) if column.choices_from else Choices.of(column.choices)
    if choices is None:
        return text, None
    listed = choices.entries.get(key(text))
    if listed is not None or column.open_list:
        return listed or text, None
    names = list(dict.fromkeys(choices.entries.values()))
    near = nearest(text, names)
    guess = f"是不是“{near}”？" if near else ""
    where = f"“{choices.source}”里没有" if choices.source else "清单里没有"
    expected = "、".join(names[:_LONGEST_LIST]) + ("……" if len(names) > _LONGEST_LIST else "")
    return None, Trouble(choices.complaint, f"“{column.label}”填“{text}”，{where}。{guess}", near or expected)


_READERS: dict[str, Callable[[Cell, Column, Context], Read]] = {
    "text": _text,
    "paragraphs": _paragraphs,
    "money": _money,
    "ratio": _ratio,
    "points": _number("分", wanted="分数"),
    "count": _number(*_COUNTED, wanted="数"),
    "target": _target,
    "date": _date,
    "year": _year,
    "yes_no": _yes_no,
    "choice": _choice,
    "code": _code,
}
_STROKE_IS_BLANK = {"money", "ratio", "points", "count", "date", "target", "choice", "code"}
