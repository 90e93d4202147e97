"""A filing written as text tables: a small one that is right, and changes to it by cell.

``examined({"项目资金!E2": "9"})`` is the right filing with one cell changed, ``"绩效指标!5": None`` blanks
a row, ``"绩效指标+": "…|…"`` appends one, ``"政府采购": None`` leaves a whole sheet out. Reading is the real
one, so that places and values are what a clerk's workbook would give.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from docgen.checks import Case, settle
from docgen.figures import Figures, compute
from docgen.finding import Finding
from docgen.model import Filing
from docgen.model.last_year import LastYear
from docgen.packs import Norms, Pack, load_pack, norms_at
from docgen.workbook import Book, bind
from docgen.workbook.book import Grid, column_index

Changes = Mapping[str, str | None]
CELL = re.compile(r"(?P<sheet>[^!+]+)!(?P<column>[A-Z]*)(?P<row>\d+)")

BASE = """
# 单位信息
部门（单位）名称 | 东山县人社局
年度 | 2021
汇总日期 | 2022-07-11
金额单位 | 万元
模板包 | xinxiang

# 单位
单位名称 | 类别 | 单独自评 | 报告写法 | 落款日期
东山县人社局 | 部门本级 | 是 | 概括 |
东山县就业中心 | 二级机构 | 是 | 分项目 | 2022-07-07
东山县培训学校 | 二级机构 | 否 | |

# 项目
项目名称 | 实施单位 | 主管部门 | 预期目标 | 实际完成情况 | 资金用途 | 项目成效 | 后续措施 | 执行偏差原因及改进措施 | 预算调整原因 | 自评总分 | 评价等级
窗口服务经费 | 东山县人社局 | | 保障窗口正常开放 | 窗口全年开放 250 天 | 耗材和水电 | | | | | |
技能培训经费 | 东山县就业中心 | | 培训 200 人 | 培训 230 人，办班 6 期 | 培训补贴 | | | | | |
招聘服务经费 | 东山县就业中心 | | 办好招聘活动 | 办招聘会 12 场 | 场地和宣传 | | | | | |

# 项目资金
项目名称 | 资金来源 | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 | 得分
窗口服务经费 | 当年财政拨款 | 10 | 10 | 10 | |
技能培训经费 | 当年财政拨款 | 12 | 12 | 12 | |
技能培训经费 | 上年结转资金 | 8 | 8 | 8 | |
技能培训经费 | 年度资金总额 | 20 | 20 | 20 | 100% | 10
招聘服务经费 | 当年财政拨款 | 5 | 5 | 5 | |

# 绩效指标
项目名称 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 完成档次 | 偏差原因分析及改进措施
窗口服务经费 | 产出指标 | 数量指标 | 开放窗口数 | ≥4个 | 5个 | 20 | | |
窗口服务经费 | 产出指标 | 质量指标 | 事项办结率 | ≥95% | 98% | 10 | | |
窗口服务经费 | 产出指标 | 时效指标 | 开放及时性 | 及时 | 及时 | 10 | 10 | 达成预期指标 |
窗口服务经费 | 产出指标 | 成本指标 | 窗口运行成本 | ≤10万元 | 10万元 | 10 | | |
窗口服务经费 | 效益指标 | 社会效益指标 | 方便群众办事 | 方便 | 更加方便 | 30 | 30 | 达成预期指标 |
窗口服务经费 | 满意度指标 | 服务对象满意度指标 | 办事群众满意度 | ≥90% | 95% | 10 | | |
技能培训经费 | 产出指标 | 数量指标 | 培训人数 | ≥200人 | 230人 | 20 | 20 | |
技能培训经费 | 产出指标 | 质量指标 | 培训合格率 | ≥90% | 93% | 10 | | |
技能培训经费 | 产出指标 | 时效指标 | 开班时间 | 3月底前 | 3月20日 | 10 | 10 | 达成预期指标 |
技能培训经费 | 产出指标 | 成本指标 | 人均培训成本 | ≤1000元/人 | 870元/人 | 10 | | |
技能培训经费 | 效益指标 | 社会效益指标 | 提升劳动者技能 | 提升 | 提升 | 30 | 30 | 达成预期指标 |
技能培训经费 | 满意度指标 | 服务对象满意度指标 | 学员满意度 | ≥90% | 96% | 10 | | |
招聘服务经费 | 产出指标 | 数量指标 | 招聘会场次 | 12场 | 12场 | 20 | | |
招聘服务经费 | 产出指标 | 质量指标 | 参会单位达标率 | 100% | 100% | 10 | | |
招聘服务经费 | 产出指标 | 时效指标 | 举办及时性 | 按月举办 | 按月举办 | 10 | 10 | 达成预期指标 |
招聘服务经费 | 产出指标 | 成本指标 | 场均成本 | ≤5000元 | 4166元 | 10 | | |
招聘服务经费 | 效益指标 | 社会效益指标 | 促进就业 | 促进 | 促进 | 30 | 30 | 达成预期指标 |
招聘服务经费 | 满意度指标 | 服务对象满意度指标 | 参会单位满意度 | ≥90% | 92% | 10 | | |

# 整体目标与任务
类别 | 名称 | 主要内容 | 指标值 | 完成值 | 分值 | 得分 | 完成档次 | 偏差原因及改进措施 | 评分理由
任务 | 稳定就业 | 落实就业补贴政策，办好招聘活动 | 100% | 100% | 10 | | | |
任务 | 技能培训 | 组织职业技能培训 | 100% | 100% | 10 | | | |
目标 | | 就业局势保持稳定 | 100% | 100% | 10 | | | |

