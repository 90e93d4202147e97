"""The exceptions docgen raises: never for a clerk's mistake, always with a sentence a person can act on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class DocgenError(Exception):
    """Anything docgen reports in one Chinese sentence instead of a traceback."""


class WorkbookError(DocgenError):
    """The file given cannot be read as a workbook at all (missing, encrypted, truncated, not Excel)."""


class StoreError(DocgenError):
    """The output folder cannot be written."""


@dataclass(frozen=True, slots=True, order=True)
class Complaint:
    """One thing wrong in a pack, with the file and the key (or the place in a template)."""

    file: str
    key: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file} [{self.key}]" if self.key else self.file
        return f"{place}：{self.message}"


class PackError(DocgenError):
    """A pack is not usable; carries every complaint, not the first."""

    def __init__(self, pack: str, complaints: Iterable[Complaint]) -> None:
        self.pack = pack
        self.complaints = tuple(complaints)
        lines = "\n".join(f"  {complaint}" for complaint in self.complaints)
        super().__init__(f"模板包 {pack} 有 {len(self.complaints)} 处问题：\n{lines}")
