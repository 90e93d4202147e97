"""Look into a pack: by name or by folder, every setting with the file it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from docgen.packs.pack import Pack
from docgen.packs.places import whereabouts
from docgen.packs.read import load_pack, merge


class Setting(NamedTuple):
    """One value of a pack with everything it inherits: dotted key, value as written, file."""

    key: str
    value: str
    file: str


def open_pack(name: str, near: Path | None = None) -> Pack:
    """The pack called ``name``, or the one in the folder ``name``. Raises ``PackError``.

    ``near`` is the folder of the workbook it is for, beside which a bureau keeps packs of its own.
    """
    return load_pack(*whereabouts(name, near))


def settings(name: str) -> list[Setting]:
    """Every setting of a pack, in the order of its files. Raises ``PackError``."""
    merged = merge(*whereabouts(name))
    return [
        Setting(key, _written(value), merged.origin.get(key, ""))
        for part, table in merged.tables.items()
        for key, value in _leaves(table, part)
    ]


def _leaves(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        path = f"{prefix}.{key}"
        if isinstance(value, dict) and value:
            yield from _leaves(value, path)
        else:
            yield path, value


def _written(value: Any) -> str:  # noqa: ANN401 - whatever TOML may hold
    """``value`` much as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\n", "\\n") + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_written(item)}" for key, item in value.items()) + "}"
    return str(value)
