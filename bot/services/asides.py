"""Words to one person alone, where they act and in their language."""

from __future__ import annotations

from bot.domain.desk import Locale
from bot.ports import Chat, Content, Ids, Presenter, Spot
from bot.services.preferences import Preferences


class Asides:
    def __init__(self, chat: Chat, presenter: Presenter, preferences: Preferences, ids: Ids) -> None:
        self._chat = chat
        self._presenter = presenter
        self._preferences = preferences
        self._ids = ids

    async def locale(self, user: str) -> Locale:
        return await self._preferences.locale(user)

    async def say(self, user: str, spot: Spot, key: str, **params: object) -> None:
        """An interface text."""
        await self.show(user, spot, self._presenter.notice(key, await self.locale(user), params))

    async def show(self, user: str, spot: Spot, content: Content) -> None:
        """In the thread they act in, if it is one; from a place that is no channel, in their direct conversation."""
        if spot.channel:
            await self._chat.whisper(user, spot.channel, content, thread_ts=spot.thread_ts)
        else:
            await self._chat.direct(self._ids.new("aside"), user, content)
