"""Page numbers for contents pages: LibreOffice lays the documents out once and says where each heading fell.

A copy of each document gets a last page with one cross-reference for every heading listed. LibreOffice fills
these in with the page number as displayed, restarts of the numbering included, and its PDF is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from docgen.errors import DocgenError
from docgen.render.office import OfficeError, convert_to_pdf
from docgen.render.package import Package
from docgen.render.relations import related

_ENTRY = re.compile('<w:bookmarkStart [^>]*w:name="(_Toc[0-9]{9})"')
_ANSWER = re.compile(r"docgen\s*([0-9]+)\s*=\s*([0-9]+)\s*;")


class MeasureError(DocgenError):
    """LibreOffice did not do its part; the documents can be used without page numbers."""


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
    try:
        convert_to_pdf(sources, folder, timeout=timeout, soffice=soffice)
    except OfficeError as error:
        raise MeasureError(f"{str(error).removesuffix('。')}，目录暂无页码。") from error
    numbers = {}
    for source, (name, (_, count)) in zip(sources, probes.items(), strict=True):
        answers = _answers(source.with_suffix(".pdf"))
        if set(answers) == set(range(count)):
            numbers[name] = [answers[position] for position in range(count)]
    return numbers


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
