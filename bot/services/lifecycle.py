"""Closing, reopening, merging and splitting cases: whoever comes second is told what the first did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.changes import CaseChange, ChangeKind
from bot.domain.desk import CaseRecord, CaseStatus, MessageRecord, Role
from bot.domain.errors import CaseMoved, NotAllowed
from bot.domain.merging import merged, remaining, split_off, split_points
from bot.ports import Clock, Ids, Store, Unit
from bot.services.cards import CardService
from bot.services.people import People

KEEPERS = (Role.AGENT, Role.SUPERVISOR)
"""Who may change what becomes of a case, whose channel it is, and what the desk does there."""


@dataclass(frozen=True, slots=True)
class Companion:
    """Another open case of the channel, with what the customer said in it first."""

    record: CaseRecord
    first_words: str


class CaseLifecycle:
    """Every change is one transaction: both see either the case as it was or what became of it."""

    def __init__(self, store: Store, cards: CardService, people: People, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._cards = cards
        self._people = people
        self._clock = clock
        self._ids = ids

    async def close(self, user: str, case_id: str) -> None:
        """Raises ``CaseMoved`` where it is closed already or was merged."""
        await self._turn(user, case_id, CaseStatus.OPEN, CaseStatus.CLOSED, ChangeKind.CLOSED)

    async def reopen(self, user: str, case_id: str) -> None:
        """Raises ``CaseMoved`` where it is open already or was merged."""
        await self._turn(user, case_id, CaseStatus.CLOSED, CaseStatus.OPEN, ChangeKind.REOPENED)

    async def companions(self, user: str, case_id: str) -> tuple[Companion, ...]:
        """The open cases that this one can be merged into."""
        await self._people.require(user, *KEEPERS)
        async with self._store.read() as unit:
            case = await self._open(unit, case_id)
            others = [other for other in await unit.cases.open_in(case.channel) if other.id != case.id]
            return tuple([Companion(other, _first_words(await unit.cases.messages(other.id))) for other in others])

    async def merge(self, user: str, source_id: str, target_id: str) -> None:
        """Everything of the source is the target's from now on. Raises ``CaseMoved`` where one is not open any more."""
        await self._people.require(user, *KEEPERS)
        async with self._store.begin() as unit:
            first, second = sorted((source_id, target_id))  # always in one order: two merges never wait for each other
            held = {case_id: await self._open(unit, case_id) for case_id in (first, second)}
            source, target = held[source_id], held[target_id]
            if source.id == target.id or source.channel != target.channel:
                raise NotAllowed(user=user, case=source_id, into=target_id)  # no form offers that
            whole, gone = merged(target, source)
            now = self._clock.now()
            await unit.changes.add(CaseChange(source.id, ChangeKind.MERGED, now, user, source.id))
            await unit.changes.move_all(source.id, target.id)
            await unit.cases.save(whole)
            await unit.cases.save(gone)
        await self._cards.retire(source_id)
        await self._cards.refresh(target_id)

    async def split_points(self, user: str, case_id: str) -> Sequence[MessageRecord]:
        """The messages with which a new case can begin."""
        await self._people.require(user, *KEEPERS)
        async with self._store.read() as unit:
            await self._open(unit, case_id)
            return split_points(await unit.cases.messages(case_id))

    async def split(self, user: str, case_id: str, ts: str) -> None:
        """The messages from ``ts`` on become a case of their own; what was done so far stays with the old one.

        Raises ``CaseMoved`` where somebody changed the case meanwhile.
        """
        await self._people.require(user, *KEEPERS)
        async with self._store.begin() as unit:
            case = await self._open(unit, case_id)
            messages = await unit.cases.messages(case_id)
            new = split_off(case, messages, ts, self._ids.new("case"))
            if new is None:
                raise CaseMoved(case_id)
            if case.thread_ts == ts:  # Slack told of it first, so it began the case; what was said before it does now
                first = messages[0]
                case = await unit.cases.save(replace(case, thread_ts=first.ts, reply_ts=first.thread_ts))
            new = await self._begin(unit, new)
            cut = next(n for n, message in enumerate(messages) if message.ts == ts)
            for message in messages[cut:]:
                await unit.changes.move_message(message.channel, message.ts, new.id)
            await unit.cases.save(remaining(case, messages[:cut]))
            now = self._clock.now()
            await unit.changes.add(CaseChange(case.id, ChangeKind.SPLIT, now, user, new.id))
            await unit.changes.add(CaseChange(new.id, ChangeKind.SPLIT, now, user, case.id))
        await self._cards.refresh(case_id)
        await self._cards.refresh(new.id)

    async def last_change(self, case_id: str) -> CaseChange | None:
        """Who closed, merged or reopened the case last: what whoever came second is told."""
        async with self._store.read() as unit:
            record = await unit.cases.get(case_id)
            found = await unit.changes.of_case(record.merged_into or case_id) if record else ()
        turns = (ChangeKind.CLOSED, ChangeKind.REOPENED, ChangeKind.MERGED, ChangeKind.SPLIT)
        return next((change for change in reversed(found) if change.kind in turns), None)

    async def _turn(self, user: str, case_id: str, of: CaseStatus, to: CaseStatus, kind: ChangeKind) -> None:
        await self._people.require(user, *KEEPERS)
        async with self._store.begin() as unit:
            case = await unit.cases.get(case_id)
            if case is None or case.status is not of:
                raise CaseMoved(case_id)
            await unit.cases.save(replace(case, status=to))
            await unit.changes.add(CaseChange(case_id, kind, self._clock.now(), user))
        await self._cards.refresh(case_id)

    async def _open(self, unit: Unit, case_id: str) -> CaseRecord:
        case = await unit.cases.get(case_id)
        if case is None or case.status is not CaseStatus.OPEN:
            raise CaseMoved(case_id)
        return case

    async def _begin(self, unit: Unit, new: CaseRecord) -> CaseRecord:
        """The new case; or, where a merged one began with the same message, that one again."""
        earlier = await unit.cases.begun_by(new.channel, new.thread_ts)
        if earlier is None:
            await unit.cases.add(new)
            return new
        return await unit.cases.save(replace(new, id=earlier.id, version=earlier.version, reply_ts=earlier.reply_ts))


def _first_words(messages: Sequence[MessageRecord]) -> str:
    return messages[0].text if messages else ""
