"""What Slack tells us: kept first, acknowledged, then worked through in order; never lost, never done twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.domain.desk import Heard, HeardKind, InboxRecord, MessageRecord, Places, Role
from bot.domain.errors import PlaceShared
from bot.domain.reading.model import Intent
from bot.ports import Clock, Store
from bot.services.bypass import BypassService
from bot.services.cards import CardService
from bot.services.cases import CaseService
from bot.services.channels import ChannelService
from bot.services.escalation_talk import EscalationTalk
from bot.services.leases import LEASE, MAX_ATTEMPTS, PASSING, WAITS
from bot.services.nudges import NudgeService
from bot.services.opportunities import OpportunityService
from bot.services.ordering import OneAtATime
from bot.services.our_words import OurWords
from bot.services.people import People
from bot.services.tasks import Tasks

log = structlog.get_logger()

TAKES_OVER = frozenset({Role.AGENT, Role.SUPERVISOR})
"""Whoever of them answers a customer is the agent of the case."""
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
        talk: EscalationTalk,
        opportunities: OpportunityService,
        nudges: NudgeService,
        bypass: BypassService,
        ours: OurWords,
        channels: ChannelService,
        people: People,
        places: Places,
        clock: Clock,
        tasks: Tasks,
    ) -> None:
        self._store = store
        self._parse = parse
        self._cases = cases
        self._cards = cards
        self._talk = talk
        self._opportunities = opportunities
        self._nudges = nudges
        self._bypass = bypass
        self._ours = ours
        self._channels = channels
        self._people = people
        self._places = places
        self._clock = clock
        self._tasks = tasks
        self._turns = OneAtATime()

    async def receive(self, event_id: str, payload: dict[str, object]) -> None:
        """Returns once the event is safely kept. Raises ``StoreError``: then Slack must be told to come again.

        Of a channel that is off nothing is kept.
        """
        heard = self._parse(payload)
        if heard is not None and await self._is_off(heard):
            return
        event = InboxRecord(event_id, payload, self._clock.now())
        if await self._store.receive(event):
            self._tasks.spawn(self._work(event, heard), name=f"event:{event_id}")

    async def sweep(self) -> None:
        """Takes up what a crash, an error or quiet hours left behind, and forgets what was done long ago."""
        now = self._clock.now()
        for event in await self._store.claim_events(now, LEASE, limit=100):
            self._tasks.spawn(self._work(event), name=f"event:{event.event_id}")
        await self._store.prune_events(now - REMEMBERED)
        await self._nudges.release()

    async def _work(self, event: InboxRecord, heard: Heard | None = None) -> None:
        try:
            heard = heard or self._parse(event.payload)
            if heard is not None:
                await self._in_order(heard)
        except PlaceShared as error:
            log.warning("withheld", event_id=event.event_id, channel=str(error))
        except PASSING as error:
            log.warning("event_waits", event_id=event.event_id, error=str(error))
            if self._clock.now() - event.received_at < WAITS:
                return
            log.exception("event_given_up", event_id=event.event_id, waited=str(WAITS))
        except Exception as error:
            attempts = await self._store.event_failed(event.event_id, repr(error))
            log.exception("event_failed", event_id=event.event_id, attempts=attempts)
            if attempts < MAX_ATTEMPTS:
                return
        await self._store.event_done(event.event_id)

    async def _in_order(self, heard: Heard) -> None:
        """Messages of one channel are taken one after the other; nobody waits for the CRM or for a card."""
        heard = await self._with_names(heard)
        async with self._turns.turn(heard.channel):
            message = await self._hear(heard)
        case_id = message.case_id if isinstance(message, MessageRecord) else message
        by_customer = heard.kind is HeardKind.SAID and await self._is_customer(heard)
        if not by_customer:
            await self._ours.heard(heard)
        if case_id is None:
            return
        seen = await self._cards.refresh(case_id)
        if (await self._channels.mode(heard.channel)).tells:
            await self._opportunities.consider(case_id, seen)
            await self._nudges.consider(heard.channel, case_id)
            await self._watch(heard, case_id, message)

    async def _hear(self, heard: Heard) -> MessageRecord | str | None:
        """The customer's message as it is stored, or the case that anything else is about."""
        if heard.kind is HeardKind.EDITED:
            return await self._cases.hear_edit(heard, asks_engineer=bool(await self._engineers(heard)))
        if heard.kind is HeardKind.DELETED:
            return await self._cases.hear_deletion(heard)
        if heard.relayed_by and not heard.relayed_by & self._places.intake:
            return None  # other integrations are not customers
        if heard.channel == self._places.escalation:
            if heard.thread_ts is not None:
                await self._talk.hear(heard)
            return None
        if not await self._channels.is_support(heard.channel):
            return None
        if await self._is_customer(heard):
            return await self._cases.hear_customer(heard, asks_engineer=bool(await self._engineers(heard)))
        takes_over = not TAKES_OVER.isdisjoint(await self._people.roles(heard.user))
        return await self._cases.hear_staff(heard, takes_over=takes_over)

    async def _watch(self, heard: Heard, case_id: str, message: MessageRecord | str | None) -> None:
        """Whether a customer goes past the agent to an engineer."""
        if isinstance(message, MessageRecord):
            if message.reading is not None and Intent.DIRECT_ENGINEER in message.reading.intents:
                await self._bypass.consider_call(case_id, await self._engineers(heard))
        elif heard.kind is HeardKind.SAID and await self._people.roles(heard.user) == {Role.ENGINEER}:
            await self._bypass.consider_answer(case_id, heard.user)

    async def _is_customer(self, heard: Heard) -> bool:
        return bool(heard.relayed_by) or (await self._people.get(heard.user)).external

    async def _engineers(self, heard: Heard) -> tuple[str, ...]:
        """Those of ours whom the message addresses by name."""
        return tuple([user for user in heard.mentions if Role.ENGINEER in await self._people.roles(user)])

    async def _with_names(self, heard: Heard) -> Heard:
        """The platform writes an id where people read a name."""
        text = heard.text
        for user in heard.mentions:
            text = text.replace(f"@{user}", f"@{(await self._people.get(user)).name}")
        return replace(heard, text=text) if heard.mentions else heard

    async def _is_off(self, heard: Heard) -> bool:
        """What somebody took back is still followed, so that nothing older stays by mistake."""
        return heard.kind is not HeardKind.DELETED and not (await self._channels.mode(heard.channel)).keeps
