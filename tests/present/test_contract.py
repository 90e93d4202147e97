"""The words of ``present`` against the names the templates of a pack ask for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docgen.model import Department, Filing
from docgen.model.final_accounts import FinalAccounts
from docgen.model.transfer import Transfer
from docgen.packs import load_pack, pack_ids
from docgen.present import present
from docgen.render import compile_template
from tests.present import account_filings
from tests.present.filings import FILING, case_of, project

EMPTY = Filing(workbook="空.xlsx", department=Department())
FILINGS = {
    "whole": FILING,
    "without indicators": replace(FILING, projects=(project("甲", indicators=()),), overall=()),
    "without money": replace(FILING, accounts=(), sangong=(), procurement=()),
    "empty": EMPTY,
}
ACCOUNTS = account_filings.FILING
ACCOUNT_FILINGS = {
    "whole": ACCOUNTS,
    "without accounts": replace(ACCOUNTS, final_accounts=FinalAccounts(), sangong=(), procurement=()),
    "blank subjects": replace(ACCOUNTS, projects=(account_filings.project("甲"),), transfers=(Transfer(),)),
    "without a year": replace(ACCOUNTS, department=Department()),
    "empty": EMPTY,
}


@pytest.mark.parametrize("filing", FILINGS.values(), ids=FILINGS)
def test_every_name_a_template_asks_for_is_there(filing: Filing) -> None:
    for page in present(case_of(filing)):
        assert compile_template(page.template).render(page.context, page.output).content


@pytest.mark.parametrize("filing", ACCOUNT_FILINGS.values(), ids=ACCOUNT_FILINGS)
def test_every_name_the_templates_of_final_accounts_ask_for_is_there(filing: Filing) -> None:
    for page in present(case_of(filing, load_pack("zezhou"))):
        assert compile_template(page.template).render(page.context, page.output).content


@pytest.mark.parametrize("pack", pack_ids())
def test_an_empty_workbook_has_every_name_too(pack: str) -> None:
    made = present(case_of(EMPTY, load_pack(pack)))
    assert {page.document for page in made}
    for page in made:
        assert compile_template(page.template).render(page.context, page.output).content
