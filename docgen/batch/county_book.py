"""The products of a county: its lines read back from the records of the departments, one at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from docgen.batch.county import Chapter
from docgen.errors import PackError
from docgen.figures.county import CountySums
from docgen.outputs.entry import Product
from docgen.outputs.extract import Extract, ProjectExtract
from docgen.outputs.headline import Headline, headline_with_extract
from docgen.packs.lint import open_pack
from docgen.present import Page, View, Volume, county_pages
from docgen.quantity import MoneyUnit, in_unit
from docgen.render.ledger_sheet import Coloured, Measured, Rate, Value
from docgen.render.year_book import Front, YearBook
from docgen.rendering import template_of

ROWS_PER_VOLUME = 1000
_BINS = (0, 60, 70, 80, 90, 95, 100)
_TIERS = ("错误", "核实", "已说明", "提示")
_VERDICTS = {"final": Coloured("定稿", "已说明"), "draft": Coloured("草稿", "核实")}
_NOT_MADE = Coloured("未生成", "错误")


@dataclass(slots=True)
class _Group:
    """The departments of one pack and year, and how many projects they have."""

    chapters: list[Chapter] = field(default_factory=list)
    projects: int = 0


@dataclass(slots=True)
class _Reckoning:
    """What is counted while the departments go by."""

    sums: CountySums = field(default_factory=CountySums)
    verdicts: Counter[str] = field(default_factory=Counter)
    scores: Counter[int] = field(default_factory=Counter)
    rates: list[tuple[Decimal, str]] = field(default_factory=list)
    groups: dict[tuple[str, int], _Group] = field(default_factory=dict)


def county_products(chapters: Iterable[Chapter], name: str) -> list[Product]:
    """年终汇总.xlsx under ``name``, and the county documents of every pack and year there are."""
    seen, book = _Reckoning(), YearBook()
    for number, chapter in enumerate(chapters, 1):
        _write_chapter(book, number, chapter, seen)
    for rate, department in sorted(seen.rates):
        book.rate(department, Rate(rate))
    products = [Product(name, book.finished(_front(seen)), name)]
    for (pack, year), group in sorted(seen.groups.items()):
        products.extend(_forms(pack, year, group))
    return _distinct(products)


def _distinct(products: Sequence[Product]) -> list[Product]:
    """Forms of two packs that would bear one name: the later one keeps its own with a number."""
    taken: Counter[str] = Counter()
    distinct = []
    for product in products:
        taken[product.path] += 1
        stem, _, suffix = product.path.rpartition(".")
        path = f"{stem}（{taken[product.path]}）.{suffix}" if taken[product.path] > 1 else product.path
        distinct.append(Product(path, product.content, product.document, product.sha256))
    return distinct


def _write_chapter(book: YearBook, number: int, chapter: Chapter, seen: _Reckoning) -> None:
    found = headline_with_extract(chapter.folder) if chapter.folder else None
    if found is None:
        seen.verdicts["none"] += 1
        blanks: list[Value] = [None] * 13
        where: list[Value] = [number, "", None, "", _NOT_MADE]
        book.department([*where, *blanks[1:], chapter.workbook, chapter.message])
        return
    last, extract = found
    seen.verdicts[last.status] += 1
    if last.fiscal_year is not None:
        group = seen.groups.setdefault((last.pack, last.fiscal_year), _Group())
        group.chapters.append(chapter)
        group.projects += len(extract.projects)
    if extract.execution_rate is not None:
        seen.rates.append((extract.execution_rate, last.department))
    book.department(_department(number, last, extract))
    for project in extract.projects:
        _count(project, seen)
        book.project(_project(seen.sums.projects, last, project))


def _count(project: ProjectExtract, seen: _Reckoning) -> None:
    seen.sums.add(project.initial_budget, project.annual_budget, project.annual_spending, project.score)
    if project.score is not None:
        seen.scores[max((floor for floor in _BINS if floor <= project.score), default=_BINS[0])] += 1


def _wan(amount: Decimal | None) -> Measured:
    return Measured(None if amount is None else in_unit(amount, MoneyUnit.WAN), "money")


def _score(score: Decimal | None) -> Measured:
    return Measured(score, "score")


def _department(number: int, last: Headline, extract: Extract) -> list[Value]:
    return [
        number,
        last.department,
        last.fiscal_year,
        last.pack,
        _VERDICTS[last.status],
        len(extract.projects),
        _wan(extract.initial_budget),
        _wan(extract.annual_budget),
        _wan(extract.annual_spending),
        Rate(extract.execution_rate),
        _score(extract.average_score),
        _score(extract.overall_score),
        extract.overall_grade,
        *(last.counts.get(tier, 0) for tier in _TIERS),
        last.workbook,
        "",
    ]


def _project(number: int, last: Headline, project: ProjectExtract) -> list[Value]:
    return [
        number,
        last.department,
        last.fiscal_year,
        project.unit,
        project.name,
        _wan(project.initial_budget),
        _wan(project.annual_budget),
        _wan(project.annual_spending),
        Rate(project.execution_rate),
        _score(project.score),
        project.grade,
        project.findings,
    ]


def _front(seen: _Reckoning) -> Front:
    totals = seen.sums.totals()
    final, draft, none = (seen.verdicts[verdict] for verdict in ("final", "draft", "none"))
    made = final + draft
    return Front(
        notes=(f"部门 {made + none} 个：定稿 {final} 个，草稿 {draft} 个，未生成 {none} 个。",),
        totals=(
            ("项目数", seen.sums.projects),
            ("年初预算数（万元）", _wan(totals.initial_budget.value)),
            ("全年预算数（万元）", _wan(totals.annual_budget.value)),
            ("全年执行数（万元）", _wan(totals.annual_spending.value)),
            ("执行率", Rate(totals.execution_rate.value)),
            ("项目平均得分", _score(totals.average_score.value)),
        ),
        scores=[(_bin_name(at), seen.scores[floor]) for at, floor in enumerate(_BINS)],
    )


def _bin_name(at: int) -> str:
    if at + 1 == len(_BINS):
        return f"{_BINS[at]}"
    return f"{_BINS[at]}～{_BINS[at + 1]}（不含）" if at else f"{_BINS[1]} 以下"


def _forms(pack_id: str, year: int, group: _Group) -> Iterator[Product]:
    """The pack's county documents over one year, in volumes. A pack that has none, or is gone, gives none."""
    try:
        pack = open_pack(pack_id, group.chapters[0].near)
        if not any(document.per == "county" for document in pack.documents.values()):
            return
    except PackError:
        return
    sums = CountySums()
    rows: list[tuple[str, View]] = []
    done = 0
    for department, project in _projects(group.chapters):
        sums.add(project.initial_budget, project.annual_budget, project.annual_spending, project.score)
        rows.append((department, project.row))
        is_last = done + len(rows) == group.projects
        if is_last or len(rows) == ROWS_PER_VOLUME:
            number = done // ROWS_PER_VOLUME + 1 if group.projects > ROWS_PER_VOLUME else 0
            volume = Volume(rows, done + 1, number, is_last)
            yield from _rendered(county_pages(pack, year, volume, (len(group.chapters), sums.totals())))
            done, rows = done + len(rows), []
            del volume  # one volume is in memory at a time


def _rendered(pages: Iterable[Page]) -> Iterator[Product]:
    for page in pages:
        content = template_of(page.template).render(page.context, page.output).content
        yield Product(page.output, content, page.document)


def _projects(chapters: Iterable[Chapter]) -> Iterator[tuple[str, ProjectExtract]]:
    for chapter in chapters:
        found = headline_with_extract(chapter.folder) if chapter.folder else None
        if found is not None:
            last, extract = found
            yield from ((last.department, project) for project in extract.projects)
