"""What agents tell the desk: triage, whose account it is, and what they ask of /desk."""

from __future__ import annotations

from bot.domain.cases import Done, Fault, Triage
from bot.domain.desk import Dossier, Locale, Role
from bot.ports import Chat, Clock, Presenter, Store
from bot.services.cards import CardService
from bot.services.cases import CaseService
from bot.services.crm import CrmService
from bot.services.drafts import PATIENCE
from bot.services.opportunities import OpportunityService
from bot.services.people import People
from bot.services.preferences import Preferences

STAFF = (Role.AGENT, Role.SUPERVISOR, Role.SALES, Role.ENGINEER)


class DeskService:
    def __init__(
        self,
        store: Store,
        cases: CaseService,
        cards: CardService,
        opportunities: OpportunityService,
        people: People,
        preferences: Preferences,
        crm: CrmService,
        chat: Chat,
        presenter: Presenter,
        clock: Clock,
    ) -> None:
        self._store = store
        self._cases = cases
        self._cards = cards
        self._opportunities = opportunities
        self._people = people
        self._preferences = preferences
        self._crm = crm
        self._chat = chat
        self._presenter = presenter
        self._clock = clock

    async def for_triage(self, user: str, case_id: str) -> Dossier:
        """The case with its CRM history, for the person who sizes it up."""
        await self._people.require(user, Role.AGENT, Role.SUPERVISOR)
        return await self._cases.dossier(case_id, patience=PATIENCE)

    async def set_triage(self, user: str, case_id: str, triage: Triage, fault: Fault, *, history_checked: bool) -> None:
        await self._people.require(user, Role.AGENT, Role.SUPERVISOR)
        await self._cases.change(case_id, triage=triage, fault=fault, history_checked=history_checked)
        if history_checked:
            await self._cases.log(case_id, Done.HISTORY_CHECKED, user)
        await self._opportunities.consider(case_id)
        await self._cards.refresh(case_id)

    async def choose_customer(self, user: str, case_id: str, customer_id: str) -> None:
        """Says whose account a case is, where the CRM had several; the channel is remembered with it."""
        await self._people.require(user, Role.AGENT, Role.SUPERVISOR)
        dossier = await self._cases.dossier(case_id, patience=0)
        async with self._store.begin() as unit:
            await unit.links.link(dossier.record.channel, customer_id, user, self._clock.now())
        await self._cases.change(case_id, customer_id=customer_id)
        await self._cards.refresh(case_id)

    async def run(self, user: str, channel: str, text: str) -> None:
        """``/desk help | status | link CUSTOMER | unlink``."""
        await self._people.require(user, *STAFF)
        locale = await self._preferences.locale(user)
        verb, _, rest = text.partition(" ")
        if verb == "link" and rest.strip():
            await self._link(user, channel, rest.strip(), locale)
        elif verb == "unlink":
            async with self._store.begin() as unit:
                await unit.links.unlink(channel)
            await self._say(user, channel, "desk.unlinked", locale)
        elif verb == "status":
            await self._status(user, channel, locale)
        else:
            await self._say(user, channel, "desk.help", locale)

    async def _link(self, user: str, channel: str, name: str, locale: Locale) -> None:
        found = await self._crm.find(name)
        exact = [customer for customer in found if name in (customer.id, customer.name)]
        chosen = exact if len(exact) == 1 else found
        if len(chosen) != 1:
            names = "\n".join(f"• {customer.id}　{customer.name}" for customer in found)
            await self._say(user, channel, "desk.link_several" if found else "desk.link_none", locale, names=names)
            return
        async with self._store.begin() as unit:
            await unit.links.link(channel, chosen[0].id, user, self._clock.now())
        await self._say(user, channel, "desk.linked", locale, name=chosen[0].name, id=chosen[0].id)
        case_id = await self._cases.case_of(channel)
        if case_id is not None:
            await self._cases.change(case_id, customer_id=chosen[0].id)
            await self._cards.refresh(case_id)

    async def _status(self, user: str, channel: str, locale: Locale) -> None:
        async with self._store.read() as unit:
            linked = await unit.links.customer_of(channel)
        found = [await self._crm.account(linked)] if linked else []
        names = (
            found[0].customer.name if found else "、".join(c.name for c in await self._crm.by_channel(channel, None))
        )
        await self._say(user, channel, "desk.status" if names else "desk.status_none", locale, name=names)

    async def _say(self, user: str, channel: str, key: str, locale: Locale, **params: object) -> None:
        await self._chat.whisper(user, channel, self._presenter.notice(key, locale, params))
