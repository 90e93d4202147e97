"""Names of output files: from the pack's pattern, safe on Windows, never two alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_FORBIDDEN = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|COM\d|LPT\d)(\.|$)", re.IGNORECASE)
_FIELD = re.compile(r"\{(\w+)\}")
LONGEST_FIELD = 40
LONGEST_PART = 72  # characters of three bytes: a component stays below 255 bytes with suffix and number


@lru_cache(maxsize=256)
def safe(text: str, otherwise: str) -> str:
    """``text`` as one part of a path; ``otherwise`` when nothing printable is left of it.

    Characters that Windows forbids become their full-width forms, invisible ones go, long names are cut.
    """
    visible = "".join(_visible(char) for char in unicodedata.normalize("NFC", text).translate(_FORBIDDEN))
    bare = re.sub(r" +", " ", visible).strip(" .")
    return _allowed(_cut(bare, LONGEST_FIELD)) or otherwise


def _allowed(part: str) -> str:
    """``part``, marked where Windows keeps the name for a device."""
    return f"_{part}" if _RESERVED.match(part) else part


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Zs", "Zl", "Zp"} or char in "\t\r\n":
        return " "
    return "" if category[0] == "C" else char


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip(' .')}…"


def output_stem(pattern: str, fields: Mapping[str, str]) -> str:
    """The path without suffix that ``pattern`` gives. Raises ``KeyError`` for a field it should not name."""
    filled = _FIELD.sub(lambda match: fields[match[1]], pattern)
    return "/".join(_part(part) for part in filled.split("/") if part.strip(" ."))


def _part(part: str) -> str:
    bare = _allowed(part.strip(" ."))
    return bare if len(bare) <= LONGEST_PART else f"{bare[: LONGEST_PART - 1].rstrip(' .')}…"


def unused(stem: str, suffix: str, taken: set[str]) -> str:
    """``stem`` + ``suffix``, numbered （2）, （3） … while another output has the name; it is then taken."""
    number, path = 1, f"{stem}{suffix}"
    while path.casefold() in taken:
        number += 1
        path = f"{stem}（{number}）{suffix}"
    taken.add(path.casefold())
    return path
