"""A small department with final accounts, a transfer and two projects, written as tables of text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from docgen.finding import Place
from docgen.model import (
    Department,
    Entered,
    Filing,
    FundingLine,
    Indicator,
    Narrative,
    ProcurementLine,
    Project,
    SangongLine,
    Target,
    Unit,
)
from docgen.model.final_accounts import (
    CarryoverLine,
    CategoryLine,
    CostItem,
    CountLine,
    EconomicLine,
    EvaluationLine,
    FinalAccounts,
    IncomeLine,
    LastYearLine,
    ProjectChangeLine,
    RunningCostLine,
    SpendingLine,
    UseLine,
)
from docgen.model.transfer import Transfer, TransferFunding, TransferManagement
from docgen.quantity import MoneyUnit, Points, Yuan
from docgen.workbook.targets import parse_target

OFFICE = "某某县某某局"
T = TypeVar("T")
_TEXT = {"item", "code", "name", "source", "fund", "use", "note", "reason", "kind", "category", "content"} | {
    "project", "transfer", "documents", "balance_reason", "aspect", "status", "problems", "level1", "level2",
    "level3", "deviation_reason", "tier", "qualitative_note",
}  # fmt: skip
_TARGETS = {"target", "actual", "initial_target"}


def rows(cls: Callable[..., T], table: str, sheet: str = "表") -> tuple[T, ...]:
    """One record a line under a heading of field names, cells parted by ``|``; amounts in 元."""
    lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    heads = lines[0]
    return tuple(
        cls(**{head: cell(head, text, Place("甲.xlsx", sheet, f"{chr(65 + at)}{number}"))
               for at, (head, text) in enumerate(zip(heads, line, strict=True))})
        for number, line in enumerate(lines[1:], 2)
    )  # fmt: skip


def cell(head: str, text: str, place: Place) -> Entered[Any]:
    """What stands in one cell, typed by its column."""
    if not text:
        return Entered(None, place)
    if head in _TARGETS:
        value: Any = parse_target(text)
    elif head in _TEXT and not (head == "project" and text.isdigit()):  # of 支出 it is an amount
        value = text
    elif head in {"points", "score"}:
        value = Points(Decimal(text))
    else:
        value = Decimal(text) if head == "count" else Yuan(Decimal(text))
    return Entered(value, place, text)


def said(value: str) -> Entered[str]:
    return Entered(value, Place("甲.xlsx", "表", "A1"), value)


def target(value: str) -> Entered[Target]:
    return Entered(parse_target(value), Place("甲.xlsx", "表", "A1"), value)


ACCOUNTS = FinalAccounts(
    income=rows(IncomeLine, """
        code    | source           | amount
        2080101 | 一般公共预算财政拨款 | 12000000
        2210201 | 一般公共预算财政拨款 | 1234567.89
        2080199 | 其他收入          | 10000
    """, "收入"),
    spending=rows(SpendingLine, """
        code    | fund             | basic     | project
        2080101 | 一般公共预算财政拨款 | 9000000   | 3000000
        2210201 | 一般公共预算财政拨款 | 1234567.89 |
        2080199 | 其他资金          |           | 10000
    """, "支出"),
    economic=rows(EconomicLine, """
        code  | amount
        30101 | 10000000
        30113 | 134567.89
        30201 | 100000
        30305 | 0
    """, "基本支出经济分类"),
    sangong_counts=rows(CountLine, """
        item          | count | amount | note
        公务用车保有量   | 3     |        |
        国内公务接待批次 | 4     | 5000   | 上级检查。
        国内公务接待人次 | 21    |        |
    """, "三公实物量"),
    sangong_uses=rows(UseLine, """
        item            | use      | amount
        公务用车运行维护费 | 车辆保险费。 | 20000
        公务用车运行维护费 | 燃料费    | 10000
    """, "三公用途"),
    running_costs=rows(RunningCostLine, """
        kind   | final  | last_year | reason
        行政单位 | 100000 | 80000     | 人员增加。
    """, "机关运行经费"),
    assets=rows(CountLine, """
        item    | count
        执法执勤用车 | 1
        其他用车  | 2
    """, "车辆与设备"),
    asset_uses=rows(UseLine, """
        item   | use      | count
        其他用车 | 下乡检查用车 | 2
    """, "车辆使用"),
    last_year=rows(LastYearLine, """
        item            | amount    | reason
        收入总计          | 14000000  |
        支出总计          | 14000000  |
        财政拨款收入总计    | 13234567.89 |
        财政拨款支出总计    | 13234567.89 |
        一般公共预算财政拨款支出 | 13000000  |
        “三公”经费支出     |           | 加强管理；
    """, "上年数"),
    categories=rows(CategoryLine, """
        code | initial_budget | last_year | use     | reason
        208  | 12500000       | 12000000  | 人员工资。 |
        221  |                | 0         | 住房公积金 | 基数调整。
    """, "分类预算"),
    project_changes=rows(ProjectChangeLine, """
        name | this_year | last_year
        甲补贴 | 108924.93 | 3306259.17
        乙经费 | 631262.2  |
        丙资金 | 0         | 600000
        丁资金 |           | 500000
    """, "项目变动"),
    evaluations=rows(EvaluationLine, """
        name | fund             | budget | spending
        甲补贴 | 一般公共预算财政拨款 | 100000 | 77620
        乙经费 | 一般公共预算财政拨款 |        |
    """, "部门评价"),
    cost_items=rows(CostItem, """
        project | name   | amount
        甲补贴    | 办公费。 | 30000
        甲补贴    | 差旅费  | 1200.5
    """, "费用明细"),
)  # fmt: skip

INDICATORS = """
    level1     | level2       | level3  | target  | actual  | points | tier | score
    产出指标     | 数量指标       | 培训人数  | ≥100人  | 80人    | 40     |      |
    产出指标     | 时效指标       | 发放时间  | 及时     | 达成预期指标 | 10     | 达成预期指标 | 10
    效益指标     | 社会效益       | 就业率   | ≥90%   | 95%    | 30     |      |
    满意度指标    | 服务对象满意度    | 满意度   | ≥95%   | 98%    | 10     |      |
