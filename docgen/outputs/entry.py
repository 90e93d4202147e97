"""What one file of a run is: on its way to the disk, and as ``run.json`` remembers it."""

from __future__ import annotations

import errno
import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Status = Literal["draft", "final"]

FINDINGS_BOOK = "校验结果"
FINDINGS_PAGE = "校验报告"
MARKED_COPY = "批注副本"
ABOUT_THE_RUN = frozenset({FINDINGS_BOOK, FINDINGS_PAGE, MARKED_COPY})


def sha256_of(content: bytes) -> str:
    """The hex digest that ``run.json`` keeps of a file."""
    return hashlib.sha256(content).hexdigest()


def place_of(folder: str, path: str) -> str:
    """Where ``path``, written with ``/``, lies below ``folder``."""
    return os.path.join(folder, path.replace("/", os.sep))


def sha256_at(path: Path | str) -> str | None:
    """The digest of what lies at ``path``: None when nothing does, blank for what is no file to be read."""
    try:
        with open(path, "rb", buffering=0) as file:
            return sha256_of(file.readall())
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: no file can be called so
        return None
    except OSError as error:
        return None if error.errno == errno.ENAMETOOLONG else ""


@dataclass(frozen=True, slots=True)
class Product:
    """A file to be stored: ``path`` below the run's folder with ``/``, ``document`` the pack's key of it."""

    path: str
    content: bytes
    document: str
    sha256: str = field(default="")

    def __post_init__(self) -> None:
        if not self.sha256:
            object.__setattr__(self, "sha256", sha256_of(self.content))


@dataclass(frozen=True, slots=True)
class Entry:
    """A file docgen wrote, and the digest of its bytes; ``edited`` when a person has changed it since.

    ``made_from`` is the digest of the workbook, for a file that an earlier run made.
    """

    path: str
    sha256: str
    document: str
    status: Status
    edited: bool = False
    made_from: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether all is of its kind: a person may have edited the record."""
        return all(type(told) is str for told in (self.path, self.sha256, self.document, self.status))

    @property
    def outlives_drafts(self) -> bool:
        """Whether a run that makes drafts only leaves this file as it is."""
        return self.status == "final" and self.document not in ABOUT_THE_RUN


@dataclass(frozen=True, slots=True)
class Beside:
    """A file docgen would not overwrite, and where the new one went (blank: nothing had to be written)."""

    kept: str
    written: str
    is_edited: bool

    @property
    def sentence(self) -> str:
        """What happened, for the person."""
        who = "被人改过" if self.is_edited else "不是 docgen 写的"
        if self.written:
            return f"{self.kept} {who}，没有覆盖；新的一份是 {self.written}。"
        return f"{self.kept} 这次不再生成，但{who}，没有删除。"
