"""W1: a sheet that may be left out has been, although there is something to write in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from docgen.checks.case import Case
from docgen.checks.rule import rule
from docgen.figures.acceptance import explained_keys, folded
from docgen.figures.last_year import CLOSING
from docgen.finding import Finding, Remark, Severity

_EVALUATION = "evaluation_"  # how the keys of the sections on 部门评价 begin
_EXPLANATIONS = "explanations"  # without it nothing is closed, which shows by itself


@rule("W113", severity=Severity.VERIFY, basis="工作簿的格式")
def sheet_left_out_has_no_content(case: Case) -> Iterator[Remark]:
    """工作簿里没有的表，是确实没有内容可填的表；看不出该有内容的，只是提示。

    错例：上年年末有结转，工作簿里没有“结转结余”
    正例：有“结转结余”；确实没有结转结余的，留着表，一行不填
    怎么改：用 docgen new 另生成一份，把这张表复制过来，该填的填上；没有内容的，一行不填就不再问。
    """
    for name, sheet in case.pack.layout.used_sheets.items() if case.filing.sheets else ():
        if name in case.filing.sheets or name in case.filing.gaps or name == _EXPLANATIONS:
            continue
        signs = list(_signs(case, name))
        text = f"“{sheet.title}”这张表不在工作簿里，按没有数据处理"
        if signs:
            yield Remark(case.sheet_place(name), f"{text}；但{'，'.join(signs)}", "补上这张表，填好")
        else:
            yield Remark(case.sheet_place(name), text, "这张表，可以一行不填", severity=Severity.NOTE)


def _signs(case: Case, name: str) -> Iterator[str]:
    """What shows that there should be something in the sheet."""
    if _is_explained(case, name):
        yield "“核实说明”里写到了它"
    if name in _SIGNS:
        yield from _SIGNS[name](case)


def _is_explained(case: Case, name: str) -> bool:
    title = folded(case.sheet_place(name).sheet)
    return any(sheet == title for row in case.filing.explanations for _, sheet, _ in explained_keys(row))


def _of_balances(case: Case) -> Iterator[str]:
    record = case.figures.final_accounts.last_year
    closing = [
        amount for key, amount in (record.amounts if record else {}).items() if key.startswith(CLOSING)
    ]
    if any(closing):
        yield f"上年的运行记录里年末结转和结余有 {'、'.join(case.number(each) for each in closing if each)}"


def _of_running_costs(case: Case) -> Iterator[str]:
    public, record = case.account("public"), case.figures.final_accounts.last_year
    if public.value:
        yield f"基本支出里有公用经费 {case.number(public.value)}"
    keys = case.pack.ledger.running_costs.values()
    if record and any(record.amounts.get(key) for key in keys):
        yield "上年的运行记录里有机关运行经费"


def _of_evaluations(case: Case) -> Iterator[str]:
    sections = case.pack.layout.sections
    titles = {section.title for key, section in sections.items() if key.startswith(_EVALUATION)}
    written = [text.section.value for text in case.filing.narratives if text.section.value in titles]
    if written:
        yield f"“{case.sheet_place('narratives').sheet}”里写了“{written[0]}”"


_SIGNS: dict[str, Callable[[Case], Iterator[str]]] = {
    "carryover": _of_balances,
    "running_costs": _of_running_costs,
    "evaluations": _of_evaluations,
}


def told_once(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without those on a sheet left out that another one names."""
    listed = list(findings)
    code = sheet_left_out_has_no_content.code
    others = [found for found in listed if found.code != code]
    return [found for found in listed if found.code != code or not any(map(_names(found), others))]


def _names(left_out: Finding) -> Callable[[Finding], bool]:
    title = left_out.place.sheet
    return lambda other: other.place.sheet == title or f"“{title}”" in other.message


RULES = (sheet_left_out_has_no_content,)
