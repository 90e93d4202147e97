"""What an expression in a tag comes to: looked up or compared, never computed, and no code is made of it.

The language is Jinja's, and so is the parser for all but mere names; what is not listed here has no meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import groupby, takewhile
from operator import itemgetter
from typing import Any

from jinja2 import nodes

from docgen.render.escape import RefusedError
from docgen.render.expression import Name, name_in, tree_of

Scope = dict[str, Any]
Meaning = Callable[[Scope], Any]
_CALL = re.compile(r"(_[a-z0-9]+)\((.*)\)", re.DOTALL)
_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": lambda one, other: one == other,
    "ne": lambda one, other: one != other,
    "in": lambda one, other: one in other,
    "notin": lambda one, other: one not in other,
}


class MissingError(LookupError):
    """The page has nothing of that name."""


def each(value: object) -> Sequence[object]:
    """The items of a list; a string or a mapping is not one."""
    if isinstance(value, (list, tuple)):
        return value
    raise RefusedError.of_kind(value)


def gathered(names: Sequence[Name]) -> Callable[[Scope], Sequence[Any]]:
    """What looks several names up, in order; names side by side in one holder are fetched together."""
    together = [(path, [one.path[-1] for one in group]) for path, group in groupby(names, _holder)]
    fetches = [(path, _fetch(keys)) for path, keys in together]

    def gather(scope: Scope) -> Sequence[Any]:
        found: list[Any] = []
        try:
            for path, fetch in fetches:
                holder: Any = scope
                for step in path:
                    holder = holder[step]
                found += fetch(holder)
        except (KeyError, TypeError):
            return [_entry_by_entry(name, scope) for name in names]
        return found

    if len(fetches) > 1 or len(fetches[0][0]) != 1:
        return gather
    (((root,), fetch_all),) = fetches

    def gather_from_one(scope: Scope) -> Sequence[Any]:
        try:
            return fetch_all(scope[root])
        except (KeyError, TypeError):
            return gather(scope)

    return gather_from_one


def _holder(name: Name) -> tuple[str, ...]:
    return name.path[:-1]


def _fetch(keys: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What takes these entries out of a mapping; ``itemgetter`` gives no tuple for a single one."""
    if len(keys) > 1:
        return itemgetter(*keys)
    (key,) = keys
    return lambda holder: (holder[key],)


def _lookup(name: Name) -> Meaning:
    """What looks a name up; the way of one step, which nearly all names take, is written out."""
    root, steps = name.root, name.steps
    step = steps[0] if len(steps) == 1 else ""

    def one_step(scope: Scope) -> object:
        try:
            return scope[root][step]
        except (KeyError, TypeError):
            return _entry_by_entry(name, scope)

    def any_steps(scope: Scope) -> object:
        try:
            value = scope[root]
            for step in steps:
                value = value[step]
        except (KeyError, TypeError):
            return _entry_by_entry(name, scope)
        return value

    return one_step if step else any_steps


def _entry_by_entry(name: Name, scope: Scope) -> Any:  # noqa: ANN401 - whatever the page holds
    """The slow way, which knows what is missing."""
    value: Any = scope
    for step in name.path:
        value = _entry(value, step)
    return value


@cache
def meaning_of(text: str) -> Meaning:
    """What gives the value of an expression that has been checked, or is the engine's own."""
    name = name_in(text, is_own=True)
    if name:
        return _lookup(name)
    call = _CALL.fullmatch(text)
    words = call[2].split(", ") if call and call[2] else []
    numbers = tuple(int(word) for word in takewhile(str.isdecimal, words))
    names = [name_in(word, is_own=True) for word in words[len(numbers) :]]
    if call and all(names):
        return _call_of(call[1], numbers, [name for name in names if name])
    return _meaning(tree_of(text))


def _entry(value: Any, step: str | int) -> Any:  # noqa: ANN401 - as above
    if isinstance(value, Mapping) and str(step) in value:
        return value[str(step)]
    if isinstance(value, (list, tuple)) and isinstance(step, int) and step < len(value):
        return value[step]
    raise MissingError(str(step))


def _call_of(function: str, numbers: tuple[int, ...], names: Sequence[Name]) -> Meaning:
    """A call as the engine writes it: numbers first, then names."""
    if not names:
        return lambda scope: scope[function](*numbers)
    gather = gathered(names)
    return lambda scope: scope[function](*numbers, *gather(scope))


def _call(function: str, arguments: Sequence[Meaning]) -> Meaning:
    return lambda scope: scope[function](*[argument(scope) for argument in arguments])


def _meaning(node: nodes.Node | None) -> Meaning:
    match node:
        case nodes.Name(name=name):
            return meaning_of(name)
        case nodes.Const(value=value):
            return lambda _: value
        case nodes.Getattr(node=of, attr=step) | nodes.Getitem(node=of, arg=nodes.Const(value=step)):
            return _step(_meaning(of), step)
        case nodes.List(items=listed) | nodes.Tuple(items=listed):
            items = [_meaning(item) for item in listed]
            return lambda scope: [item(scope) for item in items]
        case nodes.Call(node=nodes.Name(name=function), args=arguments):
            return _call(function, [_meaning(argument) for argument in arguments])
    return _comparison(node) if isinstance(node, nodes.Compare) else _logic(node)


def _step(of: Meaning, step: str | int) -> Meaning:
    return lambda scope: _entry(of(scope), step)


def _comparison(node: nodes.Compare) -> Meaning:
    first = _meaning(node.expr)
    others = [(_COMPARISONS[operand.op], _meaning(operand.expr)) for operand in node.ops]

    def holds(scope: Scope) -> bool:
        left = first(scope)
        for compare, other in others:
            right = other(scope)
            if not compare(left, right):
                return False
            left = right
        return True

    return holds


def _logic(node: nodes.Node | None) -> Meaning:
    match node:
        case nodes.Not():
            inner = _meaning(node.node)
            return lambda scope: not inner(scope)
        case nodes.And():
            left, right = _meaning(node.left), _meaning(node.right)
            return lambda scope: left(scope) and right(scope)
        case nodes.Or():
            left, right = _meaning(node.left), _meaning(node.right)
            return lambda scope: left(scope) or right(scope)
        case nodes.Mul():
            left, right = _meaning(node.left), _meaning(node.right)
            return lambda scope: left(scope) * right(scope)
        case _:
            raise TypeError(node)
