"""PDFs of documents: batches, time limits, a second try, the same bytes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from docgen.render import office
from docgen.render import pdf as module
from docgen.render.office import OfficeError, convert_to_pdf, find_soffice
from docgen.render.pdf import pages_in, pdfs_of, sources_in, timeless
from tests.real_office import needs_soffice

ROOT = Path(__file__).parents[2]
# stands for LibreOffice: what it is told to do with a document stands in the document
STAND_IN = r"""#!/bin/sh
while [ $# -gt 0 ]; do
  case "$1" in
    --outdir) shift; out="$1" ;;
    *.docx)
      echo "$(cat "$1")" >> "@calls@"
      case "$(cat "$1")" in
        slow) sleep 300 & echo $! >> "@children@"; wait ;;
        once) [ -e "@once@" ] || { touch "@once@"; exit 1; } ;;
        never) exit 1 ;;
        half) printf '%%PDF-1.6 half' > "$out/$(basename "$1" .docx).pdf"; shift; continue ;;
      esac
      printf '%%PDF-1.6 %s\n%%%%EOF\n' "$(cat "$1")" > "$out/$(basename "$1" .docx).pdf" ;;
  esac
  shift
done
"""


@pytest.fixture
def stand_in(tmp_path: Path) -> str:
    """A program that behaves like LibreOffice on a bad day."""
    path, text = tmp_path / "soffice", STAND_IN
    for name in ("calls", "children", "once"):
        text = text.replace(f"@{name}@", str(tmp_path / name))
    path.write_text(text)
    path.chmod(0o755)
    return str(path)


def calls(folder: Path) -> list[str]:
    return (folder / "calls").read_text().splitlines()


def test_of_two_formats_one_is_laid_out() -> None:
    names = ["a/表.xlsx", "a/表.docx", "b/表.xlsx", "报告.docx", "run.json", "c.docx", "c.xlsx"]
    assert sources_in(names) == ["a/表.docx", "b/表.xlsx", "报告.docx", "c.docx"]


def test_a_failed_document_is_tried_once_more(tmp_path: Path, stand_in: str) -> None:
    done = pdfs_of({"甲.docx": b"fine", "乙.docx": b"once"}, soffice=stand_in)
    assert (list(done.made), done.failed) == (["甲.docx", "乙.docx"], ())
    assert calls(tmp_path).count("once") == 2


def test_a_document_that_never_succeeds_takes_none_with_it(tmp_path: Path, stand_in: str) -> None:
    documents = {"坏.docx": b"never", "甲.docx": b"one", "乙.docx": b"two"}
    done = pdfs_of(documents, soffice=stand_in)
    assert (set(done.made), done.failed) == ({"甲.docx", "乙.docx"}, ("坏.docx",))
    assert calls(tmp_path).count("never") == 2


def test_half_a_pdf_is_none(stand_in: str) -> None:
    assert pdfs_of({"甲.docx": b"half"}, soffice=stand_in).failed == ("甲.docx",)


def test_a_call_past_its_time_limit_is_ended_with_all_it_started(tmp_path: Path, stand_in: str) -> None:
    start = time.monotonic()
    done = pdfs_of({"慢.docx": b"slow", "甲.docx": b"one"}, soffice=stand_in, most_seconds=1.0)
    assert time.monotonic() - start < 20
    assert (set(done.made), done.failed) == ({"甲.docx"}, ("慢.docx",))
    for child in (tmp_path / "children").read_text().split():
        state = subprocess.run(["ps", "-o", "stat=", "-p", child], capture_output=True, check=False)  # noqa: S607
        assert state.stdout.strip() in {b"", b"Z"}


def test_batches_are_of_a_certain_size(
    tmp_path: Path, stand_in: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    documents = {f"{number}.docx": str(number).encode() for number in range(5)}
    assert list(pdfs_of(documents, soffice=stand_in).made) == list(documents)
    assert sorted(calls(tmp_path)) == ["0", "1", "2", "3", "4"]


def test_a_program_that_cannot_be_run_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="LibreOffice 运行失败"):
        convert_to_pdf([], tmp_path, timeout=5, soffice=str(tmp_path / "none"))


def test_without_libreoffice_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_USUAL_PLACES", ())
    assert find_soffice() is None


def test_time_and_identifiers_go_and_nothing_moves() -> None:
    def printed(second: int, told: str) -> bytes:
        date = f"/CreationDate(D:202612312000{second:02}+08'00')"
        return f"%PDF {date} text\n/ID [ <{told}>\n<{told}> ]\n/DocChecksum /{told}\n".encode()

    one, two = printed(1, "A" * 32), printed(2, "B" * 32)
    assert timeless(one) == timeless(two)
    assert len(timeless(one)) == len(one)
    other = timeless(one.replace(b"text", b"TEXT"))
    assert re.findall(rb"<(\w+)>", other) != re.findall(rb"<(\w+)>", timeless(one))


def test_what_is_no_pdf_has_no_number_of_pages() -> None:
    assert pages_in(b"no pdf") is None


@needs_soffice
def test_libreoffice_gives_the_same_pdf_twice() -> None:
    document, stream = Document(), BytesIO()
    document.add_paragraph("第一页")
    document.add_page_break()  # type: ignore[no-untyped-call]
    document.add_paragraph("第二页")
    document.save(stream)
    soffice = find_soffice() or ""
    first, second = (pdfs_of({"表.docx": stream.getvalue()}, soffice=soffice).made for _ in range(2))
    assert pages_in(first["表.docx"]) == 2
    assert first == second


def is_alive(pid: int) -> bool:
    """Whether a process is there and has not ended (one nobody has asked about yet is a zombie)."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="processes are looked up in /proc")
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM], ids=["SIGKILL", "SIGTERM"])
def test_what_a_killed_docgen_started_ends_with_it(tmp_path: Path, stand_in: str, sent: int) -> None:
    (tmp_path / "profiles").mkdir()
    script = f"from docgen.render.pdf import pdfs_of; pdfs_of({{'慢.docx': b'slow'}}, soffice={stand_in!r})"
    environment = {**os.environ, "TMPDIR": str(tmp_path / "profiles"), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", script], env=environment) as running:
        children = tmp_path / "children"
        until(lambda: children.exists() and children.read_text().endswith("\n"))
        (child,) = map(int, children.read_text().split())
        assert is_alive(child)
        running.send_signal(sent)
    until(lambda: not is_alive(child))
    until(lambda: not list((tmp_path / "profiles").glob("docgen-profile-*")))


def until(holds: Callable[[], bool]) -> None:
    """Wait for something to come true, for ten seconds at most."""
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_call_that_ends_by_itself_keeps_its_profile_and_leaves_no_guard(stand_in: str) -> None:
    assert pdfs_of({"甲.docx": b"one"}, soffice=stand_in).failed == ()
    profile = office._profile()
    assert profile.path().parent.is_dir()
    assert not any("docgen-guard" in command_of(each) for each in children_of(os.getpid()))


def children_of(pid: int) -> list[int]:
    """The processes that ``pid`` has started and that are still there."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []


def command_of(pid: int) -> str:
    """The command line of a process."""
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
