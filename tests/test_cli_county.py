"""The commands about many runs, as a person meets them: history, bundle, schedule, watch."""

from __future__ import annotations

import re
import signal
import subprocess
import time
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from docgen.cli import app
from docgen.render import office
from tests.batch.county import command, department, environment
from tests.real_office import needs_soffice


def docgen_run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where one department was made, then made again with another figure."""
    path, out = department(tmp_path / "甲局.xlsx", "甲局"), tmp_path / "出"
    assert docgen_run("run", path, "--out", out, "--no-pages", "--quiet").exit_code == 0
    book = openpyxl.load_workbook(path)
    book["项目资金"]["E2"] = 9
    book.save(path)
    docgen_run("run", path, "--out", out, "--no-pages", "--quiet")
    return out


def test_history_lists_past_runs(out: Path) -> None:
    listed = docgen_run("history", "--out", out).stdout.splitlines()
    assert [line.split()[0] for line in listed[2:]] == ["2", "1"]
    assert "0 定稿" in listed[3]
    shown = docgen_run("history", "show", "1", "--out", out)
    assert re.search(r"新生成 +甲局 +2021 +10 ", shown.stdout)


def test_history_tells_which_figures_of_which_documents_changed(out: Path) -> None:
    compared = docgen_run("history", "diff", "1", "2", "--out", out)
    assert compared.exit_code == 1
    assert "【甲局/2021】" in compared.stdout
    assert re.search(r"自评表：.*  100% → 90%", compared.stdout)
    assert "汇总表：汇总.行.（示例）" not in compared.stdout
    assert re.search(r"汇总表：汇总\.行\.[^.0-9（]+[^.]*\.执行率  100% → 90%", compared.stdout)
    same = docgen_run("history", "diff", "2", "2", "--out", out)
    assert (same.exit_code, same.stdout.splitlines()[-1]) == (0, "印出的数没有变化。")


def test_history_that_is_not_there_is_misuse(tmp_path: Path) -> None:
    result = docgen_run("history", "--out", tmp_path)
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


def test_bundle_makes_an_archive_per_department_and_refuses_drafts(tmp_path: Path) -> None:
    out = tmp_path / "出"
    department(tmp_path / "报送" / "甲局.xlsx", "甲局")
    department(tmp_path / "报送" / "乙局.xlsx", "乙局", draft=True)
    docgen_run("run", tmp_path / "报送", "--out", out, "--no-pages", "--quiet", "--jobs", "1")
    result = docgen_run("bundle", "--out", out, "--to", tmp_path / "交")
    assert result.exit_code == 1
    assert "还是草稿" in result.stdout
    assert [path.name for path in (tmp_path / "交").iterdir()] == ["甲局-2021.zip"]
    assert re.search("全部部门 .*有的部门还是草稿", result.stdout)
    assert docgen_run("bundle", "甲局", "--out", out).exit_code == 0
    assert (out / "交付" / "甲局-2021.zip").is_file()


def test_bundle_adds_the_tables_over_all_departments(tmp_path: Path) -> None:
    out = tmp_path / "出"
    for name in ("甲局", "乙局"):
        department(tmp_path / "报送" / f"{name}.xlsx", name)
    docgen_run("run", tmp_path / "报送", "--out", out, "--no-pages", "--quiet", "--jobs", "1")
    assert docgen_run("bundle", "--out", out).exit_code == 0
    made = out / "交付" / "全部部门.zip"
    with ZipFile(made) as archive:
        names = archive.namelist()
    assert {"清单.xlsx", "年终汇总.xlsx"} < set(names)
    assert any("汇总表" in name for name in names)
    made.unlink()
    assert docgen_run("bundle", "甲局", "--out", out).exit_code == 0
    assert not made.exists()
    docgen_run("bundle", "--out", out, "--year", "1999")
    assert not made.exists()


@pytest.mark.parametrize("system", ["cron", "systemd", "windows"])
def test_schedule_shows_what_would_be_installed_and_installs_nothing(tmp_path: Path, system: str) -> None:
    arguments = ["--at", "12-31 20:00", "--system", system, "--name", "year-end", "--pdf", "--jobs", "2"]
    result = docgen_run("schedule", "show", *arguments, tmp_path)
    assert result.exit_code == 0
    assert f"{tmp_path}" in result.stdout
    assert "--jobs" in result.stdout
    assert "year-end" in result.stdout


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        ("--at 25:00 x", "没有“25:00”这个时间"),
        ("--at 20:00 --system launchd x", "没有“launchd”这种系统"),
        ("--at 20:00 --name 年终 x", "请用小写字母"),
    ],
)
def test_schedule_says_what_it_cannot_do(arguments: str, sentence: str) -> None:
    result = docgen_run("schedule", "show", *arguments.split())
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_pdf_without_libreoffice_is_said_and_the_documents_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_USUAL_PLACES", ())
    path = department(tmp_path / "甲局.xlsx", "甲局")
    result = docgen_run("run", path, "--out", tmp_path / "出", "--no-pages", "--pdf")
    assert result.exit_code == 0
    assert "没有生成 PDF，因为这台电脑上没有 LibreOffice" in result.stdout
    assert list((tmp_path / "出").rglob("*自评表.docx"))


@needs_soffice
def test_pdf_makes_one_of_each_document_and_only_once(tmp_path: Path) -> None:
    out, path = tmp_path / "出", department(tmp_path / "报送" / "甲局.xlsx", "甲局").parent
    assert docgen_run("run", path, "--out", out, "--no-pages", "--pdf", "--quiet").exit_code == 0
    stems = {file.with_suffix("").name for file in (out / "甲局").rglob("*.docx")}
    assert {file.with_suffix("").name for file in (out / "甲局").rglob("*.pdf")} == stems
    assert "未变 1" in docgen_run("run", path, "--out", out, "--no-pages", "--pdf", "--quiet").stdout
    assert "未变 1" in docgen_run("run", path, "--out", out, "--no-pages", "--quiet").stdout


def wait_for(text: str, log: Path) -> None:
    deadline = time.monotonic() + 60
    while text not in log.read_text("utf-8"):
        assert time.monotonic() < deadline, log.read_text("utf-8")
        time.sleep(0.1)


def test_watch_makes_a_department_when_its_workbook_is_saved(tmp_path: Path) -> None:
    department(tmp_path / "报送" / "甲局.xlsx", "甲局")
    said = tmp_path / "said.txt"
    watching = command("watch", tmp_path / "报送", "--out", tmp_path / "出", "--no-pages")
    with (
        said.open("wb") as output,
        subprocess.Popen(watching, stdout=output, stderr=output, env=environment()) as running,
    ):
        try:
            wait_for("正在看着", said)
            assert (tmp_path / "出" / "甲局" / "2021" / "run.json").is_file()
            department(tmp_path / "报送" / "乙局.xlsx", "乙局")
            wait_for("新生成 1，未变 1", said)
            assert (tmp_path / "出" / "乙局" / "2021" / "run.json").is_file()
            running.send_signal(signal.SIGINT)
            assert running.wait(20) == 0
        finally:
            running.kill()


def test_watch_refuses_what_is_not_there(tmp_path: Path) -> None:
    assert docgen_run("watch", tmp_path / "没有").exit_code == 2
