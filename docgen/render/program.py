"""A part of a template, taken apart once and then written for any number of pages.

Nothing is compiled and no page can reach anything: names are looked up, and pieces written one after another.
A compiler takes longer over a large form than writing it a hundred times does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from docgen.render.escape import Raw, RefusedError
from docgen.render.known import known_by
from docgen.render.meaning import Meaning, MissingError, Scope
from docgen.render.pieces import Choice, Given, Loop, Piece, Run, Value, pieces_of
from docgen.render.template import Code, Environment, RenderError

_UNFIT = (MissingError, RefusedError)
_NOT_ALL_TEXT = (*_UNFIT, TypeError)  # a list has no hash


class Program:
    """One part ready to be written. A run of drafts never takes apart what has no watermark."""

    def __init__(self, file: str, source: str, codes: Sequence[Code], environment: Environment) -> None:
        self._file = file
        self._source = source
        self._codes = codes
        self._finish = environment.finish
        self._known = known_by(environment.finish)
        self._functions = environment.functions

    @cached_property
    def pieces(self) -> Sequence[Piece]:
        """What the part is made of."""
        return pieces_of(self._source, self._codes)

    def run(self, context: Mapping[str, object]) -> bytes:
        """The encoded text of the part; RenderError naming tag and place when the page does not fit."""
        return self._text(self.pieces, {**context, **self._functions})

    def _text(self, pieces: Sequence[Piece], scope: Scope) -> bytes:
        written: list[bytes] = []
        self._write(pieces, scope, written)
        return b"".join(written)

    def _write(self, pieces: Sequence[Piece], scope: Scope, written: list[bytes]) -> None:
        for piece in pieces:
            if type(piece) is Run:
                texts = piece.texts.copy()
                try:
                    texts[1::2] = map(self._known.__getitem__, piece.gather(scope))
                except _NOT_ALL_TEXT:
                    texts[1::2] = [self._printed(value, scope) for value in piece.values]
                written += texts
            elif type(piece) is bytes:
                written.append(piece)
            elif type(piece) is Value:
                written.append(self._printed(piece, scope))
            elif type(piece) is Choice:
                self._write(self._chosen(piece, scope), scope, written)
            elif type(piece) is Loop:
                self._repeat(piece, scope, written)
            elif type(piece) is Given:
                scope[piece.name] = self._given(piece, scope)

    def _chosen(self, choice: Choice, scope: Scope) -> Sequence[Piece]:
        for branch in choice.branches:
            if branch.test is None or self._value(branch.code, branch.test, scope):
                return branch.pieces
        return ()

    def _printed(self, value: Value, scope: Scope) -> bytes:
        try:
            found = value.meaning(scope)
            return found if type(found) is Raw else self._finish(found).encode()
        except _UNFIT as error:
            raise self._failure(error, value.code) from error

    def _repeat(self, loop: Loop, scope: Scope, written: list[bytes]) -> None:
        """Every turn has names of its own; those given in one are gone in the next."""
        items = self._value(loop.code, loop.items, scope)
        last = len(items)
        inner = dict(scope)
        for index, item in enumerate(items, 1):
            inner[loop.variable] = item
            if loop.counts:
                inner["loop"] = {"index": index, "first": index == 1, "last": index == last, "length": last}
            self._write(loop.pieces, dict(inner) if loop.gives else inner, written)
        if not items:
            self._write(loop.otherwise, scope, written)

    def _given(self, given: Given, scope: Scope) -> object:
        if given.meaning is None:
            return self._text(given.pieces, scope).decode()
        return self._value(given.code, given.meaning, scope)

    def _value(self, code: Code, meaning: Meaning, scope: Scope) -> Any:  # noqa: ANN401 - as `looked_up`
        try:
            return meaning(scope)
        except _UNFIT as error:
            raise self._failure(error, code) from error

    def _failure(self, error: Exception, code: Code) -> RenderError:
        is_missing = isinstance(error, MissingError)
        where = getattr(error, "where", "") or code.where(str(error) if is_missing else "")
        reason = f"没有名为“{error}”的内容" if is_missing else str(error)
        return RenderError(f"模板 {self._file} {where}：{reason}")