"""


def project(name: str, *funding: FundingLine, **columns: Any) -> Project:  # noqa: ANN401 - columns of any type
    return Project(
        name=said(name),
        unit=said(OFFICE),
        expected=said("按时发放"),
        achieved=said("已发放"),
        funding=funding,
        indicators=rows(Indicator, INDICATORS, "绩效指标"),
        **columns,
    )


def fund(source: str, declared: str, prepared: str, budget: str, spent: str) -> FundingLine:
    table = "source | declared | prepared | annual_budget | annual_spending\n"
    return rows(FundingLine, table + f"{source} | {declared} | {prepared} | {budget} | {spent}", "项目资金")[
        0
    ]


TRANSFER = Transfer(
    name=said("就业补助资金"),
    central_department=said("某某部"),
    user_unit=said(f"{OFFICE}（机关）"),
    expected=said("目标1：稳定就业\n目标2：培训"),
    achieved=said("均已完成"),
    funding=rows(TransferFunding, """
        source    | annual_budget | annual_spending | arrived | documents | use   | balance_reason
        中央财政资金 | 11040000      | 8746700         |         | 某〔2024〕1号。 | 补贴 | 申报滞后。
        县级资金   | 3050000       | 631300          | 3000000 |         |       |
    """, "转移支付资金"),
    management=rows(TransferManagement, """
        aspect   | status    | problems
        分配科学性 | 分配合理。   |
        下达及时性 | 及时下达    | 部分滞后
    """, "转移支付管理"),
    indicators=rows(Indicator, """
        level1  | level2      | level3     | target | actual | deviation_reason
        产出指标  | 数量指标      | 享受补贴人数   | ≥500人 | 900人   |
        产出指标  | 数量指标      | 见习人数     | ≥90人  | 30人    | 报名不足
        产出指标  | 质量指标      | 资金拨付     | 规范   | 规范    |
        满意度指标 | 服务对象满意度指标 | 群众满意度    | ≥90% | 95%  |
    """, "转移支付指标"),
)  # fmt: skip

FILING = Filing(
    workbook="甲.xlsx",
    department=Department(
        name=said(OFFICE),
        fiscal_year=Entered(2024),
        money_unit=Entered(MoneyUnit.YUAN),
        extras={"code": said("054"), "unit_code": said("054001"), "unit_name": said(f"{OFFICE}(机关)")},
    ),
    units=(
        Unit(name=said(OFFICE), kind=said("部门本级"), self_evaluates=Entered(value=True)),
        Unit(name=said("服务中心"), kind=said("二级机构")),
        Unit(name=said("办公室"), kind=said("内设机构")),
    ),
    projects=(
        project(
            "甲补贴",
            fund("市县区财政资金", "75000", "75000", "24121", "24121"),
            deviation_reason=said("支付较晚。"),
        ),
        project(
            "“乙”经费",
            fund("市县区财政资金", "180000", "180000", "180000", "10000"),
            next_steps=said("加快支付。"),
        ),
    ),
    sangong=rows(SangongLine, """
        item            | budget | final | last_year | reason
        因公出国（境）费    | 0      | 0     | 0         | 无此项支出。
        公务用车购置费     |        |       |           |
        公务用车运行维护费   | 30000  | 30000 | 175000    | 严格控制。
        公务接待费        | 6000   | 5000  | 12200     |
    """, "三公经费"),
    procurement=rows(ProcurementLine, """
        category | budget | final  | small_business | micro_business
        货物      | 500000 | 501000 | 400000         | 300000
        服务      | 100000 | 99000  |                |
    """, "政府采购"),
    narratives=(
        Narrative(said("甲补贴"), said("项目概况"), said("补贴项目\n覆盖全县")),
        Narrative(said("就业补助资金"), said("分解下达"), said("按文件分解")),
        Narrative(said("部门整体"), said("职责"), said("负责就业工作")),
    ),
    transfers=(TRANSFER,),
    final_accounts=ACCOUNTS,
)  # fmt: skip


def without(*sheets: str) -> Filing:
    """The filing with some sheets of its final accounts empty."""
    empty: Mapping[str, tuple[()]] = dict.fromkeys(sheets, ())
    return replace(FILING, final_accounts=replace(ACCOUNTS, **empty))


def with_lines(**sheets: tuple[Any, ...]) -> Filing:
    """The filing with some sheets of its final accounts replaced."""
    return replace(FILING, final_accounts=replace(ACCOUNTS, **sheets))


CARRYOVER = rows(CarryoverLine, """
    fund              | code    | opening | closing
    政府性基金预算财政拨款  | 2082201 | 50000   | 20000
""", "结转结余")  # fmt: skip


FUNDS = with_lines(
    income=(*ACCOUNTS.income, *rows(IncomeLine, """
        code    | source           | amount
        2082201 | 政府性基金预算财政拨款 | 70000
        2230105 | 国有资本经营预算财政拨款 | 30000
    """)),
    spending=(*ACCOUNTS.spending, *rows(SpendingLine, """
        code    | fund             | basic | project
        2082201 | 政府性基金预算财政拨款 |       | 100000
        2230105 | 国有资本经营预算财政拨款 | 30000 |
    """)),
    carryover=CARRYOVER,
)  # fmt: skip
