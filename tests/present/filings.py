"""Small filings written as tables, for the tests of ``present``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from docgen.checks import Case
from docgen.figures import compute
from docgen.finding import Place
from docgen.model import (
    AccountLine,
    Comparison,
    Department,
    Entered,
    Filing,
    FundingLine,
    Indicator,
    Narrative,
    ProcurementLine,
    Project,
    Quantity,
    SangongLine,
    Statement,
    Target,
    Undertaking,
    UndertakingKind,
    Unit,
)
from docgen.packs import Pack, load_pack, norms_at
from docgen.quantity import MoneyUnit, Points, Yuan

OFFICE = "某某县某某局"
CENTRE = "某某县服务中心"


def text(value: str, cell: str = "A1") -> Entered[str]:
    return Entered(value or None, Place("甲.xlsx", "表", cell), value)


def wan(value: str, cell: str = "E6") -> Entered[Yuan]:
    place = Place("甲.xlsx", "项目资金", cell)
    return Entered(Yuan(Decimal(value) * 10000), place, value) if value else Entered(None, place)


def points(value: str, cell: str = "G4") -> Entered[Points]:
    place = Place("甲.xlsx", "绩效指标", cell)
    return Entered(Points(Decimal(value)), place, value) if value else Entered(None, place)


def percent(value: str, comparison: Comparison = Comparison.AT_LEAST) -> Entered[Target]:
    written = f"{comparison.value}{value}%"
    return Entered(Quantity(comparison, Decimal(value) / 100, "%", written), Place("甲.xlsx"), written)


def at_most_wan(value: str) -> Entered[Target]:
    """A limit on an amount: ``≤50万元``."""
    written = f"≤{value}万元"
    number = Decimal(value) * 10000
    return Entered(Quantity(Comparison.AT_MOST, number, "元", written), Place("甲.xlsx"), written)


def statement(value: str) -> Entered[Target]:
    return Entered(Statement(value), Place("甲.xlsx"), value)


def indicator(  # noqa: PLR0913 - the columns of the sheet
    level1: str, level2: str, level3: str, *, full: str, actual: str = "100", score: str = "", why: str = ""
) -> Indicator:
    """A row that asks for 100% and reached ``actual`` per cent."""
    return Indicator(
        level1=text(level1),
        level2=text(level2),
        level3=text(level3),
        target=percent("100"),
        actual=percent(actual, Comparison.NONE),
        points=points(full),
        score=points(score),
        deviation_reason=text(why),
    )


ROWS = (
    indicator("产出指标", "数量指标", "发放人数", full="25"),
    indicator("产出指标", "数量指标", "发放批次", full="25", actual="80", why="一批延至次年。"),
    indicator("效益指标", "社会效益指标", "就业率", full="30"),
    indicator("满意度指标", "服务对象满意度指标", "群众满意度", full="10"),
)


def project(  # noqa: PLR0913 - the columns of the sheets
    name: str,
    unit: str = CENTRE,
    *,
    initial: str = "20",
    budget: str = "16.06",
    spent: str = "16.06",
    why: str = "",
    indicators: tuple[Indicator, ...] = ROWS,
    usage: str = "主要用于发放补助\n兼顾宣传。",
) -> Project:
    line = FundingLine(
        project=text(name),
        source=text("当年财政拨款"),
        initial_budget=wan(initial, "C6"),
        annual_budget=wan(budget, "D6"),
        annual_spending=wan(spent, "E6"),
    )
    return Project(
        name=text(name),
        unit=text(unit),
        expected=text("目标一\n\n 目标二 "),
        achieved=text("均已完成"),
        usage=text(usage),
        deviation_reason=text(why),
        funding=(line,),
        indicators=indicators,
    )


def unit(name: str, kind: str = "二级机构", style: str = "", day: date | None = None) -> Unit:
    return Unit(
        name=text(name),
        kind=text(kind),
        self_evaluates=Entered(kind != "内设机构"),
        report_style=text(style),
        report_date=Entered(day),
    )


FILING = Filing(
    workbook="甲.xlsx",
    department=Department(
        name=text(OFFICE),
        fiscal_year=Entered(2021),
        report_date=Entered(date(2022, 7, 11)),
        money_unit=Entered(MoneyUnit.WAN),
    ),
    units=(
        unit(OFFICE, "部门本级"),
        unit(CENTRE, style="逐指标", day=date(2022, 7, 7)),
        unit("办公室", "内设机构"),
        unit("财务股", "内设机构"),
    ),
    projects=(
        project("招聘经费", OFFICE),
        project("补助<一>"),
        project("补助二", spent="12", why="采购流标"),
    ),
    undertakings=(
        Undertaking(
            kind=Entered(UndertakingKind.GOAL),
            content=text("稳定就业"),
            target=percent("100"),
            actual=percent("100", Comparison.NONE),
            points=points("2"),
        ),
        Undertaking(
            kind=Entered(UndertakingKind.TASK),
            name=text("扩大参保"),
            content=text("新增参保人员\n核查数据；"),
            target=percent("100"),
            actual=percent("90", Comparison.NONE),
            points=points("2"),
        ),
    ),
    overall=(
        replace(indicator("过程指标", "预算执行", "预算执行率", full="2"), actual=Entered()),
        Indicator(level1=text("效益指标"), level2=text("履职效益"), level3=text("生态效益")),
        replace(indicator("效益指标", "履职效益", "社会效益", full="7"), comment=text("群众认可")),
    ),
    accounts=(
        AccountLine(text("资金来源"), text("财政性资金"), wan("100"), wan("120"), wan("90")),
        AccountLine(text("资金结构"), text("基本支出"), wan("60"), wan("60"), wan("60")),
        AccountLine(text("资金结构"), text("项目支出"), wan("40"), wan("60"), wan("30")),
    ),
    sangong=(SangongLine(text("公务接待费"), wan("0.4"), wan("0.14")),),
    procurement=(
        ProcurementLine(text("货物"), wan("1.5"), wan("1.35"), content=text("办公设备")),
        ProcurementLine(text("服务"), wan("1"), wan("1"), content=text("物业服务。")),
    ),
    narratives=(
        Narrative(text(CENTRE), text("工作组织"), text("成立小组\n分工负责；")),
        Narrative(text("部门整体"), text("整体·存在问题"), text("进度偏慢")),
    ),
)


def case_of(filing: Filing = FILING, pack: Pack | None = None) -> Case:
    """The filing with its figures, under the norms of its year."""
    chosen = pack or load_pack("xinxiang")
    norms = norms_at(chosen, filing.department.fiscal_year.otherwise(2021))
    return Case(filing, compute(filing, norms, chosen), norms, chosen)
