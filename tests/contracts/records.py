"""Records as the tests of the store keep them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from bot.adapters.store.store import SqlStore
from bot.domain.cases import Speaker
from bot.domain.commitments import PromiseRecord
from bot.domain.desk import (
    CaseRecord,
    DraftRecord,
    InboxRecord,
    MessageRecord,
)
from bot.domain.drafting.model import Fact, Stage, Tone
from bot.domain.escalations import EscalationRecord
from bot.domain.reading.model import (
    Reading,
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
