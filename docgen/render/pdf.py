"""PDFs of finished documents: LibreOffice lays them out in batches, each tried once more when it fails.

What LibreOffice adds of its own to a PDF (the time, and numbers made from it) is replaced, so that the same
document gives the same bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from docgen.render.office import OfficeError, convert_to_pdf
from docgen.render.unjustified import unjustified

NO_OFFICE = "没有生成 PDF，因为这台电脑上没有 LibreOffice；装好后用同样的命令再运行一次即可补上。"
BATCH = 40  # documents in one call: starting LibreOffice costs as much as laying out five
_STARTING, _EACH = 60.0, 6.0  # seconds a call may take, at most: to start, and for each document
_SOURCES = (".docx", ".xlsx")  # of two formats of one document, the first is laid out
_DATE = re.compile(rb"(/(?:CreationDate|ModDate) ?\()D:[^)]*(?=\))")
_ID = re.compile(rb"(/ID\s*\[\s*<)([0-9A-F]+)(>\s*<)([0-9A-F]+)(>\s*\])")
_CHECKSUM = re.compile(rb"(/DocChecksum /)([0-9A-F]+)")


@dataclass(frozen=True, slots=True)
class Pdfs:
    """What was ``made``: the name of a document → its PDF; ``failed`` are the names of the others."""

    made: Mapping[str, bytes]
    failed: tuple[str, ...]


def sources_in(names: Iterable[str]) -> list[str]:
    """Of every document the one format that is laid out."""
    chosen: dict[str, str] = {}
    for name in names:
        suffix = PurePosixPath(name).suffix
        if suffix in _SOURCES:
            stem = name.removesuffix(suffix)
            chosen[stem] = name if suffix == _SOURCES[0] else chosen.get(stem, name)
    return list(chosen.values())


def pdfs_of(documents: Mapping[str, bytes], *, soffice: str, most_seconds: float | None = None) -> Pdfs:
    """A PDF of each document; ``most_seconds`` limits one call, otherwise its size does."""
    made: dict[str, bytes] = {}
    names = list(documents)
    for start in range(0, len(names), BATCH):
        batch = {name: documents[name] for name in names[start : start + BATCH]}
        made |= _laid_out(batch, soffice, most_seconds)
        again = {name: content for name, content in batch.items() if name not in made}
        made |= _laid_out(again, soffice, most_seconds)
    return Pdfs(
        {name: made[name] for name in names if name in made}, tuple(n for n in names if n not in made)
    )


def _laid_out(documents: Mapping[str, bytes], soffice: str, most_seconds: float | None) -> dict[str, bytes]:
    """What one call of LibreOffice makes of the documents.

    The first one goes last: of a call made again it is the one that may have stopped the call before.
    """
    if not documents:
        return {}
    first, *rest = documents
    with TemporaryDirectory(prefix="docgen-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        sources = {
            name: folder / f"{number}{PurePosixPath(name).suffix}"
            for number, name in enumerate((*rest, first))
        }
        for name, path in sources.items():
            path.write_bytes(unjustified(documents[name]))
        limit = _STARTING + _EACH * len(sources) if most_seconds is None else most_seconds
        with suppress(OfficeError):  # what it did make is good; the rest is told by its absence
            convert_to_pdf(list(sources.values()), folder, timeout=limit, soffice=soffice)
        return dict(_found(sources))


def _found(sources: Mapping[str, Path]) -> Iterator[tuple[str, bytes]]:
    for name, path in sources.items():
        pdf = path.with_suffix(".pdf")
        content = pdf.read_bytes() if pdf.is_file() else b""
        if content.rstrip().endswith(b"%%EOF"):  # a call that was ended leaves half a file
            yield name, timeless(content)


def timeless(pdf: bytes) -> bytes:
    """``pdf`` without the time it was made: dates and identifiers of the same length in their places."""
    undated = _DATE.sub(lambda found: found[1] + _blank(found[0][len(found[1]) :]), pdf)
    undated = _ID.sub(lambda found: _identified(found, b"0" * 128), undated)
    undated = _CHECKSUM.sub(lambda found: found[1] + b"0" * len(found[2]), undated)
    digest = hashlib.sha512(undated).hexdigest().upper().encode()
    told = _ID.sub(lambda found: _identified(found, digest), undated)
    return _CHECKSUM.sub(lambda found: found[1] + digest[: len(found[2])], told)


def _blank(date: bytes) -> bytes:
    return b"D:20000101000000Z"[: len(date)].ljust(len(date), b"'")


def _identified(found: re.Match[bytes], digest: bytes) -> bytes:
    return b"".join((found[1], digest[: len(found[2])], found[3], digest[: len(found[4])], found[5]))


def pages_in(pdf: bytes) -> int | None:
    """How many pages a PDF has; None when it cannot be told."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return len(PdfReader(BytesIO(pdf)).pages)
    except (PyPdfError, ValueError):
        return None
