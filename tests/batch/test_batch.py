"""Many workbooks at once: what is made, what is left alone and why."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from docgen.batch import Listener, Outcome, Reason, State, Wishes, run_county, workbooks_in
from docgen.errors import DocgenError
from docgen.packs import pack_ids
from tests.batch.county import (
    FORBIDDEN,
    MINIMAL,
    PACK,
    ROOT,
    assert_whole,
    batch,
    department,
    digests,
    only,
    states,
)
from tests.real_office import needs_soffice

YEAR = 2021  # of the least sample
NAMES = ("甲局", "乙局", "丙局")


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """Three departments, one of them with an error, in folders."""
    department(tmp_path / "报送" / "甲局.xlsx", "甲局")
    department(tmp_path / "报送" / "下属" / "乙局.xlsx", "乙局")
    department(tmp_path / "报送" / "丙局.xlsx", "丙局", draft=True)
    return tmp_path / "报送"


def test_every_workbook_below_a_folder_is_made(inputs: Path, tmp_path: Path) -> None:
    county = batch(inputs, tmp_path / "出")
    made, draft = State.MADE, State.DRAFT
    assert states(county) == {"甲局.xlsx": made, "乙局.xlsx": made, "丙局.xlsx": draft}
    assert county.status == 1
    assert county.summary == tmp_path / "出" / "年终汇总.xlsx"
    assert_whole(tmp_path / "出")
    assert {path.parent.parent.name for path in (tmp_path / "出").glob("*/*/run.json")} == {
        "甲局",
        "乙局",
        "丙局",
    }


def test_the_first_process_stays_small() -> None:
    code = "import sys, docgen.batch; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    stages = {"docgen.checks", "docgen.figures", "docgen.packs", "docgen.pipeline", "docgen.workbook", "lxml"}
    assert "docgen.outputs.headline" in loaded.split()
    assert stages.isdisjoint(loaded.split())


def test_what_is_kept_of_an_outcome_is_what_was_told_but_for_the_seconds(
    inputs: Path, tmp_path: Path
) -> None:
    heard: list[Outcome] = []

    class Ear(Listener):
        def finished(self, outcome: Outcome) -> None:
            heard.append(outcome)

    (inputs / "坏.xlsx").write_bytes(b"PK\x03\x04 not really")  # nothing counted, nothing noted
    county = run_county([inputs], Wishes(tmp_path / "出", jobs=2, measure_pages=False), Ear())
    kept = {outcome.workbook: outcome for outcome in county.outcomes}
    assert {outcome.workbook: replace(outcome, seconds={}) for outcome in heard} == kept
    assert all(outcome.seconds for outcome in heard if outcome.state is not State.FAILED)


def test_one_and_two_processes_give_the_same_bytes(inputs: Path, tmp_path: Path) -> None:
    batch(inputs, tmp_path / "一", jobs=1)
    batch(inputs, tmp_path / "二", jobs=2)
    assert digests(tmp_path / "一") == digests(tmp_path / "二")


def test_a_bad_workbook_never_stops_the_rest(inputs: Path, tmp_path: Path) -> None:
    (inputs / "坏.xlsx").write_bytes(b"PK\x03\x04 not really")
    department(inputs / "没有的包.xlsx", "丁局", pack="nowhere")
    county = batch(inputs, tmp_path / "出")
    failed = {name for name, state in states(county).items() if state is State.FAILED}
    assert failed == {"坏.xlsx", "没有的包.xlsx"}
    assert county.status == 2
    assert all(outcome.message for outcome in county.outcomes if outcome.state is State.FAILED)
    assert only(county, "甲局.xlsx").state is State.MADE


def test_an_unchanged_county_is_left_alone(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "出"
    batch(inputs, out)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.name != ".docgen.lock"}
    county = batch(inputs, out)
    assert set(states(county).values()) == {State.UNCHANGED}
    assert county.status == 1  # a draft stays a draft
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.name != ".docgen.lock"} == before


def test_times_do_not_count_even_when_the_clock_was_set_back(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "出"
    batch(inputs, out)
    for path in (*inputs.rglob("*"), *out.rglob("*")):
        os.utime(path, (4_000_000_000, 4_000_000_000) if out in path.parents else (0, 0))
    assert set(states(batch(inputs, out)).values()) == {State.UNCHANGED}


def test_only_the_workbook_that_changed_is_made_again(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "出"
    batch(inputs, out)
    department(inputs / "甲局.xlsx", "甲局", draft=True)
    county = batch(inputs, out)
    assert only(county, "甲局.xlsx").reasons == (Reason.WORKBOOK,)
    assert [o.workbook.name for o in county.outcomes if o.state is not State.UNCHANGED] == ["甲局.xlsx"]


def test_a_missing_output_is_made_again_and_nothing_else(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "出"
    batch(inputs, out)
    before = digests(out)
    next(path for path in sorted((out / "甲局").rglob("*.docx"))).unlink()
    county = batch(inputs, out)
    assert only(county, "甲局.xlsx").reasons == (Reason.MISSING,)
    assert digests(out) == before


def test_an_edited_output_is_kept_and_told_once(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "出"
    batch(inputs, out)
    edited = next(path for path in sorted((out / "甲局").rglob("*.docx")))
    edited.write_bytes(b"hers")
    county = batch(inputs, out)
    assert only(county, "甲局.xlsx").reasons == (Reason.EDITED,)
    assert edited.read_bytes() == b"hers"
    assert any("没有覆盖" in note for note in only(county, "甲局.xlsx").notes)
    assert only(batch(inputs, out), "甲局.xlsx").state is State.UNCHANGED


def test_a_workbook_that_cannot_be_looked_at_never_stops_the_rest(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = open

    def failing(path: Path, *given: Any, **more: Any) -> Any:  # noqa: ANN401 - as those of ``open``
        if path == inputs / "甲局.xlsx":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return usual(path, *given, **more)

    monkeypatch.setattr("builtins.open", failing)  # here; the process that makes it has no trouble
    county = batch(inputs, tmp_path / "出")
    assert states(county) == {
        "甲局.xlsx": State.MADE,
        "乙局.xlsx": State.MADE,
        "丙局.xlsx": State.DRAFT,
    }


@pytest.mark.parametrize(
    "key, spoilt",
    [
        ("files", [{"path": 7, "sha256": "x", "document": "y", "status": "final"}]),
        ("files", [{"path": "a\0b", "sha256": "x", "document": "y", "status": "final"}]),
        ("files", [{"path": "长" * 300, "sha256": "x", "document": "y", "status": "final"}]),
        ("options", ["水印"]),
        ("pack", {"id": 1, "sha256": "x"}),
        ("fiscal_year", "2021"),
    ],
)
def test_a_record_spoilt_by_hand_costs_nothing_but_the_work(tmp_path: Path, key: str, spoilt: object) -> None:
    department(tmp_path / "入" / "甲局.xlsx", "甲局")
    batch(tmp_path / "入", tmp_path / "出")
    record = next((tmp_path / "出").glob("*/*/run.json"))
    whole = record.read_bytes()
    told = json.loads(whole)
    lines = [
        f'  "{name}": {json.dumps(value, ensure_ascii=False)}'
        for name, value in (told | {key: spoilt}).items()
    ]
    record.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    county = batch(tmp_path / "入", tmp_path / "出")
    assert states(county) == {"甲局.xlsx": State.MADE}
    assert_whole(tmp_path / "出")


def test_another_watermark_another_name_and_another_version_are_reasons(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "出"
    batch(inputs, out)
    (inputs / "甲局.xlsx").rename(inputs / "甲局（定）.xlsx")
    record = next((out / "乙局").rglob("run.json"))
    record.write_text(record.read_text("utf-8").replace('"docgen": "', '"docgen": "0.'), "utf-8")
    county = batch(inputs, out)
    assert only(county, "甲局（定）.xlsx").reasons == (Reason.RENAMED,)
    assert only(county, "乙局.xlsx").reasons == (Reason.VERSION,)
    marked = batch(inputs, out, watermark="仅供内部审核")
    assert only(marked, "乙局.xlsx").reasons == (Reason.OPTIONS,)


def test_a_changed_pack_makes_everything_again(inputs: Path, tmp_path: Path) -> None:
    mine, out = tmp_path / "mine", tmp_path / "出"
    mine.mkdir()
    (mine / "pack.toml").write_text(f'id = "mine"\ntitle = "我县"\nextends = "{PACK}"\n', "utf-8")
    batch(inputs, out, pack=str(mine))
    assert set(states(batch(inputs, out, pack=str(mine))).values()) == {State.UNCHANGED}
    (mine / "terms.toml").write_text("", "utf-8")
    reasons = {outcome.reasons for outcome in batch(inputs, out, pack=str(mine)).outcomes}
    assert reasons == {(Reason.PACK,)}
    assert {outcome.reasons for outcome in batch(inputs, out).outcomes} == {(Reason.PACK,)}


def test_force_makes_everything_again(inputs: Path, tmp_path: Path) -> None:
    batch(inputs, tmp_path / "出")
    forced = batch(inputs, tmp_path / "出", force=True)
    assert {outcome.reasons for outcome in forced.outcomes} == {(Reason.FORCED,)}


def test_a_workbook_not_seen_before_says_so(inputs: Path, tmp_path: Path) -> None:
    batch(inputs, tmp_path / "出")
    department(inputs / "丁局.xlsx", "丁局")
    assert only(batch(inputs, tmp_path / "出"), "丁局.xlsx").reasons == (Reason.NEW,)


def test_two_workbooks_of_one_department_and_year_are_both_refused(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "出"
    batch(inputs, out)
    before = digests(out / "甲局")
    department(inputs / "甲局（修改）.xlsx", "甲局", draft=True)
    county = batch(inputs, out)
    for name, other in (("甲局.xlsx", "甲局（修改）.xlsx"), ("甲局（修改）.xlsx", "甲局.xlsx")):
        outcome = only(county, name)
        assert (outcome.state, outcome.status) == (State.FAILED, 2)
        assert other in outcome.message
    assert digests(out / "甲局") == before


def test_years_of_one_department_lie_side_by_side(tmp_path: Path) -> None:
    for year in (2021, 2022, 2023):
        department(tmp_path / "入" / f"{year}.xlsx", "甲局", year)
    county = batch(tmp_path / "入", tmp_path / "出")
    assert State.FAILED not in states(county).values()
    assert {path.name for path in (tmp_path / "出" / "甲局").iterdir()} == {"2021", "2022", "2023"}
    forms = [path.name for path in (tmp_path / "出").glob("*.docx")]
    assert {name[:4] for name in forms} == {"2021", "2022", "2023"}


def test_workbooks_of_every_pack_go_together(tmp_path: Path) -> None:
    (tmp_path / "入").mkdir()
    for pack in pack_ids():
        shutil.copy(ROOT / "templates" / pack / "sample" / "minimal.xlsx", tmp_path / "入" / f"{pack}.xlsx")
    county = batch(tmp_path / "入", tmp_path / "出")
    assert set(states(county).values()) == {State.MADE}
    told = [
        json.loads(path.read_text("utf-8"))["pack"]["id"] for path in (tmp_path / "出").glob("*/*/run.json")
    ]
    assert sorted(told) == pack_ids()


def test_foreign_files_are_passed_over_and_foreign_workbooks_told(inputs: Path, tmp_path: Path) -> None:
    (inputs / "说明.txt").write_text("无关", "utf-8")
    (inputs / "通知.docx").write_bytes(b"PK\x03\x04")
    (inputs / "~$甲局.xlsx").write_bytes(b"lock")
    (inputs / ".隐藏").mkdir()
    shutil.copy(MINIMAL, inputs / ".隐藏" / "a.xlsx")
    book = openpyxl.Workbook()
    book.create_sheet("通讯录")["A1"] = "姓名"
    book.save(inputs / "通讯录.xlsx")
    county = batch(inputs, tmp_path / "出")
    assert len(county.outcomes) == 4
    assert states(county)["通讯录.xlsx"] is State.FOREIGN
    assert county.status == 1


def test_a_folder_with_nothing_but_foreign_workbooks_has_status_2(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    (tmp_path / "入").mkdir()
    book.save(tmp_path / "入" / "通讯录.xlsx")
    county = batch(tmp_path / "入", tmp_path / "出")
    assert (county.status, county.summary) == (2, None)
    assert any("没有生成 年终汇总.xlsx" in note for note in county.notes)


@needs_soffice
def test_page_numbers_once_measured_are_not_asked_for_again(tmp_path: Path) -> None:
    department(tmp_path / "入" / "甲局.xlsx", "甲局")
    batch(tmp_path / "入", tmp_path / "出")
    measured = batch(tmp_path / "入", tmp_path / "出", measure_pages=True)
    assert only(measured, "甲局.xlsx").reasons == (Reason.OPTIONS,)
    for asks in (True, False):
        again = batch(tmp_path / "入", tmp_path / "出", measure_pages=asks)
        assert only(again, "甲局.xlsx").state is State.UNCHANGED


@pytest.mark.parametrize("name", ["空", "空/*.xlsx"])
def test_nothing_to_do_is_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "空").mkdir()
    with pytest.raises(DocgenError, match=r"没有 \.xlsx 工作簿。$"):
        run_county([tmp_path / name], Wishes(tmp_path / "出"))
    assert not (tmp_path / "出").exists()


def test_patterns_and_several_paths_name_each_workbook_once(inputs: Path) -> None:
    found = workbooks_in([inputs / "*局.xlsx", inputs, inputs / "甲局.xlsx"])
    assert [path.name for path in found] == ["丙局.xlsx", "甲局.xlsx", "乙局.xlsx"]
    assert [path.name for path in workbooks_in([Path(f"{inputs}/**/乙*.xlsx")])] == ["乙局.xlsx"]


def test_outputs_below_the_inputs_are_no_inputs(inputs: Path) -> None:
    batch(inputs, inputs / "outputs")
    shutil.copytree(inputs / "outputs" / "甲局", inputs / "旧成品")
    assert set(states(batch(inputs, inputs / "outputs")).values()) == {State.UNCHANGED}


@pytest.mark.parametrize("name", ['甲<乙>:丙|丁?*局/"处"\\科', "CON", "某局. ", "很长的名称" * 40])
def test_names_that_windows_forbids_are_put_right(tmp_path: Path, name: str) -> None:
    department(tmp_path / "入" / "局.xlsx", name)
    county = batch(tmp_path / "入", tmp_path / "出")
    assert county.outcomes[0].state is not State.FAILED
    paths = [path.relative_to(tmp_path / "出") for path in (tmp_path / "出").rglob("*")]
    parts = {part for path in paths for part in path.parts}
    assert not any(FORBIDDEN & set(part) or part.endswith((".", " ")) for part in parts)
    assert not any(part.partition(".")[0].upper() == "CON" for part in parts)
    assert max(len((tmp_path / "出" / path).as_posix()) for path in paths) <= 240


def test_each_department_is_compared_with_its_own_record_of_last_year(tmp_path: Path) -> None:
    last, now = tmp_path / "上年", tmp_path / "今年"
    for name in ("甲局", "乙局"):
        department(tmp_path / "报" / f"{name}.xlsx", name)
        department(tmp_path / "新报" / f"{name}.xlsx", name, YEAR + 1)
    department(tmp_path / "新报" / "丙局.xlsx", "丙局", YEAR + 1)
    department(tmp_path / "报" / "乙局.xlsx", "乙局", draft=True)
    batch(tmp_path / "报", last)
    made = batch(tmp_path / "新报", now, last_year=last)
    records = {
        name: json.loads((now / name / str(YEAR + 1) / "run.json").read_text("utf-8")) for name in NAMES
    }
    digest = hashlib.sha256((last / "甲局" / str(YEAR) / "run.json").read_bytes()).hexdigest()
    assert {name: record.get("last_year") for name, record in records.items()} == {
        "甲局": {"sha256": digest},
        "乙局": None,
        "丙局": None,
    }
    told = {name: [note for note in only(made, f"{name}.xlsx").notes if "上年" in note] for name in NAMES}
    assert told["甲局"] == []
    assert told["丙局"] == [f"{last} 里没有“丙局” {YEAR} 年度定稿的运行记录，没有与上年比较。"]
    assert len(told["乙局"]) == 1


def test_another_record_of_last_year_makes_a_department_again(tmp_path: Path) -> None:
    last, now = tmp_path / "上年", tmp_path / "今年"
    department(tmp_path / "报" / "甲局.xlsx", "甲局")
    department(tmp_path / "新报" / "甲局.xlsx", "甲局", YEAR + 1)
    batch(tmp_path / "报", last)
    batch(tmp_path / "新报", now, last_year=last)
    again = batch(tmp_path / "新报", now, last_year=last)
    assert only(again, "甲局.xlsx").state is State.UNCHANGED
    without = batch(tmp_path / "新报", now)
    assert only(without, "甲局.xlsx").reasons == (Reason.LAST_YEAR,)
