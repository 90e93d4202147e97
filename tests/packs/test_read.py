"""Reading packs: inheritance by name, strictness, dated norms."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from docgen.errors import PackError
from docgen.packs import default_pack, home, load_pack, norms_at, pack_ids
from docgen.packs.read import titles_of

if TYPE_CHECKING:
    from pathlib import Path

NORMS = """
[total_points]
unit = "分"
source = "办法"
checked = "2026-01-01"
values = { 2020 = 100, 2024 = 120 }
"""


def write(root: Path, pack_id: str, **parts: str) -> None:
    """Write the parts of a pack below ``root``."""
    folder = root / pack_id
    folder.mkdir(parents=True)
    for part, text in parts.items():
        (folder / f"{part}.toml").write_text(text, encoding="utf-8")


def base(root: Path) -> None:
    """The least base pack."""
    write(
        root,
        "_base",
        pack='id = "_base"\ntitle = "底子"\n[documents]\n',
        layout='[project_levels]\n[overall_levels]\n[sections]\n[sheets.units]\ntitle = "单位"\n'
        '[sheets.units.columns.name]\nlabel = "单位名称"\nwidth = 30\n',
        norms=NORMS,
    )


def complaints(root: Path, pack: str) -> list[str]:
    """Every complaint about a pack as one line."""
    with pytest.raises(PackError) as caught:
        load_pack(pack, root)
    return [str(complaint) for complaint in caught.value.complaints]


@pytest.mark.parametrize("pack", pack_ids())
def test_every_shipped_pack_loads_and_has_norms(pack: str) -> None:
    assert norms_at(load_pack(pack), 2021).total_points == Decimal(100)
    assert load_pack(pack).id == pack


def test_a_pack_changes_only_what_it_names(tmp_path: Path) -> None:
    base(tmp_path)
    write(
        tmp_path,
        "county",
        pack='id = "county"\ntitle = "县"\nextends = "_base"\n',
        layout='[sheets.units.columns.name]\nlabel = "填报单位"\n',
    )
    pack = load_pack("county", tmp_path)
    column = pack.layout.sheets["units"].columns["name"]
    assert (column.label, column.width) == ("填报单位", 30)
    assert pack.origin["layout.sheets.units.columns.name.label"] == "county/layout.toml"
    assert pack.origin["layout.sheets.units.columns.name.width"] == "_base/layout.toml"


def test_an_empty_pack_is_told_what_it_lacks_in_its_own_file(tmp_path: Path) -> None:
    write(tmp_path, "county", pack="")
    told = complaints(tmp_path, "county")
    assert "county/pack.toml [pack.id]：缺少这一项" in told


def test_an_unknown_key_is_named_with_its_file_and_the_nearest_known_one(tmp_path: Path) -> None:
    base(tmp_path)
    write(
        tmp_path,
        "county",
        pack='id = "county"\ntitle = "县"\nextends = "_base"\n',
        layout='[sheets.units.columns.name]\nlable = "填报单位"\nwidth = "宽"\n',
    )
    found = complaints(tmp_path, "county")
    assert any("county/layout.toml" in line and "lable" in line and "label" in line for line in found)
    assert any("width" in line and "整数" in line for line in found)


def test_what_no_file_says_is_missing_from_the_packs_own_file(tmp_path: Path) -> None:
    write(tmp_path, "alone", pack='id = "alone"\n[documents]\n')
    assert any(line.startswith("alone/pack.toml [pack.title]") for line in complaints(tmp_path, "alone"))


def test_switching_off_needs_a_reason(tmp_path: Path) -> None:
    base(tmp_path)
    write(
        tmp_path,
        "county",
        pack='id = "county"\ntitle = "县"\nextends = "_base"\n',
        layout="[sheets.units]\nenabled = false\n",
    )
    assert any("reason" in line for line in complaints(tmp_path, "county"))


def test_a_circle_of_packs_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "a", pack='id = "a"\ntitle = "甲"\nextends = "b"\n[documents]\n')
    write(tmp_path, "b", pack='id = "b"\ntitle = "乙"\nextends = "a"\n[documents]\n')
    assert any("成环" in line for line in complaints(tmp_path, "a"))


@pytest.mark.parametrize(
    "pack, words",
    [
        ('id = "x"\ntitle = "县"\nextends = "nothing"\n[documents]\n', "没有模板包 nothing"),
        ('id = "x"\ntitle = \n', "不是合法的 TOML"),
        ('id = "x"\ntitle = "县"\ndocgen = "99.0"\nextends = "_base"\n', "需要 docgen 99.0"),
        ('id = "x"\nextends = "_base"\ntitle = 3\n', "应为文字"),
    ],
)
def test_a_broken_pack_file_is_one_clear_sentence(tmp_path: Path, pack: str, words: str) -> None:
    base(tmp_path)
    write(tmp_path, "x", pack=pack)
    assert any(words in line for line in complaints(tmp_path, "x"))


def test_an_unknown_pack_suggests_the_nearest(tmp_path: Path) -> None:
    base(tmp_path)
    write(tmp_path, "county", pack='id = "county"\ntitle = "县"\nextends = "_base"\n')
    assert "是不是 county" in complaints(tmp_path, "countty")[0]


def test_an_unknown_pack_far_from_any_lists_them(tmp_path: Path) -> None:
    base(tmp_path)
    write(tmp_path, "county", pack='id = "county"\ntitle = "县"\nextends = "_base"\n')
    assert "现有：county" in complaints(tmp_path, "zzz")[0]


def test_the_norm_of_the_year_is_taken_and_earlier_years_refused() -> None:
    pack = load_pack(pack_ids()[0])
    norm = pack.norm_book.norms["total_points"]
    assert norm.at(2023) == norm.values[2020]
    with pytest.raises(PackError) as caught:
        norms_at(pack, 1999)
    assert "1999 年度没有有效的数值" in str(caught.value)


def test_a_later_value_takes_over_from_its_year(tmp_path: Path) -> None:
    base(tmp_path)
    write(tmp_path, "county", pack='id = "county"\ntitle = "县"\nextends = "_base"\n')
    norm = load_pack("county", tmp_path).norm_book.norms["total_points"]
    assert [norm.at(year) for year in (2020, 2023, 2024, 2030)] == [100, 100, 120, 120]


def test_a_norm_that_is_missing_is_named(tmp_path: Path) -> None:
    base(tmp_path)
    write(tmp_path, "county", pack='id = "county"\ntitle = "县"\nextends = "_base"\n')
    with pytest.raises(PackError) as caught:
        norms_at(load_pack("county", tmp_path), 2021)
    assert any(c.key == "norms.execution_points" for c in caught.value.complaints)


def test_a_template_is_looked_up_along_the_ancestry(tmp_path: Path) -> None:
    base(tmp_path)
    write(tmp_path, "county", pack='id = "county"\ntitle = "县"\nextends = "_base"\n')
    (tmp_path / "_base" / "form.docx").write_bytes(b"base")
    pack = load_pack("county", tmp_path)
    assert pack.template("form.docx") == tmp_path / "_base" / "form.docx"
    (tmp_path / "county" / "form.docx").write_bytes(b"own")
    assert pack.template("form.docx") == tmp_path / "county" / "form.docx"
    assert pack.template("missing.docx") == tmp_path / "county" / "missing.docx"


def test_the_home_of_packs_holds_the_base() -> None:
    assert (home() / "_base" / "pack.toml").is_file()


def test_a_table_that_names_every_entry_also_gives_their_order(tmp_path: Path) -> None:
    base(tmp_path)
    layouts = {
        "parent": '"产出" = ["数量"]\n"效益" = ["经济"]\n',
        "all": '"效益" = ["社会"]\n"产出" = ["质量"]\n',
        "some": '"效益" = ["社会"]\n',
    }
    for name, levels in layouts.items():
        above = "_base" if name == "parent" else "parent"
        head = f'id = "{name}"\ntitle = "县"\nextends = "{above}"\n'
        write(tmp_path, name, pack=head, layout=f"[project_levels]\n{levels}")
    assert list(load_pack("all", tmp_path).layout.project_levels) == ["效益", "产出"]
    assert list(load_pack("some", tmp_path).layout.project_levels) == ["产出", "效益"]


def test_one_pack_says_that_it_is_the_default_for_itself_alone(tmp_path: Path) -> None:
    base(tmp_path)
    assert default_pack(tmp_path) == ""
    write(tmp_path, "nation", pack='id = "nation"\ntitle = "国"\nextends = "_base"\ndefault = true\n')
    write(tmp_path, "county", pack='id = "county"\ntitle = "县"\nextends = "nation"\n')
    assert default_pack(tmp_path) == "nation"
    assert load_pack("county", tmp_path).title == "县"


def test_the_packs_that_come_along_have_a_default() -> None:
    assert default_pack() in pack_ids()


@pytest.mark.parametrize("pack_id", pack_ids())
def test_the_titles_of_a_sheet_are_known_without_building_the_pack(pack_id: str) -> None:
    sheet = load_pack(pack_id).layout.sheets["department"]
    assert titles_of(pack_id, "department") == (sheet.title, *sheet.aliases)
    assert titles_of(pack_id, "no_such_sheet") == ()
