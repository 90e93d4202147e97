"""A small workbook that is right, and the ways a clerk changes it with a spreadsheet program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

from docgen.packs import Pack, load_pack, norms_at
from docgen.workbook import Bound, bind, read, write_workbook
from docgen.workbook.blank import Rows, Value

YEAR = 2021
RIGHT: Mapping[str, list[Mapping[str, Value]]] = {
    "department": [
        {"name": "某县民政局", "money_unit": "万元", "report_date": date(2022, 7, 11), "fiscal_year": YEAR}
    ],
    "units": [
        {"name": "某县民政局", "short_name": "民政局", "kind": "部门本级", "self_evaluates": True},
        {"name": "某县福利中心", "kind": "二级机构", "self_evaluates": False},
    ],
    "projects": [
        {"name": "高龄津贴", "unit": "某县民政局", "expected": "按月发放。", "achieved": "已按月发放。"},
        {"name": "设备购置", "unit": "某县民政局", "expected": "购置到位。", "achieved": "已购置。"},
    ],
    "funding": [
        {
            "project": "高龄津贴",
            "source": "当年财政拨款",
            "initial_budget": Decimal(20),
            "annual_budget": Decimal("16.06"),
            "annual_spending": Decimal("16.06"),
        },
        {
            "project": "设备购置",
            "source": "当年财政拨款",
            "annual_budget": Decimal(10),
            "annual_spending": Decimal(9),
        },
    ],
    "indicators": [
        {
            "project": "高龄津贴",
            "level1": "产出指标",
            "level2": "数量指标",
            "level3": "发放人数",
            "target": "≥200人",
            "actual": "230人",
            "points": Decimal(50),
        },
        {
            "project": "设备购置",
            "level1": "效益指标",
            "level2": "社会效益指标",
            "level3": "服务能力",
            "target": "提升",
            "actual": "提升",
            "points": Decimal(30),
        },
    ],
}


def pack() -> Pack:
    return load_pack("xinxiang")


def tiers(of: Pack) -> tuple[str, ...]:
    return tuple(tier.name for tier in norms_at(of, YEAR).tiers)


def written(folder: Path, rows: Rows = RIGHT, spoil: Callable[[Workbook], None] | None = None) -> Path:
    """The workbook on disk, after what ``spoil`` does to it in a spreadsheet program."""
    path = folder / "填报.xlsx"
    write_workbook(path, pack(), YEAR, rows)
    if spoil is not None:
        book = openpyxl.load_workbook(path)
        spoil(book)
        book.save(path)
    return path


def bound(folder: Path, rows: Rows = RIGHT, spoil: Callable[[Workbook], None] | None = None) -> Bound:
    return bind(read(written(folder, rows, spoil)), pack().layout, tiers(pack()))


def found(result: Bound) -> list[str]:
    """``["V101 项目资金!D2"]``: code and place of every finding, in order."""
    return [f"{finding.code} {finding.place}" for finding in result.findings]


def typed(sheet: str, cell: str, value: object) -> Callable[[Workbook], None]:
    """One value typed into one cell."""

    def spoil(book: Workbook) -> None:
        book[sheet][cell] = value  # type: ignore[assignment]  # openpyxl takes any value

    return spoil
