from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.domain.contracts import ContractState, Facet
from bot.domain.drafting.standing import Coverage, names_product, standing_of
from bot.domain.policy import Policy
from tests.casebook import account, case


def with_products(text, *contracts, **fields):
    """``contracts`` are (product, state) pairs of one customer."""
    items = [
        replace(account(state).contracts.items[0], product=product, number=product) for product, state in contracts
    ]
    made = case(text, **fields)
    return replace(made, account=replace(made.account, contracts=Facet(tuple(items))))


@pytest.mark.parametrize(
    ("state", "coverage"),
    [
        ("active", Coverage.COVERED),
        ("expiring", Coverage.COVERED),
        ("expired", Coverage.UNCOVERED),
        ("terminated", Coverage.UNCOVERED),
        ("upcoming", Coverage.UNCOVERED),
        ("none", Coverage.UNCOVERED),
        (None, Coverage.UNKNOWN),
    ],
)
def test_what_is_owed_follows_the_contract(state, coverage):
    assert standing_of(case("打不開", state=state), Policy()).coverage is coverage


def test_contracts_that_could_not_be_read_are_unknown_not_absent():
    made = case("打不開")
    dark = replace(made, account=replace(made.account, contracts=Facet(available=False)))
    assert standing_of(dark, Policy()).coverage is Coverage.UNKNOWN


def test_the_best_contract_of_a_product_counts():
    made = with_products("打不開", ("ERP", "expired"), ("ERP", "active"))
    assert standing_of(made, Policy()).state is ContractState.ACTIVE


def test_products_in_different_states_make_no_claim_until_one_is_named():
    contracts = (("ERP", "expired"), ("POS", "active"))
    unnamed = standing_of(with_products("系統打不開", *contracts), Policy())
    assert (unnamed.coverage, unnamed.contract, unnamed.ambiguous) == (Coverage.UNKNOWN, None, True)
    assert standing_of(with_products("POS 打不開", *contracts), Policy()).coverage is Coverage.COVERED
    by_triage = with_products("系統打不開", *contracts, triage={"product": "ERP"})
    assert standing_of(by_triage, Policy()).coverage is Coverage.UNCOVERED


def test_products_in_the_same_state_need_not_be_named():
    made = with_products("系統打不開", ("ERP", "expired"), ("POS", "expired"))
    assert standing_of(made, Policy()).coverage is Coverage.UNCOVERED


def test_the_day_is_the_tenants_day_not_the_day_in_utc():
    late = datetime.fromisoformat("2026-10-31T17:30:00+00:00")  # already November in Taipei
    made = replace(case("打不開"), now=late)
    assert standing_of(made, Policy()).state is ContractState.EXPIRED
    in_london = replace(Policy(), timezone="Europe/London")
    assert standing_of(made, in_london).coverage is Coverage.COVERED


@pytest.mark.parametrize(
    ("text", "product", "named"),
    [
        ("我們 erp 掛了", "ERP 維護", True),
        ("网络设备没反应", "網路設備", False),
        ("服務器連不上", "服务器托管", False),
        ("门禁刷不开", "门禁系统", True),
        ("門禁刷不開", "门禁系统", True),
        ("interpol 打來", "ERP", False),
        ("系統打不開", "門禁系統", False),
    ],
)
def test_a_product_is_named_by_its_own_words_in_either_script(text, product, named):
    assert names_product(text, product) is named


def test_an_open_ended_contract_never_expires():
    made = case("打不開", state="active")
    item = replace(made.account.contracts.items[0], end=None, start=date(2015, 1, 1))
    endless = replace(made, account=replace(made.account, contracts=Facet((item,))))
    assert standing_of(endless, Policy()).state is ContractState.ACTIVE
