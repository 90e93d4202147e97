"""docgen: one workbook in, the whole year-end performance self-evaluation set out."""

from __future__ import annotations

__version__ = "0.1.0"
