"""The mechanism of expected texts: it compares, it accepts, it notices what nobody asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

TEST = """
def test_text(golden):
    golden("folder/form", "执行率 98.90%\\n")
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A small project with our conftest and one test that has an expected text."""
    pytester.makeini("[pytest]\ntestpaths = tests")
    folder = pytester.mkdir("tests")
    ours = Path(__file__).with_name("conftest.py").read_text("utf-8")
    (folder / "conftest.py").write_text(ours, "utf-8")
    (folder / "test_form.py").write_text(TEST, "utf-8")
    return pytester


def write(project: pytest.Pytester, name: str, text: str) -> Path:
    path: Path = project.path / "tests/golden" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_text_that_differs_fails_and_names_the_file(project: pytest.Pytester) -> None:
    write(project, "folder/form.txt", "执行率 80.30%\n")
    result = project.runpytest_inprocess()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*golden/folder/form.txt differs*"])


def test_accept_writes_what_is_produced_and_the_next_run_agrees(project: pytest.Pytester) -> None:
    project.runpytest_inprocess("--accept").assert_outcomes(passed=1)
    assert (project.path / "tests/golden/folder/form.txt").read_text("utf-8") == "执行率 98.90%\n"
    project.runpytest_inprocess().assert_outcomes(passed=1)


def test_a_text_that_no_test_asks_for_fails_a_whole_run_only(project: pytest.Pytester) -> None:
    project.runpytest_inprocess("--accept")
    orphan = write(project, "orphan.txt", "x\n")
    whole = project.runpytest_inprocess()
    assert whole.ret == pytest.ExitCode.TESTS_FAILED
    whole.stdout.fnmatch_lines(["no test uses golden/orphan.txt"])
    assert project.runpytest_inprocess("tests/test_form.py").ret == pytest.ExitCode.OK
    project.runpytest_inprocess("--accept")
    assert not orphan.exists()


def test_workers_report_the_texts_they_used(project: pytest.Pytester) -> None:
    project.runpytest_inprocess("--accept")
    assert project.runpytest_subprocess("-n", "2").ret == pytest.ExitCode.OK
