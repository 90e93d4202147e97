"""I3, A1: names that name nothing, one thing under two names, and a budget copied from the spending."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from docgen.checks.case import Case, Row, at, quoted
from docgen.checks.rule import rule
from docgen.checks.targets import words
from docgen.figures.accounts import ACCOUNT_STAGES
from docgen.finding import Related, Remark, Severity
from docgen.model.ledger import AccountLine
from docgen.quantity import ZERO, MoneyUnit

_TAIL = 2  # characters after a variant that must be the same for it to be the same thing
_FEWEST_LINES = 2


@rule("I309", severity=Severity.VERIFY, basis="三级指标写考核的具体内容，不重复类别名称")
def level3_names_what_is_measured(case: Case, *, category_words: str) -> Iterator[Remark]:
    """三级指标的名称写明考核什么，不只是类别。

    错例：三级指标“可持续影响”，指标值“不断提高社会保障水平”
    正例：三级指标“可持续影响：不断提高社会保障水平”，指标值“提高”
    怎么改：把考核内容写进三级指标名称；填错栏的移回来。
    """
    categories = words(category_words)
    for row in case.rows:
        if row.level3.strip().removesuffix("指标") in categories:
            text = f"三级指标{row.title}只是类别，没有写考核什么；指标值是“{row.target_text}”，是不是填错了栏"
            yield Remark(row.place, text, "具体的指标名称", (Related(row.target.place, "指标值"),))


@rule("I310", severity=Severity.NOTE, basis="同一张表里一样东西一个叫法")
def one_thing_has_one_name(case: Case, *, word_variants: str) -> Iterator[Remark]:
    """同一个项目的三级指标里，同一样东西用同一个词。

    错例：“通信光纤保障率”和“通讯光纤费标准”
    正例：“通信光纤保障率”和“通信光纤费标准”
    怎么改：改成一样的写法。
    """
    names = "\n".join(row.level3 for row in case.project_rows)
    spellings = (pair.split("=") for pair in words(word_variants))
    pairs = [pair for pair in spellings if all(word in names for word in pair)]
    by_project: dict[int, list[Row]] = {}
    for row in case.project_rows if pairs else ():
        by_project.setdefault(id(row.project), []).append(row)
    for rows in by_project.values():
        for pair in pairs:
            yield from _variants(rows, pair)


def _variants(rows: list[Row], pair: list[str]) -> Iterator[Remark]:
    """The rows that use the seldom one of two spellings before the same characters."""
    used: dict[str, dict[str, list[Row]]] = {}
    for row in rows:
        for word in pair:
            _, found, after = row.level3.partition(word)
            if found and len(after) >= _TAIL:
                used.setdefault(after[:_TAIL], {}).setdefault(word, []).append(row)
    for tail, spellings in used.items():
        if len(spellings) == len(pair):
            usual, seldom = sorted(pair, key=lambda word: -len(spellings[word]))
            for row in spellings[seldom]:
                text = f"{row.title}写作“{seldom}{tail}”，同一项目的其他指标写作“{usual}{tail}”"
                other = Related(spellings[usual][0].place, f"写作“{usual}{tail}”")
                yield Remark(row.place, text, f"{usual}{tail}", (other,))


@rule("A113", severity=Severity.VERIFY, basis="预算数是批复的预算，决算数是实际的支出")
def budget_is_not_copied_from_spending(case: Case) -> Iterator[Remark]:
    """收支的预算数不是照抄决算数；全是整万元的不问。

    错例：基本支出、项目支出的年初预算数、全年预算数、决算数分别完全相同，一分不差
    正例：全年预算数 1693.24，决算数 1687.4
    怎么改：对照预算批复改正预算数；确实一分不差的，写核实说明。
    """
    lines = [line for line in case.filing.accounts if line.final.value]
    most = max(Counter(line.kind.otherwise("") for line in lines).values(), default=0)
    exact = any((line.final.value or ZERO) % MoneyUnit.WAN.in_yuan for line in lines)
    if exact and most >= _FEWEST_LINES and all(_is_copied(line) for line in lines):
        first = lines[0]
        text = (
            f"{quoted(first.item.otherwise(''))}等 {len(lines)} 项的年初预算数、全年预算数都与决算数"
            f"一分不差（如 {first.final.text.strip()}），是不是把支出数填成了预算数"
        )
        cells = (cell for line in lines for cell in (line.annual_budget, line.initial_budget))
        related = tuple(Related(cell.place, "与决算数相同") for cell in list(cells)[1:])
        yield Remark(at(first.annual_budget), text, "批复的预算数", related)


def _is_copied(line: AccountLine) -> bool:
    return len({getattr(line, stage).value for stage in ACCOUNT_STAGES}) == 1


RULES = (level3_names_what_is_measured, one_thing_has_one_name, budget_is_not_copied_from_spending)
