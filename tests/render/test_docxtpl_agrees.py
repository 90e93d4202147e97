"""Templates without our extensions come out as stock docxtpl writes them: texts, rows and merges."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import jinja2
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docxtpl import DocxTemplate

from docgen.render import compile_template
from tests.render.making import Rows, grid, word

PAGE: dict[str, object] = {
    "名": "甲&乙<丙>",
    "有": True,
    "无": False,
    "等级": "优",
    "表": [
        {"名": "一", "值": "≥95%", "子": ["a", "b"]},
        {"名": "二", "值": "<10万元", "子": []},
        {"名": "三", "值": "", "子": ["c"]},
    ],
    "列": ["甲", "乙", "丙"],
    "数": "2",
}

TEMPLATES: dict[str, list[str | Rows]] = {
    "values": ["{{ 名 }}，{{ 等级 }}", [["{{ 名 }}", "固定"]]],
    "inline conditions": [
        "甲{% if 有 %}有{% else %}没有{% endif %}",
        "{% if 无 %}丙{% elif 等级 == '优' %}丁{% endif %}",
    ],
    "inline loops": [
        "{% for x in 表 %}{{ loop.index }}{{ x.名 }}{% if not loop.last %}、{% endif %}{% endfor %}",
    ],
    "paragraphs": ["{%p if 有 %}", "一", "{%p endif %}", "{%p for x in 表 %}", "{{ x.名 }}", "{%p endfor %}"],
    "a table in a condition": ["{%p if 无 %}", "一", [["甲"]], "{%p endif %}", "后", [["乙"]]],
    "rows": [
        [
            ["头", "值"],
            ["{%tr for x in 表 %}", ""],
            ["{{ x.名 }}", "{{ x.值 }}"],
            ["{%tr endfor %}", ""],
            ["尾", ""],
        ]
    ],
    "nested rows": [
        [
            ["{%tr for x in 表 %}", ""],
            ["{%tr for y in x.子 %}", ""],
            ["{{ x.名 }}", "{{ y }}"],
            ["{%tr endfor %}", ""],
            ["小计", "{{ x.值 }}"],
            ["{%tr endfor %}", ""],
        ]
    ],
    "conditional rows": [
        [["{%tr if 无 %}", ""], ["没有", ""], ["{%tr else %}", ""], ["有", "{{ 名 }}"], ["{%tr endif %}", ""]]
    ],
    "merged down": [[["{%tr for x in 表 %}", ""], ["{% vm %}同", "{{ x.名 }}"], ["{%tr endfor %}", ""]]],
    "columns": [[["头", "{%tc for c in 列 %}", "{{ c }}", "{%tc endfor %}"]]],
    "merged across": [[["头", "{%tc for c in 列 %}", "{% hm %}合", "{%tc endfor %}"]]],
    "spans": [[["{% colspan 数 %}宽", "后"], ["{% cellbg 名色 %}", "后"]]],
    "assignments": ["{% set 乙 = 名 %}{{ 乙 }}"],
}


def seen(document: Document) -> list[object]:
    tables = [grid(table) for table in document.tables]
    spans = [one.get(qn("w:val")) for one in document.element.body.iter(qn("w:gridSpan"))]
    return [
        [paragraph.text for paragraph in document.paragraphs],
        tables,
        [span for span in spans if span != "1"],
    ]


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_docxtpl_writes_we_write(tmp_path: Path, name: str) -> None:
    path = word(tmp_path, *TEMPLATES[name])
    page = PAGE | {"名色": "FF0000"}
    stock = DocxTemplate(path)
    stock.render(page, jinja_env=jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined))
    written = io.BytesIO()
    stock.save(written)
    ours = compile_template(path).render(page, "a").content
    assert seen(docx.Document(io.BytesIO(ours))) == seen(docx.Document(written))
