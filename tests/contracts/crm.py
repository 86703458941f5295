"""The conformance kit for CRM adapters, ours and other people's.

Inherit from ``CrmContract`` (and ``CrmLogInContract``, where the system asks for a log-in) in a test module and
give the fixtures ``adapter`` (an open adapter over a CRM that holds ``facts``), ``bad_auth`` (one that must be
refused at log-in), ``dead`` (one whose CRM is gone) and ``facts``. ``FACTS`` is a set of records made to find mistakes; a CRM that cannot hold them all gives its own.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.domain.contracts import (
    Contact,
    Contract,
    ContractState,
    CrmCase,
    Customer,
    Goodwill,
    Order,
    Owner,
    Ref,
    state_on,
)
from bot.domain.errors import CrmAuthFailed, CrmError, CrmNotFound, CrmUnavailable, CrmUnsupported
from bot.domain.money import Currency, Money
from bot.ports import CrmAdapter, CrmFacet

TAIPEI = ZoneInfo("Asia/Taipei")
SOURCE = "any"


@dataclass(frozen=True)
class Facts:
    """What the CRM holds. ``full`` has one record of every kind; refs are compared by id alone."""

    full: Customer
    contracts: tuple[Contract, ...]
    cases: tuple[CrmCase, ...]
    goodwill: tuple[Goodwill, ...]
    orders: tuple[Order, ...]
    contacts: tuple[Contact, ...]
    bare: Customer
    """Has neither contracts nor history nor any field but its name."""
    twins: tuple[Customer, Customer]
    """Two customers of one name."""
    percent: Customer
    """Its name holds a percent sign and an underscore, which no other name does."""
    lapsed: Contract
    """Of ``full``: over, whatever its status says."""
    open_ended: Contract
    """Of ``full``: without an end."""
    today: date


def _ref(key: str) -> Ref:
    return Ref(SOURCE, key)


_LAPSED = Contract(
    ref=_ref("K-1"),
    number="MA-2025-01",
    kind="系統維護",
    product="ERP",
    start=date(2025, 11, 1),
    end=date(2026, 10, 31),
    tier="標準",
    raw_status="生效中",
    renewal_price=Money(Decimal(180000), Currency.TWD),
    one_off_price=Money(Decimal("4500.5"), Currency.TWD),
)
_OPEN_ENDED = Contract(ref=_ref("K-2"), number="KJ-1", kind="框架", product="POS", start=date(2018, 7, 1), end=None)
_TERMINATED = Contract(
    ref=_ref("K-3"),
    number="NET-7",
    kind="維保",
    product="網路設備",
    start=date(2026, 1, 1),
    end=date(2026, 12, 31),
    terminated=date(2026, 5, 6),
)

FACTS = Facts(
    full=Customer(
        ref=_ref("F-1"),
        name="永豐紡織股份有限公司",
        aliases=("永豐", "O'Neil & Sons"),
        tier="A",
        owner=Owner("張雅婷", "yating.chang@fencun.example"),
        since=date(2019, 4, 15),
        domain="yongfeng.example",
        slack_channel="C0EXTYF",
        slack_team="T_YONGFENG",
    ),
    contracts=(_OPEN_ENDED, _TERMINATED, _LAPSED),
    cases=(
        CrmCase(
            _ref("C-1"), datetime(2026, 3, 2, 9, 40, tzinfo=TAIPEI), datetime(2026, 3, 3, 16, 5, tzinfo=TAIPEI),
            "月結卡住", complaint=True, justified=False,
        ),
    ),
    goodwill=(
        Goodwill(_ref("G-2"), date(2026, 4, 1), "延長服務", None, "十五天"),
        Goodwill(_ref("G-1"), date(2026, 1, 8), "免費到場", Money(Decimal(4500), Currency.TWD)),
    ),
    orders=(Order(_ref("O-1"), date(2019, 4, 15), "ERP 模組", Money(Decimal(1280000), Currency.TWD)),),
    contacts=(Contact(_ref("T-1"), datetime(2026, 10, 1, 10, 15, tzinfo=TAIPEI), "電話", "張雅婷", "提醒到期"),),
    bare=Customer(ref=_ref("B-1"), name="德成五金行"),
    twins=(Customer(ref=_ref("S-1"), name="順發貿易有限公司"), Customer(ref=_ref("S-2"), name="順發貿易有限公司")),
    percent=Customer(ref=_ref("P-1"), name="百分百_100%咖啡"),
    lapsed=_LAPSED,
    open_ended=_OPEN_ENDED,
    today=date(2026, 11, 22),
)  # fmt: skip


def bare(value: object) -> object:
    """The value without sources and links, which differ between CRMs."""
    if isinstance(value, Ref):
        return value.id
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: bare(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, list | tuple):
        return [bare(item) for item in value]
    return value


def ids(found) -> list[str]:
    return [customer.id for customer in found]


class CrmContract:
    """What the core relies on. Every test runs against a real system or a real protocol."""

    async def test_a_healthy_crm_checks_out(self, adapter: CrmAdapter) -> None:
        assert await adapter.check() is None

    async def test_source_is_a_short_name_on_every_record(self, adapter: CrmAdapter, facts: Facts) -> None:
        assert 0 < len(adapter.source) <= 20
        records = [await adapter.customer(facts.full.id), *await adapter.contracts(facts.full.id)]
        assert {record.ref.source for record in records} == {adapter.source}

    async def test_a_customer_is_read_with_every_field(self, adapter: CrmAdapter, facts: Facts) -> None:
        assert bare(await adapter.customer(facts.full.id)) == bare(facts.full)

    async def test_missing_fields_are_none_not_blank(self, adapter: CrmAdapter, facts: Facts) -> None:
        assert bare(await adapter.customer(facts.bare.id)) == bare(facts.bare)

    @pytest.mark.parametrize("unknown", ["no-such-id", "", "%", "F-_", "F-1' OR '1'='1", "9" * 40, "漢字"])
    async def test_an_unknown_customer_is_not_found(self, adapter: CrmAdapter, unknown: str) -> None:
        with pytest.raises(CrmNotFound):
            await adapter.customer(unknown)

    async def test_contracts_are_read_with_dates_and_prices(self, adapter: CrmAdapter, facts: Facts) -> None:
        found = await adapter.contracts(facts.full.id)
        assert bare(found) == bare(facts.contracts)

    async def test_a_customer_without_contracts_has_none(self, adapter: CrmAdapter, facts: Facts) -> None:
        assert list(await adapter.contracts(facts.bare.id)) == []

    async def test_an_unknown_customer_has_no_contracts(self, adapter: CrmAdapter) -> None:
        assert list(await adapter.contracts("no-such-id")) == []

    async def test_a_lapsed_contract_is_expired_whatever_its_status_says(
        self, adapter: CrmAdapter, facts: Facts
    ) -> None:
        found = {contract.number: contract for contract in await adapter.contracts(facts.full.id)}
        lapsed = found[facts.lapsed.number]
        assert state_on(lapsed, facts.today, expiring_within_days=45) is ContractState.EXPIRED

    async def test_a_contract_without_an_end_is_active(self, adapter: CrmAdapter, facts: Facts) -> None:
        found = {contract.number: contract for contract in await adapter.contracts(facts.full.id)}
        open_ended = found[facts.open_ended.number]
        assert state_on(open_ended, facts.today, expiring_within_days=45) is ContractState.ACTIVE

    async def test_prices_are_exact_decimals(self, adapter: CrmAdapter, facts: Facts) -> None:
        prices = [c.renewal_price for c in await adapter.contracts(facts.full.id) if c.renewal_price]
        assert prices
        assert all(type(price.amount) is Decimal for price in prices)

    async def test_find_by_id_puts_that_customer_first(self, adapter: CrmAdapter, facts: Facts) -> None:
        assert ids(await adapter.find(facts.full.id, 5))[0] == facts.full.id

    async def test_find_by_name(self, adapter: CrmAdapter, facts: Facts) -> None:
        assert ids(await adapter.find(facts.full.name, 5)) == [facts.full.id]

    async def test_find_by_part_of_the_name(self, adapter: CrmAdapter, facts: Facts) -> None:
        assert facts.full.id in ids(await adapter.find(facts.full.name[1:4], 5))

    async def test_find_gives_both_customers_of_one_name(self, adapter: CrmAdapter, facts: Facts) -> None:
        assert sorted(ids(await adapter.find(facts.twins[0].name, 5))) == sorted(ids(facts.twins))

    async def test_find_by_alias(self, adapter: CrmAdapter, facts: Facts) -> None:
        for alias in facts.full.aliases:
            assert ids(await adapter.find(alias, 5))[0] == facts.full.id

    async def test_find_by_domain_slack_channel_and_team(self, adapter: CrmAdapter, facts: Facts) -> None:
        for key in (facts.full.domain, facts.full.slack_channel, facts.full.slack_team):
            if key is not None:
                assert ids(await adapter.find(key, 5)) == [facts.full.id]

    async def test_find_ignores_case(self, adapter: CrmAdapter, facts: Facts) -> None:
        assert ids(await adapter.find(facts.full.id.lower(), 5))[0] == facts.full.id

    async def test_find_keeps_to_the_limit(self, adapter: CrmAdapter, facts: Facts) -> None:
        assert len(await adapter.find(facts.twins[0].name, 1)) == 1

    @pytest.mark.parametrize("nobody", ["查無此客戶", "zzzz-9999", "' OR 1=1 --", '"; DROP TABLE x', "\\", "/", "|"])
    async def test_find_gives_nobody_for_strange_words(self, adapter: CrmAdapter, nobody: str) -> None:
        assert ids(await adapter.find(nobody, 5)) == []

    async def test_find_gives_nobody_for_nothing(self, adapter: CrmAdapter) -> None:
        assert ids(await adapter.find("", 5)) == ids(await adapter.find("   ", 5)) == []

    @pytest.mark.parametrize("wildcard", ["%", "_", "100%"])
    async def test_wildcards_in_search_text_are_letters(self, adapter: CrmAdapter, facts: Facts, wildcard: str) -> None:
        assert ids(await adapter.find(wildcard, 5)) == [facts.percent.id]

    async def test_long_search_text_is_harmless(self, adapter: CrmAdapter) -> None:
        assert ids(await adapter.find("紡" * 200, 5)) == []

    async def test_search_text_with_odd_characters_is_harmless(self, adapter: CrmAdapter) -> None:
        for odd in ("a+b&c=d", "😀", "ｆｕｌｌ", "[a-z]*", "{0}", "$1", ":name", "?"):
            assert ids(await adapter.find(odd, 5)) == []

    async def test_each_facet_is_read_newest_first_or_unsupported(self, adapter: CrmAdapter, facts: Facts) -> None:
        for facet in CrmFacet:
            ask = getattr(adapter, facet.value)
            if facet in adapter.facets:
                assert bare(await ask(facts.full.id)) == bare(getattr(facts, facet.value))
                assert list(await ask(facts.bare.id)) == []
            else:
                with pytest.raises(CrmUnsupported):
                    await ask(facts.full.id)

    async def test_moments_carry_an_offset(self, adapter: CrmAdapter, facts: Facts) -> None:
        if CrmFacet.CONTACTS in adapter.facets:
            assert all(contact.at.tzinfo is not None for contact in await adapter.contacts(facts.full.id))

    async def test_many_questions_at_once(self, adapter: CrmAdapter, facts: Facts) -> None:
        found = await asyncio.gather(*(adapter.customer(facts.full.id) for _ in range(40)))
        assert {customer.name for customer in found} == {facts.full.name}

    async def test_a_cancelled_question_hurts_nobody_else(self, adapter: CrmAdapter, facts: Facts) -> None:
        asked = asyncio.create_task(adapter.customer(facts.full.id))
        await asyncio.sleep(0)
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
        assert (await adapter.customer(facts.full.id)).name == facts.full.name

    async def test_a_dead_crm_is_unavailable(self, dead: CrmAdapter) -> None:
        for ask in (dead.check(), dead.customer("F-1"), dead.find("永豐", 5), dead.contracts("F-1")):
            with pytest.raises(CrmUnavailable):
                await ask

    async def test_errors_are_one_line_with_a_cause(self, dead: CrmAdapter) -> None:
        with pytest.raises(CrmError) as caught:
            await dead.check()
        assert str(caught.value)
        assert "\n" not in str(caught.value)


class CrmLogInContract:
    """For systems that ask who is there; inherit from it besides."""

    async def test_a_refused_log_in_is_auth_failed_and_never_retryable(self, bad_auth: CrmAdapter) -> None:
        for ask in (bad_auth.check(), bad_auth.customer("F-1"), bad_auth.find("永豐", 5)):
            with pytest.raises(CrmAuthFailed) as caught:
                await ask
            assert "\n" not in str(caught.value)
