"""Every cell by itself, names that refer to names, rows that may stand there once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from benchmarks.mutation.broken import Broken, Forms, Relation, broken, half_up
from benchmarks.mutation.tables import Line, Tables
from docgen.packs import Column

_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?%?")
_WRITTEN = {
    **dict.fromkeys(("money", "points", "count", "ratio"), _NUMBER),
    "yes_no": re.compile("[是否]"),
    "code": re.compile(r"\d{3}|\d{5}|\d{7}"),
    "year": re.compile(r"(?:19|20)\d\d"),
}
_ONCE: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "单位": (("单位名称",),),
    "项目": (("项目名称",),),
    "项目资金": (("项目名称", "资金来源"),),
    "绩效指标": (("项目名称", "二级指标", "三级指标"),),
    "整体指标": (("二级指标", "三级指标"),),
    "收支": (("项目",),),
    "三公经费": (("项目",),),
    "政府采购": (("类别",),),
    "收入": (("科目代码", "收入来源"),),
    "支出": (("科目代码", "资金性质"),),
    "基本支出经济分类": (("科目代码",),),
    "结转结余": (("资金性质", "科目代码"),),
    "三公实物量": (("事项",),),
    "三公用途": (("项目", "用途"),),
    "机关运行经费": (("单位类型",),),
    "车辆与设备": (("项目",),),
    "车辆使用": (("项目", "用途"),),
    "上年数": (("项目",),),
    "分类预算": (("类代码",),),
    "项目变动": (("项目名称",),),
    "部门评价": (("项目名称", "资金性质"),),
    "费用明细": (("项目名称", "费用名称"),),
    "转移支付": (("转移支付名称",),),
    "转移支付资金": (("转移支付名称", "资金来源"),),
    "转移支付管理": (("转移支付名称", "方面"),),
    "转移支付指标": (("转移支付名称", "二级指标", "三级指标"),),
    "人员": (("人员类别",),),
    "支出功能分类": (("功能分类",),),
    "资产负债": (("项目",),),
    "资产存量": (("项目",),),
    "资产配置": (("资产类别",),),
    "非税收入": (("收入项目",),),
    "三保支出": (("类别", "项目"),),
    "支出进度": (("季度",),),
    "目标指标": (("目标名称", "指标"),),
    "事项清单": (("类别", "事项"),),
    "上年自评": (("项目名称",),),
    "文字": (("适用单位", "章节"), ("适用对象", "章节")),
    "核实说明": (),
}


def cells_are_readable(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """Required cells are filled; numbers are numbers, not below 0; what has a list comes from it."""
    for sheet in forms.pack.layout.used_sheets.values():
        if sheet.kind == "fields":
            for column in sheet.used_columns.values():
                text = tables.field(column.label)
                if not _fits(column, text, _choices(column, tables, forms)):
                    yield broken("填写", column.label, tables.field_cell(column.label))
            continue
        for column in sheet.used_columns.values():
            offered = _choices(column, tables, forms)
            for line in tables[sheet.title]:
                typed = line.has(column.label) and not column.is_computed
                if typed and not _fits(column, line.text(column.label), offered):
                    yield broken("填写", line.cell(column.label), line.cell(column.label))


def _choices(column: Column, tables: Tables, forms: Forms) -> frozenset[str] | None:
    layout = forms.pack.layout
    if column.type != "choice" or column.open_list:
        return None
    if column.choices:
        return frozenset(column.choices)
    names = {
        "projects.name": lambda: {line.text("项目名称") for line in tables["项目"]},
        "units.name": lambda: {line.text("单位名称") for line in tables["单位"]},
        "undertakings.name": lambda: {line.text("名称") for line in tables["整体目标与任务"]},
        "transfers.name": lambda: {line.text("转移支付名称") for line in tables["转移支付"]},
        "norms.tiers": lambda: {tier.name for tier in forms.norms.tiers},
        "project_levels.1": lambda: set(layout.project_levels),
        "project_levels.2": lambda: {name for names in layout.project_levels.values() for name in names},
        "transfer_levels.1": lambda: set(layout.transfer_levels),
        "transfer_levels.2": lambda: {name for names in layout.transfer_levels.values() for name in names},
        "overall_levels.1": lambda: set(layout.overall_levels),
        "overall_levels.2": lambda: {name for names in layout.overall_levels.values() for name in names},
        "sections": lambda: {section.title for section in layout.sections.values() if section.enabled},
        "scopes": lambda: {
            layout.department_scope,
            *(line.text("单位名称") for line in tables["单位"]),
            *(line.text("项目名称") for line in tables["项目"]),
            *(line.text("转移支付名称") for line in tables["转移支付"]),
        },
    }
    found = names.get(column.choices_from)
    return frozenset(found()) if found else None


def _fits(column: Column, text: str, choices: frozenset[str] | None) -> bool:
    if not text:
        return not column.required
    if choices is not None:
        return text in choices
    written = _WRITTEN.get(column.type)
    return written is None or written.fullmatch(text) is not None


def amounts_are_not_negative(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """No amount, count or number of points is below 0; counts are whole, areas need not be."""
    for sheet in forms.pack.layout.used_sheets.values():
        counted = [each for each in sheet.used_columns.values() if each.type in {"money", "points", "count"}]
        for line in tables[sheet.title]:
            for column in counted:
                value = line.amount(column.label)
                parts = (
                    column.type == "count"
                    and column.label != "数量或面积"
                    and value is not None
                    and value % 1
                )
                if value is not None and (value < 0 or parts):
                    yield broken("不为负", line.cell(column.label), line.cell(column.label))


def amounts_are_of_whole_fen(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """No amount has parts of a 分: two decimals of 元, six of 万元."""
    places = 2 if tables.field("金额单位") == "元" else 6
    for sheet in forms.pack.layout.used_sheets.values():
        labels = [column.label for column in sheet.used_columns.values() if column.type == "money"]
        for line in tables[sheet.title] if sheet.kind != "fields" else ():
            for label in labels:
                value = line.amount(label)
                if value is not None and value != half_up(value, places):
                    yield broken(
                        "不到一分", line.cell(label), line.cell(label), tables.field_cell("金额单位")
                    )


def evaluators_are_named_alike(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """A self-evaluation is made by the department's own group, one by an agency by an agency."""
    way, body = tables.field("评价方式"), tables.field("评价机构")
    if way and body and way.startswith("中介") != body.startswith("中介"):
        yield broken("评价方式", "", tables.field_cell("评价方式"), tables.field_cell("评价机构"))


