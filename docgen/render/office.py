"""LibreOffice as a program: where it is, and one call of it for many documents.

Each process has a profile of its own, made at the first call: two processes do not wait for each other, and
none meets the windows a person has open. A call that outlasts its time limit is ended with all it started; so
is one whose docgen is killed, and its profile is removed.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from docgen.errors import DocgenError

_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
_GRACE = 10.0  # seconds for what was killed to be gone
_WINDOWS = sys.platform == "win32"
# Runs a program beside someone who only waits: when docgen is gone, however that came about, his input ends,
# and with it the whole group and the profile. $1 is the profile's folder, the rest the command.
_GUARDED = """
profile=$1; shift
exec 3<&0
"$@" 3<&- &
program=$!
(trap '' TERM; read -r _ <&3; kill -s TERM 0; sleep 1; rm -rf -- "$profile"; kill -s KILL 0) &
guard=$!
exec 3<&-
wait "$program"; status=$?
kill -s KILL "$guard"
exit "$status"
"""


class OfficeError(DocgenError):
    """LibreOffice could not be run, or did not come to an end."""


def find_soffice() -> str | None:
    """The LibreOffice program on this machine, if there is one."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _USUAL_PLACES if Path(place).is_file()), None)


@dataclass(slots=True)
class _Profile:
    """The profile of this process; one that a killed call has used is thrown away."""

    folder: TemporaryDirectory[str] | None = None

    def path(self) -> Path:
        if self.folder is None:
            self.folder = TemporaryDirectory(prefix="docgen-profile-", ignore_cleanup_errors=True)
        return Path(self.folder.name) / "profile"

    def discard(self) -> None:
        if self.folder is not None:
            self.folder.cleanup()
        self.folder = None


@cache
def _profile() -> _Profile:
    return _Profile()


def convert_to_pdf(sources: Sequence[Path], folder: Path, *, timeout: float, soffice: str) -> None:
    """Have each source laid out as ``folder/<stem>.pdf``; one it cannot open has none.

    `timeout` in seconds, for all. Raises ``OfficeError`` when LibreOffice fails or takes longer; what it had
    finished by then is there.
    """
    profile = f"-env:UserInstallation={_profile().path().as_uri()}"
    command = [soffice, profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder)]
    try:
        with subprocess.Popen(
            _guarded([*command, *map(str, sources)]),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=not _WINDOWS,
        ) as running:
            status = _ended(running, timeout)
    except OSError as error:
        raise OfficeError("LibreOffice 运行失败。") from error
    if status is None:
        _profile().discard()
        raise OfficeError(f"LibreOffice 在 {timeout:g} 秒内没有排完版。")
    if status:
        _profile().discard()
        raise OfficeError("LibreOffice 运行失败。")


def _guarded(command: Sequence[str]) -> list[str]:
    """The command, ended with all it started should this process be killed (but not on Windows)."""
    if _WINDOWS:  # pragma: no cover - the other branch is the one tested
        return list(command)
    return ["/bin/sh", "-c", _GUARDED, "docgen-guard", str(_profile().path().parent), *command]


def _ended(running: subprocess.Popen[bytes], timeout: float) -> int | None:
    """The exit status; None when it had to be killed, as it is too when this process is interrupted."""
    try:
        return running.wait(timeout)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if running.returncode is None:
            _kill(running)


def _kill(running: subprocess.Popen[bytes]) -> None:
    """End the program and all it started: ``soffice`` is a script that starts the real one."""
    with suppress(OSError):
        if sys.platform == "win32":  # pragma: no cover - the other branch is the one tested
            command = ["taskkill", "/F", "/T", "/PID", str(running.pid)]
            subprocess.run(command, check=False, capture_output=True)
        else:
            os.killpg(running.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        running.wait(_GRACE)
