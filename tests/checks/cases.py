"""For every rule: a change that makes it fire, exactly where, and a change that nearly does.

``found`` lists everything the changed filing yields, so that one mistake stays one finding.
"""

from __future__ import annotations

from typing import NamedTuple

from tests.filing_tables import Changes


class Case(NamedTuple):
    """``fires`` yields exactly ``found``; ``nearly`` yields nothing of this code."""

    code: str
    fires: Changes
    found: str
    nearly: Changes


ROW8 = "技能培训经费 | 产出指标 | 数量指标 | 办班期数 | ≥6期 | 6期 | {points} | | |"
LONG = (
    "本单位按照要求认真组织自评，逐项核对年初绩效目标和实际完成情况，形成自评结果并按时报送，资料齐全完整。"
)

BUDGET = (
    Case("B101", {"项目资金!D5": "21"}, "B101 项目资金!D5", {"项目资金!D5": "20.00"}),
    Case("B101", {"项目资金!C5": "20.01"}, "B101 项目资金!C5", {"项目资金!C5": ""}),
    Case(
        "B102",
        {"项目资金!E4": "12", "项目资金!E3": "8"},
        "B102 项目资金!E4",
        {"项目资金!D4": "7", "项目资金!D3": "13", "项目资金!E4": "7", "项目资金!E3": "13"},
    ),
    Case(
        "B103",
        {"项目资金+": "大赛经费 | 年度资金总额 | 5 | 5 | 6 | |", "项目+": "大赛经费 | 东山县就业中心"},
        "B103 项目资金!E7\nB107",
        {"项目资金!E6": "5"},
    ),
    Case("B104", {"项目资金!C6": "-5"}, "B104 项目资金!C6\nB203 项目!J4", {"项目资金!C6": "5"}),
    Case(
        "B105",
        {"项目资金+": "招聘服务经费 | 其他资金 | 0 | 0 | 0.5 | |", "项目资金!E6": "4.5"},
        "B105 项目资金!D7",
        {"项目资金+": "招聘服务经费 | 其他资金 | 0 | 0 | 0 | |"},
    ),
)
