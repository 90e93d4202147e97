"""The commands as a person meets them: what they print and how they end."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import docgen
from docgen import console
from docgen.cli import app
from docgen.finding import Finding, Place, Severity
from docgen.packs import load_pack
from docgen.workbook import write_workbook

ROOT = Path(__file__).parent.parent
PACK = "xinxiang"
MINIMAL = ROOT / "templates" / PACK / "sample" / "minimal.xlsx"


def docgen_run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def process(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "docgen", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        check=False,
    )


@pytest.fixture(autouse=True)
def logs(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a failing command leaves its log."""
    folder = tmp_path_factory.mktemp("logs")
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A workbook with nothing but its name in it."""
    path = tmp_path / "空.xlsx"
    write_workbook(path, load_pack(PACK), 2024, {"department": [{"name": "某局", "money_unit": "万元"}]})
    return path


def test_final_documents_end_with_status_0_and_a_short_table(tmp_path: Path) -> None:
    result = docgen_run("run", MINIMAL, "--out", tmp_path / "出", "--no-pages")
    assert result.exit_code == 0
    last = result.stdout.splitlines()[-4:]
    assert [line.split("：")[0] for line in last] == ["结果", "位置", "发现", "用时"]
    assert "定稿" in last[0]
    assert re.search(r"错误 0 条，核实 0 条.*，提示 0 条", last[2])
    assert any(line.startswith("材料") for line in result.stdout.splitlines())


def test_drafts_end_with_status_1_and_name_every_error(faulty: Path) -> None:
    result = docgen_run("run", faulty, "--out", faulty.parent / "出", "--no-pages")
    assert result.exit_code == 1
    assert "【项目】" in result.stdout
    assert "错误 W105" in result.stdout
    assert "草稿" in result.stdout.splitlines()[-4]


def test_quiet_says_one_sentence(faulty: Path) -> None:
    result = docgen_run("run", faulty, "--out", faulty.parent / "出", "--no-pages", "--quiet")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1


def test_check_makes_nothing_and_takes_files_and_folders(faulty: Path) -> None:
    before = sorted(faulty.parent.rglob("*"))
    result = docgen_run("check", MINIMAL, faulty.parent)
    assert result.exit_code == 1
    assert sorted(faulty.parent.rglob("*")) == before
    assert "minimal.xlsx：错误 0 条" in result.stdout
    assert re.search(r"空.xlsx：错误 [1-9]", result.stdout)


def test_check_as_json_is_a_list_of_findings(faulty: Path) -> None:
    result = docgen_run("check", faulty, "--format", "json")
    found = json.loads(result.stdout)
    keys = "code tier workbook sheet cell label message expected basis related explained"
    assert {frozenset(finding) for finding in found} == {frozenset(keys.split())}
    assert {finding["workbook"] for finding in found} == {"空.xlsx"}


def test_check_goes_on_after_a_file_it_cannot_read(faulty: Path) -> None:
    broken = faulty.parent / "a.xlsx"
    broken.write_bytes(b"PK\x03\x04 not really")
    result = docgen_run("check", broken, faulty)
    assert result.exit_code == 2
    assert "空.xlsx：错误" in result.stdout


@pytest.mark.parametrize(
    "name, content",
    [
        ("没有.xlsx", None),
        ("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("表.csv", "项目,金额\n".encode()),
        ("加密.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("断.xlsx", b"PK\x03\x04" + bytes(100)),
        ("别的.xlsx", b"hello"),
    ],
)
def test_a_file_that_is_no_workbook_is_one_sentence_and_status_2(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    result = docgen_run("run", path, "--out", tmp_path / "出")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1
    assert result.stderr.strip().endswith("。")
    assert not (tmp_path / "出").exists()


def test_a_workbook_that_names_no_pack_asks_for_one(tmp_path: Path) -> None:
    path = tmp_path / "无.xlsx"
    write_workbook(path, load_pack(PACK), 2024, {"department": [{"name": "某局", "pack": ""}]})
    result = docgen_run("check", path)
    assert result.exit_code == 2
    assert "--pack" in result.stderr


def test_an_unknown_pack_is_named_with_the_nearest(tmp_path: Path) -> None:
    result = docgen_run("run", MINIMAL, "--pack", f"{PACK}x", "--out", tmp_path)
    assert result.exit_code == 2
    assert f"是不是 {PACK}" in result.stderr


def test_a_document_a_person_edited_is_kept_and_the_run_says_so(tmp_path: Path) -> None:
    docgen_run("run", MINIMAL, "--out", tmp_path, "--no-pages")
    edited = next(path for path in sorted(tmp_path.rglob("*.docx")))
    edited.write_bytes(b"edited by hand")
    result = docgen_run("run", MINIMAL, "--out", tmp_path, "--no-pages")
    assert result.exit_code == 0
    assert edited.read_bytes() == b"edited by hand"
    assert edited.with_name(f"{edited.stem}（新）.docx").is_file()
    assert f"{edited.name} 被人改过，没有覆盖" in result.stdout


def test_an_output_folder_that_cannot_be_written_is_status_3_with_a_log(tmp_path: Path, logs: Path) -> None:
    (tmp_path / "出").write_text("这里是文件", "utf-8")
    result = docgen_run("run", MINIMAL, "--out", tmp_path / "出", "--no-pages")
    assert result.exit_code == 3
    log = Path(result.stderr.strip().rpartition("：")[2])
    assert log.parent == logs
    assert "Traceback" in log.read_text("utf-8")


def test_what_nobody_expected_is_a_sentence_and_a_log(logs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import docgen.pipeline

    def explode(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(docgen.pipeline, "examine", explode)
    result = docgen_run("check", MINIMAL)
    assert result.exit_code == 3
    assert "Traceback" not in result.output
    assert [path.name in result.stderr for path in logs.glob("*.log")] == [True]


def test_an_interrupt_is_status_130(monkeypatch: pytest.MonkeyPatch) -> None:
    import docgen.pipeline

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(docgen.pipeline, "examine", interrupt)
    assert docgen_run("check", MINIMAL).exit_code == 130


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        ("run", "缺少工作簿"),
        ("rnu x.xlsx", "没有命令 rnu"),
        ("run x.xlsx --fast", "没有选项 --fast"),
        ("run x.xlsx --out", "选项 --out 后面缺少内容"),
        ("rules B204 B205", "多出了 B205"),
        ("check x.xlsx --format xml", "--format 的写法不对"),
        ("new x.xlsx --year 二〇二五", "--year 的写法不对"),
    ],
)
def test_misuse_is_one_chinese_sentence_and_status_2(arguments: str, sentence: str) -> None:
    result = docgen_run(*arguments.split())
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "command",
    [
        *["", "new", "run", "check", "rules", "packs", "packs list", "packs show", "packs check"],
        *["watch", "bundle", "history", "history show", "history diff"],
        *["schedule", "schedule install", "schedule show", "schedule list", "schedule remove"],
    ],
)
def test_help_is_chinese_and_has_an_example(command: str) -> None:
    result = docgen_run(*command.split(), "--help")
    assert result.exit_code == 0
    assert "例：docgen " in result.stdout
    assert re.findall(r"Usage|Options|Arguments|Commands|Show this|required|default", result.stdout) == []


def test_version_is_printed() -> None:
    result = docgen_run("--version")
    assert (result.exit_code, result.stdout) == (0, f"docgen {docgen.__version__}\n")


def test_new_makes_a_workbook_and_never_overwrites_one(tmp_path: Path) -> None:
    path = tmp_path / "我局.xlsx"
    made = docgen_run("new", path, "--pack", PACK, "--year", "2025")
    assert made.exit_code == 0
    before = path.read_bytes()
    again = docgen_run("new", path, "--pack", PACK, "--year", "2026")
    assert again.exit_code == 2
    assert path.read_bytes() == before


def test_new_refuses_a_name_that_is_not_xlsx(tmp_path: Path) -> None:
    result = docgen_run("new", tmp_path / "我局.xls", "--pack", PACK)
    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_new_says_where_it_cannot_write(tmp_path: Path) -> None:
    result = docgen_run("new", tmp_path / "没有" / "我局.xlsx", "--pack", PACK)
    assert result.exit_code == 3
    assert "所在的文件夹不存在" in result.stderr


def test_rules_are_listed_and_explained() -> None:
    listed = docgen_run("rules")
    code = listed.stdout.splitlines()[-1].split()[0]
    told = docgen_run("rules", code.lower())
    assert told.exit_code == 0
    assert all(part in told.stdout for part in ("错例：", "正例：", "怎么改："))
    assert docgen_run("rules", "Z999").exit_code == 2


def test_the_rules_of_a_pack_are_listed_with_those_it_declares(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text(f'id = "mine"\ntitle = "我县"\nextends = "{PACK}"\n', "utf-8")
    (tmp_path / "checks.toml").write_text(
        """
        [B204]
        severity = "错误"
        basis = "本县自评表注 3"
        [B205]
        enabled = false
        reason = "本县不查"
        [P101]
        kind = "within"
        sheet = "funding"
        column = "initial_budget"
        highest = 1000000
        summary = "单个项目不超过一百万元。"
        basis = "本县项目管理办法"
        fix = "拆成两个项目。"
        """,
        "utf-8",
    )
    listed = docgen_run("rules", "--pack", tmp_path).stdout
    assert "P101  核实  单个项目不超过一百万元。" in listed
    assert "B204  错误  " in listed
    assert "B205" not in listed
    assert "依据：本县项目管理办法" in docgen_run("rules", "p101", "--pack", tmp_path).stdout
    unknown = docgen_run("rules", "P101")
    assert unknown.exit_code == 2
    assert "要加 --pack 模板包" in unknown.stderr


def test_packs_are_listed_shown_and_checked() -> None:
    assert PACK in docgen_run("packs", "list").stdout
    shown = docgen_run("packs", "show", PACK).stdout
    assert f'pack.id = "{PACK}"  # {PACK}/pack.toml' in shown
    assert "# _base/norms.toml" in shown
    checked = docgen_run("packs", "check", PACK)
    assert (checked.exit_code, checked.stdout) == (0, f"{PACK}：没有问题。\n")


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_no_console_is_too_poor(faulty: Path, encoding: str) -> None:
    done = process("check", str(faulty), cwd=faulty.parent, PYTHONIOENCODING=encoding)
    assert done.returncode == 1
    assert b"W105" in done.stdout
    assert b"Traceback" not in done.stderr


def test_json_stays_whole_on_a_poor_console(faulty: Path) -> None:
    done = process("check", str(faulty), "--format", "json", cwd=faulty.parent, PYTHONIOENCODING="gbk")
    assert {finding["tier"] for finding in json.loads(done.stdout.decode("gbk"))} == {"错误"}


def test_chinese_paths_work_under_the_c_locale(faulty: Path) -> None:
    environment = {"LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": ""}
    done = process("run", faulty.name, "--no-pages", cwd=faulty.parent, **environment)
    assert done.returncode == 1
    assert (faulty.parent / "outputs" / "某局" / "2024" / "run.json").is_file()


def test_help_loads_none_of_the_heavy_packages() -> None:
    code = "import sys, docgen.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.decode().split()}
    heavy = {"jinja2", "lxml", "openpyxl", "xlsxwriter", "docx", "docxtpl", "pypdf", "rich"}
    assert loaded & {*heavy, "sqlite3", "watchfiles"} == set()


def finding(code: str, tier: Severity, sheet: str, cell: str, explained: str | None = None) -> Finding:
    return Finding(code, tier, Place("局.xlsx", sheet, cell), f"{code} 的话", explained=explained)


def test_findings_come_by_sheet_the_gravest_first(capsys: pytest.CaptureFixture[str]) -> None:
    console.show_findings(
        [
            finding("B1", Severity.NOTE, "甲", "A10"),
            finding("B2", Severity.VERIFY, "乙", "A9"),
            finding("B3", Severity.ERROR, "乙", "A10"),
            finding("B4", Severity.ERROR, "乙", "A9"),
            finding("B5", Severity.VERIFY, "甲", "A2", explained="写明了"),
        ]
    )
    printed = re.findall(r"【.】|B\d(?= 的话)", capsys.readouterr().out)
    assert printed == ["【乙】", "B4", "B3", "B2", "【甲】", "B1", "B5"]


def test_a_run_shows_the_gravest_and_says_how_many_are_left(capsys: pytest.CaptureFixture[str]) -> None:
    found = [finding(f"B{number}", Severity.ERROR, "甲", f"A{number}") for number in range(1, 6)]
    console.show_findings(found, 2)
    printed = capsys.readouterr().out
    assert re.findall(r"B\d(?= 的话)", printed) == ["B1", "B2"]
    assert "还有 3 条" in printed


def test_an_explained_finding_shows_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    console.show_findings([finding("B1", Severity.VERIFY, "甲", "A1", explained="已核对凭证")])
    assert "已说明：已核对凭证" in capsys.readouterr().out


def test_colours_stay_off_when_asked_or_when_nobody_looks(
    faulty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in docgen_run("check", faulty).output
    done = process("check", str(faulty), cwd=faulty.parent)
    assert b"\x1b" not in done.stdout


def test_control_characters_in_a_message_reach_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    console.show_findings([Finding("B1", Severity.NOTE, Place("局.xlsx"), "一\x1b[2J\r\n二\x07")])
    assert "  提示 B1：一[2J  二\n" in capsys.readouterr().out


def test_columns_line_up_when_characters_are_wide() -> None:
    lines = list(console.table([["材料", "份"], ["a", "1"], ["自评表", "22"]]))
    assert lines == ["材料    份", "------  --", "a       1", "自评表  22"]
