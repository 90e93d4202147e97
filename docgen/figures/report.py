"""Everything the report of a whole department prints beyond the forms and the accounts."""

from __future__ import annotations

from docgen.figures.arithmetic import quotient, total
from docgen.figures.balance_sheet import balance_figures
from docgen.figures.books import Books
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.goals import goals_of, listed_groups
from docgen.figures.listed_rates import listed_rates
from docgen.figures.monitoring import key_evaluations, monitoring_of, past_evaluations
from docgen.figures.parts import account_parts, acquired, basic_parts, function_parts
from docgen.figures.report_results import ReportResult
from docgen.figures.staff_and_stock import staff_figures, stock_figures
from docgen.figures.yearly_progress import guarantees_of, nontax_of, payment_rates, quarters_met, quarters_of
from docgen.packs import Layout


def report_result(books: Books, layout: Layout) -> ReportResult:
    """What the sheets of the department report yield; blank where the pack does not use them."""
    past_bands, past_count = past_evaluations(books)
    nontax = nontax_of(books)
    return ReportResult(
        sources=account_parts(books, books.ledger.sources, "{}"),
        structure=account_parts(books, books.ledger.structure, "structure_{}"),
        functions=function_parts(books),
        basic_parts=basic_parts(books),
        acquisitions=acquired(books),
        nontax=nontax,
        nontax_plan=total((charge.plan for charge in nontax), books.write),
        nontax_final=total((charge.final for charge in nontax), books.write),
        guarantees=guarantees_of(books),
        quarters=quarters_of(books),
        monitoring=monitoring_of(books),
        past_bands=past_bands,
        past_count=past_count,
        key_evaluations=key_evaluations(books),
        goals=goals_of(books),
        listed=listed_groups(books, layout),
    )


def report_figures(books: Books, report: ReportResult) -> dict[str, Figure]:
    """The single figures of the department report, by the names of ``AccountResult``."""
    guarantees = report.guarantees.values()
    arranged = total((each.arranged for each in guarantees), books.write)
    spent = total((each.spent for each in guarantees), books.write)
    return {
        **staff_figures(books),
        **balance_figures(books),
        **stock_figures(books),
        "acquisitions_budget": books.added(books.rows("acquisitions"), "budget"),
        "acquisitions_final": report.acquisitions.total,
        "quarters_met": quarters_met(report.quarters),
        **payment_rates(books, report.quarters),
        **listed_rates(books, report.listed),
        "guarantees_arranged": arranged,
        "guarantees_spent": spent,
        "guarantees_rate": quotient(spent, arranged, books.write),
        "nontax_plan": report.nontax_plan,
        "nontax_final": report.nontax_final,
        "nontax_rate": quotient(report.nontax_final, report.nontax_plan, books.write),
        "project_progress": _project_progress(books),
    }


def _project_progress(books: Books) -> Figure:
    """Σ全年执行数 ÷ Σ全年预算数 of all projects."""
    if not books.filing.is_whole("funding", "projects.name"):
        return UNKNOWN
    spending = books.total(project.total.annual_spending for project in books.projects)
    budget = books.total(project.total.annual_budget for project in books.projects)
    return quotient(spending, budget, books.write)
