"""Past runs below an output folder, in one SQLite file: what became of each workbook, what was printed.

Figures are kept once for as long as they do not change, so an unchanged department costs a line.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from docgen.errors import DocgenError
from docgen.outputs.snapshot import Figures, figures_in, snapshot_of

HISTORY = "运行历史.sqlite"
MOST_RUNS = 1000
_VERSION = 1
_PATIENCE = 10.0  # seconds to wait while another run writes
_SCHEMA = f"""
CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT, started TEXT NOT NULL, command TEXT NOT NULL, docgen TEXT NOT NULL,
    milliseconds INTEGER, status INTEGER, message TEXT NOT NULL DEFAULT '');
CREATE TABLE figures (digest TEXT PRIMARY KEY, packed BLOB NOT NULL);
CREATE TABLE result (
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE, position INTEGER NOT NULL, workbook TEXT NOT NULL,
    department TEXT NOT NULL, fiscal_year INTEGER, folder TEXT NOT NULL, state TEXT NOT NULL,
    status INTEGER NOT NULL, documents INTEGER NOT NULL, message TEXT NOT NULL,
    figures TEXT REFERENCES figures, PRIMARY KEY (run, position));
CREATE INDEX result_by_folder ON result (folder, run);
CREATE INDEX result_by_figures ON result (figures);
PRAGMA user_version = {_VERSION};
"""
_LIST = """
SELECT id, started, command, docgen, milliseconds, status, message,
    (SELECT group_concat(state || ' ' || n, '，') FROM
        (SELECT state, count(*) AS n FROM result WHERE run = run.id GROUP BY state ORDER BY min(position)))
