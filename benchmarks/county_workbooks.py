"""A synthetic county: departments with twelve projects each, real-looking and seeded, as filled workbooks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

from docgen.packs import load_pack
from docgen.workbook import write_workbook

PACK = "xinxiang"
YEAR = 2024
PROJECTS = 12
BUREAUS = (
    "发展和改革委员会",
    "教育局",
    "科学技术局",
    "工业和信息化局",
    "民族宗教事务局",
    "公安局",
    "民政局",
    "司法局",
    "财政局",
    "人力资源和社会保障局",
    "自然资源局",
    "生态环境局",
    "住房和城乡建设局",
    "交通运输局",
    "水利局",
    "农业农村局",
    "商务局",
    "文化和旅游局",
    "卫生健康委员会",
    "退役军人事务局",
    "应急管理局",
    "审计局",
    "市场监督管理局",
    "统计局",
    "医疗保障局",
    "乡村振兴局",
    "行政审批局",
    "信访局",
    "林业局",
    "城市管理局",
    "金融工作局",
    "机关事务管理局",
    "供销合作社",
    "档案馆",
    "融媒体中心",
    "残疾人联合会",
    "妇女联合会",
    "工商业联合会",
    "科学技术协会",
    "红十字会",
)
COUNTIES = (
    "东山",
    "西河",
    "南屏",
    "北川口",
    "云溪",
    "石桥",
    "青岭",
    "白塔",
    "柳林",
    "平湖",
    "高店",
    "双井",
    "大河",
    "长堤",
    "新港",
)
SUBJECTS = (
    "业务培训",
    "信息系统运维",
    "办公设备购置",
    "宣传活动",
    "执法检查",
    "专项补助",
    "基层站所建设",
    "政策调研",
    "档案整理",
    "窗口服务",
    "安全隐患排查",
    "人才引进",
    "示范点创建",
    "困难群众救助",
    "标准化建设",
    "数据采集",
    "设施维护",
    "法律顾问",
    "应急演练",
    "专家评审",
)
KINDS = ("机关", "服务中心", "执法大队")
REACHED = "达成预期指标"

Row = dict[str, str | Decimal | int | bool | date | None]
Rows = dict[str, list[Row]]
Indicator = tuple[str, str, str, str, str, int]

INDICATORS: tuple[Indicator, ...] = (
    ("产出指标", "数量指标", "{}完成批次", "≥{a}次", "{b}次", 8),
    ("产出指标", "数量指标", "{}覆盖单位数", "≥{c}个", "{d}个", 6),
    ("产出指标", "数量指标", "{}参与人数", "≥{e}人", "{f}人", 6),
    ("产出指标", "质量指标", "{}验收合格率", "≥95%", "98%", 5),
    ("产出指标", "质量指标", "{}资料完整率", "≥90%", "96%", 5),
    ("产出指标", "时效指标", "{}按期完成率", "≥95%", "100%", 5),
    ("产出指标", "时效指标", "{}开展及时性", "及时", "及时", 5),
    ("产出指标", "成本指标", "{}支出控制率", "≤100%", "99%", 10),
    ("效益指标", "经济效益指标", "{}节约财政资金", "有所节约", "有所节约", 10),
    ("效益指标", "社会效益指标", "{}促进事业发展", "促进", "促进", 10),
    ("效益指标", "可持续影响指标", "{}长效机制建设", "不断健全", "不断健全", 10),
    ("满意度指标", "服务对象满意度指标", "{}服务对象满意度", "≥90%", "95%", 10),
)
OVERALL: tuple[Indicator, ...] = (
    ("投入指标", "工作目标", "目标相关性", "相关", "相关", 15),
    ("过程指标", "预算执行", "预算执行率", ">80%", "", 10),
    ("过程指标", "预算执行", "“三公经费”控制率", "≤100%", "", 5),
    ("过程指标", "财务管理", "资金使用合规性", "合规", "合规", 10),
    ("效益指标", "履职效益", "履职环境改善", "改善", "改善", 20),
    ("效益指标", "满意度", "社会公众满意度", "≥90%", "92%", 10),
)
UNIT_TEXTS = {
    "工作组织": "{}成立自评工作小组，财务人员牵头，各股室按季度核对完成情况、报送佐证材料，复核后上报。",
    "自评过程": "先由项目负责人自评，再由财务人员复核，最后由领导班子审定。",
    "自评工作建议": "加强指标设置培训，提高自评质量。",
    "问题": "个别项目前期准备不够充分，支付进度前低后高。",
}
DEPARTMENT_TEXTS = {
    "整体·工作组织": "由主要负责人统一部署，财务机构具体组织。",
    "整体·自评过程": "汇总各单位自评结果，对照年初目标逐项复核。",
    "整体·资金管理": "严格执行财务制度，专款专用，全程留痕。",
    "整体·效益说明": "服务能力和群众获得感持续提升。",
    "整体·存在问题": "个别指标设置偏低，引导作用不强。",
    "整体·改进建议": "完善指标库，做实绩效运行监控。",
    "整体·结果应用": "自评结果与下年预算安排挂钩。",
    "整体·结果公开": "随部门决算一并公开。",
}


def write_county(folder: Path, departments: int, seed: int = 2024) -> list[Path]:
    """Write the workbooks of ``departments`` departments into ``folder``, the same for the same seed."""
    folder.mkdir(parents=True, exist_ok=True)
    names = list(_names(departments))
    paths = [folder / f"{number:04}-{name}.xlsx" for number, name in enumerate(names, 1)]
    seeds = range(seed * 100_003, seed * 100_003 + departments)
    with ProcessPoolExecutor() as pool:
        list(pool.map(_write, paths, names, seeds, chunksize=8))
    return paths


def _write(path: Path, name: str, seed: int) -> None:
    write_workbook(path, load_pack(PACK), YEAR, _rows(name, Random(seed)))  # noqa: S311 - not a secret


def _names(departments: int) -> Iterator[str]:
    for number in range(departments):
        turn, bureau = divmod(number, len(BUREAUS))
        county, round_ = COUNTIES[turn % len(COUNTIES)], turn // len(COUNTIES)
        yield f"{county}县{BUREAUS[bureau]}{f'第{round_ + 1}分局' if round_ else ''}"


def _rows(name: str, random: Random) -> Rows:
    units = [name if kind == "机关" else f"{name}{kind}" for kind in KINDS]
    projects = [f"{subject}经费" for subject in random.sample(SUBJECTS, PROJECTS)]
    funding = [_funding(project, random) for project in projects]
    return {
        "department": [{"name": name, "report_date": date(YEAR + 1, 3, 15), "money_unit": "万元"}],
        "units": [_unit(unit, number) for number, unit in enumerate(units)],
        "projects": [
            _project(project, units[at % len(units)], funds)
            for at, (project, funds) in enumerate(zip(projects, funding, strict=True))
        ],
        "funding": [row for rows in funding for row in rows],
        "indicators": [row for project in projects for row in _indicators(project, random)],
        "undertakings": _undertakings(projects),
        "overall": [_indicator({}, indicator, "", {}) for indicator in OVERALL],
        **_accounts(funding, random),
        "narratives": _narratives(units),
    }


def _unit(unit: str, number: int) -> Row:
    style = ("概括", "分项目", "逐指标")[number]
    return {
        "name": unit,
        "kind": "二级机构" if number else "部门本级",
        "self_evaluates": "是",
        "report_style": style,
    }


def _funding(project: str, random: Random) -> list[Row]:
    """One or two sources; a third of the projects is adjusted, a tenth spends less than 90 %."""
    rows: list[Row] = []
    shares = [100, 90, 100, 95, 97, 99, 100, 100, 82, 100]
    for source in ("当年财政拨款", "上年结转资金")[: random.choice((1, 1, 2))]:
        budget = Decimal(random.randrange(200, 90_000)) / 100
        initial = budget + random.choice((0, 0, 5))
        spending = (budget * random.choice(shares) / 100).quantize(Decimal("0.01"))
        amounts = {"initial_budget": initial, "annual_budget": budget, "annual_spending": spending}
        rows.append({"project": project, "source": source, **amounts})
    return rows


def _sum(rows: list[Row], column: str) -> Decimal:
    return sum((value for row in rows if isinstance(value := row[column], Decimal)), Decimal(0))


def _project(project: str, unit: str, funds: list[Row]) -> Row:
    is_adjusted = _sum(funds, "initial_budget") != _sum(funds, "annual_budget")
    is_low = _sum(funds, "annual_spending") < _sum(funds, "annual_budget")
    return {
        "name": project,
        "unit": unit,
        "expected": f"按计划完成{project}各项任务，资料齐全，服务对象满意度不低于 90%。",
        "achieved": f"{project}各项任务均已完成，全年分批实施并通过验收，服务对象反映良好。",
        "usage": "主要用于材料、培训、差旅和委托业务等支出",
        "results": "工作效率和服务水平得到提升",
        "next_steps": "做实前期准备，加快支付进度",
        "deviation_reason": "招标节约和结算周期影响支付，今后提前编制用款计划。" if is_low else None,
        "adjustment_reason": "年中按实际需要调减。" if is_adjusted else None,
    }


def _indicators(project: str, random: Random) -> Iterator[Row]:
    goals = [random.randrange(low, high) for low, high in ((4, 24), (5, 40), (50, 900))]
    numbers = dict(zip("ace", goals, strict=True))
    numbers |= dict(zip("bdf", (goal + goal // 10 for goal in goals), strict=True))
    for indicator in INDICATORS:
        yield _indicator({"project": project}, indicator, project.removesuffix("经费"), numbers)


def _indicator(first: Row, indicator: Indicator, subject: str, numbers: Mapping[str, int]) -> Row:
    level1, level2, level3, target, actual, points = indicator
    told: Row = {"level1": level1, "level2": level2, "level3": level3.format(subject), "points": points}
    judged = not any(sign in target for sign in "≥≤><")
    score: Row = {"score": points, "tier": REACHED} if judged else {}
    goal: Row = {"target": target.format(**numbers), "actual": actual.format(**numbers) or None}
    return {**first, **told, **goal, **score}


def _undertakings(projects: list[str]) -> list[Row]:
    kinds = (("任务", projects[0]), ("任务", projects[1]), ("目标", ""))
    return [
        {
            "kind": kind,
            "name": name or None,
            "content": f"完成年度{name or '各项工作'}任务",
            "target": "100%",
            "actual": "100%",
            "points": 10,
        }
        for kind, name in kinds
    ]


def _accounts(funding: list[list[Row]], random: Random) -> Rows:
    basic = Decimal(random.randrange(40_000, 400_000)) / 100
    flat = [row for rows in funding for row in rows]
    project = [_sum(flat, column) for column in ("initial_budget", "annual_budget", "annual_spending")]
    columns = ("initial_budget", "annual_budget", "final")

    def line(item: str, kind: str, amounts: list[Decimal]) -> Row:
        return {"kind": kind, "item": item, **dict(zip(columns, amounts, strict=True))}

    return {
        "accounts": [
            line("财政性资金", "资金来源", [amount + basic for amount in project]),
            line("其他资金", "资金来源", [Decimal(0)] * 3),
            line("基本支出", "资金结构", [basic] * 3),
            line("项目支出", "资金结构", project),
        ],
        "sangong": [
            {
                "item": "公务用车运行维护费",
                "budget": Decimal("1.8"),
                "final": Decimal("1.6"),
                "last_year": Decimal("1.7"),
            },
            {
                "item": "公务接待费",
                "budget": Decimal("0.2"),
                "final": Decimal("0.2"),
                "last_year": Decimal("0.2"),
            },
        ],
        "procurement": [
            {
                "category": "货物",
                "budget": 2,
                "final": 2,
                "small_business": Decimal("1.5"),
                "micro_business": 1,
            }
        ],
    }


def _narratives(units: list[str]) -> list[Row]:
    told = [(unit, section, text.format(unit)) for unit in units for section, text in UNIT_TEXTS.items()]
    told += [("部门整体", section, text) for section, text in DEPARTMENT_TEXTS.items()]
    return [{"scope": scope, "section": section, "text": text} for scope, section, text in told]
