"""校验报告.html as a browser gets it."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from docgen.cli import app
from docgen.finding import Finding, Place, Related, Severity
from docgen.pipeline import Examined, examine, run
from docgen.present.findings_words import findings_view
from docgen.render.findings_page import findings_page

ROOT = Path(__file__).parent.parent
PUBLISHED = ROOT / "inputs" / "xinxiang-2021-as-published.xlsx"
CORRECTED = ROOT / "inputs" / "xinxiang-2021.xlsx"
MINIMAL = ROOT / "templates" / "xinxiang" / "sample" / "minimal.xlsx"
VOID = {"meta", "rect", "line", "br"}


class Reader(HTMLParser):
    """Tags in order, whether they nest, ids, links, and the text a reader sees."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text += data

    def values(self, name: str) -> list[str]:
        return [value for _, attrs in self.tags if (value := attrs.get(name)) is not None]


@cache
def examined(path: Path) -> Examined:
    return examine(path)


def page_of(path: Path, findings: tuple[Finding, ...] | None = None) -> str:
    case = examined(path)
    told = case.findings if findings is None else findings
    return findings_page([findings_view(case.case, told)]).decode()


def test_it_needs_nothing_from_outside_and_runs_nothing() -> None:
    page, reader = page_of(PUBLISHED), Reader(page_of(PUBLISHED))
    assert reader.open == []
    assert {tag for tag, _ in reader.tags} & {"script", "link", "img", "iframe", "object", "form"} == set()
    assert [link for link in reader.values("href") if not link.startswith("#")] == []
    assert re.findall(r"https?:|@import|url\(|\bon\w+=", page) == []
    assert "default-src 'none'" in page


def test_it_fits_a_phone_and_the_dark() -> None:
    page = page_of(PUBLISHED)
    assert "width=device-width" in page
    assert "prefers-color-scheme:dark" in page


def test_every_finding_stands_there_with_what_to_do() -> None:
    text = Reader(page_of(PUBLISHED)).text
    findings = examined(PUBLISHED).findings
    assert [f.message for f in findings if f.message not in text] == []
    assert [f.fix for f in findings if f.fix not in text] == []
    assert "还有问题待处理" in text


def test_every_rule_that_spoke_has_its_text_and_every_link_a_target() -> None:
    reader = Reader(page_of(PUBLISHED))
    ids = reader.values("id")
    assert len(set(ids)) == len(ids)
    assert {finding.code for finding in examined(PUBLISHED).findings} <= set(ids)
    assert [link for link in reader.values("href") if link[1:] not in ids] == []


def test_execution_rates_and_scores_are_bars() -> None:
    reader = Reader(page_of(CORRECTED))
    labels = reader.values("aria-label")
    assert "执行率 71.4%" in labels
    assert len([label for label in labels if label.startswith("自评总分")]) == 11
    low = [attrs["width"] for tag, attrs in reader.tags if tag == "rect" and attrs["class"] == "fill low"]
    assert low == ["71.4", "7.58", "79.4"]


def test_an_explained_finding_shows_its_reason_and_a_clean_workbook_is_final() -> None:
    reader = Reader(page_of(CORRECTED))
    reasons = [f.explained for f in examined(CORRECTED).findings if f.explained]
    assert [reason for reason in reasons if reason not in reader.text] == []
    assert "文件为定稿" in reader.text
    assert "没有发现问题" in Reader(page_of(MINIMAL, ())).text


def test_what_a_clerk_typed_is_text_and_no_markup() -> None:
    place = Place("甲.xlsx", "<b>表</b>", "A1", "<i>")
    odd = Finding(
        "B201", Severity.ERROR, place, "<script>1</script>", "\ud800&", "'\"", "", (Related(place, "<u>"),)
    )
    reader = Reader(page_of(MINIMAL, (odd,)))
    assert "<script>1</script>" in reader.text
    assert {"script", "b", "i", "u"} & {tag for tag, _ in reader.tags} <= {"b"}


def test_the_same_findings_give_the_same_bytes() -> None:
    assert page_of(PUBLISHED) == page_of(PUBLISHED)


def test_a_run_leaves_it_beside_the_documents(tmp_path: Path) -> None:
    done = run(MINIMAL, out=tmp_path, measure_pages=False)
    page = (done.stored.folder / "校验报告.html").read_text("utf-8")
    assert Reader(page).text.count("校验报告") >= 1


def invoked(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["check", *arguments])
    return result.exit_code, result.output


def test_the_command_writes_one_page_about_all_workbooks(tmp_path: Path) -> None:
    page = tmp_path / "报告.html"
    assert invoked(str(MINIMAL), str(CORRECTED), "--html", str(page))[0] == 0
    text = Reader(page.read_text("utf-8")).text
    assert MINIMAL.name in text
    assert CORRECTED.name in text
    assert invoked(str(MINIMAL), "--html", str(page))[0] == 0
    assert CORRECTED.name not in page.read_text("utf-8")


def test_the_command_overwrites_nothing_that_is_not_its_own(tmp_path: Path) -> None:
    theirs = tmp_path / "我的.html"
    theirs.write_text("<p>我写的</p>", encoding="utf-8")
    status, output = invoked(str(MINIMAL), "--html", str(theirs))
    assert (status, theirs.read_text("utf-8")) == (2, "<p>我写的</p>")
    assert "没有覆盖" in output


@pytest.mark.parametrize("name, told", [("报告.xlsx", "后缀应是 .html"), ("没有/报告.html", "不能写入")])
def test_a_place_it_cannot_be_written_to_is_one_sentence(tmp_path: Path, name: str, told: str) -> None:
    status, output = invoked(str(MINIMAL), "--html", str(tmp_path / name))
    assert told in output
    assert status in {2, 3}
