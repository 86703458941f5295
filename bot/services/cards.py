"""The desk card: one per case, posted once and then kept up to date in place."""

from __future__ import annotations

from bot.domain.desk import Dossier, Places
from bot.domain.errors import ChatRefused
from bot.ports import Chat, Presenter, Store
from bot.services.cases import CaseService
from bot.services.knowledge import LiveKnowledge
from bot.services.ordering import OneAtATime
from bot.services.tasks import Tasks

PATIENCE = 0.8
"""Seconds a card waits for the CRM before it is shown without the contract and completed afterwards."""


class CardService:
    def __init__(
        self,
        cases: CaseService,
        knowledge: LiveKnowledge,
        store: Store,
        chat: Chat,
        presenter: Presenter,
        places: Places,
        tasks: Tasks,
    ) -> None:
        self._cases = cases
        self._knowledge = knowledge
        self._store = store
        self._chat = chat
        self._presenter = presenter
        self._places = places
        self._tasks = tasks
        self._turns = OneAtATime()

    async def refresh(self, case_id: str) -> None:
        """Shows the case as it stands now. A slow CRM delays nothing: the card follows when it answers."""
        dossier = await self._show(case_id, PATIENCE)
        if dossier is not None and dossier.answer.unavailable:
            self._tasks.spawn(self._complete(case_id), name=f"card:{case_id}")

    async def _complete(self, case_id: str) -> None:
        await self._show(case_id, None)

    async def _show(self, case_id: str, patience: float | None) -> Dossier | None:
        """Of many refreshes of one case that wait for each other, only the last needs to draw."""
        async with self._turns.turn(case_id):
            if self._turns.others_wait(case_id):
                return None
            dossier = await self._cases.dossier(case_id, patience=patience)
            if dossier.calls_for_card:
                await self._draw(dossier)
            return dossier

    async def _draw(self, dossier: Dossier) -> None:
        content = self._presenter.card(dossier, self._knowledge.current.drafts_for(dossier), self._places.locale)
        op = f"card:{dossier.record.id}"
        async with self._store.read() as unit:
            posted = await unit.posts.get(op)
        if posted is not None and posted.ts is not None:
            try:
                await self._chat.update(posted.channel, posted.ts, content)
            except ChatRefused as error:
                if error.code != "message_not_found":
                    raise
                async with self._store.begin() as unit:  # somebody deleted the card: the case needs a new one
                    await unit.posts.gone(op)
            else:
                return
        await self._chat.post(op, self._places.desk, content)
