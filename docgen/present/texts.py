"""The clerk's words → paragraphs and sentences that end as sentences do. Nothing is worded here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docgen.checks.words import LONGEST_CELL
from docgen.model import Entered, Statement, Target

_CLOSING = frozenset("。！？；：…!?;:")
_QUOTING = "”’）】》』」)\"'"
_SINGLE_QUOTES = str.maketrans("“”", "‘’")
_LEADING = "，、；。,;"  # no sentence begins with one of these
_TRAILING = "。；，、;,. \u3000"


def said(entered: Entered[str]) -> str:
    """What stands in a text cell, without blanks around it."""
    return (entered.value or "").strip()


def shown_target(entered: Entered[Target]) -> str:
    """A 指标值 or 完成值 as the clerk wrote it, tidied where it was understood."""
    value = entered.value
    if value is None:
        return entered.text.strip()
    return value.text.strip() if isinstance(value, Statement) else value.text.strip() or entered.text.strip()


def paragraphs(text: str) -> list[str]:
    """The lines of a cell that say something, without the mark that one may begin with by mistake."""
    return [bare for line in text.splitlines() if (bare := line.strip().lstrip(_LEADING).lstrip())]


def closed(text: str) -> str:
    """``text`` with a full stop where its last sentence has no closing mark; nothing stays nothing."""
    bare = text.strip()
    if not bare:
        return ""
    if bare.rstrip(_QUOTING)[-1:] in _CLOSING:
        return bare
    return bare.rstrip("，、,.") + "。"


def closed_paragraphs(text: str) -> list[str]:
    """The paragraphs of a free text, each closed."""
    return [closed(line) for line in paragraphs(text)]


def sentence(text: str) -> str:
    """A reason inside running text: one line, closed by exactly one 。"""
    bare = clause(text)
    return f"{bare}。" if bare else ""


def clause(text: str) -> str:
    """A reason or a use inside a sentence that goes on: one line, without the mark that closed it."""
    return _joined_lines(text).rstrip(_TRAILING)


def listed(text: str) -> str:
    """The lines of a cell as a list inside a sentence: ``甲文件、乙文件``."""
    return "、".join(line.rstrip(_TRAILING) for line in paragraphs(text))


def reasons(texts: Iterable[str]) -> str:
    """Several reasons as one, none twice: by ``；``, or as sentences where one of them holds several.

    A single reason stays as it was written.
    """
    distinct = list(_distinct(texts))
    if len(distinct) <= 1:
        return "".join(distinct)
    bare = [text.rstrip(_TRAILING) for text in distinct]
    between = "。" if any("。" in text for text in bare) else "；"
    whole = between.join(bare) + "。"
    return whole if len(whole) <= LONGEST_CELL else whole[:LONGEST_CELL] + "……"  # N108 has told the clerk


def in_sentence(name: str) -> str:
    """A name as it stands inside a sentence: without the mark that closed it in its cell."""
    return name.rstrip(_TRAILING)


def quoted(name: str) -> str:
    """A name as it stands between “ and ”: its own quotation marks become single ones."""
    return name.translate(_SINGLE_QUOTES)


def _distinct(texts: Iterable[str]) -> Iterator[str]:
    seen = set()
    for text in map(_joined_lines, texts):
        bare = text.rstrip(_TRAILING)
        if bare and bare not in seen:
            seen.add(bare)
            yield text


def _joined_lines(text: str) -> str:
    if not text:
        return ""
    lines = paragraphs(text)
    return "".join(closed(line) for line in lines[:-1]) + (lines[-1] if lines else "")
