"""Dates and years in the habits of Chinese offices."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from docgen.workbook.book import EPOCH
from docgen.workbook.folding import packed

_DATE = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?(?:0?0:00(?::00)?)?")
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR = re.compile(r"(\d{4})(?:年度?)?")
_FIRST_SERIAL, _LAST_SERIAL = 32_874, 73_050  # 1990-01-01 and 2099-12-31
FIRST_YEAR, LAST_YEAR = 1990, 2099


def parse_date(value: Decimal | str) -> date | None:
    """``2022-07-11``, ``2022/7/11``, ``2022.7.11``, ``2022年7月11日``, ``20220711``, or a serial number."""
    if isinstance(value, Decimal) and _FIRST_SERIAL <= value <= _LAST_SERIAL and value == int(value):
        return EPOCH + timedelta(days=int(value))
    text = packed(f"{value:f}" if isinstance(value, Decimal) else value)
    match = _DATE.fullmatch(text) or _SOLID.fullmatch(text)
    if match is None:
        return None
    year, month, day = map(int, match.groups())
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def parse_year(text: str) -> int | None:
    """``2021``, ``2021年``, ``2021年度``; None for anything else or a year no workbook is about."""
    match = _YEAR.fullmatch(packed(text))
    return int(match[1]) if match and FIRST_YEAR <= int(match[1]) <= LAST_YEAR else None
