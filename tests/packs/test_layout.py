"""What of a layout is switched on."""

from __future__ import annotations

from dataclasses import replace

from docgen.packs.layout import Column, Layout, Section, Sheet

LAYOUT = Layout(
    sheets={
        "units": Sheet("单位", columns={"name": Column("单位名称"), "kind": Column("性质", enabled=False)}),
        "projects": Sheet("项目", enabled=False),
    },
    project_levels={},
    overall_levels={},
    sections={
        "duties": Section("职责"),
        "results": Section("成效", per="project"),
        "plans": Section("打算", enabled=False),
    },
)


def test_what_is_switched_off_is_left_out() -> None:
    assert list(LAYOUT.used_sheets) == ["units"]
    assert list(LAYOUT.sheets["units"].used_columns) == ["name"]
    assert list(LAYOUT.sections_of("unit")) == ["duties"]
    assert list(LAYOUT.sections_of("project")) == ["results"]
    assert LAYOUT.sections_of("department") == {}


def test_a_changed_layout_is_asked_anew() -> None:
    assert list(LAYOUT.used_sheets) == ["units"]
    sheets = {name: replace(sheet, enabled=True) for name, sheet in LAYOUT.sheets.items()}
    assert list(replace(LAYOUT, sheets=sheets).used_sheets) == ["units", "projects"]
    assert replace(LAYOUT, sheets=dict(LAYOUT.sheets)) == LAYOUT
