"""When an entry fires: every year, every month, every week or every day, at a minute of the local clock."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass

from docgen.errors import DocgenError

_WEEKDAYS = "一二三四五六日"
_FORM = re.compile(
    r"(?:(?:(?P<month>\d{1,2})-)?(?P<day>\d{1,2})\s+|(?:周|星期)(?P<weekday>[一二三四五六日天])\s*)?"
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})"
)
_COMMON_YEAR, _SHORTEST_MONTH = 2023, 28


class ScheduleError(DocgenError):
    """The entry cannot be made, found or removed."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A minute that comes again: with ``month`` and ``day`` every year, with ``day`` alone every month.

    With ``weekday`` (1 is Monday) every week, with none of them every day.
    """

    hour: int
    minute: int
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    @property
    def clock(self) -> str:
        """``20:05``."""
        return f"{self.hour:02}:{self.minute:02}"

    @property
    def words(self) -> str:
        """When that is, for people."""
        if self.month:
            return f"每年 {self.month} 月 {self.day} 日 {self.clock}"
        if self.day:
            return f"每月 {self.day} 日 {self.clock}"
        if self.weekday:
            return f"每周{_WEEKDAYS[self.weekday - 1]} {self.clock}"
        return f"每天 {self.clock}"

    @property
    def slug(self) -> str:
        """A name for an entry that fires then."""
        often = "daily"
        if self.month:
            often = f"{self.month:02}{self.day:02}"
        elif self.day:
            often = f"day{self.day:02}"
        elif self.weekday:
            often = f"week{self.weekday}"
        return f"{often}-{self.hour:02}{self.minute:02}"


def moment_of(text: str) -> Moment:
    """The moment that ``12-31 20:00``, ``25 20:00``, ``周五 20:00`` or ``20:00`` means.

    Raises ``ScheduleError`` for anything else, and for days that not every year or month has.
    """
    found = _FORM.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise ScheduleError(
            f"看不懂时间“{text}”：每年写 12-31 20:00，每月写 25 20:00，每周写 周五 20:00，每天写 20:00。"
        )
    month, day, hour, minute = (
        int(found[name]) if found[name] else None for name in ("month", "day", "hour", "minute")
    )
    if not (_is_an_hour(hour or 0, minute or 0) and _is_a_day(month, day)):
        raise ScheduleError(f"没有“{text}”这个时间，或者不是每次都有这一天。")
    weekday = _WEEKDAYS.index(found["weekday"].replace("天", "日")) + 1 if found["weekday"] else None
    return Moment(hour or 0, minute or 0, month, day, weekday)


def _is_an_hour(hour: int, minute: int) -> bool:
    return hour < 24 and minute < 60  # noqa: PLR2004 - a day and an hour


def _is_a_day(month: int | None, day: int | None) -> bool:
    if day is None:
        return True
    if month is None:
        return 1 <= day <= _SHORTEST_MONTH
    return 1 <= month <= 12 and 1 <= day <= monthrange(_COMMON_YEAR, month)[1]  # noqa: PLR2004 - a year
