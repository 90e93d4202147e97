"""How many wrong entries are found, and how many right ones are called wrong: 2,000 seeded mutations.

One cell of a corrected sample is changed at random to another plausible value of its kind: an amount to one
with a digit wrong, swapped, or from the row below, a choice to another choice, a target to another number,
sign or unit, a name to one misspelled, a text to that of another row. Then two answers are compared.

*What is so* is told without the rules, by ``benchmarks.mutation.oracle``: a second, small model of the
forms, written apart from ``docgen.checks`` and ``docgen.figures``, that reads the plain cells of the sheets
and knows which of them are bound to each other: sums, quotients and equalities, bands, parts and wholes,
lists and references, rows that may stand there once, what is told twice (a result of the department form and
the sheets it follows from, assets and their balance sheet, 三保 and the projects, a deduction and its
problem), reasons and sections that must be given, days that must follow one another. Of docgen it uses the
reading of the file, and what the pack declares about the form: its labels, which columns are required, which
lists there are, which printed item is which, which columns balance, and the numbers of the notes. A relation
that does not hold names the cells it binds. If the change breaks a relation that held before, or takes from
a 核实说明 what it was written for (its row, its cell, the amounts it explains), the changed fact
*contradicts* another one or a rule of the forms; if all relations still hold, it *agrees*.

*What docgen says* is every finding that was not there before the change, or was explained and is open now.

Of the contradicting changes, those count as found that have such a finding at the changed cell or at a cell
of a relation that the change broke; of the agreeing ones, those are false alarms that have any at all.

Both rates are printed for every sample and for all. The large samples are drawn five times as often as the
least ones, and within a sample every sheet alike. ``--seed N`` draws others, ``--count N`` more or fewer,
``--show`` lists what was missed and what cried wolf.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from os import cpu_count
from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks.mutation.broken import Forms
from benchmarks.mutation.change import Change, Spot, changed, spots_of
from benchmarks.mutation.oracle import Truth, contradictions, truth_of
from benchmarks.mutation.tables import Names, Tables, names_of, tables_of
from benchmarks.rounds import table
from docgen.checks import Case, settle
from docgen.figures import compute
from docgen.finding import Finding
from docgen.packs import Norms, load_pack, norms_at
from docgen.pipeline import pack_for
from docgen.workbook import Book, bind, pack_named_in, read

ROOT = Path(__file__).parents[1]
FOUND_AT_LEAST, LARGE, SMALL, PROCESSES = 0.9, 10, 2, 2
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """A corrected workbook, what is so in it, and what docgen says of it."""

    book: Book
    forms: Forms
    names: Names
    spots: Mapping[str, list[Spot]]
    tables: Tables
    truth: Truth
    said: frozenset[Key]
    open: frozenset[Key]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One mutation: what was changed, the relations broken, the findings new."""

    sample: str
    change: Change
    broken: tuple[str, ...]
    cells: frozenset[str]
    findings: tuple[tuple[str, str, str], ...]

    @property
    def is_found(self) -> bool:
        """Whether a new finding stands where it belongs."""
        return any(place in self.cells or place == self.change.place for _, place, _ in self.findings)


def samples() -> list[Path]:
    """The corrected samples: the large ones, and the least one of every pack."""
    return [*_large(), *sorted((ROOT / "templates").glob("*/sample/minimal.xlsx"))]


def _large() -> list[Path]:
    return [path for path in sorted((ROOT / "inputs").glob("*.xlsx")) if "as-published" not in path.name]


@cache
def sample(path: Path) -> Sample:
    """Read once; every mutation starts from here."""
    book = read(path)
    pack = pack_for(pack_named_in(book), path)
    year = bind(book, pack.layout, ()).filing.department.fiscal_year.otherwise(0)
    forms = Forms(pack, norms_at(pack, year))
    names = names_of(pack.layout, load_pack("_base").layout)
    findings = findings_of(book, forms)
    tables = tables_of(book, names)
    spots, said = spots_of(book, pack.layout), _keys(findings)
    is_open = _keys(finding for finding in findings if finding.is_open)
    return Sample(book, forms, names, spots, tables, truth_of(tables, forms), said, is_open)


def findings_of(book: Book, forms: Forms) -> list[Finding]:
    """All findings of a book: bound, computed and checked."""
    pack, norms = forms.pack, forms.norms
    bound = bind(book, pack.layout, tuple(tier.name for tier in norms.tiers))
    year = bound.filing.department.fiscal_year.value
    own: Norms = norms_at(pack, year) if year and year >= pack.norm_book.first_year else norms
    case = Case(bound.filing, compute(bound.filing, own, pack), own, pack)
    return settle(case, bound.findings)[1]


