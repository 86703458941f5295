"""How the core asks the CRM: deadline, retries, cache, stale answers, single flight."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest

from bot.domain.contracts import Customer
from bot.domain.errors import (
    CrmAuthFailed,
    CrmBadRequest,
    CrmError,
    CrmNotFound,
    CrmRateLimited,
    CrmUnavailable,
)
from bot.ports import CrmFacet
from bot.services.crm import CrmService
from tests.services.crm_fakes import QUICK, START, down


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
