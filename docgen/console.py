"""Findings, runs, packs and rules as terminal text. The only module that prints."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

import docgen
from docgen.finding import Finding, Severity

if TYPE_CHECKING:
    from docgen.checks.rule import Rule
    from docgen.new_pack import NewPack
    from docgen.packs import Pack
    from docgen.packs.lint import Setting
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
    listed = list(findings)
    tiers = Counter(finding.severity for finding in listed)
    explained = sum(finding.explained is not None for finding in listed)
    told = f"（已说明 {explained} 条）" if explained else ""
    return "，".join(f"{t.value} {tiers[t]} 条{told if t is Severity.VERIFY else ''}" for t in Severity)


def show_run(run: Run) -> None:
    """What a run made, where, what it found, how long it took."""
    for line in _about_files(run):
        say(typer.style(line, fg="yellow"))
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
    from docgen.outputs.store import DRAFTS

    if run.is_final:
        return typer.style("定稿。", fg="green")
    open_ones = sum(finding.is_open for finding in run.findings)
    return typer.style(f"草稿，还有 {open_ones} 条问题要先处理；文件在“{DRAFTS}”文件夹里。", fg="yellow")


def _made(run: Run) -> list[list[str]]:
    from docgen.outputs.entry import ABOUT_THE_RUN

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
    yield from (beside.sentence for beside in run.stored.beside)
    yield from run.notes


def show_json(findings: Iterable[Finding]) -> None:
    """Findings for machines, one list."""
    from docgen.outputs.record import finding_data

    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    data = [finding_data(finding) for finding in findings]
    say(json.dumps(data, ensure_ascii=not encoding.startswith("utf"), indent=2, sort_keys=True))


def show_examined(path: Path, findings: Sequence[Finding]) -> None:
    """All findings of one workbook."""
    show_findings(findings)
    say()
    say(f"{path.name}：{counts(findings)}。")


def show_rules(rules: Iterable[Rule]) -> None:
    """One line a rule."""
    for rule in rules:
        say(f"{rule.code}  {rule.severity.value}  {rule.summary}")


def show_rule(rule: Rule) -> None:
    """A rule's page."""
    say(typer.style(f"{rule.code}  {rule.severity.value}  {rule.summary}", bold=True))
    parts = {"错例": rule.wrong, "正例": rule.right, "怎么改": rule.fix, "依据": rule.basis}
    for name, text in parts.items():
        if text:
            say(f"{name}：{text}")


def show_packs(found: Iterable[Pack]) -> None:
    """Id, title and documents of each pack."""
    for pack in found:
        say(typer.style(pack.id, bold=True) + f"  {pack.title}")
        for document in pack.documents.values():
            kinds = "、".join(Path(name).suffix.removeprefix(".") for name in document.templates)
            say(f"    {document.title}（{kinds}）")


def show_new_pack(made: NewPack) -> None:
    """Where a new pack lies, what to change in it, and what to do next."""
    documents = made.folder / "documents"
    say(f"已新建模板包 {made.folder.name}，在 {made.parent.id} 上改：{made.folder}")
    say(f"表样：{documents} 里的 Word、Excel 文件，直接打开修改。")
    say("列、分值、规则：各 .toml 文件里有写法举例。")
    say(f"改完核对：docgen packs check {made.name}")
    say(f"新建工作簿：docgen new 自评.xlsx --pack {made.name}")


def show_settings(found: Iterable[Setting]) -> None:
    """Every setting of a pack, each with its file."""
    for setting in found:
        say(f"{setting.key} = {setting.value}  # {setting.file}")


def show_complaints(name: str, complaints: Sequence[object]) -> None:
    """What is wrong with a pack, or that nothing is."""
    if not complaints:
        say(f"{name}：没有问题。")
        return
    say(f"{name}：{len(complaints)} 处问题")
    for complaint in complaints:
        say(f"  {complaint}")


_OPTION = re.compile(r"  (\S.*?) {2,}(\S.*)")
_HELP_WORDS = {
    "Usage:": "用法：",
    "Options:": "选项：",
    "Commands:": "命令：",
    "Arguments:": "参数：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]…",
    "Show this message and exit.": "显示这份说明",
    "[required]": "[必填]",
    "[default: ": "[默认：",
}


def in_chinese(help_text: str) -> str:
    """A help page with its fixed words in Chinese."""
    for english, chinese in _HELP_WORDS.items():
        help_text = help_text.replace(english, chinese)
    return "\n\n".join(_aligned(block) for block in help_text.split("\n\n"))


def _aligned(block: str) -> str:
    """The two columns of a list of options under one another, Chinese characters counting twice."""
    lines = [_OPTION.fullmatch(line) for line in block.splitlines()]
    room = max((width(line[1]) for line in lines if line), default=0)
    return "\n".join(
        f"  {line[1]}{' ' * (room - width(line[1]))}  {line[2]}" if line else text
        for line, text in zip(lines, block.splitlines(), strict=True)
    )


_USAGE = (
    (r"Missing argument '(.+?)'", "缺少{0}"),
    (r"Missing option '(.+?)'", "缺少选项 {0}"),
    (r"Missing command", "缺少命令"),
    (r"No such option:? '?(-[^\s'.]+)'?", "没有选项 {0}"),
    (r"No such command '(.+?)'", "没有命令 {0}"),
    (r"Got unexpected extra argument\S* \((.+)\)", "多出了 {0}"),
    (r"Option '(.+?)' requires", "选项 {0} 后面缺少内容"),
    (r"Invalid value for '(.+?)'", "{0} 的写法不对"),
)


def usage_sentence(error: Exception) -> str:
    """What was wrong with the command line, in one Chinese sentence."""
    message = str(getattr(error, "message", "") or error)
    format_message = getattr(error, "format_message", None)
    text = format_message() if callable(format_message) else message
    if text.startswith(_HELP_WORDS["Usage:"]):  # a group called without a command: its help
        return text
    context = getattr(error, "ctx", None)
    command = getattr(context, "command_path", "docgen")
    for pattern, chinese in _USAGE:
        match = re.search(pattern, text)
        if match:
            return f"命令写错了：{chinese.format(*match.groups())}。用法见 {command} --help。"
    return f"命令写错了：{text} 用法见 {command} --help。"


def with_log(sentence: str) -> str:
    """``sentence`` and where the traceback of the exception being handled was written."""
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")  # noqa: DTZ005 - the user's own clock names the file
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix=f"docgen-{stamp}-", suffix=".log", delete=False
        ) as log:
            log.write(f"docgen {docgen.__version__}, Python {sys.version}\n{traceback.format_exc()}")
    except OSError:
        return sentence
    return f"{sentence}详细记录：{log.name}"


def ignore(_: str) -> None:
    """Tell nobody."""
