"""Everything that is computed: one filing → all its figures, exact, each with its working and its cells."""

from __future__ import annotations

from dataclasses import replace

from docgen.figures.acceptance import Key, acceptance
from docgen.figures.accounts import account_result
from docgen.figures.arithmetic import money
from docgen.figures.books import Books
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.final_accounts import final_accounts_result
from docgen.figures.overall import overall_result
from docgen.figures.report import report_figures, report_result
from docgen.figures.results import AccountResult, Figures
from docgen.figures.totals import project_result, totals_of, unit_results
from docgen.figures.transfers import transfer_result
from docgen.model import Filing
from docgen.model.last_year import LastYear
from docgen.packs import Norms, Pack
from docgen.quantity import MoneyUnit

__all__ = ["UNKNOWN", "Figure", "Figures", "compute"]


def compute(
    filing: Filing,
    norms: Norms,
    pack: Pack,
    last_year: LastYear | None = None,
    withdrawn: frozenset[Key] = frozenset(),
) -> Figures:
    """All figures of ``filing`` under ``norms``; what cannot be computed is unknown, never zero.

    Amounts that ``last_year``, the record of the year before, has go before those typed on the sheets.
    ``withdrawn`` are claimed scores whose explanation does not hold: they do not count.
    """
    write = money(filing.department.money_unit.otherwise(MoneyUnit.WAN))
    accepted = acceptance(filing, withdrawn)
    projects = tuple(
        project_result(project, pack.layout, norms, accepted, write) for project in filing.projects
    )
    accounts = account_result(filing, projects, pack.ledger, write, last_year)
    year = filing.department.fiscal_year.otherwise(0)
    books = Books(
        filing=filing,
        projects=projects,
        accounts=accounts,
        ledger=pack.ledger,
        classification=pack.classification_at(year),
        norms=norms,
        write=write,
        last_year=last_year,
    )
    report = report_result(books, pack.layout)
    accounts = AccountResult({**accounts.named, **report_figures(books, report)})
    books = replace(books, accounts=accounts)
    return Figures(
        projects=projects,
        units=unit_results(filing.units, projects, write),
        totals=totals_of(projects, write),
        accounts=accounts,
        overall=overall_result(filing, accounts, norms, pack, accepted),
        final_accounts=final_accounts_result(books),
        transfers=tuple(transfer_result(each, pack.layout, norms, write) for each in filing.transfers),
        report=report,
    )
