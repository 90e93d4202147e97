"""What storing does to a folder, seen from the folder."""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from docgen.errors import StoreError
from docgen.outputs.entry import Beside, Product, Status
from docgen.outputs.lengths import LONGEST_NAME, LONGEST_PATH, fitted
from docgen.outputs.printed import Printed
from docgen.outputs.record import Story
from docgen.outputs.store import Stored, folder_of, store

# stores three files in the folder argv[1] and dies by kill -9 before its file number argv[2] is moved
KILLED = """
import os, signal, sys
from pathlib import Path
from docgen.outputs.entry import Product
from docgen.outputs.record import Story
from docgen.outputs.store import store
from docgen.outputs.printed import Printed

left = int(sys.argv[2])

def count(event, arguments):
    global left
    if event == "os.rename":
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

files = {"甲.docx": "新甲", "乙.docx": "新乙", "科/丙.docx": "丙"}
story = Story("0.1.0", "county", "p", "局.xlsx", "w", "某局", 2024, (), Printed())
products = [Product(path, text.encode(), "form") for path, text in files.items()]
sys.addaudithook(count)
store(Path(sys.argv[1]), products, "final", story)
"""


def story() -> Story:
    return Story(
        docgen="0.1.0",
        pack="county",
        pack_digest="p",
        workbook="局.xlsx",
        workbook_digest="w",
        department="某局",
        fiscal_year=2024,
        findings=(),
        printed=Printed(),
    )


def put(folder: Path, files: Mapping[str, str], status: Status = "final") -> Stored:
    products = [Product(path, text.encode(), "form") for path, text in files.items()]
    return store(folder, products, status, story())


