from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.model import Comparison, Quantity, Statement
from docgen.workbook.targets import meaning, parse_target

QUANTITIES = """
≥95%              | ≥ | 0.95      | %        | ≥95%
>=95%             | ≥ | 0.95      | %        | ≥95%
=>95%             | ≥ | 0.95      | %        | ≥95%
≧95％             | ≥ | 0.95      | %        | ≥95%
＞＝９５％        | ≥ | 0.95      | %        | ≥95%
≥ 95 %            | ≥ | 0.95      | %        | ≥95%
不低于95%         | ≥ | 0.95      | %        | 不低于95%
不少于 3 次       | ≥ | 3         | 次       | 不少于3次
大于等于95%       | ≥ | 0.95      | %        | 大于等于95%
达到100%          | ≥ | 1         | %        | 达到100%
95%以上           | ≥ | 0.95      | %        | 95%以上
95%及以上         | ≥ | 0.95      | %        | 95%及以上
≥95%以上          | ≥ | 0.95      | %        | ≥95%以上
大于600元         | > | 600       | 元       | 大于600元
大于 600 元       | > | 600       | 元       | 大于600元
＞90%             | > | 0.9       | %        | >90%
超过90%           | > | 0.9       | %        | 超过90%
<10万元           | < | 100000    | 元       | <10万元
＜10 万元         | < | 100000    | 元       | <10万元
低于5‰            | < | 0.005     | %        | 低于5‰
≤1700元/人        | ≤ | 1700      | 元/人    | ≤1700元/人
<=1,700 元/人/月  | ≤ | 1700      | 元/人/月 | ≤1,700元/人/月
≤0.2万元/人       | ≤ | 2000      | 元/人    | ≤0.2万元/人
≤10000元/股室     | ≤ | 10000     | 元/股室  | ≤10000元/股室
=9部              | = | 9         | 部       | =9部
不超过 77.47 万元 | ≤ | 774700    | 元       | 不超过77.47万元
控制在10万元以内  | ≤ | 100000    | 元       | 控制在10万元以内
30个工作日内      | ≤ | 30        | 个工作日 | 30个工作日内
=3次              | = | 3         | 次       | =3次
等于3次           | = | 3         | 次       | 等于3次
47人              |   | 47        | 人       | 47人
171 人            |   | 171       | 人       | 171人
100%              |   | 1         | %        | 100%
0.3%              |   | 0.003     | %        | 0.3%
百分之95          |   | 0.95      | %        | 95%
95百分比          |   | 0.95      | %        | 95百分比
0 元              |   | 0         | 元       | 0元
1年               |   | 1         | 年       | 1年
3个月             |   | 3         | 个月     | 3个月
1.5万人           |   | 15000     | 人       | 1.5万人
1.2亿元           |   | 120000000 | 元       | 1.2亿元
10千瓦            |   | 10        | 千瓦     | 10千瓦
120㎡             |   | 120       | ㎡       | 120㎡
266米             |   | 266       | 米       | 266米
5场次             |   | 5         | 场次     | 5场次
3场(次)           |   | 3         | 场(次)   | 3场(次)
2520元/人         |   | 2520      | 元/人    | 2520元/人
-3%               |   | -0.03     | %        | -3%
12                |   | 12        |          | 12
1,234.5           |   | 1234.5    |          | 1,234.5
$\\geq 95\\%$     | ≥ | 0.95      | %        | ≥95%
$\\le 10$ 万元    | ≤ | 100000    | 元       | ≤10万元
"""
STATEMENTS = [
    "符合标准", "及时", "达标", "8月31日前", "12月底", "12月", "2021年12月底前", "2021年", "约50人",
    "50人左右", "固话3台，专网8条", "3次，每次2天", "7×24小时", "1-2次", "95%-98%", "3、4人", "≥3≤5", "1:1",
    "2.5.1", "1,23人", "第1名", "A级", "5A", "100%完成", "≤95%以上", "≥95%以内", "控制在预算内", "万元", "≥",
    "%", "人", "不低于当地标准", "实际缴费额的2/3", "增长5个点（同比）",
]  # fmt: skip


def rows() -> list[list[str]]:
    return [[part.strip() for part in line.split("|")] for line in QUANTITIES.strip().split("\n")]


@pytest.mark.parametrize("typed,sign,number,measure,text", rows())
def test_one_number_with_relation_and_measure_is_a_quantity(
    typed: str, sign: str, number: str, measure: str, text: str
) -> None:
    assert parse_target(typed) == Quantity(Comparison(sign), Decimal(number), measure, text)


@pytest.mark.parametrize("text", STATEMENTS)
def test_anything_else_is_a_statement_kept_as_typed(text: str) -> None:
    assert parse_target(f" {text}\n") == Statement(text)


@pytest.mark.parametrize(
    "text,words",
    [
        ("≥95%", "不低于 95%"),
        ("<10万元", "小于 100000 元"),
        ("≤1700元/人", "不超过 1700 元/人"),
        ("大于600元", "大于 600 元"),
        ("=3次", "等于 3 次"),
        ("47人", "47 人（未写比较符号）"),
        ("100%", "100%（未写比较符号）"),
        ("12", "12（未写比较符号）"),
        ("符合标准", "文字，由人判断"),
    ],
)
def test_how_a_target_was_read_is_said_in_words(text: str, words: str) -> None:
    assert meaning(parse_target(text)) == words


@given(st.text(max_size=40))
def test_any_text_is_read_as_something(text: str) -> None:
    target = parse_target(text)
    assert isinstance(target, Quantity | Statement)
    assert meaning(target)


@given(
    st.sampled_from(["≥", ">", "=", "≤", "<", ""]),
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.sampled_from(["%", "元", "万元", "人", "次", "元/人", ""]),
)
def test_the_tidied_text_is_read_as_the_same_quantity(sign: str, number: Decimal, measure: str) -> None:
    target = parse_target(f"{sign} {number:,} {measure}")
    assert isinstance(target, Quantity)
    assert target.comparison is Comparison(sign)
    assert parse_target(target.text) == target
