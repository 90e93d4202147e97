"""Scores that are right for other points than those entered: the points are the mistake, not the score."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docgen.checks.case import Case, Row
from docgen.figures.results import ProjectResult
from docgen.finding import Related
from docgen.packs import Norms, Tier
from docgen.quantity import Points, plain


def has_sound_points(row: Row, case: Case) -> bool:
    """Whether not the points alone are wrong, of which I101 and X201 speak."""
    return fitting_points(row, case) is None


def fitting_points(row: Row, case: Case) -> Points | None:
    """The points that would make right the sum of the 一级指标 and the score entered; None if none do."""
    due = case.points_due(row)
    return due if due is not None and due > 0 and _fits(row, due, case.norms) else None


def fitting_scores(case: Case, project: ProjectResult | None, level1: str) -> Iterator[Related]:
    """The scores of a 一级指标 of a project (None: the department form) that are right for other points."""
    for row in case.rows:
        if row.project is project and row.level1 == level1:
            due = fitting_points(row, case)
            if due is not None:
                note = f"得分 {plain(row.claimed)} 按分值 {plain(due)} 算才对，是不是这一行的分值填错了"
                yield Related(row.score.place, note)


def _fits(row: Row, due: Points, norms: Norms) -> bool:
    claim, ruled, points = row.score.value, row.result.by_rule.value, row.points.value
    if claim is None or not points or not 0 <= claim <= due:
        return False
    if ruled is not None:
        slack = Decimal(5).scaleb(-norms.score_places - 1) * (1 + due / points)
        return claim != ruled and abs(claim - ruled * due / points) <= slack
    tier = next((tier for tier in norms.tiers if tier.name == row.tier.value), None)
    if tier is None:
        return claim == due
    return not lies_in(claim / points, tier, points, norms) and lies_in(claim / due, tier, due, norms)


def lies_in(share: Decimal, tier: Tier, points: Decimal, norms: Norms) -> bool:
    """Whether a share of the points lies in a tier; its bounds count as rounded to the places of a score."""
    slack = Decimal(5).scaleb(-norms.score_places - 1) / points
    above = share >= tier.floor - slack if tier.floor_included else share > tier.floor
    return above and (share < tier.ceiling or share == tier.ceiling == 1)
