"""The copy of a Word file that LibreOffice lays out for a PDF: nothing of the text is lost."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from docgen.packs.read import home
from docgen.render.office import find_soffice
from docgen.render.pdf import pdfs_of
from docgen.render.unjustified import unjustified
from tests.real_office import needs_soffice, pdf_pages

# paragraphs of every length, so that the mark of some has to hang at the end of the line
LINES = [f"{'甲' * length}，{'乙' * 8}。" for length in range(20, 32)]


def justified(alignment: WD_ALIGN_PARAGRAPH) -> bytes:
    """The lines under the styles and settings of a shipped report."""
    document = Document(str(home() / "hengyang/documents/department-report.docx"))
    for paragraph in document.paragraphs:
        document.element.body.remove(paragraph._element)
    for line in LINES:
        document.add_paragraph(line).alignment = alignment
    document.save(stream := BytesIO())
    return stream.getvalue()


def test_justified_paragraphs_come_flush_left_with_the_same_text() -> None:
    copy = Document(BytesIO(unjustified(justified(WD_ALIGN_PARAGRAPH.JUSTIFY))))
    assert [(p.text, p.alignment) for p in copy.paragraphs] == [
        (line, WD_ALIGN_PARAGRAPH.LEFT) for line in LINES
    ]


def test_what_is_not_justified_and_what_is_no_word_file_stays_as_it_is() -> None:
    Document().save(stream := BytesIO())
    assert unjustified(stream.getvalue()) == stream.getvalue()
    assert unjustified(b"no zip") == b"no zip"


@needs_soffice
def test_a_pdf_has_every_mark_of_the_document(tmp_path: Path) -> None:
    pdfs = pdfs_of({"甲.docx": justified(WD_ALIGN_PARAGRAPH.JUSTIFY)}, soffice=find_soffice() or "")
    (tmp_path / "a.pdf").write_bytes(pdfs.made["甲.docx"])
    text = "".join(pdf_pages(tmp_path / "a.pdf"))
    assert (text.count("，"), text.count("。")) == (len(LINES), len(LINES))
