"""The App Home: what waits for this person, by role."""

from __future__ import annotations

from bot.domain.desk import DraftRecord, HomeCase, HomeOpportunity, HomePage, Role
from bot.ports import Chat, Clock, Presenter, Store, Unit
from bot.services.people import People
from bot.services.preferences import Preferences

MOST = 8
"""Lines of each list; what is beyond is counted, not shown."""


class HomeService:
    def __init__(
        self, store: Store, people: People, preferences: Preferences, chat: Chat, presenter: Presenter, clock: Clock
    ) -> None:
        self._store = store
        self._people = people
        self._preferences = preferences
        self._chat = chat
        self._presenter = presenter
        self._clock = clock

    async def show(self, user: str) -> None:
        """Publishes the page of ``user``. Outsiders get one that says what the bot is and nothing else."""
        roles = await self._people.roles(user)
        page = HomePage(roles=roles, now=self._clock.now())
        if roles:
            async with self._store.read() as unit:
                page = await self._filled(unit, user, roles)
        await self._chat.publish_home(user, self._presenter.home(page, await self._preferences.locale(user)))

    async def _filled(self, unit: Unit, user: str, roles: frozenset[Role]) -> HomePage:
        mine = await unit.cases.open_cases(agent=user, limit=MOST) if Role.AGENT in roles else ()
        decides = Role.SUPERVISOR in roles
        sells = Role.SALES in roles
        return HomePage(
            roles=roles,
            now=self._clock.now(),
            cases=tuple([HomeCase(case, (await unit.cases.messages(case.id))[-1].text) for case in mine]),
            drafts=await self._drafts(unit, user) if Role.AGENT in roles else (),
            escalations=tuple(await unit.escalations.open(limit=MOST)) if decides else (),
            opportunities=await self._opportunities(unit, user) if sells else (),
        )

    async def _drafts(self, unit: Unit, user: str) -> tuple[DraftRecord, ...]:
        sheets = await unit.drafts.waiting_for(user, offset=0, limit=2)
        return tuple(draft for sheet in sheets for draft in sheet)

    async def _opportunities(self, unit: Unit, user: str) -> tuple[HomeOpportunity, ...]:
        """Those of the person, and those that nobody owns."""
        found = [o for o in await unit.opportunities.open() if o.owner in (user, None)][:MOST]
        cases = [(opportunity, await unit.cases.get(opportunity.case_id)) for opportunity in found]
        return tuple(HomeOpportunity(opportunity, case.channel) for opportunity, case in cases if case is not None)
