"""N1: slips of the pen that no figure can show: doubled and split words, gaps, skipped numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from docgen.checks.case import Case
from docgen.checks.rule import rule
from docgen.checks.targets import words
from docgen.checks.texts import A_YEAR, matching
from docgen.finding import Remark, Severity
from docgen.model import Entered

_PROPER = "文字规范"
_DIGITS = "零一二三四五六七八九十"
_TWICE = re.compile(r"(?<![目有标])的的(?!确)|([\u4e00-\u9fff]{3,8})\1")
_GAP = re.compile(r"\{[^{}\n]{0,20}\}|《\s*》|“\s*”|〔\s*〕|（\s*）|\(\s*\)|__+|＿＿+")
_END = re.compile(r"[。；;，,、：:]$")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE = "[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"
# how paragraphs and clauses are numbered; the number is the group
_NUMBERINGS = (
    re.compile(rf"(?:^|(?<=[。；;：:，,\s]))({_CHINESE})是", re.MULTILINE),
    re.compile(rf"^\s*[（(]({_CHINESE})[）)]", re.MULTILINE),
    re.compile(rf"^\s*({_CHINESE})、", re.MULTILINE),
    re.compile(r"^\s*[（(](\d{1,2})[）)]", re.MULTILINE),
    re.compile(r"^\s*(\d{1,2})(?:、|[.．](?!\d))", re.MULTILINE),
    re.compile(rf"(?:^|(?<=[。；;：:\s]))([{_CIRCLED}])", re.MULTILINE),
)

# what every numbering has in it, told by its first character: all but few texts have none
_NUMBERED = re.compile(rf"[{_DIGITS}\d{_CIRCLED}](?:[是、）)]|[.．](?!\d)|(?<=[{_CIRCLED}]))")


def _around(text: str, found: re.Match[str]) -> str:
    return re.sub(r"\s+", " ", text[max(found.start() - 6, 0) : found.end() + 6]).strip()


@rule("N109", severity=Severity.NOTE, basis=_PROPER)
def words_are_not_doubled(case: Case) -> Iterator[Remark]:
    """词语不重复。

    错例：进一步进一步加强管理；群众的的满意度
    正例：进一步加强管理；群众的满意度
    怎么改：删去多余的字。
    """
    for cell, found in matching(case, _TWICE):
        text = f"“{found[0]}”重复：“{_around(cell.otherwise(''), found)}”"
        yield Remark(cell.place, text, found[1] or "的")


@rule("N110", severity=Severity.VERIFY, basis=_PROPER)
def words_are_not_split_by_digits(case: Case, *, whole_words: str) -> Iterator[Remark]:
    """词语中间没有夹着数字。

    错例：预算支0出0万元
    正例：预算支出 0 万元
    怎么改：删去夹在词里的数字，核对这句话里的数。
    """
    for cell, found in matching(case, _split_words(whole_words)):
        text = f"词里夹着数字“{found[0]}”：“{_around(cell.otherwise(''), found)}”"
        yield Remark(cell.place, text, re.sub(r"\d", "", found[0]))


@lru_cache(maxsize=16)
def _split_words(whole_words: str) -> re.Pattern[str]:
    pairs = {(left, right) for word in words(whole_words) for left, right in pairwise(word)}
    return re.compile("|".join(rf"{left}\d+{right}" for left, right in sorted(pairs)))


@rule("N111", severity=Severity.NOTE, basis="标题、名称末尾不用标点")
def names_end_without_marks(case: Case) -> Iterator[Remark]:
    """项目、目标、整体指标、问题、事项的名称，末尾不写标点。

    错例：问题“预算执行进度偏慢。”
    正例：问题“预算执行进度偏慢”
    怎么改：删去末尾的标点，印出时由程序加。
    """
    for cell in _names(case):
        name = cell.otherwise("").strip()
        found = _END.search(name)
        if found:
            yield Remark(cell.place, f"名称“{name}”末尾有“{found[0]}”", name.rstrip(found[0]))


def _names(case: Case) -> Iterator[Entered[str]]:
    filing, report = case.filing, case.filing.report
    yield from (project.name for project in filing.projects)
    yield from (entry.level3 for entry in (*filing.overall, *report.goal_indicators))
    yield from (undertaking.name for undertaking in filing.undertakings)
    yield from (problem.title for problem in report.problems)
    yield from (item.name for item in report.listed_items)
    for lines in (report.functions, report.guarantees, report.past_evaluations):
        yield from (line.name for line in lines)
    yield from (charge.item for charge in report.nontax)


@rule("N112", severity=Severity.NOTE, basis="序号连续")
def numbering_is_continuous(case: Case) -> Iterator[Remark]:
    """一段文字里的序号连续，不跳号、不重号。

    错例：一是……；二是……；四是……
    正例：一是……；二是……；三是……
    怎么改：改正序号，核对有没有漏掉一段。
    """
    for cell, _ in matching(case, _NUMBERED):
        for numbering in _NUMBERINGS:
            marks = list(numbering.finditer(cell.otherwise("")))
            wrong = [
                (before, after)
                for before, after in pairwise(marks)
                if _number(after[1]) not in {1, _number(before[1]) + 1}
            ]
            if wrong:
                before, after = (mark[0].strip() for mark in wrong[0])
                yield Remark(cell.place, f"“{before}”后面是“{after}”，序号不连续", "序号连续")
                break


def _number(mark: str) -> int:
    """``三`` and ``③`` and ``3`` are 3; ``二十一`` is 21."""
    if mark.isdecimal():
        return int(mark)
    if mark in _CIRCLED:
        return _CIRCLED.index(mark) + 1
    tens, ten, ones = mark.rpartition("十")
    return (_DIGITS.index(tens) if tens else len(ten)) * 10 + (_DIGITS.index(ones) if ones else 0)


@rule("N113", severity=Severity.VERIFY, basis="公开文件不留没有填写的空格")
def no_gap_is_left(case: Case) -> Iterator[Remark]:
    """文字里没有空着的括号、引号、下划线，也没有没换掉的 {…}。

    错例：根据《》（〔2023〕号）；{项目名称}完成情况
    正例：根据《部门预算绩效管理办法》
    怎么改：补上内容，或删去空着的符号。
    """
    for cell, found in matching(case, _GAP):
        text = f"“{found[0]}”没有填写：“{_around(cell.otherwise(''), found)}”"
        yield Remark(cell.place, text, "填写内容，或删去")


_WE = "(?:我|本)(?:部门|单位|局|中心|院|县|区|市)"
_YEARS = re.compile(rf"(?<!\d)((?:19|20)\d\d)\s*年度?[，,]?{_WE}[^。；;\n]*")
_REPORTED = ("预算", "决算", "支出", "绩效", "自评", "完成")


@rule("N114", severity=Severity.NOTE, basis="年度自评写本年度的情况")
def reported_year_is_near(case: Case) -> Iterator[Remark]:
    """写本部门预算、支出、绩效的句子，年份是自评年度，或前一年、后一年。

    错例：2023 年度的报告写“2020年我部门完成绩效自评”
    正例：“2023年我部门完成绩效自评”
    怎么改：改正年份；确实说的是往年的，不用改。
    """
    year = case.filing.department.fiscal_year.value
    for cell, _ in matching(case, A_YEAR) if year else ():
        for found in _YEARS.finditer(cell.otherwise("")):
            far = abs((year or 0) - int(found[1])) > 1
            if far and any(word in found[0] for word in _REPORTED):
                text = f"写着“{found[0][:16]}”，本次自评的是 {year} 年度"
                yield Remark(cell.place, text, f"{year}年")
                break


_WAN = re.compile(r"\d\s*万元")
_YUAN_AMOUNT = re.compile(r"(?<![\d.,])(\d+\.\d{2,})\s*元(?![/／每])")
_SENTENCES = re.compile(r"[。；;\n]+")


@rule("N115", severity=Severity.NOTE, basis="一句话里的金额用同一个单位")
def amounts_of_a_sentence_share_one_unit(case: Case, *, rate_words: str) -> Iterator[Remark]:
    """一句话里金额都用万元，或都用元；说标准、人均的除外。

    错例：资产总额2160.96万元，负债总额555.97万元，净资产1604.99元
    正例：净资产1604.99万元
    怎么改：核对单位是不是漏写了“万”。
    """
    for cell, _ in matching(case, _WAN):
        for sentence in _SENTENCES.split(cell.otherwise("")):
            found = _YUAN_AMOUNT.search(sentence) if _WAN.search(sentence) else None
            if found and not any(word in sentence for word in words(rate_words)):
                text = f"这句话里别的金额用万元，这里写“{found[0]}”：“{_around(sentence, found)}”"
                yield Remark(cell.place, text, f"{found[1]}万元")
                break


RULES = (
    words_are_not_doubled,
    words_are_not_split_by_digits,
    names_end_without_marks,
    numbering_is_continuous,
    no_gap_is_left,
    reported_year_is_near,
    amounts_of_a_sentence_share_one_unit,
)
