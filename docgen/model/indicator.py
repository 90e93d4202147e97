"""Indicators (绩效指标) and the department's goals and tasks (履职目标, 主要任务)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from docgen.model.entered import Entered
from docgen.model.target import Target
from docgen.quantity import Points


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of 绩效指标 (with ``project``) or of 整体指标 (without).

    ``score`` is what the clerk entered: the score itself where a person judges, a claim to be checked where
    a rule computes. ``is_excluded`` (不适用) takes the row out of the total, which is then converted to 100.
    ``tier`` is the 完成档次 of a qualitative indicator. ``comment`` is the 评分理由 that the department
    report prints.
    """

    project: Entered[str] = Entered()
    level1: Entered[str] = Entered()
    level2: Entered[str] = Entered()
    level3: Entered[str] = Entered()
    initial_target: Entered[Target] = Entered()
    target: Entered[Target] = Entered()
    actual: Entered[Target] = Entered()
    points: Entered[Points] = Entered()
    score: Entered[Points] = Entered()
    tier: Entered[str] = Entered()
    qualitative_note: Entered[str] = Entered()
    deviation_reason: Entered[str] = Entered()
    comment: Entered[str] = Entered()
    is_excluded: Entered[bool] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)


class UndertakingKind(Enum):
    """What a row of 整体目标与任务 is."""

    GOAL = "目标"
    TASK = "任务"


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A row of the sheet 整体目标与任务; it also yields one output indicator of the department form."""

    kind: Entered[UndertakingKind] = Entered()
    name: Entered[str] = Entered()
    content: Entered[str] = Entered()
    target: Entered[Target] = Entered()
    actual: Entered[Target] = Entered()
    points: Entered[Points] = Entered()
    score: Entered[Points] = Entered()
    tier: Entered[str] = Entered()
    deviation_reason: Entered[str] = Entered()
    comment: Entered[str] = Entered()
    extras: Mapping[str, Entered[str]] = field(default_factory=dict)
