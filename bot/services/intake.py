"""What Slack tells us: kept first, acknowledged, then worked through in order; never lost, never done twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import structlog

from bot.domain.desk import Heard, HeardKind, InboxRecord, Places, Role
from bot.domain.errors import StoreError
from bot.ports import Chat, Clock, Store
from bot.services.cards import CardService
from bot.services.cases import CaseService
from bot.services.escalations import EscalationService
from bot.services.opportunities import OpportunityService
from bot.services.ordering import OneAtATime
from bot.services.people import People
from bot.services.tasks import Tasks

log = structlog.get_logger()

MAX_ATTEMPTS = 5
LEASE = timedelta(seconds=30)
"""How long a kept event may be in work before it counts as left behind by a crash."""
SWEEP_SECONDS = 15.0
REMEMBERED = timedelta(days=3)
"""How long a done event is kept, so that a late repetition of it is known. Slack repeats within some minutes."""

Parse = Callable[[dict[str, object]], Heard | None]


class Intake:
    def __init__(
        self,
        store: Store,
        parse: Parse,
        cases: CaseService,
        cards: CardService,
        escalations: EscalationService,
        opportunities: OpportunityService,
        people: People,
        chat: Chat,
        places: Places,
        clock: Clock,
        tasks: Tasks,
    ) -> None:
        self._store = store
        self._parse = parse
        self._cases = cases
        self._cards = cards
        self._escalations = escalations
        self._opportunities = opportunities
        self._people = people
        self._chat = chat
        self._places = places
        self._clock = clock
        self._tasks = tasks
        self._channels = OneAtATime()

    async def receive(self, event_id: str, payload: dict[str, object]) -> None:
        """Returns once the event is safely kept. Raises ``StoreError``: then Slack must be told to come again."""
        event = InboxRecord(event_id, payload, self._clock.now())
        if await self._store.receive(event):
            self._tasks.spawn(self._work(event), name=f"event:{event_id}")

    async def sweep_forever(self) -> None:
        """Takes up what a crash or an error left behind, and forgets what was done long ago."""
        while True:
            try:
                await self.sweep()
            except StoreError as error:
                log.warning("sweep_failed", error=str(error))
            await asyncio.sleep(SWEEP_SECONDS)

    async def sweep(self) -> None:
        now = self._clock.now()
        for event in await self._store.claim_events(now, LEASE, limit=100):
            self._tasks.spawn(self._work(event), name=f"event:{event.event_id}")
        await self._store.prune_events(now - REMEMBERED)

    async def _work(self, event: InboxRecord) -> None:
        try:
            heard = self._parse(event.payload)
            if heard is not None:
                await self._in_order(heard)
        except Exception as error:
            attempts = await self._store.event_failed(event.event_id, repr(error))
            log.exception("event_failed", event_id=event.event_id, attempts=attempts)
            if attempts < MAX_ATTEMPTS:
                return
        await self._store.event_done(event.event_id)

    async def _in_order(self, heard: Heard) -> None:
        """Messages of one channel are taken one after the other; nobody waits for the CRM or for a card."""
        async with self._channels.turn(heard.channel):
            case_id = await self._hear(heard)
        if case_id is not None:
            await self._cards.refresh(case_id)
            await self._opportunities.consider(case_id)

    async def _hear(self, heard: Heard) -> str | None:
        if heard.kind is HeardKind.EDITED:
            return await self._cases.hear_edit(heard)
        if heard.kind is HeardKind.DELETED:
            return await self._cases.hear_deletion(heard)
        if heard.relayed_by and not heard.relayed_by & self._places.intake:
            return None  # other integrations are not customers
        if heard.channel == self._places.escalation:
            await self._answer(heard)
            return None
        if not await self._is_support(heard.channel):
            return None
        if heard.relayed_by or (await self._people.get(heard.user)).external:
            return await self._cases.hear_customer(heard)
        return await self._cases.hear_staff(heard)

    async def _answer(self, heard: Heard) -> None:
        if heard.thread_ts is not None and Role.SUPERVISOR in await self._people.roles(heard.user):
            await self._escalations.answer_in_words(heard)

    async def _is_support(self, channel: str) -> bool:
        if self._places.support:
            return channel in self._places.support
        return (await self._chat.channel(channel)).shared
