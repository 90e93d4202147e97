"""Files that are no filled workbook, run from the command line: one sentence or findings, nothing lost."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from docgen.cli import app
from docgen.packs.read import home

PACK = "xinxiang"
MINIMAL = home() / PACK / "sample" / "minimal.xlsx"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def docgen_run(path: Path, *options: str) -> Result:
    arguments = ["run", str(path), "--out", str(path.parent / "出"), "--no-pages", *options]
    return CliRunner().invoke(app, arguments)


def contents(folder: Path) -> dict[str, bytes]:
    files = (p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("运行"))
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


def zipped(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "内容")
    return stream.getvalue()


REFUSED: dict[str, tuple[bytes, str]] = {
    "old Excel": (OLD + bytes(600), "另存为"),
    "encrypted": (OLD + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(100), "密码"),
    "comma separated": ("项目,金额\n甲,1\n".encode("gbk"), "xlsx"),
    "truncated": (MINIMAL.read_bytes()[:4000], "不完整"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "xlsx"),
    "another zip": (zipped("甲.txt"), "xlsx"),
    "nothing": (b"", "空"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_workbook_is_one_sentence_and_the_outputs_stay(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "局.xlsx"
    shutil.copy(MINIMAL, path)
    assert docgen_run(path).exit_code == 0
    before = contents(tmp_path / "出")
    path.write_bytes(REFUSED[kind][0])
    result = docgen_run(path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert REFUSED[kind][1] in result.stderr
    assert contents(tmp_path / "出") == before


def test_the_lock_file_itself_is_refused_and_the_locked_workbook_is_read(tmp_path: Path) -> None:
    shutil.copy(MINIMAL, tmp_path / "局.xlsx")
    lock = tmp_path / "~$局.xlsx"
    lock.write_bytes(bytes(165))
    refused = docgen_run(lock)
    assert refused.exit_code == 2
    assert len(refused.stderr.splitlines()) == 1
    done = docgen_run(tmp_path / "局.xlsx")
    assert done.exit_code == 0
    assert "W109" in done.stdout


def test_a_workbook_with_nothing_in_it_is_one_finding_and_drafts(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "空.xlsx")
    result = docgen_run(tmp_path / "空.xlsx", "--pack", PACK)
    assert result.exit_code == 1
    assert result.stdout.count("错误 W105") == 1
    assert "错误 1 条，核实 0 条" in result.stdout


def test_the_empty_workbook_as_it_was_made_says_what_to_fill_in(tmp_path: Path) -> None:
    path = tmp_path / "新.xlsx"
    assert CliRunner().invoke(app, ["new", str(path), "--pack", PACK, "--year", "2025"]).exit_code == 0
    result = docgen_run(path)
    assert result.exit_code == 1
    assert result.stdout.count("错误 W105") == 2
    assert "项目资金" not in result.stdout.partition("材料")[0]
