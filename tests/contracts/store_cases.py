"""What every store must do: cases, what was said in them, and what was done."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.domain.cases import Difficulty, Done, Fault, Severity, Triage
from bot.domain.changes import CaseChange, ChangeKind
from bot.domain.channels import ChannelMode, ChannelRecord, NudgeRecord
from bot.domain.desk import (
    ActionRecord,
    CaseStatus,
)
from bot.domain.errors import StaleWrite
from bot.domain.money import Currency, Money
from bot.domain.opportunities import OpportunityRecord
from bot.domain.reading.model import (
    AmountMention,
    DateMention,
    Evidence,
    Intent,
    Precision,
    Reading,
    Tactic,
    Variant,
)
from tests.contracts.records import (
    NOW,
    a_case,
    a_draft,
    a_message,
    an_escalation,
    one_case,
)


class CaseContract:
    async def test_case_comes_back_as_it_was(self, store):
        case = a_case(
            status=CaseStatus.CLOSED,
            customer_id="YF-1001",
            agent="U0AGENTTW",
            triage=Triage(
                Severity.HIGH, Difficulty.HARD, Decimal("0.5"), Money(Decimal("3000.50"), Currency.TWD), "ERP"
            ),
            fault=Fault.THIRD_PARTY,
            history_checked=True,
        )
        async with store.begin() as unit:
            await unit.cases.add(case)
        async with store.read() as unit:
            found = await unit.cases.get("case_1")
            assert await unit.cases.get("case_2") is None
        assert found == case
        assert found.opened_at.utcoffset() == timedelta(0)

    async def test_saving_raises_the_version(self, store):
        case = await one_case(store)
        async with store.begin() as unit:
            saved = await unit.cases.save(replace(case, agent="U0AGENTTW"))
        async with store.read() as unit:
            assert await unit.cases.get(case.id) == saved
        assert (saved.agent, saved.version) == ("U0AGENTTW", case.version + 1)

    async def test_saving_an_older_version_is_a_stale_write(self, store):
        case = await one_case(store)
        async with store.begin() as unit:
            await unit.cases.save(replace(case, agent="U0AGENTTW"))
        with pytest.raises(StaleWrite):
            async with store.begin() as unit:
                await unit.cases.save(replace(case, agent="U0AGENTCN"))
        async with store.read() as unit:
            assert (await unit.cases.get(case.id)).agent == "U0AGENTTW"

    async def test_second_case_of_a_thread_is_a_stale_write(self, store):
        await one_case(store, ts="1.0")
        with pytest.raises(StaleWrite):
            async with store.begin() as unit:
                await unit.cases.add(a_case("case_2", ts="1.0"))

    async def test_hundred_concurrent_increments_lose_nothing(self, store):
        await one_case(store, customer_id="0")

        async def increment() -> None:
            async with store.begin() as unit:
                case = await unit.cases.get("case_1")
                await unit.cases.save(replace(case, customer_id=str(int(case.customer_id) + 1)))

        async with asyncio.timeout(30):
            await asyncio.gather(*(increment() for _ in range(100)))
        async with store.read() as unit:
            assert (await unit.cases.get("case_1")).customer_id == "100"

    async def test_messages_at_once_open_one_case_for_a_channel(self, store):
        async def find_or_open(number: int) -> str:
            async with store.begin() as unit:
                case = await unit.cases.latest_open("C0EXTYF", NOW - timedelta(hours=4))
                if case is None:
                    case = a_case(f"case_{number}")
                    await unit.cases.add(case)
                return case.id

        assert len(set(await asyncio.gather(*(find_or_open(n) for n in range(20))))) == 1

    async def test_latest_open_case_is_the_one_last_heard_of(self, store):
        async with store.begin() as unit:
            await unit.cases.add(a_case("older", last_customer_at=NOW - timedelta(hours=2)))
            await unit.cases.add(a_case("newer", last_customer_at=NOW - timedelta(hours=1)))
            await unit.cases.add(a_case("closed", status=CaseStatus.CLOSED))
            await unit.cases.add(a_case("elsewhere", channel="C0EXTDM"))
        async with store.read() as unit:
            assert (await unit.cases.latest_open("C0EXTYF", NOW - timedelta(hours=4))).id == "newer"
            assert await unit.cases.latest_open("C0EXTYF", NOW - timedelta(minutes=30)) is None
            assert (await unit.cases.by_thread("C0EXTYF", "1.older")).id == "older"
            assert await unit.cases.by_thread("C0EXTDM", "1.older") is None

    async def test_open_cases_by_agent_newest_first(self, store):
        async with store.begin() as unit:
            await unit.cases.add(a_case("a", agent="U0AGENTTW", last_customer_at=NOW - timedelta(hours=2)))
            await unit.cases.add(a_case("b", agent="U0AGENTTW"))
            await unit.cases.add(a_case("c", agent="U0AGENTCN"))
            await unit.cases.add(a_case("d", agent="U0AGENTTW", status=CaseStatus.CLOSED))
        async with store.read() as unit:
            assert [c.id for c in await unit.cases.open_cases(agent="U0AGENTTW")] == ["b", "a"]
            assert len(await unit.cases.open_cases(limit=2)) == 2

    async def test_message_is_kept_once(self, store):
        await one_case(store)
        async with store.begin() as unit:
            assert await unit.cases.add_message(a_message("2.0"))
            assert await unit.cases.add_message(a_message("1.0"))
            assert not await unit.cases.add_message(a_message("2.0", text="again"))
        async with store.read() as unit:
            assert [(m.ts, m.text) for m in await unit.cases.messages("case_1")] == [("1.0", "請問"), ("2.0", "請問")]

    async def test_reading_comes_back_as_it_was(self, store):
        await one_case(store)
        reading = Reading(
            Variant.HANS,
            (Intent.FREE_SERVICE,),
            (Tactic.PITY, Tactic.THREAT_LEGAL),
            (AmountMention(Money(Decimal(190000)), (4, 7)),),
            (DateMention("明天", NOW, Precision.DAY, False, (0, 2), True),),
            (Evidence(Tactic.PITY, (0, 2), "拜托"), Evidence(Intent.FREE_SERVICE, (3, 5), "免费")),
        )
        async with store.begin() as unit:
            await unit.cases.add_message(a_message("1.0", reading=reading))
        async with store.read() as unit:
            assert (await unit.cases.message("C0EXTYF", "1.0")).reading == reading

    async def test_a_thread_belongs_to_the_case_of_what_was_said_last_in_it(self, store):
        await one_case(store, id_="first", ts="1.0")
        await one_case(store, id_="second", ts="2.0")
        async with store.begin() as unit:
            await unit.cases.add_message(a_message("1.0", case_id="first"))
            await unit.cases.add_message(replace(a_message("2.0", case_id="second"), thread_ts="1.0"))
            assert (await unit.cases.by_thread("C0EXTYF", "1.0")).id == "second"
            assert (await unit.cases.by_thread("C0EXTYF", "2.0")).id == "second"
            assert (await unit.cases.begun_by("C0EXTYF", "1.0")).id == "first"

    async def test_everything_on_a_case_moves_but_what_it_has_only_one_of(self, store):
        await one_case(store, id_="source", ts="1.0")
        await one_case(store, id_="target", ts="2.0")
        async with store.begin() as unit:
            await unit.cases.add_message(a_message("1.0", case_id="source"))
            await unit.drafts.add(replace(a_draft(), case_id="source"))
            await unit.escalations.add(replace(an_escalation(), case_id="source"))
            await unit.opportunities.add(OpportunityRecord("source", "opportunity.expired", None, NOW))
            await unit.changes.add(CaseChange("source", ChangeKind.MERGED, NOW, "U0AGENTTW", "x"))
            source = await unit.cases.get("source")
            await unit.cases.save(replace(source, merged_into="target"))
            await unit.changes.move_all("source", "target")
        async with store.read() as unit:
            assert [m.ts for m in await unit.cases.messages("target")] == ["1.0"]
            assert [d.id for d in await unit.drafts.of_case("target")] == ["draft_1"]
            assert [e.id for e in await unit.escalations.of_case("target")] == ["esc_1"]
            assert (await unit.opportunities.of_case("target")).case_id == "source"
            change = CaseChange("target", ChangeKind.MERGED, NOW, "U0AGENTTW", "x")
            assert await unit.changes.of_case("target") == [change]
            assert await unit.cases.messages("source") == []

    async def test_a_channel_keeps_its_mode_and_since_when_it_is_shared(self, store):
        record = ChannelRecord("C1", ChannelMode.SHADOW, "U0AGENTTW", NOW)
        async with store.begin() as unit:
            assert await unit.channels.of("C1") == ChannelRecord("C1")
            await unit.channels.save(record)
            await unit.channels.save(record.shared(NOW))
        async with store.read() as unit:
            assert await unit.channels.of("C1") == record.shared(NOW)
            assert await unit.channels.modes() == {"C1": ChannelMode.SHADOW}

    async def test_held_nudges_are_found_when_their_time_has_come(self, store):
        await one_case(store)
        held = NudgeRecord("case_1", sent_at=NOW, held_until=NOW + timedelta(hours=8))
        async with store.begin() as unit:
            assert await unit.nudges.of_case("case_1") == NudgeRecord("case_1")
            await unit.nudges.save(held)
            assert await unit.nudges.held(NOW) == []
            assert await unit.nudges.held(NOW + timedelta(hours=8)) == [held]
            await unit.nudges.save(replace(held, held_until=None))
            assert await unit.nudges.held(NOW + timedelta(days=1)) == []

    async def test_the_open_cases_of_a_channel_come_newest_first(self, store):
        for number, (name, status) in enumerate(
            [("old", CaseStatus.OPEN), ("new", CaseStatus.OPEN), ("done", CaseStatus.CLOSED)]
        ):
            await one_case(store, id_=name, status=status, last_customer_at=NOW + timedelta(minutes=number))
        await one_case(store, id_="elsewhere", channel="C0EXTDM")
        async with store.read() as unit:
            assert [case.id for case in await unit.cases.open_in("C0EXTYF")] == ["new", "old"]

    async def test_editing_and_deleting_a_message_name_its_case(self, store):
        await one_case(store)
        async with store.begin() as unit:
            await unit.cases.add_message(a_message("1.0"))
            assert await unit.cases.edit_message("C0EXTYF", "1.0", "改", Reading(Variant.HANT)) == "case_1"
            assert await unit.cases.edit_message("C0EXTYF", "9.9", "改", None) is None
        async with store.begin() as unit:
            edited = await unit.cases.message("C0EXTYF", "1.0")
            assert await unit.cases.delete_message("C0EXTYF", "1.0") == "case_1"
            assert await unit.cases.delete_message("C0EXTYF", "1.0") is None
            assert await unit.cases.message("C0EXTYF", "1.0") is None
        assert (edited.text, edited.reading) == ("改", Reading(Variant.HANT))

    async def test_text_no_database_can_hold_is_mended(self, store):
        await one_case(store)
        async with store.begin() as unit:
            await unit.cases.add_message(a_message("1.0", text="a\x00b\ud800c𠮷"))
        async with store.read() as unit:
            assert (await unit.cases.message("C0EXTYF", "1.0")).text == "a\ufffdb\ufffdc𠮷"

    async def test_actions_come_back_in_order(self, store):
        await one_case(store)
        late = ActionRecord("case_1", Done.EXPLAINED, NOW + timedelta(minutes=1), "U0AGENTTW")
        early = ActionRecord("case_1", Done.ACKNOWLEDGED, NOW)
        async with store.begin() as unit:
            await unit.cases.log(late)
            await unit.cases.log(early)
        async with store.read() as unit:
            assert list(await unit.cases.actions("case_1")) == [early, late]

    async def test_cases_that_nobody_took_are_found_where_they_have_a_card_the_longest_waiting_first(self, store):
        early = a_case("early", last_customer_at=NOW - timedelta(hours=1))
        cases = (a_case("late"), early, a_case("taken", agent="U0AGENTTW"), a_case("closed", status=CaseStatus.CLOSED))
        async with store.begin() as unit:
            for case in (*cases, a_case("without")):
                await unit.cases.add(case)
            for case in cases:
                await unit.posts.intend(f"card:{case.id}", "C0DESK", NOW)
                await unit.posts.posted(f"card:{case.id}", f"9.{case.id}")
            assert [case.id for case in await unit.cases.untaken(offset=0, limit=9)] == ["early", "late"]
            assert [case.id for case in await unit.cases.untaken(offset=1, limit=9)] == ["late"]
