"""What the processes of a batch do: tell whose a workbook is, and make its documents."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

from docgen.batch.wishes import Outcome, State, Wishes
from docgen.errors import DocgenError, StoreError, WorkbookError
from docgen.outputs.entry import ABOUT_THE_RUN, sha256_at
from docgen.outputs.lock import Lock
from docgen.outputs.stale import Reason
from docgen.outputs.store import folder_of

if TYPE_CHECKING:  # what the processes load, the one that starts them need not
    from docgen.packs import Pack
    from docgen.pipeline import Run

_ATTEMPTS = 3
_PAUSE = 0.5  # seconds that whoever is saving the workbook gets


@dataclass(frozen=True, slots=True)
class Task:
    """One workbook to be made, why, and for whom."""

    path: Path
    wishes: Wishes
    lock: Lock
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose a workbook is: the folder its documents go to (None: not known), or that it is foreign."""

    folder: Path | None
    is_foreign: bool = False


def identify(task: Task) -> Identity:
    """The identity of a workbook, from its first sheet. What is wrong with it is told when it is made."""
    from docgen.packs.lint import open_pack
    from docgen.workbook import bind, content_of, pack_named_in
    from docgen.workbook.folding import key
    from docgen.workbook.sketch import sketch

    try:
        content = content_of(task.path)
        titles = _first_sheets(task.wishes.pack, task.path.parent)
        book = sketch(task.path, content, lambda title: title in titles)
        named = task.wishes.pack or pack_named_in(book)
        if named:
            department = bind(book, open_pack(named, task.path.parent).layout, ()).filing.department
            name = department.name.otherwise("")
            folder = folder_of(task.wishes.out, name, department.fiscal_year.value) if name else None
            return Identity(folder)
    except DocgenError:
        return Identity(None)
    known = _all_sheets(task.path.parent)
    return Identity(None, is_foreign=not any(key(grid.title) in known for grid in book.sheets))


@cache
def _first_sheets(wanted: str | None, near: Path) -> frozenset[str]:
    """The folded titles under which packs have the sheet that names the department."""
    from docgen.packs import pack_ids
    from docgen.packs.lint import open_pack
    from docgen.packs.read import titles_of
    from docgen.workbook.folding import key

    shipped = [] if wanted else [titles_of(pack, "department") for pack in pack_ids()]
    packs = [open_pack(wanted, near)] if wanted else _own_packs(near)
    sheets = [pack.layout.sheets["department"] for pack in packs if "department" in pack.layout.sheets]
    titles = [*shipped, *((sheet.title, *sheet.aliases) for sheet in sheets)]
    return frozenset(key(title) for some in titles for title in some)


@cache
def _all_sheets(near: Path) -> frozenset[str]:
    from docgen.packs import load_pack, pack_ids
    from docgen.workbook.folding import key

    packs = (*(load_pack(pack) for pack in pack_ids()), *_own_packs(near))
    layouts = [pack.layout for pack in packs if "department" in pack.layout.sheets]
    return frozenset(key(sheet.title) for layout in layouts for sheet in layout.sheets.values())


def _own_packs(near: Path) -> list[Pack]:
    """The bureau's own packs that are sound."""
    from docgen.packs.lint import open_pack
    from docgen.packs.places import own_packs

    found = []
    for folder in own_packs(near):
        with suppress(DocgenError):  # what is wrong with a pack is told when a workbook asks for it
            found.append(open_pack(str(folder)))
    return found


def make(task: Task) -> Outcome:
    """Make every document of one workbook; whatever goes wrong becomes its outcome."""
    try:
        return _outcome(task, _made(task))
    except StoreError as error:
        return _failed(task, str(error), 3)
    except DocgenError as error:
        return _failed(task, str(error), 2)
    except Exception as error:  # noqa: BLE001 - one workbook never stops the rest
        message = f"{task.path.name}：docgen 出错了（{type(error).__name__}），文件没有生成。"
        return replace(_failed(task, message, 3), trouble=traceback.format_exc())


def _made(task: Task) -> Run:
    """The run of what the workbook holds in the end: a save while it was read makes it again."""
    from docgen.pipeline import run

    for attempt in range(1, _ATTEMPTS + 1):
        before = sha256_at(task.path)
        try:
            done = run(
                task.path,
                pack=task.wishes.pack,
                out=task.wishes.out,
                measure_pages=task.wishes.measure_pages,
                watermark=task.wishes.watermark,
                pdf=task.wishes.pdf,
                last_year=task.wishes.last_year,
                lock=task.lock,
            )
        except WorkbookError:
            sleep(_PAUSE)
            if sha256_at(task.path) in {before, None} or attempt == _ATTEMPTS:
                raise
        else:
            if sha256_at(task.path) in {done.workbook_digest, None}:
                return done
            sleep(_PAUSE)
    return replace(done, notes=(*done.notes, f"{task.path.name} 一直在被保存；下次运行会按最后的内容重做。"))


def _outcome(task: Task, done: Run) -> Outcome:
    beside = tuple(kept.sentence for kept in done.stored.beside)
    return Outcome(
        workbook=task.path,
        state=State.MADE if done.is_final else State.DRAFT,
        status=0 if done.is_final else 1,
        department=done.department,
        fiscal_year=done.fiscal_year,
        folder=done.stored.folder,
        reasons=task.reasons,
        counts=_counts(done),
        documents=sum(entry.document not in ABOUT_THE_RUN for entry in done.stored.made),
        notes=(*beside, *done.notes),
        seconds=done.seconds,
    )


def _counts(done: Run) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for finding in done.findings:
        counts[finding.tier] = counts.get(finding.tier, 0) + 1
    return counts


def _failed(task: Task, message: str, status: int) -> Outcome:
    return Outcome(task.path, State.FAILED, status, reasons=task.reasons, message=message)
