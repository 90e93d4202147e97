"""Outputs: the files of a run on disk, and the record of how they were made."""

from __future__ import annotations

from docgen.outputs.entry import (
    ABOUT_THE_RUN,
    FINDINGS_BOOK,
    FINDINGS_PAGE,
    MARKED_COPY,
    Beside,
    Entry,
    Product,
    Status,
)
from docgen.outputs.last_year import last_year_in, last_year_record
from docgen.outputs.reasons import reason
from docgen.outputs.record import Story, finding_data, pack_digest
from docgen.outputs.store import DRAFTS, Stored, folder_of, store

__all__ = [
    "ABOUT_THE_RUN",
    "DRAFTS",
    "FINDINGS_BOOK",
    "FINDINGS_PAGE",
    "MARKED_COPY",
    "Beside",
    "Entry",
    "Product",
    "Status",
    "Stored",
    "Story",
    "finding_data",
    "folder_of",
    "last_year_in",
    "last_year_record",
    "pack_digest",
    "reason",
    "store",
]
