from __future__ import annotations

from dataclasses import replace
from typing import Any

from docgen.packs import Pack, Section
from tests.present.report_words import everything, report_words

METHODS = {
    "method1": Section(
        "因素法", "department", text="分析内外部因素。", group="评价方法", heading="因素分析法"
    ),
    "method2": Section("比较法", "department", text="与上年比较\n与目标比较", group="评价方法"),
    "method3": Section("访谈法", "department", text="座谈。", group="评价方法"),
}


def with_sections(**sections: Section) -> Pack:
    pack = everything()
    every = {**pack.layout.sections, **sections}
    return replace(pack, layout=replace(pack.layout, sections=every))


def words(pack: Pack, *rows: str) -> Any:  # noqa: ANN401 - a tree of words
    return report_words({"文字+": "\n".join(rows)} if rows else {}, pack=pack)


def test_the_packs_own_words_name_year_and_department() -> None:
    section = Section("说明", "department", text="{部门}（{简称}）{年度}年比{上年}年有进步。")
    assert words(with_sections(note=section))["文字"]["说明"] == [
        "东山县人社局（县人社局）2021年比2020年有进步。"
    ]


def test_without_a_year_the_slots_stay_empty() -> None:
    section = Section("说明", "department", text="{年度}{上年}年度")
    made = report_words({"单位信息!B3": ""}, pack=with_sections(note=section))
    assert made["文字"]["说明"] == ["年度。"]


def test_the_clerks_words_replace_the_packs_and_are_left_as_they_are() -> None:
    pack = with_sections(note=Section("说明", "department", text="套话。"))
    assert words(pack, "部门整体 | 说明 | {部门}自己写的")["文字"]["说明"] == ["{部门}自己写的。"]


def test_a_section_can_be_switched_off_by_the_clerk_or_the_pack() -> None:
    pack = with_sections(
        note=Section("说明", "department", text="套话。"), off=Section("附注", "department", text="（不印）")
    )
    made = words(pack, "部门整体 | 说明 | （不印）")["文字"]
    assert (made["说明"], made["附注"]) == ([], [])
    assert words(pack, "部门整体 | 说明 | (不印)")["文字"]["说明"] == []
    assert words(pack, "部门整体 | 说明 | 本节（不印）")["文字"]["说明"] == ["本节（不印）。"]


def test_sections_of_a_group_are_numbered_over_those_that_are_on() -> None:
    made = words(with_sections(**METHODS), "部门整体 | 因素法 | （不印）")
    assert made["文字组"]["评价方法"] == [
        {
            "序号": "1",
            "中文序号": "一",
            "圈号": "①",
            "标题": "比较法",
            "段落": ["与上年比较。", "与目标比较。"],
            "首段": "与上年比较。",
            "余段": ["与目标比较。"],
        },
        {
            "序号": "2",
            "中文序号": "二",
            "圈号": "②",
            "标题": "访谈法",
            "段落": ["座谈。"],
            "首段": "座谈。",
            "余段": [],
        },
    ]
    assert made["文字号"]["访谈法"] == {"序号": "2", "中文序号": "二", "圈号": "②", "标题": "访谈法"}
    assert set(made["文字号"]["因素法"].values()) == {""}


def test_a_heading_stands_before_the_title_and_a_group_that_is_off_is_empty() -> None:
    on = words(with_sections(**METHODS))
    assert on["文字组"]["评价方法"][0]["标题"] == "因素分析法"
    off = words(with_sections(**METHODS), *(f"部门整体 | {name} | （不印）" for name in on["文字号"]))
    assert off["文字组"]["评价方法"] == []
