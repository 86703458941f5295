"""The App Home: turning pages, language and hints, promises kept, drafts thrown away."""

from __future__ import annotations

from bot.services.commitments import CommitmentService
from bot.services.drafts import DraftService
from bot.services.home import HomeService
from bot.services.personal import PersonalService
from handlers import names
from handlers.blocks.home import places_of
from handlers.payloads import Actor
from handlers.router import Router


class HomeSurface:
    """After each act the page is shown anew, so it says what became of it."""

    def __init__(
        self, home: HomeService, personal: PersonalService, commitments: CommitmentService, drafts: DraftService
    ) -> None:
        self._home = home
        self._personal = personal
        self._commitments = commitments
        self._drafts = drafts

    def route(self, router: Router) -> None:
        router.action(names.HOME_OLDER, self._turn)
        router.action(names.HOME_NEWER, self._turn)
        router.action(names.HOME_REFRESH, self._refresh)
        router.action(names.HOME_LANGUAGE, self._language)
        router.action(names.HOME_HINTS, self._hints)
        router.action(names.PROMISE_KEPT, self._kept)
        router.action(names.DRAFT_THROW, self._throw)

    async def _turn(self, actor: Actor, value: str) -> None:
        await self._home.show(actor.user, places_of(value))

    async def _refresh(self, actor: Actor, _value: str) -> None:
        await self._home.show(actor.user)

    async def _language(self, actor: Actor, name: str) -> None:
        await self._personal.set_language(actor.user, name)
        await self._home.show(actor.user)

    async def _hints(self, actor: Actor, value: str) -> None:
        await self._personal.set_hints(actor.user, wanted=bool(value))
        await self._home.show(actor.user)

    async def _kept(self, actor: Actor, value: str) -> None:
        channel, _, rest = value.partition("|")
        ts, _, position = rest.partition("|")
        await self._commitments.kept(actor.user, channel, ts, int(position) if position.isdecimal() else 0)
        await self._home.show(actor.user)

    async def _throw(self, actor: Actor, sheet: str) -> None:
        await self._drafts.throw(actor.user, sheet)
        await self._home.show(actor.user)
