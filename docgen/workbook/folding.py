"""Texts as people type them: widths, spaces and control characters made alike before anything is compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

# Full-width ASCII, small forms and their like. NFKC would also turn m² into m2 and ① into 1.
_NARROW = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_NARROW |= {ord(wide): half for wide, half in zip("\u3000\xa0﹪﹤﹥﹦−．", "  %<>=-.", strict=True)}
_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "〔": "[", "〕": "]", "【": "[", "】": "]"}
)
_SPACES = re.compile(r"\s+")
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff"
_ILLEGAL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_CONTROL = re.compile(f"[{_ILLEGAL}]")
_UNTIDY = re.compile(f"[{_UNSEEN}{_ILLEGAL}\r\u2028\u2029]")
_TRAILER = re.compile(r"[*:]+$")
_BRACKETED = re.compile(r"\([^()]*\)$")


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as their half-width twins; everything else untouched."""
    return text if text.isascii() else text.translate(_NARROW)


def packed(text: str) -> str:
    """``narrow`` without any white space: what a number or a date is parsed from."""
    return _SPACES.sub("", _INVISIBLE.sub("", narrow(text)))


@lru_cache(maxsize=1024)
def key(text: str) -> str:
    """A name as compared: width, white space, quotation marks, brackets and case do not count."""
    return packed(text).translate(_QUOTES).casefold()


@lru_cache(maxsize=1024)
def label_key(text: str) -> str:
    """A printed label as compared: as ``key``, without a star or colon at its end."""
    return _TRAILER.sub("", key(text))


@lru_cache(maxsize=1024)
def bare_label_key(text: str) -> str:
    """``label_key`` without a bracketed note at the end: ``年初预算数（万元）`` is ``年初预算数``."""
    return _TRAILER.sub("", _BRACKETED.sub("", label_key(text)))


def has_control(text: str) -> bool:
    """Whether the text holds characters no document may hold."""
    return _CONTROL.search(text) is not None


def cleaned(text: str) -> str:
    """The text without control and invisible characters, one kind of line end."""
    if not _UNTIDY.search(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return _INVISIBLE.sub("", _CONTROL.sub("", text))


def one_line(text: str) -> str:
    """A short text on one line: line breaks typed to wrap it are dropped between Chinese, else a space."""
    text = cleaned(text).strip()
    if "\n" not in text and "\t" not in text:
        return text
    lines = [line.strip() for line in text.split("\n")]
    joined = "\n".join(line for line in lines if line)
    return re.sub(r"(?<=[\x21-\x7e])\n(?=[\x21-\x7e])", " ", joined).replace("\n", "").replace("\t", " ")


def paragraphs(text: str) -> str:
    """A long text, one paragraph a line: indents, blank lines and trailing spaces are dropped."""
    lines = (line.strip() for line in cleaned(text).split("\n"))
    return "\n".join(line for line in lines if line)


def nearest(name: str, names: Iterable[str]) -> str:
    """The one of ``names`` most like ``name``, or nothing."""
    from difflib import get_close_matches  # needed only when something is misspelt

    by_key = {key(each): each for each in names}
    found = get_close_matches(key(name), by_key, n=1, cutoff=0.5)
    return by_key[found[0]] if found else ""
