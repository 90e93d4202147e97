"""The ten tables of the 部门决算公开: ``决算`` in templates."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.checks import Case
from docgen.figures.arithmetic import total
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.final_results import CodeRow, CodeTable, FinalAccountsResult
from docgen.present.account_style import AccountStyle
from docgen.present.shown import Shown, View

FISCAL = {"一般公共预算": "general", "政府性基金预算": "government_fund", "国有资本经营预算": "state_capital"}
_KINDS = {
    "基本支出": "basic",
    "项目支出": "project",
    "上缴上级支出": "to_superior",
    "经营支出": "business",
    "对附属单位补助支出": "to_subordinate",
}
_BOTH = {"基本支出": "basic", "项目支出": "project"}
_FUND = {"年初结转和结余": "opening", "本年收入": "income", **_BOTH, "年末结转和结余": "closing"}
_SANGONG = {
    "合计": "sangong",
    "因公出国": "overseas_travel",
    "公车小计": "official_vehicles",
    "购置": "vehicle_purchase",
    "运行": "vehicle_upkeep",
    "接待": "official_reception",
}
_PROCUREMENT = {"合计": "procurement", "货物": "goods", "工程": "works", "服务": "services"}
_RUNNING = {"行政单位": "administrative", "参公单位": "civil_service_like", "合计": "running_costs"}


def accounts_view(case: Case, style: AccountStyle) -> View:
    """Every amount of the tables, blank where there is none."""
    result = case.figures.final_accounts
    return {
        "收入": _income(case, result, style),
        "支出": _spending(case, result, style),
        "类": _categories(case, result, style),
        "财政": _fiscal(result, style),
        "表02": _table(result.income, "本年收入合计", income_columns(case), style),
        "表03": _table(result.spending, "本年支出合计", _KINDS, style),
        "表05": _table(_fund(result, "general"), "小计", _BOTH, style),
        "表07": _table(result.movements.get("government_fund", CodeTable()), "小计", _FUND, style),
        "表08": _table(_fund(result, "state_capital"), "小计", _BOTH, style),
        **_economic(case, result, style),
        **_statistics(case, result, style),
    }


def income_columns(case: Case) -> dict[str, str]:
    """The heads of the table of income: 财政拨款 in one column, every other source by its printed name."""
    ledger = case.pack.ledger
    others = {printed: key for printed, key in ledger.income.items() if key not in ledger.fiscal}
    return {"财政拨款收入": "fiscal", **others}


def _fund(result: FinalAccountsResult, key: str) -> CodeTable:
    return result.by_fund.get(key, CodeTable())


def _table(table: CodeTable, head: str, columns: Mapping[str, str], style: AccountStyle) -> View:
    return {
        "有数据": not table.is_empty,
        "合计": _cells(table, head, columns, style),
        "行": [{**_row(row, head, columns, style), "是汇总": _is_parent(row, table)} for row in table.rows],
    }


def _is_parent(row: CodeRow, table: CodeTable) -> bool:
    """Whether a line only adds up the lines below it."""
    return any(other.code != row.code and other.code.startswith(row.code) for other in table.rows)


def _row(row: CodeRow, head: str, columns: Mapping[str, str], style: AccountStyle) -> View:
    named: View = {"代码": row.code, "名称": row.name, "层级": str(row.depth)}
    return {**named, **_cells(row, head, columns, style)}


def _cells(
    line: CodeTable | CodeRow, head: str, columns: Mapping[str, str], style: AccountStyle
) -> dict[str, Shown]:
    cells = {label: style.cell(line.cells.get(key, UNKNOWN)) for label, key in columns.items()}
    return {head: style.cell(line.total), **cells}


def _income(case: Case, result: FinalAccountsResult, style: AccountStyle) -> View:
    columns = {**case.pack.ledger.income, **income_columns(case)}
    return {
        **_cells(result.income, "合计", columns, style),
        "使用非财政拨款结余": style.cell(named_figure(case, "surplus_used")),
        "年初结转和结余": style.cell(named_figure(case, "opening")),
        "总计": style.cell(named_figure(case, "income_total")),
    }


def _spending(case: Case, result: FinalAccountsResult, style: AccountStyle) -> View:
    return {
        **_cells(result.spending, "合计", _KINDS, style),
        "结余分配": style.cell(named_figure(case, "surplus_distributed")),
        "年末结转和结余": style.cell(named_figure(case, "closing")),
        "总计": style.cell(named_figure(case, "spending_total")),
    }


def named_figure(case: Case, name: str) -> Figure:
    """A figure of the final accounts by name; those of 三公 and 采购 may be the accounts' own."""
    named = case.figures.final_accounts.named
    return named[name] if name in named else case.figures.accounts.named.get(name, UNKNOWN)


