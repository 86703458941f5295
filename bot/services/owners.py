"""Those who can mend what is wrong with a place: told in private, each of them once for each matter."""

from __future__ import annotations

import structlog

from bot.domain.desk import Places, Role
from bot.domain.errors import ChatClosed, ChatError, StoreError
from bot.ports import Chat, Clock, Presenter
from bot.services.people import People
from bot.services.preferences import Preferences

log = structlog.get_logger()


class Owners:
    """``names`` are users and user groups; empty: the supervisors. ``chat`` is the platform itself."""

    def __init__(
        self,
        chat: Chat,
        people: People,
        preferences: Preferences,
        presenter: Presenter,
        places: Places,
        clock: Clock,
        names: tuple[str, ...] = (),
    ) -> None:
        self._chat = chat
        self._people = people
        self._preferences = preferences
        self._presenter = presenter
        self._places = places
        self._clock = clock
        self._names = names

    async def tell(self, matter: str, key: str, channel: str) -> None:
        """Says the text of ``key`` about ``channel``. Never raises: who cannot be told is logged."""
        try:
            owners = await self._people.members(self._names or self._people.named(Role.SUPERVISOR))
        except ChatError as error:
            log.warning("owners_unknown", channel=channel, error=str(error))
            return
        for owner in owners:
            try:
                notice = self._presenter.notice(key, await self._preferences.locale(owner), {"channel": channel})
                await self._chat.direct(f"{matter}:{owner}", owner, notice)
            except (ChatError, StoreError) as error:
                log.warning("owner_not_told", owner=owner, channel=channel, error=str(error))

    async def shut_out(self, error: ChatClosed) -> None:
        """A place of ours is closed to the bot: told once a day for as long as something is to be said there."""
        if error.channel in self._places.internal:
            log.warning("place_closed", channel=error.channel, code=error.code)
            matter = f"closed:{error.channel}:{error.code}:{self._clock.now():%Y-%m-%d}"
            await self.tell(matter, f"closed.{error.code}", error.channel)
