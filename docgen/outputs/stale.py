"""Why documents must be made again: contents are compared, never times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from docgen.outputs.commit import has_leftovers
from docgen.outputs.entry import sha256_at
from docgen.outputs.headline import Headline


class Reason(Enum):
    """What is not as the last run left it."""

    NEW = "还没有生成过"
    FORCED = "按要求全部重做"
    WORKBOOK = "工作簿的内容变了"
    RENAMED = "工作簿改了名"
    PACK = "模板包变了"
    VERSION = "docgen 的版本变了"
    OPTIONS = "水印或目录页码的要求变了"
    LAST_YEAR = "用来比较的上年记录变了"
    MISSING = "有成品不见了"
    EDITED = "有成品被人改过"
    INTERRUPTED = "上次没有做完"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the documents would be made from now.

    ``options`` are those that show in the documents, ``last_year`` is the digest of the record of the year
    before, blank for none.
    """

    docgen: str
    pack: str
    pack_digest: str
    workbook: str
    workbook_digest: str
    options: Mapping[str, object]
    last_year: str = ""


def reasons(last: Headline, wanted: Wanted) -> tuple[Reason, ...]:
    """Everything that has changed since the run ``last``; the files are looked at only when nothing has."""
    return tuple(_of_the_inputs(last, wanted)) or tuple(_of_the_outputs(last))


def _of_the_inputs(last: Headline, wanted: Wanted) -> Iterator[Reason]:
    changed = {
        Reason.WORKBOOK: last.workbook_digest != wanted.workbook_digest,
        Reason.RENAMED: last.workbook != wanted.workbook,
        Reason.PACK: (last.pack, last.pack_digest) != (wanted.pack, wanted.pack_digest),
        Reason.VERSION: last.docgen != wanted.docgen,
        Reason.OPTIONS: last.options != wanted.options,
        Reason.LAST_YEAR: last.last_year != wanted.last_year,
    }
    yield from (why for why, is_so in changed.items() if is_so)


def _of_the_outputs(last: Headline) -> Iterator[Reason]:
    if has_leftovers(last.folder):
        yield Reason.INTERRUPTED
    digests = {e.path: (e.sha256, sha256_at(last.folder / e.path)) for e in last.files if not e.edited}
    if any(found is None for _, found in digests.values()):
        yield Reason.MISSING
    if any(found is not None and found != recorded for recorded, found in digests.values()):
        yield Reason.EDITED
