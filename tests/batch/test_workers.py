"""Processes side by side: results, failures and deaths."""

from __future__ import annotations

import os
import time

from docgen.batch.workers import Lost, Workers


def test_every_task_has_its_result() -> None:
    with Workers(2) as workers:
        assert dict(workers.each(abs, [-1, -2, 3])) == {-1: 1, -2: 2, 3: 3}


def test_a_task_that_raises_is_told_with_its_traceback() -> None:
    with Workers(1) as workers:
        found = dict(workers.each(int, ["1", "x"]))
    assert found["1"] == 1
    lost = found["x"]
    assert isinstance(lost, Lost)
    assert lost.message == "docgen 出错了（ValueError）"
    assert "invalid literal" in lost.trouble


def test_a_process_that_dies_costs_its_own_task_only() -> None:
    with Workers(1) as workers:
        dead = dict(workers.each(os._exit, [7]))
        assert dict(workers.each(abs, [-5])) == {-5: 5}
    assert dead[7] == Lost("处理它的进程意外结束（状态 7）")


def test_workers_that_are_still_busy_end_with_their_owner() -> None:
    start = time.perf_counter()
    with Workers(2) as workers:
        for _ in workers.each(time.sleep, [60, 0]):
            break
    assert time.perf_counter() - start < 30
