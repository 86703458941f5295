"""What every store must do: drafts, and what replies promise."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.domain.cases import Speaker
from bot.domain.commitments import HintRecord
from bot.domain.desk import (
    CaseStatus,
)
from bot.domain.drafting.model import Tone
from tests.contracts.records import (
    NOW,
    a_draft,
    a_message,
    a_promise,
    one_case,
    waiting,
)


class DraftContract:
    async def test_draft_is_sent_once(self, store):
        await one_case(store)
        async with store.begin() as unit:
            await unit.drafts.add(a_draft())

        async def send(user: str) -> bool:
            async with store.begin() as unit:
                return await unit.drafts.mark_sent("draft_1", f"由 {user}", user, NOW)

        sent = await asyncio.gather(*(send(f"U{n}") for n in range(10)))
        async with store.read() as unit:
            draft = await unit.drafts.get("draft_1")
        winner = f"U{sent.index(True)}"
        assert sent.count(True) == 1
        assert draft == replace(a_draft(), sent_text=f"由 {winner}", sent_by=winner, sent_at=NOW)

    async def test_of_a_case_only_the_newest_drafts_wait_and_those_that_were_kept(self, store):
        await one_case(store)
        async with store.begin() as unit:
            for minute, sheet in enumerate(("kept", "old", "new")):
                shown_at = NOW + timedelta(minutes=minute)
                for tone in Tone:
                    record = replace(a_draft(f"{sheet}-{tone}"), tone=tone, sheet=sheet, shown_at=shown_at)
                    await unit.drafts.add(record)
            await unit.drafts.keep("kept", NOW)

        assert await waiting(store) == [
            ["kept-empathetic", "kept-firm"],
            ["new-empathetic", "new-firm"],
        ]
        assert await waiting(store, offset=1) == [["new-empathetic", "new-firm"]]
        assert await waiting(store, limit=1) == [["kept-empathetic", "kept-firm"]]
        assert await waiting(store, user="U0AGENTCN") == []
        async with store.read() as unit:
            assert [d.id for d in await unit.drafts.of_sheet("old")] == ["old-empathetic", "old-firm"]

    async def test_drafts_wait_no_longer_once_one_of_them_is_sent_or_they_are_thrown_away(self, store):
        await one_case(store)
        async with store.begin() as unit:
            await unit.drafts.add(replace(a_draft("taken"), sheet="a"))
            await unit.drafts.add(replace(a_draft("other"), sheet="a", tone=Tone.EMPATHETIC))
            await unit.drafts.keep("a", NOW)
            await unit.drafts.add(replace(a_draft("thrown"), sheet="b", shown_at=NOW + timedelta(minutes=2)))
            await unit.drafts.mark_sent("taken", "x", "U0AGENTTW", NOW + timedelta(minutes=1))
        assert await waiting(store) == [["thrown"]]
        async with store.begin() as unit:
            await unit.drafts.throw("b", NOW)
        assert await waiting(store) == []
        async with store.read() as unit:
            assert len(await unit.drafts.of_case("case_1")) == 3, "what was shown stays on record"

    async def test_drafts_of_a_closed_case_wait_only_where_they_were_kept(self, store):
        case = await one_case(store)
        async with store.begin() as unit:
            await unit.drafts.add(replace(a_draft("kept"), sheet="a"))
            await unit.drafts.add(replace(a_draft("shown"), sheet="b", shown_at=NOW + timedelta(minutes=2)))
            await unit.drafts.keep("a", NOW)
            await unit.cases.save(replace(case, status=CaseStatus.CLOSED))
        assert await waiting(store) == [["kept"]]

    async def test_what_a_message_promised_is_replaced_when_it_is_edited_but_what_was_kept_stays(self, store):
        await one_case(store)
        first, second = a_promise(), a_promise(position=1, text="明天回您")
        async with store.begin() as unit:
            await unit.promises.note("C0EXTYF", "5.0", [first, second])
            assert await unit.promises.kept("C0EXTYF", "5.0", 0, NOW)
            assert not await unit.promises.kept("C0EXTYF", "5.0", 7, NOW)
            await unit.promises.note("C0EXTYF", "5.0", [first, a_promise(position=1, text="後天回您")])
        async with store.read() as unit:
            found = await unit.promises.of_case("case_1")
        assert [(p.text, p.kept_at) for p in found] == [("下午三點前回您", NOW), ("後天回您", None)]

    async def test_promises_are_due_to_who_made_them_and_to_the_agent_of_the_case_the_earliest_first(self, store):
        await one_case(store, agent="U0SUPTW")
        later = a_promise(ts="6.0", due=NOW + timedelta(hours=9))
        async with store.begin() as unit:
            await unit.promises.note("C0EXTYF", "5.0", [a_promise(), a_promise(position=1, due=None)])
            await unit.promises.note("C0EXTYF", "6.0", [later])
        async with store.read() as unit:
            for user in ("U0AGENTTW", "U0SUPTW"):
                assert await unit.promises.due_of(user, offset=0, limit=9) == [a_promise(), later]
            assert await unit.promises.due_of("U0AGENTTW", offset=1, limit=9) == [later]
            assert await unit.promises.due_of("U0AGENTCN", offset=0, limit=9) == []
            assert await unit.promises.overdue(NOW + timedelta(hours=6), offset=0, limit=9) == [a_promise()]
            assert await unit.promises.overdue(NOW, offset=0, limit=9) == []

    async def test_a_promise_is_settled_by_a_word_after_it_was_due_and_by_the_end_of_the_case(self, store):
        case = await one_case(store)
        async with store.begin() as unit:
            await unit.promises.note("C0EXTYF", "5.0", [a_promise()])
            early = replace(a_message("7.0"), speaker=Speaker.AGENT, at=NOW + timedelta(hours=1))
            await unit.cases.add_message(early)
            assert await unit.promises.due_of("U0AGENTTW", offset=0, limit=9) == [a_promise()]
            await unit.cases.add_message(replace(early, ts="8.0", at=NOW + timedelta(hours=6)))
            assert await unit.promises.due_of("U0AGENTTW", offset=0, limit=9) == []
            await unit.promises.note("C0EXTYF", "9.0", [a_promise(ts="9.0", due=NOW + timedelta(hours=9))])
            await unit.cases.save(replace(case, status=CaseStatus.CLOSED))
            assert await unit.promises.due_of("U0AGENTTW", offset=0, limit=9) == []

    async def test_a_message_gets_its_hint_once(self, store):
        hint = HintRecord("C0EXTYF", "5.0", "U0AGENTTW", "policy", NOW)
        async with store.begin() as unit:
            assert await unit.hints.add(hint)
            assert not await unit.hints.add(replace(hint, rule="other"))

    async def test_open_cases_of_which_an_engineer_was_told(self, store):
        await one_case(store, id_="called", ts="1.0")
        await one_case(store, id_="other", ts="2.0")
        async with store.begin() as unit:
            await unit.posts.intend("bypass:called:U0ENG", "D1", NOW)
            assert [c.id for c in await unit.calls.open_of("U0ENG", offset=0, limit=9)] == ["called"]
            assert await unit.calls.open_of("U0AGENTTW", offset=0, limit=9) == []
