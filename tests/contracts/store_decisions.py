"""What every store must do: escalations, questions, errands, opportunities and links."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.domain.cases import Decision, Verdict
from bot.domain.errands import Errand, ErrandKind
from bot.domain.errors import StaleWrite
from bot.domain.escalations import Ask, EscalationStatus, QuestionRecord, Request
from bot.domain.money import Currency, Money
from bot.domain.opportunities import OpportunityRecord, SalesStage
from tests.contracts.records import (
    LEASE,
    NOW,
    an_escalation,
    one_case,
)


class DecisionContract:
    async def test_first_decision_stands(self, store):
        await one_case(store)
        async with store.begin() as unit:
            await unit.escalations.add(an_escalation())
            await unit.escalations.set_thread("esc_1", "5.0")

        async def decide(verdict: Verdict) -> bool:
            async with store.begin() as unit:
                pending = await unit.escalations.get("esc_1")
                if pending.decision is not None:
                    return False
                made = Decision(verdict, "U0SUPTW", offer=Money(Decimal(3000)), discount=Decimal("0.8"), at=NOW)
                await unit.escalations.save(replace(pending, status=EscalationStatus.DECIDED, decision=made))
                return True

        verdicts = [Verdict.APPROVE, Verdict.DECLINE, Verdict.COUNTER]
        decided = await asyncio.gather(*map(decide, verdicts))
        async with store.read() as unit:
            escalation = await unit.escalations.by_thread("C0ESC", "5.0")
            assert await unit.escalations.open() == []
            assert list(await unit.escalations.of_case("case_1")) == [escalation]
        assert decided.count(True) == 1
        assert escalation.status is EscalationStatus.DECIDED
        assert escalation.decision.verdict is verdicts[decided.index(True)]
        assert escalation.decision.discount == Decimal("0.8")
        assert escalation.decision.at == NOW

    async def test_an_escalation_comes_back_as_it_was_and_keeps_its_thread(self, store):
        await one_case(store)
        request = Request(
            Ask.DISCOUNT, Money(Decimal(500), Currency.TWD), Decimal("0.8"), ("https://a.example/1",), "說過會盡量"
        )
        async with store.begin() as unit:
            await unit.escalations.add(replace(an_escalation(), request=request))
            opened = await unit.escalations.get("esc_1")
            await unit.escalations.set_thread("esc_1", "5.0")
            taken_back = replace(opened, earlier=(Decision(Verdict.DECLINE, "U0SUPTW", at=NOW),))
            await unit.escalations.save(taken_back)
            with pytest.raises(StaleWrite):
                await unit.escalations.save(taken_back)
            assert await unit.escalations.get("esc_1") == replace(taken_back, ts="5.0", version=1)

    async def test_a_question_is_kept_once_and_answered_once(self, store):
        await one_case(store)
        asked = QuestionRecord("6.0", "esc_1", "U0SUPTW", "U0AGENTTW", "合約還有效嗎?", NOW)
        async with store.begin() as unit:
            await unit.escalations.add(an_escalation())
            assert await unit.questions.add(asked)
            assert not await unit.questions.add(replace(asked, text="again"))
            assert await unit.questions.unanswered("esc_1") == [asked]
            assert await unit.questions.answer("6.0", "到 10/31", "U0AGENTTW", NOW)
            assert not await unit.questions.answer("6.0", "不知道", "U0AGENTCN", NOW)
            assert await unit.questions.unanswered("esc_1") == []
            assert await unit.questions.get("6.0") == replace(
                asked, answer="到 10/31", answered_by="U0AGENTTW", answered_at=NOW
            )

    async def test_an_errand_waits_until_it_is_due_and_belongs_to_whoever_took_it(self, store):
        errand = Errand(ErrandKind.REPLY, "draft_1", NOW, NOW + LEASE, "U0AGENTTW", "您好", attempts=1)
        async with store.begin() as unit:
            await unit.errands.leave(errand)
            assert await unit.errands.claim(NOW, LEASE) == []
            (taken,) = await unit.errands.claim(NOW + LEASE, LEASE)
            assert taken == replace(errand, due=NOW + LEASE * 2, attempts=2)
            assert await unit.errands.claim(NOW + LEASE, LEASE) == []
            await unit.errands.done(errand)  # whoever had it before comes too late
            assert await unit.errands.claim(NOW + LEASE * 2, LEASE) == [replace(taken, due=NOW + LEASE * 3, attempts=3)]
            await unit.errands.done(replace(taken, due=NOW + LEASE * 3))
            assert await unit.errands.claim(NOW + LEASE * 9, LEASE) == []

    async def test_an_errand_takes_the_place_of_an_older_one_of_its_kind_and_subject(self, store):
        older = Errand(ErrandKind.ESCALATION, "esc_1", NOW, NOW + LEASE)
        async with store.begin() as unit:
            await unit.errands.leave(older)
            await unit.errands.leave(replace(older, due=NOW + LEASE * 2))
            await unit.errands.leave(Errand(ErrandKind.SETTLE, "esc_1", NOW, NOW + LEASE * 3))
            await unit.errands.done(older)
            found = await unit.errands.claim(NOW + LEASE * 9, LEASE)
        assert [errand.kind for errand in found] == [ErrandKind.ESCALATION, ErrandKind.SETTLE]

    async def test_each_errand_goes_to_one_of_those_who_claim_at_once(self, store):
        async with store.begin() as unit:
            for number in range(20):
                await unit.errands.leave(Errand(ErrandKind.REPLY, f"draft_{number}", NOW, NOW))

        async def claim():
            async with store.begin() as unit:
                return await unit.errands.claim(NOW, LEASE, limit=5)

        claimed = [errand.subject for some in await asyncio.gather(*(claim() for _ in range(8))) for errand in some]
        assert len(claimed) == len(set(claimed)) >= 5

    async def test_open_escalations_oldest_first(self, store):
        await one_case(store)
        async with store.begin() as unit:
            await unit.escalations.add(replace(an_escalation("late"), opened_at=NOW + timedelta(minutes=1)))
            await unit.escalations.add(an_escalation("early"))
            assert [e.id for e in await unit.escalations.open()] == ["early", "late"]
            assert await unit.escalations.get("early") == an_escalation("early")
            assert await unit.escalations.by_thread("C0ESC", "9.9") is None

    async def test_case_has_one_opportunity(self, store):
        await one_case(store)

        async def tag(owner: str) -> bool:
            async with store.begin() as unit:
                return await unit.opportunities.add(OpportunityRecord("case_1", "續約意願", owner, NOW))

        assert (await asyncio.gather(*(tag(f"U{n}") for n in range(10)))).count(True) == 1

    async def test_closed_opportunities_are_not_open(self, store):
        await one_case(store)
        async with store.begin() as unit:
            await unit.opportunities.add(OpportunityRecord("case_1", "續約意願", None, NOW))
            assert [o.case_id for o in await unit.opportunities.open()] == ["case_1"]
            record = await unit.opportunities.of_case("case_1")
            await unit.opportunities.save(replace(record, stage=SalesStage.WON, taken_by="U0SALESTW", moved_at=NOW))
            assert await unit.opportunities.open() == []
            won = await unit.opportunities.of_case("case_1")
            assert (won.stage, won.taken_by, won.moved_at) == (SalesStage.WON, "U0SALESTW", NOW)
            with pytest.raises(StaleWrite):
                await unit.opportunities.save(record)

    async def test_channel_is_linked_relinked_and_unlinked(self, store):
        async with store.begin() as unit:
            assert await unit.links.customer_of("C0EXTYF") is None
            await unit.links.link("C0EXTYF", "YF-1001", "U0AGENTTW", NOW)
            await unit.links.link("C0EXTYF", "DM-1002", "U0AGENTTW", NOW)
            assert await unit.links.customer_of("C0EXTYF") == "DM-1002"
            await unit.links.unlink("C0EXTYF")
            assert await unit.links.customer_of("C0EXTYF") is None
