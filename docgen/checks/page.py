"""RULES.md and the page of one rule, made from the rules themselves."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from docgen.checks.catalogue import RULES
from docgen.checks.rule import Rule

_FAMILIES = {
    "W": "工作簿的表和列",
    "V": "单元格里的值",
    "B": "预算与执行率",
    "I": "指标与分值",
    "S": "得分、总分、等级",
    "A": "收支、三公经费、政府采购、部门决算公开、转移支付",
    "X": "各表之间",
    "N": "文字",
}
_INTRODUCTION = """# 核对规则

由规则自身生成，不要手改：改规则的说明（`docgen/checks/`、`docgen/workbook/complaints.py`）后
运行 `make goldens`。

- **错误**：必须改正，改正前只出草稿。
- **核实**：改正，或在“核实说明”里写明规则编号、位置和原因。
- **提示**：供参考，不影响出文件。

规则用到的数（分值、下限、容差等）在模板包的 `norms.toml` 和 `checks.toml` 里，注明出处。

P 开头的规则由模板包自己声明，写在它的 `checks.toml` 里（每条有说明、出处和改法），不列在这里；
`docgen rules --pack 模板包` 连同它们一起列出，`docgen rules P101 --pack 模板包` 说明其中一条。
"""


def rule_page(rule: Rule) -> str:
    """One rule in Markdown."""
    return "\n".join(
        [
            f"### {rule.code} {rule.summary.rstrip('。')}",
            "",
            f"{rule.severity.value} · `{rule.slug}` · 依据：{rule.basis}",
            "",
            f"- 错例：{rule.wrong}",
            f"- 正例：{rule.right}",
            f"- 怎么改：{rule.fix}",
            "",
        ]
    )


def rules_page(rules: Iterable[Rule] = RULES) -> str:
    """The text of RULES.md: every rule by family, in the order of the codes."""
    ordered = sorted(rules, key=lambda rule: (list(_FAMILIES).index(rule.code[0]), rule.code))
    parts = [_INTRODUCTION, f"共 {len(ordered)} 条。\n"]
    for family, members in groupby(ordered, key=lambda rule: rule.code[0]):
        parts.append(f"## {family} {_FAMILIES[family]}\n")
        parts.extend(rule_page(rule) for rule in members)
    return "\n".join(parts)
