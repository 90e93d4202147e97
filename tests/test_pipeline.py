"""One workbook, one run: what lies in the folder afterwards."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

import docgen
from docgen.batch.inputs import workbooks_in
from docgen.errors import DocgenError
from docgen.finding import Severity
from docgen.packs import load_pack
from docgen.pipeline import Run, examine, pack_complaints, run
from docgen.rendering import template_of
from docgen.workbook import write_workbook
from tests.real_office import needs_soffice

ROOT = Path(__file__).parent.parent
PACK = "xinxiang"
MINIMAL = ROOT / "templates" / PACK / "sample" / "minimal.xlsx"


def made(path: Path, out: Path, watermark: str = "") -> Run:
    return run(path, out=out, measure_pages=False, watermark=watermark, today=date(2026, 1, 5))


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def workbook(path: Path, **department: str | int | None) -> Path:
    given = {"name": "某局", "money_unit": "万元", **department}
    write_workbook(path, load_pack(PACK), 2024, {"department": [given]})
    return path


def test_a_right_workbook_gives_final_documents_and_what_is_known_of_them(tmp_path: Path) -> None:
    done = made(MINIMAL, tmp_path)
    assert done.is_final
    assert [path for path in contents(done.stored.folder) if path.startswith("草稿")] == []
    assert {"run.json", "校验结果.xlsx", "minimal（批注）.xlsx"} <= set(contents(done.stored.folder))
    kinds = {Path(path).suffix for path in contents(done.stored.folder)}
    assert kinds == {".docx", ".xlsx", ".json", ".html"}


def test_two_runs_give_the_same_bytes_wherever_they_are_written(tmp_path: Path) -> None:
    first, second = made(MINIMAL, tmp_path / "一"), made(MINIMAL, tmp_path / "另一个文件夹")
    assert contents(first.stored.folder) == contents(second.stored.folder)
    again = made(MINIMAL, tmp_path / "一")
    assert again.stored.unchanged == len(again.stored.made)


def test_every_process_gives_the_same_bytes(tmp_path: Path) -> None:
    found = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "docgen", "run", str(MINIMAL), "--no-pages", "--out", seed]
        subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
        [folder] = (tmp_path / seed).glob("*/*")  # beside it lie logs, which know the time
        found.append(contents(folder))
    assert found[0] == found[1]


def test_a_wrong_workbook_gives_watermarked_drafts(tmp_path: Path) -> None:
    done = made(workbook(tmp_path / "局.xlsx"), tmp_path / "出")
    assert not done.is_final
    paths = set(contents(done.stored.folder))
    documents = {path for path in paths if "/" in path}
    assert documents
    assert {path.split("/")[0] for path in documents} == {"草稿"}
    assert {"run.json", "校验结果.xlsx", "校验报告.html", "局（批注）.xlsx"} == paths - documents
    for path in documents:
        assert "草稿" in everything_said(done.stored.folder / path)


def test_a_final_document_bears_the_watermark_asked_for(tmp_path: Path) -> None:
    done = made(MINIMAL, tmp_path, watermark="仅供内部审核")
    assert done.is_final
    for entry in done.stored.made:
        if "/" in entry.path:
            assert "仅供内部审核" in everything_said(done.stored.folder / entry.path)


def everything_said(path: Path) -> str:
    """All XML of an Office file."""
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))


def test_final_documents_survive_a_run_of_drafts(tmp_path: Path) -> None:
    path = tmp_path / "局.xlsx"
    shutil.copy(MINIMAL, path)
    final = made(path, tmp_path / "出")
    before = contents(final.stored.folder)
    spoiled = openpyxl.load_workbook(path)
    spoiled["绩效指标"]["G2"] = "约十分"
    spoiled.save(path)
    drafts = made(path, tmp_path / "出")
    assert not drafts.is_final
    after = contents(final.stored.folder)
    assert {p: content for p, content in after.items() if p in before and "/" in p} == {
        p: content for p, content in before.items() if "/" in p
    }
    assert any(p.startswith("草稿/") for p in after)


def test_the_record_tells_how_each_printed_figure_came_about(tmp_path: Path) -> None:
    done = made(MINIMAL, tmp_path)
    record = json.loads((done.stored.folder / "run.json").read_text("utf-8"))
    assert record["docgen"] == docgen.__version__
    assert record["workbook"]["name"] == "minimal.xlsx"
    assert record["status"] == "final"
    assert {file["path"] for file in record["files"]} == set(contents(done.stored.folder)) - {"run.json"}
    document = next(name for name in record["figures"] if name.endswith("项目支出绩效自评表"))
    text, number = record["figures"][document]["项目.资金.总额.执行率"]
    working = record["workings"][number]
    assert text.endswith("%")
    assert "÷" in working["formula"]
    assert all(cell.startswith("项目资金!") for cell in working["cells"])


def test_the_record_holds_only_figures_that_are_printed(tmp_path: Path) -> None:
    done = made(MINIMAL, tmp_path)
    record = json.loads((done.stored.folder / "run.json").read_text("utf-8"))
    used = {number for figures in record["figures"].values() for _, number in figures.values()}
    assert used == set(range(len(record["workings"])))


def test_the_record_names_no_place_on_this_machine(tmp_path: Path) -> None:
    done = made(MINIMAL, tmp_path)
    text = (done.stored.folder / "run.json").read_text("utf-8")
    assert str(tmp_path) not in text
    assert str(ROOT) not in text


def test_the_findings_book_links_each_finding_to_its_cell(tmp_path: Path) -> None:
    path = workbook(tmp_path / "局.xlsx", money_unit="公斤")
    done = made(path, tmp_path / "出")
    book = openpyxl.load_workbook(done.stored.folder / "校验结果.xlsx")
    assert book.sheetnames == ["汇总", "问题清单", "指标值读法", "得分推算"]
    rows = {row[1].value: row for row in book["问题清单"].iter_rows(min_row=2)}
    link = rows["V106"][3].hyperlink
    assert link is not None
    assert link.target == "局（批注）.xlsx"
    assert link.location == "'单位信息'!B5"
    assert rows["V106"][3].value == "B5"


def test_the_findings_book_keeps_text_that_looks_like_a_formula_as_text(tmp_path: Path) -> None:
    path = workbook(tmp_path / "局.xlsx", money_unit="=1+1", name="=HYPERLINK(1)<&\x01")
    done = made(path, tmp_path / "出")
    data = (done.stored.folder / "校验结果.xlsx").read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(data))
    formulas = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == []


def test_a_year_before_every_norm_is_a_finding_not_a_failure(tmp_path: Path) -> None:
    done = made(workbook(tmp_path / "局.xlsx", fiscal_year=1999), tmp_path / "出")
    assert [f.place.label for f in done.findings if f.code == "X109"] == ["年度"]
    assert done.stored.folder.name == "1999"


def test_a_workbook_without_a_year_still_gives_drafts(tmp_path: Path) -> None:
    done = made(workbook(tmp_path / "局.xlsx", fiscal_year=None), tmp_path / "出")
    assert done.stored.folder == tmp_path / "出" / "某局" / "未填年度"
    assert not done.is_final


def test_pages_not_measured_are_told(tmp_path: Path) -> None:
    assert any("目录页码按要求没有测量" in note for note in made(MINIMAL, tmp_path).notes)


def test_without_libreoffice_the_run_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("docgen.render.office._USUAL_PLACES", ())
    done = run(MINIMAL, out=tmp_path, today=date(2026, 1, 5))
    assert any("没有 LibreOffice" in note for note in done.notes)


def test_a_libreoffice_that_fails_costs_only_the_page_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    heard: list[str] = []
    done = run(MINIMAL, out=tmp_path / "出", today=date(2026, 1, 5), tell=heard.append)
    assert done.is_final
    assert any("LibreOffice 运行失败" in note for note in done.notes)
    assert heard == ["正在用 LibreOffice 测量目录页码……"]


@needs_soffice
def test_measured_page_numbers_are_the_same_every_time(tmp_path: Path) -> None:
    runs = [run(MINIMAL, out=tmp_path / name, today=date(2026, 1, 5)) for name in ("一", "二")]
    assert [done.notes for done in runs] == [(), ()]
    assert len({tuple(entry.sha256 for entry in done.stored.made) for done in runs}) == 1


def test_examining_makes_nothing(tmp_path: Path) -> None:
    path = workbook(tmp_path / "局.xlsx")
    examined = examine(path)
    assert not examined.is_clean
    assert examined.findings[0].severity is Severity.ERROR
    assert list(tmp_path.iterdir()) == [path]


def test_the_public_functions_load_check_and_run(tmp_path: Path) -> None:
    assert docgen.load(MINIMAL).projects
    assert all(not finding.is_open for finding in docgen.check(MINIMAL))
    assert docgen.run(MINIMAL, tmp_path).is_final
    figures = docgen.compute(docgen.load(MINIMAL), load_pack(PACK), 2024)
    assert figures.projects[0].total_score.is_known


def test_folders_stand_for_their_workbooks_without_lock_files(tmp_path: Path) -> None:
    for name in ("乙/b.xlsx", "a.xlsx", "~$a.xlsx", "说明.txt", "宏.XLSM"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    found = [
        path.relative_to(tmp_path).as_posix() for path in workbooks_in([tmp_path, tmp_path / "没有.xlsx"])
    ]
    assert found == ["a.xlsx", "乙/b.xlsx", "宏.XLSM", "没有.xlsx"]


def test_a_template_is_compiled_once_until_it_changes(tmp_path: Path) -> None:
    pack = load_pack(PACK)
    source = pack.template(next(iter(pack.documents.values())).templates[0])
    path = tmp_path / source.name
    shutil.copy(source, path)
    first = template_of(path)
    assert template_of(path) is first
    path.write_bytes(source.read_bytes() + b"")
    assert template_of(path) is not first


def test_a_pack_of_ones_own_in_a_folder_may_extend_one_of_ours(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "pack.toml").write_text(f'id = "mine"\ntitle = "我县"\nextends = "{PACK}"\n', "utf-8")
    assert pack_complaints(str(folder)) == []
    assert run(MINIMAL, pack=str(folder), out=tmp_path, measure_pages=False).is_final


def test_a_pack_with_unknown_settings_is_told_all_of_them(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    text = f'id = "mine"\ntitel = "我县"\nextends = "{PACK}"\n[options]\nplaceholder_row = 3\n'
    (folder / "pack.toml").write_text(text, "utf-8")
    told = [str(complaint) for complaint in pack_complaints(str(folder))]
    assert any("titel" in line and "title" in line for line in told)
    assert any("placeholder_row" in line and "placeholder_rows" in line for line in told)
    with pytest.raises(DocgenError):
        examine(MINIMAL, str(folder))
