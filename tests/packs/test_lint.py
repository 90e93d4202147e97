"""What `docgen packs check` says of a pack: each mistake with its file, its place and what to do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.document import Document

from docgen.packs import load_pack, pack_ids
from docgen.packs.lint import open_pack, settings
from docgen.pipeline import pack_complaints
from docgen.render.lint import shape_of

PACK = "xinxiang"
FORM = load_pack(PACK).documents["project_form"]


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A pack of one's own that copies the templates of the project form."""
    folder = tmp_path / "mine"
    (folder / "documents").mkdir(parents=True)
    (folder / "pack.toml").write_text(f'id = "mine"\ntitle = "我县"\nextends = "{PACK}"\n', "utf-8")
    for name in FORM.templates:
        shutil.copy(load_pack(PACK).template(name), folder / name)
    return folder


def complaints(folder: Path) -> list[str]:
    return [str(complaint) for complaint in pack_complaints(str(folder))]


def edit(folder: Path, change: Callable[[Document], object]) -> None:
    path = folder / FORM.templates[0]
    document = docx.Document(str(path))
    change(document)
    document.save(str(path))


@pytest.mark.parametrize("pack", pack_ids())
def test_the_packs_that_come_along_have_nothing_wrong(pack: str) -> None:
    assert pack_complaints(pack) == []


def test_a_name_no_page_has_is_told_with_the_nearest(mine: Path) -> None:
    edit(mine, lambda document: document.add_paragraph("{{ 项目.名陈 }}"))
    told = complaints(mine)
    assert len(told) == 1
    assert "mine/documents/project-form.docx" in told[0]
    assert re.search(r"正文.*段", told[0])
    assert "{{ 项目.名陈 }}" in told[0]
    assert "是不是“名称”" in told[0]


def test_a_name_in_a_branch_not_taken_is_told_too(mine: Path) -> None:
    edit(mine, lambda document: document.add_paragraph("{% if 是草稿 %}{{ 项目.等第 }}{% endif %}"))
    assert any("没有“等第”这个名称" in line for line in complaints(mine))


def test_a_text_has_no_names_below_it(mine: Path) -> None:
    edit(mine, lambda document: document.add_paragraph("{% if 是草稿 %}{{ 年度.数字 }}{% endif %}"))
    assert any("没有“数字”这个名称" in line for line in complaints(mine))


def test_the_names_inside_the_lists_of_a_department_report_are_known(tmp_path: Path) -> None:
    parent = next(pack for pack in pack_ids() if "problems" in load_pack(pack).layout.used_sheets)
    report = next(each for each in load_pack(parent).documents.values() if each.per == "department")
    folder = tmp_path / "mine"
    (folder / "documents").mkdir(parents=True)
    (folder / "pack.toml").write_text(f'id = "mine"\ntitle = "我县"\nextends = "{parent}"\n', "utf-8")
    document = docx.Document()
    document.add_paragraph("{% for 问 in 问题 %}{{ 问.名称 }}{{ 问.办法 }}{% endfor %}")
    document.save(str(folder / next(name for name in report.templates if name.endswith("docx"))))
    assert any("没有“办法”这个名称" in line for line in complaints(folder))


def test_every_bad_tag_is_told_with_its_place(mine: Path) -> None:
    def spoil(document: Document) -> None:
        document.tables[0].rows[0].cells[0].paragraphs[0].add_run("{{ 项目.名称|upper }}")
        document.add_paragraph("{%p if 是草稿 %}")

    edit(mine, spoil)
    told = complaints(mine)
    assert any("第1行" in line.replace(" ", "") and "过滤器" in line for line in told)
    assert any("endif" in line for line in told)


def test_a_tag_in_a_workbook_template_is_told_with_its_cell(mine: Path) -> None:
    path = mine / FORM.templates[1]
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A1"] = "{{ 1 + 1 }}"
    book.save(path)
    assert any("A1" in line and "计算" in line for line in complaints(mine))


def test_a_list_in_the_place_of_a_text_is_told(mine: Path) -> None:
    edit(mine, lambda document: document.add_paragraph("{{ 项目.指标树 }}"))
    assert any("{{ 项目.指标树 }}" in line for line in complaints(mine))


def test_a_template_docxtpl_reads_too_is_held_against_it(mine: Path) -> None:
    plain = docx.Document()
    plain.add_paragraph("{%p for 段 in 项目.预期目标 %}")
    plain.add_paragraph("{{ 段 }}，{{ 年度 }}年度")
    plain.add_paragraph("{%p endfor %}")
    plain.save(str(mine / FORM.templates[0]))
    assert complaints(mine) == []


def test_a_template_that_is_missing_or_broken_is_told(mine: Path) -> None:
    (mine / FORM.templates[0]).write_bytes(b"not a document")
    with (mine / "pack.toml").open("a", encoding="utf-8") as file:
        file.write(
            '[documents.extra]\ntitle = "另表"\nper = "unit"\noutput = "另表"\ntemplates = ["no.docx"]\n'
        )
    told = complaints(mine)
    assert any("project-form.docx" in line for line in told)
    assert any("no.docx" in line and "没有这个模板文件" in line for line in told)


def test_an_output_name_with_an_unknown_field_is_told(mine: Path) -> None:
    with (mine / "pack.toml").open("a", encoding="utf-8") as file:
        file.write('[documents.project_form]\noutput = "{单位}/{项目名}"\n')
    assert any("{项目名}" in line and "documents.project_form.output" in line for line in complaints(mine))


def test_the_name_of_a_county_document_knows_the_year_only(mine: Path) -> None:
    with (mine / "pack.toml").open("a", encoding="utf-8") as file:
        file.write('[documents.extra]\ntitle = "全县"\nper = "county"\n')
        file.write('output = "{单位}"\ntemplates = ["documents/form.docx"]\n')
    assert complaints(mine) == [
        "mine/pack.toml [documents.extra.output]：文件名里不能用 {单位}；可用的有：年度"
    ]


def test_settings_name_the_file_each_value_came_from(mine: Path) -> None:
    found = {setting.key: setting for setting in settings(str(mine))}
    assert found["pack.title"].file == "mine/pack.toml"
    assert found["pack.title"].value == '"我县"'
    assert found["pack.documents.project_form.per"].file == f"{PACK}/pack.toml"
    assert found["norms.total_points.values.2020"].file == "_base/norms.toml"
    assert [setting for setting in found.values() if not setting.file] == []


def test_a_pack_is_opened_by_name_or_by_folder(mine: Path) -> None:
    assert open_pack(PACK).id == PACK
    assert open_pack(str(mine)).folders[0] == mine


def test_the_shape_of_contexts_is_all_their_names() -> None:
    shape = shape_of([{"甲": [{"乙": "x"}, {"丙": []}]}, {"丁": True}])
    assert set(shape) == {"甲", "丁"}
    assert set(shape["甲"]["[]"]) == {"乙", "丙"}
