"""A1: an item of 收支 stands on its own side, 资金来源 or 资金结构."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.checks.case import Case, quoted
from docgen.checks.rule import rule
from docgen.finding import Related, Remark, Severity


@rule("A114", severity=Severity.ERROR, basis="部门（单位）整体绩效自评表：资金来源、资金结构各有各的项目")
def account_item_is_on_its_side(case: Case, *, source_kind: str, structure_kind: str) -> Iterator[Remark]:
    """收支的每一项填在它所属的类别下。

    错例：类别“资金来源”，项目“基本支出”
    正例：类别“资金结构”，项目“基本支出”
    怎么改：改正类别或项目；财政性资金、其他资金是资金来源，基本支出、项目支出是资金结构。
    """
    sides = dict.fromkeys(case.pack.ledger.sources, source_kind)
    sides |= dict.fromkeys(case.pack.ledger.structure, structure_kind)
    for line in case.filing.accounts:
        item, kind = line.item.otherwise(""), line.kind.value
        if kind is not None and kind != sides.get(item, kind):
            text = f"{quoted(item)}属于{sides[item]}，类别却填“{kind}”"
            yield Remark(line.kind.place, text, sides[item], (Related(line.item.place, "项目"),))


RULES = (account_item_is_on_its_side,)
