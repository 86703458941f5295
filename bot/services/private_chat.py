"""The chat platform as all services get it: what is internal is never said where another organisation reads along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.desk import Places
from bot.domain.errors import ChatClosed, NotAllowed, PlaceShared
from bot.ports import Channel, Chat, Content, File, Person, Persona, Spot
from bot.services.owners import Owners
from bot.services.sharing import Sharing


class PrivateChat:
    """Conforms to ``ports.Chat``. Everything is internal unless its ``Content`` is public.

    Posts go where ours are among themselves, whispers and direct messages to ours alone. Raises ``PlaceShared``
    or ``NotAllowed`` for the rest, and ``ChatError`` where it cannot be found out who reads along.
    """

    def __init__(self, chat: Chat, sharing: Sharing, owners: Owners, places: Places) -> None:
        self._chat = chat
        self._sharing = sharing
        self._owners = owners
        self._places = places

    async def post(
        self, op: str, channel: str, content: Content, *, thread_ts: str | None = None, persona: Persona | None = None
    ) -> str:
        try:
            await self._require_private(channel, content)
            return await self._chat.post(op, channel, content, thread_ts=thread_ts, persona=persona)
        except ChatClosed as error:
            await self._owners.shut_out(error)
            raise

    async def update(self, channel: str, ts: str, content: Content) -> None:
        await self._require_private(channel, content)
        await self._chat.update(channel, ts, content)

    async def whisper(self, user: str, channel: str, content: Content, *, thread_ts: str | None = None) -> None:
        await self._require_ours(user, content)
        await self._chat.whisper(user, channel, content, thread_ts=thread_ts)

    async def show(self, user: str, spot: Spot, content: Content) -> None:
        await self._require_ours(user, content)
        await self._chat.show(user, spot, content)

    async def dismiss(self, spot: Spot) -> None:
        await self._chat.dismiss(spot)

    async def direct(self, op: str, user: str, content: Content) -> str:
        await self._require_ours(user, content)
        return await self._chat.direct(op, user, content)

    async def send_files(self, op: str, user: str, files: Sequence[File], comment: Content) -> bool:
        await self._require_ours(user, comment)
        return await self._chat.send_files(op, user, files, comment)

    async def remind(self, op: str, user: str, at: datetime, content: Content) -> None:
        await self._require_ours(user, content)
        await self._chat.remind(op, user, at, content)

    async def open_form(self, trigger_id: str, view: dict[str, object]) -> str:
        return await self._chat.open_form(trigger_id, view)

    async def update_form(self, view_id: str, view: dict[str, object]) -> None:
        await self._chat.update_form(view_id, view)

    async def publish_home(self, user: str, view: dict[str, object]) -> None:
        await self._chat.publish_home(user, view)

    async def permalink(self, channel: str, ts: str) -> str | None:
        return await self._chat.permalink(channel, ts)

    async def person(self, user: str) -> Person:
        return await self._chat.person(user)

    async def channel(self, channel: str) -> Channel:
        return await self._chat.channel(channel)

    async def group_members(self, group: str) -> frozenset[str]:
        return await self._chat.group_members(group)

    async def find_by_email(self, email: str) -> str | None:
        return await self._chat.find_by_email(email)

    def forget(self, *, user: str | None = None, channel: str | None = None, group: str | None = None) -> None:
        self._chat.forget(user=user, channel=channel, group=group)

    async def _require_private(self, channel: str, content: Content) -> None:
        if channel in self._places.internal:
            await self._sharing.require_private(channel)  # not even a reply to a customer belongs there then
        elif not content.public and (await self._chat.channel(channel)).shared:
            raise PlaceShared(channel)

    async def _require_ours(self, user: str, content: Content) -> None:
        if content.public:
            return
        person = await self._chat.person(user)
        if person.external:
            raise person.fault or NotAllowed(user=user)
