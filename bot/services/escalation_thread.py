"""The thread of an escalation: its root in the escalation channel, and what is said beneath it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.domain.desk import Dossier, Heard, Locale, Role
from bot.domain.errors import ChatRefused, NotAllowed
from bot.domain.escalations import EarlierDecision, EscalationRecord, Waypoints
from bot.ports import Chat, Content, Presenter, Spot, Store
from bot.services.cases import CaseService
from bot.services.drafts import PATIENCE
from bot.services.knowledge import LiveKnowledge
from bot.services.people import People
from bot.services.posted import LOOK_SECONDS, LOOKS, Posted

MOST_EARLIER = 3


class EscalationThread:
    def __init__(
        self,
        store: Store,
        cases: CaseService,
        posted: Posted,
        people: People,
        knowledge: LiveKnowledge,
        chat: Chat,
        presenter: Presenter,
    ) -> None:
        self._store = store
        self._cases = cases
        self._posted = posted
        self._people = people
        self._knowledge = knowledge
        self._chat = chat
        self._presenter = presenter

    async def begin(self, escalation: EscalationRecord) -> EscalationRecord:
        """Posts root and transcript; however often it is called, each once."""
        if escalation.ts is not None and await self._posted.stands(_transcript_op(escalation)):
            return escalation
        dossier = await self._cases.dossier(escalation.case_id, patience=PATIENCE)
        begun = await self._post_root(escalation, dossier)
        transcript = self._presenter.transcript(dossier, Locale.of_case(dossier.record.variant))
        await self.say(_transcript_op(escalation), begun, transcript)
        return begun

    async def locale(self, escalation: EscalationRecord) -> Locale:
        """The language of the thread: that of the side which serves the customer."""
        return await self._cases.locale(escalation.case_id)

    async def redraw(self, escalation: EscalationRecord) -> None:
        """Shows the root as the escalation stands now. A root that somebody deleted is posted anew."""
        assert escalation.ts is not None, "only what was posted is redrawn"
        dossier = await self._cases.dossier(escalation.case_id, patience=PATIENCE)
        try:
            await self._chat.update(escalation.channel, escalation.ts, await self._root(escalation, dossier))
        except ChatRefused as error:
            if error.code != "message_not_found":
                raise
            async with self._store.begin() as unit:
                await unit.posts.gone(_root_op(escalation))
            await self._post_root(escalation, dossier)

    async def say(self, op: str, escalation: EscalationRecord, content: Content) -> str:
        """Posts into the thread, once for ``op``."""
        return await self._chat.post(op, escalation.channel, content, thread_ts=escalation.ts)

    async def change(self, op: str, content: Content) -> None:
        """Puts ``content`` in the place of what was said as ``op``, if it still stands."""
        await self._posted.change(op, content)

    async def link(self, escalation: EscalationRecord) -> str | None:
        return await self._chat.permalink(escalation.channel, escalation.ts) if escalation.ts else None

    async def require_here(self, spot: Spot, escalation_id: str) -> EscalationRecord:
        """The escalation, if ``spot`` is its own channel and is internal. Raises ``NotAllowed``.

        A click can overtake the record of the root it stands on, as words can: it is waited for.
        """
        escalation = await self._get(escalation_id)
        for _ in range(LOOKS):
            if escalation is None or escalation.ts is not None:
                break
            await asyncio.sleep(LOOK_SECONDS)
            escalation = await self._get(escalation_id)
        here = escalation is not None and escalation.ts is not None and escalation.channel == spot.channel
        if escalation is None or not here or (await self._chat.channel(spot.channel)).shared:
            raise NotAllowed(escalation=escalation_id, channel=spot.channel)
        return escalation

    async def of(self, heard: Heard) -> EscalationRecord | None:
        """The escalation in whose thread somebody wrote.

        An answer can overtake the record of the root it stands under: Slack tells of both at once. So while some
        escalation has no thread yet, an unknown thread may be its, and is looked for again.
        """
        for _ in range(LOOKS):
            async with self._store.read() as unit:
                found = await unit.escalations.by_thread(heard.channel, heard.thread_ts or "")
                unthreaded = any(escalation.ts is None for escalation in await unit.escalations.open())
            if found is not None or not unthreaded:
                return found
            await asyncio.sleep(LOOK_SECONDS)
        return None

    async def _get(self, escalation_id: str) -> EscalationRecord | None:
        async with self._store.read() as unit:
            return await unit.escalations.get(escalation_id)

    async def _post_root(self, escalation: EscalationRecord, dossier: Dossier) -> EscalationRecord:
        content = await self._root(escalation, dossier)
        ts = await self._chat.post(_root_op(escalation), escalation.channel, content)
        async with self._store.begin() as unit:
            await unit.escalations.set_thread(escalation.id, ts)
        return replace(escalation, ts=ts)

    async def _root(self, escalation: EscalationRecord, dossier: Dossier) -> Content:
        drafts = self._knowledge.current.assess(dossier)
        waypoints = await self._waypoints(escalation, dossier)
        supervisors = self._people.named(Role.SUPERVISOR)
        return self._presenter.escalation(dossier, escalation, drafts, waypoints, supervisors)

    async def _waypoints(self, escalation: EscalationRecord, dossier: Dossier) -> Waypoints:
        case = dossier.record
        async with self._store.read() as unit:
            before = [e for e in await unit.escalations.of_case(case.id) if e.decision and e.id != escalation.id]
        said = [m for m in dossier.messages if m.reading is not None and m.ts]
        last = said[-1] if said else None
        earlier = [
            EarlierDecision(e.decision, await self.link(e)) for e in before[-MOST_EARLIER:] if e.decision is not None
        ]
        return Waypoints(
            card=await self._posted.link(f"card:{case.id}"),
            message=await self._chat.permalink(last.channel, last.ts) if last else None,
            earlier=tuple(earlier),
        )


def _root_op(escalation: EscalationRecord) -> str:
    return f"escalation:{escalation.id}"


def _transcript_op(escalation: EscalationRecord) -> str:
    return f"transcript:{escalation.id}"
