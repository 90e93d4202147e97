"""Write a run into its folder, whole or not at all, and never over what a person has edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen.errors import StoreError
from docgen.outputs.commit import RECORD, commit, interrupted
from docgen.outputs.entry import Beside, Entry, Product, Status
from docgen.outputs.lengths import fitted
from docgen.outputs.plan import plan
from docgen.outputs.reasons import reason
from docgen.outputs.record import Story, composed, entries_in

DRAFTS = "草稿"


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing a run did: ``made`` are its files, of which ``unchanged`` lay there byte for byte."""

    folder: Path
    made: tuple[Entry, ...]
    beside: tuple[Beside, ...]
    removed: tuple[str, ...]
    unchanged: int


def folder_of(out: Path, department: str, fiscal_year: int | None) -> Path:
    """``outputs/<部门>/<年度>``."""
    from docgen.present.names import safe

    return out / safe(department, "未填部门名称") / (str(fiscal_year) if fiscal_year else "未填年度")


def store(folder: Path, products: Sequence[Product], status: Status, story: Story) -> Stored:
    """Put ``products`` and ``run.json`` into ``folder``.

    Raises ``StoreError`` with one sentence when the folder cannot be written; everything is then as before.
    """
    try:
        resolved = folder.resolve()
        return _store(folder, [_fitted(resolved, product) for product in products], status, story)
    except OSError as error:
        name = error.filename2 or error.filename
        which = f"（{Path(str(name)).name}）" if name else ""
        raise StoreError(f"不能写入 {folder}：{reason(error)}{which}。原有的文件没有改动。") from error


def _store(folder: Path, products: Sequence[Product], status: Status, story: Story) -> Stored:
    previous, known = entries_in(folder / RECORD), interrupted(folder)
    planned = plan(folder, products, status, previous, known)
    commit(folder, planned, composed(story, status, planned.entries), known)
    unchanged = len(products) - len(planned.writes)
    return Stored(folder, planned.made, planned.beside, planned.removals, unchanged)


def _fitted(folder: Path, product: Product) -> Product:
    path = fitted(folder, product.path)
    return product if path == product.path else replace(product, path=path)
