"""A new pack: written whole, usable at once, found beside the workbooks; and what is refused."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from docgen.batch.inputs import workbooks_in
from docgen.cli import app
from docgen.errors import DocgenError, PackError, StoreError
from docgen.new_pack import new_pack
from docgen.new_workbook import new_workbook
from docgen.packs import default_pack, home, load_pack, pack_ids
from docgen.packs.lint import open_pack
from docgen.packs.places import OWN, name_of, own_packs, place_for_new, whereabouts
from docgen.pipeline import pack_complaints, run

PARENTS = [pack for pack in pack_ids() if (home() / pack / "sample/minimal.xlsx").is_file()]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which commands are given."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("parent", pack_ids())
def test_a_new_pack_has_nothing_wrong_whatever_it_extends(parent: str, tmp_path: Path) -> None:
    made = new_pack("mine", parent, tmp_path)
    assert pack_complaints(str(made.folder)) == []
    pack = open_pack(str(made.folder))
    assert pack.title == load_pack(parent).title
    copies = {name for document in pack.documents.values() for name in document.templates}
    assert [name for name in copies if pack.template(name) != made.folder / name] == []


@pytest.mark.parametrize("parent", PARENTS)
def test_its_sample_yields_final_documents(parent: str, desk: Path) -> None:
    made = new_pack("mine", parent, desk / OWN)
    done = run(made.folder / "sample/minimal.xlsx", out=desk / "出", measure_pages=False)
    assert done.is_final
    assert (done.stored.folder / "run.json").read_text("utf-8").count('"mine"') == 1


@pytest.mark.parametrize("parent", pack_ids())
def test_every_example_in_its_settings_may_be_switched_on(parent: str, tmp_path: Path) -> None:
    made = new_pack("mine", parent, tmp_path, title='“引号"和\\')
    for path in made.folder.glob("*.toml"):
        text = path.read_text("utf-8")
        assert "\n# " in text
        path.write_text(re.sub(r"(?m)^# ", "", text), "utf-8")
    pack = load_pack("mine", tmp_path)
    assert pack.title == '“引号"和\\'
    assert pack.checks["P101"].longest == 30
    assert pack.layout.sheets["indicators"].columns["evidence"].label == "数据来源"


def test_a_workbook_of_it_is_made_and_checked_from_the_same_folder(desk: Path) -> None:
    new_pack("mine", "", desk / OWN)
    new_workbook(desk / "自评.xlsx", "mine", 2025)
    result = CliRunner().invoke(app, ["check", "自评.xlsx"])
    assert result.exit_code == 1
    assert "W105" in result.stdout


def test_it_is_found_beside_the_workbook_wherever_the_command_is_given(desk: Path) -> None:
    bureau = desk / "某局"
    made = new_pack("mine", "", bureau / OWN)
    (bureau / "2025").mkdir()
    book = bureau / "2025" / "自评.xlsx"
    shutil.copy(made.folder / "sample/minimal.xlsx", book)
    result = CliRunner().invoke(app, ["run", str(bureau), "--out", str(desk / "出"), "--no-pages", "-j1"])
    assert result.exit_code == 0, result.output
    assert re.search(r"未变 +0\n", result.stdout)
    again = CliRunner().invoke(app, ["run", str(bureau), "--out", str(desk / "出"), "--no-pages", "-j1"])
    assert re.search(r"未变 +1\b", again.stdout)
    assert len(list((desk / "出").rglob("*汇总表（全部部门）*"))) == 2


def test_files_of_packs_are_no_workbooks_to_run(desk: Path) -> None:
    new_pack("mine", "", desk / OWN)
    shutil.copy(desk / OWN / "mine/sample/minimal.xlsx", desk / "自评.xlsx")
    assert workbooks_in([desk]) == [desk / "自评.xlsx"]


def test_one_of_ones_own_goes_before_one_that_came_along(desk: Path) -> None:
    shutil.copytree(home() / default_pack(), desk / OWN / default_pack())
    assert whereabouts(default_pack()) == (default_pack(), (desk / OWN).resolve())
    assert whereabouts(default_pack(), desk / "别处")[1] == (desk / OWN).resolve()


def test_packs_of_ones_own_are_listed_and_checked_with_the_others(desk: Path) -> None:
    made = new_pack("mine", "", desk / OWN)
    shutil.copytree(made.folder, desk / "某局" / OWN / "mine")
    assert own_packs(desk / "某局") == [(desk / "某局" / OWN / "mine").resolve()]
    listed = CliRunner().invoke(app, ["packs", "list"]).stdout
    assert [line.split()[0] for line in listed.splitlines() if not line.startswith(" ")] == [
        *pack_ids(),
        "mine",
    ]
    checked = CliRunner().invoke(app, ["packs", "check", "mine"])
    assert (checked.exit_code, checked.stdout) == (0, "mine：没有问题。\n")


def test_a_broken_pack_of_ones_own_stops_nobody_else(desk: Path) -> None:
    (desk / OWN / "bad").mkdir(parents=True)
    (desk / OWN / "bad/pack.toml").write_text("id = ", "utf-8")
    shutil.copy(home() / default_pack() / "sample/minimal.xlsx", desk / "自评.xlsx")
    result = CliRunner().invoke(app, ["run", str(desk), "--out", str(desk / "出"), "--no-pages", "-j1"])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("name", ["", "我县", "MyCounty", "1county", "a b", "../a", "a" * 41, "_base"])
def test_an_id_must_be_one_that_every_machine_takes(name: str, tmp_path: Path) -> None:
    with pytest.raises(DocgenError, match="编号用小写英文字母开头"):
        new_pack(name, "", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_names_that_windows_keeps_for_itself_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DocgenError, match="Windows 不许"):
        new_pack("con", "", tmp_path)


def test_an_id_that_is_taken_is_refused_with_the_place(desk: Path) -> None:
    with pytest.raises(DocgenError, match=re.escape(str(home() / default_pack()))):
        new_pack(default_pack(), "", desk)
    new_pack("mine", "", desk / OWN)
    with pytest.raises(DocgenError, match=f"已经有这个模板包，在 .*{OWN}.mine"):
        new_pack("mine", "", desk / "别处")


def test_a_folder_that_lies_there_is_left_alone(desk: Path) -> None:
    (desk / "mine").mkdir()
    with pytest.raises(DocgenError, match="那里已经有这个文件夹"):
        new_pack("mine", "", desk)


def test_an_unknown_parent_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=f"是不是 {default_pack()}"):
        new_pack("mine", f"{default_pack()}x", tmp_path)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("", "utf-8")
    with pytest.raises(StoreError, match="不能写入"):
        new_pack("mine", "", tmp_path / "文件")


@pytest.mark.usefixtures("desk")
def test_the_command_says_where_it_is_and_how_to_call_it() -> None:
    result = CliRunner().invoke(app, ["packs", "new", "mine", "--to", "county"])
    assert result.exit_code == 0, result.output
    assert "docgen packs check county/mine" in result.stdout
    assert name_of(Path("county/mine")) == "county/mine"
    assert CliRunner().invoke(app, ["packs", "check", "county/mine"]).exit_code == 0


def test_packs_of_the_source_tree_lie_together() -> None:
    assert place_for_new() == home()
    assert name_of(home() / default_pack()) == default_pack()


@pytest.mark.parametrize("name", ["没有\0", "长" * 300])
def test_what_cannot_be_a_folder_is_no_pack(name: str, desk: Path) -> None:
    assert whereabouts(name, desk) == (name, None)
    with pytest.raises(PackError, match="没有这个模板包"):
        open_pack(name, desk)
