"""支出进度, 三保支出 and 非税收入: what was to be spent or paid in, and what was."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from docgen.figures.account_rates import budget_of
from docgen.figures.arithmetic import percent, quotient, strict_total
from docgen.figures.books import Books
from docgen.figures.changes import change
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.last_year import NONTAX, amount_before
from docgen.figures.report_results import GuaranteeResult, NontaxResult, QuarterResult
from docgen.model.department_report import GuaranteeLine, NontaxLine, QuarterLine
from docgen.packs import Norms


def quarters_of(books: Books) -> tuple[QuarterResult, ...]:
    """The quarters that were filled, in the order of the year; unknown after one that was left out."""
    lines: tuple[QuarterLine, ...] = books.rows("quarters")
    budget = budget_of(books.accounts.named, "{}")
    spent: list[Figure] = []
    results = []
    for name, scheduled in zip(books.ledger.quarters, _schedule(books.norms), strict=False):
        own = [line for line in lines if line.quarter.value == name]
        spent.append(books.added(own, "spending"))
        if own:
            results.append(_quarter(books, own[0], strict_total(spent, books.write), budget, scheduled))
    return tuple(results)


def _schedule(norms: Norms) -> list[Figure]:
    return [Figure(share, percent(share)) for share in norms.quarter_schedule]


def _quarter(
    books: Books, line: QuarterLine, cumulative: Figure, budget: Figure, scheduled: Figure
) -> QuarterResult:
    share = quotient(cumulative, budget, books.write)
    met = None
    if share.value is not None and scheduled.value is not None:
        met = share.value >= scheduled.value
    return QuarterResult(line, cumulative, share, scheduled, met)


def quarters_met(quarters: Sequence[QuarterResult]) -> Figure:
    """How many quarters were on schedule; unknown as soon as one cannot be told."""
    if not quarters or any(quarter.is_met is None for quarter in quarters):
        return UNKNOWN
    number = sum(1 for quarter in quarters if quarter.is_met)
    return Figure(Decimal(number), str(number), quarters[-1].share.sources)


def payment_rates(books: Books, quarters: Sequence[QuarterResult]) -> dict[str, Figure]:
    """``quarter_1_payment_rate`` …: at the end of each quarter, the share spent ÷ the share scheduled."""
    by_name = {quarter.line.quarter.value: quarter for quarter in quarters}
    return {
        f"quarter_{key}_payment_rate": _payment_rate(by_name[name]) if name in by_name else UNKNOWN
        for name, key in books.ledger.quarters.items()
    }


def _payment_rate(quarter: QuarterResult) -> Figure:
    rate = quotient(quarter.share, quarter.scheduled)
    return rate._replace(how=f"{quarter.share.how}÷{quarter.scheduled.how}") if rate.is_known else rate


def guarantees_of(books: Books) -> dict[str, GuaranteeResult]:
    """保基本民生, 保工资, 保运转: those that have rows, in the order of the pack."""
    lines: tuple[GuaranteeLine, ...] = books.rows("guarantees")
    by_kind = {kind: [line for line in lines if line.kind.value == kind] for kind in books.ledger.guarantees}
    return {kind: _guarantee(books, kind, own) for kind, own in by_kind.items() if own}


def _guarantee(books: Books, kind: str, lines: Sequence[GuaranteeLine]) -> GuaranteeResult:
    arranged, spent = books.added(lines, "arranged"), books.added(lines, "spent")
    rows = tuple((line, books.cell(line.arranged), books.cell(line.spent)) for line in lines)
    rate = quotient(spent, arranged, books.write)
    full = rate.value is not None and all(_is_full(books, due, paid) for _, due, paid in rows)
    return GuaranteeResult(kind, arranged, spent, rate, full, rows)


def _is_full(books: Books, arranged: Figure, spent: Figure) -> bool:
    """Whether one item was paid in full; more for another makes up for nothing."""
    if arranged.value is None or spent.value is None:
        return False
    return spent.value >= arranged.value * books.norms.full_guarantee_floor


def nontax_of(books: Books) -> tuple[NontaxResult, ...]:
    """Every charge with the change of its plan against what was paid in last year."""
    lines: tuple[NontaxLine, ...] = books.rows("nontax")
    return tuple(_charge(books, line) for line in lines)


def _charge(books: Books, line: NontaxLine) -> NontaxResult:
    plan, final = books.cell(line.plan), books.cell(line.final)
    key = f"{NONTAX}{line.item.otherwise('')}"
    before = amount_before(key, line.last_year, books.last_year, books.write)
    return NontaxResult(line, plan, final, before, change(plan, before, books.write).rate)
