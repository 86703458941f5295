"""Telling the agent on duty in private that a customer waits: rarely, and not in quiet hours.

In quiet hours the card still appears. The nudge is held until they end and goes out then, unless somebody has
answered meanwhile: whoever begins the day hears of each waiting case once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog

from bot.domain.channels import ChannelMode, NudgeRecord
from bot.domain.desk import CaseStatus, Dossier
from bot.domain.errors import ChatRefused, FencunError
from bot.ports import Chat, Clock, Store
from bot.ports.case_presenter import CasePresenter
from bot.services.cards import PATIENCE
from bot.services.cases import CaseService
from bot.services.channels import ChannelService
from bot.services.duty import Duty
from bot.services.knowledge import LiveKnowledge
from bot.services.preferences import Preferences

log = structlog.get_logger()


class NudgeService:
    def __init__(
        self,
        store: Store,
        cases: CaseService,
        channels: ChannelService,
        duty: Duty,
        preferences: Preferences,
        knowledge: LiveKnowledge,
        chat: Chat,
        presenter: CasePresenter,
        clock: Clock,
    ) -> None:
        self._store = store
        self._cases = cases
        self._channels = channels
        self._duty = duty
        self._preferences = preferences
        self._knowledge = knowledge
        self._chat = chat
        self._presenter = presenter
        self._clock = clock

    async def consider(self, channel: str, case_id: str) -> None:
        """Nudges, or holds the nudge back, if the channel wants it and the customer waits."""
        if await self._channels.mode(channel) is not ChannelMode.NUDGE:
            return
        if not await self._may_be_due(case_id):
            return
        dossier = await self._cases.dossier(case_id, patience=PATIENCE)
        if _waits(dossier) and await self._due(dossier):
            await self._tell(dossier)

    async def release(self) -> None:
        """Sends what quiet hours held back, where the customer still waits. One that fails keeps none of the others."""
        async with self._store.read() as unit:
            held = await unit.nudges.held(self._clock.now())
        for record in held:
            try:
                await self._release(record)
            except FencunError as error:
                log.warning("nudge_not_sent", case=record.case_id, error=str(error))

    async def _release(self, record: NudgeRecord) -> None:
        async with self._store.begin() as unit:
            await unit.nudges.save(replace(record, held_until=None))
            case = await unit.cases.get(record.case_id)
        if case is not None:
            await self.consider(case.channel, case.id)

    async def _may_be_due(self, case_id: str) -> bool:
        """Asked for every message, so without loading the case: mostly the agent was told a moment ago."""
        now, quiet_until = self._quiet()
        async with self._store.read() as unit:
            record = await unit.nudges.of_case(case_id)
        return record.may_go(now) if quiet_until is None else record.held_until is None

    def _quiet(self) -> tuple[datetime, datetime | None]:
        """What time it is at the desk, and when the quiet hours that hold now end."""
        policy = self._knowledge.current.policy
        now = self._clock.now().astimezone(ZoneInfo(policy.timezone))
        return now, policy.quiet_hours.until(now)

    async def _due(self, dossier: Dossier) -> bool:
        """Notes the nudge before it goes out: of two at once, one goes."""
        now, quiet_until = self._quiet()
        async with self._store.begin() as unit:
            record = await unit.nudges.of_case(dossier.record.id)
            if quiet_until is not None:
                await unit.nudges.save(replace(record, held_until=record.held_until or quiet_until))
                return False
            if not record.may_go(now):
                return False
            await unit.nudges.save(NudgeRecord(record.case_id, sent_at=now))
            return True

    async def _tell(self, dossier: Dossier) -> None:
        """In the customer's channel, where only the agent sees it; directly where they are not in it."""
        record = dossier.record
        agent = await self._duty.for_case(record)
        if agent is None:
            return
        async with self._store.read() as unit:
            card = await unit.posts.get(f"card:{record.id}")
        link = await self._chat.permalink(card.channel, card.ts) if card is not None and card.ts else None
        content = self._presenter.nudge(dossier, link, await self._preferences.locale(agent))
        try:
            await self._chat.whisper(agent, record.channel, content)
        except ChatRefused:
            await self._chat.direct(f"nudge:{record.id}:{dossier.now.timestamp():.0f}", agent, content)


def _waits(dossier: Dossier) -> bool:
    return dossier.record.status is CaseStatus.OPEN and dossier.customer_waits
