"""The straight line: one workbook in, one ``Run`` out. The only place that knows every stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from time import perf_counter

import docgen
from docgen.checks import Case, settle
from docgen.errors import Complaint, DocgenError, PackError
from docgen.figures import compute
from docgen.figures.last_year import amounts_to_record
from docgen.finding import Finding
from docgen.model.last_year import LastYear
from docgen.outputs.carried import carried_over
from docgen.outputs.entry import FINDINGS_BOOK, FINDINGS_PAGE, MARKED_COPY, Product, Status, sha256_of
from docgen.outputs.extract import extract_of
from docgen.outputs.last_year import last_year_in, last_year_record
from docgen.outputs.lock import Lock, locked
from docgen.outputs.printed import Printed, printed_figures
from docgen.outputs.record import Story, pack_digest
from docgen.outputs.store import DRAFTS, Stored, folder_of, store
from docgen.packs import Norms, Pack, norms_at, pack_ids
from docgen.packs.lint import open_pack
from docgen.present import Page, present, specimen_pages
from docgen.present.findings_words import findings_view
from docgen.render.findings_page import findings_page, write_findings_page
from docgen.render.ledger import Ledger, findings_book
from docgen.rendering import Rendering, Tell
from docgen.workbook import Bound, Reading, annotate, bind, book_of, content_of, pack_named_in, read

DRAFT_MARK = "草稿"


@dataclass(frozen=True, slots=True)
class Examined:
    """A workbook read, computed and checked, with nothing made of it yet. ``notes`` are for the person."""

    path: Path
    content: bytes
    case: Case
    findings: tuple[Finding, ...]
    readings: tuple[Reading, ...]
    notes: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether documents made of it are final."""
        return not any(finding.is_open for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Run:
    """What one run made. ``notes`` are sentences for the person.

    ``titles`` are those of the documents, by key; ``seconds`` are by stage, in order.
    """

    workbook: str
    workbook_digest: str
    department: str
    fiscal_year: int | None
    titles: Mapping[str, str]
    status: Status
    stored: Stored
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    seconds: Mapping[str, float]

    @property
    def is_final(self) -> bool:
        """Whether the documents are final, not drafts."""
        return self.status == "final"


@dataclass(slots=True)
class _Stopwatch:
    """Seconds by stage."""

    laps: dict[str, float] = field(default_factory=dict)
    last: float = field(default_factory=perf_counter)

    def lap(self, stage: str) -> None:
        now = perf_counter()
        self.laps[stage] = self.laps.get(stage, 0) + now - self.last
        self.last = now


def examine(
    path: Path, pack: str | None = None, *, today: date | None = None, last_year: Path | None = None
) -> Examined:
    """Read, compute and check ``path``, against the record of the year before if one is given.

    ``last_year`` is that record, or a folder of outputs that has the department's.

    Raises ``DocgenError`` when it, its pack or the record cannot be used.
    """
    given = _Given(path, pack, today or date.today(), last_year)  # noqa: DTZ011 - the clerk's own day
    return _examine(given, _Stopwatch())


def run(  # noqa: PLR0913 - the one public function; options are keywords
    path: Path,
    *,
    pack: str | None = None,
    out: Path = Path("outputs"),
    measure_pages: bool = True,
    watermark: str = "",
    pdf: bool = False,
    today: date | None = None,
    last_year: Path | None = None,
    tell: Tell = lambda _: None,
    lock: Lock | None = None,
) -> Run:
    """Make every document of the workbook ``path`` below ``out``.

    ``last_year`` is the ``run.json`` of the year before, whose amounts go before those typed, or a folder of
    outputs in which the department has one.
    Raises ``DocgenError`` when the workbook, the pack or the folder cannot be used; a mistake in the workbook
    is a finding, and the documents are then drafts. ``tell`` hears what takes long. ``lock`` is that of
    ``out`` where the caller holds it already; otherwise it is held while files are stored.
    """
    watch = _Stopwatch()
    given = _Given(path, pack, today or date.today(), last_year)  # noqa: DTZ011
    examined = _examine(given, watch)
    pages = present(examined.case, list(examined.findings))
    watch.lap("排版")
    mark = watermark if examined.is_clean else DRAFT_MARK
    rendering = Rendering(mark, tell if measure_pages else None)
    contents = rendering.all(pages)
    watch.lap("生成文件")
    pdfs = rendering.pdfs(contents, tell) if pdf else {}
    if pdf:
        watch.lap("生成 PDF")
    products = [*_products(examined, pages, contents, pdfs), *_about_the_run(examined)]
    options: dict[str, object] = {"watermark": watermark, "pages": rendering.pages_are_right}
    if pdf and rendering.pdfs_are_whole:
        options["pdf"] = True
    templates = [rendering.template(page.template) for page in pages]
    printed = printed_figures(zip(pages, (template.names for template in templates), strict=True))
    story = _story(examined, printed, options)
    watch.lap("校验结果")
    status: Status = "final" if examined.is_clean else "draft"
    with nullcontext(lock) if lock else locked(out) as held:
        held.check()
        stored = store(folder_in(out, examined), products, status, story)
    watch.lap("存放")
    titles = {page.document: page.title for page in pages}
    return Run(
        workbook=path.name,
        workbook_digest=story.workbook_digest,
        department=story.department,
        fiscal_year=story.fiscal_year,
        titles=titles,
        status=status,
        stored=stored,
        findings=examined.findings,
        notes=(*examined.notes, *rendering.notes),
        seconds=watch.laps,
    )


@dataclass(frozen=True, slots=True)
class _Given:
    """What a run starts from."""

    path: Path
    pack: str | None
    today: date
    last_year: Path | None = None


def _examine(given: _Given, watch: _Stopwatch) -> Examined:
    path = given.path
    content = content_of(path)
    book = book_of(path, content)
    watch.lap("读取")
    pack = pack_for(given.pack or pack_named_in(book), path)
    bound = bind(book, pack.layout, _tier_names(pack))
    last_year, notes = _last_year(given.last_year, bound)
    case = _case(bound, pack, given.today, last_year)
    watch.lap("计算")
    case, findings = settle(case, bound.findings)
    watch.lap("核对")
    return Examined(path, content, case, tuple(findings), bound.readings, notes)


def _last_year(place: Path | None, bound: Bound) -> tuple[LastYear | None, tuple[str, ...]]:
    """The record of the year before that ``place`` is or holds; a folder without it is worth a note."""
    if place is None:
        return None, ()
    department = bound.filing.department
    name, year = department.name.otherwise(""), department.fiscal_year.value
    record = last_year_record(place, name, year)
    if record is not None:
        return last_year_in(record), ()
    before = f" {year - 1} 年度" if year else "上年"
    return None, (f"{place} 里没有“{name}”{before}定稿的运行记录，没有与上年比较。",)


def _case(bound: Bound, pack: Pack, today: date, last_year: LastYear | None = None) -> Case:
    year = bound.filing.department.fiscal_year.value
    if last_year is not None and year is not None and last_year.fiscal_year != year - 1:
        raise DocgenError(
            f"{last_year.record} 是 {last_year.fiscal_year} 年度的记录，{year} 年度要和 {year - 1} 年度比。"
        )
    norms = _norms(pack, year, today)
    return Case(bound.filing, compute(bound.filing, norms, pack, last_year), norms, pack)


def pack_for(pack_id: str | None, path: Path) -> Pack:
    """The pack a workbook asks for. Raises ``DocgenError`` when it asks for none."""
    if not pack_id:
        known = "、".join(pack_ids())
        raise DocgenError(
            f"{path.name} 没有写明用哪个模板包：请在“单位信息”的“模板包”一栏填写，"
            f"或用 --pack 指定（现有：{known}）。"
        )
    return open_pack(pack_id, path.parent)


def _tier_names(pack: Pack) -> tuple[str, ...]:
    tiers = pack.norm_book.norms.get("tiers")
    names = (tier["name"] for listed in tiers.values.values() for tier in listed) if tiers else ()
    return tuple(dict.fromkeys(names))


def _norms(pack: Pack, year: int | None, today: date) -> Norms:
    """The norms of ``year``; today's where the workbook gives no year that has any (a finding says so)."""
    has_norms = year is not None and year >= pack.norm_book.first_year
    return norms_at(pack, year if year is not None and has_norms else today.year)


def _products(
    examined: Examined, pages: Sequence[Page], contents: Mapping[str, bytes], pdfs: Mapping[str, bytes]
) -> Iterator[Product]:
    for page in pages:
        path = page.output if examined.is_clean else f"{DRAFTS}/{page.output}"
        yield Product(path, contents[page.output], page.document)
        if page.output in pdfs:
            yield Product(str(PurePosixPath(path).with_suffix(".pdf")), pdfs[page.output], page.document)


def _about_the_run(examined: Examined) -> Iterator[Product]:
    """校验结果.xlsx, 校验报告.html, and the clerk's workbook with the findings on its cells."""
    path = examined.path
    copy = f"{path.stem}（批注）{path.suffix}"
    ledger = Ledger(examined.case, examined.findings, examined.readings, copy)
    yield Product(f"{FINDINGS_BOOK}.xlsx", findings_book(ledger), FINDINGS_BOOK)
    view = findings_view(examined.case, examined.findings)
    yield Product(f"{FINDINGS_PAGE}.html", findings_page([view]), FINDINGS_PAGE)
    yield Product(copy, annotate(examined.content, examined.findings), MARKED_COPY)


def folder_in(out: Path, examined: Examined) -> Path:
    """Where the documents of a workbook go."""
    department = examined.case.filing.department
    return folder_of(out, department.name.otherwise(""), department.fiscal_year.value)


@cache
def _digest_as_loaded(folders: tuple[Path, ...]) -> str:
    """Taken once, as the pack is loaded once: a change that comes later makes the next run do all again."""
    return pack_digest(folders)


def _story(examined: Examined, printed: Printed, options: Mapping[str, object]) -> Story:
    case = examined.case
    compared = case.figures.final_accounts.last_year
    return Story(
        docgen=docgen.__version__,
        pack=case.pack.id,
        pack_digest=_digest_as_loaded(case.pack.folders),
        workbook=examined.path.name,
        workbook_digest=sha256_of(examined.content),
        department=case.filing.department.name.otherwise(""),
        fiscal_year=case.filing.department.fiscal_year.value,
        findings=examined.findings,
        printed=printed,
        extract=extract_of(case, examined.findings),
        options=options,
        amounts=amounts_to_record(case.figures, case.pack),
        last_year=compared.sha256 if compared else "",
        carried=carried_over(case, examined.findings),
    )


def write_report(path: Path, examined: Iterable[Examined]) -> None:
    """Write 校验报告.html about these workbooks to ``path``. Raises ``DocgenError`` when it cannot."""
    write_findings_page(path, [findings_view(each.case, each.findings) for each in examined])


def pack_complaints(name: str) -> list[Complaint]:
    """Everything wrong with a pack: its settings, every tag of its templates, every name they use."""
    from docgen.render.lint import template_complaints

    try:
        pack = open_pack(name)
        cases = list(_trial_cases(pack))
        pages = [page for case in cases for page in (*present(case), *specimen_pages(case))]
    except PackError as error:
        return list(error.complaints)
    return template_complaints(pack, pages)


def _trial_cases(pack: Pack) -> Iterator[Case]:
    """What the templates of a pack are tried with: a made-up workbook, and the pack's own samples."""
    from docgen.render.specimen import specimen
    from docgen.workbook import write_workbook

    year = date.today().year  # noqa: DTZ011
    with TemporaryDirectory() as folder:
        path = Path(folder) / "specimen.xlsx"
        write_workbook(path, pack, year, specimen(pack))
        for workbook in (path, *sorted(pack.folders[0].glob("sample/*.xlsx"))):
            yield _case(bind(read(workbook), pack.layout, _tier_names(pack)), pack, date(year, 1, 1))
