"""Function and economic codes: dated data of a pack, read only where a layout asks for codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.errors import PackError
from docgen.packs import Classification, load_pack, pack_ids
from docgen.packs.classification import parents
from tests.packs.test_read import base, write

COUNTY = 'id = "county"\ntitle = "县"\nextends = "_base"\n'
CODE = '[sheets.units.columns.code]\nlabel = "科目代码"\ntype = "code"\n'
CODES = (
    'source = "科目"\nchecked = "2026-01-01"\n[functions]\n"{code}" = "{name}"\n[economics]\n"301" = "工资"\n'
)


def county(root: Path, years: dict[int, str], layout: str = CODE) -> None:
    """A county whose layout asks for codes; ``years`` are its classification files."""
    base(root)
    write(root, "county", pack=COUNTY, layout=layout)
    folder = root / "_base" / "classification"
    folder.mkdir()
    for year, text in years.items():
        (folder / f"{year}.toml").write_text(text, encoding="utf-8")


def test_the_classification_in_force_is_the_newest_not_later_than_the_year(tmp_path: Path) -> None:
    years = {year: CODES.format(code="208", name=f"{year}年的名称") for year in (2022, 2024)}
    county(tmp_path, years)
    pack = load_pack("county", tmp_path)
    assert [pack.classification_at(year).functions["208"] for year in (2022, 2023, 2024, 2030)] == [
        "2022年的名称",
        "2022年的名称",
        "2024年的名称",
        "2024年的名称",
    ]


def test_before_the_first_year_no_code_is_known(tmp_path: Path) -> None:
    county(tmp_path, {2024: CODES.format(code="208", name="甲")})
    pack = load_pack("county", tmp_path)
    assert pack.classification_at(2020) == Classification()
    assert pack.classification_at(2020).is_empty
    assert not pack.classification_at(2024).is_empty


def test_a_county_may_bring_its_own_codes_for_a_year(tmp_path: Path) -> None:
    county(tmp_path, {2024: CODES.format(code="208", name="甲")})
    folder = tmp_path / "county" / "classification"
    folder.mkdir()
    (folder / "2024.toml").write_text(CODES.format(code="208", name="乙"), encoding="utf-8")
    pack = load_pack("county", tmp_path)
    assert pack.classification_at(2024).functions == {"208": "乙"}
    assert pack.origin["classification.2024"] == "county/classification/2024.toml"


def test_a_layout_without_codes_reads_none(tmp_path: Path) -> None:
    county(tmp_path, {2024: "不是 TOML"}, layout="")
    assert load_pack("county", tmp_path).classifications == {}


@pytest.mark.parametrize(
    "text, told",
    [
        ("不是 TOML", "不是合法的 TOML"),
        ('functons = "x"\n', "是不是 functions"),
        ("functions = 3\n", "应为表"),
    ],
)
def test_a_bad_file_is_a_complaint_about_it(tmp_path: Path, text: str, told: str) -> None:
    county(tmp_path, {2024: text})
    with pytest.raises(PackError) as caught:
        load_pack("county", tmp_path)
    (complaint,) = caught.value.complaints
    assert complaint.file == "_base/classification/2024.toml"
    assert told in complaint.message


@pytest.mark.parametrize(
    "code, above", [("208", ()), ("20801", ("208",)), ("2080101", ("208", "20801")), ("30101", ("301",))]
)
def test_the_codes_above_a_code(code: str, above: tuple[str, ...]) -> None:
    assert parents(code) == above


@pytest.mark.parametrize("pack", pack_ids())
def test_every_shipped_code_stands_below_its_parents_and_says_where_it_is_from(pack: str) -> None:
    for classification in load_pack(pack).classifications.values():
        assert classification.source
        assert classification.checked
        for codes in (classification.functions, classification.economics):
            assert all(above in codes for code in codes for above in parents(code))
            assert list(codes) == sorted(codes)
            assert all(name == name.strip() != "" for name in codes.values())
        known = {*classification.functions, *classification.economics}
        assert set(classification.compared) <= known
        assert len(set(classification.compared)) == len(classification.compared)
