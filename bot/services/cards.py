"""The desk card: one per case, posted once and then kept up to date in place."""

from __future__ import annotations

import structlog

from bot.domain.desk import Dossier, Locale, Places
from bot.domain.errors import ChatRefused, PlaceShared
from bot.ports import Chat, Content, Store
from bot.ports.case_presenter import CasePresenter, Pointers
from bot.services.cases import CaseService
from bot.services.channels import ChannelService
from bot.services.duty import Duty
from bot.services.knowledge import LiveKnowledge
from bot.services.ordering import OneAtATime
from bot.services.tasks import Tasks

log = structlog.get_logger()

PATIENCE = 0.8
"""Seconds a card waits for the CRM before it is shown without the contract and completed afterwards."""

MOST_RESUMED = 300
"""Cards that are brought up to date once the desk is private again; older cases follow when they move."""


class CardService:
    def __init__(
        self,
        cases: CaseService,
        channels: ChannelService,
        duty: Duty,
        knowledge: LiveKnowledge,
        store: Store,
        chat: Chat,
        presenter: CasePresenter,
        places: Places,
        tasks: Tasks,
    ) -> None:
        self._cases = cases
        self._channels = channels
        self._duty = duty
        self._knowledge = knowledge
        self._store = store
        self._chat = chat
        self._presenter = presenter
        self._places = places
        self._tasks = tasks
        self._turns = OneAtATime()

    async def refresh(self, case_id: str) -> Dossier | None:
        """Shows the case as it stands now. A slow CRM delays nothing: the card follows when it answers.

        Returns the case as it was shown; None where somebody else is about to show it.
        """
        dossier = await self._show(case_id, PATIENCE)
        if dossier is not None and dossier.answer.unavailable:
            self._tasks.spawn(self._complete(case_id), name=f"card:{case_id}")
        return dossier

    async def retire(self, case_id: str) -> None:
        """The card of a case that was merged only leads to the other card, if there is one."""
        op = f"card:{case_id}"
        async with self._turns.turn(case_id):
            if await self._posted(op) is None:
                return
            dossier = await self._cases.dossier(case_id, patience=PATIENCE)
            link = await self.link(dossier.record.id)
            content = self._presenter.merged_card(dossier, link, Locale.of_case(dossier.record.variant))
            await self._put(op, content, anew=False)

    async def link(self, case_id: str) -> str | None:
        """The way to the card of a case."""
        posted = await self._posted(f"card:{case_id}")
        return await self._chat.permalink(*posted) if posted else None

    async def resume(self) -> None:
        """Brings up to date what could not be shown while others read along."""
        async with self._store.read() as unit:
            cases = await unit.cases.open_cases(limit=MOST_RESUMED)
        for case in cases:
            await self.refresh(case.id)

    async def _complete(self, case_id: str) -> None:
        await self._show(case_id, None)

    async def _show(self, case_id: str, patience: float | None) -> Dossier | None:
        """Of many refreshes of one case that wait for each other, only the last needs to draw."""
        async with self._turns.turn(case_id):
            if self._turns.others_wait(case_id):
                return None
            dossier = await self._cases.dossier(case_id, patience=patience)
            await self._draw(dossier)
            return dossier

    async def _draw(self, dossier: Dossier) -> None:
        """A card that is there follows its case; a new one needs a channel that tells and something to answer."""
        record = dossier.record
        op = f"card:{record.id}"
        wanted = dossier.calls_for_card and (await self._channels.mode(record.channel)).tells
        if not wanted and await self._posted(op) is None:
            return
        drafts = self._knowledge.current.assess(dossier)
        content = self._presenter.card(dossier, drafts, Locale.of_case(record.variant), await self._pointers(dossier))
        await self._put(op, content, anew=wanted)

    async def _pointers(self, dossier: Dossier) -> Pointers:
        """One link to the customer for the whole case: a link for each message would cost a call for each."""
        record, escalation = dossier.record, dossier.escalation
        on_duty = None if record.agent else await self._duty.now()
        decided_at = escalation and escalation.ts and (escalation.channel, escalation.ts)
        return Pointers(
            duty=(await self._chat.person(on_duty)).name if on_duty else None,
            customer=await self._chat.permalink(record.channel, record.reply_thread),
            escalation=await self._chat.permalink(*decided_at) if decided_at else None,
        )

    async def _put(self, op: str, content: Content, *, anew: bool) -> None:
        """While others read along nothing is shown; the case itself goes on."""
        try:
            await self._update_or_post(op, content, anew=anew)
        except PlaceShared:
            log.warning("card_withheld", op=op, channel=self._places.desk)

    async def _update_or_post(self, op: str, content: Content, *, anew: bool) -> None:
        """``anew``: a card that somebody deleted is needed again."""
        posted = await self._posted(op)
        if posted is not None:
            try:
                await self._chat.update(*posted, content)
            except ChatRefused as error:
                if error.code != "message_not_found":
                    raise
                async with self._store.begin() as unit:
                    await unit.posts.gone(op)
            else:
                return
        if anew:
            await self._chat.post(op, self._places.desk, content)

    async def _posted(self, op: str) -> tuple[str, str] | None:
        """Channel and ts of a card that stands somewhere."""
        async with self._store.read() as unit:
            found = await unit.posts.get(op)
        return (found.channel, found.ts) if found is not None and found.ts is not None else None
