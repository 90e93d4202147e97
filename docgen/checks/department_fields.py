"""X1: what 单位信息 says agrees with itself and with the sheets it speaks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from docgen.checks.case import Case
from docgen.checks.kinds import records
from docgen.checks.rule import rule
from docgen.checks.targets import words
from docgen.finding import Related, Remark, Severity
from docgen.model import Entered
from docgen.quantity import HUNDRED, MoneyUnit

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年")
_SHOWN = 5


def _field(case: Case, key: str) -> Entered[str]:
    """A field of 单位信息 that no model has, blank where the county does not ask for it."""
    return case.filing.department.extras.get(key, Entered())


@rule("X110", severity=Severity.VERIFY, basis="封面上评价方式与评价机构相符")
def evaluation_body_fits_the_mode(case: Case, *, body_of_mode: str) -> Iterator[Remark]:
    """评价机构与评价方式相符：部门自评的由部门评价，委托评价的由中介机构评价。

    错例：评价方式“部门（单位）自评”，评价机构“中介机构”
    正例：评价方式“部门（单位）自评”，评价机构“部门（单位）评价组”
    怎么改：改正填错的一项。
    """
    mode, body = _field(case, "evaluation_mode"), _field(case, "evaluation_body")
    pairs = dict(pair.split("=", 1) for pair in words(body_of_mode))
    due = pairs.get(mode.otherwise(""))
    if due is not None and body.value is not None and body.value != due:
        names = [case.label("department", key) for key in ("evaluation_mode", "evaluation_body")]
        text = f"{names[0]}是“{mode.value}”，{names[1]}却是“{body.value}”"
        yield Remark(body.place, text, due, (Related(mode.place, names[0]),))


@rule("X111", severity=Severity.VERIFY, basis="年度自评用本年度的自评表")
def forms_are_of_this_year(case: Case, *, dated_fields: str) -> Iterator[Remark]:
    """单位信息里自评表名称写的年份，是自评年度。

    错例：年度 2023，自评表名称《2022年度绩效管理自评表》
    正例：《2023年度绩效管理自评表》
    怎么改：改正年度或名称里的年份。
    """
    department = case.filing.department
    year = department.fiscal_year.value
    for key in words(dated_fields) if year else ():
        cell = _field(case, key)
        others = [found for found in _YEAR.findall(cell.otherwise("")) if int(found) != year]
        if others:
            text = f"{case.label('department', key)}写着 {others[0]} 年，本次自评的是 {year} 年度"
            yield Remark(cell.place, text, f"{year}年", (Related(department.fiscal_year.place, "年度"),))


@rule("X112", severity=Severity.VERIFY, basis="金额最小到分")
def amounts_in_yuan_end_at_the_cent(case: Case) -> Iterator[Remark]:
    """金额单位是元的，金额最多两位小数。

    错例：金额单位“元”，“收支”里填 783.801051
    正例：金额单位“万元”；或填 7838010.51
    怎么改：核对“单位信息”里的金额单位；单位没有错的，改正金额。
    """
    unit = case.filing.department.money_unit
    odd = list(_below_the_cent(case)) if unit.value is MoneyUnit.YUAN else []
    if odd:
        many = f"等 {len(odd)} 处金额" if len(odd) > 1 else ""
        text = f"{odd[0].text.strip()}{many}不止两位小数，金额单位却是元，是不是按万元填的"
        related = [Related(unit.place, "金额单位")]
        related += [Related(cell.place, "不止两位小数") for cell in odd[1:_SHOWN]]
        yield Remark(odd[0].place, text, "最多两位小数", tuple(related))


def _below_the_cent(case: Case) -> Iterator[Entered[Decimal]]:
    for name, sheet in case.pack.layout.used_sheets.items():
        columns = [key for key, column in sheet.used_columns.items() if column.type == "money"]
        for record in records(case.filing, name) if columns else ():
            cells: list[Entered[Decimal]] = [getattr(record, key, Entered()) for key in columns]
            yield from (cell for cell in cells if cell.value is not None and cell.value * HUNDRED % 1)


RULES = (
    evaluation_body_fits_the_mode,
    forms_are_of_this_year,
    amounts_in_yuan_end_at_the_cent,
)
