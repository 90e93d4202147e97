"""N1: words that must be there, and words that must not be left in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from docgen.checks.case import Case, is_written
from docgen.checks.rule import rule
from docgen.checks.targets import words
from docgen.checks.texts import A_YEAR, matching, reasons
from docgen.figures.acceptance import folded
from docgen.finding import Place, Related, Remark, Severity
from docgen.model import Entered
from docgen.packs import Section

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年度?\s*(预算编制|各项收入|预算|决算|绩效|自评|全年|项目支出)")
_LAST_YEAR = frozenset({"预算编制", "各项收入", "自评"})
_ENUMERATION = re.compile(r"(?:^|(?<=[\s。；;：:，,、]))(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[a-zA-Z])）")
_WIDE = str.maketrans("()", "（）")
_DOUBLED = re.compile(r"[，。；：、！？,;]{2,}")
_PAIRS = (("“", "”"), ("（", "）"), ("《", "》"), ("【", "】"), ("〔", "〕"), ("‘", "’"))
_MARK = re.compile(rf"[(){''.join(left + right for left, right in _PAIRS)}]")
LONG_ENOUGH = 40
LONGEST_CELL = 32_000  # characters; a cell of Excel holds 32,767, and some are kept for what stands around


def _excerpt(text: str, found: re.Match[str]) -> str:
    """The words around a match, on one line."""
    around = text[max(found.start() - 6, 0) : found.end() + 6]
    return re.sub(r"\s+", " ", around).strip()


@rule("N101", severity=Severity.ERROR, basis="报告各部分须有内容", needs=("narratives", "units"))
def required_sections_are_written(case: Case) -> Iterator[Remark]:
    """模板包要求的章节，每个自评单位（项目、转移支付）和部门整体都写了。

    错例：“就业服务中心”没有写“工作组织”
    正例：“文字”表里有一行“就业服务中心、工作组织、……”
    怎么改：在“文字”表里补写这一章节。
    """
    layout, sheet = case.pack.layout, case.sheet_place("narratives")
    written = {
        (row.scope.otherwise(""), row.section.otherwise(""))
        for row in case.filing.narratives
        if is_written(row.text)
    }
    scopes = [
        *(("unit", unit.unit.name) for unit in case.figures.units),
        *(("project", project.name) for project in case.filing.projects),
        *(("transfer", transfer.name) for transfer in case.filing.transfers),
    ]
    owners = [(name.otherwise(""), layout.sections_of(per)) for per, name in scopes]
    owners.append((layout.department_scope, layout.sections_of("department")))
    for owner, sections in owners:
        for section in sections.values():
            if section.required and not section.text and (owner, section.title) not in written:
                yield _missing(owner, section, sheet)


def _missing(owner: str, section: Section, sheet: Place) -> Remark:
    hint = f"（{section.hint}）" if section.hint else ""
    return Remark(sheet, f"“{owner}”没有写“{section.title}”{hint}", f"补写“{section.title}”")


@rule("N102", severity=Severity.ERROR, basis="公开文件不留填表提示和示例文字")
def no_placeholder_is_left(case: Case, *, placeholder_words: str) -> Iterator[Remark]:
    """文字里没有留下示例、提示和占位的字样。

    错例：“XX年全县新增就业某某人（请修改）”
    正例：“2021年全县新增就业 8020 人”
    怎么改：换成实际内容。
    """
    for cell, found in matching(case, _any_of(placeholder_words)):
        around = _excerpt(cell.otherwise(""), found)
        yield Remark(cell.place, f"留有占位或提示的字样“{found[0]}”：“{around}”", "实际内容")


@lru_cache(maxsize=16)
def _any_of(listed: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in words(listed)), re.IGNORECASE)


@rule("N103", severity=Severity.NOTE, basis="年度自评写本年度的情况")
def years_belong_to_the_report(case: Case) -> Iterator[Remark]:
    """文字里说到预算编制、自评的年份是自评年度。

    错例：2021 年度的报告写“本部门2020年预算编制完整”
    正例：“本部门2021年预算编制完整”
    怎么改：改正年份；确实说的是往年的，不用改。
    """
    year = case.filing.department.fiscal_year.value
    for cell, _ in matching(case, A_YEAR) if year else ():
        for found in _YEAR.finditer(cell.otherwise("")):
            behind = (year or 0) - int(found[1])
            if behind > 1 or (behind == 1 and found[2] in _LAST_YEAR):
                around = _excerpt(cell.otherwise(""), found)
                yield Remark(
                    cell.place, f"写着 {found[1]} 年（“{around}”），本次自评的是 {year} 年度", f"{year}年"
                )
                break


@rule("N104", severity=Severity.NOTE, basis="标点成对使用")
def marks_are_paired(case: Case) -> Iterator[Remark]:
    """引号、括号、书名号成对。

    错例：高校毕业生”三支一扶”计划
    正例：高校毕业生“三支一扶”计划
    怎么改：补上或改正另一半标点。
    """
    for cell, _ in matching(case, _MARK):
        text = _ENUMERATION.sub("", cell.otherwise("").translate(_WIDE))
        marks = _MARK.findall(text)
        for left, right in _PAIRS:
            if not _are_paired(marks, left, right):
                yield Remark(
                    cell.place,
                    f"{left}{right}不成对：“{_around_mark(text, left, right)}”",
                    f"{left}……{right}",
                )
                break


def _are_paired(marks: Iterable[str], left: str, right: str) -> bool:
    depth = 0
    for mark in marks:
        depth += (mark == left) - (mark == right)
        if depth < 0:
            return False
    return depth == 0


def _around_mark(text: str, left: str, right: str) -> str:
    position = min((text.find(mark) for mark in (left, right) if mark in text), default=0)
    return re.sub(r"\s+", " ", text[max(position - 6, 0) : position + 10])


@rule("N105", severity=Severity.NOTE, basis="偏差原因要说明具体情况")
def reason_says_something(case: Case, *, empty_reasons: str) -> Iterator[Remark]:
    """偏差原因写具体情况，不只写“无”“工作需要”。

    错例：扣了 2 分，偏差原因写“无”
    正例：因上级 12 月才下达资金，部分人员补贴次年一季度发放
    怎么改：写明发生了什么、影响多少、怎样改进。
    """
    generic = {folded(word) for word in words(empty_reasons)}
    for cell in reasons(case):
        text = folded(cell.otherwise("")).rstrip("。；，,.;")
        if text in generic:
            yield Remark(
                cell.place, f"原因只写了“{cell.otherwise('').strip()}”，没有说明情况", "具体原因和措施"
            )


@rule("N106", severity=Severity.NOTE, basis="文字规范")
def marks_are_not_doubled(case: Case) -> Iterator[Remark]:
    """标点不重复。

    错例：投入指标 15 分，；过程指标 25 分
    正例：投入指标 15 分；过程指标 25 分
    怎么改：删去多余的标点。
    """
    for cell, found in matching(case, _DOUBLED):
        text = f"标点重复“{found[0]}”：“{_excerpt(cell.otherwise(''), found)}”"
        yield Remark(cell.place, text, "一个标点")


@rule("N107", severity=Severity.NOTE, basis="各单位的报告写各自的情况")
def texts_are_not_copied(case: Case) -> Iterator[Remark]:
    """不同单位的同一章节不逐字相同。

    错例：两个单位的“问题”一字不差
    正例：各写各的
    怎么改：按本单位实际情况改写。
    """
    first: dict[str, tuple[str, Entered[str]]] = {}
    for row in case.filing.narratives:
        text, scope = folded(row.text.otherwise("")), row.scope.otherwise("")
        if len(text) < LONG_ENOUGH:
            continue
        earlier, cell = first.setdefault(text, (scope, row.text))
        if earlier != scope:
            text = f"“{scope}”的“{row.section.otherwise('')}”与“{earlier}”的一段逐字相同"
            yield Remark(row.text.place, text, "按实际情况改写", (Related(cell.place, "相同的一段"),))


@rule("N108", severity=Severity.ERROR, basis="Excel 一个单元格最多 32767 个字符")
def reasons_fit_one_cell(case: Case) -> Iterator[Remark]:
    """一个项目的各条原因合起来，汇总表的一格放得下。

    错例：12 个指标的偏差原因各写 3000 字，合计 36000 字
    正例：合计不超过 32000 字
    怎么改：把原因写短；汇总表里放不下的，后面印“……”。
    """
    for project in case.figures.projects:
        cells = [project.project.deviation_reason, *(r.indicator.deviation_reason for r in project.rows)]
        length = sum(len(text) for text in {cell.otherwise("").strip() for cell in cells})
        if length > LONGEST_CELL:
            text = f"“{project.project.name.otherwise('')}”的各条偏差原因合计 {length} 字，汇总表的一格放不下"
            longest = max(cells, key=lambda cell: len(cell.otherwise("")))
            yield Remark(longest.place, text, f"合计不超过 {LONGEST_CELL} 字")


RULES = (
    required_sections_are_written,
    no_placeholder_is_left,
    years_belong_to_the_report,
    marks_are_paired,
    reason_says_something,
    marks_are_not_doubled,
    texts_are_not_copied,
    reasons_fit_one_cell,
)
