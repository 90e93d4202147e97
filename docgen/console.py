"""Findings, runs, packs and rules as terminal text. The only module that prints."""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from docgen.finding import Finding, Severity
from docgen.outputs import ABOUT_THE_RUN, DRAFTS, finding_data

if TYPE_CHECKING:
    from docgen.pipeline import Run

SortKey = Callable[[Finding], tuple[object, ...]]
FEW = 30  # findings a run prints; the rest are in 校验结果.xlsx
_COLOURS = {Severity.ERROR: "red", Severity.VERIFY: "yellow", Severity.NOTE: "blue"}
_CELL = re.compile(r"([A-Z]+)(\d+)")


def prepare() -> None:
    """Make every stream take any character: what a console cannot show becomes ``?``, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def say(text: str = "") -> None:
    """A line of the result."""
    typer.echo(text, color=_colours())


def tell(text: str) -> None:
    """A line about what is going on; never part of the result."""
    typer.echo(text, err=True, color=_colours())


def complain(text: str) -> None:
    """A sentence about what stopped the command."""
    tell(typer.style(text, fg="red"))


def _colours() -> bool | None:
    return False if os.environ.get("NO_COLOR") else None


def width(text: str) -> int:
    """Columns of a terminal that ``text`` takes; a Chinese character takes two."""
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """``rows`` in columns, two spaces apart; the first row is the heading."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        cells = (cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
        if number == 0:
            yield "  ".join("-" * wide for wide in widths)


def show_findings(findings: Sequence[Finding], most: int | None = None) -> None:
    """Findings by sheet, the gravest first; only the first ``most`` of them."""
    listed = sorted(findings, key=_reading_order(findings))
    sheet: str | None = None
    for finding in listed[:most]:
        if finding.place.sheet != sheet:
            sheet = finding.place.sheet
            say(typer.style(f"\n【{sheet or '整个工作簿'}】", bold=True))
        for line in _finding_lines(finding):
            say(line)
    if most is not None and len(listed) > most:
        say(f"\n还有 {len(listed) - most} 条，全部写在 校验结果.xlsx 里。")


def _reading_order(findings: Iterable[Finding]) -> SortKey:
    gravest: dict[str, int] = {}
    for finding in findings:
        rank = _rank(finding)
        gravest[finding.place.sheet] = min(gravest.get(finding.place.sheet, rank), rank)
    return lambda f: (gravest[f.place.sheet], f.place.sheet, _rank(f), *_position(f.place.cell), f.code)


def _rank(finding: Finding) -> int:
    return finding.severity.rank + (0 if finding.explained is None else len(Severity))


def _position(cell: str) -> tuple[int, int, str]:
    match = _CELL.match(cell)
    return (int(match[2]), len(match[1]), match[1]) if match else (0, 0, "")


def _finding_lines(finding: Finding) -> Iterator[str]:
    tier = typer.style(finding.severity.value, fg=_COLOURS[finding.severity], bold=True)
    label = f"{finding.place.cell} {finding.place.label}".strip()
    yield f"  {tier} {finding.code}{'  ' + label if label else ''}：{_one_line(finding.message)}"
    if finding.expected:
        yield f"       应为：{_one_line(finding.expected)}"
    if finding.fix:
        yield f"       怎么改：{_one_line(finding.fix)}"
    if finding.explained is not None:
        yield f"       已说明：{_one_line(finding.explained)}"


def _one_line(text: str) -> str:
    """``text`` without line breaks and control characters, which could move the cursor."""
    return "".join(" " if char in "\r\n\t" else char for char in text if char >= " " or char in "\r\n\t")


def counts(findings: Iterable[Finding]) -> str:
    """``错误 0 条，核实 1 条（已说明 1 条），提示 2 条``."""
    tiers = Counter(finding.severity for finding in (listed := list(findings)))
    explained = sum(finding.explained is not None for finding in listed)
    told = f"（已说明 {explained} 条）" if explained else ""
    return "，".join(f"{t.value} {tiers[t]} 条{told if t is Severity.VERIFY else ''}" for t in Severity)


def show_run(run: Run) -> None:
    """What a run made, where, what it found, how long it took."""
    for line in _about_files(run):
        tell(typer.style(line, fg="yellow"))
    say()
    for line in table(_made(run)):
        say(line)
    say()
    say(f"结果：{verdict(run)}")
    say(f"位置：{run.stored.folder}")
    say(f"发现：{counts(run.findings)}（详见 校验结果.xlsx）")
    spent = "，".join(f"{stage} {seconds:.2f}" for stage, seconds in run.seconds.items())
    say(f"用时：{sum(run.seconds.values()):.2f} 秒（{spent}）")


def verdict(run: Run) -> str:
    """Final or drafts, in one sentence."""
    if run.is_final:
        return typer.style("定稿。", fg="green")
    open_ones = sum(finding.is_open for finding in run.findings)
    return typer.style(f"草稿，还有 {open_ones} 条问题要先处理；文件在“{DRAFTS}”文件夹里。", fg="yellow")


def _made(run: Run) -> list[list[str]]:
    formats: dict[str, Counter[str]] = {}
    for entry in run.stored.made:
        title = run.titles.get(entry.document, entry.document)
        formats.setdefault(title, Counter())[Path(entry.path).suffix.removeprefix(".")] += 1
    rows = [[title, str(sum(kinds.values())), _kinds(kinds)] for title, kinds in formats.items()]
    documents = sum(entry.document not in ABOUT_THE_RUN for entry in run.stored.made)
    return [["材料", "份数", "格式"], *rows, ["合计（不含校验结果和批注）", str(documents), ""]]


def _kinds(kinds: Mapping[str, int]) -> str:
    return "、".join(f"{kind} {count}" for kind, count in kinds.items())


def _about_files(run: Run) -> Iterator[str]:
    for beside in run.stored.beside:
        who = "被人改过" if beside.is_edited else "不是 docgen 写的"
        if beside.written:
            yield f"{beside.kept} {who}，没有覆盖；新的一份是 {beside.written}。"
        else:
            yield f"{beside.kept} 这次不再生成，但{who}，没有删除。"
    yield from run.notes


def show_json(findings: Iterable[Finding]) -> None:
    """Findings for machines, one list."""
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    data = [finding_data(finding) for finding in findings]
    say(json.dumps(data, ensure_ascii=not encoding.startswith("utf"), indent=2, sort_keys=True))
