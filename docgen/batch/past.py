"""What earlier runs left below an output folder, and what of it no longer holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import docgen
from docgen.batch.wishes import Wishes
from docgen.outputs.entry import sha256_at
from docgen.outputs.headline import Headline, headline, run_folders, workbook_in
from docgen.outputs.record import pack_digest
from docgen.outputs.stale import Reason, Wanted, reasons
from docgen.packs.lint import open_pack


@dataclass(slots=True)
class Past:
    """The runs below ``out`` by the digest and by the name of their workbooks."""

    out: Path
    by_digest: dict[str, Path] = field(default_factory=dict)
    by_name: dict[str, Path] = field(default_factory=dict)

    @classmethod
    def below(cls, out: Path) -> Past:
        """Look through ``out`` once."""
        past = cls(out)
        for folder in run_folders(out):
            told = workbook_in(folder)
            if told is not None:
                past.by_name[told[0]], past.by_digest[told[1]] = folder, folder
        return past

    def stale(self, path: Path, wishes: Wishes) -> tuple[tuple[Reason, ...], Headline | None]:
        """Why the workbook at ``path`` must be made, with the run that made it last; no reason: it need not."""
        digest = sha256_at(path) or ""
        folder = self.by_digest.get(digest) or self.by_name.get(path.name)
        last = headline(folder) if folder else None
        if last is None:
            return (Reason.NEW,), None
        if wishes.force:
            return (Reason.FORCED,), last
        pack = wishes.pack or last.pack
        wanted = Wanted(docgen.__version__, *_pack(pack), path.name, digest, _options(wishes, last.options))
        return reasons(last, wanted), last


def _pack(name: str) -> tuple[str, str]:
    """Id and digest of a pack as it is now; an unusable one is told when the workbook is made."""
    from docgen.errors import DocgenError

    try:
        return _digest(name)
    except DocgenError:
        return name, ""


@cache
def _digest(name: str) -> tuple[str, str]:
    pack = open_pack(name)
    return pack.id, pack_digest(pack)


def _options(wishes: Wishes, last: Mapping[str, object]) -> Mapping[str, object]:
    """What the run would record: page numbers once measured stay good when nobody asks for them."""
    return {"watermark": wishes.watermark, "pages": bool(last.get("pages")) or (wishes.measure_pages and _can_measure())}


@cache
def _can_measure() -> bool:
    from docgen.render.contents import find_soffice

    return find_soffice() is not None
