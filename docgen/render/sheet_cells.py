"""The cells and rows of a template sheet that hold tags: their markup, and what writes a value into them.

A row's markup holds `NUMBER` wherever its number goes; lengths are counted in narrow characters, heights in
tenths of a point.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docgen.render.escape import RefusedError, sheet_text
from docgen.render.formula import Parsed
from docgen.render.known import Known
from docgen.render.sheet_style import number_of

if TYPE_CHECKING:
    from docgen.render.sheet_writer import RowWriter

NUMBER = "\x03"  # cannot come from a page: control characters are dropped
_MARKUP = re.compile("<[^>]*>")
_LONG = 1 << 30  # longer than any cell has room for

Writing = Callable[["RowWriter", Any], bytes]


@dataclass(frozen=True, slots=True)
class CellPlan:
    """A cell of the template with a tag: its markup, how its text fits, what kind of value it holds.

    ``own_formula`` is the text of a formula that names no row but its own.
    """

    kind: str
    row: int
    column: int
    place: str
    tag: str
    opening: str
    prefix: str
    room: int
    line_height: int
    is_wide: bool
    is_tall: bool
    is_down: bool
    formula: Parsed = ()
    own_formula: str = ""
    exact: tuple[str, ...] = ()

    def opening_of(self, shown: str) -> str:
        """The opening markup for a number: in the format with just the decimals that are shown."""
        if not self.exact:
            return self.opening
        places = len(shown.rstrip("%").partition(".")[2])
        return self.exact[min(places, len(self.exact) - 1)]

    @property
    def blank(self) -> str:
        """The cell without content."""
        return f"{self.opening}/>"

    @property
    def around_text(self) -> tuple[str, str]:
        """The markup before and after an inline text, or the runs of one."""
        p = self.prefix
        before, after = f'{self.opening} t="inlineStr"><{p}is>', f"</{p}is></{p}c>"
        if self.kind == "mixed":
            return before, after
        return f'{before}<{p}t xml:space="preserve">', f"</{p}t>{after}"

    def misfit(self, error: Exception, value: object) -> RefusedError:
        """The complaint about a value, with the place of the cell."""
        refused = error if isinstance(error, RefusedError) else RefusedError.of_kind(value)
        refused.where = f"{self.place} {self.tag}"
        return refused


@dataclass(frozen=True, slots=True)
class RowHeight:
    """What the template says of a row: its height, as written and in tenths of a point; is it fixed."""

    written: str
    tenths: int
    is_fixed: bool


@dataclass(frozen=True, slots=True)
class RowPlan:
    """A row of the template: its number there, the markup around its tagged cells, those cells.

    ``height`` is there where the text decides; it is written between ``head`` and the first literal.
    """

    row: int
    head: str
    literals: tuple[str, ...]
    cells: tuple[CellPlan, ...]
    height: RowHeight | None


def writing_of(plan: CellPlan) -> Writing:
    """What writes a value into a cell of this kind."""
    if plan.kind == "result":
        return _result_writing(plan)
    if plan.kind == "mixed":
        return _mixed_writing(plan)
    return _text_writing(plan) if plan.kind == "text" else _number_writing(plan)


def _text_writing(plan: CellPlan) -> Writing:
    before, after = _encoded(*plan.around_text)
    blank, short = plan.blank.encode(), plan.room // 2

    def write(writer: RowWriter, value: Any) -> bytes:  # noqa: ANN401 - whatever the page holds
        text, length = _TEXTS[value]
        if not length:
            return blank
        if length > short:
            writer.measure(plan, str(value))
        return before + text + after

    return write


def _mixed_writing(plan: CellPlan) -> Writing:
    """The value is markup that has been written already."""
    before, after = plan.around_text

    def write(writer: RowWriter, value: Any) -> bytes:  # noqa: ANN401 - as above
        words = _MARKUP.sub("", value)
        if not words:
            return plan.blank.encode()
        if _length(words) > plan.room // 2:
            writer.measure(plan, words)
        return f"{before}{value}{after}".encode()

    return write


def _number_writing(plan: CellPlan) -> Writing:
    p = plan.prefix
    before, after = _encoded(f"{plan.opening}><{p}v>", f"</{p}v></{p}c>")
    numbers = _PERCENTS if plan.kind == "percent" else _NUMBERS
    as_text, has_exact = _text_writing(plan), bool(plan.exact)

    def write(writer: RowWriter, value: Any) -> bytes:  # noqa: ANN401 - as above
        number = numbers[value]
        if number is None:
            return as_text(writer, value)
        if has_exact:
            return f"{plan.opening_of(value)}><{p}v>".encode() + number + after
        return before + number + after

    return write


def _result_writing(plan: CellPlan) -> Writing:
    """A formula and its value; its references are written when all rows are known, but for its own row."""
    p = plan.prefix
    opening, middle, after = _encoded(f"><{p}f>", f"</{p}f><{p}v>", f"</{p}v></{p}c>")
    own = plan.own_formula.encode()

    def write(writer: RowWriter, value: Any) -> bytes:  # noqa: ANN401 - as above
        shown, kind, stored = _RESULTS[value]
        formula = own or writer.open_formula(plan)
        return plan.opening_of(shown).encode() + kind + opening + formula + middle + stored + after

    return write


def _encoded(*texts: str) -> list[bytes]:
    return [text.encode() for text in texts]


def _length(words: str) -> int:
    """How long a text is; one of several lines is never short."""
    return _LONG if "\n" in words else len(words)


def _text(value: object) -> tuple[bytes, int]:
    text = sheet_text(value)
    return text.encode(), _length(text)


def _number(shown: object, *, is_percent: bool) -> bytes | None:
    number = number_of(shown, is_percent=is_percent) if isinstance(shown, str) else None
    return None if number is None else number.encode()


def _result(value: object) -> tuple[str, bytes, bytes]:
    """What a result shows, the attribute for its kind, and what is stored."""
    shown = sheet_text(value)
    number = _number(shown, is_percent=shown.endswith("%"))
    return (shown, b' t="str"', shown.encode()) if number is None else (shown, b"", number)


_TEXTS = Known(_text)
_NUMBERS = Known(lambda shown: _number(shown, is_percent=False))
_PERCENTS = Known(lambda shown: _number(shown, is_percent=True))
_RESULTS = Known(_result)