FROM run
"""


class HistoryError(DocgenError):
    """The history cannot be read or written; documents do not depend on it."""


@dataclass(frozen=True, slots=True)
class PastRun:
    """One run: ``milliseconds`` and ``status`` are None when it never came to its end."""

    number: int
    started: str
    command: str
    docgen: str
    milliseconds: int | None
    status: int | None
    message: str
    states: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one workbook; ``folder`` is below the output folder, blank without documents."""

    workbook: str
    department: str
    fiscal_year: int | None
    folder: str
    state: str
    status: int
    documents: int
    message: str = ""
    is_unchanged: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """The history of the output folder ``out``; every method opens the file anew and closes it."""

    out: Path

    def begin(self, started: str, command: str, docgen: str) -> int:
        """Note that a run has begun; gives its number."""
        with self._written() as base:
            told = (started, command, docgen)
            number = base.execute(
                "INSERT INTO run (started, command, docgen) VALUES (?, ?, ?)", told
            ).lastrowid
            base.execute(
                "DELETE FROM run WHERE id <= ?", ((number or 0) - MOST_RUNS,)
            )  # its results go with it
            base.execute(
                "DELETE FROM figures WHERE digest NOT IN (SELECT figures FROM result WHERE figures > '')"
            )
        return number or 0

    def finish(
        self, number: int, milliseconds: int, status: int, message: str, results: Iterable[Result]
    ) -> None:
        """Note how a run ended and what became of each workbook."""
        with self._written() as base:
            told = (milliseconds, status, message, number)
            base.execute("UPDATE run SET milliseconds = ?, status = ?, message = ? WHERE id = ?", told)
            for position, result in enumerate(results):
                base.execute(
                    "INSERT INTO result VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        number,
                        position,
                        result.workbook,
                        result.department,
                        result.fiscal_year,
                        result.folder,
                        result.state,
                        result.status,
                        result.documents,
                        result.message,
                        self._figures_of(base, result),
                    ),
                )

    def _figures_of(self, base: sqlite3.Connection, result: Result) -> str | None:
        if not result.folder:
            return None
        last = "SELECT figures FROM result WHERE folder = ? AND figures > '' ORDER BY run DESC LIMIT 1"
        known = base.execute(last, (result.folder,)).fetchone() if result.is_unchanged else None
        if known:
            return str(known[0])
        made = snapshot_of(self.out / result.folder)
        if made is None:
            return None
        base.execute("INSERT OR IGNORE INTO figures VALUES (?, ?)", (made.digest, made.packed))
        return made.digest

    def runs(self, most: int) -> list[PastRun]:
        """The last ``most`` runs, the latest first."""
        with self._read() as base:
            return [_past(row) for row in base.execute(f"{_LIST} ORDER BY id DESC LIMIT ?", (most,))]

    def run(self, number: int) -> PastRun:
        """The run of this number. Raises ``HistoryError`` when there is none."""
        with self._read() as base:
            found = base.execute(f"{_LIST} WHERE id = ?", (number,)).fetchone()
        if found is None:
            raise HistoryError(f"没有编号为 {number} 的运行；全部运行见 docgen history。")
        return _past(found)

    def results(self, number: int) -> list[Result]:
        """What became of each workbook of a run, in order."""
        wanted = "workbook, department, fiscal_year, folder, state, status, documents, message"
        with self._read() as base:
            query = f"SELECT {wanted} FROM result WHERE run = ? ORDER BY position"  # noqa: S608 - names of ours
            return [Result(*row) for row in base.execute(query, (number,))]

    def figures(self, before: int, after: int) -> Iterator[tuple[str, Figures | None, Figures | None]]:
        """Folder and figures in two runs of every department whose figures are not the same.

        None stands for a run that had no documents of the department.
        """
        with self._read() as base:
            old, new = _digests(base, before), _digests(base, after)
            for folder in sorted({*old, *new}):
                if old.get(folder) != new.get(folder):
                    yield folder, _figures(base, old.get(folder)), _figures(base, new.get(folder))

    @contextmanager
    def _written(self) -> Iterator[sqlite3.Connection]:
        """The file open for one transaction: all of it is kept, or nothing."""
        path = self.out / HISTORY
        with _in_words(path), closing(sqlite3.connect(path, timeout=_PATIENCE)) as base:
            base.execute("PRAGMA foreign_keys = ON")
            base.execute("BEGIN IMMEDIATE")
            if _version(base, path) == 0:
                for statement in filter(str.strip, _SCHEMA.split(";")):
                    base.execute(statement)
            with base:
                yield base

    @contextmanager
    def _read(self) -> Iterator[sqlite3.Connection]:
        """The file open for reading only: looking needs no right to write."""
        path = self.out / HISTORY
        if not path.is_file():
            raise HistoryError(f"{self.out} 里还没有运行历史。")
        address = f"{path.absolute().as_uri()}?mode=ro"
        with _in_words(path), closing(sqlite3.connect(address, timeout=_PATIENCE, uri=True)) as base:
            _version(base, path)
            yield base


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError, ValueError) as error:
        advice = "可将它改名，下次运行会另建一份。"
        raise HistoryError(f"运行历史 {path} 读不了或写不进（{error}）。{advice}") from error


def _version(base: sqlite3.Connection, path: Path) -> int:
    version = int(base.execute("PRAGMA user_version").fetchone()[0])
    if version > _VERSION:
        raise HistoryError(f"{path} 是更新版本的 docgen 写的，请先升级。")
    return version


def _past(row: tuple[int, str, str, str, int | None, int | None, str, str | None]) -> PastRun:
    number, started, command, docgen, milliseconds, status, message, states = row
    return PastRun(number, started, command, docgen, milliseconds, status, message, states or "")


def _digests(base: sqlite3.Connection, run: int) -> dict[str, str]:
    query = "SELECT folder, figures FROM result WHERE run = ? AND figures > ''"
    return dict(base.execute(query, (run,)).fetchall())


def _figures(base: sqlite3.Connection, digest: str | None) -> Figures | None:
    if digest is None:
        return None
    return figures_in(base.execute("SELECT packed FROM figures WHERE digest = ?", (digest,)).fetchone()[0])
