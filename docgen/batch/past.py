"""What earlier runs left below an output folder, and what of it no longer holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import docgen
from docgen.batch.wishes import Wishes
from docgen.errors import DocgenError
from docgen.outputs.entry import sha256_at
from docgen.outputs.headline import Headline, headline, run_folders, workbook_in
from docgen.outputs.stale import Reason, Wanted, reasons


@dataclass(slots=True)
class Past:
    """The runs below an output folder by the digest of their workbooks."""

    wishes: Wishes
    _folders: dict[str, Path] = field(default_factory=dict)
    _packs: dict[tuple[str, Path], tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for folder in run_folders(self.wishes.out):
            digest = workbook_in(folder)
            if digest is not None:
                self._folders[digest] = folder

    def last_of(self, path: Path) -> Headline | None:
        """The run that was made from what the workbook at ``path`` holds now."""
        folder = self._folders.get(sha256_at(path) or "")
        return headline(folder) if folder else None

    def reasons(self, path: Path, last: Headline | None) -> tuple[Reason, ...]:
        """Why the workbook at ``path`` must be made, ``last`` being the run that lies in its folder."""
        if last is None:
            return (Reason.NEW,)
        if self.wishes.force:
            return (Reason.FORCED,)
        pack, digest = self._pack(self.wishes.pack or last.pack, path.parent)
        wanted = Wanted(
            docgen=docgen.__version__,
            pack=pack,
            pack_digest=digest,
            workbook=path.name,
            workbook_digest=sha256_at(path) or "",
            options=self._options(last),
            last_year=self._last_year(last),
        )
        return reasons(last, wanted)

    def _last_year(self, last: Headline) -> str:
        """The digest of the record that the department would be compared with; blank for none."""
        place = self.wishes.last_year
        if place is None:
            return ""
        from docgen.outputs.last_year import last_year_record

        record = last_year_record(place, last.department, last.fiscal_year)
        return (sha256_at(record) or "") if record else ""

    def _options(self, last: Headline) -> dict[str, object]:
        """What is wished that shows in the documents; PDFs that are there stay good, like page numbers."""
        has_pdf = bool(last.options.get("pdf")) or (self.wishes.pdf and _has_office())
        pdf = {"pdf": True} if has_pdf else {}
        return {"watermark": self.wishes.watermark, "pages": self._pages(last)} | pdf

    def _pages(self, last: Headline) -> bool:
        """Whether page numbers are wanted; once measured they stay good when nobody asks for them."""
        return bool(last.options.get("pages")) or (self.wishes.measure_pages and _has_office())

    def _pack(self, name: str, near: Path) -> tuple[str, str]:
        """Id and digest of a pack as it is now; an unusable one is told when the workbook is made."""
        from docgen.outputs.record import pack_digest
        from docgen.packs.lint import open_pack

        if (name, near) not in self._packs:
            try:
                pack = open_pack(name, near)
                self._packs[name, near] = pack.id, pack_digest(pack.folders)
            except DocgenError:
                self._packs[name, near] = name, ""
        return self._packs[name, near]


@cache
def _has_office() -> bool:
    from docgen.render.office import find_soffice

    return find_soffice() is not None
