"""Figures → printed text: 万元, 百分比, 分, dates, and what stands where there is nothing.

Rounding for the eye happens here, once, half-up, from the exact value.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from docgen.figures.figure import UNKNOWN, Figure
from docgen.model import Entered
from docgen.packs import Formats
from docgen.present.shown import Shown
from docgen.quantity import HUNDRED, ZERO, MoneyUnit, in_unit, plain, rounded

AS_NEEDED = -1
_FINEST = {MoneyUnit.WAN: 6, MoneyUnit.YUAN: 2}  # 分, in either unit
_NOUGHT = Figure(ZERO)
BLANK = Shown("")  # what stands where there is no figure
_CUT_OFF = Decimal("1e-9")  # of a share: far below any decimal that is printed
_TENS = ("", "十", "百", "千")
_DIGITS = "零一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"


@lru_cache(maxsize=2048)
def number(value: Decimal, places: int, most: int) -> str:
    """``value`` with exactly ``places`` decimals; ``AS_NEEDED``: at most ``most``, without padding zeros."""
    if places == AS_NEEDED:
        return plain(rounded(value, most))
    near = rounded(value, places)
    return format(near or abs(near), "f")


@lru_cache(maxsize=2048)
def _amount_text(value: Decimal, unit: str, places: int, most: int) -> str:
    """An amount in 元, in the unit of a form: what it is printed as in every document that has it."""
    form_unit = MoneyUnit(unit)
    return number(in_unit(value, form_unit), places, min(_FINEST[form_unit], most))


@lru_cache(maxsize=2048)
def _percentage(value: Decimal, most: int) -> str:
    """A fraction as per cent with at most ``most`` decimals."""
    return f"{plain(rounded(value * HUNDRED, most))}%"


@dataclass(frozen=True, slots=True)
class Notation:
    """How one pack writes figures; ``score_places`` is the norm's, which no printed score exceeds."""

    formats: Formats
    score_places: int

    def money(self, figure: Figure) -> Shown:
        """An amount of a project (元) in the form's unit."""
        return self._amount(figure, self.formats.project_money_places)

    def department_money(self, figure: Figure) -> Shown:
        """An amount of the department (元) in the form's unit."""
        return self._amount(figure, self.formats.department_money_places)

    def _amount(self, figure: Figure, places: int) -> Shown:
        if figure.value is None:
            return BLANK
        formats = self.formats
        return Shown(
            _amount_text(figure.value, formats.money_unit, places, formats.project_money_most), figure
        )

    def transfer_money(self, figure: Figure) -> Shown:
        """An amount of a transfer in the form's unit, with the decimals needed, the department's at most."""
        if figure.value is None:
            return BLANK
        amount = in_unit(figure.value, MoneyUnit(self.formats.money_unit))
        return Shown(number(amount, AS_NEEDED, self.formats.department_money_places), figure)

    def listed_yuan(self, figure: Figure) -> Shown:
        """An amount in 元 as a table of a report prints it: ``146,139.32``, ``75,000``."""
        if figure.value is None:
            return BLANK
        near = rounded(figure.value, _FINEST[MoneyUnit.YUAN])
        whole = near == near.to_integral_value()
        return Shown(format(near, ",.0f" if whole else ",.2f"), figure)

    def bare_yuan(self, figure: Figure) -> Shown:
        """An amount in 元 without separators or padding: ``108924.93``, ``1000000``."""
        if figure.value is None:
            return BLANK
        return Shown(number(figure.value, AS_NEEDED, _FINEST[MoneyUnit.YUAN]), figure)

    def rate(self, figure: Figure) -> Shown:
        """A fraction as per cent: ``100%``, ``79.4%``, ``7.58%``; never padded with zeros."""
        if figure.value is None:
            return BLANK
        return Shown(_percentage(figure.value, max(self.formats.rate_places, 0)), figure)

    def ratio(self, figure: Figure) -> Shown:
        """A rate whose working may end over a base of 0: then the sign for "does not apply" is printed."""
        return self._per_cent(figure, self.formats.rate_places)

    def share(self, figure: Figure) -> Shown:
        """The share of a part in its total, with the decimals of shares; the same sign over a total of 0."""
        return self._per_cent(figure, self.formats.share_places)

    def shares(self, figures: Sequence[Figure]) -> list[Shown]:
        """The shares of all parts of one total: printed, they add up to 100 %.

        What rounding leaves over goes to the last part that is not 0. Shares that are not all of a total, or
        of which one is unknown or negative, are rounded one by one.
        """
        values = [figure.value for figure in figures if figure.value is not None and figure.value >= ZERO]
        if len(values) < len(figures) or not is_whole(values):
            return [self.share(figure) for figure in figures]
        printed = closing(values, max(self.formats.share_places, 0))
        return [Shown(f"{plain(each)}%", figure) for each, figure in zip(printed, figures, strict=True)]

    def _per_cent(self, figure: Figure, places: int) -> Shown:
        if figure.value is None:
            return Shown(self.formats.not_applicable if figure.how else "")
        return Shown(_percentage(figure.value, max(places, 0)), figure)

    def rate_size(self, change: Figure) -> Shown:
        """How large a rate of change is, whichever its direction; blank where there is none."""
        if change.value is None:
            return BLANK
        return Shown(str(self.rate(Figure(abs(change.value)))), change)

    def money_size(self, difference: Figure) -> Shown:
        """How large a difference (元) is, whichever its direction, as an amount of the department."""
        if difference.value is None:
            return BLANK
        return Shown(str(self.department_money(Figure(abs(difference.value)))), difference)

    def is_even(self, difference: Figure) -> bool:
        """Whether a difference (元) is none at the precision the department's amounts are printed in."""
        return difference.value is not None and self.money_size(difference) == self.money_size(_NOUGHT)

    def tally(self, figure: Figure) -> Shown:
        """A number of things, or an area."""
        return BLANK if figure.value is None else Shown(plain(figure.value), figure)

    def bare_size(self, difference: Figure) -> Shown:
        """How large a difference in 元 is, whichever its direction, written like ``bare_yuan``."""
        if difference.value is None:
            return BLANK
        return Shown(number(abs(difference.value), AS_NEEDED, _FINEST[MoneyUnit.YUAN]), difference)

    def bare_rate(self, figure: Figure, *, padded: bool = False) -> Shown:
        """A fraction as per cent without its sign: ``100``, ``100.00`` where padded."""
        if figure.value is None:
            return BLANK
        most = max(self.formats.rate_places, 0)
        return Shown(number(figure.value * HUNDRED, most if padded else AS_NEEDED, most), figure)

    def roughly(self, figure: Figure) -> Shown:
        """A fraction as per cent with at most one decimal: ``132.3%``."""
        if figure.value is None:
            return BLANK
        return Shown(_percentage(figure.value, 1), figure)

    def rate_over(self, figure: Figure, base: Figure) -> Shown:
        """A rate whose ``base`` may be 0: then the sign for "does not apply" is printed."""
        if figure.value is None and base.value == ZERO:
            return Shown(self.formats.not_applicable)
        return self.rate(figure)

    def score(self, figure: Figure) -> Shown:
        """Points or a score, without 分."""
        if figure.value is None:
            return BLANK
        return Shown(number(figure.value, self.formats.score_places, self.score_places), figure)

    def padded_score(self, figure: Figure) -> Shown:
        """A score with all the decimals its norm allows: ``10.00``."""
        if figure.value is None:
            return BLANK
        return Shown(number(figure.value, self.score_places, self.score_places), figure)

    def day(self, entered: Entered[date]) -> str:
        """A date by the pack's pattern, without leading zeros; blank when none was given."""
        return "" if entered.value is None else written_day(entered.value, self.formats.date)

    def month(self, entered: Entered[date]) -> str:
        """A date by the pack's pattern without its day."""
        pattern = self.formats.date.partition("{日}")[0]
        return "" if entered.value is None else written_day(entered.value, pattern)

    def month_day(self, entered: Entered[date]) -> str:
        """A date by the pack's pattern without its year."""
        pattern = self.formats.date[max(self.formats.date.find("{月}"), 0) :]
        return "" if entered.value is None else written_day(entered.value, pattern)

    @property
    def not_applicable(self) -> str:
        """What stands in a cell to which the heading does not apply."""
        return self.formats.not_applicable


