"""The pieces a part is made of: text, values, conditions, loops and names given on the way.

Tags come as Jinja writes them: from templates after they have been checked, and from the engine itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from docgen.render.expression import Name, name_in
from docgen.render.meaning import Meaning, Scope, gathered, meaning_of
from docgen.render.template import Code

_TOKEN = re.compile("<\\?docgen ([0-9]+)\\?>|\ue0f0([0-9]+)\ue0f1")
_TURN = "loop."
_TAG = re.compile(r"\{\{(.*?)\}\}|\{%(.*?)%\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Value:
    """Something to be printed."""

    code: Code
    meaning: Meaning
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """Texts and names to be printed by turns, the names looked up together.

    ``texts`` has a text at every even place and room for a name at every odd one; ``values`` are the names
    one by one, to tell which of them does not fit.
    """

    texts: list[bytes]
    gather: Callable[[Scope], Sequence[Any]]
    values: Sequence[Value]


@dataclass(frozen=True, slots=True)
class Branch:
    """What is written when a condition holds; always, when there is none."""

    code: Code
    test: Meaning | None
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Choice:
    """The first branch that holds."""

    branches: Sequence[Branch]


@dataclass(frozen=True, slots=True)
class Loop:
    """What is written for each item of a list; ``otherwise`` when there is none.

    ``counts`` says whether a turn is asked which it is, ``gives`` whether the template gives names in it;
    the engine's own need no clearing away, as every turn gives them before it uses them.
    """

    code: Code
    variable: str
    items: Meaning
    pieces: Sequence[Piece]
    otherwise: Sequence[Piece]
    counts: bool
    gives: bool


@dataclass(frozen=True, slots=True)
class Given:
    """A name given to a value, or to what the pieces write."""

    code: Code
    name: str
    meaning: Meaning | None
    pieces: Sequence[Piece] = ()


Piece = bytes | Run | Value | Choice | Loop | Given


@dataclass(frozen=True, slots=True)
class _Tag:
    """One tag as Jinja writes it: its word (none for a value) and the rest."""

    code: Code
    word: str
    rest: str


def pieces_of(source: str, codes: Sequence[Code]) -> Sequence[Piece]:
    """The pieces of a part whose text holds a mark for each of the codes."""
    return _Reader(_tags(source, codes)).read()[0]


def _tags(source: str, codes: Sequence[Code]) -> Iterator[str | _Tag]:
    parts = _TOKEN.split(source)
    for literal, block, inline in zip(parts[::3], [*parts[1::3], None], [*parts[2::3], None], strict=True):
        yield literal
        number = block or inline
        if number is not None:
            yield from _tags_of(codes[int(number)])


def _tags_of(code: Code) -> Iterator[str | _Tag]:
    parts = _TAG.split(f"{code.before}{code.main}{code.after}")
    for literal, value, block in zip(parts[::3], [*parts[1::3], None], [*parts[2::3], None], strict=True):
        yield literal
        if value is not None:
            yield _Tag(code, "", value.strip())
        elif block is not None:
            word, _, rest = block.strip().partition(" ")
            yield _Tag(code, word, rest.strip())


class _Reader:
    """Builds the pieces from tags in order; counts what a loop must provide for."""

    def __init__(self, tags: Iterator[str | _Tag]) -> None:
        self._tags = tags
        self._turns = self._names = 0

    def read(self) -> tuple[list[Piece], _Tag | None]:
        """The pieces up to the end of the block they are in, and the tag that ends it."""
        pieces: list[Piece | str] = []
        for tag in self._tags:
            if isinstance(tag, str):
                _add_text(tag, pieces)
                continue
            self._turns += _TURN in tag.rest
            if tag.word == "if":
                pieces.append(self._choice(tag))
            elif tag.word == "for":
                pieces.append(self._loop(tag))
            elif tag.word == "set":
                pieces.append(self._given(tag))
            elif tag.word:
                return _in_runs(pieces), tag
            else:
                pieces.append(Value(tag.code, meaning_of(tag.rest), tag.rest))
        return _in_runs(pieces), None

    def _choice(self, opening: _Tag) -> Choice:
        branches: list[Branch] = []
        at: _Tag | None = opening
        while at is not None and at.word != "endif":
            test = meaning_of(at.rest) if at.rest else None
            pieces, closing = self.read()
            branches.append(Branch(at.code, test, pieces))
            at = closing
        return Choice(branches)

    def _loop(self, opening: _Tag) -> Loop:
        turns, names = self._turns, self._names
        pieces, closing = self.read()
        counts, gives = self._turns > turns, self._names > names
        otherwise = self.read()[0] if closing is not None and closing.word == "else" else []
        variable, _, items = opening.rest.partition(" in ")
        return Loop(opening.code, variable, meaning_of(items), pieces, otherwise, counts, gives)

    def _given(self, tag: _Tag) -> Given:
        name, equals, value = (part.strip() for part in tag.rest.partition("="))
        self._names += not name.startswith("_")
        if equals:
            return Given(tag.code, name, meaning_of(value))
        return Given(tag.code, name, None, self.read()[0])


def _add_text(text: str, pieces: list[Piece | str]) -> None:
    last = pieces[-1] if pieces else None
    if isinstance(last, str):
        pieces[-1] = last + text
    elif text:
        pieces.append(text)


def _in_runs(pieces: Sequence[Piece | str]) -> list[Piece]:
    """The pieces, names and the texts around them taken together, texts encoded."""
    joined: list[Piece] = []
    for is_plain, group in groupby(pieces, _is_plain):
        listed = list(group)
        if is_plain and len(listed) > 1:
            joined.append(_run(listed))
        else:
            joined += [piece.encode() if isinstance(piece, str) else piece for piece in listed]
    return joined


def _is_plain(piece: Piece | str) -> bool:
    return isinstance(piece, str) or (isinstance(piece, Value) and _name_of(piece) is not None)


def _name_of(value: Value) -> Name | None:
    return name_in(value.text, is_own=True)


def _run(pieces: Sequence[Piece | str]) -> Run:
    texts, values = [b""], []
    for piece in pieces:
        if isinstance(piece, Value):
            values.append(piece)
            texts += (b"", b"")
        elif isinstance(piece, str):
            texts[-1] = piece.encode()
    names = [name for value in values if (name := _name_of(value))]
    return Run(texts, gathered(names), values)


def seams(pieces: Sequence[Piece]) -> Iterator[bytes]:
    """The texts that something follows which a page may leave out."""
    for piece, following in zip(pieces, [*pieces[1:], None], strict=False):
        if isinstance(piece, Run):
            yield from piece.texts[:-1:2]
        if isinstance(piece, (bytes, Run)) and (following is None or may_be_nothing(following)):
            yield piece if isinstance(piece, bytes) else piece.texts[-1]
        for inside in _inside(piece):
            yield from seams(inside)


def texts_in(pieces: Sequence[Piece]) -> Iterator[bytes]:
    """All texts."""
    for piece in pieces:
        if isinstance(piece, (bytes, Run)):
            yield from [piece] if isinstance(piece, bytes) else piece.texts[::2]
        for inside in _inside(piece):
            yield from texts_in(inside)


def may_be_nothing(piece: Piece) -> bool:
    """Whether some page writes nothing for it."""
    if isinstance(piece, (bytes, Run)):
        return not piece if isinstance(piece, bytes) else not any(piece.texts)
    if isinstance(piece, Choice):
        always = any(branch.test is None for branch in piece.branches)
        return not always or any(all(map(may_be_nothing, branch.pieces)) for branch in piece.branches)
    return True


def _inside(piece: Piece) -> list[Sequence[Piece]]:
    """The lists of pieces in a piece."""
    if isinstance(piece, Choice):
        return [branch.pieces for branch in piece.branches]
    if isinstance(piece, Loop):
        return [piece.pieces, piece.otherwise]
    return [piece.pieces] if isinstance(piece, Given) else []
