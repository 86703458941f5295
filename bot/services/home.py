"""The App Home: the lists of a person's roles, published when they look, and anew while they do."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from bot.domain.errors import FencunError
from bot.domain.home import Home, HomeList, Page, Places, lists_if_any, lists_of
from bot.ports import Chat, Clock, Presenter
from bot.services.overview import Overview
from bot.services.people import People
from bot.services.personal import PersonalService
from bot.services.preferences import Preferences

TOP: Places = {}
"""The first page of every list."""

log = structlog.get_logger()

LOOKING = timedelta(minutes=10)
"""How long after they opened or used it somebody is taken to look at their page."""
EACH_SECONDS = 3.0
"""A page is looked at again no sooner; with many lookers each waits longer, so that all of them cost no more than"""
PAGE_SECONDS = 1.0
"""… one page in that time."""
REST_SECONDS = 30.0
"""After trouble with the platform or the store."""

T = TypeVar("T")
Read = Callable[[str, int], Awaitable[Page[T]]]


@dataclass(slots=True)
class _Looker:
    """Who has a page open, where in its lists they are, and what they see."""

    places: Places
    until: datetime
    new: bool
    view: dict[str, object]


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
        self._lookers: dict[str, _Looker] = {}

    async def show(self, user: str, places: Places = TOP) -> None:
        """Publishes the page of ``user``. Outsiders get one that says what the bot is and nothing else."""
        new = await self._personal.meets(user)
        view = await self._view(user, places, new=new)
        await self._chat.publish_home(user, view)
        self._lookers[user] = _Looker(places, self._clock.now() + LOOKING, new, view)

    async def follow_forever(self) -> None:
        """Publishes a page anew when what stands on it has changed, for as long as its person looks."""
        while True:
            pause = max(EACH_SECONDS / max(len(self._lookers), 1), PAGE_SECONDS)
            await asyncio.sleep(pause)
            try:
                await self.follow()
            except FencunError as error:
                log.warning("home_not_followed", error=str(error))
                await asyncio.sleep(REST_SECONDS)

    async def follow(self) -> None:
        """Looks at the page that was looked at longest ago."""
        user = next(iter(self._lookers), None)
        if user is None:
            return
        looker = self._lookers.pop(user)
        if looker.until < self._clock.now():
            return
        self._lookers[user] = looker
        view = await self._view(user, looker.places, new=looker.new)
        if view != looker.view and self._lookers.get(user) is looker:  # they may have turned the page meanwhile
            await self._chat.publish_home(user, view)
            looker.view = view

    async def _view(self, user: str, places: Places, *, new: bool) -> dict[str, object]:
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
            new=new,
            promises=await page(HomeList.PROMISES, read.promises),
            cases=await page(HomeList.CASES, read.cases),
            untaken=await page(HomeList.UNTAKEN, read.untaken),
            drafts=await page(HomeList.DRAFTS, read.drafts),
            escalations=await page(HomeList.ESCALATIONS, read.escalations),
            overdue=await page(HomeList.OVERDUE, read.overdue),
            opportunities=await page(HomeList.OPPORTUNITIES, read.opportunities),
            calls=await page(HomeList.CALLS, read.calls),
        )
        return self._presenter.home(home, await self._preferences.locale(user))

    async def _read(self, lines: Read[T], user: str, offset: int) -> Page[T]:
        """From the top where what was there has gone."""
        found = await lines(user, offset)
        return found if found.lines or not offset else await lines(user, 0)
