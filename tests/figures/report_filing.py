"""A right filing with every sheet of the department report, as text tables; see ``filing_tables``.

The county is that of ``filing_tables`` with all sheets and columns of the report switched on, 人员经费 and
公用经费 as items of 收支, and a level each of bonus and deductions.
"""

from __future__ import annotations

from dataclasses import fields, replace

from docgen.checks import Case
from docgen.figures import Figures, compute
from docgen.model.department_report import DepartmentReport
from docgen.model.last_year import LastYear
from docgen.packs import Pack, Sheet, load_pack, norms_at
from docgen.workbook import bind
from tests.filing_tables import BASE, Changes, book

YEAR = 2021
REPORT_BASE = (
    BASE
    + """
# 项目
项目名称 | 实施单位 | 预期目标 | 实际完成情况 | 6月底目标实现程度 | 年末目标已实现 | 直达资金
窗口服务经费 | 东山县人社局 | 保障窗口正常开放 | 窗口全年开放 250 天 | 50% | 是 |
技能培训经费 | 东山县就业中心 | 培训 200 人 | 培训 230 人，办班 6 期 | 30% | 是 | 是
招聘服务经费 | 东山县就业中心 | 办好招聘活动 | 办招聘会 12 场 | 0 | 否 | 否

# 整体指标
一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 | 不适用 | 完成档次
投入指标 | 工作目标 | 目标相关性 | 相关 | 相关 | 15 | 15 | | 达成预期指标
过程指标 | 预算执行 | 预算执行率 | >90% | | 10 | | |
过程指标 | 预算执行 | 支出进度 | ≥4个季度 | | 5 | | |
过程指标 | 财务管理 | 资金使用合规性 | 合规 | 合规 | 10 | 10 | | 达成预期指标
效益指标 | 履职效益 | 就业环境改善 | 改善 | 改善 | 20 | 20 | | 达成预期指标
效益指标 | 满意度 | 社会公众满意度 | ≥90% | 92% | 10 | | |

# 收支
类别 | 项目 | 年初预算数 | 全年预算数 | 决算数 | 上年决算数
资金来源 | 财政性资金 | 90 | 100 | 100 | 80
资金来源 | 其他资金 | 10 | 20 | 20 | 20
资金结构 | 人员经费 | 50 | 50 | 50 | 45
资金结构 | 公用经费 | 10 | 10 | 8 | 9
资金结构 | 项目支出 | 40 | 60 | 52 | 40

# 政府采购
类别 | 采购预算 | 实际采购金额 | 合同金额 | 授予中小企业 | 其中：小微企业
货物 | 2 | 2 | 2.5 | 1.5 | 1
服务 | 1 | 1 | 1.5 | 0.5 | 0

# 人员
人员类别 | 人数
编制数 | 50
公务员 | 11
事业人员 | 30

# 支出功能分类
功能分类 | 年初预算数 | 全年预算数 | 决算数 | 上年决算数
社会保障和就业支出 | 80 | | 85 | 70
社会保障和就业支出 | 10 | | 14 | 10
卫生健康支出 | 10 | | 11 | 14
住房保障支出 | | | |

# 资产负债
项目 | 上年末数 | 年末数
货币资金 | 30 | 20
其他应收款净额 | 10 | 5
其他流动资产 | | 0
固定资产原值 | 200 | 240
固定资产净值 | 100 | 120
在用固定资产 | | 216
其他应付款 | 40 | 20
其他负债 | 0 | 5

# 资产存量
项目 | 数量或面积 | 账面原值 | 账面净值 | 说明
房屋 | 800 | 150 | 90 |
办公用房 | 200 | | |
车辆 | 2 | 30 | 12 | 执法执勤

# 资产配置
资产类别 | 新增资产预算 | 当年配置 | 用途
设备 | 15 | 12 | 购置办公电脑
家具、用具 | 5 | 4 | 更换桌椅
设备 | | 4 | 购置打印机
无形资产 | | |

# 非税收入
收入项目 | 年初计划 | 实际上缴 | 上年上缴 | 变动原因
职称评审费 | 10 | 9 | 8 |
考试报名费 | 5 | 6 | 0 | 新开考试

# 三保支出
类别 | 项目 | 安排资金 | 实际支出 | 未支出原因
保运转 | 日常公用经费 | 10 | 8 | 年末结算
保运转 | 物业费 | 2 | 2 |
保工资 | 在职工资 | 40 | 40 |

# 支出进度
季度 | 当季支出 | 未达进度原因
第二季度 | 20 | 采购较晚
第一季度 | 30 |
第三季度 | 40 |
第四季度 | 20 | 有结余

# 职能活动
职能 | 工作活动 | 年度工作目标 | 对应项目
促进就业 | 公共就业服务 | 完成新增就业任务 | 招聘服务经费

# 整体目标与任务
类别 | 名称 | 主要内容 | 指标值 | 完成值 | 分值 | 得分 | 完成档次
任务 | 稳定就业 | 落实就业补贴政策，办好招聘活动 | 100% | 100% | 10 | |
任务 | 技能培训 | 组织职业技能培训 | 100% | 100% | 10 | |
目标 | 就业稳定 | 就业局势保持稳定 | 100% | 100% | 10 | |

# 目标指标
目标名称 | 指标 | 指标值 | 实际值 | 未完成原因
就业稳定 | 城镇新增就业人数 | ≥1000人 | 1050人 |
就业稳定 | 城镇登记失业率 | ≤4% | 3.8% |
就业稳定 | 补贴发放 | 及时 | 及时 |

# 问题措施
问题 | 具体情况和原因 | 对应扣分指标 | 改进措施
预算执行偏慢 | 部分项目开展较晚。 | 支出进度 | 提前编制计划。

# 事项清单
类别 | 事项 | 内容 | 金额 | 要求完成日期 | 实际完成日期
重点任务 | 落实就业政策 | | 3 | 2021-06-30 | 2021-06-20
重点任务 | 规范劳动用工 | | 2 | 2021-10-31 |

# 部门评价
项目名称 | 资金性质 | 预算数 | 到位数 | 执行数
技能培训经费 | 一般公共预算财政拨款 | 12 | | 12
技能培训经费 | 政府性基金预算财政拨款 | 8 | 6 | 5
招聘服务经费 | 一般公共预算财政拨款 | 5 | | 5

# 上年自评
项目名称 | 自评总分
窗口服务经费 | 100
技能培训经费 | 95
招聘服务经费 | 94.9

# 评价组
姓名 | 工作单位 | 职务 | 电话
| 东山县人社局 | 财务科科长 |
"""
)
_SHEETS = {spec.name for spec in fields(DepartmentReport)} | {"evaluations"}
_WIDENED = {"projects", "accounts", "procurement", "overall"}
_ITEMS = {"人员经费": "personnel", "公用经费": "public"}


