"""The documents of the sample workbooks, as text; and real programs open every one of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest

from docgen.new_workbook import new_workbook
from docgen.outputs.entry import FINDINGS_BOOK
from docgen.packs import load_pack, pack_ids
from docgen.pipeline import Run, run
from tests.conftest import Golden
from tests.docxtext import docx_text
from tests.real_office import assert_opens, assert_valid, needs_soffice, needs_validator
from tests.xlsxtext import xlsx_text

ROOT = Path(__file__).parent.parent
PUBLISHED = ROOT / "inputs/xinxiang-2021-as-published.xlsx"
# pack → its filled samples in inputs/ and the least workbook in its own folder, all of them right
SAMPLES = {
    pack_id: [
        path
        for path in (
            *sorted(ROOT.glob(f"inputs/{pack_id}-*.xlsx")),
            *sorted(ROOT.glob(f"templates/{pack_id}/sample/*.xlsx")),
        )
        if path != PUBLISHED
    ]
    for pack_id in pack_ids()
}
FINAL = [path for paths in SAMPLES.values() for path in paths]
EXPECTED = [
    (pack_id, path, document, suffix)
    for pack_id, paths in SAMPLES.items()
    for path in paths
    for document, kind in sorted(load_pack(pack_id).documents.items())
    if kind.per != "county"
    for suffix in sorted({Path(name).suffix for name in kind.templates})
]
TODAY = date(2026, 1, 15)


@cache
def made(workbook: Path) -> Run:
    """The run of a sample, once per process."""
    return run(workbook, out=Path(mkdtemp(prefix="docgen-")), measure_pages=False, today=TODAY)


@pytest.fixture(scope="module", autouse=True)
def _folders_are_removed() -> Iterator[None]:
    yield
    for workbook in (PUBLISHED, *FINAL):
        rmtree(made(workbook).stored.folder.parents[1])
    made.cache_clear()


def files(workbook: Path, document: str | None = None, suffix: str = "") -> list[Path]:
    """What a run made: everything, or one kind of document in one format."""
    done = made(workbook)
    wanted = [
        each for each in done.stored.made if document in {None, each.document} and each.path.endswith(suffix)
    ]
    return [done.stored.folder / each.path for each in wanted]


def text_of(paths: list[Path], folder: Path) -> str:
    """The texts of several documents, each under its path."""
    views = {".docx": docx_text, ".xlsx": xlsx_text}
    return "\n".join(f"■ {path.relative_to(folder)}\n\n{views[path.suffix](path)}" for path in paths)


def called(pack_id: str, workbook: Path) -> str:
    """The folder of a sample's expected texts; a pack's own sample carries the name of the pack."""
    return workbook.stem if workbook.stem.startswith(pack_id) else f"{pack_id}-{workbook.stem}"


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda case: "-".join((case[1].stem, *case[2:])))
def test_documents_read_as_expected(expected: tuple[str, Path, str, str], golden: Golden) -> None:
    pack_id, workbook, document, suffix = expected
    paths = files(workbook, document, suffix)
    if paths:
        text = text_of(paths, made(workbook).stored.folder)
        golden(f"{called(pack_id, workbook)}/{document}{suffix}", text)
    assert paths or workbook.parent.name == "sample"  # the least workbook has no transfer


@pytest.mark.parametrize("workbook", [PUBLISHED, *SAMPLES["xinxiang"][:1]], ids=lambda path: path.stem)
def test_the_list_of_findings_reads_as_expected(workbook: Path, golden: Golden) -> None:
    (path,) = files(workbook, FINDINGS_BOOK)
    golden(f"{workbook.stem}/findings.xlsx", xlsx_text(path))


@pytest.mark.parametrize("pack_id", pack_ids())
def test_templates_read_as_expected(pack_id: str, golden: Golden) -> None:
    pack = load_pack(pack_id)
    for name in sorted({name for each in pack.documents.values() for name in each.templates}):
        path = pack.template(name)
        golden(
            f"templates/{pack_id}/{path.name}", docx_text(path) if path.suffix == ".docx" else xlsx_text(path)
        )


@pytest.mark.parametrize("workbook", FINAL, ids=lambda path: path.stem)
def test_a_clean_workbook_gives_final_documents_and_no_tag_is_left(workbook: Path) -> None:
    assert made(workbook).is_final
    office = [path for path in files(workbook) if path.suffix in {".docx", ".xlsx"}]
    texts = [docx_text(path) if path.suffix == ".docx" else xlsx_text(path) for path in office]
    assert [text for text in texts if "{{" in text or "{%" in text or "草稿" in text] == []


def test_every_page_of_a_draft_says_so() -> None:
    drafts = [path for path in files(PUBLISHED) if "草稿" in path.parts]
    assert drafts
    assert [path.name for path in drafts if "草稿" not in text_of([path], path.parent)] == []


@needs_validator
@pytest.mark.parametrize("workbook", [PUBLISHED, *FINAL], ids=lambda path: path.stem)
def test_every_document_passes_the_open_xml_sdk(workbook: Path) -> None:
    assert_valid(path for path in files(workbook) if path.suffix in {".docx", ".xlsx"})


@needs_soffice
@pytest.mark.parametrize("workbook", [PUBLISHED, *FINAL], ids=lambda path: path.stem)
def test_every_document_opens_in_libreoffice(workbook: Path, tmp_path: Path) -> None:
    assert_opens((path for path in files(workbook) if path.suffix in {".docx", ".xlsx"}), tmp_path)


@needs_soffice
@needs_validator
def test_the_empty_workbook_opens_and_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "空白.xlsx"
    new_workbook(path, "xinxiang", 2025)
    assert_valid([path])
    (tmp_path / "pdf").mkdir()
    assert_opens([path], tmp_path / "pdf")