def _keys(findings: Iterable[Finding]) -> frozenset[Key]:
    return frozenset((finding.code, str(finding.place)) for finding in findings)


def verdict(path: Path, seed: int) -> Verdict:
    """One mutation, judged."""
    start = sample(path)
    book, change = changed(start.book, start.spots, Random(seed))  # noqa: S311 - no secret
    tables = tables_of(book, start.names, start.tables)
    broken = contradictions(start.truth, truth_of(tables, start.forms), tables)
    new = [
        finding
        for finding in findings_of(book, start.forms)
        if (finding.code, str(finding.place)) not in start.said
        or (finding.is_open and (finding.code, str(finding.place)) not in start.open)
    ]
    return Verdict(
        path.stem if path.parent.name == "inputs" else f"{path.parents[1].name} {path.stem}",
        change,
        tuple(dict.fromkeys(f"{each.name} {each.about}" for each in broken)),
        frozenset(cell for each in broken for cell in each.cells),
        tuple((finding.code, str(finding.place), finding.message) for finding in new),
    )


def _task(task: tuple[Path, int]) -> Verdict:
    return verdict(*task)


def tasks(count: int, seed: int) -> list[tuple[Path, int]]:
    """``count`` draws: a sample, the large ones more often, and the seed of its change."""
    random, paths = Random(seed), samples()  # noqa: S311
    large = frozenset(_large())
    weights = [LARGE if path in large else SMALL for path in paths]
    return [(random.choices(paths, weights)[0], random.randrange(2**32)) for _ in range(count)]


def verdicts_of(count: int, seed: int) -> list[Verdict]:
    """``count`` mutations over all samples, one after the other."""
    return [verdict(*task) for task in tasks(count, seed)]


def verdicts(count: int, seed: int) -> list[Verdict]:
    """``count`` mutations over all samples, on at most two cores."""
    with ProcessPoolExecutor(min(PROCESSES, cpu_count() or 1)) as pool:
        return list(pool.map(_task, tasks(count, seed), chunksize=25))


def main() -> None:
    """Mutate, and print both rates."""
    options = _options()
    begun = perf_counter()
    judged = verdicts(options.count, options.seed)
    seconds = perf_counter() - begun
    contradicting, agreeing = _split(judged)
    missed = [each for each in contradicting if not each.is_found]
    alarms = [each for each in agreeing if each.findings]
    if options.show:
        for title, shown in (("漏报", missed), ("误报", alarms)):
            for each in shown:
                print(_line(title, each))
    print(_by_sample(judged))
    print(f"改动 {len(judged):,} 处（种子 {options.seed}），{seconds:.0f} 秒")
    found = _share(len(contradicting) - len(missed), contradicting)
    print(f"与别处矛盾的 {len(contradicting):,} 处，查出 {found}")
    false = f"误报 {len(alarms)} 处（{_share(len(alarms), agreeing)}）"
    print(f"仍然一致的 {len(agreeing):,} 处，{false}")
    raise SystemExit(bool(alarms) or len(missed) > (1 - FOUND_AT_LEAST) * len(contradicting))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="改动一格，看查不查得出")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--show", action="store_true")
    return parser.parse_args()


def _share(part: int, whole: list[Verdict]) -> str:
    return f"{part / len(whole):.1%}" if whole else "—"


def _line(title: str, each: Verdict) -> str:
    change = each.change
    was, now = (str(value).replace("\n", "⏎")[:40] for value in (change.before, change.after))
    said = "；".join(f"{code} {place} {message[:60]}" for code, place, message in each.findings[:3])
    why = "；".join(each.broken[:3])
    return f"{title} {each.sample} {change.place} {change.column}：{was!r}→{now!r} ｜{why}｜{said}"


def _by_sample(judged: list[Verdict]) -> str:
    rows = []
    for name, number in sorted(Counter(each.sample for each in judged).items()):
        own = [each for each in judged if each.sample == name]
        broken, agreeing = _split(own)
        found, false = sum(each.is_found for each in broken), sum(bool(each.findings) for each in agreeing)
        hits, alarms = f"{found}（{_share(found, broken)}）", f"{false}（{_share(false, agreeing)}）"
        rows.append([name, str(number), str(len(broken)), hits, str(len(agreeing)), alarms])
    return table(["样例", "改动", "矛盾", "查出", "一致", "误报"], rows)


def _split(judged: list[Verdict]) -> tuple[list[Verdict], list[Verdict]]:
    """Those that contradict something, and those after which everything still agrees."""
    return [each for each in judged if each.broken], [each for each in judged if not each.broken]


if __name__ == "__main__":
    main()
