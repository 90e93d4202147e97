"""Calling the programs of the system's scheduler."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from docgen.schedule.moment import ScheduleError

_SECONDS = 60


def call(command: Sequence[str], told: str | None = None, *, encoding: str = "utf-8") -> str:
    """What ``command`` prints; it is told ``told``. Raises ``ScheduleError`` when it fails."""
    try:
        done = subprocess.run(
            list(command),
            input=told.encode(encoding) if told is not None else b"",
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
    except FileNotFoundError as error:
        raise ScheduleError(f"这台电脑上没有 {command[0]}，装不了这种定时任务。") from error
    except subprocess.CalledProcessError as error:
        said = (error.stderr or error.stdout).decode(encoding, errors="replace").strip()
        raise ScheduleError(
            f"{' '.join(command[:3])} 失败了：{said or f'状态 {error.returncode}'}"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise ScheduleError(f"{' '.join(command[:3])} 在 {_SECONDS} 秒内没有结束。") from error
    return done.stdout.decode(encoding, errors="replace")
