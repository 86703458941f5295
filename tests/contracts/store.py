"""What every store must do. A back end's test module subclasses this and gives the ``url`` fixture."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from bot.adapters.store.store import SqlStore
from bot.domain.cases import Decision, Difficulty, Done, Fault, Severity, Speaker, Triage, Verdict
from bot.domain.changes import CaseChange, ChangeKind
from bot.domain.channels import ChannelMode, ChannelRecord, NudgeRecord
from bot.domain.commitments import HintRecord, PromiseRecord
from bot.domain.desk import (
    ActionRecord,
    CaseRecord,
    CaseStatus,
    DraftRecord,
    InboxRecord,
    MessageRecord,
    PostRecord,
    PostState,
)
from bot.domain.drafting.model import Fact, Stage, Tone
from bot.domain.errands import Errand, ErrandKind
from bot.domain.errors import StaleWrite, StoreError
from bot.domain.escalations import Ask, EscalationRecord, EscalationStatus, QuestionRecord, Request
from bot.domain.money import Currency, Money
from bot.domain.opportunities import OpportunityRecord, SalesStage
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

TAIPEI = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 22, 10, 0, 0, 123456, tzinfo=TAIPEI)
DUE = NOW + timedelta(hours=5)
LEASE = timedelta(seconds=30)


def a_case(id_: str = "case_1", *, channel: str = "C0EXTYF", ts: str | None = None, **changes) -> CaseRecord:
    record = CaseRecord(
        id=id_,
        team="T_HOME",
        channel=channel,
        thread_ts=ts or f"1.{id_}",
        opened_at=NOW,
        last_customer_at=NOW,
        variant=Variant.HANT,
    )
    return replace(record, **changes)


def a_message(ts: str, *, case_id: str = "case_1", text: str = "請問", reading: Reading | None = None) -> MessageRecord:
    return MessageRecord(case_id, "C0EXTYF", ts, "U0CUSTYF", Speaker.CUSTOMER, text, NOW, reading)


def a_draft(id_: str = "draft_1") -> DraftRecord:
    facts = (Fact("2026/10/31", "crm:contract/C-1/end"),)
    return DraftRecord(
        id_, "case_1", Stage.EXPLAIN, Tone.FIRM, "您好：……", facts, ("explain.firm.1",), "U0AGENTTW", NOW
    )


def an_escalation(id_: str = "esc_1") -> EscalationRecord:
    return EscalationRecord(id_, "case_1", "客戶要求免費處理", "U0AGENTTW", NOW, "C0ESC")


def a_promise(
    *, ts: str = "5.0", position: int = 0, text: str = "下午三點前回您", due: datetime | None = DUE
) -> PromiseRecord:
    return PromiseRecord("C0EXTYF", ts, position, "case_1", "U0AGENTTW", text, due, NOW)


def an_event(event_id: str = "Ev1", *, at: datetime = NOW, payload: dict[str, object] | None = None) -> InboxRecord:
    return InboxRecord(event_id, {"text": "合約"} if payload is None else payload, at)


async def one_case(store: SqlStore, **changes) -> CaseRecord:
    async with store.begin() as unit:
        await unit.cases.add(a_case(**changes))
    return a_case(**changes)


async def waiting(store: SqlStore, *, user: str = "U0AGENTTW", offset: int = 0, limit: int = 10) -> list[list[str]]:
    async with store.read() as unit:
        found = await unit.drafts.waiting_for(user, offset=offset, limit=limit)
    return [[draft.id for draft in sheet] for sheet in found]


class StoreContract:
    @pytest.fixture
    async def store(self, url: str) -> AsyncIterator[SqlStore]:
        async with await SqlStore.open(url) as store:
            yield store

    # Cases

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

    # Messages and actions

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

    # Drafts, escalations, opportunities, links

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

    # The outbox

    async def test_intent_is_kept_over_a_crash_before_the_post_is_known(self, store, url):
        async with store.begin() as unit:
            intent = await unit.posts.intend("card:case_1", "C0DESK", NOW)
        async with await SqlStore.open(url) as after, after.begin() as unit:
            assert await unit.posts.intend("card:case_1", "C0DESK", NOW + timedelta(hours=1)) == intent
            await unit.posts.posted("card:case_1", "7.0")
        async with store.read() as unit:
            posted = await unit.posts.get("card:case_1")
            assert await unit.posts.by_ts("C0DESK", "7.0") == posted
        assert posted == PostRecord("card:case_1", "C0DESK", PostState.POSTED, NOW, "7.0")

    async def test_refused_post_is_forgotten_a_made_one_never(self, store):
        async with store.begin() as unit:
            await unit.posts.intend("refused", "C0DESK", NOW)
            await unit.posts.forget("refused")
            await unit.posts.intend("made", "C0DESK", NOW)
            await unit.posts.posted("made", "7.0")
            await unit.posts.forget("made")
            assert await unit.posts.get("refused") is None
            assert (await unit.posts.get("made")).ts == "7.0"

    # Units

    async def test_error_in_a_unit_undoes_it(self, store):
        async def fail() -> None:
            async with store.begin() as unit:
                await unit.cases.add(a_case())
                raise LookupError

        with pytest.raises(LookupError):
            await fail()
        async with store.read() as unit:
            assert await unit.cases.get("case_1") is None

    async def test_cancelled_unit_is_undone_and_the_store_goes_on(self, store):
        reached = asyncio.Event()

        async def never_ends() -> None:
            async with store.begin() as unit:
                await unit.cases.add(a_case())
                reached.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(never_ends())
        await reached.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await one_case(store)

    async def test_units_cancelled_at_any_moment_leave_the_store_usable(self, store):
        async def write(number: int) -> None:
            async with store.begin() as unit:
                await unit.cases.add(a_case(f"case_{number}"))

        for number in range(30):
            task = asyncio.create_task(write(number))
            for _ in range(number % 10):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        await write(1000)
        async with store.read() as unit:
            assert await unit.cases.get("case_1000") is not None

    async def test_unit_inside_a_unit_is_refused_instead_of_hanging(self, store):
        async with store.begin():
            with pytest.raises(StoreError, match="inside another unit"):
                async with store.begin():
                    pass
        await store.check()

    async def test_reading_neither_waits_for_a_writer_nor_sees_its_unfinished_work(self, store):
        await one_case(store)

        async def agent() -> str | None:
            async with store.read() as unit:
                return (await unit.cases.get("case_1")).agent

        async with store.begin() as unit:
            await unit.cases.save(replace(a_case(), agent="U0AGENTTW"))
            assert await asyncio.create_task(agent()) is None
        assert await agent() == "U0AGENTTW"

    async def test_read_unit_sees_one_state(self, store):
        await one_case(store)

        async def save() -> None:
            async with store.begin() as unit:
                await unit.cases.save(replace(a_case(), agent="U0AGENTTW"))

        async with store.read() as unit:
            before = await unit.cases.get("case_1")
            await asyncio.create_task(save())
            assert await unit.cases.get("case_1") == before

    async def test_unit_in_which_nothing_happens_leaves_nothing_behind(self, store):
        for _ in range(10):
            async with store.read():
                pass
            async with store.begin():
                pass
        await one_case(store)
        async with store.read() as unit:
            assert await unit.cases.get("case_1") is not None

    async def test_writing_in_a_read_unit_is_refused(self, store):
        with pytest.raises(StoreError):
            async with store.read() as unit:
                await unit.cases.add(a_case())
        await one_case(store)

    async def test_record_of_an_unknown_case_is_refused(self, store):
        with pytest.raises(StoreError) as caught:
            async with store.begin() as unit:
                await unit.drafts.add(a_draft())
        assert not isinstance(caught.value, StaleWrite)

    async def test_time_without_an_offset_is_refused(self, store):
        with pytest.raises(StoreError, match="offset"):
            async with store.begin() as unit:
                await unit.cases.add(a_case(opened_at=datetime(2026, 11, 22)))

    async def test_hundreds_of_calls_at_once_all_end(self, store):
        async def write(number: int) -> None:
            async with store.begin() as unit:
                await unit.cases.add(a_case(f"case_{number}"))

        async def read() -> None:
            async with store.read() as unit:
                await unit.cases.open_cases()

        async with asyncio.timeout(30):
            await asyncio.gather(
                *(write(n) for n in range(100)),
                *(read() for _ in range(100)),
                *(store.receive(an_event(f"Ev{n}")) for n in range(100)),
            )
        async with store.read() as unit:
            assert len(await unit.cases.open_cases(limit=200)) == 100

    # The inbox

    async def test_event_is_received_once(self, store, url):
        assert await store.receive(an_event())
        assert not await store.receive(an_event())
        async with await SqlStore.open(url) as other:
            assert not await other.receive(an_event())

    async def test_of_concurrent_deliveries_exactly_one_is_new(self, store, url):
        async with await SqlStore.open(url) as other:
            received = await asyncio.gather(*(s.receive(an_event()) for s in (store, other) * 25))
        assert received.count(True) == 1

    async def test_received_event_outlives_the_process(self, store, url):
        payload = {"event": {"text": "broken \x00 and \ud800", "blocks": [1, None, {"繁": "體"}]}}
        await store.receive(an_event(payload=payload))
        async with await SqlStore.open(url) as after:
            (event,) = await after.claim_events(NOW + LEASE * 2, LEASE, 10)
        assert (event.event_id, event.received_at, event.attempts) == ("Ev1", NOW, 2)
        assert event.payload["event"]["blocks"] == [1, None, {"繁": "體"}]
        assert event.payload["event"]["text"].startswith("broken \x00 and")

    async def test_event_that_is_done_is_never_claimed(self, store):
        await asyncio.gather(*(store.receive(an_event(f"Ev{n}")) for n in range(20)))
        await asyncio.gather(*(store.event_done(f"Ev{n}") for n in range(20) if n != 7))
        assert [e.event_id for e in await store.claim_events(NOW + LEASE * 2, LEASE, 50)] == ["Ev7"]

    async def test_claim_respects_the_lease_and_counts_attempts(self, store):
        await store.receive(an_event())
        assert await store.claim_events(NOW + LEASE, LEASE, 10) == []
        second = await store.claim_events(NOW + LEASE * 2, LEASE, 10)
        assert await store.claim_events(NOW + LEASE * 3, LEASE, 10) == []
        assert await store.event_failed("Ev1", "boom") == 2
        third = await store.claim_events(NOW + LEASE * 4, LEASE, 10)
        assert [e.attempts for e in (*second, *third)] == [2, 3]

    async def test_oldest_events_are_claimed_first(self, store):
        for minutes in (3, 1, 2):
            await store.receive(an_event(f"Ev{minutes}", at=NOW + timedelta(minutes=minutes)))
        claimed = await store.claim_events(NOW + timedelta(hours=1), LEASE, 2)
        assert [e.event_id for e in claimed] == ["Ev1", "Ev2"]

    async def test_replicas_claiming_at_once_never_share_an_event(self, store, url):
        await asyncio.gather(*(store.receive(an_event(f"Ev{n}")) for n in range(60)))
        async with await SqlStore.open(url) as other:
            claims = await asyncio.gather(*(s.claim_events(NOW + LEASE * 2, LEASE, 5) for s in (store, other) * 10))
        claimed = [event.event_id for events in claims for event in events]
        assert len(claimed) == len(set(claimed))
        assert len(claimed) >= 50

    async def test_only_old_events_that_are_done_are_pruned(self, store):
        for name, at in (("old", NOW), ("pending", NOW), ("new", NOW + timedelta(days=2))):
            await store.receive(an_event(name, at=at))
        await store.event_done("old")
        await store.event_done("new")
        assert await store.prune_events(NOW + timedelta(days=1)) == 1
        assert await store.receive(an_event("old"))
        assert not await store.receive(an_event("new"))
        assert not await store.receive(an_event("pending"))

    async def test_id_the_database_cannot_hold_fails_its_own_caller_alone(self, store, unstorable_id):
        results = await asyncio.gather(
            *(store.receive(an_event(id_)) for id_ in ("Ev1", unstorable_id, "Ev2")), return_exceptions=True
        )
        assert (results[0], results[2]) == (True, True)
        assert isinstance(results[1], StoreError)

    async def test_closing_finishes_what_was_taken(self, store, url):
        calls = [asyncio.create_task(store.receive(an_event(f"Ev{n}"))) for n in range(50)]
        await asyncio.sleep(0)
        await store.close()
        assert await asyncio.gather(*calls) == [True] * 50
        with pytest.raises(StoreError):
            await store.receive(an_event("late"))
        async with await SqlStore.open(url) as after:
            assert len(await after.claim_events(NOW + LEASE * 2, LEASE, 100)) == 50

    async def test_check_passes_where_the_store_can_be_written(self, store):
        await store.check()
