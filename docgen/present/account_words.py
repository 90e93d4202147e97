"""The sentences of the 情况说明: ``情况`` in templates. Every number is a figure, every word follows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from docgen.checks import Case
from docgen.figures.arithmetic import quotient
from docgen.figures.figure import UNKNOWN, Figure
from docgen.figures.final_results import CategoryResult, CodeTable, FinalAccountsResult
from docgen.present.account_style import AccountStyle
from docgen.present.account_tables import CATEGORY, income_columns, named_figure, spending_columns
from docgen.present.change_words import change_view, project_changes
from docgen.present.formats import Notation
from docgen.present.other_matters import other_matters
from docgen.present.sangong_words import sangong_view
from docgen.present.shown import View
from docgen.present.texts import clause, said

_TOTALS = {"收入总计": "income_total", "支出总计": "spending_total"}
_FISCAL_TOTALS = {"收入总计": "fiscal_income_total", "支出总计": "fiscal_spending_total"}
_ITEM = 5  # digits of an economic code that is a 款


def situation_view(case: Case, projects: list[View], notation: Notation) -> View:
    """Everything 第三部分 says; ``projects`` are the views of the projects, in order."""
    style = AccountStyle(case.pack.formats)
    writer = _Writer(case, case.figures.final_accounts, style)
    return {
        **writer.totals(_TOTALS),
        **project_changes(case, style, notation),
        "收入": writer.income(),
        "支出": writer.spending(),
        "财政": writer.totals(_FISCAL_TOTALS),
        "一般": writer.general(),
        "基本": writer.basic(),
        "基金": writer.fund("government_fund", writer.result.movements),
        "国资": writer.fund("state_capital", writer.result.by_fund),
        "三公": sangong_view(case, style),
        **other_matters(case, projects, style),
    }


@dataclass(frozen=True, slots=True)
class _Writer:
    """The sections on income and spending."""

    case: Case
    result: FinalAccountsResult
    style: AccountStyle

    def totals(self, names: Mapping[str, str]) -> View:
        """Totals with their changes: ``收入总计``, ``收入变动`` …."""
        changes = self.result.changes
        return {
            **{label: self.style.amount(self._named(name)) for label, name in names.items()},
            **{
                label.replace("总计", "变动"): change_view(changes.get(name), self.style)
                for label, name in names.items()
            },
        }

    def income(self) -> View:
        return self._shares(self.result.income, income_columns(self.case))

    def spending(self) -> View:
        return self._shares(self.result.spending, spending_columns(self.case))

    def general(self) -> View:
        """一般公共预算财政拨款支出: in all, by 类, and each 类 against its budget and last year."""
        table, style = self._table("general"), self.style
        return {
            "合计": style.amount(table.total),
            "占比": style.percent(self._named("general_share")),
            "变动": change_view(self.result.changes.get("general_spending"), style),
            "类": self._categories(table),
            "年初预算": style.amount(self._named("initial_budget")),
            "完成率": style.percent(self._named("initial_completion")),
            "有完成率": self._named("initial_completion").is_known,
            "分类": [self._category(item) for item in self.result.categories],
        }

    def basic(self) -> View:
        """基本支出 by economic code: 人员经费 and 公用经费, each code that has an amount."""
        groups = self.case.pack.ledger.economic
        rows = [code for code in sorted(self.result.economic) if len(code) == _ITEM]
        used = [code for code in rows if self.result.economic[code].value]
        return {
            "合计": self.style.amount(self._table("general").cells.get("basic", UNKNOWN)),
            "人员": self.style.amount(self._named("personnel")),
            "人员行": self._economic(code for code in used if code[:CATEGORY] in groups.get("personnel", ())),
            "公用": self.style.amount(self._named("public")),
            "公用行": self._economic(code for code in used if code[:CATEGORY] in groups.get("public", ())),
        }

    def fund(self, key: str, tables: Mapping[str, CodeTable]) -> View:
        """A kind of 财政拨款 that many departments do not have; it has data when its table has a line."""
        style, balance = self.style, self.result.balances.get(key)
        table, kinds = tables.get(key, CodeTable()), spending_columns(self.case)
        stages = {"年初结转": "opening", "本年收入": "income", "本年支出": "spending", "年末结转": "closing"}
        return {
            "有数据": not table.is_empty,
            **{
                label: style.amount(getattr(balance, name) if balance else UNKNOWN)
                for label, name in stages.items()
            },
            **{label: style.amount(table.cells.get(name, UNKNOWN)) for label, name in kinds.items()},
            "合计": style.amount(table.total),
            "占比": style.percent(quotient(table.total, self.result.spending.total, self.case.number)),
            "变动": change_view(self.result.changes.get(f"{key}_spending"), style),
            "类": self._categories(table),
        }

    def _named(self, name: str) -> Figure:
        return named_figure(self.case, name)

    def _table(self, key: str) -> CodeTable:
        return self.result.by_fund.get(key, CodeTable())

    def _shares(self, table: CodeTable, columns: Mapping[str, str]) -> View:
        """The columns that have an amount, each with its share; shares are not made to add up."""
        used = {label: table.cells.get(key, UNKNOWN) for label, key in columns.items()}
        rows = {label: figure for label, figure in used.items() if figure.value}
        return {"合计": self.style.amount(table.total), "行": self._parts(rows, table.total)}

    def _parts(self, rows: Mapping[str, Figure], whole: Figure) -> list[View]:
        return [
            {
                "名称": label,
                "金额": self.style.amount(figure),
                "占比": self.style.percent(quotient(figure, whole, self.case.number)),
            }
            for label, figure in rows.items()
        ]

    def _categories(self, table: CodeTable) -> list[View]:
        rows = {row.name: row.total for row in table.categories if row.total.value}
        return self._parts(rows, table.total)

    def _category(self, item: CategoryResult) -> View:
        style, line = self.style, item.line
        return {
            "名称": item.name,
            "年初预算": style.amount(item.initial_budget),
            "决算": style.amount(item.final),
            "完成率": style.percent(item.completion),
            "有完成率": item.completion.is_known,
            "用途": clause(said(line.use)) if line else "",
            "变动": change_view(item.change, style),
            "原因": clause(said(line.reason)) if line else "",
        }

    def _economic(self, codes: Iterable[str]) -> list[View]:
        lines = self.case.filing.final_accounts.economic
        names = {said(row.code): said(row.name) for row in lines} | dict(self.case.classification.economics)
        return [
            {"名称": names.get(code, code), "金额": self.style.amount(self.result.economic[code])}
            for code in codes
        ]