def rows_stand_once(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """One thing has one row."""
    for title, keys in _ONCE.items():
        for labels in keys:
            first: dict[tuple[str, ...], Line] = {}
            for line in tables[title]:
                key = tuple(line.text(label) for label in labels)
                if not all(line.has(label) for label in labels) or not key[0]:
                    continue
                earlier = first.setdefault(key, line)
                if earlier is not line:
                    cells = [each.cell(label) for each in (earlier, line) for label in labels]
                    yield broken("只填一行", f"{title}{key}", *cells)


def levels_belong_together(tables: Tables, forms: Forms) -> Iterator[Broken]:
    """A 二级指标 stands under its own 一级指标."""
    layout = forms.pack.layout
    trees = {
        "绩效指标": layout.project_levels,
        "转移支付指标": layout.transfer_levels,
        "整体指标": layout.overall_levels,
    }
    for title, tree in trees.items():
        for line in tables[title]:
            level1, level2 = line.text("一级指标"), line.text("二级指标")
            if level1 in tree and level2 not in tree[level1]:
                yield broken("层级", line.cell("二级指标"), line.cell("一级指标"), line.cell("二级指标"))


def everybody_has_rows(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """Every project has funds and indicators, every transfer too and its seven aspects."""
    for title, name, wanted in (
        ("项目", "项目名称", ("项目资金", "绩效指标")),
        ("转移支付", "转移支付名称", ("转移支付资金", "转移支付指标")),
    ):
        asked = [other for other in wanted if other in tables.printed]
        for line in tables[title]:
            for other in asked:
                if not any(row.text(name) == line.text(name) for row in tables[other]):
                    yield broken("没有行", f"{line.text(name)} {other}", line.cell(name), other)
    for line in tables["转移支付"]:
        name = line.text("转移支付名称")
        aspects = {row.text("方面") for row in tables["转移支付管理"] if row.text("转移支付名称") == name}
        if len(aspects - {""}) < 7:  # noqa: PLR2004 - the form prints seven
            cells = [row.cell("方面") for row in tables["转移支付管理"]]
            yield broken("七个方面", name, line.cell("转移支付名称"), "转移支付管理", *cells)


def units_fit_their_projects(tables: Tables, _forms: Forms) -> Iterator[Broken]:
    """A unit that says whether it evaluates itself says so as it has projects; there is one 部门本级."""
    having = {line.text("实施单位") for line in tables["项目"]}
    for line in tables["单位"]:
        said, has = line.text("单独自评"), line.text("单位名称") in having
        if (said == "否" and has) or (said == "是" and not has):
            cells = [row.cell("实施单位") for row in tables["项目"]]
            yield broken(
                "单独自评", line.cell("单位名称"), line.cell("单独自评"), line.cell("单位名称"), *cells
            )
    heads = [line for line in tables["单位"] if line.text("类别") == "部门本级"]
    if len(heads) > 1:
        yield broken("一个本级", "", *(line.cell("类别") for line in heads))


RELATIONS: tuple[Relation, ...] = (
    cells_are_readable,
    amounts_are_not_negative,
    amounts_are_of_whole_fen,
    evaluators_are_named_alike,
    rows_stand_once,
    levels_belong_together,
    everybody_has_rows,
    units_fit_their_projects,
)
