"""What the core asks of the CRM: whole accounts, and who is meant."""

from __future__ import annotations

import pytest

from bot.domain.errors import (
    CrmNotFound,
    CrmUnavailable,
    CrmUnsupported,
)
from bot.ports import CrmFacet
from bot.services.crm import CrmService
from tests.services.crm_fakes import QUICK, START, FakeCrm, customer, down


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
