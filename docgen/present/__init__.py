"""Case → pages: every word a template may print, under the Chinese names of the forms."""

from __future__ import annotations

from docgen.present.county_words import Volume, county_pages, specimen_pages
from docgen.present.page import Page
from docgen.present.shown import Shown, View, figures_in
from docgen.present.summary_words import summary_rows
from docgen.present.words import present

__all__ = [
    "Page",
    "Shown",
    "View",
    "Volume",
    "county_pages",
    "figures_in",
    "present",
    "specimen_pages",
    "summary_rows",
]
