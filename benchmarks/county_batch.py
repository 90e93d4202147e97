"""One batch in a process of its own, which tells as JSON what it took: `benchmarks.county` reads it."""

from __future__ import annotations

import json
import os
import resource
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter

from benchmarks.process import BYTES_PER_MIB, UNIT_OF_MAXRSS
from docgen.batch import Listener, Outcome, State, Wishes, run_county


class _Stages(Listener):
    """Adds up the seconds of every stage."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def finished(self, outcome: Outcome) -> None:
        """Add one department's."""
        self.seconds.update(outcome.seconds)


def main(inputs: str, out: str, jobs: str) -> None:
    """Run the batch and print what it took."""
    start = perf_counter()
    stages = _Stages()
    county = run_county([Path(inputs)], Wishes(Path(out), jobs=int(jobs), measure_pages=False), stages)
    seconds = perf_counter() - start
    told = {
        "seconds": seconds,
        "departments": len(county.outcomes),
        "documents": sum(outcome.documents for outcome in county.outcomes),
        "unchanged": county.number(State.UNCHANGED),
        "failed": county.number(State.FAILED),
        "stages": stages.seconds,
        "cpu": sum(os.times()[:4]),
        "first": _peak(),
        "workers": _mebibytes(resource.RUSAGE_CHILDREN),
    }
    print(json.dumps(told))


def _peak() -> float:
    """MiB of this process at its largest; Linux counts in what started it, except where asked here."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return _mebibytes(resource.RUSAGE_SELF)
    lines = dict(line.split(":", 1) for line in status.read_text("utf-8").splitlines())
    return int(lines["VmHWM"].split()[0]) / 1024


def _mebibytes(who: int) -> float:
    return resource.getrusage(who).ru_maxrss * UNIT_OF_MAXRSS / BYTES_PER_MIB


if __name__ == "__main__":
    main(*sys.argv[1:])
