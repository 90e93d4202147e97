"""References in an Excel formula: found, and written again for where the rows have gone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

_REFERENCE = re.compile(
    r"""
    (?P<text>"(?:[^"]|"")*")
    | (?<![\w.$\[\]])
      (?P<sheet>(?:'(?:[^']|'')+'|(?:\[\d+\])?[^\W\d][\w.]*)!)?
      (?:
        (?P<left>\$?[A-Za-z]{1,3})(?P<fix1>\$?)(?P<row1>[1-9]\d{0,6})
        (?::(?P<right>\$?[A-Za-z]{1,3})(?P<fix2>\$?)(?P<row2>[1-9]\d{0,6}))?
        | (?P<fix3>\$?)(?P<row3>[1-9]\d{0,6}):(?P<fix4>\$?)(?P<row4>[1-9]\d{0,6})
      )
      (?![\w.(!])
    """,
    re.VERBOSE,
)
_RESULT = re.compile(r'\s*[+&]\s*[NT]\(\s*"(\{\{[^"]*\}\})"\s*\)\s*$')

Blocks = list[tuple[int, int]]


@dataclass(frozen=True)
class Reference:
    """A cell, an area or whole rows; `last` is 0 for a single cell, `left` empty for whole rows."""

    prefix: str
    left: str
    fix: str
    first: int
    right: str = ""
    last_fix: str = ""
    last: int = 0

    @cached_property
    def sheet(self) -> str:
        """The name of the sheet it points into; empty for the formula's own."""
        name = self.prefix.removesuffix("!")
        return name[1:-1].replace("''", "'") if name.startswith("'") else name

    @cached_property
    def rows(self) -> tuple[int, int]:
        """First and last row of the template."""
        low, high = sorted((self.first, self.last or self.first))
        return low, high

    @property
    def means_all(self) -> bool:
        """Whether both rows of an area are fixed: from inside a loop it means the rows of all items."""
        return bool(self.fix and self.last_fix)

    def write(self, first: int | str, last: int | str) -> str:
        """The reference with other rows."""
        head = f"{self.prefix}{self.left}{self.fix}{first}"
        return f"{head}:{self.right}{self.last_fix}{last}" if self.last else head


Parsed = tuple[str | Reference, ...]


@lru_cache(maxsize=1024)
def parse(text: str) -> Parsed:
    """The formula as literal pieces and references."""
    return tuple(_pieces(text))


def references(formula: Parsed) -> Iterator[Reference]:
    """The references of a formula."""
    return (piece for piece in formula if isinstance(piece, Reference))


def split_result(text: str) -> tuple[str, str]:
    """The formula without its result tag, and the tag (empty when there is none)."""
    found = _RESULT.search(text)
    return (text[: found.start()], found[1]) if found else (text, "")


def write(formula: Parsed, place: Callable[[Reference], Blocks | None], nothing: str) -> str:
    """The formula, each reference where `place` says; None keeps it, an empty list gives `nothing`."""
    pieces = []
    for piece in formula:
        if isinstance(piece, str):
            pieces.append(piece)
            continue
        blocks = place(piece)
        if blocks is None:
            pieces.append(piece.write(piece.first, piece.last))
        elif piece.last:
            pieces.append(",".join(piece.write(first, last) for first, last in blocks) or nothing)
        else:
            pieces.append(piece.write(blocks[0][0], 0) if blocks else "#REF!")
    return "".join(pieces)


def in_its_row(formula: Parsed, row: int, number: str) -> str:
    """A formula that names no row but its own, with ``number`` for that row; empty when it names others."""
    named = references(formula)
    if not all(one.rows == (row, row) and not one.prefix and not one.means_all for one in named):
        return ""
    return "".join(piece if isinstance(piece, str) else piece.write(number, number) for piece in formula)


def moved(formula: Parsed, rows: int, columns: int) -> str:
    """A shared formula as it reads `rows` further down and `columns` further right."""
    return "".join(piece if isinstance(piece, str) else _moved(piece, rows, columns) for piece in formula)


def column_number(letters: str) -> int:
    """A is 1, AA is 27; a dollar sign is ignored."""
    number = 0
    for letter in letters.upper().replace("$", ""):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


@lru_cache(maxsize=1024)
def column_letters(number: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _pieces(text: str) -> Iterator[str | Reference]:
    last = 0
    for found in _REFERENCE.finditer(text):
        prefix = found["sheet"] or ""
        if found["text"] is not None or prefix.startswith(("[", "'[")):
            continue
        yield text[last : found.start()]
        last = found.end()
        if found["row3"]:
            first, final = int(found["row3"]), int(found["row4"])
            yield Reference(prefix, "", found["fix3"], first, "", found["fix4"], final)
        else:
            yield Reference(
                prefix,
                found["left"],
                found["fix1"],
                int(found["row1"]),
                found["right"] or "",
                found["fix2"] or "",
                int(found["row2"] or 0),
            )
    yield text[last:]


def _moved(one: Reference, rows: int, columns: int) -> str:
    first = one.first if one.fix else one.first + rows
    last = one.last if one.last_fix or not one.last else one.last + rows
    left, right = _moved_column(one.left, columns), _moved_column(one.right, columns)
    return replace(one, left=left, right=right).write(first, last)


def _moved_column(letters: str, columns: int) -> str:
    if not letters or letters.startswith("$"):
        return letters
    return column_letters(column_number(letters) + columns)