def is_whole(shares: Iterable[Decimal]) -> bool:
    """Whether shares make up a total, but for the digits that dividing cut off."""
    return abs(sum(shares, ZERO) - 1) < _CUT_OFF


def closing(shares: Sequence[Decimal], places: int) -> list[Decimal]:
    """Shares of a whole as per cent with ``places`` decimals that add up to 100 exactly.

    The residue goes to the last part that is not 0, or to the largest where that one is too small for it.
    """
    near = [rounded(share * HUNDRED, places) for share in shares]
    residue = HUNDRED - sum(near, ZERO)
    last = max(each for each, share in enumerate(shares) if share)
    if near[last] + residue <= ZERO:
        last = near.index(max(near))
    near[last] += residue
    return near


def written_day(day: date, pattern: str) -> str:
    """``day`` by ``pattern`` (``{年}``, ``{月}``, ``{日}``)."""
    parts = {"{年}": day.year, "{月}": day.month, "{日}": day.day}
    for name, value in parts.items():
        pattern = pattern.replace(name, str(value))
    return pattern


def count(value: int) -> Shown:
    """A number of things; recorded as the figure it is."""
    return Shown(str(value), Figure(Decimal(value)) if value else UNKNOWN)


def chinese(value: int) -> str:
    """``12`` → ``十二``, ``101`` → ``一百零一``; for numbering, 1 to 9999. Plain digits beyond."""
    if not 0 < value < 10 ** len(_TENS):
        return str(value)
    written, gap = "", False
    for place, digit in reversed(list(enumerate(map(int, reversed(str(value)))))):
        if digit:
            written += ("零" if gap and written else "") + _DIGITS[digit] + _TENS[place]
        gap = not digit
    return written.removeprefix("一") if written.startswith("一十") else written


def circled(value: int) -> str:
    """``3`` → ``③``; beyond 50, where no such sign exists, ``(51)``."""
    return _CIRCLED[value - 1] if 0 < value <= len(_CIRCLED) else f"({value})"


def numbering(order: int) -> dict[str, str]:
    """The number of an item in every way a heading may print it: ``3``, ``三``, ``③``."""
    return {"序号": str(order), "中文序号": chinese(order), "圈号": circled(order)}
