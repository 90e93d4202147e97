"""Plain TOML tables → frozen dataclasses, strictly: every unknown key and wrong type is a complaint."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

_NAMES = {str: "文字", int: "整数", bool: "true 或 false", Decimal: "数", tuple: "列表", dict: "表"}


@cache
def hints_of(cls: type) -> dict[str, Any]:
    """The resolved annotations of a dataclass."""
    return get_type_hints(cls)


@dataclass(frozen=True, slots=True)
class _Field:
    """What a record says of one of its keys."""

    hint: Any
    is_required: bool


@cache
def _fields_of(cls: type) -> dict[str, _Field]:
    hints = hints_of(cls)
    return {
        f.name: _Field(hints[f.name], f.default is MISSING and f.default_factory is MISSING)
        for f in fields(cls)
    }


@cache
def _kind_of(hint: Any) -> tuple[Any, Any, tuple[Any, ...]]:  # noqa: ANN401 - any annotation
    """The type behind a hint, with the origin and the arguments of a generic one."""
    hint = getattr(hint, "__supertype__", hint)
    return hint, get_origin(hint), get_args(hint)


@dataclass(frozen=True, slots=True)
class Reader:
    """Collects complaints as (dotted key, message) while values are built."""

    complaints: list[tuple[str, str]]

    def record(self, cls: type, table: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401 - an instance of cls, or None
        """An instance of the dataclass ``cls`` from ``table``; None (and complaints) when it cannot be."""
        before = len(self.complaints)
        known = _fields_of(cls)
        for key in table:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                hint = f"，是不是 {near[0]}？" if near else f"；可用的有：{'、'.join(known)}"
                self.complaints.append((f"{path}.{key}".strip("."), f"不认识的键 {key}{hint}"))
        values = {}
        for name, spec in known.items():
            key = f"{path}.{name}" if path else name
            if name in table:
                values[name] = self.value(spec.hint, table[name], key)
            elif spec.is_required:
                self.complaints.append((key, "缺少这一项"))
        return cls(**values) if len(self.complaints) == before else None

    def value(self, hint: Any, raw: Any, path: str) -> Any:  # noqa: ANN401 - driven by type hints
        """``raw`` as the type ``hint`` says."""
        hint, origin, args = _kind_of(hint)
        if origin is Literal:
            return self._one_of(args, raw, path)
        if origin in {Union, types.UnionType}:
            return self._either(args, raw, path)
        if origin is tuple:
            return self._each(args[0], raw, path)
        if origin is not None and issubclass(origin, Mapping):
            return self._mapping(args[0], args[1], raw, path)
        if is_dataclass(hint):
            return self.record(hint, raw, path) if isinstance(raw, dict) else self._wrong(dict, raw, path)  # type: ignore[arg-type]
        return self._scalar(hint, raw, path)

    def _wrong(self, wanted: type, raw: Any, path: str) -> None:  # noqa: ANN401
        self.complaints.append((path, f"应为{_NAMES.get(wanted, wanted.__name__)}，现为 {raw!r}"))

    def _scalar(self, hint: type, raw: Any, path: str) -> Any:  # noqa: ANN401
        if hint is Any:
            return raw
        if hint is Decimal and isinstance(raw, int | Decimal) and not isinstance(raw, bool):
            return Decimal(raw)
        if isinstance(raw, hint) and not (hint is int and isinstance(raw, bool)):
            return raw
        return self._wrong(hint, raw, path)

    def _either(self, options: tuple[Any, ...], raw: Any, path: str) -> Any:  # noqa: ANN401
        for option in options:
            trial = Reader([])
            value = trial.value(option, raw, path)
            if not trial.complaints:
                return value
        return self._wrong(options[0], raw, path)

    def _one_of(self, options: tuple[Any, ...], raw: Any, path: str) -> Any:  # noqa: ANN401
        if raw in options:
            return raw
        near = get_close_matches(str(raw), [str(o) for o in options], n=1)
        hint = f"，是不是 {near[0]}？" if near else ""
        self.complaints.append((path, f"只能是 {'、'.join(map(str, options))} 之一，现为 {raw!r}{hint}"))
        return None

    def _each(self, item: Any, raw: Any, path: str) -> tuple[Any, ...]:  # noqa: ANN401
        if not isinstance(raw, list):
            self._wrong(tuple, raw, path)
            return ()
        return tuple(self.value(item, entry, f"{path}[{index}]") for index, entry in enumerate(raw))

    def _mapping(self, key_type: Any, item: Any, raw: Any, path: str) -> dict[Any, Any]:  # noqa: ANN401
        if not isinstance(raw, dict):
            self._wrong(dict, raw, path)
            return {}
        result = {}
        for key, entry in raw.items():
            if key_type is int and not str(key).isdigit():
                self._wrong(int, key, f"{path}.{key}")
                continue
            result[int(key) if key_type is int else key] = self.value(item, entry, f"{path}.{key}")
        return result
