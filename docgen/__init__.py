"""docgen: one workbook in, the whole year-end performance self-evaluation set out.

The stages as functions, each importable alone; the packages behind them load when first called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from docgen.figures import Figures
    from docgen.finding import Finding
    from docgen.model import Filing
    from docgen.packs import Pack
    from docgen.pipeline import Run
    from docgen.present import Page
    from docgen.render import Rendered

__version__ = "0.1.0"
__all__ = ["__version__", "check", "compute", "load", "render_page", "run"]


def load(path: Path, pack: str | None = None) -> Filing:
    """What stands in the workbook ``path``, as typed values that know their cells."""
    from docgen.pipeline import examine

    return examine(path, pack).case.filing


def compute(filing: Filing, pack: Pack, fiscal_year: int) -> Figures:
    """Every figure that follows from ``filing`` under the norms of ``fiscal_year``."""
    from docgen.figures import compute as figures_of
    from docgen.packs import norms_at

    return figures_of(filing, norms_at(pack, fiscal_year), pack)


def check(path: Path, pack: str | None = None) -> tuple[Finding, ...]:
    """All findings of the workbook ``path``, the gravest first; nothing is written."""
    from docgen.pipeline import examine

    return examine(path, pack).findings


def render_page(page: Page, watermark: str = "") -> Rendered:
    """One page as a finished document."""
    from docgen.rendering import template_of

    return template_of(page.template).render(page.context, page.output, watermark=watermark)


def run(path: Path, out: Path, pack: str | None = None) -> Run:
    """Make every document of the workbook ``path`` below the folder ``out``."""
    from docgen.pipeline import run as run_pipeline

    return run_pipeline(path, pack=pack, out=out)
