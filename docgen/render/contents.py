"""Page numbers for contents pages: LibreOffice lays the documents out once and says where each heading fell.

A copy of each document gets a last page with one cross-reference for every heading listed. LibreOffice fills
these in with the page number as displayed, restarts of the numbering included, and its PDF is read.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from docgen.errors import DocgenError
from docgen.render.package import Package
from docgen.render.relations import related

_ENTRY = re.compile('<w:bookmarkStart [^>]*w:name="(_Toc[0-9]{9})"')
_ANSWER = re.compile(r"docgen\s*([0-9]+)\s*=\s*([0-9]+)\s*;")
_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)


class MeasureError(DocgenError):
    """LibreOffice did not do its part; the documents can be used without page numbers."""


def find_soffice() -> str | None:
    """The LibreOffice program on this machine, if there is one."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _USUAL_PLACES if Path(place).is_file()), None)


def measure(documents: Mapping[str, bytes], *, timeout: float, soffice: str) -> dict[str, list[str]]:
    """The displayed page number of every entry of the contents of each document.

    One call of LibreOffice for all; `timeout` in seconds. A document without contents has no numbers, one
    that LibreOffice could not lay out is left out; MeasureError when it could not be run at all.
    """
    probes = {name: probe for name, content in documents.items() if (probe := _with_questions(content))}
    numbers: dict[str, list[str]] = {name: [] for name in documents if name not in probes}
    if probes:
        with TemporaryDirectory(prefix="docgen-") as folder:
            numbers |= _laid_out(probes, Path(folder), timeout, soffice)
    return {name: numbers[name] for name in documents if name in numbers}


def _laid_out(
    probes: Mapping[str, tuple[bytes, int]], folder: Path, timeout: float, soffice: str
) -> dict[str, list[str]]:
    sources = []
    for position, (content, _) in enumerate(probes.values()):
        sources.append(folder / f"{position}.docx")
        sources[-1].write_bytes(content)
    _convert(sources, folder, timeout, soffice)
    numbers = {}
    for source, (name, (_, count)) in zip(sources, probes.items(), strict=True):
        answers = _answers(source.with_suffix(".pdf"))
        if set(answers) == set(range(count)):
            numbers[name] = [answers[position] for position in range(count)]
    return numbers


def _convert(sources: list[Path], folder: Path, timeout: float, soffice: str) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder)]
    try:
        subprocess.run([*command, *map(str, sources)], check=True, capture_output=True, timeout=timeout)
    except subprocess.TimeoutExpired as error:
        raise MeasureError(f"LibreOffice 在 {timeout:g} 秒内没有排完版，目录暂无页码。") from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise MeasureError("LibreOffice 运行失败，目录暂无页码。") from error


def _with_questions(content: bytes) -> tuple[bytes, int] | None:
    """A copy with a last page that asks for the page of every heading listed, and how many there are."""
    package = Package.read(content)
    body = related(package, "officeDocument")[0]
    text = package.bytes(body).decode()
    entries = _ENTRY.findall(text)
    if not entries:
        return None
    questions = "".join(_questions(entries))
    place = text.rindex("</w:body>")
    if text[:place].endswith("</w:sectPr>"):  # the last section's properties stay last
        place = text.rindex("<w:sectPr", 0, place)
    return package.replaced({body: (text[:place] + questions + text[place:]).encode()}), len(entries)


def _questions(entries: list[str]) -> Iterator[str]:
    yield '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    for position, name in enumerate(entries):
        yield (
            f'<w:p><w:r><w:t>docgen{position}=</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f"<w:r><w:instrText> PAGEREF {name} </w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>0</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>;</w:t></w:r></w:p>'
        )


def _answers(pdf: Path) -> dict[int, str]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    if not pdf.is_file():
        return {}
    try:
        text = "\n".join(page.extract_text() for page in PdfReader(pdf).pages)
    except PyPdfError:
        return {}
    return {int(position): number for position, number in _ANSWER.findall(text)}
