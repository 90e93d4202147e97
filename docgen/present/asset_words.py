"""What the department owns and owes: ``资产`` in templates."""

from __future__ import annotations

from docgen.checks import Case
from docgen.figures.arithmetic import quotient
from docgen.figures.figure import UNKNOWN, Figure
from docgen.present.account_style import NOTHING
from docgen.present.change_words import difference_view
from docgen.present.formats import Notation
from docgen.present.shown import View
from docgen.present.texts import clause, said

_STATES = {"年末": "closing", "上年末": "opening"}
_RATIOS = {
    "资产负债率": "debt_ratio",
    "现金比率": "cash_ratio",
    "流动比率": "current_ratio",
    "成新率": "fixed_newness",
}
_SHARES = {"流动资产占比": "current_assets_share", "其他应付款占比": "payables_share"}


def asset_view(case: Case, notation: Notation) -> View:
    """The balance sheet with its ratios, what there is of each kind of asset, and what was acquired."""
    named = case.figures.accounts.named
    return {
        **{label: _state(case, state, notation) for label, state in _STATES.items()},
        "使用率": notation.ratio(named.get("fixed_use_rate", UNKNOWN)),
        "流动资产较上年": difference_view(
            named.get("current_assets_change", UNKNOWN),
            named.get("current_assets_change_rate", UNKNOWN),
            notation,
        ),
        "存量": {printed: _stock(case, printed, notation) for printed in case.pack.ledger.stock},
        "办公占比": notation.share(named.get("offices_share", UNKNOWN)),
        "配置": _acquisitions(case, notation),
    }


def _state(case: Case, state: str, notation: Notation) -> View:
    named, balance = case.figures.accounts.named, case.pack.ledger.balance
    amounts = {**balance, "净资产": "net_assets"}
    return {
        **{
            label: notation.department_money(named.get(f"{key}_{state}", UNKNOWN))
            for label, key in amounts.items()
        },
        **{label: notation.ratio(named.get(f"{key}_{state}", UNKNOWN)) for label, key in _RATIOS.items()},
        **{label: notation.share(named.get(f"{key}_{state}", UNKNOWN)) for label, key in _SHARES.items()},
    }


def _stock(case: Case, printed: str, notation: Notation) -> View:
    key, named = case.pack.ledger.stock[printed], case.figures.accounts.named
    quantity, gross, net = (
        named.get(f"stock_{key}_{part}", UNKNOWN) for part in ("quantity", "gross", "net")
    )
    rows = (row for row in case.filing.report.asset_stock if said(row.item) == printed)
    return {
        "数量": notation.tally(quantity),
        "原值": notation.department_money(gross),
        "净值": notation.department_money(net),
        "说明": clause("\n".join(said(row.note) for row in rows)),
        "有": bool(quantity.value or gross.value or net.value),
    }


def _acquisitions(case: Case, notation: Notation) -> View:
    """What was planned and what was bought, by every class of the form."""
    named, amount = case.figures.accounts.named, notation.department_money
    budget, bought = (_nought(case, named.get(f"acquisitions_{key}", UNKNOWN)) for key in ("budget", "final"))
    classes = _classes(case, bought, notation)
    return {
        "有": bool(bought.value),
        "合计": amount(bought),
        "预算": amount(budget),
        "有预算": bool(budget.value),
        "用途": "、".join(
            dict.fromkeys(filter(None, (clause(said(row.use)) for row in case.filing.report.acquisitions)))
        ),
        "各类": [view for _, view in classes],
        "已配": [view for figure, view in classes if figure.value],
    }


def _classes(case: Case, bought: Figure, notation: Notation) -> list[tuple[Figure, View]]:
    """Every class of the closed list, and any other the clerk named; one without an amount is 0."""
    given = {part.name: part for part in case.figures.report.acquisitions.rows}
    sheet = case.pack.layout.sheets.get("acquisitions")
    choices = sheet.columns["category"].choices if sheet else ()
    figures = {
        name: given[name].amount if name in given else _nought(case, UNKNOWN)
        for name in dict.fromkeys([*choices, *given])
    }
    shares = notation.shares([quotient(figure, bought, case.number) for figure in figures.values()])
    return [
        (figure, {"名称": name, "金额": notation.department_money(figure), "占比": share})
        for (name, figure), share in zip(figures.items(), shares, strict=True)
    ]


def _nought(case: Case, figure: Figure) -> Figure:
    """0 where nothing was entered on a sheet that was read whole."""
    return NOTHING if figure == UNKNOWN and case.filing.is_whole("acquisitions") else figure
