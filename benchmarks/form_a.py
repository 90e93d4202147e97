"""项目支出绩效自评表 with 60 indicator rows: docgen against docxtpl (Word) and openpyxl (Excel).

The same templates and the same page, documents to memory, rounds interleaved. Exits 1 on a missed target.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.page import form_page
from benchmarks.rivals import by_docxtpl, by_openpyxl, for_docxtpl, for_openpyxl
from benchmarks.rounds import interleaved, ratio, table
from docgen.render import compile_template

DOCUMENTS = Path(__file__).parent.parent / "templates/xinxiang/documents"
TARGETS = {"Word": ("docxtpl", 30), "Excel": ("openpyxl", 20)}
ROUNDS = 7
SECONDS_PER_TURN = 1.0


def main() -> int:
    """Time both formats and print the table."""
    page = form_page()
    with TemporaryDirectory() as folder:
        stock = for_docxtpl(DOCUMENTS / "project-form.docx", Path(folder) / "stock.docx")
        excel = for_openpyxl(DOCUMENTS / "project-form.xlsx", Path(folder) / "stock.xlsx")
        rivals = {"Word": lambda: by_docxtpl(stock, page), "Excel": lambda: by_openpyxl(excel, page)}
        taken = {kind: _taken(kind, rival) for kind, rival in rivals.items()}
    rows = [_row(kind, *seconds) for kind, seconds in taken.items()]
    print(f"项目支出绩效自评表，60 行指标（{ROUNDS} 轮交替，每次 {SECONDS_PER_TURN:g} 秒）")
    print(table(["格式", "对手", "对手 份/秒", "docgen 份/秒", "倍数", "目标"], rows))
    return int(any(ratio(theirs, ours) < TARGETS[kind][1] for kind, (ours, theirs) in taken.items()))


def _taken(kind: str, rival: Callable[[], bytes]) -> tuple[list[float], list[float]]:
    suffix = {"Word": ".docx", "Excel": ".xlsx"}[kind]
    template, page = compile_template(DOCUMENTS / f"project-form{suffix}"), form_page()
    contenders = {"docgen": lambda: template.render(page, "form" + suffix).content, "rival": rival}
    taken = interleaved(contenders, rounds=ROUNDS, seconds=SECONDS_PER_TURN)
    return taken["docgen"], taken["rival"]


def _row(kind: str, ours: list[float], theirs: list[float]) -> list[str]:
    rival, target = TARGETS[kind]
    speeds = [f"{1 / median(seconds):,.0f}" for seconds in (theirs, ours)]
    return [kind, rival, *speeds, f"{ratio(theirs, ours):.1f}×", f"≥ {target}×"]


if __name__ == "__main__":
    sys.exit(main())
