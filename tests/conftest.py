"""What every test may use: expected texts, and one profile for generated examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

GOLDEN = Path(__file__).parent / "golden"
USED = pytest.StashKey[set[str]]()

settings.register_profile(
    "docgen", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60
)
settings.load_profile("docgen")

Golden = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="write the expected texts anew from what is produced"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[USED] = set()
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Unused(config))


@pytest.fixture
def golden(pytestconfig: pytest.Config) -> Golden:
    """Compare a text with ``tests/golden/<name>.txt``; with ``--accept``, write it there."""

    def compare(name: str, text: str) -> None:
        pytestconfig.stash[USED].add(name)
        path = GOLDEN / f"{name}.txt"
        if pytestconfig.getoption("accept"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        expected = path.read_text(encoding="utf-8") if path.exists() else ""
        assert text == expected, (
            f"{path.relative_to(GOLDEN.parent)} differs; `make goldens`, then read git diff"
        )

    return compare


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        used: set[str] = session.config.stash[USED]
        session.config.workeroutput["goldens"] = sorted(used)


class _Unused:
    """After a whole, green run, expected texts that no test asked for fail it (with --accept, go)."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.unused: list[Path] = []

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        self.config.stash[USED].update(getattr(node, "workeroutput", {}).get("goldens", ()))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        whole = self.config.args_source == pytest.Config.ArgsSource.TESTPATHS
        narrowed = self.config.option.keyword or self.config.option.markexpr
        if whole and not narrowed and exitstatus == pytest.ExitCode.OK:
            self.unused = list(self.leftovers())
        if self.unused and not self.config.getoption("accept"):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def leftovers(self) -> Iterator[Path]:
        used = {(GOLDEN / f"{name}.txt") for name in self.config.stash[USED]}
        for path in sorted(GOLDEN.rglob("*.txt")):
            if path not in used:
                if self.config.getoption("accept"):
                    path.unlink()
                yield path

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for path in self.unused:
            terminalreporter.write_line(f"no test uses {path.relative_to(GOLDEN.parent)}", red=True)
