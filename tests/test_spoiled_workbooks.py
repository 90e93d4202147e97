"""Ways a clerk spoils a workbook: a run ends in documents or findings, never in a traceback or in silence.

What only looks different changes no figure; what cannot be understood is a finding at its cell.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook

from docgen.errors import DocgenError
from docgen.pipeline import Examined, examine, run

SAMPLE = Path(__file__).parent.parent / "inputs/xinxiang-2021.xlsx"
INPUT_SHEETS = (
    "单位信息",
    "单位",
    "项目",
    "项目资金",
    "绩效指标",
    "整体目标与任务",
    "整体指标",
    "收支",
    "三公经费",
    "文字",
)
Spoil = Callable[[Workbook], object]


@cache
def sample() -> bytes:
    """The sample as openpyxl saves it: without the cached values of computed columns."""
    stream = io.BytesIO()
    openpyxl.load_workbook(SAMPLE).save(stream)
    return stream.getvalue()


def spoiled(folder: Path, *spoils: Spoil) -> Path:
    book = openpyxl.load_workbook(io.BytesIO(sample()))
    for spoil in spoils:
        spoil(book)
    path = folder / "填报.xlsx"
    book.save(path)
    return path


def put(sheet: str, cell: str, value: object) -> Spoil:
    """Type something over a cell; a text stays a text, even one that starts with ``=``."""

    def spoil(book: Workbook) -> None:
        target = book[sheet][cell]
        assert isinstance(target, Cell)
        target.value = value  # type: ignore[assignment]
        if isinstance(value, str) and not value.startswith(("=", "#")):
            target.data_type = "s"

    return spoil


def figures(examined: Examined) -> dict[str, Decimal | None]:
    """The totals and scores that documents print."""
    found = examined.case.figures
    totals = {
        f"{project.project.name.value} {name}": getattr(project.total, name).value
        for project in found.projects
        for name in ("annual_budget", "annual_spending", "execution_rate")
    }
    scores = {f"{project.project.name.value} 总分": project.total_score.value for project in found.projects}
    return totals | scores | {"整体总分": found.overall.total_score.value}


HARMLESS: dict[str, Spoil] = {
    "untouched": lambda book: book,
    "full-width digits": put("项目资金", "E3", "１６．０６"),
    "text number": put("项目资金", "E3", "16.06"),
    "stray spaces": put("项目资金", "E3", " 16.06　"),
    "thousands separator": put("收支", "C2", "1,693.24"),
    "unit written": put("项目资金", "E3", "16.06万元"),
    "other unit written": put("项目资金", "E3", "160600元"),
    "spaces round a name": put("项目资金", "A3", "　建档立卡优秀务工人员奖补 "),
    "year in words": put("单位信息", "B3", "2021年"),
    "hidden row": lambda book: book["项目资金"].row_dimensions.__getitem__(3).__setattr__("hidden", True),
    "blank rows between": lambda book: book["项目资金"].insert_rows(5, 3),
    "a sheet of one's own": lambda book: book.create_sheet("我的草稿").append(["随手记", 1, 2]),
    "a column of one's own": put("绩效指标", "K1", "备注"),
    "space in a heading": put("项目资金", "E1", "全年 执行数"),
    "space in a sheet name": lambda book: setattr(book["项目资金"], "title", "项目资金 "),
    "comparison in ASCII": put("绩效指标", "E2", "47 人"),
}

NOTICED: dict[str, tuple[Spoil, str]] = {
    "words in a number cell": (put("项目资金", "E3", "约十六万"), "项目资金!E3"),
    "error value": (put("项目资金", "E3", "#REF!"), "项目资金!E3"),
    "formula never computed": (put("项目资金", "E3", "=D3*1"), "项目资金!E3"),
    "number beyond belief": (put("收支", "E2", 1.07e26), "收支!E2"),
    "required amount cleared": (put("项目资金", "E3", None), "项目资金!E3"),
    "negative amount": (put("项目资金", "E3", -16.06), "项目资金!E3"),
    "spending over budget": (put("项目资金", "E3", 1606), "项目资金!E3"),
    "budget of nothing": (put("项目资金", "D3", 0), "项目资金!D3"),
    "unknown project": (put("项目资金", "A3", "建档立卡务工奖"), "项目资金!A3"),
    "unknown project of an indicator": (put("绩效指标", "A3", "建档立卡务工奖"), "绩效指标!A3"),
    "unit named twice": (put("单位", "A3", "新乡县人力资源和社会保障局"), "单位!A3"),
    "text that looks like a formula": (put("绩效指标", "G3", "=十分"), "绩效指标!G3"),
    "unknown source": (put("项目资金", "B3", "财政的钱"), "项目资金!B3"),
    "weights that do not add up": (put("绩效指标", "G2", 40), "绩效指标"),
    "score above its points": (put("绩效指标", "H2", 99), "绩效指标!H2"),
    "project named twice": (put("项目", "A3", "建档立卡优秀务工人员奖补"), "项目!A3"),
    "unit that is not there": (put("项目", "B2", "某某中心"), "项目!B2"),
    "year missing": (put("单位信息", "B3", None), "单位信息!B3"),
    "amounts without a unit": (put("单位信息", "B5", None), "单位信息!B5"),
    "sheet renamed": (lambda book: setattr(book["项目资金"], "title", "钱"), "钱 缺少表“项目资金”"),
    "sheet deleted": (lambda book: book.remove(book["绩效指标"]), "缺少表“绩效指标”"),
    "column heading gone": (put("项目资金", "E1", "花了多少"), "项目资金"),
    "sheet emptied": (lambda book: book["项目"].delete_rows(2, 50), "项目"),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_looks_different_changes_no_figure(name: str, tmp_path: Path) -> None:
    examined = examine(spoiled(tmp_path, HARMLESS[name]))
    assert figures(examined) == figures(examine(SAMPLE))
    assert [str(finding.place) + finding.message for finding in examined.findings if finding.is_open] == []


@pytest.mark.parametrize("name", NOTICED)
def test_what_cannot_be_right_is_an_open_finding_at_its_place(name: str, tmp_path: Path) -> None:
    spoil, place = NOTICED[name]
    examined = examine(spoiled(tmp_path, spoil))
    open_findings = [finding for finding in examined.findings if finding.is_open]
    said = [f"{each.place} {each.message}" for each in open_findings]
    said += [f"{related.place}" for each in open_findings for related in each.related]
    assert any(place in line for line in said), said


@pytest.mark.parametrize("name", NOTICED)
def test_whatever_was_spoiled_the_run_still_makes_drafts(name: str, tmp_path: Path) -> None:
    done = run(spoiled(tmp_path, NOTICED[name][0]), out=tmp_path / "out", measure_pages=False)
    assert not done.is_final
    assert done.stored.made


JUNK = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
    st.sampled_from(
        [
            "=1+1",
            "#REF!",
            "#DIV/0!",
            "<w:p>&amp;",
            "≥",
            "%",
            "2021-13-45",
            "－",
            "（示例）",
            "1e999",
            "字" * 3000,
        ]
    ),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**15), 10**15),
    st.booleans(),
)
TYPED_OVER = st.tuples(st.sampled_from(INPUT_SHEETS), st.sampled_from("ABCDEFGHIJ"), st.integers(1, 14), JUNK)


def test_a_date_beyond_belief_is_a_finding_at_its_cell(tmp_path: Path) -> None:
    findings = examine(spoiled(tmp_path, put("单位信息", "B4", -1e30))).findings
    assert "V103 单位信息!B4" in [f"{finding.code} {finding.place}" for finding in findings]


def outcome(attempt: Callable[[], object]) -> object:
    """What the attempt gives, or the one sentence it ends in; any other exception is a failure."""
    try:
        return attempt()
    except DocgenError as error:
        return str(error)


@settings(max_examples=30)
@given(changes=st.lists(TYPED_OVER, min_size=1, max_size=12))
def test_junk_anywhere_ends_in_documents_or_one_sentence(
    changes: list[tuple[str, str, int, object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("junk")
    path = spoiled(folder, *(put(sheet, f"{column}{row}", value) for sheet, column, row, value in changes))
    assert outcome(lambda: run(path, out=folder / "out", measure_pages=False).stored.made)


@settings(max_examples=30)
@given(data=st.data())
def test_a_damaged_file_ends_in_one_sentence_or_is_read(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = bytearray(sample())
    for _ in range(data.draw(st.integers(0, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    kept = data.draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))
    path = tmp_path_factory.mktemp("damaged") / "填报.xlsx"
    path.write_bytes(content[:kept])
    assert outcome(lambda: examine(path).case)
