"""One filled 项目支出绩效自评表 with 60 indicator rows, as rendering gets it: strings only."""

from __future__ import annotations

from typing import Any

LEVELS = {
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标", "社会公众满意度指标"),
}
ROWS_PER_LEVEL2 = 6
SOURCES = ("总额", "当年财政拨款", "上年结转资金", "其他资金")
AMOUNTS = {"年初预算数": "20", "全年预算数": "20", "全年执行数": "16.06", "执行率": "80.30%"}
# `<` and `&` are in real targets and must survive
GOAL = "全年发放补助 12 次，惠及 230 人，成本<10万元，服务对象满意度≥95%；扩面 & 提标。"


def form_page() -> dict[str, Any]:
    """The names that the form's templates use."""
    return {
        "年度": "2021",
        "项目": {
            "名称": "某某补助经费",
            "主管部门": "某某县某某局",
            "实施单位": "某某县某某中心",
            "资金": {source: AMOUNTS | {"分值": "10", "得分": "8.03"} for source in SOURCES},
            "预期目标文本": GOAL,
            "实际完成情况文本": GOAL,
            "指标树": [_level1(name, level2) for name, level2 in LEVELS.items()],
            "总分": {"分值": "100", "得分": "98.03"},
        },
    }


def _level1(name: str, level2: tuple[str, ...]) -> dict[str, Any]:
    return {"名称": name, "标签": f"{name}\n（30分）", "二级": [_level2(each) for each in level2]}


def _level2(name: str) -> dict[str, Any]:
    return {"名称": name, "三级": [_level3(number) for number in range(1, ROWS_PER_LEVEL2 + 1)]}


def _level3(number: int) -> dict[str, str]:
    return {
        "标签": f"指标{number}：补助发放人数（第{number}批）",
        "指标值": "≥200人",
        "完成值": "230人",
        "分值": "1.5",
        "得分": "1.5",
        "偏差原因": "",
    }
