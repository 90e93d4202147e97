"""Packs: a folder of TOML and templates per province or county → one frozen value."""

from __future__ import annotations

from docgen.packs.classification import Classification
from docgen.packs.layout import Column, Layout, Section, Sheet
from docgen.packs.norms import Band, Norms, Tier
from docgen.packs.pack import (
    CheckSetting,
    Definition,
    Document,
    Formats,
    Ledger,
    Options,
    Pack,
    UndertakingRow,
)
from docgen.packs.read import default_pack, home, load_pack, norms_at, pack_ids

__all__ = [
    "Band",
    "CheckSetting",
    "Classification",
    "Column",
    "Definition",
    "Document",
    "Formats",
    "Layout",
    "Ledger",
    "Norms",
    "Options",
    "Pack",
    "Section",
    "Sheet",
    "Tier",
    "UndertakingRow",
    "default_pack",
    "home",
    "load_pack",
    "norms_at",
    "pack_ids",
]
