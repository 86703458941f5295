"""An escalation is shown as it stands to everybody who waits for it; what was shown before is not shown again."""

from __future__ import annotations

from bot.domain.errands import Errand
from bot.domain.escalations import EscalationRecord, EscalationStatus
from bot.ports import Presenter, Store
from bot.services.cards import CardService
from bot.services.escalation_thread import EscalationThread
from bot.services.verdict_news import VerdictNews


class EscalationNews:
    def __init__(
        self, store: Store, thread: EscalationThread, verdicts: VerdictNews, cards: CardService, presenter: Presenter
    ) -> None:
        self._store = store
        self._thread = thread
        self._verdicts = verdicts
        self._cards = cards
        self._presenter = presenter

    async def spread(self, errand: Errand) -> None:
        """Carries out ``ErrandKind.ESCALATION``."""
        async with self._store.read() as unit:
            escalation = await unit.escalations.get(errand.subject)
        assert escalation is not None, "escalations are never deleted"
        begun = await self._thread.begin(escalation)
        if begun.status is EscalationStatus.DECIDED:
            await self._verdicts.spread(begun)
        elif begun.status is EscalationStatus.CLOSED:
            await self._withdrawn(begun, errand.by or begun.opened_by)
        elif begun.earlier:
            await self._verdicts.take_back(begun)
        else:
            await self._cards.refresh(begun.case_id)

    async def _withdrawn(self, escalation: EscalationRecord, by: str) -> None:
        await self._thread.redraw(escalation)
        locale = await self._thread.locale(escalation)
        notice = self._presenter.notice("escalation.withdrawn_by", locale, {"agent": f"<@{by}>"})
        await self._thread.say(f"closed:{escalation.id}", escalation, notice)
        await self._cards.refresh(escalation.case_id)
