from __future__ import annotations

from dataclasses import replace
from typing import Any

from docgen.packs import Column, Pack, load_pack
from docgen.present import present
from tests.filing_tables import examined

ADDED = {
    "projects": {"document": Column("批复文号"), "granted": Column("批复金额", "money")},
    "indicators": {"share": Column("权重", "ratio"), "collector": Column("数据来源")},
}


def county() -> Pack:
    """A county that added columns of its own to two sheets."""
    pack = load_pack("xinxiang")
    sheets = {
        key: replace(sheet, columns={**sheet.columns, **ADDED.get(key, {})})
        for key, sheet in pack.layout.sheets.items()
    }
    options = replace(pack.options, placeholder_rows=3)
    return replace(pack, layout=replace(pack.layout, sheets=sheets), options=options)


def first_project(**cells: str) -> Any:  # noqa: ANN401 - a tree of words
    heads = {"项目!M1": "批复文号", "项目!N1": "批复金额", "绩效指标!K1": "权重", "绩效指标!L1": "数据来源"}
    case = examined(
        {**heads, **{key.replace("_", "!"): value for key, value in cells.items()}}, pack=county()
    )
    return present(case.case)[0].context["项目"]


def test_columns_that_a_county_added_are_printed_by_their_labels() -> None:
    words = first_project(项目_M2="东财〔2021〕5号", 项目_N2="12.5")
    assert words["资料"] == {"批复文号": "东财〔2021〕5号", "批复金额": "12.5"}
    assert words["资料"]["批复金额"].figure.value == 125000


def test_an_indicator_has_them_too_and_a_placeholder_keeps_them_blank() -> None:
    rows = first_project(绩效指标_K2="20%", 绩效指标_L2="台账")["指标树"][0]["二级"][0]["三级"]
    assert rows[0]["资料"] == {"权重": "20%", "数据来源": "台账"}
    assert rows[1]["资料"] == {"权重": "", "数据来源": ""}


def test_a_form_without_such_columns_has_no_particulars() -> None:
    words: Any = present(examined().case)[0].context["项目"]
    assert words["资料"] == {}
