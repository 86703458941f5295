"""The core's side of the CRM: deadline, retries, single flight, cache, stale answers."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from types import TracebackType
from typing import Self

import pytest

from bot.domain.contracts import Contact, Contract, CrmCase, Customer, Goodwill, Order, Ref
from bot.domain.errors import (
    CrmAuthFailed,
    CrmBadRequest,
    CrmError,
    CrmNotFound,
    CrmRateLimited,
    CrmUnavailable,
    CrmUnsupported,
)
from bot.ports import CrmFacet
from bot.services.crm import CrmLimits, CrmService
from bot.services.throttle import TokenBucket

QUICK = CrmLimits(deadline=0.3, first_wait=0.001, longest_wait=0.002)
PATIENT = CrmLimits(deadline=8.0, first_wait=0.001, longest_wait=0.002)
START = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def customer(key: str, name: str = "甲", **fields: object) -> Customer:
    return Customer(Ref("fake", key), name, **fields)


class Time:
    """Wall clock and monotonic clock in one, moved by hand."""

    def __init__(self) -> None:
        self.passed = 0.0

    def now(self) -> datetime:
        return START + timedelta(seconds=self.passed)

    def monotonic(self) -> float:
        return self.passed


class FakeCrm:
    """Answers from a list; ``failing`` holds errors to raise before each answer, ``hanging`` what never answers."""

    source = "fake"

    def __init__(self, *customers: Customer, facets: frozenset[CrmFacet] = frozenset(CrmFacet)) -> None:
        self.customers = list(customers)
        self.facets = facets
        self.calls: Counter[str] = Counter()
        self.failing: dict[str, list[CrmError]] = {}
        self.hanging: set[str] = set()
        self.searched: list[str] = []
        self.pause = 0.0
        self.opened = 0

    async def __aenter__(self) -> Self:
        self.opened += 1
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.opened -= 1

    async def _answer(self, name: str) -> None:
        self.calls[name] += 1
        if name in self.hanging:
            await asyncio.Event().wait()
        if errors := self.failing.get(name):
            raise errors.pop(0)
        await asyncio.sleep(self.pause)

    async def check(self) -> None:
        await self._answer("check")

    async def find(self, text: str, limit: int) -> Sequence[Customer]:
        self.searched.append(text)
        await self._answer("find")
        keys = (
            text in (c.id, c.slack_channel, c.slack_team) or text in c.name or text in c.aliases for c in self.customers
        )
        return [c for c, match in zip(self.customers, keys, strict=True) if match][:limit]

    async def customer(self, customer_id: str) -> Customer:
        await self._answer("customer")
        for found in self.customers:
            if found.id == customer_id:
                return found
        raise CrmNotFound(customer_id)

    async def contracts(self, customer_id: str) -> Sequence[Contract]:
        await self._answer("contracts")
        return [Contract(Ref("fake", "K"), "N", "維護", "ERP", date(2026, 1, 1), date(2026, 12, 31))]

    async def cases(self, customer_id: str) -> Sequence[CrmCase]:
        await self._answer("cases")
        return []

    async def goodwill(self, customer_id: str) -> Sequence[Goodwill]:
        await self._answer("goodwill")
        return [Goodwill(Ref("fake", "G"), date(2026, 1, 1), "免費到場")]

    async def orders(self, customer_id: str) -> Sequence[Order]:
        await self._answer("orders")
        return []

    async def contacts(self, customer_id: str) -> Sequence[Contact]:
        await self._answer("contacts")
        return []


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def crm() -> FakeCrm:
    return FakeCrm(customer("A-1"))


@pytest.fixture
async def service(crm: FakeCrm, time: Time):
    async with CrmService(crm, time, monotonic=time.monotonic, limits=PATIENT) as service:
        yield service


@pytest.fixture
async def hurried(crm: FakeCrm, time: Time):
    async with CrmService(crm, time, monotonic=time.monotonic, limits=QUICK) as service:
        yield service


def down(times: int = 3) -> list[CrmError]:
    return [CrmUnavailable("down") for _ in range(times)]


class TestAccount:
    async def test_holds_every_facet_with_its_time_and_source(self, service: CrmService) -> None:
        account = await service.account("A-1")
        assert (account.customer.id, account.source, account.as_of, account.stale) == ("A-1", "fake", START, False)
        assert [c.number for c in account.contracts.items] == ["N"]
        assert account.goodwill.available
        assert len(account.goodwill.items) == 1

    @pytest.mark.parametrize("part", ["contracts", "cases", "goodwill", "orders", "contacts"])
    async def test_a_part_that_fails_is_unavailable_not_empty(self, service, crm, part: str) -> None:
        crm.failing[part] = down()
        account = await service.account("A-1")
        parts = {name: getattr(account, name).available for name in ("contracts", *CrmFacet)}
        assert [name for name, available in parts.items() if not available] == [part]

    async def test_a_part_that_hangs_costs_the_others_nothing(self, service, crm) -> None:
        crm.hanging = {"orders", "contracts"}
        account = await service.account("A-1")
        assert not account.contracts.available
        assert not account.orders.available
        assert account.goodwill.available

    async def test_a_failed_part_is_asked_again_next_time(self, service, crm) -> None:
        crm.failing["contracts"] = down()
        assert not (await service.account("A-1")).contracts.available
        assert (await service.account("A-1")).contracts.available

    async def test_a_facet_the_crm_lacks_is_unavailable_and_never_asked(self, time) -> None:
        crm = FakeCrm(customer("A-1"), facets=frozenset({CrmFacet.CASES}))
        account = await CrmService(crm, time, limits=QUICK).account("A-1")
        assert account.cases.available
        assert not account.goodwill.available
        assert crm.calls["goodwill"] == 0

    async def test_an_unsupported_facet_is_unavailable(self, service, crm) -> None:
        crm.failing["goodwill"] = [CrmUnsupported("no view")]
        assert not (await service.account("A-1")).goodwill.available

    async def test_an_unknown_customer_is_not_found(self, service) -> None:
        for unknown in ("nobody", "", " \0 "):
            with pytest.raises(CrmNotFound):
                await service.account(unknown)

    async def test_a_dead_crm_fails_the_question(self, service, crm) -> None:
        crm.failing["customer"] = down()
        with pytest.raises(CrmUnavailable):
            await service.account("A-1")


class TestDeadlineAndRetries:
    async def test_a_hanging_crm_is_given_up_at_the_deadline(self, hurried, crm) -> None:
        crm.hanging = {"customer"}
        loop = asyncio.get_running_loop()
        started = loop.time()
        with pytest.raises(CrmUnavailable, match=r"no answer within 0\.3 s"):
            await hurried.account("A-1")
        assert loop.time() - started < 2

    async def test_an_adapter_that_will_not_stop_is_not_waited_for(self, hurried, crm) -> None:
        async def stubborn(customer_id: str) -> Customer:
            with suppress(asyncio.CancelledError):
                await asyncio.sleep(30)
            await asyncio.sleep(1.5)
            raise CrmUnavailable("at last")

        crm.customer = stubborn
        loop = asyncio.get_running_loop()
        started = loop.time()
        with pytest.raises(CrmUnavailable, match="no answer within"):
            await hurried.account("A-1")
        assert loop.time() - started < 1.5

    async def test_one_deadline_covers_a_question_of_several_searches(self, hurried, crm) -> None:
        crm.pause = 0.2
        with pytest.raises(CrmUnavailable):
            await hurried.by_channel("C1", "T1")
        assert crm.calls["find"] == 2

    @pytest.mark.parametrize("failures", [1, 2])
    async def test_what_may_pass_is_tried_again_twice(self, service, crm, failures: int) -> None:
        crm.failing["find"] = down(failures)
        assert [c.id for c in await service.find("A-1")] == ["A-1"]
        assert crm.calls["find"] == failures + 1

    async def test_after_two_retries_the_error_is_told(self, service, crm) -> None:
        crm.failing["find"] = down(9)
        with pytest.raises(CrmUnavailable, match="down"):
            await service.find("A-1")
        assert crm.calls["find"] == 3

    @pytest.mark.parametrize("error", [CrmAuthFailed("no"), CrmBadRequest("bug"), CrmNotFound("none")])
    async def test_what_will_not_pass_is_not_tried_again(self, service, crm, error: CrmError) -> None:
        crm.failing["check"] = [error]
        with pytest.raises(type(error)):
            await service.check()
        assert crm.calls["check"] == 1

    async def test_a_rate_limit_is_waited_out(self, service, crm) -> None:
        crm.failing["find"] = [CrmRateLimited(retry_after=0.1)]
        loop = asyncio.get_running_loop()
        started = loop.time()
        assert await service.find("A-1")
        assert loop.time() - started >= 0.09

    async def test_a_rate_limit_beyond_the_deadline_is_told_at_once(self, service, crm) -> None:
        crm.failing["find"] = [CrmRateLimited(retry_after=30)]
        with pytest.raises(CrmRateLimited) as caught:  # waiting would end as CrmUnavailable, at the deadline
            await service.find("A-1")
        assert (caught.value.retry_after, crm.calls["find"]) == (30, 1)


class TestCache:
    async def test_an_answer_is_kept_five_minutes(self, service, crm, time) -> None:
        await service.account("A-1")
        time.passed = 299
        account = await service.account("A-1")
        assert (crm.calls["customer"], account.as_of) == (1, START)
        time.passed = 301
        account = await service.account("A-1")
        assert (crm.calls["customer"], account.as_of) == (2, START + timedelta(seconds=301))

    async def test_fresh_asks_again_and_renews_the_cache(self, service, crm) -> None:
        await service.account("A-1")
        await service.account("A-1", fresh=True)
        await service.account("A-1")
        assert crm.calls["customer"] == 2

    @pytest.mark.parametrize("fresh", [True, False])
    async def test_a_crm_that_is_down_is_answered_for_by_the_old_answer(self, service, crm, time, fresh: bool) -> None:
        await service.account("A-1")
        time.passed = 86_000
        for name in ("customer", "contracts", *CrmFacet):
            crm.failing[name] = down()
        account = await service.account("A-1", fresh=fresh)
        assert (account.stale, account.as_of) == (True, START)
        assert account.contracts.available

    async def test_an_answer_older_than_a_day_is_no_answer(self, service, crm, time) -> None:
        await service.account("A-1")
        time.passed = 86_401
        crm.failing["customer"] = down()
        with pytest.raises(CrmUnavailable):
            await service.account("A-1")

    async def test_one_old_part_makes_the_account_stale(self, service, crm, time) -> None:
        await service.account("A-1")
        time.passed = 400
        crm.failing["contracts"] = down()
        account = await service.account("A-1")
        assert (account.stale, account.as_of) == (True, START)

    async def test_a_customer_who_is_gone_is_gone_at_once(self, service, crm) -> None:
        await service.account("A-1")
        crm.customers.clear()
        with pytest.raises(CrmNotFound):
            await service.account("A-1", fresh=True)
        crm.failing["customer"] = down()
        with pytest.raises(CrmUnavailable):
            await service.account("A-1")

    async def test_the_cache_does_not_grow_without_end(self, time) -> None:
        from bot.services.answers import Answers  # noqa: PLC0415 - the service hides its cache

        answers = Answers(time.now, time.monotonic, fresh_seconds=10, stale_seconds=20, capacity=3)
        asked: list[int] = []

        async def ask(number: int) -> int:
            asked.append(number)
            return number

        for number in (1, 2, 3, 4, 4, 1):
            await answers.get(number, lambda n=number: ask(n), fresh=False, survives=lambda _: True)
        assert asked == [1, 2, 3, 4, 1]


class TestSingleFlight:
    async def test_many_who_ask_at_once_share_one_call(self, service, crm) -> None:
        crm.pause = 0.02
        accounts = await asyncio.gather(*(service.account("A-1") for _ in range(50)))
        assert {account.customer.id for account in accounts} == {"A-1"}
        assert set(crm.calls.values()) == {1}

    async def test_one_who_leaves_takes_nothing_from_the_others(self, service, crm) -> None:
        crm.pause = 0.05
        leaving = asyncio.create_task(service.find("A-1"))
        staying = asyncio.create_task(service.find("A-1"))
        await asyncio.sleep(0.01)
        leaving.cancel()
        assert [c.id for c in await staying] == ["A-1"]
        assert crm.calls["find"] == 1

    async def test_an_error_reaches_all_who_asked(self, service, crm) -> None:
        crm.failing["find"] = [CrmBadRequest("bug")]
        results = await asyncio.gather(*(service.find("A-1") for _ in range(3)), return_exceptions=True)
        assert [type(result) for result in results] == [CrmBadRequest] * 3

    async def test_leaving_ends_what_is_under_way(self, crm, time) -> None:
        crm.hanging = {"find"}
        async with CrmService(crm, time, limits=QUICK) as service:
            asked = asyncio.create_task(service.find("A-1"))
            await asyncio.sleep(0.01)
        with pytest.raises(asyncio.CancelledError):
            await asked
        assert crm.opened == 0


class TestSearch:
    @pytest.mark.parametrize("blank", ["", "  ", "\0", "\u200b\n"])
    async def test_blank_text_asks_nobody(self, service, crm, blank: str) -> None:
        assert await service.find(blank) == ()
        assert crm.calls["find"] == 0

    async def test_text_is_made_safe_before_the_adapter_sees_it(self, service, crm) -> None:
        await service.find("  A\0-1\r\n\u202e\u200b  x ")
        assert crm.searched == ["A -1 x"]
        await service.find("長" * 5000)
        assert len(crm.searched[-1]) == 200

    async def test_full_width_letters_find_too(self, service) -> None:
        assert [c.id for c in await service.find("Ａ－１")] == ["A-1"]

    async def test_two_customers_of_one_name_are_both_given(self, time) -> None:
        crm = FakeCrm(customer("S-1", "順發貿易"), customer("S-2", "順發貿易"), customer("S-3", "大順發貿易行"))
        service = CrmService(crm, time, limits=QUICK)
        assert [c.id for c in await service.resolve("順發貿易")] == ["S-1", "S-2"]
        assert [c.id for c in await service.resolve("S-2")] == ["S-2"]

    async def test_an_id_beats_a_name_and_a_name_an_alias(self, time) -> None:
        crm = FakeCrm(customer("1", "乙", aliases=("甲",)), customer("2", "甲"), customer("甲", "丙"))
        service = CrmService(crm, time, limits=QUICK)
        assert [c.id for c in await service.resolve("甲")] == ["甲"]
        crm.customers.pop()
        assert [c.id for c in await service.resolve("甲", fresh=True)] == ["2"]

    async def test_part_of_a_name_resolves_to_nobody(self, time) -> None:
        service = CrmService(FakeCrm(customer("ACME-0012", "甲乙丙")), time, limits=QUICK)
        assert await service.resolve("甲乙") == ()
        assert await service.resolve("ACME-001") == ()

    async def test_the_channel_decides_before_the_team(self, time) -> None:
        crm = FakeCrm(
            customer("1", slack_channel="C1", slack_team="T1"), customer("2", slack_team="T1"), customer("3", "C1 行")
        )
        service = CrmService(crm, time, limits=QUICK)
        assert [c.id for c in await service.by_channel("C1", "T1")] == ["1"]
        assert [c.id for c in await service.by_channel("C9", "T1")] == ["1", "2"]
        assert await service.by_channel("C9") == ()


async def test_the_bucket_lets_a_burst_through() -> None:
    bucket = TokenBucket(rate=0.001, burst=5, monotonic=lambda: 0.0)
    async with asyncio.timeout(5):
        for _ in range(5):
            await bucket.take()


async def test_the_bucket_keeps_the_rate_after_the_burst() -> None:
    loop = asyncio.get_running_loop()
    bucket = TokenBucket(rate=100, burst=0, monotonic=lambda: 0.0)
    started = loop.time()
    await asyncio.gather(*(bucket.take() for _ in range(10)))
    assert loop.time() - started >= 0.09
