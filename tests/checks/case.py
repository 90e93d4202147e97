"""What a case of a rule is, and a fourth project to add to the base filing."""

from __future__ import annotations

from typing import NamedTuple

from tests.filing_tables import Changes

LONG = (
    "本单位按照要求认真组织自评，逐项核对年初绩效目标和实际完成情况，形成自评结果并按时报送，资料齐全完整。"
)
PROJECT = "大赛经费 | 东山县就业中心 | | 办好技能大赛 | 办赛 1 次 | 场地 | | | | | |"
INDICATORS = """大赛经费 | 产出指标 | 数量指标 | 办赛次数 | 1次 | 1次 | 50 | | |
大赛经费 | 效益指标 | 社会效益指标 | 弘扬工匠精神 | 弘扬 | 弘扬 | 30 | 30 | |
大赛经费 | 满意度指标 | 服务对象满意度指标 | 选手满意度 | ≥90% | 95% | 10 | | |"""


class Case(NamedTuple):
    """``fires`` yields exactly ``found``: one mistake, one finding; ``nearly`` yields none of ``code``."""

    code: str
    fires: Changes
    found: tuple[str, ...]
    nearly: Changes


def project(*funds: str) -> Changes:
    """The fourth project with these rows of 项目资金."""
    rows = "\n".join(f"大赛经费 | {row}" for row in funds)
    return {"项目+": PROJECT, "绩效指标+": INDICATORS, "项目资金+": rows}
