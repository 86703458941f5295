"""What our replies promise: noted as they go out, and open until they are kept."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.domain.commitments import PromiseRecord
from bot.domain.desk import MessageRecord, Role
from bot.domain.promises.finder import find_promises
from bot.domain.reading.calendar import CountryCalendar
from bot.ports import Clock, Store
from bot.services.knowledge import LiveKnowledge
from bot.services.people import People


class CommitmentService:
    def __init__(self, store: Store, people: People, knowledge: LiveKnowledge, clock: Clock) -> None:
        self._store = store
        self._people = people
        self._knowledge = knowledge
        self._clock = clock

    async def note(self, message: MessageRecord) -> None:
        """Keeps what a message of ours promises, in place of what it promised before it was edited."""
        promises = self._promises(message)
        async with self._store.begin() as unit:
            await unit.promises.note(message.channel, message.ts, promises)

    async def forget(self, channel: str, ts: str) -> None:
        """The message was deleted, and with it what it promised."""
        async with self._store.begin() as unit:
            await unit.promises.note(channel, ts, ())

    async def kept(self, user: str, channel: str, ts: str, position: int) -> None:
        """One of ours says that a promise was kept."""
        await self._people.require(user, Role.AGENT, Role.SUPERVISOR)
        async with self._store.begin() as unit:
            await unit.promises.kept(channel, ts, position, self._clock.now())

    def _promises(self, message: MessageRecord) -> tuple[PromiseRecord, ...]:
        known = self._knowledge.current
        calendar = CountryCalendar(known.policy.country, known.policy.workday_end_hour)
        said_at = message.at.astimezone(ZoneInfo(known.policy.timezone))
        found = find_promises(message.text, now=said_at, lexicon=known.promises, calendar=calendar)
        return tuple(
            PromiseRecord(
                channel=message.channel,
                ts=message.ts,
                position=position,
                case_id=message.case_id,
                by=message.user,
                text=promise.text,
                due=promise.due,
                at=message.at,
            )
            for position, promise in enumerate(found)
        )
