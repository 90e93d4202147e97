"""One tag: docxtpl's brackets, the letters that say what is dropped around it, and its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
STRAY = re.compile(r"\{\{|\}\}|\{%|%\}")
CELL_WORDS = frozenset({"vm", "hm", "colspan", "cellbg"})
_BLOCK = re.compile(r"\{%-?(?:(p|tr|tc|r)-?(?=\s))?\s*(.*?)\s*-?%\}", re.DOTALL)
_VALUE = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}", re.DOTALL)
_CURLY = str.maketrans("“”‘’", "\"\"''")
_SPACES = str.maketrans("\u00a0\u3000\t\n", "    ")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag taken apart: `kind` is value, block or comment; `level` what is dropped around it."""

    source: str
    kind: str
    level: str
    word: str
    rest: str

    @classmethod
    def read(cls, source: str) -> Self:
        """The tag as typed, curly quotes and odd spaces put right."""
        text = source if '"' in source or "'" in source else source.translate(_CURLY)
        text = text.translate(_SPACES)
        if value := _VALUE.fullmatch(text):
            return cls(source, "value", "", "", value[1])
        if block := _BLOCK.fullmatch(text):
            word, _, rest = block[2].partition(" ")
            return cls(source, "block", block[1] or "", word, rest.strip())
        return cls(source, "comment", "", "", "")
