"""What the desk said before, found again by its operation."""

from __future__ import annotations

import asyncio

from bot.domain.desk import PostRecord
from bot.domain.errors import ChatRefused
from bot.ports import Chat, Content, Store

LOOKS, LOOK_SECONDS = 25, 0.2
"""People can answer a post before its record is complete: Slack answers a post within these five seconds."""


class Posted:
    def __init__(self, store: Store, chat: Chat) -> None:
        self._store = store
        self._chat = chat

    async def stands(self, op: str) -> bool:
        """Whether it was surely said."""
        posted = await self._find(op)
        return posted is not None and posted.ts is not None

    async def change(self, op: str, content: Content) -> None:
        """Puts ``content`` in the place of what was said, if it still stands; what is under way is waited for."""
        for _ in range(LOOKS):
            posted = await self._find(op)
            if posted is None or posted.ts is not None:
                break
            await asyncio.sleep(LOOK_SECONDS)
        if posted is None or posted.ts is None:
            return
        try:
            await self._chat.update(posted.channel, posted.ts, content)
        except ChatRefused as error:
            if error.code != "message_not_found":
                raise

    async def link(self, op: str) -> str | None:
        posted = await self._find(op)
        return await self._chat.permalink(posted.channel, posted.ts) if posted and posted.ts else None

    async def _find(self, op: str) -> PostRecord | None:
        async with self._store.read() as unit:
            return await unit.posts.get(op)
