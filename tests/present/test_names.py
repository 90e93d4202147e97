from __future__ import annotations

import pytest

from docgen.present.names import output_stem, safe, unused


@pytest.mark.parametrize(
    "name,printed",
    [
        ("补助<一>", "补助＜一＞"),
        ('a/b\\c:d*e?f|g"h', "a／b＼c：d＊e？f｜g＂h"),
        ("  两 \n 行  ", "两 行"),
        ("..", "空"),
        ("末尾有点. ", "末尾有点"),
        ("隐\u202e藏\x00\u200b", "隐藏"),
        ("“三支一扶”计划", "“三支一扶”计划"),
        ("", "空"),
    ],
)
def test_a_name_can_be_a_file_name_on_windows(name: str, printed: str) -> None:
    assert safe(name, "空") == printed


def test_a_long_name_is_cut_and_says_so() -> None:
    cut = safe("很" * 300, "空")
    assert (len(cut), cut[-1]) == (40, "…")


def test_no_part_of_a_path_is_too_long_for_a_file_system() -> None:
    stem = output_stem("{单位}/{项目}{项目}-表", {"单位": "甲" * 40, "项目": "乙" * 40})
    assert all(len(f"{part}（99）.docx".encode()) < 255 for part in stem.split("/"))


def test_devices_of_windows_are_no_names() -> None:
    assert output_stem("{单位}/CON/nul.x", {"单位": "Com1"}) == "_Com1/_CON/_nul.x"


def test_a_pattern_may_only_name_what_there_is() -> None:
    with pytest.raises(KeyError, match="项目"):
        output_stem("{单位}/{项目}", {"单位": "甲"})


def test_a_field_is_never_a_folder() -> None:
    assert output_stem("{单位}/表", {"单位": safe("../../etc", "空")}) == "／..／etc/表"


def test_names_that_differ_only_by_case_are_numbered() -> None:
    taken: set[str] = set()
    names = [unused(stem, ".docx", taken) for stem in ("表A", "表a", "表A")]
    assert names == ["表A.docx", "表a（2）.docx", "表A（3）.docx"]
    assert unused("表A", ".xlsx", taken) == "表A.xlsx"
