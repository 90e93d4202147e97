"""``转移``: a transfer by source, by aspect and by indicator."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from docgen.errors import PackError
from docgen.model import Filing
from docgen.model.transfer import Transfer, TransferFunding
from docgen.packs import Document, load_pack
from docgen.present import Page, present
from tests.present.account_filings import FILING, OFFICE, TRANSFER, rows, said, target
from tests.present.filings import case_of

PACK = "zezhou"


def pages(filing: Filing = FILING) -> list[Page]:
    return [
        page for page in present(case_of(filing, load_pack(PACK))) if page.document.startswith("transfer")
    ]


def words(**changes: Any) -> Any:  # noqa: ANN401 - a tree of words
    made = pages(replace(FILING, transfers=(replace(TRANSFER, **changes),)))
    return made[0].context["转移"]


def test_each_transfer_has_its_documents_named_after_it() -> None:
    second = replace(TRANSFER, name=said("甲/乙资金"))
    made = pages(replace(FILING, transfers=(TRANSFER, second)))
    assert len({page.output for page in made}) == len(made) == 6
    assert any("甲／乙资金" in page.output for page in made)
    assert pages(replace(FILING, transfers=())) == []


def test_a_transfer_without_a_name_still_has_a_file() -> None:
    assert "未填转移支付名称" in pages(replace(FILING, transfers=(Transfer(),)))[0].output


def test_numbers_in_file_names_sort_as_the_workbook_does() -> None:
    pack = load_pack(PACK)
    form = Document("表", "transfer", "{序号}-{转移支付}", ("documents/transfer-form.docx",))
    many = replace(FILING, transfers=(TRANSFER,) * 11)
    made = present(case_of(many, replace(pack, documents={"form": form})))
    assert (made[0].output[:3], made[-1].output[:3]) == ("01-", "11-")
    wrong = replace(form, output="{单位}")
    with pytest.raises(PackError, match="转移支付"):
        present(case_of(many, replace(pack, documents={"form": wrong})))


def test_every_source_of_the_form_has_a_row_and_only_used_ones_a_number() -> None:
    funds = words()["资金行"]
    assert [(row["来源"], row["序号中文"], row["有金额"], row["是末项"]) for row in funds] == [
        ("中央财政资金", "一", True, False),
        ("省级资金", "", False, False),
        ("市级资金", "", False, False),
        ("县级资金", "二", True, True),
        ("其他资金", "", False, False),
    ]
    assert (funds[0]["全年预算数"], funds[0]["执行率"], funds[0]["结余"]) == ("1104", "79.23%", "229.33")
    assert (funds[3]["执行率"], funds[1]["执行率"]) == ("20.70%", "")
    assert (funds[0]["文件"], funds[0]["结余原因"]) == ("某〔2024〕1号", "申报滞后")


def test_several_documents_are_listed() -> None:
    line = replace(TRANSFER.funding[0], documents=said("《甲》（某〔2024〕1号）。\n《乙》；"))
    assert words(funding=(line,))["资金行"][0]["文件"] == "《甲》（某〔2024〕1号）、《乙》"


def test_money_arrives_in_full_unless_told_otherwise() -> None:
    view = words()
    assert [row["到位数"] for row in view["资金行"]] == ["1104", "", "", "300", ""]
    assert (view["合计"]["到位率"], view["合计"]["执行率"], view["合计"]["结余"]) == (
        "99.65%",
        "66.56%",
        "471.2",
    )


def test_a_source_the_form_does_not_know_is_printed_after_the_others() -> None:
    extra = rows(TransferFunding, "source | annual_budget | annual_spending\n社会捐赠 | 10000 | 10000")
    funds = words(funding=(*TRANSFER.funding, *extra))["资金行"]
    assert (funds[-1]["来源"], funds[-1]["全年预算数"], funds[-1]["有结余"]) == ("社会捐赠", "1", False)


def test_a_budget_of_nought_has_no_rate() -> None:
    lines = rows(TransferFunding, "source | annual_budget | annual_spending\n县级资金 | 0 | 0")
    row = words(funding=lines)["资金行"][3]
    assert (row["全年预算数"], row["执行率"], row["到位率"], row["有金额"]) == ("0", "", "", False)


def test_reasons_for_balances_are_told_once() -> None:
    lines = rows(TransferFunding, """
        source  | annual_budget | annual_spending | balance_reason
        省级资金  | 20000 | 10000 | 申报滞后。
        县级资金  | 20000 | 10000 | 申报滞后
        其他资金  | 20000 | 10000 | 审批慢；
    """)  # fmt: skip
    assert words(funding=lines)["结余原因"] == "申报滞后；审批慢"


def test_aspects_without_problems_say_that_there_are_none() -> None:
    first, second = words()["管理"]
    assert (first["情况句"], first["有问题"], first["问题"], first["问题句"]) == (
        "分配合理。",
        False,
        "无",
        "",
    )
    assert (second["情况"], second["情况句"], second["有问题"], second["问题句"]) == (
        "及时下达",
        "及时下达。",
        True,
        "部分滞后。",
    )


def test_findings_of_auditors_are_told_or_that_there_are_none() -> None:
    assert words()["审计发现"] == "无"
    assert words(audit_findings=said("涉及3万元"))["审计发现"] == "涉及3万元"


def test_every_level_of_the_form_is_kept_with_an_empty_row() -> None:
    tree = words()["指标树"]
    assert [(level["名称"], len(level["二级"])) for level in tree] == [
        ("产出指标", 4),
        ("效益指标", 4),
        ("满意度指标", 1),
    ]
    cost = tree[0]["二级"][3]
    assert (cost["有指标"], len(cost["三级"])) == (False, 1)
    assert set(cost["三级"][0].values()) == {"", False}
    assert set(cost["三级"][0]) == set(tree[0]["二级"][0]["三级"][0])


def test_indicators_say_how_far_they_went_without_points() -> None:
    counts = words()["指标树"][0]["二级"][0]["三级"]
    over, short = counts
    assert (over["圈号"], over["完成比"], over["已完成"], over["完成量"]) == ("①", "180%", True, "900人")
    assert (short["圈号"], short["完成比"], short["已完成"], short["偏差原因语"]) == (
        "②",
        "33.3%",
        False,
        "报名不足",
    )
    judged = words()["指标树"][0]["二级"][1]["三级"][0]
    assert (judged["圈号"], judged["是定量"], judged["完成比"], judged["已完成"]) == ("①", False, "", True)


def test_a_judged_indicator_with_a_reason_is_not_complete() -> None:
    late = replace(TRANSFER.indicators[2], deviation_reason=said("拨付较晚"))
    assert words(indicators=(late,))["指标树"][0]["二级"][1]["三级"][0]["已完成"] is False


@pytest.mark.parametrize("actual,ratio", [("600", "120%"), ("600人", "120%"), ("6次", ""), ("大多数", "")])
def test_only_results_of_the_same_measure_have_a_ratio(actual: str, ratio: str) -> None:
    row = replace(TRANSFER.indicators[0], actual=target(actual))
    assert words(indicators=(row,))["指标树"][0]["二级"][0]["三级"][0]["完成比"] == ratio


def test_texts_are_those_written_for_the_transfer() -> None:
    context: Any = pages()[0].context
    assert (context["文字"]["分解下达"], context["文字文本"]["分解下达"]) == (
        ["按文件分解。"],
        "按文件分解。",
    )
    assert context["文字"]["结果应用"] == []
    assert (context["转移"]["地方主管部门"], context["转移"]["总体目标"]) == (
        OFFICE,
        ["目标1：稳定就业", "目标2：培训"],
    )
