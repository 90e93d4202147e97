"""What a batch prints: plain lines, a bar on a terminal, a closing table."""

from __future__ import annotations

import os
import pty
import re
import subprocess
from pathlib import Path

import pytest

from tests.batch.county import command, department, docgen, environment


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("甲局", "乙局"):
        department(tmp_path / "入" / f"{name}.xlsx", name)
    return tmp_path


def table(text: str) -> dict[str, list[str]]:
    """The closing table: name of each line → its numbers."""
    rows = [line.split() for line in text.splitlines()]
    return {row[0]: row[1:] for row in rows if len(row) > 1 and all(cell.isdigit() for cell in row[1:])}


def test_a_batch_ends_with_a_table_of_what_became_of_the_workbooks(folder: Path) -> None:
    department(folder / "入" / "丙局.xlsx", "丙局", draft=True)
    (folder / "入" / "坏.xlsx").write_bytes(b"PK")
    done = docgen(["run", "入", "--no-pages"], folder)
    assert done.returncode == 2
    found = table(done.stdout)
    assert [found[name][0] for name in ("新生成（定稿）", "新生成（草稿）", "未变", "失败")] == [
        "2",
        "1",
        "0",
        "1",
    ]
    assert f"汇总：{Path('outputs') / '年终汇总.xlsx'}" in done.stdout
    assert "坏.xlsx" in done.stdout
    again = docgen(["run", "入", "--no-pages"], folder)
    assert re.search(r"^未变（其中草稿 1） +3", again.stdout, re.MULTILINE)


def test_elsewhere_than_on_a_terminal_each_workbook_is_a_plain_line(folder: Path) -> None:
    done = docgen(["run", "入", "--no-pages"], folder)
    told = done.stderr.splitlines()
    assert told[0] == "工作簿 2 份，其中 2 份要生成。"
    assert {re.sub(r"^\[\d/2\] ", "", line).partition("：")[0] for line in told[1:3]} == {
        "新生成 甲局 2021",
        "新生成 乙局 2021",
    }
    assert "\x1b" not in done.stdout + done.stderr


def test_explain_names_the_reason_of_every_workbook(folder: Path) -> None:
    docgen(["run", "入", "--no-pages"], folder)
    department(folder / "入" / "甲局.xlsx", "甲局", draft=True)
    done = docgen(["run", "入", "--no-pages", "--explain"], folder)
    assert re.search(r"草稿 甲局 2021：\d+ 份（工作簿的内容变了）", done.stderr)
    assert re.search(r"未变 乙局 2021：\d+ 份", done.stderr)
    forced = docgen(["run", "入", "--no-pages", "--explain", "--force"], folder)
    assert forced.stderr.count("按要求全部重做") == 2


def test_quiet_says_one_sentence(folder: Path) -> None:
    done = docgen(["run", "入", "--no-pages", "--quiet"], folder)
    assert (done.stdout, done.stderr) == ("2 份工作簿：新生成 2，未变 0，草稿 0，失败 0。\n", "")


def test_notes_that_all_departments_share_are_told_once(folder: Path) -> None:
    done = docgen(["run", "入", "--no-pages"], folder)
    assert done.stdout.count("目录页码按要求没有测量") == 1
    assert "2 个部门：目录页码" in done.stdout


def test_a_folder_without_workbooks_is_one_sentence_and_status_2(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    done = docgen(["run", "空"], tmp_path)
    assert done.returncode == 2
    assert done.stderr == "空 里没有 .xlsx 工作簿。\n"


def test_on_a_terminal_there_is_a_bar_with_rate_and_remaining_time(folder: Path) -> None:
    for name in "丙丁戊己庚辛":
        department(folder / "入" / f"{name}局.xlsx", f"{name}局")
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        command("run", "入", "--no-pages", "--jobs", "1"),
        cwd=folder,
        env=environment(TERM="xterm", COLUMNS="100"),
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    seen = b""
    while chunk := _read(ours):
        seen += chunk
    os.close(ours)
    assert child.wait() == 0
    text = seen.decode("utf-8", errors="replace")
    assert re.search(r"[3-8]/8", text)
    assert re.search(r"\d+ 份/分，还要 \d+:\d\d", text)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says EIO when the other end is closed
        return b""
