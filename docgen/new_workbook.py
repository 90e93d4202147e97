"""A new workbook for the clerk: empty, or with what last year's record hands on."""

from __future__ import annotations

from pathlib import Path

from docgen.errors import DocgenError, StoreError
from docgen.figures.acceptance import REMINDER
from docgen.model.last_year import LastYear
from docgen.outputs.reasons import reason
from docgen.packs import Pack, default_pack, pack_ids
from docgen.packs.lint import open_pack
from docgen.workbook.blank import Rows, write_workbook


def new_workbook(path: Path, pack_id: str, year: int, past: LastYear | None = None) -> Pack:
    """Write a new workbook of a pack to ``path``; gives the pack.

    ``past`` hands on the names of the department, its units and projects, and the reasons of 核实说明 as
    reminders, which close nothing until the clerk confirms them. Without ``pack_id`` it is the pack of
    ``past``, or the one that says it is the default. Raises ``DocgenError`` when something lies at ``path``
    already, no pack can be meant, or ``past`` is not of the year before.
    """
    pack = _pack(pack_id or (past.pack if past else ""), path.parent)
    if path.suffix.lower() != ".xlsx":
        raise DocgenError(f"{path.name} 的后缀应是 .xlsx。")
    if path.exists():
        raise DocgenError(f"{path} 已经存在，没有覆盖；请换一个文件名。")
    if past is not None and past.fiscal_year != year - 1:
        raise DocgenError(f"{past.record} 是 {past.fiscal_year} 年度的记录，不是 {year - 1} 年度的。")
    try:
        write_workbook(path, pack, year, _rows(past) if past else {})
    except OSError as error:
        raise StoreError(f"不能写入 {path}：{reason(error)}。") from error
    return pack


def _pack(pack_id: str, near: Path) -> Pack:
    wanted = pack_id or default_pack()
    if not wanted:
        raise DocgenError(f"请用 --pack 指定模板包，现有：{'、'.join(pack_ids())}。")
    return open_pack(wanted, near)


def _rows(past: LastYear) -> Rows:
    return {
        "department": [{"name": past.department, **past.about}],
        "units": list(past.units),
        "projects": [{"name": project.name, "unit": project.unit} for project in past.projects],
        "explanations": [
            {
                "code": each.code,
                "where": each.where,
                "reason": f"{REMINDER}{each.reason}",
                "figures": each.figures,
            }
            for each in past.explanations
        ],
    }
