"""The glossary: each concept once, with its English name in code, its Chinese name on forms, its type.

A pack's ``terms.toml`` says only what its form prints differently, by English name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Term:
    """One concept. ``english`` is dotted where the name belongs to something (``goal.expected``)."""

    english: str
    chinese: str
    type: str
    meaning: str


_PREFACE = """# 词汇表

代码和模板包用英文名，表格和提示用中文名，一个概念只有一个名字。
模板包的 `terms.toml` 只写本地表上印得不一样的叫法。

类型：`Yuan` 金额（元）、`Ratio` 比率（80.3% 记作 0.803）、`Points` 分、`str` 文字，其余是代码里的类。"""

_TABLE = """
# 部门和单位
department | 主管部门 | Department | 填报这份工作簿的部门；项目没有另填主管部门时就是它
unit | 填报单位 | Unit | 部门本级或下属单位；单独自评的单位有自己的汇总表和报告
implementer | 实施单位 | str | 表上印的项目实施单位，就是项目所属的 unit
name | 名称 | str | 部门、单位、项目、目标或任务的全称，与公章或预算批复一致
short_name | 简称 | str | 句子里用的短名；没有简称就用全称
fiscal_year | 年度 | int | 自评的预算年度，四位数
report_date | 汇总日期 | date | 印在汇总表、封面或落款处的日期
money_unit | 金额单位 | MoneyUnit | 工作簿里金额的单位，万元或元，只说明一次
pack | 模板包 | str | 一个地方的表式、规则数值和模板
kind | 类别 | str | 单位、目标与任务、收支各表中一行属于哪一类
self_evaluates | 单独自评 | bool | 单位是否单独出汇总表和报告
report_style | 报告写法 | str | 概括、分项目或逐指标
rank | 级别 | str | 下属单位的级别，如副科级
admin_rank | 行政级别 | str | 部门的级别，如正科级
funding_form | 经费保障形式 | str | 部门的经费从哪里来，如财政拨款
budget_code | 预算编码 | str | 部门在预算里的编码
attachment | 附件号 | str | 印在报告左上角的附件编号
basis_documents | 依据文件 | str | 评价所依据的文件，一行一件
score_form | 自评表名称 | str | 打分用的自评表
evaluation_mode | 评价方式 | str | 部门自评或中介机构评价，封面上打勾
evaluation_body | 评价机构 | str | 由谁评价，封面上打勾
prints_evaluators | 印出评价组姓名和电话 | bool | 填“是”才印，不填只留空格手填
# 项目
project | 项目 | Project | 项目支出绩效自评的对象，一个项目一张自评表
goal.expected | 预期目标 | str | 年初设定的年度总体目标
goal.achieved | 实际完成情况 | str | 年度总体目标的完成情况
usage | 资金用途 | str | 资金主要用在哪里
results | 项目成效 | str | 项目取得的效果
next_steps | 后续措施 | str | 下一步怎样做
adjustment_reason | 预算调整原因 | str | 全年预算数与年初预算数不同的原因
deviation_reason | 偏差原因 | str | 没有达到指标值或执行率偏低的原因
corrective_action | 改进措施 | str | 针对偏差准备怎样改进
midyear_progress | 6月底目标实现程度 | Ratio | 上半年监控时年度目标完成了多少
is_achieved | 年末目标已实现 | bool | 年末时项目的目标是否实现
is_direct | 直达资金 | bool | 项目是否由直达资金安排
# 项目资金
funding | 项目资金 | FundingLine | 一个项目一种来源的预算和执行
funding.total | 年度资金总额 | FundingLine | 各来源之和
source | 资金来源 | str | 项目资金、收入、转移支付资金一行的钱从哪里来
fund | 资金性质 | str | 一般公共预算、政府性基金预算、国有资本经营预算等
current_appropriation | 当年财政拨款 | Yuan | 本年度财政安排的资金
carried_in | 上年结转资金 | Yuan | 上年没有用完、结转本年使用的资金
other_funds | 其他资金 | Yuan | 财政拨款和结转以外的资金
declared | 目标申报数 | Yuan | 申报绩效目标时的金额
prepared | 预算编制数 | Yuan | 编入预算的金额
initial_budget | 年初预算数 | Yuan | 年初批复的预算
annual_budget | 全年预算数 | Yuan | 年中调整以后的预算
annual_spending | 全年执行数 | Yuan | 全年实际支出
execution_rate | 执行率 | Ratio | 全年执行数÷全年预算数
initial_completion | 完成年初预算 | Ratio | 执行或决算÷年初预算，和执行率是两个数
budget | 预算数 | Yuan | 三公经费、政府采购一行的预算
final | 决算数 | Yuan | 决算或实际支出的金额
last_year | 上年决算数 | Yuan | 同一项目上一年的决算
carryover | 结转 | Yuan | 没有用完、下年按原用途继续使用的资金
surplus | 结余 | Yuan | 没有用完的资金
unspent | 结余 | Yuan | 一个项目的全年预算数减全年执行数
# 指标和得分
indicator | 绩效指标 | Indicator | 自评表里的一行三级指标
level1 | 一级指标 | str | 产出、效益、满意度；整体表为投入、过程、产出、效益
level2 | 二级指标 | str | 数量、质量、时效、成本等
level3 | 三级指标 | str | 具体指标的名称
initial_target | 年初指标值 | Quantity 或 Statement | 调整以前的指标值，有的表只印符号和单位
target | 指标值 | Quantity 或 Statement | 年初定的目标：一个带比较关系的数，或一句话
actual | 完成值 | Quantity 或 Statement | 年末实际达到的数或情况
measure | 度量单位 | str | 指标值的单位：%、人、元……
points | 分值 | Points | 一行、一级或全表的满分
score | 得分 | Points | 按规则算出或由人评定的分
score_rate | 得分率 | Ratio | 得分÷分值
tier | 完成档次 | Tier | 定性指标的三档之一，决定得分的区间
is_excluded | 不适用 | bool | 部门没有这项业务，不计分，总分按适用部分换算
qualitative_note | 定性情况说明 | str | 定性指标完成到什么程度
comment | 评分理由 | str | 为什么得这个分，印在整体报告里
total_score | 总分 | Points | 执行率得分与各指标得分之和
average_score | 平均得分 | Points | 各项目自评总分的平均
grade | 评价等级 | str | 按总分分为优、良、中、差
converted_score | 换算得分 | Points | 有不适用的指标时，得分÷适用部分的满分×总分
bonus | 加分 | Points | 加到总分里、不算进满分的一级指标
deduction | 扣分 | Points | 从总分里减去、不算进满分的一级指标
# 部门整体
overall | 整体指标 | Indicator | 部门整体绩效自评表的一行
undertaking | 目标与任务 | Undertaking | 年度履职目标或主要任务，各生成一行产出指标
content | 主要内容 | str | 目标、任务或采购的内容
accounts | 收支 | AccountLine | 部门预算和决算，按来源和结构
item | 项目 | str | 收支、三公经费一行是什么
note | 说明 | str | 对一行收支的说明
budget_execution_rate | 预算执行率 | Ratio | 支出总额÷全年预算数
budget_adjustment_rate | 预算调整率 | Ratio | 预算调整的绝对值÷年初预算数
income_completion_rate | 收入预算完成率 | Ratio | 决算收入÷全年预算数，没有全年预算数的÷年初预算数
spending_change | 支出较预算增减 | Yuan | 支出决算减年初预算
income_less_spending | 结余 | Yuan | 收入合计减支出合计，每个阶段各一个
public_control_rate | 公用经费控制率 | Ratio | 公用经费决算÷公用经费预算
surplus_rate | 结转结余率 | Ratio | 结转结余÷全年预算数
surplus_change_rate | 结转结余变动率 | Ratio | （本年结转结余－上年结转结余）÷上年结转结余
self_evaluation_rate | 绩效自评完成率 | Ratio | 已自评项目数÷应自评项目数
sangong | 三公经费 | SangongLine | 因公出国（境）、公务用车、公务接待三类经费
overseas_travel | 因公出国（境）费 | Yuan | 三公经费之一
official_vehicles | 公务用车费 | Yuan | vehicle_purchase 加 vehicle_upkeep
vehicle_purchase | 公务用车购置费 | Yuan | 三公经费之一
vehicle_upkeep | 公务用车运行维护费 | Yuan | 三公经费之一
official_reception | 公务接待费 | Yuan | 三公经费之一
sangong_control_rate | “三公经费”控制率 | Ratio | 三公经费决算÷预算
sangong_change_rate | “三公经费”变动率 | Ratio | （本年决算－上年决算）÷上年决算
sangong_completion_rate | “三公经费”预算完成率 | Ratio | 决算÷预算；三公经费的每一项也各有一个
procurement | 政府采购 | ProcurementLine | 一类采购的预算和实际
procurement_execution_rate | 政府采购执行率 | Ratio | 实际采购金额÷采购预算
contracted | 合同金额 | Yuan | 政府采购合同的金额
small_business_share | 中小企业占比 | Ratio | 授予中小企业÷合同金额，不填合同金额的÷实际采购金额
micro_business_share | 小微企业占比 | Ratio | 授予小微企业÷授予中小企业
category | 采购类别 | str | 货物、工程、服务
small_business | 授予中小企业 | Yuan | 授予中小企业的合同金额
micro_business | 授予小微企业 | Yuan | 其中授予小微企业的合同金额
# 部门决算公开
final_accounts | 部门决算 | FinalAccounts | 部门决算公开用的各张表
income | 收入 | IncomeLine | 一个功能科目、一种来源的收入
spending | 支出 | SpendingLine | 一个功能科目、一种资金的支出；部门评价一行的执行数
spending.basic | 基本支出 | Yuan | 人员和日常公用支出
spending.project | 项目支出 | Yuan | 为完成特定任务的支出
spending.to_superior | 上缴上级支出 | Yuan | 事业单位上缴上级单位的支出
spending.business | 经营支出 | Yuan | 非独立核算经营活动的支出
spending.to_subordinate | 对附属单位补助支出 | Yuan | 用财政拨款以外的资金补助附属单位的支出
fiscal_income | 财政拨款收入 | Yuan | 一般公共预算、政府性基金预算、国有资本经营预算的拨款
economic | 经济分类 | EconomicLine | 一般公共预算基本支出按经济科目的一行
personnel | 人员经费 | Yuan | 工资福利支出和对个人和家庭的补助
public | 公用经费 | Yuan | 基本支出中人员经费以外的部分
carryover.opening | 年初结转和结余 | Yuan | 上年转入本年的资金
carryover.closing | 年末结转和结余 | Yuan | 本年转入下年的资金
carryover.surplus_used | 使用非财政拨款结余 | Yuan | 用以前年度非财政拨款结余弥补收支差额的金额
carryover.surplus_distributed | 结余分配 | Yuan | 事业单位缴纳所得税、提取专用结余等
amount | 金额 | Yuan | 一行的金额
count | 数量 | Decimal | 一行的个数、人次、辆数
use | 用途 | str | 钱或车辆用在哪里
this_year | 本年支出 | Yuan | 一个项目本年的支出
running_costs | 机关运行经费 | Yuan | 行政单位和参公单位的公用经费
change | 变动 | Change | 本年与上年之差和变动的比率；上年为零没有比率
classification | 收支分类科目 | Classification | 功能和经济科目的编码、名称，按年度生效
definition | 名词解释 | Definition | 公开说明里对一个名词的解释
department.unit_code | 预算单位代码 | str | 编制预算的单位的代码
department.unit_name | 预算单位名称 | str | 编制预算的单位；不填就是部门
# 部门整体报告
department_report | 部门整体报告 | DepartmentReport | 部门整体支出绩效自评报告用的各张表
staff | 人员 | CountLine | 年末的编制数和在职人数
staff_establishment | 编制数 | Decimal | 核定的编制
staff_present | 在职人数 | Decimal | 年末在职的人，不填就是公务员加事业人员
staff_control_rate | 在职人员控制率 | Ratio | 在职人数÷编制数
functions | 支出功能分类 | FunctionLine | 部门支出按功能分类的类
share | 占比 | Ratio | 一项÷同一阶段的合计
balance_sheet | 资产负债 | BalanceLine | 资产负债表的一行，上年末和年末
balance_sheet.assets | 资产总额 | Yuan | 流动资产、固定资产净值、在建工程、无形资产净值和其他资产之和
liabilities | 负债总额 | Yuan | 其他应付款、其他流动负债和其他负债之和
net_assets | 净资产 | Yuan | 资产总额减负债总额
debt_ratio | 资产负债率 | Ratio | 负债总额÷资产总额
cash_ratio | 现金比率 | Ratio | 货币资金÷流动负债
current_ratio | 流动比率 | Ratio | 流动资产÷流动负债
fixed_newness | 固定资产成新率 | Ratio | 固定资产净值÷固定资产原值
fixed_use_rate | 固定资产利用率 | Ratio | 在用固定资产÷固定资产原值
current_assets_share | 流动资产占比 | Ratio | 流动资产÷资产总额
payables_share | 其他应付款占比 | Ratio | 其他应付款÷负债总额
current_assets_change | 流动资产变动 | Yuan | 年末流动资产减上年末流动资产
asset_stock | 资产存量 | StockLine | 年末占有使用的一类资产
quantity | 数量或面积 | Decimal | 资产的件数，土地和房屋的平方米
gross | 账面原值 | Yuan | 资产的原值
net | 账面净值 | Yuan | 资产的净值
offices_share | 办公用房占比 | Ratio | 办公用房面积÷房屋面积
acquisitions | 资产配置 | AcquisitionLine | 一类资产的新增预算和当年配置
nontax | 非税收入 | NontaxLine | 一个收费项目的计划和上缴
plan | 年初计划 | Yuan | 年初安排的非税收入计划
nontax_rate | 非税收入完成率 | Ratio | 实际上缴÷年初计划
guarantees | 三保支出 | GuaranteeLine | 保基本民生、保工资、保运转的一项安排和支出
arranged | 安排资金 | Yuan | 为“三保”安排的资金
spent | 实际支出 | Yuan | 安排的资金里用掉的
guarantees_rate | 三保支出率 | Ratio | 实际支出÷安排资金
quarters | 支出进度 | QuarterLine | 一个季度当季的支出
quarter | 季度 | str | 第一季度到第四季度
quarters_met | 达到序时进度的季度 | Decimal | 累计支出达到序时进度的季度数
payment_rate | 支付进度率 | Ratio | 到季度末的支出进度÷序时进度
project_progress | 项目支出进度 | Ratio | 各项目全年执行数之和÷全年预算数之和
monitoring | 绩效监控 | MonitoringResult | 项目按6月底实现程度、年末是否实现、是否直达资金分组
duties | 职能活动 | DutyLine | 部门的一项职能、工作活动和年度工作目标
duty | 职能 | str | 部门的一项职责
activity | 工作活动 | str | 职能通过什么活动来履行
duty.goal | 年度工作目标 | str | 一项工作活动当年的目标
duty.projects | 对应项目 | str | 保障一项工作活动的项目，几个项目各占一行
goal_indicators | 目标指标 | Indicator | 履职目标的一个指标，不打分
completion | 完成率 | Ratio | 实际值÷指标值；不超过上限的是100%，超过的为上限÷实际值
problem | 问题措施 | ProblemLine | 一个问题、它对应的扣分指标和改进措施
problem.title | 问题 | str | 问题的一句话概括
problem.measure | 改进措施 | str | 针对一个问题准备怎样改进
listed_items | 事项清单 | ListedItem | 报告里要列出来、数出来的一个事项
due | 要求完成日期 | date | 事项要求在哪天前完成
done | 实际完成日期 | date | 事项哪天完成
past_evaluations | 上年自评 | PastEvaluation | 上年自评的一个项目和总分
key_evaluation | 重点评价 | KeyEvaluation | 重点评价的一个项目，各种资金合在一起
arrival_rate | 资金到位率 | Ratio | 到位数÷预算数
evaluator | 评价组 | Evaluator | 评价工作组的一名成员
organisation | 工作单位 | str | 评价组成员在哪里工作
position | 职务 | str | 评价组成员的职务
phone | 电话 | str | 评价组成员的电话，只留在本机
# 转移支付
transfer | 转移支付 | Transfer | 上级下达、本级使用的一笔转移支付资金
central_department | 中央主管部门 | str | 主管这笔转移支付的中央部门
local_department | 地方主管部门 | str | 主管这笔转移支付的地方部门
user_unit | 资金使用单位 | str | 用这笔资金的单位
arrived | 实际到位数 | Yuan | 已经到位的资金，不填就是全部到位
balance | 结余 | Yuan | 预算数减执行数
balance_reason | 结余原因 | str | 为什么没有用完
documents | 下达文件 | str | 下达资金的文件名和文号
aspect | 方面 | str | 资金管理的一个方面：分配科学性、下达及时性等
status | 情况说明 | str | 一个方面做得怎样
problems | 存在问题和改进措施 | str | 一个方面存在的问题和怎样改
audit_findings | 审计和监督发现的问题 | str | 中央巡视、审计和财政监督发现的问题及金额
# 文字和核对
narrative | 文字 | Narrative | 报告里由人写的一节
scope | 适用单位 | str | 一节文字属于哪个单位，或部门整体
section | 章节 | Section | 报告里的一节
text | 正文 | str | 一节文字的内容，一行一段
rule | 规则 | Rule | 一条核对规则
code | 规则编号 | str | 一个字母三位数字，一经给出不再改用
severity | 等级 | Severity | 错误、核实、提示
finding | 问题 | Finding | 核对发现的一个问题
basis | 出处 | str | 规则依据的文件
explanation | 核实说明 | Explanation | 一个核实问题的书面原因
where | 位置 | str | 问题所在的单元格，如 项目资金!E6
reason | 说明 | str | 填报人写的原因
figures | 所说明的数 | str | 原因说明的是问题里的哪些数；数变了，说明失效
norm | 规则的数 | Norms | 规则里的数值，按年度生效
layout | 工作簿格式 | Layout | 工作簿有哪些表、哪些列
"""


@cache
def groups() -> Mapping[str, tuple[Term, ...]]:
    """The glossary in groups, in reading order."""
    found: dict[str, list[Term]] = {}
    for line in _TABLE.strip().splitlines():
        if line.startswith("# "):
            rows = found.setdefault(line[2:], [])
        else:
            rows.append(Term(*(cell.strip() for cell in line.split(" | "))))
    return {title: tuple(rows) for title, rows in found.items()}


def terms() -> Iterator[Term]:
    """Every term, in reading order."""
    for rows in groups().values():
        yield from rows


@cache
def _chinese() -> Mapping[str, str]:
    return {term.english: term.chinese for term in terms()}


def printed_name(english: str, differing: Mapping[str, str]) -> str:
    """What a form prints for a concept: the pack's own word, else the glossary's. Raises ``KeyError``."""
    return differing.get(english) or _chinese()[english]


def terms_page() -> str:
    """The text of TERMS.md."""
    parts = ["<!-- 由 docgen/terms.py 生成，不要手改 -->", _PREFACE]
    for title, rows in groups().items():
        parts.append(f"## {title}")
        parts.append("\n".join(["| 中文 | English | 类型 | 含义 |", "|---|---|---|---|", *map(_row, rows)]))
    return "\n\n".join(parts) + "\n"


def _row(term: Term) -> str:
    return f"| {term.chinese} | `{term.english}` | {term.type} | {term.meaning} |"
