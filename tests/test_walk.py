"""The walk of CONTRIBUTING.md, followed step by step: commands, settings and changes to the form."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from docx.shared import Emu, Length
from docx.table import Table, _Cell

from tests.docxtext import docx_text

ROOT = Path(__file__).parent.parent
ID = "mycounty"
DOCUMENT = "documents/project-form.docx"
WALK = re.search(r"\n## 做本县自己的表.*?(?=\n## )", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL)
STEPS = WALK[0].split("\n**")[1:] if WALK else []

Done = subprocess.CompletedProcess[str]
Docgen = Callable[..., Done]
Told = tuple[str, Done]


def blocks(kind: str, text: str) -> list[str]:
    """The fenced blocks of one kind, ``sh`` or ``toml layout.toml``."""
    return re.findall(rf"```{re.escape(kind)}\n(.*?)```", text, re.DOTALL)


def changes() -> list[tuple[str, str, str]]:
    """How, what, and into what the form is changed."""
    lines = [line for step in STEPS for line in step.splitlines() if line.startswith("| ")][2:]
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return [(how, before, after) for how, before, after in rows]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the person sits: a copy of the source tree, which she may write to."""
    folder = tmp_path_factory.mktemp("源码")
    for name in ("docgen", "templates/_base", "templates/national"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.fixture(scope="module")
def docgen(desk: Path) -> Docgen:
    def run(*arguments: str) -> Done:
        return subprocess.run(
            [sys.executable, "-m", "docgen", *arguments],
            cwd=desk,
            env={**os.environ, "PYTHONPATH": str(desk)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run


@pytest.fixture(scope="module")
def told(desk: Path, docgen: Docgen) -> list[Told]:
    """What each command of the walk said; on the way its edits were made."""
    said: list[Told] = []
    for step in STEPS:
        commands = "".join(blocks("sh", step)).splitlines()
        said.extend((command, docgen(*shlex.split(command)[1:])) for command in commands)
        for name in re.findall(r"```toml (\w+\.toml)\n", step):
            with (desk / "templates" / ID / name).open("a", encoding="utf-8") as file:
                file.write("".join(f"\n{text}" for text in blocks(f"toml {name}", step)))
        if DOCUMENT in step:
            redraw(desk / "templates" / ID / DOCUMENT)
    return said


def redraw(path: Path) -> None:
    """The form as the table of the walk changes it."""
    document = Document(str(path))
    for how, before, after in changes():
        for table in document.tables:
            for cell in holding(table, before):
                if how == "替换":
                    write(cell, cell.text.replace(before, after))
                else:
                    split(table, cell, *after.split(" │ "))
    document.save(str(path))


def holding(table: Table, text: str) -> list[_Cell]:
    cells = (_Cell(tc, table) for row in table._tbl.tr_lst for tc in row.tc_lst)
    return [cell for cell in cells if text in cell.text]


def write(cell: _Cell, text: str) -> None:
    first, *rest = cell.paragraphs[0].runs
    first.text = text
    for other in rest:
        other.text = ""


def split(table: Table, cell: _Cell, left: str, right: str) -> None:
    """The last cell of a row in two, as Word does it: the last cells of the other rows reach further."""
    whole, grid = cell._tc, table._tbl
    if whole.grid_span == 1:
        column = grid.tblGrid.gridCol_lst[-1]
        column.w = halved(column.w)
        column.addnext(deepcopy(column))
        for row in grid.tr_lst:
            row.tc_lst[-1].grid_span += 1
    whole.grid_span, whole.width = 1, halved(whole.width)
    other = deepcopy(whole)
    whole.addnext(other)
    write(cell, left)
    write(_Cell(other, table), right)


def halved(width: Length | None) -> Length:
    return Emu((width or 0) // 2)


def fill(desk: Path, sources: list[str]) -> Path:
    """The sample of the new pack with the weights of the county, and where results come from."""
    path = desk / "年终.xlsx"
    book = openpyxl.load_workbook(desk / "templates" / ID / "sample/minimal.xlsx")
    sheet = book["绩效指标"]
    heads = {str(cell.value): column for column, cell in enumerate(sheet[1], 1)}
    last = len(heads) + 1
    sheet.cell(1, last, "数据来源")
    for row, (points, source) in enumerate(zip((25, 15, 40, 10), sources, strict=True), 2):
        sheet.cell(row, heads["分值"], points)
        sheet.cell(row, last, source)
    book.save(path)
    return path


def test_every_command_of_the_walk_does_what_it_says(told: list[Told]) -> None:
    codes = [done.returncode for _, done in told]
    assert codes == [1 if command.startswith("docgen check") else 0 for command, _ in told]  # still empty
    assert [done.stderr for _, done in told if done.stderr] == []
    assert "没有问题" in told[1][1].stdout


@pytest.mark.usefixtures("told")
def test_the_new_workbook_asks_for_the_new_column_under_the_new_label(desk: Path) -> None:
    heads = [cell.value for cell in openpyxl.load_workbook(desk / "试填.xlsx")["绩效指标"][1]]
    assert {"数据来源", "全年完成值"} <= set(heads)
    assert "实际完成值" not in heads


@pytest.mark.usefixtures("told")
def test_the_form_shows_every_change(desk: Path, docgen: Docgen) -> None:
    path = fill(desk, ["加工台账", "验收单", "服务记录", "问卷"])
    done = docgen("run", path.name, "--no-pages")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "本县项目支出绩效自评表" in done.stdout
    forms = [form for form in (desk / "outputs").rglob("*自评表.*") if "项目支出" in form.name]
    assert [form.suffix for form in forms] == [".docx"]
    lines = docx_text(forms[0]).splitlines()
    (head,) = [line for line in lines if "一级指标" in line]
    assert head.endswith("全年完成值 │ 分值 │ 得分 │ 数据来源 │ 偏差原因分析及改进措施")
    (row,) = [line for line in lines if "验收合格率" in line]
    assert row.split(" │ ")[-2:] == ["验收单", ""] or row.endswith("验收单 │")
    assert any("效益指标↵（40分）" in line for line in lines)


@pytest.mark.usefixtures("told")
def test_the_new_check_asks_for_the_source(desk: Path, docgen: Docgen) -> None:
    done = docgen("check", fill(desk, ["加工台账", "", "服务记录", "问卷"]).name)
    assert done.returncode == 1
    assert "核实 P101" in done.stdout
    assert "数据来源却空着" in done.stdout