# 整体指标
一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 | 完成档次 | 偏差原因及改进措施 | 评分理由
投入指标 | 工作目标 | 目标相关性 | 相关 | 相关 | 15 | 15 | 达成预期指标 | |
过程指标 | 预算执行 | 预算执行率 | >90% | | 10 | | | |
过程指标 | 预算执行 | “三公经费”控制率 | ≤100% | 90% | 5 | | | |
过程指标 | 财务管理 | 资金使用合规性 | 合规 | 合规 | 10 | 10 | 达成预期指标 | |
效益指标 | 履职效益 | 就业环境改善 | 改善 | 改善 | 20 | 20 | 达成预期指标 | |
效益指标 | 满意度 | 社会公众满意度 | ≥90% | 92% | 10 | | | |

# 收支
类别 | 项目 | 年初预算数 | 全年预算数 | 决算数
资金来源 | 财政性资金 | 100 | 100 | 98
资金来源 | 其他资金 | 0 | 0 | 0
资金结构 | 基本支出 | 60 | 60 | 60
资金结构 | 项目支出 | 40 | 40 | 38

# 三公经费
项目 | 预算数 | 决算数 | 上年决算数 | 变动原因
公务用车运行维护费 | 1.8 | 1.6 | 1.7 |
公务接待费 | 0.2 | 0.2 | 0.2 |

# 政府采购
类别 | 采购预算 | 实际采购金额 | 授予中小企业 | 其中：小微企业
货物 | 2 | 2 | 1.5 | 1

# 文字
适用单位 | 章节 | 正文
东山县人社局 | 工作组织 | 局机关成立自评小组，由财务科牵头，业务科室按季度核对完成情况并报送佐证材料，逐项复核后汇总。
东山县人社局 | 自评过程 | 先由科室自评，再由财务科复核。
东山县人社局 | 自评工作建议 | 加强指标设置培训。
东山县就业中心 | 工作组织 | 中心主任负总责，各股室分工填报，综合股汇总核对后报局机关审核，全过程留存资料备查，定期通报。
东山县就业中心 | 自评过程 | 对照年初目标逐项核对。
东山县就业中心 | 自评工作建议 | 指标值应与工作计划衔接。
部门整体 | 整体·工作组织 | 全局统一部署。
部门整体 | 整体·自评过程 | 汇总各单位自评结果。
部门整体 | 整体·资金管理 | 严格执行财务制度。
部门整体 | 整体·效益说明 | 就业环境持续改善。
部门整体 | 整体·存在问题 | 个别指标设置偏低。
部门整体 | 整体·改进建议 | 完善指标库。
部门整体 | 整体·结果应用 | 与下年预算安排挂钩。
部门整体 | 整体·结果公开 | 随决算一并公开。
东山县人社局 | 问题 | 个别窗口高峰时段排队较长。
东山县就业中心 | 问题 | 部分学员出勤不稳定。

# 核实说明
规则编号 | 位置 | 说明
"""  # noqa: E501 - a row of a sheet is a line


@dataclass(frozen=True)
class Examined:
    """A changed filing with everything that follows from it."""

    case: Case
    findings: list[Finding]

    @property
    def filing(self) -> Filing:
        return self.case.filing

    @property
    def figures(self) -> Figures:
        return self.case.figures

    @property
    def found(self) -> list[str]:
        """``B101 项目资金!E5`` for every finding."""
        return [f"{finding.code} {finding.place}" for finding in self.findings]

    def only(self, code: str) -> list[Finding]:
        return [finding for finding in self.findings if finding.code == code]


def examined(
    changes: Changes = {},  # noqa: B006 - read only
    *,
    pack: Pack | None = None,
    norms: Norms | None = None,
    base: str = BASE,
    last_year: LastYear | None = None,
) -> Examined:
    """The base filing with ``changes``, read, computed and checked."""
    used = pack or load_pack("xinxiang")
    rules = norms or norms_at(used, 2021)
    bound = bind(book(changes, base), used.layout, tuple(tier.name for tier in rules.tiers))
    case = Case(bound.filing, compute(bound.filing, rules, used, last_year), rules, used)
    return Examined(*settle(case, bound.findings))


def book(changes: Changes, base: str = BASE) -> Book:
    """The base tables with ``changes`` as a book."""
    sheets = _tables(base)
    for key, value in changes.items():
        _change(sheets, key, value)
    return Book("甲.xlsx", tuple(Grid("甲.xlsx", title, rows) for title, rows in sheets.items()))


def with_parameters(code: str, **parameters: str) -> Pack:
    """The county's pack with other parameters for one rule."""
    pack = load_pack("xinxiang")
    setting = replace(pack.checks[code], parameters={**pack.checks[code].parameters, **parameters})
    return replace(pack, checks={**pack.checks, code: setting})


def _tables(text: str) -> dict[str, list[list[object]]]:
    sheets: dict[str, list[list[object]]] = {}
    for block in re.split(r"^# ", text, flags=re.MULTILINE)[1:]:
        title, *lines = block.strip().splitlines()
        sheets[title.strip()] = [_row(line) for line in lines]
    return sheets


def _row(line: str) -> list[object]:
    return [cell.strip().replace("\\n", "\n") for cell in line.split("|")]


def _change(sheets: dict[str, list[list[object]]], key: str, value: str | None) -> None:
    match = CELL.fullmatch(key)
    if key.endswith("+"):
        sheets[key[:-1]].extend(_row(line) for line in (value or "").splitlines())
    elif match is None:
        del sheets[key]
    elif not match["column"]:
        sheets[match["sheet"]][int(match["row"]) - 1] = []
    else:
        row = sheets[match["sheet"]][int(match["row"]) - 1]
        column = column_index(match["column"])
        row.extend([""] * (column + 1 - len(row)))
        row[column] = value or ""
