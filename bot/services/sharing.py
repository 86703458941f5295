"""Places of ours that another organisation reads along: noticed at once, told to who can mend it, and left alone."""

from __future__ import annotations

from datetime import datetime

import structlog

from bot.domain.desk import Places
from bot.domain.errors import PlaceShared
from bot.ports import Chat, Clock, Store
from bot.services.owners import Owners

log = structlog.get_logger()


class Sharing:
    """``chat`` is the platform itself: those who are told are ours, in private."""

    def __init__(
        self,
        store: Store,
        chat: Chat,
        owners: Owners,
        places: Places,
        clock: Clock,
    ) -> None:
        self._store = store
        self._chat = chat
        self._owners = owners
        self._places = places
        self._clock = clock
        self._known: set[str] = set()
        self._private: set[str] = set()
        """Found to be ours alone, and nothing older left to end."""
        self._ended: set[str] = set()
        """Ours again, and not caught up yet."""

    async def require_private(self, channel: str) -> None:
        """Raises ``PlaceShared`` where outsiders read along, ``ChatError`` where that cannot be found out."""
        found = await self._chat.channel(channel)
        if found.fault is not None:
            raise found.fault
        if found.shared:
            await self._begin(channel)
            raise PlaceShared(channel)
        if channel not in self._private:
            await self._end(channel)

    async def changed(self, channel: str) -> bool:
        """The platform said that a channel was shared or unshared. True where a place of ours may be used again."""
        found = await self._chat.channel(channel)
        if found.fault is not None:
            return False
        if found.shared:
            await self._begin(channel)
            return False
        await self._end(channel)
        again = channel in self._ended and channel in self._places.internal
        self._ended.discard(channel)
        return again

    async def _begin(self, channel: str) -> None:
        """The owners are told once, however often it is noticed and by whichever replica."""
        self._private.discard(channel)
        if channel in self._known:
            return
        async with self._store.begin() as unit:
            record = await unit.channels.of(channel)
            since = record.shared_since or self._clock.now()
            await unit.channels.save(record.shared(since))
        self._known.add(channel)
        log.warning("channel_shared", channel=channel, internal=channel in self._places.internal)
        key = "sharing.internal" if channel in self._places.internal else "sharing.support"
        await self._owners.tell(_matter(key, channel, since), key, channel)

    async def _end(self, channel: str) -> None:
        """Also what began before this process did: otherwise nobody would be told the next time."""
        self._known.discard(channel)
        async with self._store.begin() as unit:
            record = await unit.channels.of(channel)
            if record.shared_since is not None:
                await unit.channels.save(record.shared(None))
        self._private.add(channel)
        if record.shared_since is None:
            return
        self._ended.add(channel)
        log.info("channel_unshared", channel=channel)
        key = "sharing.ended"
        await self._owners.tell(_matter(key, channel, record.shared_since), key, channel)


def _matter(key: str, channel: str, since: datetime) -> str:
    return f"{key}:{channel}:{since.timestamp():.0f}"
