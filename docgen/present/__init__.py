"""Case → pages: every word a template may print, under the Chinese names of the forms."""

from __future__ import annotations

from docgen.present.page import Page
from docgen.present.shown import Shown, figures_in
from docgen.present.words import present

__all__ = ["Page", "Shown", "figures_in", "present"]
