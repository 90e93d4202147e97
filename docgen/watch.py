"""Told by the system when workbooks are saved: each saved one is handed on once it has come to rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Event

from watchfiles import Change, watch

from docgen.batch.inputs import is_workbook
from docgen.packs.read import holds_pack

REST = 1000  # milliseconds: Excel writes a copy, removes the old file and renames the copy
_PATIENCE = 20  # times as long is waited while files keep being saved
_BREATH = 200  # milliseconds between looks at ``stop``


def saved(
    paths: Iterable[Path], *, out: Path, stop: Event, rest: int = REST, poll: bool = False
) -> Iterator[list[Path]]:
    """The workbooks saved below ``paths``, in batches, until ``stop`` is set.

    The first batch is empty: from then on nothing is missed. ``rest`` in milliseconds is how long nothing
    must have been saved before a batch is handed on. What lies below ``out`` or in a pack, lock files
    (``~$``) and other files never count. ``poll`` looks instead of being told: network drives tell nothing.
    """
    watched = [path.resolve() for path in paths]
    outputs = out.resolve()
    folders = {path if path.is_dir() else path.parent for path in watched}

    def counts(change: Change, name: str) -> bool:
        path = Path(name)
        below = any(path == place or place in path.parents for place in watched)
        counted = below and outputs not in path.parents and is_workbook(path.name)
        return change != Change.deleted and counted and not any(map(holds_pack, path.parents))

    has_begun = False
    for changes in watch(
        *folders,
        watch_filter=counts,
        debounce=rest * _PATIENCE,
        step=rest,
        rust_timeout=_BREATH,
        yield_on_timeout=True,
        stop_event=stop,
        force_polling=poll or None,
        raise_interrupt=True,
    ):
        batch = sorted({Path(name) for _, name in changes})
        there = [path for path in batch if path.is_file()]
        if there or not has_begun:
            has_begun = True
            yield there
