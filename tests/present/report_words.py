"""The words of a small department with every sheet of the report, for the tests of ``present``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from docgen.checks import Case
from docgen.figures import compute
from docgen.model.last_year import LastYear
from docgen.packs import Pack, norms_at
from docgen.present import present
from docgen.workbook import bind
from tests.figures.report_filing import REPORT_BASE, YEAR, report_pack
from tests.filing_tables import Changes, book

EVERY_ROW = """
# 单位信息
部门（单位）名称 | 东山县人社局
简称 | 县人社局
年度 | 2021
汇总日期 | 2022-07-11
金额单位 | 万元
模板包 | xinxiang
行政级别 | 正科级
依据文件 | 《办法》（东财〔2021〕1号）\\n《通知》（东财〔2022〕2号）\\n《规程》
评价方式 | 部门（单位）自评

# 单位
单位名称 | 类别 | 级别 | 单独自评
东山县人社局 | 部门本级 | | 是
东山县就业中心 | 二级机构 | 副科级 | 是
东山县培训学校 | 二级机构 | | 否
"""


def everything() -> Pack:
    """The county with every row of 单位信息 and every column of 单位 switched on too."""
    pack = report_pack()
    sheets = dict(pack.layout.sheets)
    for name in ("department", "units"):
        columns = {key: replace(each, enabled=True) for key, each in sheets[name].columns.items()}
        sheets[name] = replace(sheets[name], columns=columns)
    return replace(pack, layout=replace(pack.layout, sheets=sheets))


def report_case(
    changes: Changes = {},  # noqa: B006 - read only
    *,
    pack: Pack | None = None,
    last_year: LastYear | None = None,
) -> Case:
    """The filing of ``report_filing`` with ``changes``, read and computed."""
    used = pack or everything()
    norms = norms_at(used, YEAR)
    tiers = tuple(tier.name for tier in norms.tiers)
    filing = bind(book(changes, REPORT_BASE + EVERY_ROW), used.layout, tiers).filing
    return Case(filing, compute(filing, norms, used, last_year), norms, used)


def report_words(
    changes: Changes = {},  # noqa: B006 - read only
    *,
    pack: Pack | None = None,
    last_year: LastYear | None = None,
) -> Any:  # noqa: ANN401 - a tree of words
    """The page of the department."""
    case = report_case(changes, pack=pack, last_year=last_year)
    return next(page.context for page in present(case) if page.document == "overall_report")
