"""Every number of 第三部分 in the finished document, traced to the record of the run and to the tables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from docgen.model import Filing
from docgen.outputs.printed import printed_figures
from docgen.packs import load_pack
from docgen.pipeline import examine, run
from docgen.present import Page, present
from docgen.quantity import HUNDRED, MoneyUnit, in_unit, plain, rounded
from docgen.render import compile_template
from tests.docxtext import docx_text
from tests.present.account_filings import FILING, FUNDS, without
from tests.present.filings import case_of

SAMPLE = Path(__file__).parent.parent / "inputs" / "zezhou-2024.xlsx"
DOCUMENT, PACK = "final_accounts", "zezhou"
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")
TOLD = re.compile(r"(减少|增加|下降|增长)(\d[\d,]*(?:\.\d+)?%?)(万元|元)?")
# numbers that are no figures: years, the day accounts close, the limit a form prints, the numbering of lines
FIXED = re.compile(r"(?<!\d)20\d\d年|12月31日|单价100万元|^\d、", re.MULTILINE)
FALLS = {"减少", "下降"}


@dataclass(frozen=True)
class Told:
    """A finished text, the figures the record gives for it, and the words a person wrote herself."""

    text: str
    figures: Mapping[str, tuple[str, Decimal]]
    context: Any

    def occurrences(self) -> Iterator[tuple[str, str]]:
        """Each number of the section with what follows it."""
        text = self.derived()
        for found in NUMBER.finditer(text):
            yield found[0].rstrip(","), text[found.end() :][:2]

    def derived(self) -> str:
        """The section without what a person wrote and what no figure stands behind."""
        section = self.text.partition("# 第三部分")[2].partition("# 第四部分")[0]
        words = (*written(self.context["情况"]), *written(self.context["文字"]))
        own = {text for text in words if re.search(r"\d", text)}
        for text in sorted(own, key=len, reverse=True):
            section = section.replace(text, "…")
        return FIXED.sub("…", section)


def written(node: object) -> Iterator[str]:
    """The texts on a page that are no figures."""
    if isinstance(node, dict):
        for value in node.values():
            yield from written(value)
    elif isinstance(node, list):
        for value in node:
            yield from written(value)
    elif type(node) is str:
        yield node


def page_of(filing_or_case: Any) -> Page:  # noqa: ANN401 - a filing, or the case made of one
    case = case_of(filing_or_case, load_pack(PACK)) if isinstance(filing_or_case, Filing) else filing_or_case
    return next(page for page in present(case) if page.document == DOCUMENT)


@cache
def sample() -> Told:
    """The sample, run to the end; text and figures as they lie on the disk."""
    with TemporaryDirectory() as folder:
        run(SAMPLE, out=Path(folder), measure_pages=False)
        record = json.loads(next(Path(folder).rglob("run.json")).read_text("utf-8"))
        text = docx_text(next(Path(folder).rglob("*部门决算公开.docx")).read_bytes())
    figures = next(found for output, found in record["figures"].items() if output.startswith("部门决算公开/"))
    values = [Decimal(working["value"]) for working in record["workings"]]
    named = {name: (shown, values[at]) for name, (shown, at) in figures.items()}
    return Told(text, named, page_of(examine(SAMPLE).case).context)


def made_of(filing: Filing) -> Told:
    page = page_of(filing)
    template = compile_template(page.template)
    record = printed_figures([(page, template.names)])
    figures = {
        name: (text, value)
        for name, (text, at) in next(iter(record.documents.values())).items()
        if (value := record.workings[at].value) is not None
    }
    return Told(docx_text(template.render(page.context, page.output).content), figures, page.context)


FILINGS = {
    "funds": FUNDS,
    "no last year": without("last_year", "project_changes"),
    "nothing evaluated": replace(without("evaluations"), projects=()),
    "nothing": Filing("空.xlsx"),
    "plain": FILING,
}


# where each figure stands in the text of the sample: the frame of a sentence, filled from the record alone
FRAMES = """
2024年度收入总计{收入总计}万元，支出总计{支出总计}万元。
收入总计减少{收入变动.差}万元，下降{收入变动.率}，支出总计减少{支出变动.差}万元，下降{支出变动.率}
2024年度收入合计{收入.合计}万元
财政拨款收入{收入.行.财政拨款收入.金额}万元，占比{收入.行.财政拨款收入.占比}
2024年度支出合计{支出.合计}万元
基本支出{支出.行.基本支出.金额}万元，占比{支出.行.基本支出.占比}
项目支出{支出.行.项目支出.金额}万元，占比{支出.行.项目支出.占比}
2024年度财政拨款收入总计{财政.收入总计}万元，支出总计{财政.支出总计}万元
2024年一般公共预算财政拨款决算支出{一般.合计}万元，占本年支出合计的{一般.占比}
一般公共预算财政拨款支出减少{一般.变动.差}万元，下降{一般.变动.率}
社会保障和就业支出（类）{一般.类.社会保障和就业支出.金额}万元，占比{一般.类.社会保障和就业支出.占比}
卫生健康支出（类）{一般.类.卫生健康支出.金额}万元，占比{一般.类.卫生健康支出.占比}
住房保障支出（类）{一般.类.住房保障支出.金额}万元，占比{一般.类.住房保障支出.占比}
年初预算{一般.年初预算}万元，支出决算{一般.合计}万元，完成年初预算的{一般.完成率}。其中
卫生健康支出年初预算{一般.分类.卫生健康支出.年初预算}万元，支出决算{一般.分类.卫生健康支出.决算}万元，完成年初预算的{一般.分类.卫生健康支出.完成率}
较上年决算增加{一般.分类.卫生健康支出.变动.差}万元，增长{一般.分类.卫生健康支出.变动.率}
2024年度财政拨款基本支出{基本.合计}万元
人员经费{基本.人员}万元，主要包括基本工资{基本.人员行.基本工资.金额}万元
公用经费{基本.公用}万元，主要包括办公费{基本.公用行.办公费.金额}万元
全年预算{三公.预算}万元，支出决算{三公.决算}万元，完成全年预算的{三公.完成率}，比上年度减少{三公.变动.差}万元
公务用车运行维护费支出{三公.项.公务用车运行维护费.金额}万元，完成全年预算的{三公.项.公务用车运行维护费.完成率}，比上年度减少{三公.项.公务用车运行维护费.变动.差}万元
公务用车保有量共{三公.保有量}辆
机关运行经费支出{机关运行.金额}万元，比2023年减少{机关运行.变动.差}万元，下降{机关运行.变动.率}
政府采购支出总额{采购.总额}万元，其中：政府采购货物支出{采购.货物}万元、政府采购工程支出{采购.工程}万元
授予小微企业合同金额{采购.小微}万元，占政府采购支出总额的{采购.小微占比}
共有车辆{资产.车辆}辆。其中：其他用车{资产.车型.其他用车.数量}辆
涉及二级项目{绩效.项目数}个，资金{绩效.资金}万元
{绩效.等级.优.数量}个项目自评等级为“优”，{绩效.等级.良.数量}个项目自评等级为“良”，{绩效.等级.中.数量}个项目自评等级为“中”
就业补助资金预算执行率{绩效.部门评价.项目.就业补助资金.率}
"""


@pytest.fixture(params=["sample", *FILINGS])
def told(request: pytest.FixtureRequest) -> Told:
    return sample() if request.param == "sample" else made_of(FILINGS[request.param])


def as_printed(value: Decimal, number: str, following: str) -> str:
    """What ``value`` must look like where the text says what it is: rounded once, half-up."""
    if number.endswith("%"):
        return f"{abs(rounded(value * HUNDRED, 2)):f}%"
    if following == "万元":
        return "0" if not value else f"{abs(rounded(in_unit(value, MoneyUnit.WAN), 2)):,f}"
    return plain(abs(value))


def test_every_number_is_the_value_of_a_recorded_figure_in_its_unit(told: Told) -> None:
    sentences = [found for name, found in told.figures.items() if name.startswith("情况.")]
    lost = [
        (number, following)
        for number, following in told.occurrences()
        if not any(number == text == as_printed(value, number, following) for text, value in sentences)
    ]
    assert lost == []


@pytest.mark.parametrize("frame", FRAMES.strip().splitlines())
def test_each_figure_stands_in_its_own_sentence(frame: str) -> None:
    found = sample()
    sentence = re.sub(r"\{([^}]+)\}", lambda name: found.figures[f"情况.{name[1]}"][0], frame)
    assert sentence in found.text


def test_the_sample_is_no_empty_claim() -> None:
    assert len(list(sample().occurrences())) > 200


def test_words_of_direction_follow_the_sign(told: Told) -> None:
    changes = [found for name, found in told.figures.items() if name.rpartition(".")[2] in {"差", "率"}]
    wrong = [
        found[0]
        for found in TOLD.finditer(told.derived())
        if not any(
            found[2] == text and value != 0 and (value < 0) == (found[1] in FALLS) for text, value in changes
        )
    ]
    assert wrong == []


def told_and_tabled(context: Any) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401 - a tree of words
    """Each amount of the text and the cell of the table it speaks of."""
    told, tables = context["情况"], context["决算"]
    fiscal, general, used = tables["财政"], tables["表05"], tables["三公"]
    yield "收入总计", told["收入总计"], tables["收入"]["总计"]
    yield "支出总计", told["支出总计"], tables["支出"]["总计"]
    yield "财政收入总计", told["财政"]["收入总计"], fiscal["总计"]
    yield "财政支出总计", told["财政"]["支出总计"], fiscal["支出总计"]["合计"]
    for side, table, head in (("收入", "表02", "本年收入合计"), ("支出", "表03", "本年支出合计")):
        yield side, told[side]["合计"], tables[side]["合计"]
        yield side, told[side]["合计"], tables[table]["合计"][head]
        for row in told[side]["行"]:
            yield row["名称"], row["金额"], tables[table]["合计"][row["名称"]]
    yield "一般", told["一般"]["合计"], general["合计"]["小计"]
    yield "一般", told["一般"]["合计"], fiscal["支出"]["一般公共预算"]
    tops = {row["名称"]: row["小计"] for row in general["行"] if row["层级"] == "0"}
    for row in told["一般"]["类"]:
        yield row["名称"], row["金额"], tops[row["名称"]]
    for row in told["一般"]["分类"]:
        yield row["名称"], row["决算"], tops.get(row["名称"], "")
    yield "基本", told["基本"]["合计"], general["合计"]["基本支出"]
    yield "人员", told["基本"]["人员"], tables["人员经费合计"]
    yield "公用", told["基本"]["公用"], tables["公用经费合计"]
    for stage in ("预算", "决算"):
        yield "三公", told["三公"][stage], used[stage]["合计"]
        for row, key in zip(told["三公"]["项"], ("因公出国", "购置", "运行", "接待"), strict=True):
            yield row["名称"], row[stage], used[stage][key]
    yield "机关运行", told["机关运行"]["金额"], tables["机关运行"]["合计"]
    for name, key in (("总额", "合计"), ("货物", "货物"), ("工程", "工程"), ("服务", "服务")):
        yield name, told["采购"][name], tables["采购"][key]
    yield "车辆", told["资产"]["车辆"], tables["资产"]["车辆合计"]
    yield "设备", told["资产"]["设备"], tables["资产"]["设备"]
    for row in told["资产"]["车型"]:
        yield row["名称"], row["数量"], tables["资产"][row["名称"]]
    yield "基金", told["基金"]["合计"], tables["表07"]["合计"]["小计"]
    yield "国资", told["国资"]["合计"], tables["表08"]["合计"]["小计"]


def test_the_text_says_what_the_tables_say_digit_for_digit(told: Told) -> None:
    pairs = list(told_and_tabled(told.context))
    assert [pair for pair in pairs if pair[1].replace(",", "") != (pair[2] or "0")] == []


def test_items_of_basic_spending_are_those_of_the_economic_table(told: Told) -> None:
    amounts = told.context["决算"]["经济"]
    leaves = sorted(amount for code, amount in amounts.items() if len(code) == 5 and amount)
    listed = [row["金额"] for kind in ("人员行", "公用行") for row in told.context["情况"]["基本"][kind]]
    assert sorted(amount.replace(",", "") for amount in listed) == leaves


def test_the_same_amount_reads_the_same_wherever_the_text_repeats_it() -> None:
    found = sample()
    changes = re.findall(r"主要原因是(2024年[^。]*)。", found.text)
    assert len(changes) == 3
    assert len(set(changes)) == 1


def test_nothing_of_a_form_is_left_to_be_chosen(told: Told) -> None:
    left = re.findall(r"增加（减少）|减少（增加）|XX|某某项目|\{|\}|None|，，|。。|；；|，。|：。", told.text)
    assert left == []


def test_where_there_is_no_last_year_the_text_makes_no_comparison() -> None:
    section = made_of(FILINGS["no last year"]).derived()
    assert "与上年相比，收入总计" not in section
    assert "%，支出总计" not in section


def test_funds_are_spoken_of_only_where_there_are_any() -> None:
    assert "本年度无此项收支。" in sample().text
    assert "本年度无此项支出。" in sample().text
    some = made_of(FUNDS).text
    assert "本年度无此项" not in some
    assert "10.00万元" in some


def test_a_base_of_nought_has_no_rate_and_a_budget_of_nought_no_completion() -> None:
    section = made_of(FILING).derived()
    housing = next(line for line in section.splitlines() if line.startswith("住房保障支出年初预算"))
    assert "完成年初预算" not in housing
    assert "%" not in housing