def files_in(folder: Path) -> dict[str, str]:
    """Every file below ``folder`` except the record, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "run.json"
    }


def recorded(folder: Path) -> dict[str, str]:
    files = json.loads((folder / "run.json").read_text("utf-8"))["files"]
    return {file["path"]: file["status"] for file in files}


def test_a_first_run_writes_everything_and_nothing_else(tmp_path: Path) -> None:
    stored = put(tmp_path / "局" / "2024", {"科/表.docx": "一", "校验.xlsx": "二"})
    assert files_in(tmp_path) == {"局/2024/科/表.docx": "一", "局/2024/校验.xlsx": "二"}
    assert stored.unchanged == 0
    assert recorded(tmp_path / "局" / "2024") == {"校验.xlsx": "final", "科/表.docx": "final"}


def test_the_same_run_again_touches_no_file_and_gives_the_same_record(tmp_path: Path) -> None:
    put(tmp_path, {"表.docx": "一"})
    before = (tmp_path / "run.json").read_bytes(), (tmp_path / "表.docx").stat().st_mtime_ns
    stored = put(tmp_path, {"表.docx": "一"})
    assert ((tmp_path / "run.json").read_bytes(), (tmp_path / "表.docx").stat().st_mtime_ns) == before
    assert stored.unchanged == 1


def test_an_unedited_file_is_replaced(tmp_path: Path) -> None:
    put(tmp_path, {"表.docx": "一"})
    stored = put(tmp_path, {"表.docx": "二"})
    assert files_in(tmp_path) == {"表.docx": "二"}
    assert stored.beside == ()


def test_an_edited_file_is_kept_and_the_new_one_lies_beside_it(tmp_path: Path) -> None:
    put(tmp_path, {"科/表.docx": "一"})
    (tmp_path / "科/表.docx").write_text("她改过", "utf-8")
    stored = put(tmp_path, {"科/表.docx": "二"})
    assert files_in(tmp_path) == {"科/表.docx": "她改过", "科/表（新）.docx": "二"}
    assert stored.beside == (Beside("科/表.docx", "科/表（新）.docx", is_edited=True),)
    again = put(tmp_path, {"科/表.docx": "三"})
    assert files_in(tmp_path) == {"科/表.docx": "她改过", "科/表（新）.docx": "三"}
    assert again.beside == stored.beside


def test_the_new_one_when_edited_too_is_kept_as_well(tmp_path: Path) -> None:
    put(tmp_path, {"表.docx": "一"})
    (tmp_path / "表.docx").write_text("改", "utf-8")
    put(tmp_path, {"表.docx": "二"})
    (tmp_path / "表（新）.docx").write_text("也改", "utf-8")
    put(tmp_path, {"表.docx": "三"})
    assert files_in(tmp_path) == {"表.docx": "改", "表（新）.docx": "也改", "表（新2）.docx": "三"}


def test_an_edited_file_that_is_put_back_belongs_to_docgen_again(tmp_path: Path) -> None:
    put(tmp_path, {"表.docx": "一"})
    (tmp_path / "表.docx").write_text("改", "utf-8")
    put(tmp_path, {"表.docx": "二"})
    (tmp_path / "表.docx").write_text("一", "utf-8")
    stored = put(tmp_path, {"表.docx": "三"})
    assert files_in(tmp_path) == {"表.docx": "三"}
    assert stored.removed == ("表（新）.docx",)


def test_a_foreign_file_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "表.docx").write_text("别人的", "utf-8")
    stored = put(tmp_path, {"表.docx": "一"})
    assert files_in(tmp_path) == {"表.docx": "别人的", "表（新）.docx": "一"}
    assert stored.beside == (Beside("表.docx", "表（新）.docx", is_edited=False),)


def test_a_folder_in_the_place_of_a_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "表.docx").mkdir()
    put(tmp_path, {"表.docx": "一"})
    assert files_in(tmp_path) == {"表（新）.docx": "一"}


def test_a_file_no_longer_made_goes_unless_it_was_edited(tmp_path: Path) -> None:
    put(tmp_path, {"旧科/甲.docx": "甲", "乙.docx": "乙", "丙.docx": "丙"})
    (tmp_path / "乙.docx").write_text("她改过", "utf-8")
    stored = put(tmp_path, {"丙.docx": "丙"})
    assert files_in(tmp_path) == {"乙.docx": "她改过", "丙.docx": "丙"}
    assert stored.removed == ("旧科/甲.docx",)
    assert stored.beside == (Beside("乙.docx", "", is_edited=True),)
    assert not (tmp_path / "旧科").exists()


def test_drafts_leave_finals_alone_and_go_when_the_run_is_final(tmp_path: Path) -> None:
    put(tmp_path, {"表.docx": "定稿", "多余.docx": "定稿"})
    put(tmp_path, {"草稿/表.docx": "草"}, "draft")
    assert files_in(tmp_path) == {"表.docx": "定稿", "多余.docx": "定稿", "草稿/表.docx": "草"}
    assert recorded(tmp_path) == {"表.docx": "final", "多余.docx": "final", "草稿/表.docx": "draft"}
    put(tmp_path, {"表.docx": "新定稿"})
    assert files_in(tmp_path) == {"表.docx": "新定稿"}
    assert not (tmp_path / "草稿").exists()


def test_a_final_kept_by_drafts_still_says_which_workbook_it_was_made_from(tmp_path: Path) -> None:
    put(tmp_path, {"表.docx": "定稿"})
    later = replace(story(), workbook_digest="later")
    for _ in range(2):
        store(tmp_path, [Product("草稿/表.docx", b"draft", "form")], "draft", later)
    files = json.loads((tmp_path / "run.json").read_text("utf-8"))["files"]
    assert {file["path"]: file.get("made_from") for file in files} == {"表.docx": "w", "草稿/表.docx": None}


def test_an_edited_draft_survives_the_final_run(tmp_path: Path) -> None:
    put(tmp_path, {"草稿/表.docx": "草"}, "draft")
    (tmp_path / "草稿/表.docx").write_text("她写的批语", "utf-8")
    put(tmp_path, {"表.docx": "定稿"})
    assert files_in(tmp_path) == {"表.docx": "定稿", "草稿/表.docx": "她写的批语"}


def test_a_file_in_the_place_of_the_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "局").write_text("", "utf-8")
    with pytest.raises(StoreError, match=r"不能写入 .*原有的文件没有改动。$") as caught:
        put(tmp_path / "局" / "2024", {"表.docx": "一"})
    assert "\n" not in str(caught.value)


def test_a_disk_that_takes_no_more_leaves_everything_as_it_was(tmp_path: Path) -> None:
    put(tmp_path, {"表.docx": "一", "甲.docx": "甲"})
    before = files_in(tmp_path), (tmp_path / "run.json").read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
    try:
        with pytest.raises(StoreError, match="磁盘放不下"):
            put(tmp_path, {"表.docx": "二", "乙.docx": "很长" * 10_000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (files_in(tmp_path), (tmp_path / "run.json").read_bytes()) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_failure_while_files_move_is_undone(tmp_path: Path) -> None:
    put(tmp_path, {"甲.docx": "甲", "乙.docx": "乙", "丁.docx": "丁"})
    before = files_in(tmp_path), (tmp_path / "run.json").read_bytes()
    (tmp_path / "科").write_text("一个文件占了文件夹的名字", "utf-8")
    with pytest.raises(StoreError):
        put(tmp_path, {"甲.docx": "新甲", "乙.docx": "新乙", "科/丙.docx": "丙"})
    (tmp_path / "科").unlink()
    assert (files_in(tmp_path), (tmp_path / "run.json").read_bytes()) == before


def test_a_file_that_cannot_be_looked_at_does_not_count_as_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {"甲.docx": "甲", "乙.docx": "乙"})
    before = files_in(tmp_path), (tmp_path / "run.json").read_bytes()
    stat, replace = os.stat, os.replace

    def broken(usual: Callable[..., Any], name: str) -> Callable[..., Any]:
        def call(*given: Any, **more: Any) -> Any:  # noqa: ANN401 - as those of ``os``
            if Path(given[-1]).name == name:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return usual(*given, **more)

        return call

    with monkeypatch.context() as drive:
        drive.setattr(os, "stat", broken(stat, "甲.docx"))
        drive.setattr(os, "replace", broken(replace, "乙.docx"))
        with pytest.raises(StoreError):
            put(tmp_path, {"甲.docx": "新甲", "乙.docx": "新乙"})
    assert (files_in(tmp_path), (tmp_path / "run.json").read_bytes()) == before


@pytest.mark.parametrize("moves", range(1, 6))
def test_a_run_killed_while_files_move_harms_nothing_and_the_next_one_finishes(
    tmp_path: Path, moves: int
) -> None:
    put(tmp_path, {"甲.docx": "甲", "乙.docx": "乙", "旧.docx": "旧"})
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), str(moves)], cwd=Path(__file__).parents[2], check=False
    )
    assert killed.returncode == -signal.SIGKILL
    left = files_in(tmp_path)
    assert left["甲.docx"] in {"甲", "新甲"}
    assert left["乙.docx"] in {"乙", "新乙"}
    assert left.get("旧.docx") == ("旧" if moves < 5 else None)
    assert "旧.docx" in recorded(tmp_path)
    stored = put(tmp_path, {"甲.docx": "更新的甲", "乙.docx": "新乙", "科/丙.docx": "丙"})
    assert files_in(tmp_path) == {"甲.docx": "更新的甲", "乙.docx": "新乙", "科/丙.docx": "丙"}
    assert stored.beside == ()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_an_unreadable_journal_of_a_killed_run_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".docgen-x").mkdir()
    (tmp_path / ".docgen-x" / "journal.json").write_text("{", "utf-8")
    put(tmp_path, {"甲.docx": "甲"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run.json", "甲.docx"]


def test_a_broken_record_counts_as_none(tmp_path: Path) -> None:
    put(tmp_path, {"甲.docx": "甲", "乙.docx": "乙"})
    (tmp_path / "run.json").write_text('{"files": [', "utf-8")
    stored = put(tmp_path, {"甲.docx": "甲", "乙.docx": "新乙"})
    assert files_in(tmp_path) == {"甲.docx": "甲", "乙.docx": "乙", "乙（新）.docx": "新乙"}
    assert stored.unchanged == 1


def test_a_path_windows_cannot_open_is_shortened_and_stays_distinct(tmp_path: Path) -> None:
    long = "部门/" + "很长的项目名称" * 30
    names = [fitted(tmp_path, f"{long}{end}.docx") for end in ("甲", "乙")]
    assert len(set(names)) == 2
    for name in names:
        assert len(str(tmp_path.resolve() / name)) <= LONGEST_PATH
        assert len(Path(name).name.encode()) <= LONGEST_NAME
        assert name.endswith(".docx")
    put(tmp_path, {f"{long}甲.docx": "甲"})
    assert list(files_in(tmp_path).values()) == ["甲"]


def test_a_path_of_common_length_stays_as_it_is(tmp_path: Path) -> None:
    assert fitted(tmp_path, "单位/1-项目-自评表.docx") == "单位/1-项目-自评表.docx"


def test_the_folder_is_named_after_department_and_year(tmp_path: Path) -> None:
    assert folder_of(tmp_path, "某/局", 2024) == tmp_path / "某／局" / "2024"
    assert folder_of(tmp_path, "", None) == tmp_path / "未填部门名称" / "未填年度"
