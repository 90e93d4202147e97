"""Which differing claims of the clerk a 核实说明 accepts: a rule's code and a cell, written by hand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from docgen.finding import Place
from docgen.model import Explanation, Filing

INDICATOR_SCORE = "S101"
EXECUTION_SCORE = "S102"

REMINDER = "（上年说明）"
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|\d+(?:\.\d+)?%?")
_WORKING = re.compile(r"[\d.%…(]+(?:[+−×÷][\d.%…()−]+)+(?:\(共\d+项\))?=")
_UNCOUNTED = re.compile(r"[\s'\"‘’“”]")
_LONGEST_NAME = 60
_SEPARATORS = re.compile(r"[、,;\n]+")
_CELL = re.compile(r"^(?P<sheet>.*?)[!.:]?\$?(?P<column>[A-Z]{1,3})\$?(?P<row>[0-9]{1,7})$")
Key = tuple[str, str, str]


def folded(text: str) -> str:
    """Text as compared: half width, no spaces or quotation marks, capitals."""
    return _folded_name(text) if len(text) <= _LONGEST_NAME else _folded(text)


def _folded(text: str) -> str:
    return _UNCOUNTED.sub("", unicodedata.normalize("NFKC", text)).upper()


_folded_name = lru_cache(maxsize=2048)(_folded)  # the names of a department are compared again and again


def place_key(code: str, place: Place) -> Key:
    """What an explanation must name to mean this finding."""
    return (folded(code), folded(place.sheet), folded(place.cell))


def explained_keys(explanation: Explanation) -> Iterator[Key]:
    """The (rule, sheet, cell) that a row of 核实说明 names: ``项目资金!E6``, ``项目资金！E6、E7``.

    Cells after the first may leave out the sheet. Yields nothing for what cannot be understood.
    """
    code = folded(explanation.code.otherwise(""))
    where = unicodedata.normalize("NFKC", explanation.where.otherwise(""))
    sheet = ""
    for part in _SEPARATORS.split(where):
        match = _CELL.match(folded(part))
        sheet = (match["sheet"] if match else folded(part).rstrip("!")) or sheet
        if code and sheet:
            yield (code, sheet, match["column"] + match["row"] if match else "")


def figures_in(text: str) -> list[str]:
    """The numbers a sentence names, each once, in order: ``7.14``, ``10``, ``71.4%``."""
    found = _NUMBER.findall(_half_width(text))
    return list(dict.fromkeys(number.replace(",", "") for number in found))


def figures_told(text: str) -> list[str]:
    """The numbers a finding is about: as ``figures_in``, without the working that leads to a result."""
    return figures_in(_WORKING.sub("", _half_width(text)))


def _half_width(text: str) -> str:
    """A full-width comma parts two numbers; it is not the one within a number."""
    return unicodedata.normalize("NFKC", text.replace("，", "；"))


def reason_of(explanation: Explanation) -> str:
    """The written reason; blank where a row only reminds of last year's."""
    reason = explanation.reason.otherwise("").strip()
    return "" if reason.startswith(REMINDER) else reason


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The keys of all explanations with a written reason."""

    keys: frozenset[Key]

    def covers(self, code: str, place: Place) -> bool:
        """Whether a written reason names this rule at this cell."""
        return place_key(code, place) in self.keys


def acceptance(filing: Filing, withdrawn: frozenset[Key] = frozenset()) -> Acceptance:
    """What the sheet 核实说明 of ``filing`` accepts, without what is ``withdrawn``."""
    reasoned = (row for row in filing.explanations if reason_of(row))
    return Acceptance(frozenset(key for row in reasoned for key in explained_keys(row)) - withdrawn)
