"""A customer without cover who goes past the agent to an engineer (rules 25 and 26).

Both are told in private, once per case: the agent what to say, the engineer with what words to hand the customer
back, and with the case and the cover beside it. Nothing is said in public.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.cases import Proposed
from bot.domain.changes import ChangeKind
from bot.domain.desk import Dossier
from bot.domain.drafting.model import DraftSet
from bot.domain.drafting.standing import Coverage, standing_of
from bot.ports import Chat, Content, Store
from bot.ports.case_presenter import CasePresenter
from bot.services.cards import PATIENCE, CardService
from bot.services.cases import CaseService
from bot.services.channels import ChannelService
from bot.services.duty import Duty
from bot.services.knowledge import LiveKnowledge
from bot.services.preferences import Preferences


class BypassService:
    def __init__(
        self,
        store: Store,
        cases: CaseService,
        cards: CardService,
        channels: ChannelService,
        duty: Duty,
        preferences: Preferences,
        knowledge: LiveKnowledge,
        chat: Chat,
        presenter: CasePresenter,
    ) -> None:
        self._store = store
        self._cases = cases
        self._cards = cards
        self._channels = channels
        self._duty = duty
        self._preferences = preferences
        self._knowledge = knowledge
        self._chat = chat
        self._presenter = presenter

    async def consider_call(self, case_id: str, engineers: Sequence[str]) -> None:
        """The customer asked for an engineer; ``engineers`` are those they addressed by name."""
        dossier = await self._cases.dossier(case_id, patience=PATIENCE)
        drafts = self._knowledge.current.drafts_for(dossier)
        if drafts is not None and any(p.kind is Proposed.ALERT_BYPASS for p in drafts.proposals):
            await self._alert(dossier, drafts, engineers)

    async def consider_answer(self, case_id: str, engineer: str) -> None:
        """An engineer answered in the channel while the customer was still waiting for the agent."""
        dossier = await self._cases.dossier(case_id, patience=PATIENCE)
        known = self._knowledge.current
        drafts = known.drafts_for(dossier)
        uncovered = standing_of(dossier.as_case(), known.policy).coverage is Coverage.UNCOVERED
        if drafts is not None and uncovered and _alone(dossier, engineer):
            await self._alert(dossier, drafts, [engineer])

    async def _alert(self, dossier: Dossier, drafts: DraftSet, engineers: Sequence[str]) -> None:
        record = dossier.record
        if not (await self._channels.mode(record.channel)).tells:
            return
        agent = await self._duty.for_case(record)
        link = await self._cards.link(record.id)
        told = False
        if agent is not None and agent not in engineers:
            locale = await self._preferences.locale(agent)
            note = self._presenter.bypass_agent(dossier, drafts, engineers, link, locale)
            told = await self._tell(record.id, agent, note)
        for engineer in engineers:
            locale = await self._preferences.locale(engineer)
            note = self._presenter.bypass_engineer(dossier, agent, locale)
            told = await self._tell(record.id, engineer, note) or told
        if told:
            await self._cases.note(record.id, ChangeKind.BYPASSED, engineers[0] if engineers else None)
            await self._cards.refresh(record.id)

    async def _tell(self, case_id: str, user: str, note: Content) -> bool:
        """False where they were told before, or do not want to be."""
        op = f"bypass:{case_id}:{user}"
        async with self._store.read() as unit:
            earlier = await unit.posts.get(op)
        if (earlier is not None and earlier.ts is not None) or not (await self._preferences.of(user)).alerts:
            return False
        await self._chat.direct(op, user, note)
        return True


def _alone(dossier: Dossier, engineer: str) -> bool:
    """Nobody else of ours has answered since the customer began to wait."""
    for message in reversed(dossier.messages):
        if message.reading is None and message.user != engineer:
            return False
        if message.reading is not None and message.reading.calls_for_reply:
            return True
    return False
