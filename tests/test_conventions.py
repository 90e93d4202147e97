"""The conventions of the house, kept by tests: sizes, words, imports of the clock, what is documented."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.checks.catalogue import RULES
from docgen.cli import app

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "docgen").rglob("*.py"))
PACKS = sorted(path for path in (ROOT / "templates").iterdir() if (path / "pack.toml").exists())
LONGEST_MODULE = 350
WORD = re.compile(r"\w+")

PROVINCES = re.findall(
    "内蒙古|黑龙江|..",
    "北京天津上海重庆河北山西内蒙古辽宁吉林黑龙江江苏浙江安徽福建江西山东"
    "河南湖北湖南广东广西海南四川贵州云南西藏陕西甘肃青海宁夏新疆",
)
# where numbers of bytes, seconds and characters are counted, never money or scores
MAY_USE_FLOAT = {"console.py", "pipeline.py", "batch.py", "render/contents.py", "workbook/annotate.py"}
ENDS = {"cli.py", "cli_schedule.py", "cli_watch.py", "console.py", "pipeline.py"}
MAY_KNOW_THE_CLOCK = ENDS | {"batch", "schedule"}  # packages whole
MAY_WRITE_TO_THE_TERMINAL = {"console.py"}


def inside(path: Path) -> str:
    return path.relative_to(ROOT / "docgen").as_posix()


def tracked() -> list[Path]:
    """Every text file that belongs to the project."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607 - git is on PATH
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:4096]]


def places() -> set[str]:
    """Names of packs, and the counties, cities and districts named in their titles."""
    found = {pack.name for pack in PACKS if not pack.name.startswith("_")} | set(PROVINCES)
    for pack in PACKS:
        title = tomllib.loads((pack / "pack.toml").read_text("utf-8")).get("title", "")
        found |= set(re.findall(r"(?:^|[省市])([\u4e00-\u9fff]{2,4})[省市县区]", title))
    return found


def calls(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Dotted name and line of every call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


def called(names: set[str], *, except_in: set[str]) -> list[str]:
    """Places in docgen that call any of these names."""
    return [
        f"{inside(path)}:{line} {name}"
        for path in MODULES
        if not {inside(path), inside(path).partition("/")[0]} & except_in
        for name, line in calls(ast.parse(path.read_text("utf-8")))
        if name in names
    ]


def test_python_knows_no_province() -> None:
    pattern = re.compile("|".join(sorted(places())), re.IGNORECASE)
    found = [
        f"{inside(path)}:{number} {match[0]}"
        for path in MODULES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for match in pattern.finditer(line)
    ]
    assert found == []


def test_no_module_outgrows_its_reader() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {inside(path): size for path, size in lengths.items() if size > LONGEST_MODULE} == {}


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    assert [inside(path) for path in MODULES if path.stem in drawers] == []


def test_no_float_and_no_round_between_cell_and_page() -> None:
    assert called({"float", "round", "math.floor", "math.ceil"}, except_in=MAY_USE_FLOAT) == []


def test_only_the_ends_of_the_line_ask_what_day_it_is() -> None:
    clocks = {"date.today", "datetime.now", "datetime.datetime.now", "datetime.date.today", "time.time"}
    assert called(clocks | {"os.getenv", "os.environ.get"}, except_in=MAY_KNOW_THE_CLOCK) == []


def test_only_the_console_prints() -> None:
    assert (
        called({"print", "sys.stdout.write", "sys.stderr.write"}, except_in=MAY_WRITE_TO_THE_TERMINAL) == []
    )


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError")
    left = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path.suffix in {".py", ".toml", ".md"} and path != Path(__file__)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if later.search(line)
    ]
    assert left == []


def test_no_file_names_a_machine_or_a_mirror() -> None:
    machine = re.compile(
        r"(?<![\w./])/(?:home|root|Users|work|tmp|opt)/\w|[A-Z]:\\Users\\|index-url|files\.pythonhosted"
    )
    named = [
        f"{path.relative_to(ROOT)}:{number} {line.strip()[:80]}"
        for path in tracked()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if machine.search(line)
    ]
    assert named == []


@pytest.mark.parametrize("path", MODULES, ids=inside)
def test_what_is_public_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    public = [node for node in tree.body if isinstance(node, kinds) and not node.name.startswith("_")]
    assert ast.get_docstring(tree)
    assert [node.name for node in public if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_a_pack_holds_nothing_executable_and_only_ascii_names(pack: Path) -> None:
    allowed = {".toml", ".docx", ".xlsx", ".txt", ".md"}
    files = [path for path in pack.rglob("*") if path.is_file()]
    assert [path.name for path in files if path.suffix not in allowed or not path.name.isascii()] == []


def test_constraints_are_exact_and_sorted() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if line[0] != "#"]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    assert lines == sorted(lines, key=lambda line: line.partition("==")[0].lower())


def test_every_direct_dependency_is_constrained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[<>=~;\[ ]", line, maxsplit=1)[0].lower() for line in wanted}
    pinned = {
        line.partition("==")[0].lower() for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    }
    assert names - pinned == set()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_make_target_in_the_documentation_exists(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake (?:\w+=\S+ )*([a-z]+)", text)) - targets == set()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "inputs/README.md"])
def test_every_command_in_the_documentation_exists(name: str) -> None:
    plain = {
        (command.name or str(getattr(command.callback, "__name__", "")))
        for command in app.registered_commands
    }
    grouped = {
        f"{group.name} {command.name or getattr(command.callback, '__name__', '')}"
        for group in app.registered_groups
        for command in (group.typer_instance.registered_commands if group.typer_instance else ())
    } | {"history"}
    code = re.findall(r"```.*?```|`[^`]+`", (ROOT / name).read_text("utf-8"), re.DOTALL)
    said = re.findall(r"\bdocgen ((?:packs|history|schedule) [a-z]+|[a-z]+)", "\n".join(code))
    assert set(said) - plain - grouped == set()


def test_rules_have_codes_of_their_own_and_a_whole_page_each() -> None:
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes)
    assert [code for code in codes if not re.fullmatch(r"[WVBISAXN]\d{3}", code)] == []
    pages = {rule.code: (rule.summary, rule.wrong, rule.right, rule.fix, rule.basis) for rule in RULES}
    assert [code for code, parts in pages.items() if not all(parts) or not parts[0].endswith("。")] == []


def test_every_rule_is_put_to_the_test() -> None:
    cases = "".join(path.read_text("utf-8") for path in (ROOT / "tests" / "checks").glob("*.py"))
    untested = [
        rule.code for rule in RULES if rule.function and not {rule.code, rule.slug} & set(WORD.findall(cases))
    ]
    assert untested == []
