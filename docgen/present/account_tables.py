"""The ten tables of the 部门决算公开: ``决算`` in templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from docgen.checks import Case
from docgen.figures.arithmetic import total
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.final_results import CodeRow, CodeTable, FinalAccountsResult
from docgen.present.account_style import AccountStyle
from docgen.present.shown import View
from docgen.terms import printed_name

FISCAL = {"一般公共预算": "general", "政府性基金预算": "government_fund", "国有资本经营预算": "state_capital"}
KINDS = ("basic", "project", "to_superior", "business", "to_subordinate")
_BOTH = ("basic", "project")
CATEGORY = 3  # digits of the code of a 类
SANGONG_ITEMS = {
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
    tables = _Tables(case, case.figures.final_accounts, style)
    result, both = tables.result, spending_columns(case, _BOTH)
    moved = {"年初结转和结余": "opening", "本年收入": "income", **both, "年末结转和结余": "closing"}
    return {
        "收入": tables.income(),
        "支出": tables.spending(),
        "类": tables.categories(),
        "财政": tables.fiscal(),
        "表02": tables.table(result.income, "本年收入合计", income_columns(case)),
        "表03": tables.table(result.spending, "本年支出合计", spending_columns(case)),
        "表05": tables.table(tables.fund("general"), "小计", both),
        "表07": tables.table(result.movements.get("government_fund", CodeTable()), "小计", moved),
        "表08": tables.table(tables.fund("state_capital"), "小计", both),
        **tables.economic(),
        **tables.statistics(),
    }


def income_columns(case: Case) -> dict[str, str]:
    """The heads of the table of income: 财政拨款 in one column, every other source by its printed name."""
    ledger = case.pack.ledger
    others = {printed: key for printed, key in ledger.income.items() if key not in ledger.fiscal}
    return {printed_name("fiscal_income", case.pack.terms): "fiscal", **others}


def spending_columns(case: Case, kinds: Iterable[str] = KINDS) -> dict[str, str]:
    """The heads of the tables of spending: each kind by the name of its column in the workbook."""
    return {case.label("spending", kind): kind for kind in kinds}


def named_figure(case: Case, name: str) -> Figure:
    """A figure of the final accounts by name; the amounts of 三公 are among those of the accounts."""
    named = case.figures.final_accounts.named
    return named[name] if name in named else case.figures.accounts.named.get(name, UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Tables:
    """The tables of one filing in one style."""

    case: Case
    result: FinalAccountsResult
    style: AccountStyle

    def fund(self, key: str) -> CodeTable:
        return self.result.by_fund.get(key, CodeTable())

    def table(self, table: CodeTable, head: str, columns: Mapping[str, str]) -> View:
        """A table by function code: ``head`` is the column that adds up the others."""
        return {
            "有数据": not table.is_empty,
            "合计": self._cells(table, head, columns),
            "行": [
                {
                    "代码": row.code,
                    "名称": row.name,
                    "层级": str(row.depth),
                    "是汇总": _is_parent(row, table),
                    **self._cells(row, head, columns),
                }
                for row in table.rows
            ],
        }

    def income(self) -> View:
        """The left side of table 01."""
        columns = {**self.case.pack.ledger.income, **income_columns(self.case)}
        below = {"使用非财政拨款结余": "surplus_used", "年初结转和结余": "opening", "总计": "income_total"}
        return {**self._cells(self.result.income, "合计", columns), **self._named(below)}

    def spending(self) -> View:
        """The right side of table 01, its 类 apart."""
        below = {"结余分配": "surplus_distributed", "年末结转和结余": "closing", "总计": "spending_total"}
        return {
            **self._cells(self.result.spending, "合计", spending_columns(self.case)),
            **self._named(below),
        }

    def categories(self) -> View:
        """A line for every 类 that any year's classification knows, blank or not."""
        tables = {"合计": self.result.spending, **{label: self.fund(key) for label, key in FISCAL.items()}}
        sums = {label: {row.code: row.total for row in table.categories} for label, table in tables.items()}
        known = {code for year in self.case.pack.classifications.values() for code in year.functions}
        codes = sorted({code for code in known if len(code) == CATEGORY} | set(sums["合计"]))
        return {
            code: self._category({label: rows.get(code, UNKNOWN) for label, rows in sums.items()})
            for code in codes
        }

    def fiscal(self) -> View:
        """Income, spending and balances of each kind of 财政拨款, and of all of them."""
        stages = {
            "收入": self._stage("income"),
            "年初": self._stage("opening"),
            "支出": self._stage("spending"),
            "年末": self._stage("closing"),
        }
        stages["收入总计"] = self._added(stages["收入"], stages["年初"])
        stages["支出总计"] = self._added(stages["支出"], stages["年末"])
        shown: View = {label: self._shown(stage) for label, stage in stages.items()}
        return {**shown, "总计": self.style.cell(stages["收入总计"]["合计"])}

    def economic(self) -> View:
        """Table 06: every code of the economic classification."""
        amounts = self.result.economic
        known = {code for year in self.case.pack.classifications.values() for code in year.economics}
        return {
            "经济": self._shown({code: amounts.get(code, UNKNOWN) for code in sorted({*known, *amounts})}),
            **self._named({"人员经费合计": "personnel", "公用经费合计": "public"}),
        }

    def statistics(self) -> View:
        """Tables 09 and 10."""
        stages = {"预算": "budget", "决算": "final"}
        return {
            "三公": {
                label: self._named({part: f"{key}_{stage}" for part, key in SANGONG_ITEMS.items()})
                for label, stage in stages.items()
            },
            "采购": self._named(_PROCUREMENT),
            "机关运行": self._named(_RUNNING),
            "资产": self._assets(),
        }

    def _assets(self) -> View:
        count, counts = self.style.count_cell, self.result.counts
        assets = self.case.pack.ledger.assets
        return {
            "车辆合计": count(named_figure(self.case, "vehicles")),
            **{printed: count(counts.get(key, UNKNOWN)) for printed, key in assets.items()},
            "设备": count(named_figure(self.case, "equipment")),
        }

    def _cells(self, line: CodeTable | CodeRow, head: str, columns: Mapping[str, str]) -> View:
        cells = {label: line.cells.get(key, UNKNOWN) for label, key in columns.items()}
        return self._shown({head: line.total, **cells})

    def _category(self, figures: Mapping[str, Figure]) -> View:
        fiscal = total((figures[label] for label in FISCAL), self.case.number)
        return self._shown({**figures, "财政合计": fiscal})

    def _stage(self, name: str) -> dict[str, Figure]:
        balances = {label: self.result.balances.get(key) for label, key in FISCAL.items()}
        figures = {label: getattr(balance, name, UNKNOWN) for label, balance in balances.items()}
        return {**figures, "合计": total(figures.values(), self.case.number)}

    def _added(self, first: Mapping[str, Figure], second: Mapping[str, Figure]) -> dict[str, Figure]:
        return {label: total((first[label], second[label]), self.case.number) for label in first}

    def _named(self, names: Mapping[str, str]) -> View:
        return self._shown({label: named_figure(self.case, name) for label, name in names.items()})

    def _shown(self, figures: Mapping[str, Figure]) -> View:
        return {label: self.style.cell(figure) for label, figure in figures.items()}


def _is_parent(row: CodeRow, table: CodeTable) -> bool:
    """Whether a line only adds up the lines below it."""
    return any(other.code != row.code and other.code.startswith(row.code) for other in table.rows)
