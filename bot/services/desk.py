"""What agents tell the desk of a case: how big the trouble is, and whose account it is."""

from __future__ import annotations

from bot.domain.cases import Done, Fault, Triage
from bot.domain.changes import ChangeKind
from bot.domain.desk import Dossier, Role
from bot.services.cards import CardService
from bot.services.cases import CaseService
from bot.services.drafts import PATIENCE
from bot.services.linking import Linking
from bot.services.opportunities import OpportunityService
from bot.services.people import People


class DeskService:
    def __init__(
        self,
        cases: CaseService,
        cards: CardService,
        opportunities: OpportunityService,
        linking: Linking,
        people: People,
    ) -> None:
        self._cases = cases
        self._cards = cards
        self._opportunities = opportunities
        self._linking = linking
        self._people = people

    async def for_triage(self, user: str, case_id: str) -> Dossier:
        """The case with its CRM history, for the person who sizes it up."""
        await self._people.require(user, Role.AGENT, Role.SUPERVISOR)
        return await self._cases.dossier(case_id, patience=PATIENCE)

    async def set_triage(self, user: str, case_id: str, triage: Triage, fault: Fault, *, history_checked: bool) -> None:
        await self._people.require(user, Role.AGENT, Role.SUPERVISOR)
        await self._cases.change(case_id, triage=triage, fault=fault, history_checked=history_checked)
        if history_checked:
            await self._cases.log(case_id, Done.HISTORY_CHECKED, user)
        await self._cases.note(case_id, ChangeKind.TRIAGED, user)
        await self._opportunities.consider(case_id)
        await self._cards.refresh(case_id)

    async def choose_customer(self, user: str, case_id: str, customer_id: str) -> None:
        """Says whose account a case is, where the CRM had several; the channel is remembered with it."""
        await self._people.require(user, Role.AGENT, Role.SUPERVISOR)
        dossier = await self._cases.dossier(case_id, patience=0)
        await self._linking.link(user, dossier.record.channel, customer_id)
