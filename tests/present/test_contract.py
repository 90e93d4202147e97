"""The words of ``present`` against the names the templates of a pack ask for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docgen.model import Department, Filing
from docgen.present import present
from docgen.render import compile_template
from tests.present.filings import FILING, case_of, project

FILINGS = {
    "whole": FILING,
    "without indicators": replace(FILING, projects=(project("甲", indicators=()),), overall=()),
    "without money": replace(FILING, accounts=(), sangong=(), procurement=()),
    "empty": Filing(workbook="空.xlsx", department=Department()),
}


@pytest.mark.parametrize("filing", FILINGS.values(), ids=FILINGS)
def test_every_name_a_template_asks_for_is_there(filing: Filing) -> None:
    for page in present(case_of(filing)):
        assert compile_template(page.template).render(page.context, page.output).content