def report_pack() -> Pack:
    """The county of the base."""
    pack = load_pack("xinxiang")
    sheets = {key: _switched_on(key, sheet) for key, sheet in pack.layout.sheets.items()}
    items = sheets["accounts"].columns["item"]
    widened = {**sheets["accounts"].columns, "item": replace(items, choices=(*items.choices, *_ITEMS))}
    sheets["accounts"] = replace(sheets["accounts"], columns=widened)
    levels = {**pack.layout.overall_levels, "加分项": ("改革创新",), "扣分项": ("违规问题",)}
    return replace(
        pack,
        layout=replace(pack.layout, sheets=sheets, overall_levels=levels),
        ledger=replace(pack.ledger, structure={**pack.ledger.structure, **_ITEMS}),
        options=replace(pack.options, bonus_levels=("加分项",), deduction_levels=("扣分项",)),
        derived={**pack.derived, "支出进度": "quarters_met", "公务接待费": "official_reception_final"},
    )


def _switched_on(key: str, sheet: Sheet) -> Sheet:
    if key not in _SHEETS | _WIDENED:
        return sheet
    columns = {name: replace(column, enabled=True) for name, column in sheet.columns.items()}
    return replace(sheet, enabled=True, columns=columns)


def report_case(
    changes: Changes = {},  # noqa: B006 - read only
    last_year: LastYear | None = None,
    *,
    pack: Pack | None = None,
) -> Case:
    """The base with ``changes``, read and computed against a record of last year."""
    used = pack or report_pack()
    norms = norms_at(used, YEAR)
    bound = bind(book(changes, REPORT_BASE), used.layout, tuple(tier.name for tier in norms.tiers))
    return Case(bound.filing, compute(bound.filing, norms, used, last_year), norms, used)


def report_figures(
    changes: Changes = {},  # noqa: B006 - read only
    last_year: LastYear | None = None,
    *,
    pack: Pack | None = None,
) -> Figures:
    """What is computed from the base with ``changes``."""
    return report_case(changes, last_year, pack=pack).figures
