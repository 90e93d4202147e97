"""A3: codes are in the classification of the year, with their names; parents are sums of their children."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.checks.case import Case, equation, is_written, residue, sources_of
from docgen.checks.disclosed import CATEGORY, Coded, coded_rows, stray_economic_lines, wrong_parents
from docgen.checks.rule import rule
from docgen.figures.acceptance import folded
from docgen.figures.figure import Figure
from docgen.finding import Related, Remark, Severity
from docgen.packs.classification import FUNCTION_LENGTHS, parents
from docgen.quantity import ZERO, Yuan

_SUBJECTS = "当年《政府收支分类科目》"
_DISCLOSURE = "财预〔2016〕143号：功能分类公开到项，基本支出按经济分类公开到款"
_ECONOMIC = "economic"


def _lengths(sheet: str) -> tuple[int, ...]:
    """How many digits a code of this sheet may have; the last is the most detailed level."""
    return FUNCTION_LENGTHS[:2] if sheet == _ECONOMIC else FUNCTION_LENGTHS


def _names(case: Case, sheet: str) -> Mapping[str, str]:
    known = case.classification
    return known.economics if sheet == _ECONOMIC else known.functions


def _all_coded(case: Case) -> Iterator[Coded]:
    """The coded rows with those of 分类预算."""
    yield from coded_rows(case)
    for line in case.filing.final_accounts.categories:
        if line.code.is_given:
            yield Coded("categories", "", line.code, line.name, {})


@rule("A301", severity=Severity.ERROR, basis=_SUBJECTS)
def code_is_in_the_classification(case: Case) -> Iterator[Remark]:
    """科目代码是当年科目表里的代码。

    错例：科目代码 2980101（没有 298 类）、20801011（8 位）
    正例：科目代码 2080101
    怎么改：对照科目表改正代码；科目表收录不全的项，写上科目名称和核实说明。
    """
    for row in _all_coded(case):
        code, names = row.code.otherwise(""), _names(case, row.sheet)
        if not names or code in names:
            continue
        lengths = _lengths(row.sheet)
        wanted = f"{'、'.join(str(length) for length in lengths)} 位的科目代码"
        if len(code) not in lengths:
            yield Remark(row.code.place, f"科目代码填 {code}，是 {len(code)} 位", wanted)
        elif code[:CATEGORY] not in names:
            text = f"科目代码填 {code}，科目表里没有 {code[:CATEGORY]} 类"
            yield Remark(row.code.place, text, "科目表里的代码")
        else:
            yield _unlisted(row, code, names)


def _unlisted(row: Coded, code: str, names: Mapping[str, str]) -> Remark:
    """A code below a known 类 that the data does not list: it may exist, so a written reason will do."""
    above = next(parent for parent in reversed(parents(code)) if parent in names)
    text = f"科目代码填 {code}，收录的科目表里没有（{above} 是“{names[above]}”）"
    if is_written(row.name):
        return Remark(row.code.place, text, "核对代码", severity=Severity.VERIFY)
    return Remark(row.code.place, f"{text}，科目名称也没有填", "改正代码，或补填科目名称")


@rule("A302", severity=Severity.ERROR, basis=_SUBJECTS)
def name_belongs_to_its_code(case: Case) -> Iterator[Remark]:
    """填写的科目名称就是这个代码的名称。

    错例：2080101 填“综合业务管理”；207 填“文化体育与传媒支出”
    正例：2080101 填“行政运行”；或空着，由程序按代码取名称
    怎么改：删去名称；名称对而代码错的，改正代码。收录的名称没有对照过原书的，只提请核实：填的与原书一致，
    写核实说明。
    """
    for row in _all_coded(case):
        names = _names(case, row.sheet)
        due, typed = names.get(row.code.otherwise("")), row.name.otherwise("").strip()
        if due and typed and folded(typed) != folded(due):
            text = f"{row.code.otherwise('')} 的名称填“{typed}”，科目表里是“{due}”{_elsewhere(typed, names)}"
            related = (Related(row.code.place, "科目代码"),)
            if row.code.value in case.classification.compared:
                yield Remark(row.name.place, text, due, related)
            else:
                text += "（收录的这个名称还没有对照原书）"
                yield Remark(row.name.place, text, f"核对；科目表是“{due}”", related, Severity.VERIFY)


def _elsewhere(typed: str, names: Mapping[str, str]) -> str:
    codes = [code for code, name in names.items() if folded(name) == folded(typed)]
    return f"；“{typed}”的代码是 {codes[0]}" if len(codes) == 1 else ""


@rule("A303", severity=Severity.ERROR, basis="类＝各款之和，款＝各项之和")
def parent_is_the_sum_of_its_children(case: Case, *, rounding_tolerance: Yuan) -> Iterator[Remark]:
    """填了下级科目的，上级科目可以不填；填了的，等于下级之和。

    错例：208 填 4700，它下面的各项合计 4695.93
    正例：只填各项，208 和各款由程序合计
    怎么改：删去上级科目这一行；上级对的，改正下级填错或漏填的一项。
    """
    for parent, gaps in wrong_parents(case):
        said = [_gap_words(case, parent, column, gap) for column, gap in gaps.items()]
        column, gap = next(iter(gaps.items()))
        cell = parent.amounts[column]
        summed = gap.value or ZERO
        difference = cell.otherwise(Yuan(ZERO)) - summed
        yield Remark(
            cell.place,
            f"{parent.title}{'；'.join(said)}",
            case.number(summed),
            sources_of(gap, "下级科目"),
            residue(difference, rounding_tolerance, len(gap.sources)) if len(gaps) == 1 else None,
        )


def _gap_words(case: Case, parent: Coded, column: str, summed: Figure) -> str:
    typed, due = parent.amounts[column].otherwise(Yuan(ZERO)), summed.value or ZERO
    return (
        f"{case.label(parent.sheet, column)}填 {case.number(typed)}，"
        f"下级科目合计 {equation(summed.how or '0', case.number(due))}，相差 {case.amount(abs(typed - due))}"
    )


@rule("A304", severity=Severity.VERIFY, basis=_DISCLOSURE)
def code_is_the_most_detailed(case: Case) -> Iterator[Remark]:
    """收入、支出填到项级科目，经济分类填到款级科目。

    错例：“支出”只有一行 20801，没有它下面的项
    正例：2080101、2080104 各一行
    怎么改：按项（经济分类按款）分行填写。
    """
    rows = list(coded_rows(case))
    above = {(row.sheet, row.group, parent) for row in rows for parent in parents(row.code.otherwise(""))}
    for row in rows:
        code, lengths = row.code.otherwise(""), _lengths(row.sheet)
        if len(code) in lengths[:-1] and (row.sheet, row.group, code) not in above:
            word = "款" if row.sheet == _ECONOMIC else "项"
            text = f"科目代码填 {code}，没有填到{word}，公开表里这一级下面没有内容"
            yield Remark(row.code.place, text, f"{lengths[-1]} 位代码")


@rule(
    "A305",
    severity=Severity.ERROR,
    basis="公开06表：基本支出没有资本性支出（基本建设）、对企业补助（基本建设）",
)
def economic_code_belongs_to_basic_spending(case: Case) -> Iterator[Remark]:
    """基本支出经济分类里的科目，属于人员经费或公用经费。

    错例：“基本支出经济分类”填 30905 基础设施建设
    正例：基本建设支出列在项目支出，不填在这张表
    怎么改：改正科目代码；属于项目支出的删去这一行。
    """
    for line in stray_economic_lines(case):
        code = line.code.otherwise("")
        owner = case.classification.economics[code[:CATEGORY]]
        text = f"{code} 属于“{owner}”，不在基本支出里"
        yield Remark(line.code.place, text, "人员经费或公用经费的科目")


@rule("A306", severity=Severity.VERIFY, basis="国有资本经营预算支出单设一类")
def state_capital_has_its_own_category(case: Case, *, state_capital_category: str) -> Iterator[Remark]:
    """国有资本经营预算支出这一类，只用国有资本经营预算财政拨款；反过来也是。

    错例：科目 2230105，资金性质“一般公共预算财政拨款”
    正例：科目 2230105，资金性质“国有资本经营预算财政拨款”
    怎么改：改正资金性质或科目代码；另有规定的，写核实说明。
    """
    ledger = case.pack.ledger
    for row in coded_rows(case):
        key = (ledger.income if row.sheet == "income" else ledger.funds).get(row.group)
        own = row.code.otherwise("").startswith(state_capital_category)
        if row.group and key is not None and own != (key == "state_capital"):
            text = f"科目 {row.code.otherwise('')} 与“{row.group}”不相配"
            yield Remark(row.code.place, text, "核对科目代码和资金性质")


RULES = (
    code_is_in_the_classification,
    name_belongs_to_its_code,
    parent_is_the_sum_of_its_children,
    code_is_the_most_detailed,
    economic_code_belongs_to_basic_spending,
    state_capital_has_its_own_category,
)