def _categories(case: Case, result: FinalAccountsResult, style: AccountStyle) -> View:
    """A line for every 类 of the classification, blank or not."""
    known = case.pack.classification_at(case.filing.department.fiscal_year.otherwise(0)).functions
    tables = {"合计": result.spending, **{label: _fund(result, key) for label, key in FISCAL.items()}}
    sums = {label: {row.code: row.total for row in table.categories} for label, table in tables.items()}
    codes = sorted({code for code in known if len(code) == 3} | set(sums["合计"]))  # noqa: PLR2004 - a 类
    return {
        code: _category({label: rows.get(code, UNKNOWN) for label, rows in sums.items()}, style)
        for code in codes
    }


def _category(figures: Mapping[str, Figure], style: AccountStyle) -> View:
    fiscal = total((figures[label] for label in FISCAL), write)
    return {
        **{label: style.cell(figure) for label, figure in figures.items()},
        "财政合计": style.cell(fiscal),
    }


def _fiscal(result: FinalAccountsResult, style: AccountStyle) -> View:
    """Income, spending and balances of each kind of 财政拨款, and of all of them."""
    stages = {
        "收入": _stage(result, "income"),
        "年初": _stage(result, "opening"),
        "支出": _stage(result, "spending"),
        "年末": _stage(result, "closing"),
    }
    stages["收入总计"] = _added(stages["收入"], stages["年初"])
    stages["支出总计"] = _added(stages["支出"], stages["年末"])
    shown: View = {
        label: {name: style.cell(figure) for name, figure in stage.items()} for label, stage in stages.items()
    }
    return {**shown, "总计": style.cell(stages["收入总计"]["合计"])}


def _stage(result: FinalAccountsResult, name: str) -> dict[str, Figure]:
    balances = {label: result.balances.get(key) for label, key in FISCAL.items()}
    figures = {label: getattr(balance, name) if balance else UNKNOWN for label, balance in balances.items()}
    return {**figures, "合计": total(figures.values(), write)}


def _added(first: Mapping[str, Figure], second: Mapping[str, Figure]) -> dict[str, Figure]:
    return {label: total((first[label], second[label]), write) for label in first}


def _economic(case: Case, result: FinalAccountsResult, style: AccountStyle) -> View:
    known = case.pack.classification_at(case.filing.department.fiscal_year.otherwise(0)).economics
    codes = sorted({*known, *result.economic})
    return {
        "经济": {code: style.cell(result.economic.get(code, UNKNOWN)) for code in codes},
        "人员经费合计": style.cell(named_figure(case, "personnel")),
        "公用经费合计": style.cell(named_figure(case, "public")),
    }


def _statistics(case: Case, result: FinalAccountsResult, style: AccountStyle) -> View:
    """Tables 09 and 10."""
    stages = {"预算": "budget", "决算": "final"}
    kinds = {key: printed for printed, key in case.pack.ledger.assets.items()}
    return {
        "三公": {
            label: _of(case, {part: f"{key}_{stage}" for part, key in _SANGONG.items()}, style)
            for label, stage in stages.items()
        },
        "采购": _of(case, _PROCUREMENT, style),
        "机关运行": _of(case, _RUNNING, style),
        "资产": {
            "车辆合计": style.count_cell(named_figure(case, "vehicles")),
            **{printed: style.count_cell(result.counts.get(key, UNKNOWN)) for key, printed in kinds.items()},
            "设备": style.count_cell(result.counts.get("equipment", UNKNOWN)),
        },
    }


def _of(case: Case, names: Mapping[str, str], style: AccountStyle) -> dict[str, Shown]:
    return {label: style.cell(named_figure(case, name)) for label, name in names.items()}
