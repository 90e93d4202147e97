"""政府收支分类科目: function and economic codes with their names, as dated data of a pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FUNCTION_LENGTHS = (3, 5, 7)  # 类, 款, 项; economic codes have the first two


@dataclass(frozen=True, slots=True)
class Classification:
    """The codes in force from one year on: code → name, sorted by code.

    ``compared`` are the codes whose names someone held against a published source on the day ``checked``; the
    others may still be wrong, so a name that differs from theirs is to be looked into, not refused.
    """

    source: str = ""
    checked: str = ""
    compared: tuple[str, ...] = ()
    functions: Mapping[str, str] = field(default_factory=dict)
    economics: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether no code is known, so that none can be called unknown."""
        return not self.functions


def parents(code: str) -> tuple[str, ...]:
    """The 类 and 款 above ``code``, from the top: ``2080101`` → ``208``, ``20801``."""
    return tuple(code[:length] for length in FUNCTION_LENGTHS if length < len(code))
