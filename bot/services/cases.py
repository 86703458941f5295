"""Cases: which conversation a message belongs to, and everything known about it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.cases import Done, Speaker
from bot.domain.changes import CaseChange, ChangeKind
from bot.domain.desk import AccountAnswer, ActionRecord, CaseRecord, CaseStatus, Dossier, Heard, Locale, MessageRecord
from bot.domain.errors import Gone, StaleWrite
from bot.domain.reading.model import Intent, Reading, Variant
from bot.ports import Clock, Ids, Store, Unit
from bot.services.accounts import Accounts
from bot.services.knowledge import LiveKnowledge

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


class _HeardBefore(Exception):
    """Undoes the unit: nothing about the case changes when a message comes again, which is seldom."""


class CaseService:
    def __init__(
        self,
        store: Store,
        accounts: Accounts,
        knowledge: LiveKnowledge,
        clock: Clock,
        ids: Ids,
        default_variant: Variant,
    ) -> None:
        self._store = store
        self._accounts = accounts
        self._knowledge = knowledge
        self._clock = clock
        self._ids = ids
        self._default_variant = default_variant

    async def hear_customer(self, heard: Heard, *, asks_engineer: bool = False) -> MessageRecord:
        """Stores and reads a customer's message; returns it as it is stored. Repeatable.

        What the customer wants in the thread of a closed case opens it again; thanks do not.
        """
        try:
            async with self._store.begin() as unit:
                return await self._add_customers(unit, heard, asks_engineer=asks_engineer)
        except _HeardBefore:
            async with self._store.read() as unit:
                known = await unit.cases.message(heard.channel, heard.ts)
            if known is None:
                raise StaleWrite(f"message {heard.ts} was taken back while it was heard again") from None
            return known

    async def _add_customers(self, unit: Unit, heard: Heard, *, asks_engineer: bool) -> MessageRecord:
        case = await self._case_for(unit, heard)
        if case is None and (known := await unit.cases.message(heard.channel, heard.ts)):
            return known
        fallback = case.variant if case else self._default_variant
        reading = self._knowledge.current.reader.read(heard.text, now=heard.at, fallback=fallback)
        if asks_engineer:
            reading = reading.with_intent(Intent.DIRECT_ENGINEER)
        if case is None:
            case = await self._open(unit, heard, reading.variant)
        else:
            if case.status is CaseStatus.CLOSED and reading.calls_for_reply:
                case = replace(case, status=CaseStatus.OPEN)
                await unit.changes.add(CaseChange(case.id, ChangeKind.REOPENED, heard.at, heard.user))
            case = await unit.cases.save(replace(case, last_customer_at=heard.at, variant=reading.variant))
        message = _message(case.id, heard, Speaker.CUSTOMER, reading)
        if not await unit.cases.add_message(message):
            raise _HeardBefore
        return message

    async def hear_staff(self, heard: Heard, *, takes_over: bool) -> str | None:
        """Stores what one of ours said in a customer's case, if there is one. Who takes over becomes its agent."""
        async with self._store.begin() as unit:
            known = await unit.cases.message(heard.channel, heard.ts)
            if known is not None:
                return known.case_id
            case = await self._case_for(unit, heard)
            if case is None:
                return None
            await unit.cases.add_message(_message(case.id, heard, Speaker.AGENT, None))
            if takes_over and case.agent != heard.user:
                await unit.cases.save(replace(case, agent=heard.user))
            return case.id

    async def hear_edit(self, heard: Heard, *, asks_engineer: bool = False) -> str | None:
        """The customer's words changed: they are read again. Returns the case, if the message is known."""
        async with self._store.begin() as unit:
            known = await unit.cases.message(heard.channel, heard.ts)
            if known is None or known.text == heard.text:
                return None
            reading = None
            if known.reading is not None:
                reader = self._knowledge.current.reader
                reading = reader.read(heard.text, now=known.at, fallback=known.reading.variant)
                reading = reading.with_intent(Intent.DIRECT_ENGINEER) if asks_engineer else reading
            await unit.changes.add(CaseChange(known.case_id, ChangeKind.EDITED, self._clock.now(), known.user))
            return await unit.cases.edit_message(heard.channel, heard.ts, heard.text, reading)

    async def hear_deletion(self, heard: Heard) -> str | None:
        """A case of which the customer has taken back every word is closed: nothing is left to answer."""
        async with self._store.begin() as unit:
            known = await unit.cases.message(heard.channel, heard.ts)
            case_id = await unit.cases.delete_message(heard.channel, heard.ts)
            if known is None or case_id is None:
                return None
            now = self._clock.now()
            await unit.changes.add(CaseChange(case_id, ChangeKind.DELETED, now, known.user))
            left = await unit.cases.messages(case_id)
            case = await unit.cases.get(case_id)
            if case is not None and not any(m.speaker is Speaker.CUSTOMER for m in left):
                await unit.cases.save(replace(case, status=CaseStatus.CLOSED))
                await unit.changes.add(CaseChange(case_id, ChangeKind.CLOSED, now))
            return case_id

    async def case_of(self, channel: str, ts: str | None = None) -> str | None:
        """The case a message belongs to; without ``ts`` the newest open case of the channel."""
        async with self._store.read() as unit:
            if ts is not None:
                message = await unit.cases.message(channel, ts)
                return message.case_id if message else None
            case = await unit.cases.latest_open(channel, BEGINNING)
            return case.id if case else None

    async def dossier(self, case_id: str, *, patience: float | None = None) -> Dossier:
        """Everything about a case; of one that was merged, about the case it went into.

        With ``patience`` seconds, a CRM slower than that counts as unavailable.
        """
        async with self._store.read() as unit:
            record = await self.current(unit, case_id)
            case_id = record.id
            escalations = await unit.escalations.of_case(case_id)
            dossier = Dossier(
                record=record,
                now=self._clock.now(),
                messages=tuple(await unit.cases.messages(case_id)),
                actions=tuple(await unit.cases.actions(case_id)),
                drafts=tuple(await unit.drafts.of_case(case_id)),
                escalation=escalations[-1] if escalations else None,
                opportunity=await unit.opportunities.of_case(case_id),
                changes=tuple(await unit.changes.of_case(case_id)),
                promises=tuple(await unit.promises.of_case(case_id)),
            )
        return replace(dossier, answer=await self._answer(record, patience))

    async def locale(self, case_id: str) -> Locale:
        """The language of what several of ours read about a case."""
        async with self._store.read() as unit:
            record = await unit.cases.get(case_id)
        if record is None:
            raise LookupError(case_id)
        return Locale.of_case(record.variant)

    async def change(self, case_id: str, **changes: object) -> None:
        """Sets fields of the case record."""
        async with self._store.begin() as unit:
            record = await self.current(unit, case_id)
            await unit.cases.save(replace(record, **changes))  # type: ignore[arg-type]  # fields by name

    async def log(self, case_id: str, kind: Done, by: str | None) -> None:
        async with self._store.begin() as unit:
            record = await self.current(unit, case_id)
            await unit.cases.log(ActionRecord(record.id, kind, self._clock.now(), by))

    async def note(self, case_id: str, kind: ChangeKind, by: str | None, detail: str = "") -> None:
        """Says in the case's history who did what to it."""
        async with self._store.begin() as unit:
            record = await self.current(unit, case_id)
            await unit.changes.add(CaseChange(record.id, kind, self._clock.now(), by, detail))

    async def _answer(self, record: CaseRecord, patience: float | None) -> AccountAnswer:
        try:
            async with asyncio.timeout(patience):
                return await self._accounts.of_case(record)
        except TimeoutError:
            return AccountAnswer(unavailable=True)

    async def current(self, unit: Unit, case_id: str) -> CaseRecord:
        """Raises ``Gone`` where there is none. A merged case stands for the one it went into."""
        record = await unit.cases.get(case_id)
        if record is not None and record.merged_into is not None:
            record = await unit.cases.get(record.merged_into)
        if record is None:
            raise Gone(case_id)
        return record

    async def _case_for(self, unit: Unit, heard: Heard) -> CaseRecord | None:
        """A thread stays with its case, also with a closed one; a conversation ends with its case or its window."""
        if heard.thread_ts is not None:
            case = await unit.cases.by_thread(heard.channel, heard.thread_ts)
            return await self.current(unit, case.id) if case is not None and case.merged_into else case
        window = timedelta(minutes=self._knowledge.current.policy.conversation_window_minutes)
        return await unit.cases.latest_open(heard.channel, heard.at - window)

    async def _open(self, unit: Unit, heard: Heard, variant: Variant) -> CaseRecord:
        case = CaseRecord(
            id=self._ids.new("case"),
            team=heard.team,
            channel=heard.channel,
            thread_ts=heard.thread_ts or heard.ts,
            opened_at=heard.at,
            last_customer_at=heard.at,
            variant=variant,
        )
        await unit.cases.add(case)
        return case


def _message(case_id: str, heard: Heard, speaker: Speaker, reading: Reading | None) -> MessageRecord:
    at, thread_ts = heard.at, heard.thread_ts
    return MessageRecord(case_id, heard.channel, heard.ts, heard.user, speaker, heard.text, at, reading, thread_ts)
