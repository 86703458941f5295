"""The App Home: the lists of a person's roles, published when they look."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.domain.home import Home, HomeList, Page, Places, lists_if_any, lists_of
from bot.ports import Chat, Clock, Presenter
from bot.services.overview import Overview
from bot.services.people import People
from bot.services.personal import PersonalService
from bot.services.preferences import Preferences

TOP: Places = {}
"""The first page of every list."""

T = TypeVar("T")
Read = Callable[[str, int], Awaitable[Page[T]]]


class HomeService:
    def __init__(
        self,
        overview: Overview,
        people: People,
        personal: PersonalService,
        preferences: Preferences,
        chat: Chat,
        presenter: Presenter,
        clock: Clock,
    ) -> None:
        self._overview = overview
        self._people = people
        self._personal = personal
        self._preferences = preferences
        self._chat = chat
        self._presenter = presenter
        self._clock = clock

    async def show(self, user: str, places: Places = TOP) -> None:
        """Publishes the page of ``user``. Outsiders get one that says what the bot is and nothing else."""
        roles = await self._people.roles(user)
        always, if_any, read = lists_of(roles), lists_if_any(roles), self._overview

        async def page(listed: HomeList, lines: Read[T]) -> Page[T] | None:
            if listed not in always | if_any:
                return None
            found = await self._read(lines, user, places.get(listed, 0))
            return found if found.lines or listed in always else None

        home = Home(
            roles=roles,
            now=self._clock.now(),
            preference=await self._preferences.of(user),
            new=await self._personal.meets(user),
            promises=await page(HomeList.PROMISES, read.promises),
            cases=await page(HomeList.CASES, read.cases),
            drafts=await page(HomeList.DRAFTS, read.drafts),
            escalations=await page(HomeList.ESCALATIONS, read.escalations),
            overdue=await page(HomeList.OVERDUE, read.overdue),
            opportunities=await page(HomeList.OPPORTUNITIES, read.opportunities),
            calls=await page(HomeList.CALLS, read.calls),
        )
        await self._chat.publish_home(user, self._presenter.home(home, await self._preferences.locale(user)))

    async def _read(self, lines: Read[T], user: str, offset: int) -> Page[T]:
        """From the top where what was there has gone."""
        found = await lines(user, offset)
        return found if found.lines or not offset else await lines(user, 0)
