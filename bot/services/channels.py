"""Channels with customers: which they are, and what the desk does in each."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from bot.domain.channels import ChannelMode, ChannelRecord
from bot.domain.desk import Places
from bot.ports import Chat, Clock, Store

SECONDS = 60.0
"""How long what was set by another replica may go unnoticed."""


class ChannelService:
    def __init__(self, store: Store, chat: Chat, places: Places, clock: Clock, default: ChannelMode) -> None:
        self._store = store
        self._chat = chat
        self._places = places
        self._clock = clock
        self._default = default
        self._modes: Mapping[str, ChannelMode] = {}
        self._fresh_until = 0.0

    async def is_support(self, channel: str) -> bool:
        """Whether customers are served there. Our own places never are, even while they are shared."""
        if self._places.support:
            return channel in self._places.support
        return channel not in self._places.internal and (await self._chat.channel(channel)).shared

    async def mode(self, channel: str) -> ChannelMode:
        """All that were set are remembered for a minute: it is asked for every message, before it is acknowledged."""
        now = asyncio.get_running_loop().time()
        if now >= self._fresh_until:
            async with self._store.read() as unit:
                self._modes = await unit.channels.modes()
            self._fresh_until = now + SECONDS
        return self._modes.get(channel, self._default)

    async def record(self, channel: str) -> ChannelRecord:
        async with self._store.read() as unit:
            return await unit.channels.of(channel)

    async def set_mode(self, channel: str, mode: ChannelMode, user: str) -> None:
        async with self._store.begin() as unit:
            record = await unit.channels.of(channel)
            await unit.channels.save(replace(record, mode=mode, by=user, at=self._clock.now()))
        self._fresh_until = 0.0
