"""The record of last year's run, found and read for the amounts that this year is compared with."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from docgen.errors import DocgenError
from docgen.model.last_year import LastYear
from docgen.outputs.carried import carried_in
from docgen.outputs.commit import RECORD
from docgen.outputs.entry import sha256_of
from docgen.outputs.headline import headline
from docgen.quantity import Yuan
from docgen.workbook.folding import key

_FINAL = "final"


def last_year_in(path: Path) -> LastYear:
    """The amounts in the ``run.json`` at ``path``.

    Raises ``DocgenError`` when it is no record of final documents, or one without amounts to compare with.
    """
    content = _content(path)
    told = _told(path, content)
    try:
        amounts = {str(key): Yuan(Decimal(value)) for key, value in told["amounts"].items()}
        department, year = str(told["department"]), int(told["fiscal_year"])
        status, pack = told["status"], str(told.get("pack", {}).get("id", ""))
        carried = carried_in(told.get("carried", {}))
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        message = f"{path.name} 里没有可以比较的上年数；请指定上年定稿那次运行留下的 run.json。"
        raise DocgenError(message) from error
    if status != _FINAL:
        raise DocgenError(f"{path.name} 记的是草稿，数还可能变；请指定上年定稿那次运行的 run.json。")
    return LastYear(path.name, department, year, amounts, sha256_of(content), pack, **carried)


def last_year_record(place: Path, department: str, fiscal_year: int | None) -> Path | None:
    """The record to compare with: ``place`` itself, or the department's final one of the year before below.

    ``place`` may be a folder of outputs or one above several; None where there is no such record below it.
    """
    if not place.is_dir():
        return place
    return _records_below(place).get((key(department), (fiscal_year or 0) - 1)) if department else None


@cache
def _records_below(place: Path) -> dict[tuple[str, int | None], Path]:
    """The final records below a folder by department and year; read once, since a batch asks for each."""
    found: dict[tuple[str, int | None], Path] = {}
    for path in sorted(place.rglob(RECORD)):
        last = headline(path.parent)
        if last is not None and last.status == _FINAL and last.fiscal_year is not None:
            found.setdefault((key(last.department), last.fiscal_year), path)
    return found


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DocgenError(f"读不了上年的运行记录 {path}：文件不存在或没有权限。") from error


def _told(path: Path, content: bytes) -> dict[str, Any]:
    try:
        told = json.loads(content)
    except ValueError as error:
        raise DocgenError(f"{path.name} 不是 docgen 的运行记录（run.json）。") from error
    return told if isinstance(told, dict) else {}
