"""Tags as a part writes them: Jinja's language, held against Jinja itself."""

from __future__ import annotations

import re
from collections.abc import Mapping

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.render.escape import RefusedError, word_text
from docgen.render.meaning import each
from docgen.render.program import Program
from docgen.render.template import Code, Environment, RenderError

TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})")
FUNCTIONS = {"_each": each}
PAGE: Mapping[str, object] = {
    "甲": {"名": "一", "空": "", "数": ["1", "2", "3"], "无": []},
    "乙": [{"名": "子", "有": True, "数": ["x"]}, {"名": "丑", "有": False, "数": []}],
    "丙": "三",
}


def program(text: str) -> Program:
    parts = TAG.split(text)
    codes = [Code("正文", tag, tag) for tag in parts[1::2]]
    marks = [f"\ue0f0{number}\ue0f1" for number in range(len(codes))]
    source = "".join(literal + mark for literal, mark in zip(parts[::2], [*marks, ""], strict=True))
    return Program("表.docx", source, codes, Environment(word_text, FUNCTIONS))


def written(text: str) -> str:
    return program(text).run(PAGE).decode()


def by_jinja(text: str) -> str:
    policy = {"undefined": jinja2.StrictUndefined, "finalize": word_text, "keep_trailing_newline": True}
    environment = jinja2.Environment(**policy)  # type: ignore[arg-type]  # noqa: S701
    environment.globals.update(FUNCTIONS)
    return environment.from_string(text).render(PAGE)


VALUES = st.sampled_from(
    ["甲.名", '甲["名"]', "甲.空", "丙", '"字"', "甲.数[0]", "甲.数[9]", "丁", "甲.丁", "乙", "项"]
)
LISTS = st.sampled_from(["甲.数", "甲.无", "乙", "[甲.名, 丙]", "丙"])
TESTS = st.recursive(
    st.sampled_from(
        [
            *("甲.空", "甲.数", "丙", '丙 == "三"', '丙 != "三"', '"一" == 甲.名 == "一"'),
            *('丙 in ["三", "四"]', '甲.名 not in ("二",)', "乙[1].有"),
        ]
    ),
    lambda inner: st.one_of(
        inner.map("not ({})".format),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda three: "({} {} {})".format(*three)
        ),
    ),
    max_leaves=4,
)


def _blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("{{% if {} %}}{}{{% endif %}}".format, TESTS, inner),
        st.builds(
            "{{% if {} %}}{}{{% elif {} %}}{}{{% else %}}{}{{% endif %}}".format,
            TESTS,
            inner,
            TESTS,
            inner,
            inner,
        ),
        st.builds("{{% for 项 in _each({}) %}}{}{{% endfor %}}".format, LISTS, inner),
        st.builds(
            "{{% for 项 in _each({}) %}}{}{{{{ loop.index }}}}{{% else %}}{}{{% endfor %}}".format,
            LISTS,
            inner,
            inner,
        ),
        st.builds(
            "{{% for 己 in _each(甲.数) %}}{{% if loop.last %}}{}{{% endif %}}{{% endfor %}}".format, inner
        ),
        st.builds("{{% set 壬 = {} %}}{{{{ 壬 }}}}{}".format, st.sampled_from(["甲.名", '"另"']), inner),
        st.builds("{{% set 辛 %}}{}{{% endset %}}{{{{ 辛 }}}}{}".format, inner, inner),
        st.tuples(inner, inner).map("".join),
    )


TEMPLATES = st.recursive(
    st.one_of(st.sampled_from(["字", " & ", "\n"]), VALUES.map("{{{{ {} }}}}".format)), _blocks, max_leaves=8
)


@given(TEMPLATES)
def test_what_jinja_would_write_is_written(text: str) -> None:
    try:
        expected = by_jinja(text)
    except (jinja2.UndefinedError, RefusedError):
        with pytest.raises(RenderError):
            written(text)
    else:
        assert written(text) == expected


def test_a_name_given_in_a_turn_is_gone_in_the_next() -> None:
    turn = '{{ 丙 }}{% if 项.有 %}{% set 丙 = "四" %}{% endif %}{{ 丙 }}'
    assert written(f"{{% for 项 in _each(乙) %}}{turn}{{% endfor %}}{{{{ 丙 }}}}") == "三四三三三"


def test_a_page_may_be_written_again_and_is_left_as_it_was() -> None:
    part = program('{% set 甲 = "x" %}{{ 甲 }}')
    page: dict[str, object] = {"甲": "y"}
    assert (part.run(page), part.run(page), page) == (b"x", b"x", {"甲": "y"})


@pytest.mark.parametrize(
    "text, message",
    [
        ("{{ 丁 }}", "表.docx 正文 {{ 丁 }}：没有名为“丁”的内容"),
        ("{{ 甲.丁.名 }}", "表.docx 正文 {{ 甲.丁.名 }}：没有名为“丁”的内容"),
        ("{{ 丙.名 }}", "表.docx 正文 {{ 丙.名 }}：没有名为“名”的内容"),
        ("{% if 丁 %}{% endif %}", "表.docx 正文 {% if 丁 %}：没有名为“丁”的内容"),
        ("{% for 项 in _each(丙) %}{% endfor %}", "正文 {% for 项 in _each(丙) %}：这里用不上文字"),
        ("{% set 戊 = 甲.数[7] %}", "正文 {% set 戊 = 甲.数[7] %}：没有名为“7”的内容"),
        ("{{ 甲 }}", "正文 {{ 甲 }}：这里用不上一组内容"),
    ],
)
def test_what_does_not_fit_is_told_with_its_tag(text: str, message: str) -> None:
    with pytest.raises(RenderError, match=re.escape(message)):
        written(text)


def test_methods_of_values_are_no_names() -> None:
    with pytest.raises(RenderError, match="没有名为“upper”的内容"):
        written("{{ 丙.upper }}")
    with pytest.raises(RenderError, match="没有名为“keys”的内容"):
        written("{{ 甲.keys }}")
